"""Regions: where a coalition can get by its own moves, in option form, found without a search.

Moves between options are transitive, so a legal sequence of a coalition leads anywhere that any
sequence of its moves does. Where no option of the coalition is irreversible, it leads to the
states connected by such moves and to no others. An irreversible option splits such a region into
levels with moves one way between them; where every combination of the coalition's options is
feasible, the levels alone tell what can be reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from detente.coalitions.groups import Coalition
from detente.conflict import OptionForm, search

__all__ = ["Region", "beaten", "region"]

_CELLS = 1 << 17
"""States of all conflicts together that go through the rounds at once, for the caches' sake."""

Mask = NDArray[np.bool_]

_known: WeakKeyDictionary[OptionForm, dict[Coalition, Region]] = WeakKeyDictionary()
"""Regions do not depend on preferences: many readings of the same states share them."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Joint moves of a coalition between the states of an option form.

    Parameters
    ----------
    label : ndarray of int64, shape (n,)
        Number of the connected region of each state, from 0.
    order : ndarray of int8, shape (h, n)
        Levels of the irreversible options, turned so that they can only rise.
    exact : ndarray of bool, shape (n,)
        Where t can be reached from s iff it has the same label and no lower level in `order`;
        elsewhere that is necessary, not sufficient.
    """

    label: NDArray[np.int64] = field(repr=False)
    order: NDArray[np.int8] = field(repr=False)
    exact: Mask = field(repr=False)

    @property
    def reversible(self) -> bool:
        """Whether every sequence of the coalition's moves can be undone by others of its own."""
        return len(self.order) == 0


def region(form: OptionForm, coalition: Coalition) -> Region:
    """Find the regions in which a coalition can move.

    Parameters
    ----------
    form : OptionForm
        States and moves.
    coalition : tuple of int
        Indices of its members.

    Returns
    -------
    Region

    Notes
    -----
    Labels spread along the members' fibres until none changes; where every state is feasible, two
    rounds suffice. What was found is kept as long as the form is.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> form = Conflict.from_arrays(options=[1, 1, 1], ranks=[[0] * 8] * 3).form
    >>> region(form, (0, 2)).label
    array([0, 0, 1, 1, 0, 0, 1, 1])
    """
    known = _known.setdefault(form, {})
    if coalition not in known:
        known[coalition] = _found(form, coalition)
    return known[coalition]


def _found(form: OptionForm, coalition: Coalition) -> Region:
    label = np.arange(form.n_states)
    fibres = [_fibres(form, dm) for dm in coalition]
    changed = True
    while changed:
        changed = False
        for by_fibre, first in fibres:
            here = label[by_fibre]
            lowest = np.repeat(
                np.minimum.reduceat(here, first), np.diff(first, append=form.n_states)
            )
            if (lowest < here).any():
                label[by_fibre] = lowest
                changed = True
    label = np.unique(label, return_inverse=True)[1].reshape(-1)
    own = [(index, o) for index, o in enumerate(form.options) if o.dm in coalition]
    rising = [
        form.column(index) if option.one_way == "on" else -form.column(index)
        for index, option in own
        if option.one_way is not None
    ]
    order = np.array(rising, dtype=np.int8).reshape(len(rising), form.n_states)
    full = prod(len(option.levels) for _, option in own)
    exact = np.bincount(label)[label] == full if len(order) else np.ones(form.n_states, bool)
    return Region(label, order, exact)


