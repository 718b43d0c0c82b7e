"""Sanctions on pairs of states, with a bit for each pair: what stability pair by pair rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Arcs, require_memory
from detente.errors import SizeError
from detente.stability.concepts import Opponents

__all__ = ["Bits", "answered", "bits", "met", "somewhere", "unpacked"]

Bits: TypeAlias = NDArray[np.uint64]
"""A row of bits for each state, shape (n, w): bit x of row s stands for the pair (s, x)."""

_WORD = 64

_AT_ONCE = 1 << 23
"""Most words that are gathered along moves at a time."""

_MOST_ONCE = 12
"""Most opponents of whom each may move once in any order: every set of them has a table."""


def bits(truth: NDArray[np.bool_]) -> Bits:
    """Pack a table of booleans, shape (n, k), row by row.

    Examples
    --------
    >>> bits(np.array([[True, False, True]]))
    array([[5]], dtype=uint64)
    """
    short = -truth.shape[1] % _WORD
    packed = np.packbits(truth, axis=1, bitorder="little")
    filler = np.zeros((len(truth), (truth.shape[1] + short) // 8 - packed.shape[1]), dtype=np.uint8)
    return np.ascontiguousarray(np.concatenate((packed, filler), axis=1)).view("<u8")


def unpacked(rows: Bits, width: int) -> NDArray[np.bool_]:
    """Unpack the first bits of each row, as many as `width`."""
    whole = np.unpackbits(rows.view(np.uint8), axis=1, bitorder="little")
    return whole[:, :width].view(np.bool_)


def somewhere(moves: Arcs, marked: Bits) -> Bits:
    """For each state the union of the rows of all states that moves lead to."""
    found = np.zeros_like(marked)
    filled = np.flatnonzero(moves.degrees)
    if len(filled):
        for part in _parts(marked.shape[1], len(moves.targets)):
            gathered = marked[moves.targets, part]
            found[filled, part] = np.bitwise_or.reduceat(gathered, moves.starts[filled], axis=0)
    return found


def met(moves: Arcs, rows: Bits, others: Bits) -> NDArray[np.bool_]:
    """Tell for each move whether the row of its target and the other row of its source meet."""
    sources, found = moves.sources, np.zeros(len(moves.targets), dtype=bool)
    step = max(1, _AT_ONCE // max(1, rows.shape[1]))
    for first in range(0, len(found), step):
        part = slice(first, first + step)
        found[part] = (rows[moves.targets[part]] & others[sources[part]]).any(axis=1)
    return found


def answered(arcs: Sequence[Arcs], n_states: int, opponents: Opponents) -> Bits:
    """Find which states opponents can bring about from each state, by at least one move.

    Parameters
    ----------
    arcs : sequence of Arcs
        Moves of each opponent that it may answer with.
    n_states : int
    opponents : {"legal", "once", "single"}
        See `~detente.stability.Conventions`.

    Returns
    -------
    ndarray of uint64, shape (n, w)
        A bit for each state from which, and each other one that is brought about.

    Raises
    ------
    SizeError
        If too many opponents may each move once.

    Notes
    -----
    By legal sequences ([FangHipelKilgour1993][]): what a sequence that one opponent starts can lead
    to is its move's target, and what sequences that another starts lead to from there; the least
    such sets are found by repetition. The state itself is left out: where the DM does not know how
    it compares with the one it left, it would otherwise be its own sanction. Each bit is
    independent of the others, so that parts of the rows are worked out one by one, within bounded
    memory.
    """
    width = -(-n_states // _WORD)
    moving = [own for own in arcs if len(own.targets)]
    tables = 2 ** len(moving) if opponents == "once" else len(moving)
    if opponents == "once" and len(moving) > _MOST_ONCE:
        message = f"{len(moving)} opponents who each move once are too many: at most {_MOST_ONCE}"
        raise SizeError(message)
    found = np.zeros((n_states, width), dtype=np.uint64)
    if not moving:
        return found
    heaviest = max(len(own.targets) for own in moving)
    for part in _parts(width, heaviest + n_states * tables):
        n_words = min(part.stop, width) - part.start
        require_memory(8 * n_words * (heaviest + n_states * (tables + 2)), "following the answers")
        own_bit = _diagonal(n_states, part.start, n_words)
        if opponents == "legal":
            found[:, part] = _by_legal_sequences(moving, own_bit)
        elif opponents == "once":
            found[:, part] = _each_once(moving, own_bit)
        else:
            for own in moving:
                found[:, part] |= somewhere(own, own_bit)
        found[:, part] &= ~own_bit
    return found


def _parts(width: int, n_rows: int) -> Iterator[slice]:
    """Split the words of a row so that so many rows of them fit."""
    step = max(1, _AT_ONCE // max(1, n_rows))
    for first in range(0, width, step):
        yield slice(first, first + step)


def _diagonal(n_states: int, first: int, n_words: int) -> Bits:
    rows = np.zeros((n_states, n_words), dtype=np.uint64)
    states = np.arange(first * _WORD, min(n_states, (first + n_words) * _WORD))
    rows[states, states // _WORD - first] = np.uint64(1) << (states % _WORD).astype(np.uint64)
    return rows


def _by_legal_sequences(arcs: Sequence[Arcs], own_bit: Bits) -> Bits:
    started = [np.zeros_like(own_bit) for _ in arcs]
    stale = set(range(len(arcs)))
    while stale:
        row = stale.pop()
        onward = own_bit.copy()
        for other, table in enumerate(started):
            if other != row:
                onward |= table
        now = somewhere(arcs[row], onward)
        if (now != started[row]).any():
            started[row] = now
            stale |= set(range(len(arcs))) - {row}
    together = np.zeros_like(own_bit)
    for table in started:
        together |= table
    return together


def _each_once(arcs: Sequence[Arcs], own_bit: Bits) -> Bits:
    """Let the opponents left over answer after the first; smaller sets of them come first."""
    by_set = {frozenset[int](): np.zeros_like(own_bit)}
    for size in range(1, len(arcs) + 1):
        for left in map(frozenset, combinations(range(len(arcs)), size)):
            together = np.zeros_like(own_bit)
            for row in left:
                together |= somewhere(arcs[row], own_bit | by_set[left - {row}])
            by_set[left] = together
    return by_set[frozenset(range(len(arcs)))]
