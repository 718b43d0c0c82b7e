"""Stability where moves are listed one by one: explicit graphs, coalesced states, small models.

For an improvement s→s1 of DM i, everything hinges on the worst for i that can follow s1. Let
W(s1) be the lowest value over what the opponents can reach from s1, the value of a state being
its rank for i or, where i may respond once more, the best rank i can escape to. Then s is stable
for i iff no improvement leads to a state with W above the rank of s. W is found by going
backwards along the opponents' moves until nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Arcs
from detente.stability.concepts import Concept, Conventions

__all__ = ["departures", "stable_by_moves"]

Values = NDArray[np.integer[Any]]
"""One entry a state or a move; or a row for each, with a column for each of B rankings."""


def departures(
    arcs: Sequence[Arcs],
    ranks: NDArray[np.integer],
    dm: int,
    concept: Concept,
    conventions: Conventions,
) -> Arcs:
    """List a DM's improvements that nothing sanctions: the DM is stable where it has none.

    Parameters
    ----------
    arcs : sequence of Arcs
        Moves of each DM.
    ranks : ndarray of int, shape (m, n)
        Rank of each state for each DM; higher is better. The highest number of the type is no
        rank.
    dm : int
        The DM whose improvements are asked for.
    concept : Concept
        Any but the simultaneous ones.
    conventions : Conventions
        How opponents answer, and whether the status quo sanctions.

    Returns
    -------
    Arcs

    Notes
    -----
    Under ``legal`` a round of the search costs time in proportion to the moves; there are as many
    rounds as the longest sequence needed.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> from detente.stability import CONCEPTS, Conventions
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> arcs = [chicken.moves(0), chicken.moves(1)]
    >>> departures(arcs, chicken.ranks, 0, CONCEPTS["seq"], Conventions()).pairs()
    array([[0, 1],
           [3, 2]])
    """
    return arcs[dm].keep(_unsanctioned(arcs, ranks, dm, concept, conventions))


def stable_by_moves(
    arcs: Sequence[Arcs],
    ranks: Values,
    dm: int,
    concept: Concept,
    conventions: Conventions,
) -> NDArray[np.bool_]:
    """Tell where a DM is stable under a concept: where it has no departure.

    Parameters
    ----------
    arcs, dm, concept, conventions
        As for `departures`.
    ranks : ndarray of int, shape (m, n) or (m, n, B)
        As for `departures`; with a third axis, B rankings at once.

    Returns
    -------
    ndarray of bool, shape (n,) or (n, B)
    """
    unsanctioned = _unsanctioned(arcs, ranks, dm, concept, conventions)
    return ~_by_source(np.maximum, unsanctioned.view(np.uint8), arcs[dm], 0).view(np.bool_)


def _unsanctioned(
    arcs: Sequence[Arcs],
    ranks: Values,
    dm: int,
    concept: Concept,
    conventions: Conventions,
) -> NDArray[np.bool_]:
    """Tell which of a DM's moves are improvements that nothing sanctions, shape (e,) or (e, B)."""
    rank, own = ranks[dm], arcs[dm]
    source, target = own.sources, own.targets
    left = rank[source]
    improving: NDArray[np.bool_] = rank[target] > left
    if concept.sanction == "none":
        return improving
    answers = [
        _Moves(moves, ranks[other][moves.targets] > ranks[other][moves.sources])
        if concept.sanction == "credible"
        else _Moves(moves)
        for other, moves in enumerate(arcs)
        if other != dm
    ]
    # A DM that can be brought back to s can leave it again, so s itself never sanctions in a
    # symmetric concept; else the two worst answers are kept, lest the one that counts be s.
    if conventions.status_quo_sanctions or concept.symmetric:
        value = _best_escape(own, rank) if concept.symmetric else rank
        worst = _FOLLOW[conventions.opponents](answers, _Worst(value, 1))[0]
        improving &= worst[target] > left
        return improving
    n_states = len(rank)
    number = np.arange(n_states).reshape(-1, *[1] * (rank.ndim - 1))
    labelled = rank.astype(np.int64) * n_states + number
    worst = _FOLLOW[conventions.opponents](answers, _Worst(labelled, 2))[:, target]
    low_enough = (worst != _nothing(worst)) & (worst // n_states <= left)
    sanctioned = (low_enough & (worst % n_states != number[source])).any(axis=0)
    improving &= ~sanctioned
    return improving


def _best_escape(arcs: Arcs, rank: Values) -> Values:
    """Find the best rank among a state and those the DM can move on to."""
    return np.maximum(rank, _by_source(np.maximum, rank[arcs.targets], arcs, 0))


def _by_source(pick: np.ufunc, values: Values, arcs: Arcs, empty: int) -> Values:
    """Lowest or highest of the values given for each state's moves; `empty` where it has none."""
    picked = np.full((arcs.n_states, *values.shape[1:]), empty, dtype=values.dtype)
    degrees = arcs.degrees
    if values.ndim == 1:
        filled = np.flatnonzero(degrees)
        if len(filled):
            picked[filled] = pick.reduceat(values, arcs.starts[filled])
        return picked
    for index in range(int(degrees.max(initial=0))):
        filled = np.flatnonzero(degrees > index)
        picked[filled] = pick(picked[filled], values[arcs.starts[filled] + index])
    return picked


def _nothing(values: Values) -> int:
    """Give the value where the opponents can reach nothing: no sanction."""
    return _highest(values.dtype)


@cache
def _highest(dtype: np.dtype[np.integer[Any]]) -> int:
    return int(np.iinfo(dtype).max)


@dataclass(frozen=True, slots=True)
class _Moves:
    """Moves of an opponent; `admitted`, shape (e,) or (e, B), tells which count, None if all."""

    arcs: Arcs
    admitted: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class _Worst:
    """Keeps the one or two lowest distinct values among what can be reached.

    A table of answers has the shape (kept, n) or (kept, n, B): for each state the lowest values
    that the moves considered so far can lead to, or nothing.
    """

    value: Values
    kept: int

    def none(self) -> Values:
        shape = (self.kept, *self.value.shape)
        return np.full(shape, _nothing(self.value), dtype=self.value.dtype)

    def step(self, moves: _Moves, onward: Values) -> Values:
        """Answers that start with one of the moves and then stop, or go on as `onward` tells."""
        nothing = _nothing(self.value)
        first, *second = self.merge([self.value[None], onward])[:, moves.arcs.targets]
        if moves.admitted is not None:
            first = np.where(moves.admitted, first, first.dtype.type(nothing))
        lowest = _by_source(np.minimum, first, moves.arcs, nothing)
        if not second:
            return lowest[None]
        # What is not the lowest from a state; where it is, what comes after it by the same move.
        after = second[0]
        if moves.admitted is not None:
            after = np.where(moves.admitted, after, nothing)
        others = np.where(first == lowest[moves.arcs.sources], after, first)
        return np.stack((lowest, _by_source(np.minimum, others, moves.arcs, nothing)))

    def merge(self, tables: Sequence[Values]) -> Values:
        """Answers found in any of the tables."""
        if not tables:
            return self.none()
        together = np.concatenate(tables) if len(tables) > 1 else tables[0]
        first: Values = together.min(axis=0)
        if self.kept == 1:
            return first[None]
        others = np.where(together == first, _nothing(first), together)
        return np.stack((first, others.min(axis=0)))


def _follow_legal(answers: Sequence[_Moves], worst: _Worst) -> Values:
    """Any sequence of moves in which no DM moves twice in a row."""
    by_first_mover = [worst.none() for _ in answers]
    changed = True
    while changed:
        changed = False
        for mover, moves in enumerate(answers):
            rest = [table for other, table in enumerate(by_first_mover) if other != mover]
            table = worst.step(moves, worst.merge(rest))
            changed |= not np.array_equal(table, by_first_mover[mover])
            by_first_mover[mover] = table
    return worst.merge(by_first_mover)


def _follow_once(answers: Sequence[_Moves], worst: _Worst) -> Values:
    """Sequences in which each DM moves at most once."""
    everybody = (1 << len(answers)) - 1
    onward = {0: worst.none()}
    for movers in range(1, everybody + 1):
        onward[movers] = worst.merge(
            [
                worst.step(moves, onward[movers & ~(1 << mover)])
                for mover, moves in enumerate(answers)
                if movers >> mover & 1
            ]
        )
    return onward[everybody]


def _follow_single(answers: Sequence[_Moves], worst: _Worst) -> Values:
    """One move of one DM."""
    return worst.merge([worst.step(moves, worst.none()) for moves in answers])


_FOLLOW: dict[str, Callable[[Sequence[_Moves], _Worst], Values]] = {
    "legal": _follow_legal,
    "once": _follow_once,
    "single": _follow_single,
}
