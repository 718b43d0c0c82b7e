"""`detente report`: a document worth handing over."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.choices import Finite, case_argument, drawing_options
from detente.cli.output import write_whole
from detente.errors import DetenteError

__all__ = ["report"]


@click.command()
@case_argument
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="report.html",
    show_default=True,
    help="Where to write; .html, .md or .pdf.",
)
@drawing_options
@click.option("--date", default="", help="A date to print.  [default: none]")
@click.option("--figures/--no-figures", default=True, show_default=True, help="Whether to draw.")
@click.option(
    "--quotes/--no-quotes",
    default=True,
    show_default=True,
    help="Whether to quote the passages cited, a sentence at most, where texts are attached.",
)
@click.option(
    "--sweep",
    type=click.Path(file_okay=False, path_type=Path),
    help="Tell what the sweep in this folder found, see “detente sweep”.",
)
@click.option(
    "--seconds",
    default=30.0,
    show_default=True,
    type=Finite(0),
    help="Leave out what is estimated to take longer; the estimate depends on the case alone.",
)
def report(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    output: str,
    limit: int,
    draws: int,
    seed: int,
    date: str,
    figures: bool,
    quotes: bool,
    sweep: Path | None,
    seconds: float,
) -> None:
    """Write a report on CASE: verdicts first, then what they rest on.

    HTML is one file that needs nothing else. Markdown has its figures in a folder beside it. PDF
    needs the extra “pdf” or a Chromium browser.
    """
    path = Path(output)
    suffix = path.suffix.lower()
    if suffix not in (".html", ".htm", ".md", ".pdf"):
        raise DetenteError(f"{output}: the ending says what to write: .html, .md or .pdf")
    from detente import report as room
    from detente.case import load

    loaded = load(case)
    options = room.Options(limit, draws, seed, date, figures, quotes, seconds)
    document = room.build(loaded, options, room.gather(loaded, sweep=sweep))
    if suffix == ".md":
        _write_markdown(room.markdown(document, f"{path.stem}-figures"), path)
    else:
        page = room.html(document)
        write_whole(path, room.pdf(page) if suffix == ".pdf" else page.encode())
    click.echo(f"wrote {output}", err=True)


def _write_markdown(made: tuple[str, dict[str, str]], path: Path) -> None:
    """Write the figures first, so that the report never leads to a file that is not there."""
    text, figures = made
    folder = path.with_name(f"{path.stem}-figures")
    if figures:
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            reason = (error.strerror or "failed").lower()
            raise DetenteError(f"{folder} cannot be made: {reason}") from None
    for name, svg in figures.items():
        write_whole(folder / name, svg.encode())
    write_whole(path, text.encode())
