"""How many rankings support a state: exact numbers without listing the rankings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import permutations, product
from math import comb, factorial

import numpy as np

from detente.conflict import Conflict
from detente.errors import ConflictError, SizeError
from detente.inverse.requirements import (
    Requirement,
    as_state,
    equilibrium_at,
    fulfilled,
    requirements,
)
from detente.stability import sequential

__all__ = ["Support", "supporting_profiles", "supporting_rankings"]

_MAX_INVOLVED = 24
_MAX_PROFILES = 100_000


@dataclass(frozen=True, slots=True)
class Support:
    """How many rankings, or profiles of rankings, make a state stable.

    Parameters
    ----------
    supporting, total : int
        Those that do, and all there are.
    """

    supporting: int
    total: int

    @property
    def share(self) -> Fraction:
        """The part that does."""
        return Fraction(self.supporting, self.total)


def supporting_rankings(
    conflict: Conflict, dm: int, state: int, concept: str, *, ties: bool = False
) -> Support:
    """Count the rankings of one DM under which a state is stable for it.

    Parameters
    ----------
    conflict : Conflict
        States, moves, and the other DMs' rankings.
    dm, state : int
        Indices of the DM and the state.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        The concept.
    ties : bool
        Whether rankings in which states tie count as well.

    Returns
    -------
    Support

    Raises
    ------
    SizeError
        If too many states bear on the verdict.

    Notes
    -----
    Only the set L of states that the DM does not prefer to the state matters. So the sets L that
    fulfil the requirements are counted by size, over the few states that bear on the verdict;
    each is the lower part of k! (n−1−k)! strict rankings, k its size. Of all 720 rankings of the
    Syria–Iraq conflict 240 support s2 under Nash and 384 under SEQ.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> supporting_rankings(prisoners, 0, 3, "nash"), supporting_rankings(prisoners, 0, 3, "gmr")
    (Support(supporting=12, total=24), Support(supporting=16, total=24))
    """
    as_state(conflict, state)
    others = conflict.n_states - 1
    sizes = _lower_sets(requirements(conflict, dm, state, concept), others)
    if ties:
        per_size = [_tops(k) * _weak_orders(others - k) for k in range(others + 1)]
        total = _weak_orders(others + 1)
    else:
        per_size = [factorial(k) * factorial(others - k) for k in range(others + 1)]
        total = factorial(others + 1)
    return Support(sum(n * each for n, each in zip(sizes, per_size, strict=True)), total)


def _lower_sets(required: tuple[Requirement, ...], others: int) -> list[int]:
    """Count, by size, the sets of other states that fulfil the requirements."""
    forced = frozenset[int]()
    while True:
        # What only one way is left for has to be; that can leave one way for something else.
        single = [next(iter(r.ways)) for r in required if len(r.ways) == 1]
        more = forced.union(*single)
        required = tuple(
            replace(r, ways=frozenset(way - more for way in r.ways))
            for r in required
            if not any(way <= more for way in r.ways)
        )
        if more == forced:
            break
        forced = more
    involved = sorted({state for r in required for way in r.ways for state in way})
    if len(involved) > _MAX_INVOLVED:
        message = (
            f"{len(involved)} states bear on the verdict: at most {_MAX_INVOLVED} can be counted"
        )
        raise SizeError(message)
    bit = {state: 1 << place for place, state in enumerate(involved)}
    subsets = np.arange(1 << len(involved))
    met = np.ones(len(subsets), dtype=bool)
    for requirement in required:
        one_way = np.zeros(len(subsets), dtype=bool)
        for way in requirement.ways:
            mask = sum(bit[state] for state in way)
            one_way |= subsets & mask == mask
        met &= one_way
    by_size = np.bincount(np.bitwise_count(subsets[met]), minlength=len(involved) + 1).tolist()
    free = others - len(forced) - len(involved)
    counts = [0] * (others + 1)
    for chosen, number in enumerate(by_size):
        for extra in range(free + 1):
            counts[len(forced) + chosen + extra] += number * comb(free, extra)
    return counts


@cache
def _weak_orders(n: int) -> int:
    """Count the rankings of n states in which states may tie."""
    return sum(comb(n, k) * _weak_orders(n - k) for k in range(1, n + 1)) if n else 1


def _tops(k: int) -> int:
    """Count the rankings of a state and k others in which none of them is above it."""
    return sum(comb(k, tied) * _weak_orders(k - tied) for tied in range(k + 1))


def supporting_profiles(
    conflict: Conflict, dms: Iterable[int], state: int, concept: str
) -> Support:
    """Count the strict rankings of several DMs, together, that make a state an equilibrium.

    Parameters
    ----------
    conflict : Conflict
        States, moves, and the rankings of the DMs that are not counted over.
    dms : iterable of int
        Indices of the DMs whose rankings vary.
    state : int
        The state wanted.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        The concept.

    Returns
    -------
    Support

    Raises
    ------
    ConflictError
        If there is no such state or DM.
    SizeError
        If, for SEQ and SSEQ, there are too many profiles to go through.

    Notes
    -----
    Under Nash, GMR and SMR the numbers of the DMs multiply. Under SEQ and SSEQ each ranking
    decides which moves of its DM are credible, so the profiles are gone through one by one.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> supporting_profiles(prisoners, [0, 1], 3, "nash").supporting
    144
    """
    as_state(conflict, state)
    varying = sorted(set(dms))
    for dm in varying:
        if not 0 <= dm < conflict.n_dms:
            message = f"there is no decision maker {dm}: they are 0 to {conflict.n_dms - 1}"
            raise ConflictError(message)
    rankings = factorial(conflict.n_states)
    total = rankings ** len(varying)
    if sequential(concept).sanction == "credible":
        if total > _MAX_PROFILES:
            message = f"{total:.3g} profiles of rankings: at most {_MAX_PROFILES} are gone through"
            raise SizeError(message)
        return Support(_go_through(conflict, varying, state, concept), total)
    supporting = 1
    for dm in range(conflict.n_dms):
        if dm in varying:
            supporting *= supporting_rankings(conflict, dm, state, concept).supporting
        else:
            rank = conflict.ranks[dm]
            not_better = frozenset(np.flatnonzero(rank <= rank[state]).tolist())
            supporting *= fulfilled(requirements(conflict, dm, state, concept), not_better)
    return Support(supporting, total)


def _go_through(conflict: Conflict, varying: list[int], state: int, concept: str) -> int:
    orders = [np.array(order) for order in permutations(range(conflict.n_states))]
    found = 0
    for profile in product(orders, repeat=len(varying)):
        ranks = conflict.ranks.copy()
        for dm, order in zip(varying, profile, strict=True):
            ranks[dm] = order
        found += equilibrium_at(replace(conflict, ranks=ranks), state, concept)
    return found
