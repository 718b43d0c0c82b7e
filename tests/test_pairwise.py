"""Preferences pair by pair, against the plain checker and published cases."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from detente.conflict import Conflict
from detente.errors import ConflictError
from detente.stability import pairwise, stable_pairwise
from engine import as_conflict
from plain import relations as plain
from plain.model import PlainConflict, graph, option_form

if TYPE_CHECKING:
    from collections.abc import Sequence

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


def some_conflict(random: Random) -> PlainConflict:
    if random.random() < 0.5:
        owned = random.choice(([1, 1], [2, 1], [1, 1, 1]))
        n = 2 ** sum(owned)
        rank = [[random.randrange(4) for _ in range(n)] for _ in owned]
        return option_form(owned, range(n), rank)
    n, m = random.randrange(2, 6), random.choice((1, 2, 3))
    moves = [
        [(s, t) for s in range(n) for t in range(n) if s != t and random.random() < 0.4]
        for _ in range(m)
    ]
    return graph(n, moves, [[random.randrange(4) for _ in range(n)] for _ in range(m)])


def some_pairs(random: Random, conflict: PlainConflict) -> list[list[tuple[int, int]]]:
    pairs = [(a, b) for a in conflict.states for b in conflict.states if a < b]
    return [[p for p in pairs if random.random() < 0.3] for _ in conflict.dms]


@pytest.mark.concept("unknown_preference", "strength", evidence="checker")
@pytest.mark.parametrize("seed", range(120))
def test_pairs_agree_with_the_plain_checker(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - repeatable
    conflict = some_conflict(random)
    unknown = some_pairs(random, conflict)
    greatly = [
        [(a, b) if conflict.prefers(dm, a, b) else (b, a) for a, b in pairs]
        for dm, pairs in enumerate(some_pairs(random, conflict))
    ]
    expected = plain.pairwise(conflict, unknown=unknown, greatly=greatly)
    relations = pairwise(conflict.rank, unknown=unknown, greatly=greatly)
    form = as_conflict(conflict).form
    concept: Any
    for concept in CONCEPTS:
        degrees: Any = ("general",) if concept == "nash" else ("general", "strong", "weak")
        for dm in conflict.dms:
            for extension in plain.EXTENSIONS:
                for degree in degrees:
                    found = stable_pairwise(
                        form, relations, concept, dm, extension=extension, degree=degree
                    )
                    wanted: Any = plain.stable(
                        expected, concept, dm, extension=extension, degree=degree
                    )
                    assert set(np.flatnonzero(found).tolist()) == wanted


def named(form_states: str | Sequence[str], found: Any) -> list[str]:
    return [form_states[int(state)] for state in np.flatnonzero(found)]


@pytest.mark.concept("unknown_preference", evidence="published")
def test_lake_gisborne_with_an_unknown_province() -> None:
    places = {
        "federal": ["s2", "s6", "s4", "s8", "s1", "s5", "s3", "s7"],
        "support": ["s3", "s4", "s7", "s8", "s5", "s6", "s1", "s2"],
    }
    states = [f"s{number}" for number in range(1, 9)]
    federal, support = ([7 - order.index(state) for state in states] for order in places.values())
    conflict = Conflict.from_arrays(options=[1, 1, 1], ranks=[federal, [0] * 8, support])
    known = [(2, 6), (3, 7), (0, 4), (1, 5)]
    pairs = [(a, b) for a in range(8) for b in range(a) if {a, b} not in map(set, known)]
    relations = pairwise(conflict.ranks, unknown=[[], pairs, []])
    for better, worse in known:
        relations[1, better, worse], relations[1, worse, better] = 1, -1

    def equilibria(concept: str, extension: Any) -> list[str]:
        rows = [
            stable_pairwise(conflict.form, relations, concept, dm, extension=extension)
            for dm in range(3)
        ]
        return named(states, np.all(rows, axis=0))

    assert {e: equilibria("nash", e) for e in "abcd"} == {
        "a": [],
        "b": ["s4", "s6"],
        "c": [],
        "d": ["s4", "s6"],
    }
    assert equilibria("gmr", "a") == []
    assert equilibria("gmr", "b") == ["s4", "s6", "s8"]


@pytest.mark.concept("strength", evidence="checker")
def test_strong_and_weak_by_hand() -> None:
    # A improves from a to b and from e to f; B then takes it to c, much worse than a, and to d,
    # mildly worse than e.
    order = ["b", "f", "a", "e", "c", "d"]
    states = "abcdef"
    first = [5 - order.index(state) for state in states]
    second = [{"c": 2, "d": 1}.get(state, 0) for state in states]
    conflict = Conflict.from_graph(
        moves=[[(0, 1), (4, 5)], [(1, 2), (5, 3)]], ranks=[first, second]
    )
    relations = pairwise(conflict.ranks, greatly=[[(0, 2)]])

    def stable(concept: str, degree: Any) -> list[str]:
        return named(states, stable_pairwise(conflict.form, relations, concept, 0, degree=degree))

    assert stable("gmr", "general") == list(states)
    for concept in ("gmr", "smr", "seq"):
        assert stable(concept, "strong") == ["a", "b", "c", "d", "f"]
        assert stable(concept, "weak") == ["e"]


def test_mistakes() -> None:
    conflict = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 2, 3], [3, 2, 1, 0]])
    relations = pairwise(conflict.ranks)
    with pytest.raises(ConflictError, match="neither strong nor weak"):
        stable_pairwise(conflict.form, relations, "nash", 0, degree="strong")
    with pytest.raises(ConflictError, match="not defined on pairs"):
        stable_pairwise(conflict.form, relations, "sim", 0)
    relations[0, 0, 1] = 1
    with pytest.raises(ConflictError, match="one way and not the other"):
        stable_pairwise(conflict.form, relations, "gmr", 0)
