"""Claims straight from their definitions: sets of states, one conflict at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from plain.coalition import Group, coalitions
from plain.individual import improvements, joint_moves, reachable, stable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plain.model import PlainConflict

States = frozenset[int]
Settles = Callable[[Group], bool]


def stable_claim(
    conflict: PlainConflict, phi: States, concept: Any, *, every: bool, by: Iterable[int]
) -> bool:
    agreed = [stable(conflict, concept, dm) for dm in by]
    good = [all(s in own for own in agreed) for s in phi]
    return bool(good) and (all(good) if every else any(good))


def equilibrium_claim(conflict: PlainConflict, phi: States, concept: Any, *, every: bool) -> bool:
    stay = [stable(conflict, concept, dm) for dm in conflict.dms]
    equilibria = {s for s in conflict.states if all(s in own for own in stay)}
    return bool(equilibria & phi) and (not every or equilibria <= phi)


def reachable_claim(
    conflict: PlainConflict, phi: States, start: int, *, by: Iterable[int], improving: bool
) -> bool:
    lists = improvements if improving else reachable
    single = {dm: lists(conflict, dm) for dm in by}
    return start in phi or bool(joint_moves(single, start) & phi)


def prefers_claim(conflict: PlainConflict, dm: int, a: States, b: States, *, every: bool) -> bool:
    pairs = [conflict.prefers(dm, s, t) for s in a for t in b]
    return bool(pairs) and (all(pairs) if every else any(pairs))


def blocks_claim(
    conflict: PlainConflict, dm: int, phi: States, start: int, *, improving: bool
) -> bool:
    def brought(group: Iterable[int]) -> States:
        single = {j: reachable(conflict, j) for j in group}
        return phi & (joint_moves(single, start) | {start})

    if not brought(conflict.dms):
        return False
    leave = (improvements if improving else reachable)(conflict, dm)
    return all(leave[s] - phi for s in brought(j for j in conflict.dms if j != dm))


def indispensable_claim(conflict: PlainConflict, dm: int, settles: Settles) -> bool:
    groups = coalitions(conflict.dms)
    return any(settles(g) for g in groups) and not any(settles(g) for g in groups if dm not in g)


def prefers_alike_claim(
    conflict: PlainConflict, dm: int, a: States, b: States, named: Iterable[int]
) -> bool:
    """`named`: the options in which the states compared may differ; a plain graph has none."""
    aside = sum(1 << option for option in set(named))

    def alike(s: int, t: int) -> bool:
        return conflict.codes is None or not (conflict.codes[s] ^ conflict.codes[t]) & ~aside

    pairs = [(s, t) for s in a for t in b if alike(s, t)]
    return bool(pairs) and all(conflict.prefers(dm, s, t) for s, t in pairs)


def settle_claim(
    conflict: PlainConflict, by: Iterable[int], without: Iterable[int], settles: Settles
) -> bool:
    """Whether the DMs of `by` settle, perhaps joined by some who are not left out.

    If nobody is named as left out, everybody else is.
    """
    members = set(by)
    left_out = set(without) or set(conflict.dms) - members
    free = set(conflict.dms) - members - left_out
    return any(settles(frozenset(members | set(more))) for more in ((), *coalitions(free)))
