"""Moves in option form, never listed: fibres, and the best and worst that one move can lead to.

DM i's moves change only i's options, so the states fall into *fibres*: sets of states that differ
only in those. What can be reached by one move is a fibre, or with irreversible options the part
of it where no option has gone back. Everything asked of moves is then a lowest or highest value
over fibres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from detente.conflict import MAX_ARCS
from detente.errors import SizeError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.conflict import Option, OptionForm

__all__ = ["Fibres", "Grid", "Scattered", "fibres_of"]


def fibres_of(form: OptionForm, dm: int) -> Fibres:
    """Find the fibres of a DM.

    Parameters
    ----------
    form : OptionForm
        States and moves.
    dm : int
        The DM.

    Returns
    -------
    Grid or Scattered
        A grid if every combination of options is feasible.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> form = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 2, 3], [3, 2, 1, 0]]).form
    >>> fibres_of(form, 1).highest(np.array([5, 1, 2, 3], dtype=np.int32))
    array([5, 3, 5, 3], dtype=int32)
    """
    own = tuple(option for option in form.options if option.dm == dm)
    n_combinations = math.prod(len(option.levels) for option in form.options)
    if n_combinations != form.n_states:
        return Scattered(form, dm, own)
    inner = math.prod(len(option.levels) for option in form.options if option.dm < dm)
    return Grid(form.n_states, inner, own)


@dataclass(frozen=True)
class Grid:
    """Fibres where every combination of options is feasible.

    States are then numbered like the cells of a box with an axis for each option; seen from one
    DM it has the shape (outer, size, inner), and a fibre is a line along the middle axis.
    """

    n_states: int
    inner: int
    own: tuple[Option, ...]

    commute = True

    @property
    def size(self) -> int:
        """Number of states of a fibre."""
        return math.prod(len(option.levels) for option in self.own)

    @property
    def outer(self) -> int:
        """Number of blocks of states that differ in the options of later DMs."""
        return self.n_states // (self.size * self.inner)

    @property
    def number(self) -> NDArray[np.int64]:
        """Number of the fibre of each state, shape (n,)."""
        lines = np.arange(self.n_states // self.size).reshape(self.outer, 1, self.inner)
        return self._flat(lines, self.size)

    def lower(self, values: NDArray[Any]) -> bool:
        """Lower each value, in place, to the lowest where the DM can move; tell of any change."""
        return replace_values(values, self._extreme(np.minimum, values))

    def highest(self, values: NDArray[Any]) -> NDArray[Any]:
        """Highest value at each state and where the DM can move from it, shape (n,)."""
        return self._extreme(np.maximum, values)

    def _extreme(self, pick: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        if all(option.one_way is None for option in self.own):
            return self._along(pick, values, self.inner, self.size)
        inner = self.inner
        for option in self.own:
            n_levels = len(option.levels)
            if option.one_way is None:
                values = self._along(pick, values, inner, n_levels)
            else:
                box = values.reshape(-1, n_levels, inner)
                box = box[:, ::-1] if option.one_way == "on" else box
                box = pick.accumulate(box, axis=1)
                values = (box[:, ::-1] if option.one_way == "on" else box).reshape(-1)
            inner *= n_levels
        return values

    def _along(self, pick: np.ufunc, values: NDArray[Any], inner: int, size: int) -> NDArray[Any]:
        return self._flat(pick.reduce(values.reshape(-1, size, inner), axis=1, keepdims=True), size)

    @staticmethod
    def _flat(lines: NDArray[Any], size: int) -> NDArray[Any]:
        outer, _, inner = lines.shape
        return np.broadcast_to(lines, (outer, size, inner)).reshape(-1)


@dataclass(frozen=True)
class Scattered:
    """Fibres where the feasible states are only some of the combinations.

    A *cell* is the part of a fibre in which the DM's irreversible options are at the same levels;
    moves lead from a cell to itself and to the cells of the same fibre that lie ahead of it.
    """

    form: OptionForm
    dm: int
    own: tuple[Option, ...]

    commute = False

    @property
    def number(self) -> NDArray[np.int64]:
        """Number of the fibre of each state, shape (n,)."""
        return self._fibres[1]

    @cached_property
    def _fibres(self) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """States sorted by fibre, and the number of each state's fibre."""
        return _numbered(self.form.codes & ~np.int64(self.form.mask(self.dm)))

    @cached_property
    def _cells(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64]]:
        """States sorted by cell, where each cell starts, and the cell of each state."""
        one_way = sum(option.mask for option in self.own if option.one_way is not None)
        order, cell = self._fibres
        if one_way:
            free = self.form.mask(self.dm) & ~one_way
            order, cell = _numbered(self.form.codes & ~np.int64(free))
        starts = np.flatnonzero(np.diff(cell[order], prepend=-1))
        return order, starts, cell

    @cached_property
    def _ahead(self) -> tuple[NDArray[np.intp], NDArray[np.intp]] | None:
        """Cells that each cell has moves to, itself among them, as rows; None if only itself."""
        order, starts, _ = self._cells
        directed = [option for option in self.own if option.one_way is not None]
        if not directed:
            return None
        fibre = self.number[order[starts]]
        by_fibre = np.argsort(fibre, kind="stable")
        sizes = np.bincount(fibre)
        n_pairs = int((sizes.astype(float) ** 2).sum())
        if n_pairs > MAX_ARCS:
            message = (
                f"the irreversible options of {self.form.decision_makers[self.dm]} divide the "
                f"states into parts with {n_pairs:.3g} pairs: at most {MAX_ARCS:.0e} are handled"
            )
            raise SizeError(message)
        per_cell = np.repeat(sizes, sizes)
        behind = np.repeat(by_fibre, per_cell)
        first = np.repeat(np.repeat(np.cumsum(sizes) - sizes, sizes), per_cell)
        skipped = np.repeat(np.cumsum(per_cell) - per_cell, per_cell)
        ahead = by_fibre[first + np.arange(len(behind)) - skipped]
        kept = np.ones(len(behind), dtype=bool)
        for option in directed:
            level = forward_level(self.form, option)[order[starts]]
            kept &= level[ahead] >= level[behind]
        behind, ahead = behind[kept], ahead[kept]
        by_cell = np.argsort(behind, kind="stable")
        return ahead[by_cell], np.searchsorted(behind[by_cell], np.arange(len(starts)))

    def lower(self, values: NDArray[Any]) -> bool:
        """Lower each value, in place, to the lowest where the DM can move; tell of any change."""
        return replace_values(values, self._extreme(np.minimum, values))

    def highest(self, values: NDArray[Any]) -> NDArray[Any]:
        """Highest value at each state and where the DM can move from it, shape (n,)."""
        return self._extreme(np.maximum, values)

    def _extreme(self, pick: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        order, starts, cell = self._cells
        of_cell = pick.reduceat(values[order], starts)
        if self._ahead is not None:
            ahead, rows = self._ahead
            of_cell = pick.reduceat(of_cell[ahead], rows)
        return of_cell[cell]


Fibres: TypeAlias = Grid | Scattered
"""The fibres of one DM. A state counts among those that can be reached from it."""


def forward_level(form: OptionForm, option: Option) -> NDArray[np.int64]:
    """Level of an irreversible option at each state, counted so that it can only rise."""
    level = form.codes >> option.shift & ((1 << option.width) - 1)
    return level if option.one_way == "on" else len(option.levels) - 1 - level


def replace_values(values: NDArray[Any], new: NDArray[Any]) -> bool:
    """Put new values in the place of old ones, and tell whether any differs."""
    if np.array_equal(values, new):
        return False
    values[:] = new
    return True


def _numbered(keys: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Sort keys, and give equal keys equal numbers, from 0 up in ascending order of the keys."""
    order = np.argsort(keys, kind="stable")
    new = np.diff(keys[order], prepend=keys[order[0]]) != 0
    numbers = np.empty(len(keys), dtype=np.int64)
    numbers[order] = np.cumsum(new)
    return order, numbers
