"""The engine says of every state what the definitions say, and what must follow from them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import Conflict, analyze
from engine import as_conflict, as_graph
from plain import individual
from plain.individual import CONCEPTS, OPPONENTS
from plain.model import PlainConflict
from plain.random_conflicts import conflicts, option_conflicts, random_conflict, seeded
from plain.smallest import smallest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plain.individual import Concept, Opponents

CONVENTIONS = tuple(product(OPPONENTS, (True, False)))
SEQUENTIAL: tuple[Concept, ...] = ("nash", "gmr", "smr", "seq", "sseq")

quick = settings(max_examples=60, deadline=None)


def verdicts(
    conflict: Conflict, opponents: Opponents, sanctions: bool
) -> dict[Concept, list[set[int]]]:
    result = analyze(conflict, CONCEPTS, opponents=opponents, status_quo_sanctions=sanctions)
    return {
        concept: [set(np.flatnonzero(row).tolist()) for row in result.stable(concept)]
        for concept in CONCEPTS
        if concept in result.concepts
    }


def differences(plain: PlainConflict) -> list[tuple[Concept, Opponents, bool]]:
    """Under which concepts and conventions the engine says something else than the checker."""
    conflict = as_conflict(plain)
    differing: list[tuple[Concept, Opponents, bool]] = []
    for opponents, sanctions in CONVENTIONS:
        found = verdicts(conflict, opponents, sanctions)
        assert tuple(found) == (CONCEPTS if plain.codes is not None else SEQUENTIAL)
        for concept, rows in found.items():
            expected = [
                individual.stable(
                    plain, concept, dm, opponents=opponents, status_quo_sanctions=sanctions
                )
                for dm in plain.dms
            ]
            if rows != expected:
                differing.append((concept, opponents, sanctions))
    return differing


# -- the definitions -----------------------------------------------------------------------------


def drawn(group: int) -> Iterator[PlainConflict]:
    """Draw 110 conflicts: most of them small, so that many fit, a tenth of full size."""
    rng = seeded(group)
    for _ in range(50):
        yield random_conflict(rng, form="option", max_dms=3, max_states=16)
        yield random_conflict(rng, form="graph", max_dms=3, max_states=12)
    for _ in range(5):
        yield random_conflict(rng, form="option", max_dms=4, max_states=64)
        yield random_conflict(rng, form="graph", max_dms=4, max_states=64)


@pytest.mark.concept(
    "nash",
    "gmr",
    "smr",
    "seq",
    "sseq",
    "sim",
    "fraser_hipel",
    "legal_sequences",
    "infeasible",
    "one_way",
    evidence="checker",
)
@pytest.mark.parametrize("group", range(20))
def test_engine_agrees_with_the_definitions(group: int) -> None:
    for plain in drawn(group):
        if differences(plain):
            least = smallest(plain, lambda conflict: bool(differences(conflict)))
            assert differences(least) == [], least


def test_drawn_conflicts_cover_what_can_differ() -> None:
    plains = [plain for group in range(20) for plain in drawn(group)]
    assert len(plains) == 2200
    assert {len(plain.moves) for plain in plains} == {1, 2, 3, 4}
    assert {1, 2, 64} <= {plain.n_states for plain in plains}
    option = [plain for plain in plains if plain.codes is not None]
    assert any(0 in (plain.owned or ()) for plain in option)
    assert {way for plain in option for way in plain.one_way.values()} == {"on", "off"}
    assert any(plain.n_states < 2 ** sum(plain.owned or ()) for plain in option)
    assert any(len(set(row)) < plain.n_states for plain in plains for row in plain.rank)
    assert any(len(set(row)) == plain.n_states == 64 for plain in plains for row in plain.rank)


@pytest.mark.concept("nash", "gmr", "smr", "seq", "sseq", "sim", "fraser_hipel", evidence="checker")
@quick
@given(conflicts())
def test_engine_agrees_on_conflicts_that_shrink(plain: PlainConflict) -> None:
    assert differences(plain) == []


# -- inclusions ----------------------------------------------------------------------------------


@pytest.mark.concept(
    "nash", "gmr", "smr", "seq", "sseq", "sim", "fraser_hipel", evidence="property"
)
@quick
@given(conflicts(), st.sampled_from(CONVENTIONS))
def test_concepts_include_each_other(
    plain: PlainConflict, conventions: tuple[Opponents, bool]
) -> None:
    found = verdicts(as_conflict(plain), *conventions)
    for dm in plain.dms:
        of = {concept: rows[dm] for concept, rows in found.items()}
        assert of["nash"] <= of["sseq"] <= of["seq"] <= of["gmr"]
        assert of["sseq"] <= of["smr"] <= of["gmr"]
        if plain.codes is not None:
            assert of["nash"] <= of["sim"]
            assert of["seq"] <= of["fraser_hipel"] <= of["seq"] | of["sim"]


@quick
@given(conflicts(), st.booleans())
def test_more_ways_to_answer_sanction_more(plain: PlainConflict, sanctions: bool) -> None:
    conflict = as_conflict(plain)
    single, once, legal = (
        verdicts(conflict, opponents, sanctions) for opponents in ("single", "once", "legal")
    )
    for concept, dm in product(SEQUENTIAL, plain.dms):
        assert single[concept][dm] <= once[concept][dm] <= legal[concept][dm]


@quick
@given(conflicts(), st.sampled_from(OPPONENTS))
def test_the_status_quo_as_a_sanction_can_only_add(
    plain: PlainConflict, opponents: Opponents
) -> None:
    conflict = as_conflict(plain)
    without, counted = (verdicts(conflict, opponents, flag) for flag in (False, True))
    for concept, dm in product(SEQUENTIAL, plain.dms):
        assert without[concept][dm] <= counted[concept][dm]
        if plain.codes is not None or concept in ("nash", "smr", "sseq"):
            assert without[concept][dm] == counted[concept][dm]


# -- what a description leaves open must not matter -----------------------------------------------


def tables(conflict: Conflict, concepts: Sequence[Concept] = CONCEPTS) -> dict[str, np.ndarray]:
    """Tables of every concept that applies under every convention."""
    return {
        f"{concept} {opponents} {sanctions}": result.stable(concept)
        for opponents, sanctions in CONVENTIONS
        for result in [
            analyze(conflict, concepts, opponents=opponents, status_quo_sanctions=sanctions)
        ]
        for concept in result.concepts
    }


def assert_same(
    first: Conflict, second: Conflict, states: Sequence[int], dms: Sequence[int]
) -> None:
    """State s of the first is state `states[s]` of the second; DM d is DM `dms[d]`."""
    before, after = tables(first), tables(second)
    assert before.keys() == after.keys()
    for key, table in before.items():
        np.testing.assert_array_equal(table, after[key][np.ix_(dms, states)], err_msg=key)


@pytest.mark.concept("nash", "gmr", "smr", "seq", "sseq", evidence="property")
@quick
@given(conflicts())
def test_ranks_count_by_their_order_only(plain: PlainConflict) -> None:
    conflict = as_conflict(plain)
    stretched = [[7 * rank**3 - 100 for rank in row] for row in plain.rank]
    same = PlainConflict(
        plain.n_states,
        plain.moves,
        tuple(map(tuple, stretched)),
        plain.codes,
        plain.owned,
        plain.one_way,
    )
    assert_same(conflict, as_conflict(same), plain.states, plain.dms)


@quick
@given(conflicts(), st.data())
def test_dms_can_be_given_in_any_order(plain: PlainConflict, data: st.DataObject) -> None:
    order = data.draw(st.permutations(plain.dms))
    graph = Conflict.from_graph(
        moves=[sorted(plain.moves[dm]) for dm in order], ranks=[plain.rank[dm] for dm in order]
    )
    where = [order.index(dm) for dm in plain.dms]
    assert_same(as_graph(plain), graph, plain.states, where)


@quick
@given(conflicts(), st.data())
def test_states_can_be_given_in_any_order(plain: PlainConflict, data: st.DataObject) -> None:
    order = data.draw(st.permutations(plain.states))
    relabelled = Conflict.from_graph(
        moves=[sorted((order[s], order[t]) for s, t in own) for own in plain.moves],
        ranks=[[row[order.index(s)] for s in plain.states] for row in plain.rank],
    )
    assert_same(as_graph(plain), relabelled, order, plain.dms)


@pytest.mark.concept("sim", "fraser_hipel", "infeasible", "one_way", evidence="property")
@quick
@given(option_conflicts(), st.data())
def test_options_and_dms_can_be_given_in_any_order(
    plain: PlainConflict, data: st.DataObject
) -> None:
    assert plain.codes is not None
    assert plain.owned is not None
    dms = data.draw(st.permutations(plain.dms))
    first = np.cumsum([0, *plain.owned])
    options = [
        option
        for dm in dms
        for option in data.draw(st.permutations(range(first[dm], first[dm] + plain.owned[dm])))
    ]
    codes = [
        sum((code >> option & 1) << position for position, option in enumerate(options))
        for code in plain.codes
    ]
    ascending = sorted(plain.states, key=codes.__getitem__)
    shuffled = Conflict.from_arrays(
        options=[plain.owned[dm] for dm in dms],
        ranks=[[plain.rank[dm][state] for state in ascending] for dm in dms],
        feasible=sorted(codes),
        one_way={options.index(option): way for option, way in plain.one_way.items()},
    )
    states = [ascending.index(state) for state in plain.states]
    assert_same(as_conflict(plain), shuffled, states, [dms.index(dm) for dm in plain.dms])


@quick
@given(option_conflicts(), st.data())
def test_an_option_can_be_given_the_other_way_round(
    plain: PlainConflict, data: st.DataObject
) -> None:
    """To take the option "not x" is to give x up."""
    assert plain.codes is not None
    assert plain.owned is not None
    flipped = data.draw(st.sets(st.integers(0, sum(plain.owned) - 1)))
    codes = [code ^ sum(1 << option for option in flipped) for code in plain.codes]
    ascending = sorted(plain.states, key=codes.__getitem__)
    other: dict[str, str] = {"on": "off", "off": "on"}
    renamed = Conflict.from_arrays(
        options=plain.owned,
        ranks=[[row[state] for state in ascending] for row in plain.rank],
        feasible=sorted(codes),
        one_way={o: other[w] if o in flipped else w for o, w in plain.one_way.items()},  # type: ignore[misc]
    )
    states = [ascending.index(state) for state in plain.states]
    assert_same(as_conflict(plain), renamed, states, plain.dms)


@quick
@given(conflicts(max_dms=3), st.data())
def test_a_dm_that_cannot_move_changes_nothing(plain: PlainConflict, data: st.DataObject) -> None:
    ranks = [
        *plain.rank,
        data.draw(st.lists(st.integers(0, 9), min_size=plain.n_states, max_size=plain.n_states)),
    ]
    if plain.codes is not None and plain.owned is not None:
        bigger = Conflict.from_arrays(
            options=[*plain.owned, 0], ranks=ranks, feasible=plain.codes, one_way=plain.one_way
        )
    else:
        bigger = Conflict.from_graph(moves=[*map(sorted, plain.moves), []], ranks=ranks)
    assert_same(as_conflict(plain), bigger, plain.states, plain.dms)
    for table in tables(bigger).values():
        assert table[-1].all()


@pytest.mark.concept("one_way", "infeasible", evidence="property")
@quick
@given(option_conflicts())
def test_option_form_equals_its_graph(plain: PlainConflict) -> None:
    before, after = tables(as_conflict(plain), SEQUENTIAL), tables(as_graph(plain), SEQUENTIAL)
    for key, table in before.items():
        np.testing.assert_array_equal(table, after[key], err_msg=key)


# -- each DM by its own concept ------------------------------------------------------------------


@quick
@given(option_conflicts(), st.data())
def test_each_dm_may_be_judged_by_its_own_concept(
    plain: PlainConflict, data: st.DataObject
) -> None:
    conflict = as_conflict(plain)
    concepts = [data.draw(st.sampled_from(CONCEPTS)) for _ in plain.dms]
    chosen = dict(zip(conflict.decision_makers, concepts, strict=True))
    found = analyze(conflict, CONCEPTS).equilibria(chosen)
    assert set(found.tolist()) == individual.mixed_equilibria(plain, concepts)
