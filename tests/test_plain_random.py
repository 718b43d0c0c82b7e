"""Inclusions between the concepts on random conflicts, and what those conflicts cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings

from plain import individual
from plain.random_conflicts import (
    conflicts,
    option_conflicts,
    random_conflict,
    random_pairwise,
    seeded,
)
from plain.smallest import smallest

if TYPE_CHECKING:
    from collections.abc import Callable

    from plain.model import PlainConflict

quick = settings(max_examples=60, deadline=None)


def assert_inclusions(conflict: PlainConflict) -> None:
    for opponents in individual.OPPONENTS:
        for flag in (True, False):
            for dm in conflict.dms:
                nash, gmr, smr, seq, sseq = (
                    individual.stable(
                        conflict, concept, dm, opponents=opponents, status_quo_sanctions=flag
                    )
                    for concept in ("nash", "gmr", "smr", "seq", "sseq")
                )
                assert nash <= sseq <= seq <= gmr
                assert sseq <= smr <= gmr
                if conflict.codes is not None:
                    tableau = individual.stable(
                        conflict,
                        "fraser_hipel",
                        dm,
                        opponents=opponents,
                        status_quo_sanctions=flag,
                    )
                    assert seq <= tableau <= seq | individual.stable(conflict, "sim", dm)


@pytest.mark.parametrize("seed", range(10))
def test_inclusions_on_seeded_conflicts(seed: int) -> None:
    rng = seeded(seed)
    for _ in range(15):
        assert_inclusions(random_conflict(rng, form="option"))
        assert_inclusions(random_conflict(rng, form="graph"))


@quick
@given(conflicts(max_options=5))
def test_inclusions(conflict: PlainConflict) -> None:
    assert_inclusions(conflict)


@quick
@given(option_conflicts(max_options=5))
def test_option_form_needs_neither_flag_nor_closure(conflict: PlainConflict) -> None:
    for own in conflict.moves:
        # Per-option directions make the moves transitive.
        assert all((s, u) in own for s, t in own for x, u in own if x == t and u != s)
    for concept in individual.CONCEPTS:
        assert individual.equilibria(conflict, concept) == individual.equilibria(
            conflict, concept, status_quo_sanctions=False
        )


def test_the_generator_covers_what_it_should() -> None:
    rng = seeded(0)
    option = [random_conflict(rng, form="option") for _ in range(300)]
    graphs = [random_conflict(rng, form="graph") for _ in range(300)]
    for many in (option, graphs):
        assert {len(c.moves) for c in many} == {1, 2, 3, 4}
        assert min(c.n_states for c in many) == 1
        assert max(c.n_states for c in many) > 50
        rows = [(row, c.n_states) for c in many for row in c.rank if c.n_states > 2]
        assert {len(set(row)) == n for row, n in rows} == {True, False}
        assert any(len(set(row)) == 1 for row, _ in rows)
    assert max(c.n_states for c in option) == 64
    assert {sum(c.owned or ()) for c in option} == set(range(1, 7))
    assert any(0 in (c.owned or ()) for c in option)
    assert any(c.n_states < 2 ** sum(c.owned or ()) for c in option)
    assert {way for c in option for way in c.one_way.values()} == {"on", "off"}
    assert any(a & b for c in graphs for a in c.moves for b in c.moves if a is not b)
    assert any(own and any((t, s) in own for s, t in own) for c in graphs for own in c.moves)
    assert any(
        (t, s) in b for c in graphs for a in c.moves for b in c.moves if a is not b for s, t in a
    )
    assert any(
        (s, u) not in own
        for c in graphs
        for own in c.moves
        for s, t in own
        for x, u in own
        if x == t and u != s
    )
    symbols = {
        symbol
        for c in graphs[:50]
        for own in random_pairwise(rng, c).relation
        for row in own
        for symbol in row
    }
    assert symbols == {">>", ">", "~", "<", "<<", "U"}
    assert random_conflict(seeded(7)) == random_conflict(seeded(7))
    assert random_conflict(seeded(7), max_states=5, max_dms=1).n_states <= 5


def takes_the_status_quo_for_a_sanction(conflict: PlainConflict) -> bool:
    return individual.equilibria(conflict, "seq") != individual.equilibria(
        conflict, "seq", status_quo_sanctions=False
    )


def deters(conflict: PlainConflict) -> bool:
    return individual.equilibria(conflict, "nash") != individual.equilibria(conflict, "gmr")


@pytest.mark.parametrize(
    ("fails", "form", "n_states"),
    [
        (takes_the_status_quo_for_a_sanction, "graph", 2),  # a move that is taken back
        (deters, "option", 3),  # a move and the answer to it
    ],
)
def test_the_smallest_failing_conflict(
    fails: Callable[[PlainConflict], bool], form: Literal["option", "graph"], n_states: int
) -> None:
    rng = seeded(3)
    drawn = (random_conflict(rng, form=form) for _ in range(1000))
    small = smallest(next(conflict for conflict in drawn if fails(conflict)), fails)
    assert fails(small)
    assert (small.n_states, len(small.moves)) == (n_states, 2)
