"""What opponents may answer with, and how far a DM can escape: the parts of a sanction."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Arcs, Conflict
from detente.errors import ConflictError
from detente.stability.concepts import Concept, concept

__all__ = ["answers_to", "best_escape", "sequential"]


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
