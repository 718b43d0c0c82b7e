"""Limited-move and non-myopic stability, Stackelberg equilibria."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import Conflict, ConflictError, SizeError, analyze
from detente.stability import MAX_HORIZON, limited_move, non_myopic, stackelberg
from engine import as_conflict, as_graph
from plain import limited
from plain.model import PlainConflict
from plain.random_conflicts import conflicts, random_conflict, seeded
from plain.textbook import CC, CD, CHICKEN, CUBA, DC, DD, PRISONERS

quick = settings(max_examples=100, deadline=None)
two_dms = conflicts(min_dms=2, max_dms=2)


def where(table: np.ndarray) -> set[int]:
    return set(np.flatnonzero(table).tolist())


# -- published -----------------------------------------------------------------------------------


@pytest.mark.concept("non_myopic", evidence="published")
@pytest.mark.parametrize(
    ("plain", "expected"),
    [(PRISONERS, {CC, DD}), (CHICKEN, {CC})],
    ids=["prisoners", "chicken"],
)
def test_non_myopic_equilibria_of_the_literature(plain: PlainConflict, expected: set[int]) -> None:
    assert set(non_myopic(as_conflict(plain)).equilibria().tolist()) == expected


def test_non_myopic_equilibrium_of_the_missile_crisis() -> None:
    assert non_myopic(as_conflict(CUBA)).equilibria().tolist() == [4]


@pytest.mark.parametrize(
    ("plain", "by_horizon"),
    [
        (CHICKEN, [{CD, DC}, set(), {CC}, {CC}]),
        (CUBA, [set(), {4, 6}, {4}, {4}]),
    ],
    ids=["chicken", "cuba"],
)
def test_equilibria_horizon_by_horizon(plain: PlainConflict, by_horizon: list[set[int]]) -> None:
    for horizon, expected in enumerate(by_horizon, 1):
        found = limited_move(as_conflict(plain), horizon)
        assert set(found.equilibria().tolist()) == expected
        assert found.horizon == horizon


def test_the_leader_in_chicken_goes_straight_on() -> None:
    conflict = as_conflict(CHICKEN)
    assert where(stackelberg(conflict, 0)) == {DC}
    assert where(stackelberg(conflict, 1)) == {CD}


# -- the definitions -----------------------------------------------------------------------------


def assert_engine_agrees(plain: PlainConflict) -> None:
    conflict = as_conflict(plain)
    for horizon in (1, 2, 3, 4, 7):
        found = limited_move(conflict, horizon)
        for dm in plain.dms:
            assert where(found.stable[dm]) == limited.limited_move(plain, horizon, dm)
            assert where(found.depends[dm]) == limited.limited_move_depends(plain, horizon, dm)
    found = non_myopic(conflict)
    for dm in plain.dms:
        assert where(found.stable[dm]) == limited.non_myopic(plain, dm)
        assert where(stackelberg(conflict, dm)) == limited.stackelberg(plain, dm)
    assert set(found.equilibria().tolist()) == limited.non_myopic_equilibria(plain)


@pytest.mark.concept("limited_move", "non_myopic", "stackelberg", evidence="checker")
@pytest.mark.parametrize("group", range(4))
def test_engine_agrees_with_the_definitions(group: int) -> None:
    rng = seeded(group)
    found = 0
    while found < 40:
        plain = random_conflict(rng, form=rng.choice(["option", "graph"]), max_dms=2, max_states=16)
        if len(plain.moves) == 2:
            found += 1
            assert_engine_agrees(plain)


@pytest.mark.concept("limited_move", "non_myopic", "stackelberg", evidence="checker")
@quick
@given(two_dms)
def test_engine_agrees_on_conflicts_that_shrink(plain: PlainConflict) -> None:
    assert_engine_agrees(plain)


# -- what must follow ----------------------------------------------------------------------------


@pytest.mark.concept("limited_move", evidence="property")
@quick
@given(two_dms)
def test_one_move_ahead_is_nash(plain: PlainConflict) -> None:
    conflict = as_conflict(plain)
    found = limited_move(conflict, 1)
    np.testing.assert_array_equal(found.stable, analyze(conflict, ["nash"]).stable("nash"))
    assert not found.depends.any()


@pytest.mark.concept("limited_move", "non_myopic", evidence="property")
@quick
@given(two_dms, st.integers(1, 6))
def test_without_ties_nothing_depends_on_breaking_them(plain: PlainConflict, horizon: int) -> None:
    strict = PlainConflict(
        plain.n_states,
        plain.moves,
        tuple(tuple(rank * 64 + s for s, rank in enumerate(row)) for row in plain.rank),
    )
    conflict = as_graph(strict)
    assert not limited_move(conflict, horizon).depends.any()
    assert not non_myopic(conflict).depends.any()


@pytest.mark.concept("limited_move", "non_myopic", "stackelberg", evidence="property")
@quick
@given(two_dms, st.data())
def test_order_of_states_and_dms_is_of_no_account(
    plain: PlainConflict, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(plain.states))
    ranks = [[row[order.index(s)] for s in plain.states] for row in plain.rank]
    moves = [sorted((order[s], order[t]) for s, t in own) for own in plain.moves]
    there = Conflict.from_graph(moves=moves[::-1], ranks=ranks[::-1])
    here = as_graph(plain)
    for before, after in [
        (limited_move(here, 3), limited_move(there, 3)),
        (non_myopic(here), non_myopic(there)),
    ]:
        np.testing.assert_array_equal(before.stable, after.stable[::-1, order])
        np.testing.assert_array_equal(before.depends, after.depends[::-1, order])
    np.testing.assert_array_equal(stackelberg(here, 0), stackelberg(there, 1)[order])


def test_a_tie_can_decide() -> None:
    """A moves to s2 or s3, equal to each other for A; B then spoils the one and not the other."""
    conflict = Conflict.from_graph(
        moves=[[(0, 1)], [(1, 2), (1, 3)]], ranks=[[1, 0, 2, 0], [0, 0, 1, 1]]
    )
    found = limited_move(conflict, 2)
    assert found.depends[0].tolist() == [True, False, False, False]
    assert found.stable[0].tolist() == [False, True, True, True]
    always = non_myopic(conflict)
    assert always.depends[0].tolist() == [True, False, False, False]


def test_three_dms_are_refused() -> None:
    conflict = Conflict.from_arrays(options=[1, 0, 0], ranks=np.zeros((3, 2), int))
    refused = pytest.raises(ConflictError, match=r"defined for two decision makers, not 3")
    with refused:
        limited_move(conflict, 2)
    with refused:
        non_myopic(conflict)
    with refused:
        stackelberg(conflict, 0)


@pytest.mark.parametrize("horizon", [0, -1, MAX_HORIZON + 1])
def test_horizon_out_of_bounds_is_refused(horizon: int) -> None:
    with pytest.raises(ConflictError, match=r"the horizon is .*: it should be 1 to 1000"):
        limited_move(as_conflict(CHICKEN), horizon)


def test_unknown_leader_is_refused() -> None:
    with pytest.raises(ConflictError, match=r"the leader is DM 2: it should be 0 or 1"):
        stackelberg(as_conflict(CHICKEN), 2)


def test_too_many_states_are_refused() -> None:
    ranks = np.zeros((2, 2**13), int)
    with pytest.raises(SizeError, match=r"8192 states are too many"):
        non_myopic(Conflict.from_arrays(options=[7, 6], ranks=ranks))
