"""Settlements: what some can bring about without others, and what would break it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.coalitions.groups import Coalition, as_coalition, coalitions_of
from detente.coalitions.joint import JointMoves
from detente.coalitions.stability import Answers, CoalitionConcept, as_concept, stable_for
from detente.conditions import did_you_mean
from detente.conflict import Arcs, Conflict, Search, can_reach
from detente.errors import ConflictError
from detente.stability import analyze

__all__ = ["GRADES", "Bargaining", "Grade", "Settlements", "as_grade", "settlements"]

Grade = Literal["agreed", "self-enforcing", "spoiler-proof"]
"""How firm a settlement is."""

GRADES: tuple[Grade, ...] = get_args(Grade)
"""The grades, each of which implies those before it."""

Mask = NDArray[np.bool_]


def as_grade(name: str) -> Grade:
    """Look up a grade by its name.

    Raises
    ------
    ConflictError
        If there is none of that name.

    Examples
    --------
    >>> as_grade("agreed")
    'agreed'
    """
    for grade in GRADES:
        if grade == name:
            return grade
    raise ConflictError(f"there is no grade {name!r}{did_you_mean(str(name), GRADES)}")


@dataclass(frozen=True, eq=False)
class Settlements:
    """What one coalition can settle by itself.

    Parameters
    ----------
    bargaining : Bargaining
        The conflict, the status quo and the concept.
    coalition : tuple of int
        Indices of the members.
    where : ndarray of bool, shape (n,)
        Kind of state that was asked for.
    reachable : ndarray of bool, shape (n,)
        States of that kind that the members' own moves lead to.
    agreed, self_enforcing, spoiler_proof : ndarray of bool, shape (n,)
        Settlements of at least each grade.
    """

    bargaining: Bargaining = field(repr=False)
    coalition: Coalition
    where: Mask = field(repr=False)
    reachable: Mask = field(repr=False)
    agreed: Mask = field(repr=False)
    self_enforcing: Mask = field(repr=False)
    spoiler_proof: Mask = field(repr=False)

    @property
    def outsiders(self) -> Coalition:
        """Everybody else."""
        return tuple(dm for dm in range(self.bargaining.conflict.n_dms) if dm not in self.coalition)

    def of(self, grade: Grade) -> Mask:
        """Give the settlements of at least a grade, shape (n,)."""
        masks = (self.agreed, self.self_enforcing, self.spoiler_proof)
        return masks[GRADES.index(grade)]

    def grade(self, state: int) -> Grade | None:
        """Give the highest grade of a state; None if it is no settlement."""
        reached = [grade for grade in GRADES if self.of(grade)[state]]
        return reached[-1] if reached else None

    @property
    def best(self) -> Grade | None:
        """Highest grade of any settlement; None if there is none."""
        reached = [grade for grade in GRADES if self.of(grade).any()]
        return reached[-1] if reached else None


class Bargaining:
    """Settlement queries from one status quo, sharing what they have in common.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    start : int, optional
        The status quo; by default the conflict's own.
    concept : {"nash", "gmr", "smr", "seq"}
        By which members and coalitions of members are judged.

    Raises
    ------
    ConflictError
        If there is no such state or concept, or no status quo at all.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> Bargaining(prisoners, 0, "seq").settle((0, 1)).best
    'spoiler-proof'
    """

    def __init__(self, conflict: Conflict, start: int | None = None, concept: str = "seq") -> None:
        if start is None:
            start = conflict.status_quo
        if start is None:
            raise ConflictError("the conflict has no status quo: say which state to start from")
        if not 0 <= start < conflict.n_states:
            message = f"there is no state {start}: they are 0 to {conflict.n_states - 1}"
            raise ConflictError(message)
        self.conflict = conflict
        self.start = int(start)
        self.concept: CoalitionConcept = as_concept(concept)
        self.joint = JointMoves(conflict)
        self.answers = Answers(self.joint)
        self._individual: Mask | None = None
        self._known: dict[Coalition, tuple[Mask, Mask]] = {}
        self._search: tuple[Coalition, Search] | None = None

    def settle(self, coalition: Coalition, where: ArrayLike | None = None) -> Settlements:
        """Find and grade what a coalition can settle.

        Parameters
        ----------
        coalition : tuple of int
            Indices of the members, ascending.
        where : array_like of bool, shape (n,), optional
            Kind of state wanted; by default any.

        Returns
        -------
        Settlements
        """
        kind = self._kind(where)
        reachable = self.reach(coalition).reached & kind
        agreed = reachable & self.joint.better(coalition, self.start)
        enforced = agreed.copy()
        for group in coalitions_of(coalition):
            if enforced.any():
                enforced &= self.stable(group, enforced)
        spoiled = self.spoiled(coalition, self.others(coalition))
        return Settlements(self, coalition, kind, reachable, agreed, enforced, enforced & ~spoiled)

    def reach(self, coalition: Coalition) -> Search:
        """Search for what a coalition can reach from the start; the last answer is kept."""
        if self._search is None or self._search[0] != coalition:
            self._search = coalition, self.joint.reach(coalition, self.start)
        return self._search[1]

    def stable(self, group: Coalition, asked: Mask) -> Mask:
        """Tell where a coalition has no unsanctioned improvement; a single DM by its own concept.

        Only the entries asked for are meant.
        """
        if len(group) == 1:
            if self._individual is None:
                found = analyze(self.conflict, [self.concept])
                self._individual = found.stable(self.concept)
            row: Mask = self._individual[group[0]]
            return row
        known, stable = self._known.get(group, (np.zeros_like(asked), np.zeros_like(asked)))
        new = asked & ~known
        if new.any():
            stable = np.where(new, stable_for(self.answers, group, self.concept, new), stable)
            self._known[group] = known | new, stable
        return stable

    def spoiled(self, coalition: Coalition, spoilers: Coalition) -> Mask:
        """Tell from where improvements of others can leave a member worse off than at the start."""
        reached = can_reach(self.improving(spoilers), self.hurt(coalition))
        spoiled: Mask = np.logical_or.reduce(reached, axis=0)
        return spoiled

    def hurt(self, coalition: Coalition) -> Mask:
        """Tell at which states some member is worse off than at the start, shape (n,)."""
        ranks = self.conflict.ranks[list(coalition)]
        worse: Mask = np.logical_or.reduce(ranks < ranks[:, [self.start]], axis=0)
        return worse

    def improving(self, dms: Iterable[int]) -> list[Arcs]:
        """List each DM's improvements."""
        return [self.joint.improvements((dm,)) for dm in dms]

    def others(self, coalition: Coalition) -> Coalition:
        """List everybody outside a coalition."""
        return tuple(dm for dm in range(self.conflict.n_dms) if dm not in coalition)

    def _kind(self, where: ArrayLike | None) -> Mask:
        n_states = self.conflict.n_states
        if where is None:
            return np.ones(n_states, dtype=bool)
        kind = np.asarray(where)
        if kind.shape != (n_states,) or kind.dtype != bool:
            message = f"`where` needs one truth value for each of the {n_states} states"
            raise ConflictError(message)
        return kind


