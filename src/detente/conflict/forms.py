"""States and moves: the two forms in which a conflict can be given."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.conditions import Expression, Vocabulary, evaluate, vocabulary
from detente.conflict.arcs import Arcs, read_only
from detente.conflict.options import Option
from detente.errors import SizeError

__all__ = ["MAX_ARCS", "Form", "GraphForm", "OptionForm", "alike"]

MAX_ARCS = 100_000_000
"""Most moves of one DM that are ever listed one by one."""


@dataclass(frozen=True, eq=False)
class OptionForm:
    """States as combinations of options (Howard 1971; Fraser and Hipel 1984).

    A DM's moves from a state change only its own options, in the directions allowed, to another
    feasible state. They are never listed unless asked for: the states fall into *fibres*, for each
    DM the sets of states that differ only in that DM's options.

    Parameters
    ----------
    decision_makers : tuple of str
        Ids of the DMs.
    options : tuple of Option
        All options, grouped by DM, with their bits laid out.
    codes : ndarray of int64, shape (n,)
        Codes of the feasible states, ascending.
    """

    decision_makers: tuple[str, ...]
    options: tuple[Option, ...]
    codes: NDArray[np.int64] = field(repr=False)
    _arcs: dict[int, Arcs] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", read_only(self.codes))

    transitive = True
    """Two moves of one DM in a row are one move of that DM (or none)."""

    @property
    def n_states(self) -> int:
        """Number of feasible states."""
        return len(self.codes)

    @property
    def n_dms(self) -> int:
        """Number of DMs."""
        return len(self.decision_makers)

    def mask(self, dm: int) -> int:
        """Bits of a DM's options in a state's code."""
        return sum(option.mask for option in self.options if option.dm == dm)

    def column(self, option: int) -> NDArray[np.int64]:
        """Level of an option at every state, shape (n,)."""
        spec = self.options[option]
        return self.codes >> spec.shift & ((1 << spec.width) - 1)

    def find(self, codes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Index of the state with each code; -1 where it is not feasible."""
        at = np.searchsorted(self.codes, codes)
        at[at == self.n_states] = 0
        return np.where(self.codes[at] == codes, at, -1)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Names that conditions over the options may use."""
        return vocabulary({o.name: o.as_name(i) for i, o in enumerate(self.options)})

    def holds(self, condition: Expression, words: Vocabulary) -> NDArray[np.bool_]:
        """Evaluate a condition at every state, shape (n,)."""
        return evaluate(condition, words, self.column, self.n_states)

    def moves(self, dm: int) -> Arcs:
        """List a DM's moves; their number grows with the square of the fibres' sizes.

        Raises
        ------
        SizeError
            If there are more than `MAX_ARCS`.
        """
        if dm not in self._arcs:
            self._arcs[dm] = self._list_moves(dm)
        return self._arcs[dm]

    def _list_moves(self, dm: int) -> Arcs:
        key = self.codes & ~np.int64(self.mask(dm))
        order = np.argsort(key, kind="stable")
        first = np.flatnonzero(np.diff(key[order], prepend=key[order[0]] - 1))
        sizes = np.diff(first, append=self.n_states)
        n_pairs = int((sizes.astype(float) ** 2).sum())
        if n_pairs > MAX_ARCS:
            message = (
                f"listing the moves of {self.decision_makers[dm]} means {n_pairs:.3g} pairs of "
                f"states: at most {MAX_ARCS:.0e} are listed"
            )
            raise SizeError(message)
        # Every state of a fibre is paired with every state of the same fibre.
        per_state = np.repeat(sizes, sizes)
        source = np.repeat(np.arange(self.n_states), per_state)
        within = np.arange(n_pairs) - np.repeat(np.cumsum(per_state) - per_state, per_state)
        target = np.repeat(np.repeat(first, sizes), per_state) + within
        source, target = order[source], order[target]
        kept = (source != target) & self.allowed(dm, source, target)
        source, target = source[kept], target[kept]
        by_source = np.lexsort((target, source))
        starts = np.searchsorted(source[by_source], np.arange(self.n_states + 1))
        return Arcs(starts.astype(np.int64), target[by_source].astype(np.int64))

    def allowed(
        self, dm: int, source: NDArray[np.int64], target: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Tell which changes of a DM's options respect the irreversible ones."""
        allowed = np.ones(len(source), dtype=bool)
        for index, option in enumerate(self.options):
            if option.dm == dm and option.one_way is not None:
                column = self.column(index)
                before, after = column[source], column[target]
                allowed &= after >= before if option.one_way == "on" else after <= before
        return allowed

    @cached_property
    def levels(self) -> NDArray[np.int8]:
        """Level of each option at each state, shape (n, number of options)."""
        table = np.empty((self.n_states, len(self.options)), dtype=np.int8)
        for index in range(len(self.options)):
            table[:, index] = self.column(index)
        return read_only(table)

    def state_id(self, state: int) -> str:
        """Give the id of a state: ``s1`` is the feasible state of the lowest code."""
        return f"s{state + 1}"

    def state_of(self, name: str) -> int | None:
        """Find a state by its id; None if there is no such state."""
        return _numbered(name, self.n_states)


