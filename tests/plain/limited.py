"""Limited-move and non-myopic stability (Kilgour 1985) and Stackelberg equilibria, two DMs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plain.individual import reachable, stable
from plain.model import NotApplicableError

if TYPE_CHECKING:
    from plain.model import PlainConflict

Anticipated = tuple[tuple[frozenset[int], ...], tuple[frozenset[int], ...]]
"""Per DM and state, the end states it may anticipate when it is the one to move."""


def anticipated(conflict: PlainConflict, h: int) -> Anticipated:
    """G_h: the set of end states anticipated from each state, at horizon h.

    Where payoffs tie, a DM with several best moves may choose any of them, afresh at every node;
    the set holds the end states of all ways to choose. Without ties it has one element.
    """
    if len(conflict.moves) != 2:
        raise NotApplicableError("limited-move stability needs two decision makers")
    stay = tuple(frozenset({s}) for s in conflict.states)
    now: Anticipated = (stay, stay)
    for _ in range(h):
        now = _one_further(conflict, now)
    return now


def _one_further(conflict: PlainConflict, before: Anticipated) -> Anticipated:
    first, second = (
        tuple(_ends(conflict, i, s, before[1 - i]) for s in conflict.states) for i in (0, 1)
    )
    return first, second


def _ends(
    conflict: PlainConflict, i: int, s: int, after: tuple[frozenset[int], ...]
) -> frozenset[int]:
    """Return the end states when i moves from s and `after[t]` are those after a move to t."""
    moves = reachable(conflict, i)[s]
    # The end x of a move is chosen iff each other move may turn out to be no better than x.
    leave = {
        x
        for t in moves
        for x in after[t]
        if conflict.prefers(i, x, s)
        and all(any(not conflict.prefers(i, y, x) for y in after[u]) for u in moves - {t})
    }
    # i stays iff each move may turn out to be no better than staying.
    stays = all(any(not conflict.prefers(i, y, s) for y in after[u]) for u in moves)
    return frozenset(leave | ({s} if stays else set()))


def limited_move(conflict: PlainConflict, h: int, dm: int) -> frozenset[int]:
    """L_h: the states that are stable however ties are broken."""
    ends = anticipated(conflict, h)[dm]
    return frozenset(s for s in conflict.states if ends[s] == {s})


def limited_move_depends(conflict: PlainConflict, h: int, dm: int) -> frozenset[int]:
    """Return the states whose L_h stability depends on how ties are broken."""
    ends = anticipated(conflict, h)[dm]
    return frozenset(s for s in conflict.states if s in ends[s] and len(ends[s]) > 1)


def non_myopic(conflict: PlainConflict, dm: int) -> frozenset[int]:
    """NM: the states that are L_h stable for all h from some h on, however ties are broken."""
    seen: list[Anticipated] = []
    now = anticipated(conflict, 0)
    while now not in seen:
        seen.append(now)
        now = _one_further(conflict, now)
    for_ever = seen[seen.index(now) :]
    return frozenset(s for s in conflict.states if all(ends[dm][s] == {s} for ends in for_ever))


def limited_move_equilibria(conflict: PlainConflict, h: int) -> frozenset[int]:
    """Return the states that are L_h stable for both DMs."""
    return limited_move(conflict, h, 0) & limited_move(conflict, h, 1)


def non_myopic_equilibria(conflict: PlainConflict) -> frozenset[int]:
    """Return the states that are NM stable for both DMs."""
    return non_myopic(conflict, 0) & non_myopic(conflict, 1)


def stackelberg(conflict: PlainConflict, leader: int) -> frozenset[int]:
    """Return the states that are L_2 stable for the leader and Nash stable for the follower."""
    return limited_move(conflict, 2, leader) & stable(conflict, "nash", 1 - leader)
