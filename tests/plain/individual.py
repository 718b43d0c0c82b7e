"""Stability for one decision maker, with complete preferences given by ranks.

Nash; GMR and SMR (Howard 1971); SEQ, simultaneous sanctioning and the tableau procedure (Fraser
and Hipel 1979, 1984); SSEQ (Rêgo and Vieira 2015, 2017). Joint moves are legal sequences (Fang,
Hipel and Kilgour 1993).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from plain.model import NotApplicableError, options_of, taken

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from plain.model import PlainConflict

Concept = Literal["nash", "gmr", "smr", "seq", "sseq", "sim", "fraser_hipel"]
Opponents = Literal["legal", "once", "single"]
CONCEPTS: tuple[Concept, ...] = get_args(Concept)
OPPONENTS: tuple[Opponents, ...] = get_args(Opponents)

Lists = dict[int, frozenset[int]]
"""Of every state, the states that can be reached from it."""

Mover = TypeVar("Mover", bound="Hashable")


# -- moves ---------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def reachable(conflict: PlainConflict, dm: int) -> Lists:
    """R_i: of every state s, the states to which `dm` can move from s."""
    found: dict[int, set[int]] = {s: set() for s in conflict.states}
    for s, t in conflict.moves[dm]:
        found[s].add(t)
    return {s: frozenset(ends) for s, ends in found.items()}


@lru_cache(maxsize=64)
def improvements(conflict: PlainConflict, dm: int) -> Lists:
    """R⁺_i: of every state s, the states better than s to which `dm` can move from s."""
    moves = reachable(conflict, dm)
    return {
        s: frozenset(t for t in moves[s] if conflict.prefers(dm, t, s)) for s in conflict.states
    }


def joint_moves(
    single: Mapping[Mover, Lists], start: int, opponents: Opponents = "legal"
) -> frozenset[int]:
    """Return where a group can get from `start`, other than `start` itself.

    `single` holds the lists of every member of the group. 'legal': any number of moves, nobody
    twice in a row. 'once': no member moves more than once. 'single': one move by one member.
    """
    if opponents == "single":
        ends = {x for lists in single.values() for x in lists[start]}
    elif opponents == "once":
        ends = _once(single, start)
    else:
        ends = _legal(single, start)
    return frozenset(ends - {start})


def _legal(single: Mapping[Mover, Lists], start: int) -> set[int]:
    # The pair (x, j) says: x can be reached so that j made the last move.
    pairs: set[tuple[int, Mover]] = set()
    new = {(x, j) for j in single for x in single[j][start]}
    while new:
        pairs |= new
        new = {
            (y, j) for (x, last) in new for j in single if j != last for y in single[j][x]
        } - pairs
    return {x for x, _ in pairs}


def _once(single: Mapping[Mover, Lists], start: int) -> set[int]:
    # The pair (x, moved) says: x can be reached so that exactly these members have moved.
    nobody: frozenset[Mover] = frozenset()
    pairs = {(start, nobody)}
    new = pairs
    while new:
        new = {
            (y, moved | {j})
            for (x, moved) in new
            for j in single
            if j not in moved
            for y in single[j][x]
        }
        pairs = pairs | new
    return {x for x, moved in pairs if moved}


@lru_cache(maxsize=64)
def responses(conflict: PlainConflict, dm: int, opponents: Opponents) -> Lists:
    """R_{N-i}: of every state, where all DMs but `dm` can get from it."""
    single = {j: reachable(conflict, j) for j in conflict.dms if j != dm}
    return {s: joint_moves(single, s, opponents) for s in conflict.states}


@lru_cache(maxsize=64)
def improving_responses(conflict: PlainConflict, dm: int, opponents: Opponents) -> Lists:
    """R⁺_{N-i}: the same, every move being an improvement for the DM that makes it."""
    single = {j: improvements(conflict, j) for j in conflict.dms if j != dm}
    return {s: joint_moves(single, s, opponents) for s in conflict.states}


# -- stability -----------------------------------------------------------------------------------


def stable(
    conflict: PlainConflict,
    concept: Concept,
    dm: int,
    *,
    opponents: Opponents = "legal",
    status_quo_sanctions: bool = True,
) -> frozenset[int]:
    """Return the states that are stable for `dm`."""
    better, escapes = improvements(conflict, dm), reachable(conflict, dm)
    if concept == "nash":
        return frozenset(s for s in conflict.states if not better[s])
    if concept == "sim":
        return frozenset(s for s in conflict.states if simultaneously_stable(conflict, dm, s))
    if concept == "fraser_hipel":
        return _fraser_hipel(conflict, dm, opponents, status_quo_sanctions)

    answers = (
        responses(conflict, dm, opponents)
        if concept in ("gmr", "smr")
        else improving_responses(conflict, dm, opponents)
    )

    def sanctions(s2: int, s: int) -> bool:
        if conflict.prefers(dm, s2, s):
            return False
        if s2 == s and not status_quo_sanctions:
            return False
        if concept in ("smr", "sseq"):
            return not any(conflict.prefers(dm, s3, s) for s3 in escapes[s2])
        return True

    return frozenset(
        s
        for s in conflict.states
        if all(any(sanctions(s2, s) for s2 in answers[s1]) for s1 in better[s])
    )


def equilibria(
    conflict: PlainConflict,
    concept: Concept,
    *,
    opponents: Opponents = "legal",
    status_quo_sanctions: bool = True,
) -> frozenset[int]:
    """Return the states that are stable for every DM."""
    return mixed_equilibria(
        conflict,
        [concept for _ in conflict.dms],
        opponents=opponents,
        status_quo_sanctions=status_quo_sanctions,
    )


def mixed_equilibria(
    conflict: PlainConflict,
    concepts: Sequence[Concept],
    *,
    opponents: Opponents = "legal",
    status_quo_sanctions: bool = True,
) -> frozenset[int]:
    """Return the states that are stable for every DM by that DM's own concept."""
    found = set(conflict.states)
    for dm, concept in zip(conflict.dms, concepts, strict=True):
        found &= stable(
            conflict,
            concept,
            dm,
            opponents=opponents,
            status_quo_sanctions=status_quo_sanctions,
        )
    return frozenset(found)


