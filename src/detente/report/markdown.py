"""A report as Markdown, with its figures as files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.figures.svg import clean
from detente.report.blocks import (
    Badge,
    Block,
    Bullets,
    Code,
    Document,
    Link,
    Paragraph,
    Picture,
    Subsection,
    Table,
    Words,
)
from detente.report.html import anchored

__all__ = ["markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$^])")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def markdown(document: Document, folder: str) -> tuple[str, dict[str, str]]:
    r"""Set a report as Markdown.

    Parameters
    ----------
    document : Document
        See `build`.
    folder : str
        Folder of the figures, relative to the report.

    Returns
    -------
    text : str
        The report, with the same content as the page.
    figures : dict of str to str
        For each file name in the folder the SVG that belongs there.

    Notes
    -----
    Whatever Markdown or HTML could read as markup is escaped.

    Examples
    --------
    >>> print(markdown(Document("A *B*", "", "", ()), "figures")[0].strip())
    # A \*B\*
    """
    figures: dict[str, str] = {}
    lines = [f"# {_plain(document.title)}", ""]
    lines += [f"{_plain(document.question)}", ""] if document.question else []
    lines += [f"*{_plain(document.stamp)}*", ""] if document.stamp else []
    for section in document.sections:
        lines += [_anchor(section.anchor), "", f"## {_plain(section.title)}", ""]
        for block in section.blocks:
            lines += _block(block, 3, folder, figures)
    return "\n".join(lines).rstrip() + "\n", figures


def _block(block: Block, level: int, folder: str, figures: dict[str, str]) -> Iterator[str]:
    if isinstance(block, Paragraph):
        words = _at_start(_line(block.words))
        yield f"> {words}" if block.tone == "aside" else words
        yield ""
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, 1):
            mark = f"{number}." if block.numbered else "-"
            yield f"{mark} {_at_start(_line(item))}"
        yield ""
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Picture):
        name = f"{anchored(block.name)}.svg"
        figures[name] = block.figure.svg
        yield f"![{_plain(block.figure.description)}]({folder}/{name})"
        yield from ("", f"*{_plain(block.caption)}*", "")
    elif isinstance(block, Subsection):
        if block.anchor:
            yield from (_anchor(block.anchor), "")
        yield f"{'#' * level} {_line(block.title)}"
        yield ""
        for inner in block.blocks:
            yield from _block(inner, level + 1, folder, figures)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield from (_plain(table.caption), "")
    width = len(table.head or table.rows[0]) if table.head or table.rows else 0
    if width == 0:
        return
    yield f"| {' | '.join(map(_plain, table.head or ('',) * width))} |"
    yield f"|{' --- |' * width}"
    for row in table.rows:
        yield f"| {' | '.join(map(_line, row))} |"
    yield ""


def _line(words: Words) -> str:
    parts = []
    for part in words:
        if isinstance(part, str):
            parts.append(_plain(part))
        elif isinstance(part, Code):
            parts.append(_code(part.text))
        elif isinstance(part, Link):
            parts.append(f"[{_plain(part.text)}](#{anchored(part.anchor)})")
        elif isinstance(part, Badge):
            parts.append(f"**[{_plain(part.text)}]**".replace("[", "\\[").replace("]", "\\]"))
        else:
            parts.append(f"**{_plain(part.text).strip()}**")
    return "".join(parts).strip()


def _plain(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", " ".join(clean(text).split(" ")).replace("\n", " "))
    # An ampersand that could start an entity, and an address that could become a link, stay text.
    return escaped.replace("&", "&amp;").replace("://", ":\\//")


def _code(text: str) -> str:
    flat = " ".join(clean(text).split()).replace("|", "¦")
    fence = "`" * (max((len(run) for run in re.findall("`+", flat)), default=0) + 1)
    space = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{space}{flat}{space}{fence}"


def _at_start(line: str) -> str:
    return _AT_START.sub(r"\1\\\2", line)


def _anchor(name: str) -> str:
    return f'<a id="{anchored(name)}"></a>'
