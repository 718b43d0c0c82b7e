"""Points of no return: states from which an outcome is lost, and the moves that lose it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.conflict import can_reach
from detente.evolution.paths import Evolution, moves_of_kind

__all__ = ["ClosingMove", "closing_moves", "out_of_reach"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ClosingMove:
    """A move after which an outcome can no longer be reached.

    Parameters
    ----------
    mover : int
        Index of the DM.
    source, target : int
        States between which it moves.
    """

    mover: int
    source: int
    target: int


def out_of_reach(evolution: Evolution, goal: ArrayLike) -> Mask:
    """Tell from which states an outcome can no longer be reached.

    Parameters
    ----------
    evolution : Evolution
        Which moves to follow; whether a state is reached from its start does not matter.
    goal : array_like of bool, shape (n,)
        The outcome.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where no legal sequence leads to the outcome, nor holds it already.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> from detente.evolution import evolve
    >>> chain = Conflict.from_graph(moves=[[(0, 1), (0, 3)], [(1, 2)]], ranks=[[0] * 4] * 2)
    >>> out_of_reach(evolve(chain, 0), [False, False, True, False])
    array([False, False, False,  True])
    """
    wanted = np.asarray(goal, dtype=bool)
    arcs = moves_of_kind(evolution.conflict, evolution.kind, evolution.concept)
    lost: Mask = ~wanted & ~np.logical_or.reduce(can_reach(arcs, wanted), axis=0)
    return lost


def closing_moves(evolution: Evolution, goal: ArrayLike) -> tuple[ClosingMove, ...]:
    """List the moves by which an outcome is lost.

    Parameters
    ----------
    evolution : Evolution
        Where to start and which moves to follow.
    goal : array_like of bool, shape (n,)
        The outcome.

    Returns
    -------
    tuple of ClosingMove
        Moves from a state that can be reached, and from which the outcome can still be reached,
        to a state from which it cannot; by mover, source and target.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> from detente.evolution import evolve
    >>> chain = Conflict.from_graph(moves=[[(0, 1), (0, 3)], [(1, 2)]], ranks=[[0] * 4] * 2)
    >>> closing_moves(evolve(chain, 0), [False, False, True, False])
    (ClosingMove(mover=0, source=0, target=3),)
    """
    wanted = np.asarray(goal, dtype=bool)
    lost = out_of_reach(evolution, wanted)
    visited = evolution.search.levels >= 0
    closing: list[ClosingMove] = []
    arcs = moves_of_kind(evolution.conflict, evolution.kind, evolution.concept)
    for mover, own in enumerate(arcs):
        source, target = own.sources, own.targets
        last = visited[source] & ~wanted[source] & ~lost[source] & lost[target]
        pairs = zip(source[last].tolist(), target[last].tolist(), strict=True)
        closing.extend(ClosingMove(mover, s, t) for s, t in pairs)
    return tuple(closing)