@dataclass(frozen=True, eq=False)
class GraphForm:
    """States and moves given one by one (Fang, Hipel and Kilgour 1993).

    The moves are taken as given: they need not be transitive, several DMs may own the same move.

    Parameters
    ----------
    decision_makers : tuple of str
        Ids of the DMs.
    arcs : tuple of Arcs
        Moves of each DM.
    names : tuple of str
        Ids of the states; empty for ``s1, s2, …``.
    origin : OptionForm or None
        Option form from which states were coalesced, if any.
    member_of : ndarray of int64, shape (states of `origin`,)
        State that each state of `origin` became part of; empty without `origin`.
    """

    decision_makers: tuple[str, ...]
    arcs: tuple[Arcs, ...] = field(repr=False)
    names: tuple[str, ...] = ()
    origin: OptionForm | None = None
    member_of: NDArray[np.int64] = field(
        default_factory=lambda: np.empty(0, dtype=np.int64), repr=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "member_of", read_only(self.member_of))

    transitive = False
    """Nothing is known of the moves beyond their list."""

    @property
    def n_states(self) -> int:
        """Number of states."""
        return self.arcs[0].n_states

    @property
    def n_dms(self) -> int:
        """Number of DMs."""
        return len(self.decision_makers)

    @property
    def options(self) -> tuple[Option, ...]:
        """Options behind coalesced states; none for a plain graph."""
        return self.origin.options if self.origin else ()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Names that conditions may use: options behind coalesced states, else the states' ids."""
        if self.origin:
            return self.origin.vocabulary
        return vocabulary({}, [self.state_id(state) for state in range(self.n_states)])

    def holds(self, condition: Expression, words: Vocabulary) -> NDArray[np.bool_]:
        """Evaluate a condition at every state; a coalesced one fulfils it iff all members do."""
        if self.origin is None:
            return evaluate(condition, words, _no_column, self.n_states)
        truth = self.origin.holds(condition, words)
        everywhere = np.ones(self.n_states, dtype=bool)
        np.logical_and.at(everywhere, self.member_of, truth)
        return everywhere

    def moves(self, dm: int) -> Arcs:
        """List a DM's moves."""
        return self.arcs[dm]

    @cached_property
    def levels(self) -> NDArray[np.int8]:
        """Level of each option at each state, shape (n, number of options); -1 where coalesced."""
        if self.origin is None:
            return read_only(np.empty((self.n_states, 0), dtype=np.int8))
        table = self.origin.levels
        low = np.full((self.n_states, table.shape[1]), np.iinfo(np.int8).max, dtype=np.int8)
        high = np.full_like(low, -1)
        np.minimum.at(low, self.member_of, table)
        np.maximum.at(high, self.member_of, table)
        return read_only(np.where(low == high, low, np.int8(-1)))

    def state_id(self, state: int) -> str:
        """Give the id of a state."""
        return self.names[state] if self.names else f"s{state + 1}"

    def state_of(self, name: str) -> int | None:
        """Find a state by its id; None if there is no such state."""
        if not self.names:
            return _numbered(name, self.n_states)
        return self.names.index(name) if name in self.names else None


Form: TypeAlias = OptionForm | GraphForm
"""Either form of a conflict's states and moves."""


def _numbered(name: str, n_states: int) -> int | None:
    """Find the state of an id such as ``s3``."""
    if not re.fullmatch(r"s[1-9][0-9]{0,18}", name):
        return None
    return state if (state := int(name[1:]) - 1) < n_states else None


def alike(form: Form, aside: Container[int]) -> NDArray[np.int64]:
    """Give each state the number of its group: the states that agree in all options but some.

    Parameters
    ----------
    form : OptionForm or GraphForm
    aside : container of int
        Options in which they may differ.

    Returns
    -------
    ndarray of int64, shape (n,)
        Number of the group of each state, from 0 up; a graph has one group.
    """
    kept = [index for index in range(len(form.options)) if index not in aside]
    groups = np.unique(form.levels[:, kept], axis=0, return_inverse=True)[1]
    return groups.reshape(-1)


def _no_column(option: int) -> NDArray[np.int64]:
    raise AssertionError(option)  # a plain graph has no options; check() has refused the name
