"""What would have to change, by trying everything."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from plain.individual import equilibria

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plain.individual import Concept
    from plain.model import PlainConflict

Ranking = tuple[int, ...]


def rankings(n: int) -> list[Ranking]:
    """Return all rankings of n states, ties allowed, as ranks without gaps."""
    return [r for r in product(range(n), repeat=n) if set(r) == set(range(max(r) + 1))]


def distance(one: Sequence[int], other: Sequence[int]) -> Fraction:
    """Return the number of pairs compared the other way, one half where one of the two ties."""

    def compare(rank: Sequence[int], a: int, b: int) -> int:
        return (rank[a] > rank[b]) - (rank[a] < rank[b])

    pairs = [(a, b) for a in range(len(one)) for b in range(a)]
    return sum(
        (Fraction(abs(compare(one, a, b) - compare(other, a, b)), 2) for a, b in pairs),
        Fraction(0),
    )


def nearest(
    conflict: PlainConflict, state: int, concept: Concept, vary: Sequence[int]
) -> tuple[Fraction | None, set[tuple[Ranking, ...]]]:
    """Return the least total change that makes the state an equilibrium, and all such profiles."""
    best: Fraction | None = None
    found: set[tuple[Ranking, ...]] = set()
    for profile in product(rankings(conflict.n_states), repeat=len(vary)):
        rank = list(conflict.rank)
        for dm, ranking in zip(vary, profile, strict=True):
            rank[dm] = ranking
        far = sum((distance(a, b) for a, b in zip(rank, conflict.rank, strict=True)), Fraction(0))
        if best is not None and far > best:
            continue
        if state in equilibria(replace(conflict, rank=tuple(rank)), concept):
            if best is None or far < best:
                best, found = far, set()
            found.add(profile)
    return best, found
