"""Coalitions: improvements, equilibrium jumps, and stability for every group.

Coalition improvement and equilibrium jump: Kilgour, Hipel, Peng and Fang (2001). The coalition
versions of Nash, GMR, SMR and SEQ: Inohara and Hipel (2008). Joint moves are legal sequences.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal, get_args

from plain.individual import joint_moves, reachable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plain.individual import Lists
    from plain.model import PlainConflict

CoalitionConcept = Literal["nash", "gmr", "smr", "seq"]
COALITION_CONCEPTS: tuple[CoalitionConcept, ...] = get_args(CoalitionConcept)

Group = frozenset[int]
Jump = tuple[int, int, Group]


def coalitions(members: Iterable[int]) -> list[Group]:
    """Return all non-empty groups of these DMs."""
    members = sorted(members)
    return [
        frozenset(group)
        for size in range(1, len(members) + 1)
        for group in combinations(members, size)
    ]


@lru_cache(maxsize=256)
def joint_reachable(conflict: PlainConflict, group: Group) -> Lists:
    """R_H: of every state, where the group can get from it."""
    single = {j: reachable(conflict, j) for j in group}
    return {s: joint_moves(single, s) for s in conflict.states}


@lru_cache(maxsize=256)
def coalition_improvements(conflict: PlainConflict, group: Group) -> Lists:
    """R⁺⁺_H: those states among them which every member prefers to the first state."""
    ends = joint_reachable(conflict, group)
    return {
        s: frozenset(t for t in ends[s] if all(conflict.prefers(j, t, s) for j in group))
        for s in conflict.states
    }


@lru_cache(maxsize=256)
def class_improvements(conflict: PlainConflict, members: Group) -> Lists:
    """Of every state, where coalition improvements by groups of these DMs can lead.

    No group improves twice in a row.
    """
    by_group = {group: coalition_improvements(conflict, group) for group in coalitions(members)}
    return {s: joint_moves(by_group, s) for s in conflict.states}


def blocking(conflict: PlainConflict, group: Group, s: int) -> frozenset[int]:
    """B_H(s): the states that some member does not prefer to s."""
    return frozenset(
        x for x in conflict.states if any(not conflict.prefers(j, x, s) for j in group)
    )


def stable_for_group(
    conflict: PlainConflict,
    concept: CoalitionConcept,
    group: Iterable[int],
    *,
    status_quo_sanctions: bool = True,
) -> frozenset[int]:
    """Return the states that are coalitionally stable for the group."""
    group = frozenset(group)
    rest = frozenset(conflict.dms) - group
    if concept == "nash":
        answers: Lists = {s: frozenset() for s in conflict.states}
    elif concept == "seq":
        answers = class_improvements(conflict, rest)
    else:
        answers = joint_reachable(conflict, rest)
    better, ends = coalition_improvements(conflict, group), joint_reachable(conflict, group)

    def sanctioned(s1: int, s: int, blocked: frozenset[int]) -> bool:
        sanctions = answers[s1] & blocked
        if not status_quo_sanctions:
            sanctions -= {s}
        if concept == "smr":
            sanctions = frozenset(s2 for s2 in sanctions if ends[s2] <= blocked)
        return bool(sanctions)

    def stays(s: int) -> bool:
        blocked = blocking(conflict, group, s)
        return all(sanctioned(s1, s, blocked) for s1 in better[s])

    return frozenset(s for s in conflict.states if stays(s))


def stable_for_dm(
    conflict: PlainConflict,
    concept: CoalitionConcept,
    dm: int,
    *,
    status_quo_sanctions: bool = True,
) -> frozenset[int]:
    """Return the states that are coalitionally stable for every group with `dm` in it."""
    return frozenset(
        s
        for s in conflict.states
        if all(
            s
            in stable_for_group(conflict, concept, group, status_quo_sanctions=status_quo_sanctions)
            for group in coalitions(conflict.dms)
            if dm in group
        )
    )


def universally_stable(
    conflict: PlainConflict, concept: CoalitionConcept, *, status_quo_sanctions: bool = True
) -> frozenset[int]:
    """Return the states that are coalitionally stable for every group."""
    found = frozenset(conflict.states)
    for group in coalitions(conflict.dms):
        found &= stable_for_group(
            conflict, concept, group, status_quo_sanctions=status_quo_sanctions
        )
    return found


def equilibrium_jumps(
    conflict: PlainConflict, among: Iterable[int], *, min_size: int = 2
) -> frozenset[Jump]:
    """Return the triples (s, t, H): H has a coalition improvement from s to t.

    s and t are among the given states, as a rule the equilibria under some concept; H has at
    least `min_size` members.
    """
    among = frozenset(among)
    return frozenset(
        (s, t, group)
        for group in coalitions(conflict.dms)
        if len(group) >= min_size
        for s in among
        for t in coalition_improvements(conflict, group)[s] & among
    )


def stable_for_block(
    conflict: PlainConflict, concept: CoalitionConcept, block: Group, blocks: Iterable[Group]
) -> frozenset[int]:
    """Return the states stable for a block of a partition, each block being one player."""
    others = [other for other in blocks if other != block]
    ends = joint_reachable(conflict, block)
    if concept == "nash":
        answer_lists: dict[Group, Lists] = {}
    elif concept == "seq":
        answer_lists = {other: coalition_improvements(conflict, other) for other in others}
    else:
        answer_lists = {other: joint_reachable(conflict, other) for other in others}

    better = coalition_improvements(conflict, block)
    answers = {s: joint_moves(answer_lists, s) for s in conflict.states}

    def stays(s: int) -> bool:
        blocked = blocking(conflict, block, s)
        sanctions = {s2 for s2 in blocked if concept != "smr" or ends[s2] <= blocked}
        return all(answers[s1] & sanctions for s1 in better[s])

    return frozenset(s for s in conflict.states if stays(s))
