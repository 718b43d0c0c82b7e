"""Coalition stability: which states no coalition, or none of some, can profitably leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from detente.coalitions.groups import Coalition, coalitions_of
from detente.coalitions.joint import JointMoves
from detente.coalitions.regions import beaten
from detente.conditions import did_you_mean
from detente.conflict import Arcs, Conflict, OptionForm, can_reach, worst_downstream
from detente.errors import ConflictError

__all__ = [
    "COALITION_CONCEPTS",
    "Answers",
    "CoalitionConcept",
    "as_concept",
    "improvable",
    "stable_for",
    "unsanctioned_from",
]

CoalitionConcept = Literal["nash", "gmr", "smr", "seq"]
"""The concepts that have a coalition version."""

COALITION_CONCEPTS: tuple[CoalitionConcept, ...] = get_args(CoalitionConcept)

Mask = NDArray[np.bool_]
Values = NDArray[np.integer]


def as_concept(key: str) -> CoalitionConcept:
    """Look up a concept that has a coalition version.

    Raises
    ------
    ConflictError
        If there is none of that name.

    Examples
    --------
    >>> as_concept("seq")
    'seq'
    """
    for known in COALITION_CONCEPTS:
        if known == key:
            return known
    hint = did_you_mean(str(key), COALITION_CONCEPTS)
    known_ones = ", ".join(COALITION_CONCEPTS)
    message = f"there is no coalition version of {key!r}{hint}: there are {known_ones}"
    raise ConflictError(message)


class Answers:
    """How those outside a coalition can answer it.

    Parameters
    ----------
    joint : JointMoves
        Moves of the conflict.
    blocks : sequence of tuple of int, optional
        The other blocks of a fixed partition, each of which acts as one player. By default the
        others move one by one and, where their moves must be improvements, as any coalition.
    """

    def __init__(self, joint: JointMoves, blocks: Sequence[Coalition] | None = None) -> None:
        self.joint = joint
        self._blocks = blocks
        self._memory: dict[tuple[str, Coalition], list[Arcs]] = {}
        self._least: dict[tuple[str, Coalition, int], Values] = {}

    def arcs(self, concept: CoalitionConcept, coalition: Coalition) -> list[Arcs]:
        """List the moves of each player that may answer a coalition under a concept."""
        key = ("seq" if concept == "seq" else "any", coalition)
        if key not in self._memory:
            self._memory[key] = self._list(concept, coalition)
        return self._memory[key]

    def least(self, concept: CoalitionConcept, coalition: Coalition, size: int) -> Values:
        """Give what each state offers each member at least, whatever is answered.

        On option form only.

        Parameters
        ----------
        concept : {"gmr", "seq"}
            Whether any move or only improvements may answer.
        coalition : tuple of int
            The members, g of them.
        size : int
            Largest coalition that answers.

        Returns
        -------
        ndarray of int32, shape (g, n)
        """
        if concept == "gmr" or self._blocks is not None:
            size = self.joint.conflict.n_dms
        key = (concept, coalition, size)
        if key not in self._least:
            if self._blocks is None and concept == "seq":
                rest = [dm for dm in range(self.joint.conflict.n_dms) if dm not in coalition]
                groups = [group for group in coalitions_of(rest) if len(group) <= size]
                arcs = [self.joint.improvements(group) for group in groups]
            else:
                arcs = self.arcs(concept, coalition)
            ranks = self.joint.conflict.ranks[list(coalition)]
            self._least[key] = worst_downstream(arcs, ranks)
        return self._least[key]

    def _list(self, concept: CoalitionConcept, coalition: Coalition) -> list[Arcs]:
        joint = self.joint
        if self._blocks is not None:
            others = [block for block in self._blocks if block != coalition]
            give = joint.improvements if concept == "seq" else joint.moves
            return [give(block) for block in others]
        rest = [dm for dm in range(joint.conflict.n_dms) if dm not in coalition]
        if concept == "seq":
            return [joint.improvements(group) for group in coalitions_of(rest)]
        return [joint.conflict.moves(dm) for dm in rest]


def stable_for(
    answers: Answers, coalition: Coalition, concept: CoalitionConcept, asked: Mask | None = None
) -> Mask:
    """Tell at which states a coalition has no unsanctioned improvement.

    Parameters
    ----------
    answers : Answers
        How the others can answer.
    coalition : tuple of int
        Indices of its members, H.
    concept : {"nash", "gmr", "smr", "seq"}
        Which coalition version is meant.
    asked : ndarray of bool, shape (n,), optional
        States asked about; by default all.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where H is stable; also where it was not asked.

    Notes
    -----
    Let B_H(s) be the states that some member does not prefer to s. State s is stable for H iff
    every coalition improvement s1 of H from s is sanctioned by a state s2 in B_H(s), where s2 is

    - for *nash* none: H must have no improvement;
    - for *gmr* reached from s1 by a legal sequence of the others;
    - for *smr* the same, and H can reach from s2 only states in B_H(s);
    - for *seq* reached by a legal sequence of coalition improvements of coalitions of the others,
      the same not twice in a row

    ([InoharaHipel2008a][], [InoharaHipel2008b][]; [XuKilgourHipelMcBean2014][]). On option form "s1
    is a sanctioned improvement" turns into one comparison: replace what s1 offers each member by
    the least that can follow. Then s is stable iff no state in reach offers all members more than
    s.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> stable_for(Answers(JointMoves(prisoners)), (0, 1), "nash")
    array([False,  True,  True,  True])
    """
    conflict = answers.joint.conflict
    if asked is None:
        asked = np.ones(conflict.n_states, dtype=bool)
    if not isinstance(conflict.form, OptionForm):
        return _stable_one_by_one(answers, coalition, concept, asked)
    ranks = conflict.ranks[list(coalition)]
    doubtful = _beaten(conflict, coalition, ranks, asked)
    if concept == "nash":
        return ~doubtful
    if concept == "seq":
        # Small coalitions answer first: most improvements need no larger one to be sanctioned.
        for size in range(1, conflict.n_dms - len(coalition) + 1):
            if doubtful.any():
                least = answers.least("seq", coalition, size)
                doubtful = _beaten(conflict, coalition, least, doubtful)
        return ~doubtful
    least = answers.least("gmr", coalition, conflict.n_dms)
    unstable = _beaten(conflict, coalition, least, doubtful)
    if concept == "gmr":
        return ~unstable
    # What any answer may deter counts as symmetric only if the coalition cannot respond.
    return ~unstable & _stable_one_by_one(answers, coalition, "smr", doubtful & ~unstable)


def improvable(
    form: OptionForm, coalition: Coalition, ranks: NDArray[np.integer], asked: Mask
) -> Mask:
    """Tell at which states a coalition has an improvement, in many conflicts at once.

    Where it has none it is stable by every concept, and most often it has none.

    Parameters
    ----------
    form : OptionForm
        States and moves, which the conflicts share.
    coalition : tuple of int
        Indices of the members.
    ranks : ndarray of int, shape (d, g, n)
        For each conflict the rank of each state for each member; higher is better.
    asked : ndarray of bool, shape (d, n)
        States asked about.

    Returns
    -------
    ndarray of bool, shape (d, n)
        False where it was not asked.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> chicken, prisoners = [[0, 1, 3, 2], [0, 3, 1, 2]], [[1, 0, 3, 2], [1, 3, 0, 2]]
    >>> form = Conflict.from_arrays(options=[1, 1], ranks=chicken).form
    >>> improvable(form, (0, 1), np.array([chicken, prisoners]), np.ones((2, 4), bool))
    array([[ True, False, False, False],
           [ True, False, False, False]])
    """
    return beaten(form, coalition, ranks, ranks, asked)


def _beaten(conflict: Conflict, coalition: Coalition, offers: Values, asked: Mask) -> Mask:
    """Tell where a coalition can leave for a state that offers every member more."""
    assert isinstance(conflict.form, OptionForm)  # noqa: S101 - callers ask first
    stands = conflict.ranks[list(coalition)]
    found: Mask = beaten(conflict.form, coalition, offers[None], stands[None], asked[None])[0]
    return found


def _stable_one_by_one(
    answers: Answers, coalition: Coalition, concept: CoalitionConcept, asked: Mask
) -> Mask:
    stable = np.ones(len(asked), dtype=bool)
    for state in np.flatnonzero(asked).tolist():
        stable[state] = not unsanctioned_from(answers, coalition, concept, state).any()
    return stable


def unsanctioned_from(
    answers: Answers, coalition: Coalition, concept: CoalitionConcept, state: int
) -> Mask:
    """Tell which coalition improvements from one state nothing sanctions.

    Parameters
    ----------
    answers : Answers
        How the others can answer.
    coalition : tuple of int
        Indices of its members.
    concept : {"nash", "gmr", "smr", "seq"}
        Which coalition version is meant.
    state : int
        The state that would be left.

    Returns
    -------
    ndarray of bool, shape (n,)

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> np.flatnonzero(unsanctioned_from(Answers(JointMoves(prisoners)), (0, 1), "seq", 0))
    array([3])
    """
    joint = answers.joint
    better = joint.better(coalition, state)
    if not better.any():
        return better
    improvements = _reached(joint, coalition, state) & better
    if concept == "nash" or not improvements.any():
        return improvements
    sanctions = ~better
    if concept == "smr":
        sanctions &= ~_can_reach(joint, coalition, better)
    others = tuple(dm for dm in range(joint.conflict.n_dms) if dm not in coalition)
    if concept == "smr" and isinstance(joint.conflict.form, OptionForm):
        return improvements & ~_can_reach(joint, others, sanctions)
    answered = can_reach(answers.arcs(concept, coalition), sanctions)
    unanswered: Mask = ~np.logical_or.reduce(answered, axis=0)
    unsanctioned: Mask = improvements & unanswered
    return unsanctioned


def _reached(joint: JointMoves, coalition: Coalition, state: int) -> Mask:
    """Tell what a coalition can reach from one state, shape (n,)."""
    if isinstance(joint.conflict.form, OptionForm):
        where = joint.region(coalition)
        if where.reversible:
            same: Mask = where.label == where.label[state]
            return same
    return joint.reach(coalition, state).reached


def _can_reach(joint: JointMoves, coalition: Coalition, goal: Mask) -> Mask:
    """Tell from where a coalition can reach a set, shape (n,); on option form the set counts."""
    if isinstance(joint.conflict.form, OptionForm):
        where = joint.region(coalition)
        if where.reversible:
            hit = np.zeros(int(where.label.max()) + 1, dtype=bool)
            hit[where.label[goal]] = True
            return hit[where.label]
    found: Mask = np.logical_or.reduce(can_reach(joint.arcs(coalition), goal), axis=0)
    return found
