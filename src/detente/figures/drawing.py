"""Draw the figures of a case by the name of their kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import DetenteError
from detente.figures.evolution import evolution_chart
from detente.figures.graph import state_graph
from detente.figures.lattice import settlement_lattice
from detente.figures.ranks import rank_table
from detente.figures.svg import Figure
from detente.figures.tornado import tornado_of

if TYPE_CHECKING:
    from detente.case import Case

__all__ = ["KINDS", "Drawing", "draw"]

KINDS = {"graph": 30, "ranks": 30, "evolution": 12, "tornado": 12, "settlements": 0}
"""Each kind of figure, with the most states or bars that it shows unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Which figure of a case to draw.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    claim : str
        Of a tornado chart; by default the first claim that depends.
    reading : str
        Id of a named reading; by default the case as written.
    concept : str
        By which equilibria are marked and settlements judged.
    moves : {"moves", "improvements", "unsanctioned"}
        What an evolution follows.
    limit : int
        Most states (of a column, for evolutions) or bars; 0 for what is readable.
    readings : int
        Up to so many readings a tornado chart rests on all of them; beyond, readings are drawn.
    """

    kind: str
    claim: str = ""
    reading: str = ""
    concept: str = "seq"
    moves: str = "improvements"
    limit: int = 0
    readings: int = 1 << 16


def draw(case: Case, drawing: Drawing) -> Figure:
    """Draw a figure of a case.

    Parameters
    ----------
    case : Case
    drawing : Drawing

    Returns
    -------
    Figure

    Raises
    ------
    DetenteError
        If there is nothing to draw, or no such claim or reading.

    Examples
    --------
    >>> from detente.case import load
    >>> draw(load("chicken"), Drawing("graph")).title
    'Moves between 4 states'
    """
    limit = drawing.limit or KINDS[drawing.kind]
    if drawing.kind == "tornado":
        return _tornado(case, drawing, limit)
    return _picture(case, drawing, limit)


def _picture(case: Case, drawing: Drawing, limit: int) -> Figure:
    from detente.coalitions import leverage
    from detente.evolution import evolve
    from detente.stability import analyze

    model = case.under(drawing.reading or case.base).model()
    conflict = model.conflict
    if conflict.status_quo is None and drawing.kind in ("evolution", "settlements"):
        what = "an evolution starts" if drawing.kind == "evolution" else "settlements start"
        message = f"{case.file} has no status quo, from which {what}: add “status_quo” to the case"
        raise DetenteError(message)
    analysis = analyze(conflict)
    stable = analysis.equilibria(drawing.concept)
    if drawing.kind == "ranks":
        return rank_table(model, analysis, limit=limit)
    if drawing.kind == "settlements":
        judging = _judging(drawing.concept)
        return settlement_lattice(model, leverage(conflict, concept=judging))
    if drawing.kind == "evolution":
        found = evolve(conflict, kind=drawing.moves, concept=drawing.concept)
        return evolution_chart(model, found, equilibria=stable, limit=limit)
    path = None
    if conflict.status_quo is not None and len(stable) and conflict.status_quo not in stable:
        goal = np.isin(np.arange(conflict.n_states), stable)
        path = evolve(conflict, kind="improvements").search.path_to_any(goal)
    return state_graph(model, equilibria=stable, path=path, limit=limit)


def _judging(concept: str) -> str:
    if concept == "sseq":
        raise DetenteError("settlements are judged by nash, gmr, smr or seq, not by sseq")
    return concept


def _tornado(case: Case, drawing: Drawing, limit: int) -> Figure:
    from detente.claims import Options, check

    checked = check(
        case,
        Options(limit=drawing.readings),
        readings=[drawing.reading or case.base],
        claims=[drawing.claim] if drawing.claim else None,
    )
    judged = checked.readings[0].judged
    depending = (key for key, one in judged.items() if any(h.pivotal for h in one.hinges))
    chosen = drawing.claim or next(depending, None)
    if chosen is None:
        raise DetenteError("no claim turns on an open question here: there is nothing to draw")
    return tornado_of(checked.readings[0], chosen, limit=limit)
