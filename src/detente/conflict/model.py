"""A conflict: states, moves, and how each decision maker ranks the states."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.conflict.arcs import Arcs, arcs_from_pairs, as_table, read_only
from detente.conflict.forms import Form, GraphForm, OptionForm
from detente.conflict.memory import require_memory
from detente.conflict.options import OneWay, Option, lay_out
from detente.conflict.preferences import as_ranks
from detente.errors import ConflictError

__all__ = ["Conflict"]

_SHOWN = 20


@dataclass(frozen=True, eq=False)
class Conflict:
    """A graph model: states and moves, with each DM's ranking of the states.

    Parameters
    ----------
    form : OptionForm or GraphForm
        States and moves.
    ranks : ndarray of int32, shape (m, n)
        For each of m DMs the rank of each of n states, from 0; higher is better, equal is
        indifferent.
    status_quo : int or None
        Index of the state that holds now.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> prisoners
    Conflict(2 decision makers, 2 options, 4 states)
    >>> prisoners.pattern(3), prisoners.moves(0).of(3)
    ('YY', array([2]))
    """

    form: Form
    ranks: NDArray[np.int32] = field(repr=False)
    status_quo: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "ranks", read_only(self.ranks))

    @classmethod
    def from_arrays(
        cls,
        *,
        options: Sequence[int] | Mapping[str, Sequence[str]],
        ranks: ArrayLike,
        feasible: ArrayLike | None = None,
        one_way: Mapping[int, OneWay] | None = None,
        status_quo: int | None = None,
    ) -> Conflict:
        """Build a conflict over yes/no options from arrays.

        Parameters
        ----------
        options : sequence of int, or mapping of str to sequence of str
            Number of options of each DM; 0 is allowed. DM d owns the next ``options[d]`` options.
            Or, for each DM by its name, the names of its options.
        ranks : array_like of int, shape (m, n)
            Rank of each state for each DM, in the order of `feasible`; higher is better.
        feasible : array_like of int, shape (n,), optional
            Codes of the feasible states, ascending; bit b of a code is option b. By default all
            2**k combinations.
        one_way : mapping of int to {"on", "off"}, optional
            Irreversible options: ``"on"`` may only be taken (N→Y), ``"off"`` only given up (Y→N).
        status_quo : int, optional
            Index of the state that holds now.

        Returns
        -------
        Conflict

        Raises
        ------
        ConflictError
            If the arrays do not fit together.
        SizeError
            If all combinations are asked for and do not fit in memory.

        Examples
        --------
        >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
        >>> chicken.n_states
        4
        >>> named = Conflict.from_arrays(
        ...     options={"north": ["offer"], "south": ["accept", "attack"]}, ranks=[range(8)] * 2
        ... )
        >>> named.decision_makers, [option.name for option in named.options]
        (('north', 'south'), ['north.offer', 'south.accept', 'south.attack'])
        """
        owned = _owned(options)
        if not owned:
            message = "a conflict needs at least one DM: give `options` a number for each"
            raise ConflictError(message)
        counts = [len(own) for own in owned.values()]
        n_options = sum(counts)
        owners = np.repeat(np.arange(len(counts)), counts)
        directions = dict(one_way or {})
        for option, direction in directions.items():
            if not 0 <= option < n_options:
                message = f"one_way names option {option}: there are {n_options}, counted from 0"
                raise ConflictError(message)
            if direction not in ("on", "off"):
                message = f"one_way of option {option} is {direction!r}: it is 'on' or 'off'"
                raise ConflictError(message)
        names = tuple(owned)
        called = [f"{dm}.{name}" for dm, own in owned.items() for name in own]
        specs = [
            Option(int(owner), called[index], one_way=directions.get(index))
            for index, owner in enumerate(owners)
        ]
        laid_out = lay_out(specs, len(counts))
        codes = _codes(feasible, n_options)
        table = as_ranks(ranks, len(counts), len(codes))
        return cls(OptionForm(names, laid_out, codes), table, _state(status_quo, len(codes)))

    @classmethod
    def from_graph(
        cls,
        *,
        moves: Sequence[ArrayLike] | Mapping[str, ArrayLike],
        ranks: ArrayLike,
        status_quo: int | None = None,
    ) -> Conflict:
        """Build a conflict from its states and each DM's moves.

        Parameters
        ----------
        moves : sequence or mapping of array_like of int, shape (e_d, 2)
            Moves (source, target) of each DM, by its name if it is to have one, between states 0
            to n − 1. They are taken as given, never made transitive.
        ranks : array_like of int, shape (m, n)
            Rank of each state for each DM; higher is better.
        status_quo : int, optional
            Index of the state that holds now.

        Returns
        -------
        Conflict

        Raises
        ------
        ConflictError
            If the arrays do not fit together.

        Examples
        --------
        >>> Conflict.from_graph(moves=[[(0, 1)], [(1, 2)]], ranks=[[0, 2, 1], [0, 1, 2]])
        Conflict(2 decision makers, 3 states)
        """
        if len(moves) == 0:
            raise ConflictError("a conflict needs at least one DM: give `moves` an array for each")
        table = as_table(ranks, "ranks")
        if table.ndim != 2:
            raise ConflictError(f"ranks need two dimensions (DMs, states), not {table.ndim}")
        n_states = table.shape[1]
        ranked = as_ranks(table, len(moves), n_states)
        own = list(moves.values() if isinstance(moves, Mapping) else moves)
        arcs = tuple(arcs_from_pairs(pairs, n_states) for pairs in own)
        names = moves if isinstance(moves, Mapping) else _numbered(len(moves))
        return cls(GraphForm(tuple(names), arcs), ranked, _state(status_quo, n_states))

    @property
    def decision_makers(self) -> tuple[str, ...]:
        """Ids of the DMs."""
        return self.form.decision_makers

    @property
    def options(self) -> tuple[Option, ...]:
        """All options, grouped by DM; empty for a plain graph."""
        return self.form.options

    @property
    def n_states(self) -> int:
        """Number of states."""
        return self.form.n_states

    @property
    def n_dms(self) -> int:
        """Number of DMs."""
        return self.form.n_dms

    @cached_property
    def hash(self) -> str:
        """Fingerprint of everything that bears on the analysis: 64 hexadecimal digits."""
        digest = hashlib.sha256()
        digest.update(repr((self.decision_makers, self.options, self.status_quo)).encode())
        if isinstance(self.form, OptionForm):
            digest.update(np.ascontiguousarray(self.form.codes).data)
        else:
            for arcs in self.form.arcs:
                digest.update(len(arcs.targets).to_bytes(8, "little"))
                digest.update(np.ascontiguousarray(arcs.pairs()).data)
        digest.update(np.ascontiguousarray(self.ranks).data)
        return digest.hexdigest()

    def moves(self, dm: int) -> Arcs:
        """List a DM's moves."""
        return self.form.moves(dm)

    def state_id(self, state: int) -> str:
        """Give the id of a state, such as ``s1``.

        Raises
        ------
        IndexError
            If there is no such state.
        """
        if not 0 <= state < self.n_states:
            raise IndexError(f"there is no state {state}: they are 0 to {self.n_states - 1}")
        return self.form.state_id(state)

    def state_of(self, name: str) -> int | None:
        """Find a state by its id; None if there is no such state.

        Examples
        --------
        >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
        >>> prisoners.state_of("s4"), prisoners.state_of("s5")
        (3, None)
        """
        return self.form.state_of(name)

    @property
    def levels(self) -> NDArray[np.int8]:
        """Level of each option at each state, shape (n, number of options); -1 where coalesced."""
        return self.form.levels

    def pattern(self, state: int) -> str:
        """Give a state as one character an option: ``Y``, ``N``, a digit for a level, ``-``."""
        if isinstance(self.form, OptionForm):
            code = int(self.form.codes[state])
            levels = [code >> o.shift & ((1 << o.width) - 1) for o in self.options]
        else:
            levels = self.form.levels[state].tolist()
        return "".join(
            "-" if level < 0 else option.symbol(level)
            for option, level in zip(self.options, levels, strict=True)
        )

    def __repr__(self) -> str:
        options = f"{len(self.options)} options, " if self.options else ""
        return f"Conflict({self.n_dms} decision makers, {options}{self.n_states} states)"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(dm)}</th>" for dm in self.decision_makers)
        rows = []
        for state in range(min(self.n_states, _SHOWN)):
            ranks = "".join(f"<td>{rank}</td>" for rank in self.ranks[:, state].tolist())
            cells = f"<td>{escape(self.state_id(state))}</td><td>{escape(self.pattern(state))}</td>"
            rows.append(f"<tr>{cells}{ranks}</tr>")
        more = f"<p>… of {self.n_states} states</p>" if self.n_states > _SHOWN else ""
        title = escape(repr(self))
        table = f"<thead><tr><th>state</th><th>options</th>{head}</tr></thead>"
        return (
            f"<table><caption>{title}</caption>{table}<tbody>{''.join(rows)}</tbody></table>{more}"
        )


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(f"dm{dm + 1}" for dm in range(count))


