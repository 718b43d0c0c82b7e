"""The graph of moves: all of it where it can be read, else what lies around one state."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.case import Model
from detente.conflict import Conflict
from detente.evolution import evolve
from detente.figures import (
    best_between,
    choose_states,
    lay_out_states,
    moves_between,
    moves_from,
)
from detente.stability import analyze
from detente.web.findings import Graph, GraphRequest, MoveKind
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
        return Graph(states=[], x=[], y=[], moves=[], path=[], hidden=0, around=None)
    focus = request.focus
    if focus is not None and not 0 <= focus < model.conflict.n_states:
        focus = None
    path = _path(model.conflict, focus)
    about = (request.text, file, request.reading, given_answers(request))
    drawn = _drawn(about, (), request.limit)
    if focus is not None:
        wanted = tuple(dict.fromkeys([*path, *_ahead(model.conflict, focus, request.limit // 2)]))
        # As long as what is asked for is in the picture, everything stays in its place.
        if not set(wanted) <= set(drawn.states):
            drawn = _drawn(about, wanted, request.limit).model_copy(update={"around": focus})
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
        first = wanted or _ahead(conflict, conflict.status_quo, limit // 2)
        shown = choose_states(conflict, [*first, *goals[: limit // 4]], limit)
    layout = lay_out_states(conflict, shown, goals=[g for g in goals if g in set(shown.tolist())])
    return Graph(
        states=layout.states.tolist(),
        x=layout.positions[:, 0].round(4).tolist(),
        y=layout.positions[:, 1].round(4).tolist(),
        moves=_moves(conflict, layout.states),
        path=[],
        hidden=conflict.n_states - len(layout.states),
        around=conflict.status_quo,
    )


def _ahead(conflict: Conflict, start: int | None, most: int) -> list[int]:
    """List the states that improvements lead to from a state, itself and the nearest first."""
    found = {} if start is None else {start: None}
    queue = list(found)
    for state in queue:
        if len(queue) >= most:
            break
        for dm in range(conflict.n_dms):
            targets = moves_from(conflict, dm, state)
            better = conflict.ranks[dm, targets] > conflict.ranks[dm, state]
            new = [target for target in targets[better].tolist() if target not in found]
            found.update(dict.fromkeys(new))
            queue += new
    return queue[:most]


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


def _moves(conflict: Conflict, shown: NDArray[np.intp]) -> list[tuple[int, int, int, MoveKind]]:
    moves: list[tuple[int, int, int, MoveKind]] = []
    best = best_between(conflict, shown)
    for dm, table in enumerate(moves_between(conflict, shown)):
        rank = conflict.ranks[dm]
        for a, b in zip(*np.nonzero(table), strict=True):
            source, target = int(shown[a]), int(shown[b])
            kind: MoveKind = "best" if best[dm][a, b] else "better"
            if rank[target] <= rank[source]:
                kind = "other"
            moves.append((source, target, dm, kind))
    return moves
