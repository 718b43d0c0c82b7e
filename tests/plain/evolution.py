"""Paths and points of no return, straight from the definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from plain.individual import improvements, joint_moves, reachable, stable

if TYPE_CHECKING:
    from collections.abc import Collection

    from plain.individual import Concept, Lists
    from plain.model import PlainConflict

Kind = Literal["moves", "improvements", "unsanctioned"]


def lists(conflict: PlainConflict, kind: Kind, concept: Concept) -> dict[int, Lists]:
    """Return for every DM where it may move: anywhere, upward, or upward and not deterred.

    An improvement is not deterred iff the DM would be unstable if it were its only one.
    """
    if kind == "moves":
        return {dm: reachable(conflict, dm) for dm in conflict.dms}
    found = {dm: improvements(conflict, dm) for dm in conflict.dms}
    if kind == "improvements":
        return found
    return {dm: _undeterred(conflict, dm, concept) for dm in conflict.dms}


def _undeterred(conflict: PlainConflict, dm: int, concept: Concept) -> Lists:
    kept = {}
    for s in conflict.states:
        targets = set()
        for t in improvements(conflict, dm)[s]:
            # Let `dm` keep, among its improvements from s, only the one to t.
            dropped = {(s, x) for x in improvements(conflict, dm)[s] if x != t}
            moves = list(conflict.moves)
            moves[dm] = frozenset(moves[dm] - dropped)
            only = type(conflict)(conflict.n_states, tuple(moves), conflict.rank)
            if s not in stable(only, concept, dm):
                targets.add(t)
        kept[s] = frozenset(targets)
    return kept


def fewest_moves(single: dict[int, Lists], start: int) -> dict[int, int]:
    """Return the length of a shortest legal sequence to each state that one leads to."""
    found = {start: 0}
    new = {(start, -1)}
    seen = set(new)
    depth = 0
    while new:
        depth += 1
        new = {(y, j) for x, last in new for j in single if j != last for y in single[j][x]} - seen
        seen |= new
        for y, _ in sorted(new):
            found.setdefault(y, depth)
    return found


def paths(
    single: dict[int, Lists], start: int, goal: Collection[int], max_moves: int
) -> set[tuple[tuple[int, int], ...]]:
    """Return the paths without a repeated state, as (mover, state), that end once at the goal."""
    done = set()
    new: set[tuple[tuple[int, int], ...]] = {()}
    for _ in range(max_moves):
        longer = {
            (*path, (j, y))
            for path in new
            for j in single
            if not path or path[-1][0] != j
            for y in single[j][path[-1][1] if path else start]
            if y != start and all(y != x for _, x in path)
        }
        done |= {path for path in longer if path[-1][1] in goal}
        new = longer - done
    return done


def lost(
    conflict: PlainConflict, single: dict[int, Lists], goal: Collection[int]
) -> frozenset[int]:
    """Return the states outside the goal from which no legal sequence leads there."""
    return frozenset(
        s for s in conflict.states if s not in goal and not joint_moves(single, s) & frozenset(goal)
    )
