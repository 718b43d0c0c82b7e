"""What commands share when they print or write: safe text, tables, whole files."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.case import write_whole
from detente.errors import DetenteError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.table import Table

__all__ = [
    "emit",
    "emit_json",
    "fitting",
    "heading",
    "make_folder",
    "plain",
    "print_table",
    "say",
    "table",
    "write_whole",
]

_NARROWEST = 24
"""Width to which a column that folds may shrink, if it has such long words."""

_WIDEST = 100
"""Width beyond which lines of prose are hard to read."""


def plain(text: str) -> str:
    r"""Make text from a file safe to print: no control, escape or direction characters.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The same with each such character, but for line ends and tabs, replaced by ``�``.

    Examples
    --------
    >>> plain("a\x1b[31mb")
    'a�[31mb'
    """
    return "".join(
        character
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
        else "�"
        for character in text
    )


def heading(text: str) -> None:
    """Print a line that starts a section."""
    click.secho(plain(text), bold=True)


def table(columns: Sequence[tuple[str, bool]]) -> Table:
    """Start a table.

    Parameters
    ----------
    columns : sequence of (str, bool)
        Heading of each column, and whether its text may be folded to fit the width.

    Returns
    -------
    rich.table.Table
    """
    from shutil import get_terminal_size

    from rich import box
    from rich.table import Table

    gap = 1 if get_terminal_size().columns >= 100 else 0
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, gap, 0, 0), show_edge=False)
    for name, folds in columns:
        made.add_column(name, overflow="fold", no_wrap=not folds, header_style="bold")
    return made


def fitting(names: Sequence[str], taken: int) -> list[str]:
    """Shorten column headings to prefixes that stay distinct, if they would crowd the table.

    Parameters
    ----------
    names : sequence of str
        The headings.
    taken : int
        Width that the other columns need.

    Returns
    -------
    list of str
        The names, or prefixes of three characters and more.

    Examples
    --------
    >>> fitting(["united", "russia", "rus"], 1000)
    ['uni', 'russ', 'rus']
    """
    from shutil import get_terminal_size

    if taken + sum(len(name) + 1 for name in names) <= get_terminal_size().columns:
        return list(names)
    short = []
    for name in names:
        others = [other for other in names if other != name]
        lengths = range(3, len(name) + 1)
        distinct = (n for n in lengths if not any(o[:n] == name[:n] for o in others))
        short.append(name[: next(distinct, len(name))])
    return short


def print_table(made: Table, rows: Sequence[Sequence[str]]) -> None:
    """Fill a table and print it; every cell is shown as the plain text that it is.

    A table that cannot be made as narrow as the terminal keeps its width: nothing is cut off.
    """
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    for row in rows:
        made.add_row(*(Text(plain(cell)) for cell in row))
    console = Console(highlight=False, soft_wrap=False)
    needed = -1
    for column in made.columns:
        texts = [str(cell) for cell in (column.header, *column.cells)]
        words = texts if column.no_wrap else [word for text in texts for word in text.split()]
        longest = max(map(cell_len, words), default=0)
        column.min_width = longest if column.no_wrap else min(longest, _NARROWEST)
        needed += column.min_width + 1 + made.padding[1]
    console.width = max(console.width, needed - made.padding[1])
    with console.capture() as captured:
        console.print(made)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def say(text: str, indent: int = 0) -> None:
    """Print a sentence or more, folded to the width of the terminal; further lines are indented."""
    from shutil import get_terminal_size

    width = min(max(get_terminal_size().columns, _NARROWEST), _WIDEST)
    for line in plain(text).splitlines():
        click.echo(click.wrap_text(line, width - 1, " " * indent, " " * (indent + 2)))


def make_folder(folder: Path) -> None:
    """Make a folder, if it is not there already.

    Raises
    ------
    DetenteError
        If that fails; the message says why.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise DetenteError(f"{folder} is a file: choose another folder") from None
    except OSError as error:
        reason = (error.strerror or "failed").lower()
        raise DetenteError(f"{folder} cannot be made: {reason}") from None


def emit(text: str, path: str | None = None) -> None:
    """Print a text for programs, or write it to a file; either way it is UTF-8."""
    contents = text.encode("utf-8", "backslashreplace")
    if path is None or path == "-":
        click.echo(contents, nl=not text.endswith("\n"))
    else:
        write_whole(Path(path), contents)
        click.echo(f"wrote {path}", err=True)


def emit_json(record: Mapping[str, Any]) -> None:
    """Print a record as JSON."""
    import json

    emit(json.dumps(record, indent=1, ensure_ascii=False))