def settlements(
    conflict: Conflict,
    by: Iterable[int | str],
    *,
    without: Iterable[int | str] | None = None,
    where: ArrayLike | None = None,
    start: int | None = None,
    concept: str = "seq",
) -> tuple[Settlements, ...]:
    """Find what some can settle without others, and how firmly.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    by : iterable of int or str
        Those who settle, by index or id.
    without : iterable of int or str, optional
        Those who are left out; by default everybody else. Anyone named in neither may join.
    where : array_like of bool, shape (n,), optional
        Kind of state wanted; by default any.
    start : int, optional
        The status quo; by default the conflict's own.
    concept : {"nash", "gmr", "smr", "seq"}
        By which members and coalitions of members are judged.

    Returns
    -------
    tuple of Settlements
        One for `by` alone and one for each way in which others may join, smallest first.

    Raises
    ------
    ConflictError
        If a DM, state or concept does not exist, or a DM is on both sides.

    Notes
    -----
    A state t is a settlement of H from s0

    - *agreed* iff t is in R_H(s0), everybody else standing still, and t ≻_i s0 for all i in H: a
      member who is indifferent does not agree;
    - *self-enforcing* iff in addition t is stable under the concept for every member, and for
      every coalition of two or more members under its coalition version;
    - *spoiler-proof* iff in addition no legal sequence of improvements by those outside H leads
      from t to a state that some member likes less than s0.

    The definition is ours; its relation to coalition stability and the core is proven in the
    documentation (Settlements).

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> (both,) = settlements(prisoners, ["dm1", "dm2"], start=0)
    >>> np.flatnonzero(both.agreed), both.grade(3)
    (array([3]), 'spoiler-proof')
    >>> (alone,) = settlements(prisoners, ["dm1"], start=0)
    >>> alone.best is None
    True
    """
    members = as_coalition(conflict, by)
    everybody = tuple(range(conflict.n_dms))
    rest = [dm for dm in everybody if dm not in members]
    left_out = rest if without is None else as_coalition(conflict, without)
    for dm in left_out:
        if dm in members:
            name = conflict.decision_makers[dm]
            raise ConflictError(f"{name} is to settle and to be left out: name it once")
    free = [dm for dm in rest if dm not in left_out]
    query = Bargaining(conflict, start, concept)
    joined = [tuple(sorted((*members, *more))) for more in ((), *coalitions_of(free))]
    return tuple(query.settle(coalition, where) for coalition in joined)
