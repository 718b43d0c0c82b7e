# ruff: noqa: ANN001, ANN202 - the compiler finds the types of its functions by itself
"""Improvements in option form followed by compiled loops; needs the extra ``fast``.

Importing this module imports the compiler. Its results are kept beside the module, so that each
loop is compiled once on a machine.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from detente.conflict import free_memory
from detente.stability.ladders import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from detente.stability.fibres import Grid
    from detente.stability.ladders import Ladders

__all__ = ["GridImprovements", "Labelling", "LadderImprovements"]

_TILE = 16384
"""Most states that are copied together before their ladders are followed, for the caches."""

_LABELLING = 100
"""Bytes for each state and DM that labelling takes at its peak, by two DMs at once."""


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


class Labelling:
    """Improvements of all DMs, for rankings along which they form very long sequences.

    States are visited in ascending order of their values, and each value is carried backwards along
    the improvements to all states that have none yet: each is visited once, whatever the length
    of the sequences.

    Parameters
    ----------
    ladders : callable
        Gives the parts of a DM's ladders, by its number; called when first needed.
    ranks : ndarray of int32, shape (m, n)
        Rankings.
    """

    def __init__(
        self, ladders: Callable[[int], Iterable[Ladders]], ranks: NDArray[np.int32]
    ) -> None:
        self._ladders, self._ranks = ladders, ranks
        self._once = Lock()
        self._built: list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]] = []

    def finish(self, dm: int, values: NDArray[Any]) -> bool:
        """Lower values, in place, to the lowest that the improvements of all DMs but one reach.

        Returns
        -------
        bool
            False, and nothing done, if that does not fit in memory.
        """
        with self._once:
            if not self._built:
                free = free_memory()
                if free is not None and free < _LABELLING * self._ranks.size:
                    return False
                self._built = [self._build(other) for other in range(len(self._ranks))]
        others = [other for other in range(len(self._ranks)) if other != dm]
        home = np.stack([self._built[other][0] for other in others])
        states = [self._built[other][1] for other in others]
        bounds = [self._built[other][2] for other in others]
        skipped = np.cumsum([0, *map(len, states)])
        starts = np.concatenate([b[:-1] + s for b, s in zip(bounds, skipped, strict=False)])
        ends = np.concatenate([b[1:] + s for b, s in zip(bounds, skipped, strict=False)])
        first = np.cumsum([0, *(len(b) - 1 for b in bounds)])
        for row, offset in zip(home, first, strict=False):
            row[row >= 0] += offset
        order = np.argsort(values, kind="stable")
        _label(values, order, home, self._ranks[others], np.concatenate(states), starts, ends)
        return True

    def _build(self, dm: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Give the ladder in which each state is a target, all ladders' states, their bounds."""
        home = np.full(self._ranks.shape[1], -1, dtype=np.int64)
        states, bounds, skipped, number = [], [np.zeros(1, dtype=np.int64)], 0, 0
        for part in self._ladders(dm):
            ladder = np.repeat(np.arange(len(part.starts) - 1), np.diff(part.starts)) + number
            target = slice(None) if part.target is None else part.target
            home[part.states[target]] = ladder[target]
            states.append(part.states)
            bounds.append(part.starts[1:] + skipped)
            skipped += len(part.states)
            number += len(part.starts) - 1
        return home, np.concatenate(states), np.concatenate(bounds)


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


@njit(nogil=True, cache=True)
def _label(values, order, home, ranks, states, starts, ends):  # type: ignore[no-untyped-def]
    left = ends.copy()
    labelled = np.zeros(len(values), dtype=np.bool_)
    stack = np.empty(len(values), dtype=np.int64)
    for start in order:
        if labelled[start]:
            continue
        labelled[start] = True
        value = values[start]
        stack[0] = start
        height = 1
        while height > 0:
            height -= 1
            state = stack[height]
            for other in range(len(home)):
                ladder = home[other, state]
                if ladder < 0:
                    continue
                # What stands below `left` in the ladder has been labelled before.
                below = left[ladder]
                while below > starts[ladder]:
                    source = states[below - 1]
                    if ranks[other, source] >= ranks[other, state]:
                        break
                    below -= 1
                    if not labelled[source]:
                        labelled[source] = True
                        values[source] = value
                        stack[height] = source
                        height += 1
                left[ladder] = below
