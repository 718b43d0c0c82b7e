"""Preferences pair by pair, against the plain checker and published cases."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from detente.conflict import Conflict
from detente.errors import ConflictError, SizeError
from detente.stability import analyze, analyze_pairwise, pairwise, stable_pairwise
from detente.stability.pair_kernels import answered
from engine import as_conflict
from plain import relations as plain
from plain.model import PlainConflict, graph, option_form
from plain.random_conflicts import random_conflict, random_pairwise, seeded

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


@pytest.mark.concept("unknown_preference", "strength", evidence="checker")
@pytest.mark.parametrize("seed", range(60))
def test_the_conventions_agree_with_the_plain_checker(seed: int) -> None:
    rng = seeded(seed)
    form: Any = rng.choice(["option", "graph"])
    conflict = random_conflict(rng, form=form, max_states=12)
    expected = random_pairwise(rng, conflict)
    numbers = {">>": 2, ">": 1, "~": 0, "<": -1, "<<": -2, "U": 9}
    relations = np.array([[[numbers[r] for r in row] for row in own] for own in expected.relation])
    opponents: Any = rng.choice(["legal", "once", "single"])
    back = rng.random() < 0.5
    found = analyze_pairwise(
        as_conflict(conflict).form,
        relations.astype(np.int8),
        opponents=opponents,
        status_quo_sanctions=back,
    )
    concept: Any
    for concept in found.concepts:
        for extension in plain.EXTENSIONS:
            for degree in plain.DEGREES if concept != "nash" else plain.DEGREES[:1]:
                rows = found.stable(concept, extension, degree)
                for dm, row in enumerate(rows):
                    wanted = plain.stable(
                        expected,
                        concept,
                        dm,
                        extension=extension,
                        degree=degree,
                        opponents=opponents,
                        status_quo_sanctions=back,
                    )
                    assert set(np.flatnonzero(row).tolist()) == wanted
                    if degree != "weak":
                        left = found.departures(concept, dm, extension, degree)
                        assert (np.diff(left.starts) > 0).tolist() == (~row).tolist()


@pytest.mark.parametrize("n_states", [63, 64, 65, 130])
def test_bits_are_split_into_parts_of_any_size(
    n_states: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = seeded(n_states)
    moves = [[(s, t) for s in range(n_states) for t in rng.sample(range(n_states), 2) if s != t]]
    moves += [[(s, (s + 1) % n_states) for s in range(n_states)]]
    ranks = [[rng.randrange(9) for _ in range(n_states)] for _ in range(2)]
    conflict = Conflict.from_graph(moves=moves, ranks=ranks)
    whole = analyze_pairwise(conflict.form, pairwise(ranks))
    ordinary = analyze(conflict)
    monkeypatch.setattr("detente.stability.pair_kernels._AT_ONCE", 100)
    parted = analyze_pairwise(conflict.form, pairwise(ranks))
    for concept in whole.concepts:
        assert (whole.stable(concept) == ordinary.stable(concept)).all()
        assert (parted.stable(concept) == whole.stable(concept)).all()


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
    with pytest.raises(ConflictError, match="was not analysed"):
        analyze_pairwise(conflict.form, relations, ["gmr", "sim"]).stable("smr")
    with pytest.raises(ConflictError, match="not applicable: it is not defined on pairs"):
        analyze_pairwise(conflict.form, relations, ["gmr", "sim"]).stable("sim")
    with pytest.raises(ConflictError, match="there is no extension 'e'"):
        analyze_pairwise(conflict.form, relations).stable("gmr", "e")  # type: ignore[arg-type]
    arcs = [conflict.moves(0)] * 13
    with pytest.raises(SizeError, match="13 opponents who each move once are too many"):
        answered(arcs, conflict.n_states, "once")
    with pytest.raises(SizeError, match="8193 states are too many"):
        pairwise(np.zeros((1, 8193), dtype=int))
    with pytest.raises(ConflictError, match="have the shape"):
        stable_pairwise(conflict.form, relations[:1], "gmr", 0)
    relations[0, 0, 1] = 1
    with pytest.raises(ConflictError, match="one way and not the other"):
        stable_pairwise(conflict.form, relations, "gmr", 0)
