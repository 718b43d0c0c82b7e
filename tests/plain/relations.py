"""Stability with preferences given pair by pair: unknown pairs and degrees of strength.

Unknown preference and the extensions a-d: Li, Hipel, Kilgour and Fang (2004). Strong and weak
stability: Hamouda, Kilgour and Hipel (2004, 2006). Both together: Xu, Hipel, Kilgour and Chen
(2010). The relations need not be transitive.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from plain.individual import joint_moves
from plain.model import NotApplicableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plain.individual import Lists, Opponents
    from plain.model import Move, PlainConflict

Relation = Literal[">>", ">", "~", "<", "<<", "U"]
"""Of a pair (a, b): a is greatly preferred, preferred, equal, worse, much worse, unknown."""
CONVERSE: dict[Relation, Relation] = {
    ">>": "<<",
    ">": "<",
    "~": "~",
    "<": ">",
    "<<": ">>",
    "U": "U",
}

PairwiseConcept = Literal["nash", "gmr", "smr", "seq", "sseq"]
Extension = Literal["a", "b", "c", "d"]
Degree = Literal["general", "strong", "weak"]
PAIRWISE_CONCEPTS: tuple[PairwiseConcept, ...] = get_args(PairwiseConcept)
EXTENSIONS: tuple[Extension, ...] = get_args(Extension)
DEGREES: tuple[Degree, ...] = get_args(Degree)


@dataclass(frozen=True, slots=True)
class PairwiseConflict:
    """Moves as in a plain conflict, and `relation[dm][a][b]` for every pair of states."""

    n_states: int
    moves: tuple[frozenset[Move], ...]
    relation: tuple[tuple[tuple[Relation, ...], ...], ...]

    def __post_init__(self) -> None:
        assert len(self.moves) == len(self.relation) >= 1
        for own in self.relation:
            for a in self.states:
                assert own[a][a] == "~"
                assert all(own[b][a] == CONVERSE[own[a][b]] for b in self.states)

    @property
    def states(self) -> range:
        return range(self.n_states)

    @property
    def dms(self) -> range:
        return range(len(self.moves))


def pairwise(
    conflict: PlainConflict,
    *,
    unknown: Sequence[Iterable[Move]] = (),
    greatly: Sequence[Iterable[Move]] = (),
) -> PairwiseConflict:
    """Turn ranks into relations, then overwrite some pairs.

    `unknown[dm]` holds pairs which are unknown, `greatly[dm]` pairs (a, b) where a is greatly
    preferred to b. A pair in both is unknown.
    """
    relation: list[tuple[tuple[Relation, ...], ...]] = []
    for dm in conflict.dms:
        own: dict[Move, Relation] = {}
        for a in conflict.states:
            for b in conflict.states:
                better, worse = conflict.prefers(dm, a, b), conflict.prefers(dm, b, a)
                own[a, b] = ">" if better else "<" if worse else "~"
        for a, b in greatly[dm] if greatly else ():
            own[a, b], own[b, a] = ">>", "<<"
        for a, b in unknown[dm] if unknown else ():
            own[a, b], own[b, a] = "U", "U"
        relation.append(tuple(tuple(own[a, b] for b in conflict.states) for a in conflict.states))
    return PairwiseConflict(conflict.n_states, conflict.moves, tuple(relation))


@lru_cache(maxsize=64)
def reachable(conflict: PairwiseConflict, dm: int) -> Lists:
    """R_i: of every state s, the states to which `dm` can move from s."""
    return {s: frozenset(t for (x, t) in conflict.moves[dm] if x == s) for s in conflict.states}


@lru_cache(maxsize=64)
def departures(conflict: PairwiseConflict, dm: int, uncertain: bool) -> Lists:
    """R⁺_i, of mild and great improvements; where `uncertain`, R^{+,U}_i."""
    allowed = {">>", ">", "U"} if uncertain else {">>", ">"}
    return {
        s: frozenset(
            t for t in reachable(conflict, dm)[s] if conflict.relation[dm][t][s] in allowed
        )
        for s in conflict.states
    }


@lru_cache(maxsize=64)
def responses(conflict: PairwiseConflict, dm: int, opponents: Opponents, improving: bool) -> Lists:
    """R_{N-i}; where `improving`, R^{+,U}_{N-i}, in all four extensions."""
    single = {
        j: departures(conflict, j, uncertain=True) if improving else reachable(conflict, j)
        for j in conflict.dms
        if j != dm
    }
    return {s: joint_moves(single, s, opponents) for s in conflict.states}


def stable(
    conflict: PairwiseConflict,
    concept: PairwiseConcept,
    dm: int,
    *,
    extension: Extension = "a",
    degree: Degree = "general",
    opponents: Opponents = "legal",
    status_quo_sanctions: bool = True,
) -> frozenset[int]:
    """Return the states that are stable for `dm`, in this extension and to this degree.

    Without unknown pairs the extensions agree. Nash stability has no degree.
    """
    if degree == "weak":
        general, strong = (
            stable(
                conflict,
                concept,
                dm,
                extension=extension,
                degree=one,
                opponents=opponents,
                status_quo_sanctions=status_quo_sanctions,
            )
            for one in ("general", "strong")
        )
        return general - strong

    leaves = departures(conflict, dm, uncertain=extension in ("a", "c"))
    if concept == "nash":
        if degree != "general":
            raise NotApplicableError("Nash stability is neither strong nor weak")
        return frozenset(s for s in conflict.states if not leaves[s])

    answers = responses(conflict, dm, opponents, improving=concept in ("seq", "sseq"))
    bad = {"<<"} if degree == "strong" else {"~", "<", "<<"}
    if extension in ("c", "d"):
        bad |= {"U"}
    relation = conflict.relation[dm]

    def sanctions(s2: int, s: int) -> bool:
        if relation[s2][s] not in bad:
            return False
        if s2 == s and not status_quo_sanctions:
            return False
        if concept in ("smr", "sseq"):
            return all(relation[s3][s] in bad for s3 in reachable(conflict, dm)[s2])
        return True

    return frozenset(
        s
        for s in conflict.states
        if all(any(sanctions(s2, s) for s2 in answers[s1]) for s1 in leaves[s])
    )


def equilibria(
    conflict: PairwiseConflict,
    concept: PairwiseConcept,
    *,
    extension: Extension = "a",
    degree: Degree = "general",
    opponents: Opponents = "legal",
    status_quo_sanctions: bool = True,
) -> frozenset[int]:
    """Return the states that are stable for every DM, in this extension and to this degree."""
    found = frozenset(conflict.states)
    for dm in conflict.dms:
        found &= stable(
            conflict,
            concept,
            dm,
            extension=extension,
            degree=degree,
            opponents=opponents,
            status_quo_sanctions=status_quo_sanctions,
        )
    return found
