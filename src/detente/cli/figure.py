"""`detente figure`: a picture of a case, ready to publish."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.choices import Finite, Whole, case_argument, reading_option
from detente.cli.output import emit, write_whole
from detente.cli.ranked import load_ranked
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.figures import Figure

__all__ = ["figure"]

_KINDS = ("graph", "ranks", "evolution", "tornado", "settlements")


@click.command()
@case_argument
@click.argument("kind", type=click.Choice(_KINDS))
@click.option("-o", "--output", metavar="FILE", help="Where to write; .svg or .png.")
@click.option(
    "--claim", help="The claim of a tornado chart, by its id.  [default: the first that depends]"
)
@reading_option
@click.option(
    "--concept",
    type=click.Choice(("nash", "gmr", "smr", "seq", "sseq")),
    default="seq",
    show_default=True,
    help="By which equilibria are marked and settlements judged.",
)
@click.option(
    "--kind-of-moves",
    "moves",
    type=click.Choice(("moves", "improvements", "unsanctioned")),
    default="improvements",
    show_default=True,
    help="The moves that an evolution follows.",
)
@click.option(
    "--limit",
    type=Whole(1),
    help="Most states (of a column, for evolutions) or bars shown.  [default: what is readable]",
)
@click.option(
    "--scale",
    default=2.0,
    show_default=True,
    type=Finite(0.1, 5.0),
    help="Pixels of a PNG for one of the SVG.",
)
def figure(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    kind: str,
    output: str | None,
    claim: str | None,
    reading: str | None,
    concept: str,
    moves: str,
    limit: int | None,
    scale: float,
) -> None:
    """Draw a figure of CASE, as SVG on the terminal unless told otherwise.

    \b
    graph         states and moves, equilibria and the way to one
    ranks         the place of each state in each decision maker's ranking
    evolution     what can be reached from the status quo
    tornado       what the verdict on a claim turns on
    settlements   who can settle with whom
    """  # noqa: D301 - click's mark for lines that are kept
    from detente.figures import Drawing, draw

    suffix = Path(output).suffix.lower() if output and output != "-" else ".svg"
    if suffix not in (".svg", ".png"):
        raise DetenteError(f"{output}: the ending says what to write: .svg or .png")
    drawing = Drawing(kind, claim or "", reading or "", concept, moves, limit or 0)
    drawn = draw(load_ranked(case), drawing)
    if output is None or output == "-":
        emit(drawn.svg)
        return
    contents = drawn.png(scale) if suffix == ".png" else _svg_file(drawn)
    write_whole(Path(output), contents)
    click.echo(f"wrote {output}", err=True)


def _svg_file(drawn: Figure) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn.svg}\n'.encode()