def _fibres(form: OptionForm, dm: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Group the states by everything but a DM's options: order, and first of each group."""
    key = form.codes & ~np.int64(form.mask(dm))
    by_fibre = np.argsort(key, kind="stable")
    return by_fibre, np.flatnonzero(np.diff(key[by_fibre], prepend=-1))


def beaten(
    form: OptionForm,
    coalition: Coalition,
    offers: NDArray[np.integer],
    stands: NDArray[np.integer],
    asked: Mask,
) -> Mask:
    """Tell which states a coalition can leave for one that offers every member more.

    Parameters
    ----------
    form : OptionForm
        States and moves.
    coalition : tuple of int
        Indices of the members, g of them.
    offers : ndarray of int, shape (d, g, n)
        What a state offers each member, in each of d conflicts over the same states and moves.
    stands : ndarray of int, shape (d, g, n)
        What each member wants to see surpassed; nowhere below `offers`.
    asked : ndarray of bool, shape (d, n)
        States asked about.

    Returns
    -------
    ndarray of bool, shape (d, n)
        True at the states s asked about from which the coalition can reach a state t with
        ``offers[:, t] > stands[:, s]`` for every member.

    Notes
    -----
    Each round, every region puts forward the state with the highest total offer that is left. The
    states it beats are answered; those that offer no member more than it does are dropped. There
    are as many rounds as the largest set of states of which none offers everybody more. The regions
    of many conflicts go through the rounds side by side.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> ranks = prisoners.ranks[None]
    >>> beaten(prisoners.form, (0, 1), ranks, ranks, np.ones((1, 4), bool))
    array([[ True, False, False, False]])
    """
    where = region(form, coalition)
    found = np.zeros_like(asked)
    n_together = max(1, _CELLS // form.n_states)
    for first in range(0, len(asked), n_together):
        part = slice(first, first + n_together)
        found[part] = _beaten(where, offers[part], stands[part], asked[part])
    arcs = [form.moves(dm) for dm in coalition]
    for row, state in np.argwhere(found & ~where.exact).tolist():
        above = np.logical_and.reduce(offers[row] > stands[row, :, state, None], axis=0)
        found[row, state] = (search(arcs, coalition, state, goal=above).reached & above).any()
    return found


def _beaten(
    where: Region, offers: NDArray[np.integer], stands: NDArray[np.integer], asked: Mask
) -> Mask:
    n_conflicts = len(asked)
    n_labels = int(where.label.max()) + 1
    label = (where.label + n_labels * np.arange(n_conflicts)[:, None]).reshape(-1)
    order = np.tile(where.order, n_conflicts)
    offers, stands = (table.swapaxes(0, 1).reshape(-1, label.size) for table in (offers, stands))
    found = np.zeros(label.size, dtype=bool)
    queries = np.flatnonzero(asked)
    wanted = np.zeros(n_labels * n_conflicts, dtype=bool)
    wanted[label[queries]] = True
    best_first = np.flatnonzero(wanted[label])
    totals = offers[:, best_first].sum(axis=0, dtype=np.int64)
    best_first = best_first[np.lexsort((-totals, label[best_first]))]
    left = _Columns(label, offers, order, best_first)
    open_ = _Columns(label, stands, order, queries)
    while len(left.states) and len(open_.states):
        first = np.flatnonzero(np.diff(left.label, prepend=-1))
        champion = np.full(len(wanted), -1)
        champion[left.label[first]] = first
        open_ = open_.keep(champion[open_.label] >= 0)
        best = champion[open_.label]
        hit = _all(left.values[:, best] > open_.values) & _all(left.order[:, best] >= open_.order)
        found[open_.states[hit]] = True
        open_ = open_.keep(~hit)
        best = champion[left.label]
        surpassed = _all(left.values <= left.values[:, best])
        left = left.keep(~(surpassed & _all(left.order <= left.order[:, best])))
    return found.reshape(asked.shape)


class _Columns:
    """Some states with their labels, values and order side by side."""

    __slots__ = ("label", "order", "states", "values")

    def __init__(
        self,
        label: NDArray[np.int64],
        values: NDArray[np.integer],
        order: NDArray[np.int8],
        states: NDArray[np.intp],
    ) -> None:
        self.states = states
        self.label = label[states]
        self.values = values[:, states]
        self.order = order[:, states]

    def keep(self, kept: Mask) -> _Columns:
        """Keep some of the states, in their order."""
        new = object.__new__(_Columns)
        new.states = self.states[kept]
        new.label = self.label[kept]
        new.values = self.values[:, kept]
        new.order = self.order[:, kept]
        return new


def _all(rows: NDArray[np.bool_] | Sequence[Mask]) -> Mask:
    everywhere: Mask = np.logical_and.reduce(rows, axis=0)
    return everywhere
