"""Improvements in option form, never listed: each fibre sorted by its DM's rank, the best first.

In such a *ladder* a state can be improved to every state above it of a higher rank, so the lowest
value among a state's improvements is a running minimum down the ladder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.stability.fibres import forward_level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from detente.conflict import OptionForm
    from detente.stability.fibres import Fibres

__all__ = ["NOTHING", "Ladders", "VectorImprovements", "ladders_of"]

NOTHING = np.iinfo(np.int32).max
"""A value above every rank: nothing was found."""

_WIDE = 128
"""Ladders are descended abreast while at least so many are left, and one after another below."""

_BLOCK = 8192
"""Ladders descended abreast at a time, few enough for the processor's caches."""


@dataclass(frozen=True, slots=True)
class Ladders:
    """Fibres of one DM, each sorted by the DM's rank in descending order; single states left out.

    Parameters
    ----------
    states : ndarray of int, shape (e,)
        States of one ladder after the other.
    starts : ndarray of int, shape (number of ladders + 1,)
        Where each ladder starts; at the end e.
    tied : ndarray of bool, shape (e,)
        Whether a state ranks equal with the one before it in its ladder.
    target : ndarray of bool, shape (e,), or None
        Whether a state may be moved to; None if all may.
    """

    states: NDArray[np.intp]
    starts: NDArray[np.intp]
    tied: NDArray[np.bool_]
    target: NDArray[np.bool_] | None = None


def ladders_of(
    form: OptionForm, dm: int, fibres: Fibres, rank: NDArray[np.integer]
) -> Iterator[Ladders]:
    """Sort a DM's fibres by its rank.

    Parameters
    ----------
    form : OptionForm
        States and moves.
    dm : int
        The DM.
    fibres : Fibres
        Its fibres.
    rank : ndarray of int, shape (n,)
        Its ranking.

    Yields
    ------
    Ladders
        A single one without irreversible options. With them one for each combination of their
        levels that occurs, of the states from which it can be reached, only those that have
        these very levels being targets. An improvement is in exactly one.

    Notes
    -----
    A state of k irreversible yes/no options at Y (where N→Y is the way forward) and l at N occurs
    2**l times, on average over all states 1.5**(k + l) times.
    """
    key = fibres.number << 31
    key += int(rank.max(initial=0)) - rank
    directed = [o for o in form.options if o.dm == dm and o.one_way is not None]
    if not directed:
        yield _sorted(key, np.argsort(key), None)
        return
    levels = np.stack([forward_level(form, option) for option in directed])
    kinds, kind = np.unique(levels, axis=1, return_inverse=True)
    kind = kind.reshape(-1)
    members = np.split(np.argsort(kind, kind="stable"), np.cumsum(np.bincount(kind))[:-1])
    in_reach = np.zeros(int(fibres.number.max()) + 1, dtype=bool)
    for index in range(kinds.shape[1]):
        in_reach[:] = False
        in_reach[fibres.number[members[index]]] = True
        behind = np.flatnonzero((kinds <= kinds[:, index, None]).all(axis=0))
        states = np.concatenate([members[other] for other in behind])
        states = states[in_reach[fibres.number[states]]]
        states = states[np.argsort(key[states])]
        yield _sorted(key, states, kind == index)


def _sorted(
    key: NDArray[np.int64], states: NDArray[np.intp], target: NDArray[np.bool_] | None
) -> Ladders:
    keys = key[states]
    tied = np.zeros(len(keys), dtype=bool)
    np.equal(keys[1:], keys[:-1], out=tied[1:])
    keys >>= 31
    new = np.ones(len(keys) + 1, dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=new[1:-1])
    single = new[:-1] & new[1:]
    if single.any():
        kept = ~single
        states, tied, new = states[kept], tied[kept], np.append(new[:-1][kept], True)
    starts = np.flatnonzero(new)
    return Ladders(states, starts, tied, None if target is None else target[states])


