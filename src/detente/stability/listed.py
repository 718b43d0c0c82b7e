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

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Arcs
from detente.stability.concepts import Concept, Conventions

__all__ = ["departures", "stable_by_moves"]

_NOTHING = np.iinfo(np.int64).max
"""Value where the opponents can reach nothing: no sanction."""

Values = NDArray[np.int64]


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
        Rank of each state for each DM; higher is better.
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
    rank = ranks[dm].astype(np.int64)
    own = arcs[dm].improving(rank)
    if concept.sanction == "none":
        return own
    source, target = own.sources, own.targets
    value = _best_escape(arcs[dm], rank) if concept.symmetric else rank
    opponents = [other for other in range(len(arcs)) if other != dm]
    answers = [
        arcs[other].improving(ranks[other]) if concept.sanction == "credible" else arcs[other]
        for other in opponents
    ]
    # A DM that can be brought back to s can leave it again, so s itself never sanctions in a
    # symmetric concept; else the two worst answers are kept, lest the one that counts be s.
    if conventions.status_quo_sanctions or concept.symmetric:
        worst = _FOLLOW[conventions.opponents](answers, _Worst(value, 1))[0]
        sanctioned = worst[target] <= rank[source]
    else:
        n_states = len(rank)
        labelled = value * n_states + np.arange(n_states)
        worst = _FOLLOW[conventions.opponents](answers, _Worst(labelled, 2))[:, target]
        low_enough = (worst != _NOTHING) & (worst // n_states <= rank[source])
        sanctioned = (low_enough & (worst % n_states != source)).any(axis=0)
    return own.keep(~sanctioned)


def stable_by_moves(
    arcs: Sequence[Arcs],
    ranks: NDArray[np.integer],
    dm: int,
    concept: Concept,
    conventions: Conventions,
) -> NDArray[np.bool_]:
    """Tell where a DM is stable under a concept: where it has no departure.

    Parameters
    ----------
    arcs, ranks, dm, concept, conventions
        As for `departures`.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    starts = departures(arcs, ranks, dm, concept, conventions).starts
    return np.equal(starts[1:], starts[:-1])


def _best_escape(arcs: Arcs, rank: Values) -> Values:
    """Find the best rank among a state and those the DM can move on to, shape (n,)."""
    best: Values = -_lowest(-rank[arcs.targets], arcs)
    return np.maximum(rank, best, out=best)


def _lowest(values: Values, arcs: Arcs) -> Values:
    """Lowest of the values given for each state's moves; `_NOTHING` where it has none."""
    lowest = np.full(arcs.n_states, _NOTHING, dtype=np.int64)
    filled = arcs.starts[:-1] < arcs.starts[1:]
    if len(values):
        lowest[filled] = np.minimum.reduceat(values, arcs.starts[:-1][filled])
    return lowest


@dataclass(frozen=True, slots=True)
class _Worst:
    """Keeps the one or two lowest distinct values among what can be reached.

    A table of answers has the shape (kept, n): for each state the lowest values that the moves
    considered so far can lead to, `_NOTHING` where there are none.
    """

    value: Values
    kept: int

    def none(self) -> Values:
        return np.full((self.kept, len(self.value)), _NOTHING, dtype=np.int64)

    def step(self, arcs: Arcs, onward: Values) -> Values:
        """Answers that start with one of the moves and then stop, or go on as `onward` tells."""
        reached = np.vstack((self.value[arcs.targets], onward[:, arcs.targets]))
        first = _lowest(reached.min(axis=0), arcs)
        if self.kept == 1:
            return first[None]
        others = np.where(reached == first[arcs.sources], _NOTHING, reached)
        return np.stack((first, _lowest(others.min(axis=0), arcs)))

    def merge(self, tables: Sequence[Values]) -> Values:
        """Answers found in any of the tables."""
        if not tables:
            return self.none()
        together = np.vstack(tables)
        first: Values = together.min(axis=0)
        if self.kept == 1:
            return first[None]
        return np.stack((first, np.where(together == first, _NOTHING, together).min(axis=0)))


def _follow_legal(answers: Sequence[Arcs], worst: _Worst) -> Values:
    """Any sequence of moves in which no DM moves twice in a row."""
    by_first_mover = [worst.none() for _ in answers]
    changed = True
    while changed:
        changed = False
        for mover, arcs in enumerate(answers):
            rest = [table for other, table in enumerate(by_first_mover) if other != mover]
            table = worst.step(arcs, worst.merge(rest))
            changed |= not np.array_equal(table, by_first_mover[mover])
            by_first_mover[mover] = table
    return worst.merge(by_first_mover)


def _follow_once(answers: Sequence[Arcs], worst: _Worst) -> Values:
    """Sequences in which each DM moves at most once."""
    everybody = (1 << len(answers)) - 1
    onward = {0: worst.none()}
    for movers in range(1, everybody + 1):
        onward[movers] = worst.merge(
            [
                worst.step(arcs, onward[movers & ~(1 << mover)])
                for mover, arcs in enumerate(answers)
                if movers >> mover & 1
            ]
        )
    return onward[everybody]


def _follow_single(answers: Sequence[Arcs], worst: _Worst) -> Values:
    """One move of one DM."""
    return worst.merge([worst.step(arcs, worst.none()) for arcs in answers])


_FOLLOW: dict[str, Callable[[Sequence[Arcs], _Worst], Values]] = {
    "legal": _follow_legal,
    "once": _follow_once,
    "single": _follow_single,
}
