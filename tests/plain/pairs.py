"""How a DM compares the states by a ranking and by what is said of pairs of them.

A ranking (or statements, the most important first, some of them great) compares all pairs; what is
said of pairs counts before it. A DM without a ranking finds all other pairs equal, or their order
is unknown. Saying two things of one pair is a contradiction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plain.relations import CONVERSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plain.relations import Relation

Table = tuple[tuple["Relation", ...], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Of each state in `one` and each in `other`: what relation the first has to the second.

    With `same`, only of states between which it holds.
    """

    relation: Relation
    one: frozenset[int]
    other: frozenset[int]
    same: frozenset[tuple[int, int]] | None = None

    def pairs(self) -> set[tuple[int, int]]:
        """List the pairs that it is about."""
        return {
            (s, t)
            for s in self.one
            for t in self.other
            if (self.same is None or (s, t) in self.same) and not (self.relation == "U" and s == t)
        }


def by_rank(rank: Sequence[int]) -> dict[tuple[int, int], Relation]:
    """Compare all states by their ranks."""
    states = range(len(rank))
    return {
        (s, t): ">" if rank[s] > rank[t] else "<" if rank[s] < rank[t] else "~"
        for s in states
        for t in states
    }


def by_statements(
    truths: Sequence[Sequence[bool]], great: Sequence[bool], n_states: int
) -> dict[tuple[int, int], Relation]:
    """Compare all states by the first statement that is true at one and false at the other."""
    found: dict[tuple[int, int], Relation] = {}
    for s in range(n_states):
        for t in range(n_states):
            found[s, t] = "~"
            for truth, greatly in zip(truths, great, strict=True):
                if truth[s] != truth[t]:
                    better: Relation = ">>" if greatly else ">"
                    found[s, t] = better if truth[s] else CONVERSE[better]
                    break
    return found


def following(given: dict[tuple[int, int], Relation]) -> dict[tuple[int, int], Relation]:
    """Conclude step by step what is preferred to what; greatly, if a step on some way is great."""
    found: dict[tuple[int, int], Relation] = {
        pair: relation for pair, relation in given.items() if relation in (">", ">>")
    }
    while True:
        more: dict[tuple[int, int], Relation] = {}
        for (a, b), one in found.items():
            for (c, d), other in found.items():
                if b == c:
                    made: Relation = ">>" if ">>" in (one, other) else ">"
                    if found.get((a, d)) not in (">>", made) and more.get((a, d)) != ">>":
                        more[a, d] = made
        if not more:
            return found
        found |= more


def together(
    base: dict[tuple[int, int], Relation] | None, said: Sequence[Said]
) -> dict[tuple[int, int], Relation] | None:
    """Collect what is said of each pair; None if it contradicts itself or the ranking."""
    given: dict[tuple[int, int], Relation] = {}
    for one in said:
        for s, t in one.pairs():
            if s == t:
                return None
            if base is not None and one.relation != "U" and base[s, t] in ("<", "<<"):
                return None
            before = given.get((s, t), one.relation)
            if (before == "U") != (one.relation == "U") or before in ("<", "<<"):
                return None
            stronger = ">>" if ">>" in (before, one.relation) else one.relation
            given[s, t], given[t, s] = stronger, CONVERSE[stronger]
    return given


def compared(
    base: dict[tuple[int, int], Relation] | None,
    said: Sequence[Said],
    otherwise: Relation,
    n_states: int,
    *,
    transitive: bool = False,
) -> Table | None:
    """Compare all states; None if what is said contradicts itself or the ranking.

    `base` is what the ranking says, None if there is none; `otherwise` is then what holds of
    pairs of which nothing is said.
    """
    given = together(base, said)
    if given is None:
        return None
    follows = following(given) if transitive else {}
    if any(s == t for s, t in follows):
        return None
    for (s, t), relation in follows.items():
        if (s, t) not in given:
            given[s, t], given[t, s] = relation, CONVERSE[relation]
    table = {(s, t): otherwise for s in range(n_states) for t in range(n_states)}
    if base is not None:
        table = dict(base)
    for pair, relation in given.items():
        # That a pair is preferred does not make it less than greatly so.
        if not (table[pair] in (">>", "<<") and relation in (">", "<")):
            table[pair] = relation
    for s in range(n_states):
        table[s, s] = "~"
    return tuple(tuple(table[s, t] for t in range(n_states)) for s in range(n_states))
