"""Moves of one DM as arcs between states, in compressed sparse rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.errors import ConflictError

__all__ = ["Arcs", "arcs_from_pairs", "as_table", "read_only"]

_Type = TypeVar("_Type", bound=np.generic)


def read_only(array: NDArray[_Type]) -> NDArray[_Type]:
    """Give a view of an array that cannot be written to."""
    view = array.view()
    view.flags.writeable = False
    return view


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """The moves of one DM.

    Parameters
    ----------
    starts : ndarray of int64, shape (n + 1,)
        The moves from state s are ``targets[starts[s]:starts[s + 1]]``.
    targets : ndarray of int64, shape (e,)
        States that the moves lead to, ascending within each row.
    """

    starts: NDArray[np.int64]
    targets: NDArray[np.int64]

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", read_only(self.starts))
        object.__setattr__(self, "targets", read_only(self.targets))

    @property
    def n_states(self) -> int:
        """Number of states."""
        return len(self.starts) - 1

    @property
    def degrees(self) -> NDArray[np.int64]:
        """Number of moves from each state, shape (n,)."""
        return self.starts[1:] - self.starts[:-1]

    @property
    def sources(self) -> NDArray[np.int64]:
        """State that each move starts from, shape (e,)."""
        return np.repeat(np.arange(self.n_states), self.degrees)

    def of(self, state: int) -> NDArray[np.int64]:
        """States that the DM can move to from one state."""
        return self.targets[self.starts[state] : self.starts[state + 1]]

    def keep(self, kept: NDArray[np.bool_]) -> Arcs:
        """Keep some of the moves: those at which `kept`, shape (e,), is true."""
        sums = np.concatenate(([0], np.cumsum(kept)))
        return Arcs(sums[self.starts], self.targets[kept])

    def improving(self, rank: NDArray[np.integer]) -> Arcs:
        """Keep the moves to a state of higher rank: the unilateral improvements."""
        return self.keep(rank[self.targets] > rank[self.sources])

    def pairs(self) -> NDArray[np.int64]:
        """List the moves as an array of (source, target), shape (e, 2)."""
        return np.column_stack((self.sources, self.targets))


def as_table(values: ArrayLike, what: str) -> NDArray[Any]:
    """Make an array of what is given, and refuse rows of unlike length."""
    try:
        return np.asarray(values)
    except ValueError:
        raise ConflictError(f"{what} differ in length from row to row: make them alike") from None


def arcs_from_pairs(pairs: ArrayLike, n_states: int) -> Arcs:
    """Build arcs from a list of moves.

    Parameters
    ----------
    pairs : array_like of int, shape (e, 2)
        Moves (source, target); a repeated move counts once.
    n_states : int
        Number of states.

    Returns
    -------
    Arcs

    Raises
    ------
    ConflictError
        If a move names a state that does not exist, or leads from a state to itself.

    Examples
    --------
    >>> arcs = arcs_from_pairs([(0, 2), (0, 1)], 3)
    >>> arcs.of(0)
    array([1, 2])
    """
    table = as_table(pairs, "moves")
    if table.size == 0:
        return Arcs(np.zeros(n_states + 1, dtype=np.int64), np.empty(0, dtype=np.int64))
    if table.ndim != 2 or table.shape[1] != 2 or table.dtype.kind not in "iu":
        message = f"moves need the shape (number of moves, 2) and whole numbers, not {table.shape}"
        raise ConflictError(message)
    if table.min() < 0 or table.max() >= n_states:
        wrong = int(table.min() if table.min() < 0 else table.max())
        message = f"a move names state {wrong}: the states are 0 to {n_states - 1}"
        raise ConflictError(message)
    if (table[:, 0] == table[:, 1]).any():
        state = int(table[table[:, 0] == table[:, 1]][0, 0])
        raise ConflictError(f"a move leads from state {state} to itself: leave it out")
    table = np.unique(table.astype(np.int64), axis=0)
    starts = np.searchsorted(table[:, 0], np.arange(n_states + 1))
    return Arcs(starts.astype(np.int64), np.ascontiguousarray(table[:, 1]))
