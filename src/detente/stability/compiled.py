# ruff: noqa: ANN001, ANN202 - the compiler finds the types of its functions by itself
"""Improvements in option form followed by compiled loops; needs the extra ``fast``.

Importing this module imports the compiler. Its results are kept beside the module, so that each
loop is compiled once on a machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from detente.stability.ladders import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from detente.stability.fibres import Grid
    from detente.stability.ladders import Ladders

__all__ = ["GridImprovements", "LadderImprovements"]

_TILE = 16384
"""Most states that are copied together before their ladders are followed, for the caches."""


class GridImprovements:
    """Improvements of one DM where every combination of options is feasible, none irreversible.

    Parameters
    ----------
    grid : Grid
        The DM's fibres.
    rank : ndarray of int32, shape (n,)
        Its ranking.
    """

    commute = False

    def __init__(self, grid: Grid, rank: NDArray[Any]) -> None:
        size = grid.size
        bits = (size - 1).bit_length() + 1
        kind = np.uint8 if bits <= 8 else np.uint16 if bits <= 16 else np.uint32
        self._shape = (grid.outer, size, grid.inner)
        self._tied = kind(1 << (bits - 1))
        self._ladders = np.empty(grid.n_states, dtype=kind)
        _sort_fibres(rank, self._ladders, self._shape, self._tied, _columns(self._shape))

    def lower(self, values: NDArray[Any]) -> bool:
        """Lower each value, in place, to the lowest that a move leads to; tell of any change."""
        columns = _columns(self._shape)
        return bool(_lower_grid(values, self._ladders, self._shape, self._tied, columns))


class LadderImprovements:
    """Improvements of one DM in general.

    Parameters
    ----------
    parts : iterable of Ladders
        What `ladders_of` gives.
    """

    commute = False

    def __init__(self, parts: Iterable[Ladders]) -> None:
        self._parts = []
        for part in parts:
            free = part.target is None
            target = np.empty(0, dtype=bool) if part.target is None else part.target
            self._parts.append((part.states.astype(np.int32), part.starts, part.tied, target, free))

    def lower(self, values: NDArray[Any]) -> bool:
        """Lower each value, in place, to the lowest that a move leads to; tell of any change."""
        changed = [_lower_ladders(values, *part) for part in self._parts]
        return any(changed)


def _columns(shape: tuple[int, int, int]) -> int:
    """Give the number of neighbouring fibres to be handled together."""
    _, size, inner = shape
    return min(inner, max(16, _TILE // size))


@njit(nogil=True, cache=True)
def _load(values, tile, base, inner):  # type: ignore[no-untyped-def]
    for row in range(tile.shape[0]):
        start = base + row * inner
        for column in range(tile.shape[1]):
            tile[row, column] = values[start + column]


@njit(nogil=True, cache=True)
def _sort_fibres(rank, ladders, shape, tied, columns):  # type: ignore[no-untyped-def]
    """Write each fibre's members in descending order of rank, ties marked."""
    outer, size, inner = shape
    whole = np.empty((size, columns), dtype=np.int32)
    keys = np.empty(size, dtype=np.int64)
    for block in range(outer):
        for first in range(0, inner, columns):
            tile = whole[:, : min(columns, inner - first)]
            _load(rank, tile, block * size * inner + first, inner)
            for column in range(tile.shape[1]):
                # Ranks are turned round, so that ascending keys descend in rank.
                for row in range(size):
                    keys[row] = (np.int64(NOTHING - tile[row, column]) << 32) | row
                _sort(keys)
                start = (block * inner + first + column) * size
                before = np.int64(-1)
                for height in range(size):
                    key = keys[height]
                    mark = tied if key >> 32 == before else 0
                    ladders[start + height] = (key & 0xFFFFFFFF) | mark
                    before = key >> 32


@njit(nogil=True, cache=True)
def _sort(keys):  # type: ignore[no-untyped-def]
    if len(keys) > 64:
        keys.sort()
        return
    for position in range(1, len(keys)):
        key = keys[position]
        before = position - 1
        while before >= 0 and keys[before] > key:
            keys[before + 1] = keys[before]
            before -= 1
        keys[before + 1] = key


@njit(nogil=True, cache=True)
def _lower_grid(values, ladders, shape, tied, columns):  # type: ignore[no-untyped-def]
    outer, size, inner = shape
    whole = np.empty((size, columns), dtype=np.int32)
    changed = False
    for block in range(outer):
        for first in range(0, inner, columns):
            tile = whole[:, : min(columns, inner - first)]
            base = block * size * inner + first
            _load(values, tile, base, inner)
            lowered = False
            for column in range(tile.shape[1]):
                start = (block * inner + first + column) * size
                above = NOTHING
                seen = NOTHING
                for height in range(size):
                    entry = ladders[start + height]
                    if entry < tied:
                        above = seen
                    row = entry & (tied - 1)
                    value = tile[row, column]
                    if above < value:
                        value = above
                        tile[row, column] = value
                        lowered = True
                    seen = min(seen, value)
            if lowered:
                changed = True
                for row in range(size):
                    start = base + row * inner
                    for column in range(tile.shape[1]):
                        values[start + column] = tile[row, column]
    return changed


@njit(nogil=True, cache=True)
def _lower_ladders(values, states, starts, tied, target, free):  # type: ignore[no-untyped-def]
    changed = False
    for ladder in range(len(starts) - 1):
        above = NOTHING
        seen = NOTHING
        for at in range(starts[ladder], starts[ladder + 1]):
            if not tied[at]:
                above = seen
            state = states[at]
            value = values[state]
            if above < value:
                value = above
                values[state] = value
                changed = True
            if free or target[at]:
                seen = min(seen, value)
    return changed