# -- simultaneous sanctioning, in option form only -----------------------------------------------


def simultaneously_stable(
    conflict: PlainConflict, dm: int, s: int, movers: frozenset[int] | None = None
) -> bool:
    """Whether all improvements of `dm` from s are sanctioned by others acting at the same time.

    `movers` are the DMs that may act together with `dm`; by default all others. Those that do
    act, at least one of them, each make one of their improvements from s. Combinations
    which are infeasible do not count.
    """
    if conflict.codes is None or conflict.owned is None:
        raise NotApplicableError("simultaneous sanctioning needs option form")
    others = [j for j in conflict.dms if j != dm and (movers is None or j in movers)]
    return all(
        any(
            not conflict.prefers(dm, together, s)
            for together in _together(conflict, dm, s, s1, others)
        )
        for s1 in improvements(conflict, dm)[s]
    )


def _together(
    conflict: PlainConflict, dm: int, s: int, s1: int, others: Sequence[int]
) -> Iterator[int]:
    """Yield the feasible states where `dm` goes for s1 while some others improve from s."""
    assert conflict.codes is not None
    assert conflict.owned is not None
    # None: the DM does not act.
    choices = [(None, *sorted(improvements(conflict, j)[s])) for j in others]
    for targets in product(*choices):
        if all(target is None for target in targets):
            continue
        target_of = {dm: s1} | {
            j: target for j, target in zip(others, targets, strict=True) if target is not None
        }
        code = 0
        for j in conflict.dms:
            source = conflict.codes[target_of.get(j, s)]
            code += sum(2**o for o in options_of(conflict.owned, j) if taken(source, o))
        if code in conflict.codes:
            yield conflict.codes.index(code)


def _fraser_hipel(
    conflict: PlainConflict, dm: int, opponents: Opponents, status_quo_sanctions: bool
) -> frozenset[int]:
    """Rational, else sequentially sanctioned, else simultaneously by those who would move."""
    if conflict.codes is None:
        raise NotApplicableError("simultaneous sanctioning needs option form")
    sequential = {
        j: stable(
            conflict,
            "seq",
            j,
            opponents=opponents,
            status_quo_sanctions=status_quo_sanctions,
        )
        for j in conflict.dms
    }
    rational = stable(conflict, "nash", dm)
    return frozenset(
        s
        for s in conflict.states
        if s in rational
        or s in sequential[dm]
        or simultaneously_stable(
            conflict,
            dm,
            s,
            movers=frozenset(j for j in conflict.dms if j != dm and s not in sequential[j]),
        )
    )
