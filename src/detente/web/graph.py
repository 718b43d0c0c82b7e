"""The graph of moves: all of it where it can be read, else what lies around one state."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Conflict
from detente.evolution import evolve
from detente.web.contract import Graph, GraphRequest
from detente.web.looking import look_at

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
    model = look_at(request.text, file).model
    if model is None:
        return Graph(states=[], x=[], y=[], moves=[], path=[], hidden=0)
    conflict = model.conflict
    focus = request.focus
    if focus is None or not 0 <= focus < conflict.n_states:
        focus = conflict.status_quo
    shown = _around(conflict, focus or 0, request.limit)
    x, y = _positions(conflict, shown)
    return Graph(
        states=shown.tolist(),
        x=x.tolist(),
        y=y.tolist(),
        moves=_moves(conflict, shown),
        path=_path(conflict, request.focus),
        hidden=conflict.n_states - len(shown),
    )


def _around(conflict: Conflict, focus: int, limit: int) -> NDArray[np.intp]:
    """Take the states nearest to one, by moves of anybody, up to a number."""
    if conflict.n_states <= limit:
        return np.arange(conflict.n_states)
    arcs = [conflict.moves(dm) for dm in range(conflict.n_dms)]
    taken = [focus]
    seen = {focus}
    for state in taken:
        for arc in arcs:
            for target in arc.of(state).tolist():
                if target not in seen and len(taken) < limit:
                    seen.add(target)
                    taken.append(target)
        if len(taken) >= limit:
            break
    return np.array(sorted(taken))


def _path(conflict: Conflict, goal: int | None) -> list[int]:
    """Find a shortest way of improvements from the status quo."""
    if conflict.status_quo is None or goal is None or not 0 <= goal < conflict.n_states:
        return []
    arrival = evolve(conflict, kind="improvements").arrival(goal)
    if arrival is None:
        return []
    return list(arrival.path.states)


def _moves(conflict: Conflict, shown: NDArray[np.intp]) -> list[tuple[int, int, int, bool]]:
    inside = np.zeros(conflict.n_states, dtype=bool)
    inside[shown] = True
    moves = []
    for dm in range(conflict.n_dms):
        pairs = conflict.moves(dm).pairs()
        pairs = pairs[inside[pairs].all(axis=1)]
        better = conflict.ranks[dm, pairs[:, 1]] > conflict.ranks[dm, pairs[:, 0]]
        moves += [(s, t, dm, b) for (s, t), b in zip(pairs.tolist(), better.tolist(), strict=True)]
    return moves


def _positions(
    conflict: Conflict, shown: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    angle = np.linspace(0, 2 * np.pi, len(shown), endpoint=False)
    del conflict
    return np.cos(angle), np.sin(angle)
