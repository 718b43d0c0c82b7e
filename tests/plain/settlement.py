"""Settlements of some without others, and who is needed for them, straight from the definitions."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING, Literal, get_args

from plain.coalition import coalitions, joint_reachable, stable_for_group
from plain.individual import improvements, joint_moves, stable

if TYPE_CHECKING:
    from collections.abc import Collection

    from plain.coalition import CoalitionConcept, Group
    from plain.model import PlainConflict

Grade = Literal["agreed", "self-enforcing", "spoiler-proof"]
GRADES: tuple[Grade, ...] = get_args(Grade)


def settlements(
    conflict: PlainConflict, group: Group, start: int, concept: CoalitionConcept, grade: Grade
) -> frozenset[int]:
    """Return the states on which the group can settle, by at least the grade."""
    found = {
        t
        for t in joint_reachable(conflict, group)[start]
        if all(conflict.prefers(i, t, start) for i in group)
    }
    if grade != "agreed":
        for i in group:
            found &= stable(conflict, concept, i)
        for part in coalitions(group):
            if len(part) >= 2:
                found &= stable_for_group(conflict, concept, part)
    if grade == "spoiler-proof":
        outsiders = {j: improvements(conflict, j) for j in conflict.dms if j not in group}
        found = {
            t
            for t in found
            if not any(
                conflict.prefers(i, start, x) for x in joint_moves(outsiders, t) for i in group
            )
        }
    return frozenset(found)


def able(
    conflict: PlainConflict,
    start: int,
    concept: CoalitionConcept,
    grade: Grade,
    where: Collection[int],
) -> set[Group]:
    """Return the groups that contain one with a settlement of the kind."""
    own = {
        group
        for group in coalitions(conflict.dms)
        if settlements(conflict, group, start, concept, grade) & frozenset(where)
    }
    return {group for group in coalitions(conflict.dms) if any(part <= group for part in own)}


def shapley_shubik(conflict: PlainConflict, winning: set[Group]) -> list[Fraction]:
    """Return for each DM the share of orders of arrival in which it makes the group able."""
    orders = list(permutations(conflict.dms))
    pivots = [0 for _ in conflict.dms]
    for order in orders:
        for place, dm in enumerate(order):
            before = frozenset(order[:place])
            if before | {dm} in winning and before not in winning:
                pivots[dm] += 1
    return [Fraction(count, len(orders)) for count in pivots]


def banzhaf(conflict: PlainConflict, winning: set[Group]) -> list[Fraction]:
    """Return for each DM the share of groups of the others that it makes able."""
    share = []
    for dm in conflict.dms:
        others = [frozenset[int](), *coalitions(j for j in conflict.dms if j != dm)]
        made = [group for group in others if group | {dm} in winning and group not in winning]
        share.append(Fraction(len(made), len(others)))
    return share
