"""Rankings of the states: prioritised statements, option weights, or a direct ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.conflict.arcs import as_table
from detente.errors import ConflictError

__all__ = ["as_ranks", "from_groups", "from_statements", "from_weights", "places"]

_BITS = 62

_CLOSE = 4
"""Width of a range, in numbers a score, up to which its numbers are counted."""


def as_ranks(ranks: ArrayLike, n_dms: int, n_states: int) -> NDArray[np.int32]:
    """Check a table of ranks and make it one of int32 from 0 up, order kept.

    Parameters
    ----------
    ranks : array_like of int, shape (m, n)
        Rank of each state for each DM; higher is better.
    n_dms, n_states : int
        The shape expected.

    Returns
    -------
    ndarray of int32, shape (m, n)
        Unchanged where the values already lie between 0 and 2**31 − 2, else made dense.

    Raises
    ------
    ConflictError
        If the shape is wrong or the values are not whole numbers.

    Examples
    --------
    >>> as_ranks([[-5, 10**12, -5]], 1, 3)
    array([[0, 1, 0]], dtype=int32)
    """
    table = as_table(ranks, "ranks")
    if table.shape != (n_dms, n_states):
        message = f"ranks have the shape {table.shape}: it should be {(n_dms, n_states)}, DMs first"
        raise ConflictError(message)
    if table.dtype.kind not in "iu":
        message = f"ranks are of type {table.dtype}: they should be whole numbers"
        raise ConflictError(message)
    if table.min() >= 0 and table.max() < np.iinfo(np.int32).max:
        return table.astype(np.int32)
    return np.stack([dense(row) for row in table])


def dense(scores: NDArray[np.generic]) -> NDArray[np.int32]:
    """Give equal scores equal numbers from 0 up, in the order of the scores.

    Whole numbers that lie close together are counted, which takes linear time; others are sorted.
    """
    if scores.dtype.kind in "iu" and scores.size:
        low, high = int(scores.min()), int(scores.max())
        if high - low <= _CLOSE * scores.size:
            offsets = (scores - scores.min()).astype(np.int64)
            taken = np.zeros(high - low + 1, dtype=np.int32)
            taken[offsets] = 1
            ranks: NDArray[np.int32] = (np.cumsum(taken, dtype=np.int32) - np.int32(1))[offsets]
            return ranks
    numbers: NDArray[np.intp] = np.unique(scores, return_inverse=True)[1]
    return numbers.reshape(-1).astype(np.int32)


def from_statements(truths: Sequence[NDArray[np.bool_]], n_states: int) -> NDArray[np.int32]:
    """Rank states by option prioritization.

    Parameters
    ----------
    truths : sequence of ndarray of bool, shape (n,)
        Where each preference statement is true, the most important statement first.
    n_states : int
        Number of states, n.

    Returns
    -------
    ndarray of int32, shape (n,)
        Dense ranks; higher is better.

    Notes
    -----
    State s scores the sum of 2**(k − j) over the statements j of k that are true at s (Peng,
    Hipel, Kilgour and Fang 1997); that is the lexicographic order of the truth vectors, which is
    what is computed, so the number of statements has no limit.

    Examples
    --------
    >>> from_statements([np.array([0, 1, 0, 1], bool), np.array([1, 1, 0, 0], bool)], 4)
    array([1, 3, 0, 2], dtype=int32)
    """
    score = np.zeros(n_states, dtype=np.int64)
    bits = 0
    for truth in truths:
        if bits == _BITS:
            score = dense(score).astype(np.int64)
            bits = int(score.max(initial=0)).bit_length()
        score = 2 * score + truth
        bits += 1
    return dense(score)


def from_weights(
    levels: NDArray[np.integer], weights: Mapping[int, Sequence[Fraction]]
) -> NDArray[np.int32]:
    """Rank states by option weighting.

    Parameters
    ----------
    levels : ndarray of int, shape (n, number of options)
        Level of each option at each state.
    weights : mapping of int to sequence of Fraction
        For each weighted option the weight of each of its levels (0 for N, w for Y).

    Returns
    -------
    ndarray of int32, shape (n,)
        Dense ranks; higher is better. Sums are exact, so ties are never split by rounding.

    Raises
    ------
    ConflictError
        If the weights are too far apart to be added exactly.

    Notes
    -----
    A state scores the sum of the weights of the levels it takes; weights cannot express that one
    option's worth depends on another (Fang, Hipel, Kilgour and Peng 2003).

    Examples
    --------
    >>> states = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    >>> tenth = Fraction("0.1")
    >>> from_weights(states, {0: [Fraction(0), tenth], 1: [Fraction(0), -tenth]})
    array([1, 2, 0, 1], dtype=int32)
    """
    common = lcm(*(w.denominator for row in weights.values() for w in row))
    scaled = {option: [int(w * common) for w in row] for option, row in weights.items()}
    if sum(max(map(abs, row)) for row in scaled.values()) >= 1 << 62:
        raise ConflictError("the weights are too far apart to be added exactly: round them")
    score = np.zeros(len(levels), dtype=np.int64)
    for option, row in scaled.items():
        score += np.array(row, dtype=np.int64)[levels[:, option]]
    return dense(score)


def from_groups(groups: Sequence[NDArray[np.bool_]], n_states: int) -> NDArray[np.int32]:
    """Rank states by an ordered list of groups of equally good states.

    Parameters
    ----------
    groups : sequence of ndarray of bool, shape (n,)
        Members of each group, the most preferred first.
    n_states : int
        Number of states, n.

    Returns
    -------
    ndarray of int32, shape (n,)
        Dense ranks; higher is better.

    Raises
    ------
    ConflictError
        If a state is in two groups or in none; the message counts states from 1.

    Examples
    --------
    >>> from_groups([np.array([False, True, False]), np.array([True, False, True])], 3)
    array([0, 1, 0], dtype=int32)
    """
    rank = np.full(n_states, -1, dtype=np.int32)
    for position, group in enumerate(groups):
        twice = np.flatnonzero(group & (rank >= 0))
        if len(twice):
            raise ConflictError(f"state {twice[0] + 1} is ranked twice: rank each state once")
        rank[group] = len(groups) - 1 - position
    missing = np.flatnonzero(rank < 0)
    if len(missing):
        numbers = ", ".join(str(state + 1) for state in missing[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise ConflictError(f"states are not ranked: {numbers}{more}. Rank every state")
    return dense(rank)


def places(ranks: NDArray[np.integer]) -> NDArray[np.intp]:
    """Turn ranks, of which the highest is best, into places, of which 1 is best.

    Parameters
    ----------
    ranks : ndarray of int, shape (m, n)
        Rank of each state for each DM.

    Returns
    -------
    ndarray of int, shape (m, n)
        Places without gaps; ties share a place.

    Examples
    --------
    >>> places(np.array([[0, 5, 5, 2]]))
    array([[3, 1, 1, 2]])
    """
    return np.stack(
        [
            len(levels) - np.searchsorted(levels, row)
            for row, levels in ((row, np.unique(row)) for row in ranks)
        ]
    )
