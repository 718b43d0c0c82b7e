"""Improvements that nothing deters: the moves behind every instability."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Arcs, Conflict, worst_reachable
from detente.errors import ConflictError
from detente.stability.concepts import Concept, concept

__all__ = ["answers_to", "best_escape", "sequential", "unsanctioned_improvements"]


def unsanctioned_improvements(conflict: Conflict, dm: int, concept_key: str) -> Arcs:
    """List a DM's improvements that no sanction deters under a concept.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    dm : int
        Index of the DM.
    concept_key : str
        Out of ``nash gmr smr seq sseq``.

    Returns
    -------
    Arcs
        A state is stable for the DM iff none of these moves leaves it.

    Raises
    ------
    ConflictError
        If there is no such concept, or it is a simultaneous one.

    Notes
    -----
    Opponents answer by legal sequences, and being brought back counts as a sanction: the defaults
    of :class:`detente.stability.Conventions`.

    Examples
    --------
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> unsanctioned_improvements(chicken, 0, "nash").pairs().tolist()
    [[0, 1], [3, 2]]
    >>> unsanctioned_improvements(chicken, 0, "gmr").pairs().tolist()
    [[0, 1]]
    """
    meant = sequential(concept_key)
    rank = conflict.ranks[dm]
    own = conflict.moves(dm).improving(rank)
    if meant.sanction == "none" or len(own.targets) == 0:
        return own
    value = best_escape(conflict, dm) if meant.symmetric else rank
    worst = worst_reachable(answers_to(conflict, dm, meant), value[None])[0]
    return own.keep(worst[own.targets] > rank[own.sources])


def sequential(key: str) -> Concept:
    """Look up a concept in which opponents answer in sequence, or not at all.

    Raises
    ------
    ConflictError
        If there is none of that name, or it is a simultaneous one.

    Examples
    --------
    >>> sequential("smr").symmetric
    True
    """
    meant = concept(key)
    if meant.sanction == "simultaneous":
        message = f"{key} lets opponents act at once: choose one of nash, gmr, smr, seq, sseq"
        raise ConflictError(message)
    return meant


def answers_to(conflict: Conflict, dm: int, meant: Concept) -> list[Arcs]:
    """List the moves by which each opponent may answer a DM under a concept."""
    if meant.sanction == "none":
        return []
    others = [other for other in range(conflict.n_dms) if other != dm]
    if meant.sanction == "credible":
        return [conflict.moves(other).improving(conflict.ranks[other]) for other in others]
    return [conflict.moves(other) for other in others]


def best_escape(conflict: Conflict, dm: int) -> NDArray[np.int32]:
    """Find the best rank among each state and those a DM can move on to, shape (n,)."""
    arcs, rank = conflict.moves(dm), conflict.ranks[dm]
    best: NDArray[np.int32] = rank.copy()
    left = arcs.starts[:-1] < arcs.starts[1:]
    if left.any():
        onward = np.maximum.reduceat(rank[arcs.targets], arcs.starts[:-1][left])
        best[left] = np.maximum(rank[left], onward)
    return best
