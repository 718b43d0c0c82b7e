"""The graph of moves: all of it where it can be read, else what lies around one state."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.case import Model
from detente.conflict import Conflict
from detente.evolution import evolve
from detente.figures import choose_states, lay_out_states, moves_between
from detente.stability import analyze
from detente.web.findings import Graph, GraphRequest
from detente.web.looking import look_at, looked
from detente.web.supposing import Answers, given_answers

__all__ = ["graph"]


def graph(request: GraphRequest, file: str) -> Graph:
    """Choose the states to show, place them, and list the moves between them.

    Parameters
    ----------
    request : GraphRequest
    file : str

    Returns
    -------
    Graph
        Empty where the text is not sound.
    """
    model = looked(request, file).model
    if model is None:
        return Graph(states=[], x=[], y=[], moves=[], path=[], hidden=0)
    focus = request.focus
    if focus is not None and not 0 <= focus < model.conflict.n_states:
        focus = None
    path = _path(model.conflict, focus)
    wanted = tuple(path or ([] if focus is None else [focus]))
    about = (request.text, file, request.reading, given_answers(request))
    drawn = _drawn(about, wanted, request.limit)
    return drawn.model_copy(update={"path": path})


@lru_cache(maxsize=16)
def _drawn(about: tuple[str, str, str, Answers], wanted: tuple[int, ...], limit: int) -> Graph:
    model = look_at(*about).model
    assert model is not None  # noqa: S101 - graph() has looked
    conflict = model.conflict
    goals = _equilibria(model)
    if conflict.n_states <= limit:
        shown = np.arange(conflict.n_states)
    else:
        shown = choose_states(conflict, [*wanted, *goals[: limit // 4]], limit)
    layout = lay_out_states(conflict, shown, goals=[g for g in goals if g in set(shown.tolist())])
    return Graph(
        states=layout.states.tolist(),
        x=layout.positions[:, 0].round(4).tolist(),
        y=layout.positions[:, 1].round(4).tolist(),
        moves=_moves(conflict, layout.states),
        path=[],
        hidden=conflict.n_states - len(layout.states),
    )


def _equilibria(model: Model) -> list[int]:
    """List the equilibria, those under more concepts first."""
    result = analyze(model.conflict)
    count = np.sum([result.stable(key).all(axis=0) for key in result.concepts], axis=0)
    order = np.argsort(-count, kind="stable")
    return [int(state) for state in order if count[state]]


def _path(conflict: Conflict, goal: int | None) -> list[int]:
    """Find a shortest way of improvements from the status quo."""
    if conflict.status_quo is None or goal is None:
        return []
    arrival = evolve(conflict, kind="improvements").arrival(goal)
    return [] if arrival is None else list(arrival.path.states)


def _moves(conflict: Conflict, shown: NDArray[np.intp]) -> list[tuple[int, int, int, bool]]:
    moves: list[tuple[int, int, int, bool]] = []
    for dm, table in enumerate(moves_between(conflict, shown)):
        sources, targets = (shown[part] for part in np.nonzero(table))
        better = conflict.ranks[dm, targets] > conflict.ranks[dm, sources]
        rows = zip(sources.tolist(), targets.tolist(), better.tolist(), strict=True)
        moves += [(source, target, dm, improves) for source, target, improves in rows]
    return moves
