"""`detente figure`: a picture of a case, ready to publish."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.choices import case_argument
from detente.cli.output import write_whole
from detente.cli.ranked import load_ranked
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.case import Case
    from detente.figures import Figure

__all__ = ["figure"]

_LIMITS = {"graph": 30, "ranks": 30, "evolution": 12, "tornado": 12, "settlements": 0}
"""Each kind of figure, with the most states or bars that it shows unless told otherwise."""


@click.command()
@case_argument
@click.argument("kind", type=click.Choice(tuple(_LIMITS)))
@click.option("-o", "--output", metavar="FILE", help="Where to write; .svg or .png.")
@click.option("--claim", help="The claim of a tornado chart.  [default: the first that depends]")
@click.option("--reading", help="The reading of a tornado chart.  [default: as written]")
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
    help="What an evolution follows.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    help="Most states (of a column, for evolutions) or bars shown.  [default: what is readable]",
)
@click.option(
    "--scale",
    default=2.0,
    show_default=True,
    type=click.FloatRange(0.1, 5.0),
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
    r"""Draw a figure of CASE, as SVG on the terminal unless told otherwise.

    \b
    graph         states and moves, equilibria and the way to one
    ranks         what each state is worth to each decision maker
    evolution     what can be reached from the status quo
    tornado       what the verdict on a claim turns on
    settlements   who can settle with whom
    """
    suffix = Path(output).suffix.lower() if output and output != "-" else ".svg"
    if suffix not in (".svg", ".png"):
        raise DetenteError(f"{output}: the ending says what to write: .svg or .png")
    loaded = load_ranked(case)
    most = limit or _LIMITS[kind]
    if kind == "tornado":
        drawn = _tornado(loaded, claim, reading, most)
    else:
        drawn = _picture(loaded, kind, concept, moves, most)
    if output is None or output == "-":
        click.echo(drawn.svg)
        return
    contents = drawn.png(scale) if suffix == ".png" else _svg_file(drawn)
    write_whole(Path(output), contents)
    click.echo(f"wrote {output}", err=True)


def _svg_file(drawn: Figure) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn.svg}\n'.encode()


def _picture(case: Case, kind: str, concept: str, moves: str, limit: int) -> Figure:
    import numpy as np

    from detente import figures
    from detente.stability import analyze

    model = case.model()
    conflict = model.conflict
    analysis = analyze(conflict)
    stable = analysis.equilibria(concept)
    if kind == "ranks":
        return figures.rank_table(model, analysis, limit=limit)
    if kind == "settlements":
        from detente.coalitions import leverage

        return figures.settlement_lattice(model, leverage(conflict, concept=_judging(concept)))
    from detente.evolution import evolve

    if kind == "evolution":
        found = evolve(conflict, kind=moves, concept=concept)
        return figures.evolution_chart(model, found, equilibria=stable, limit=limit)
    path = None
    if conflict.status_quo is not None and len(stable) and conflict.status_quo not in stable:
        goal = np.isin(np.arange(conflict.n_states), stable)
        path = evolve(conflict, kind="improvements").search.path_to_any(goal)
    return figures.state_graph(model, equilibria=stable, path=path, limit=limit)


def _judging(concept: str) -> str:
    if concept == "sseq":
        raise DetenteError("settlements are judged by nash, gmr, smr or seq, not by sseq")
    return concept


def _tornado(case: Case, claim: str | None, reading: str | None, limit: int) -> Figure:
    from detente.claims import check
    from detente.figures import tornado_of

    checked = check(
        case,
        readings=[reading] if reading else [case.base],
        claims=[claim] if claim else None,
    )
    judged = checked.readings[0].judged
    depending = (key for key, one in judged.items() if any(h.pivotal for h in one.hinges))
    chosen = claim or next(depending, None)
    if chosen is None:
        raise DetenteError("no claim turns on an open question here: there is nothing to draw")
    return tornado_of(checked.readings[0], chosen, limit=limit)
