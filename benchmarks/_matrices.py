"""The published matrix method (Xu, Hipel and Kilgour 2009), to compare with.

Twice: with dense matrices of floats and sign products by BLAS, as published; and with rows of
bits, where a product follows the moves that there are. Only the diagonal of the last product is
ever formed, and joint moves stop as soon as they no longer change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.conflict import Arcs, Conflict

Matrix = Any


def with_floats(conflict: Conflict) -> dict[str, NDArray[np.bool_]]:
    """Find all five tables with dense matrices."""
    ranks, n_states = conflict.ranks, conflict.n_states
    moves = [_dense(conflict.moves(dm)) for dm in range(conflict.n_dms)]
    better = [(rank[None, :] > rank[:, None]).astype(np.float32) for rank in ranks]
    improvements = [move * gain for move, gain in zip(moves, better, strict=True)]
    rows: dict[str, list[NDArray[np.bool_]]] = {key: [] for key in _KEYS}
    for dm, improvement in enumerate(improvements):
        others = [other for other in range(conflict.n_dms) if other != dm]
        not_better = 1 - better[dm]
        caught = not_better * (1 - np.sign(moves[dm] @ better[dm].T)).T
        rows["nash"].append(~improvement.any(axis=1))
        for answers, plain, symmetric in ((moves, "gmr", "smr"), (improvements, "seq", "sseq")):
            joint = _joint_floats([answers[other] for other in others], n_states)
            for key, sanction in ((plain, not_better), (symmetric, caught)):
                free = 1 - np.sign(joint @ sanction.T)
                rows[key].append(~np.einsum("st,ts->s", improvement, free).astype(bool))
    return {key: np.stack(table) for key, table in rows.items()}


def with_bits(conflict: Conflict) -> dict[str, NDArray[np.bool_]]:
    """Find all five tables with rows of bits."""
    ranks = conflict.ranks
    moves = [conflict.moves(dm) for dm in range(conflict.n_dms)]
    improvements = [move.improving(rank) for move, rank in zip(moves, ranks, strict=True)]
    rows: dict[str, list[NDArray[np.bool_]]] = {key: [] for key in _KEYS}
    for dm, improvement in enumerate(improvements):
        others = [other for other in range(conflict.n_dms) if other != dm]
        rank = ranks[dm]
        escape = rank.copy()
        np.maximum.at(escape, moves[dm].sources, rank[moves[dm].targets])
        not_better, caught = (_packed(value[None, :] <= rank[:, None]) for value in (rank, escape))
        rows["nash"].append(np.diff(improvement.starts) == 0)
        for answers, plain, symmetric in ((moves, "gmr", "smr"), (improvements, "seq", "sseq")):
            joint = _joint_bits([answers[other] for other in others], len(rank))
            for key, sanction in ((plain, not_better), (symmetric, caught)):
                rows[key].append(_deterred(improvement, joint, sanction))
    return {key: np.stack(table) for key, table in rows.items()}


_KEYS = ("nash", "gmr", "smr", "seq", "sseq")


def _dense(arcs: Arcs) -> NDArray[np.float32]:
    matrix = np.zeros((arcs.n_states, arcs.n_states), dtype=np.float32)
    matrix[arcs.sources, arcs.targets] = 1
    return matrix


def _joint_floats(answers: list[NDArray[np.float32]], n_states: int) -> NDArray[np.float32]:
    joint = [answer.copy() for answer in answers]
    changed = len(answers) > 1
    while changed:
        changed = False
        for mover, answer in enumerate(answers):
            rest = [matrix for other, matrix in enumerate(joint) if other != mover]
            further = answer @ np.maximum.reduce(rest)
            longer = np.maximum(joint[mover], np.sign(further, out=further), out=further)
            changed |= not np.array_equal(longer, joint[mover])
            joint[mover] = longer
    return np.maximum.reduce(joint) if joint else np.zeros((n_states, n_states), np.float32)


def _packed(matrix: NDArray[np.bool_]) -> NDArray[np.uint64]:
    width = -(-matrix.shape[1] // 64) * 64
    padded = np.zeros((matrix.shape[0], width), dtype=bool)
    padded[:, : matrix.shape[1]] = matrix
    return np.packbits(padded, axis=1).view(np.uint64)


def _joint_bits(answers: list[Arcs], n_states: int) -> NDArray[np.uint64]:
    unit = _packed(np.eye(n_states, dtype=bool))
    joint = [_followed(answer, unit) for answer in answers]
    changed = len(answers) > 1
    while changed:
        changed = False
        for mover, answer in enumerate(answers):
            rest = [matrix for other, matrix in enumerate(joint) if other != mover]
            further = _followed(answer, np.bitwise_or.reduce([unit, *rest]))
            changed |= not np.array_equal(further, joint[mover])
            joint[mover] = further
    return np.bitwise_or.reduce(joint) if joint else np.zeros_like(unit)


def _followed(arcs: Arcs, rows: NDArray[np.uint64]) -> NDArray[np.uint64]:
    found = np.zeros_like(rows)
    degrees = np.diff(arcs.starts)
    for index in range(int(degrees.max(initial=0))):
        sources = np.flatnonzero(degrees > index)
        found[sources] |= rows[arcs.targets[arcs.starts[sources] + index]]
    return found


def _deterred(
    improvement: Arcs, joint: NDArray[np.uint64], sanction: NDArray[np.uint64]
) -> NDArray[np.bool_]:
    stable = np.ones(improvement.n_states, dtype=bool)
    sources = improvement.sources
    for first in range(0, len(sources), 4096):
        source = sources[first : first + 4096]
        target = improvement.targets[first : first + 4096]
        stable[source[~(joint[target] & sanction[source]).any(axis=1)]] = False
    return stable