class VectorImprovements:
    """Improvements of one DM, followed by array operations.

    Parameters
    ----------
    parts : iterable of Ladders
        What `ladders_of` gives.

    Notes
    -----
    Short ladders are descended abreast, one rung of many ladders at a time; long ones, of which
    there are few, by one running minimum along all of them. Either way a pass takes time in
    proportion to the number of rungs.
    """

    commute = False

    def __init__(self, parts: Iterable[Ladders]) -> None:
        self._blocks: list[list[_Rung]] = []
        self._long: list[_LongLadders] = []
        for ladders in parts:
            self._add(ladders)

    def lower(self, values: NDArray[np.int32]) -> bool:
        """Lower each value, in place, to the lowest among the states that can be improved to.

        Returns
        -------
        bool
            Whether a value has changed.
        """
        before = values.sum(dtype=np.int64)
        for rungs in self._blocks:
            _descend(rungs, values)
        for ladders in self._long:
            ladders.lower(values)
        return bool(values.sum(dtype=np.int64) != before)

    def _add(self, ladders: Ladders) -> None:
        sizes = np.diff(ladders.starts)
        by_size = np.argsort(-sizes, kind="stable")
        descending = sizes[by_size]
        # Rung r has as many states as there are ladders longer than r.
        short = int(descending[_WIDE - 1]) if len(sizes) >= _WIDE else 0
        n_long = int(np.searchsorted(-descending, -short))
        for first in range(n_long, len(sizes), _BLOCK):
            chosen = by_size[first : first + _BLOCK]
            self._blocks.append(list(_rungs(ladders, ladders.starts[chosen], sizes[chosen])))
        if n_long:
            self._long.append(_LongLadders(ladders, np.sort(by_size[:n_long])))


@dataclass(frozen=True, slots=True)
class _Rung:
    """The states at one height of many ladders; None where no state is tied, or all are targets."""

    states: NDArray[np.intp]
    new: NDArray[np.bool_] | None
    barred: NDArray[np.bool_] | None


def _rungs(ladders: Ladders, starts: NDArray[np.intp], sizes: NDArray[np.intp]) -> Iterator[_Rung]:
    """Cut ladders, longest first, into rungs."""
    widths = np.searchsorted(-sizes, -np.arange(int(sizes[0])))
    for height, width in enumerate(widths.tolist()):
        at = starts[:width] + height
        new = ~ladders.tied[at]
        barred = None if ladders.target is None else ~ladders.target[at]
        yield _Rung(ladders.states[at], None if new.all() else new, barred)


def _descend(rungs: list[_Rung], values: NDArray[np.int32]) -> None:
    width = len(rungs[0].states)
    # `above`: the lowest value at a higher rank; `seen`: the same with the ties counted in.
    above, seen = np.full((2, width), NOTHING, dtype=np.int32)
    here = np.empty(width, dtype=np.int32)
    for rung in rungs:
        width = len(rung.states)
        best, lowest, value = above[:width], seen[:width], here[:width]
        if rung.new is None:
            best[:] = lowest
        else:
            np.copyto(best, lowest, where=rung.new)
        np.take(values, rung.states, out=value, mode="wrap")
        np.minimum(value, best, out=value)
        values[rung.states] = value
        if rung.barred is not None:
            value[rung.barred] = NOTHING
        np.minimum(lowest, value, out=lowest)


class _LongLadders:
    """Ladders descended one after another by a single running minimum.

    From each value is taken its ladder's number times a span wider than all values, so that the
    minimum starts afresh in each ladder.
    """

    def __init__(self, ladders: Ladders, chosen: NDArray[np.intp]) -> None:
        starts, sizes = ladders.starts[chosen], np.diff(ladders.starts)[chosen]
        first = np.cumsum(sizes) - sizes
        at = np.arange(int(sizes.sum())) + np.repeat(starts - first, sizes)
        self._states = ladders.states[at]
        self._barred = None if ladders.target is None else ~ladders.target[at]
        self._span = np.repeat(np.arange(len(chosen)) << 32, sizes)
        new = ~ladders.tied[at]
        new[first] = True
        # Before the first rung of a tie the running minimum is that of the higher ranks.
        self._higher = np.maximum.accumulate(np.where(new, np.arange(len(at)), 0))

    def lower(self, values: NDArray[np.int32]) -> None:
        value = values[self._states]
        running = np.empty(len(value) + 1, dtype=np.int64)
        running[0] = 1 << 32
        np.subtract(value, self._span, out=running[1:])
        if self._barred is not None:
            running[1:][self._barred] = NOTHING - self._span[self._barred]
        np.minimum.accumulate(running, out=running)
        best = running[self._higher] + self._span
        values[self._states] = np.minimum(best, value)