def _owned(options: Sequence[int] | Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Give the names of each DM's options, by the DM's name; numbered where none are given."""
    if isinstance(options, Mapping):
        owned = {dm: list(own) for dm, own in options.items()}
        for dm, own in owned.items():
            if isinstance(options[dm], str) or len(set(own)) < len(own):
                message = f"the options of {dm} need a list of names, each of them once"
                raise ConflictError(message)
        return owned
    if not isinstance(options, Sequence | np.ndarray) or isinstance(options, str):
        message = f"`options` is {options!r}: give a number of options for each DM, such as [2, 1]"
        raise ConflictError(message)
    counts = [_whole(count, f"options of DM {dm}") for dm, count in enumerate(options)]
    first = np.cumsum([0, *counts]).tolist()
    return {
        dm: [f"o{first[index] + own + 1}" for own in range(counts[index])]
        for index, dm in enumerate(_numbered(len(counts)))
    }


def _state(state: int | None, n_states: int) -> int | None:
    if state is not None and not 0 <= state < n_states:
        raise ConflictError(f"`status_quo` is {state}: the states are 0 to {n_states - 1}")
    return state


def _whole(value: object, what: str) -> int:
    if not isinstance(value, int | np.integer) or isinstance(value, bool) or value < 0:
        raise ConflictError(f"{what}: {value!r} is not a whole number from 0 up")
    return int(value)


def _codes(feasible: ArrayLike | None, n_options: int) -> NDArray[np.int64]:
    if feasible is None:
        if n_options > 28:
            message = f"all 2^{n_options} states do not fit: name the `feasible` ones"
            raise ConflictError(message)
        require_memory(8 << n_options, f"listing all 2^{n_options} states")
        return np.arange(1 << n_options, dtype=np.int64)
    codes = np.asarray(feasible)
    if codes.ndim != 1 or codes.dtype.kind not in "iu" or len(codes) == 0:
        raise ConflictError("`feasible` needs one dimension of whole numbers, at least one")
    if int(codes[0]) < 0 or int(codes[-1]) >= 1 << n_options:
        message = f"`feasible` holds codes outside 0 to 2^{n_options} − 1"
        raise ConflictError(message)
    if not (codes[1:] > codes[:-1]).all():
        raise ConflictError("`feasible` is not strictly ascending: sort it and remove repetitions")
    return codes.astype(np.int64)
