"""Positions of states: bounded, apart, repeatable, and telling."""

from __future__ import annotations

import itertools
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case import load
from detente.conflict import Conflict
from detente.errors import SizeError
from detente.figures import (
    best_between,
    choose_states,
    lay_out_states,
    moves_between,
    moves_from,
)
from detente.stability import analyze

DIRECTIONS: list[Literal["on", "off"]] = ["on", "off"]


@st.composite
def conflicts(draw: st.DrawFn) -> Conflict:
    options = draw(st.lists(st.integers(0, 3), min_size=1, max_size=3))
    n_codes = 1 << sum(options)
    codes = draw(st.sets(st.integers(0, n_codes - 1), min_size=1))
    ranks = [[draw(st.integers(0, 3)) for _ in codes] for _ in options]
    one_way = {
        option: draw(st.sampled_from(DIRECTIONS))
        for option in draw(st.sets(st.integers(0, max(sum(options) - 1, 0))))
        if option < sum(options)
    }
    return Conflict.from_arrays(
        options=options, ranks=ranks, feasible=sorted(codes), one_way=one_way
    )


def test_a_square_of_two_options_is_drawn_as_one() -> None:
    chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    x, y = lay_out_states(chicken, goals=[3]).positions.T
    # The goal is on the right, the state that differs from it in both options on the left.
    assert (x[0], x[3]) == (0.0, 1.0)
    assert y[0] == pytest.approx(y[3], abs=0.05)
    assert sorted(np.round(y[[1, 2]]).tolist()) == [0.0, 1.0]


def test_the_same_option_points_the_same_way() -> None:
    cube = Conflict.from_arrays(options=[3], ranks=[list(range(8))])
    positions = lay_out_states(cube).positions * [1.5, 1.0]
    for bit in (1, 2, 4):
        steps = [positions[s | bit] - positions[s] for s in range(8) if not s & bit]
        units = [step / np.hypot(*step) for step in steps]
        assert min(float(a @ b) for a, b in itertools.combinations(units, 2)) > 0.7


def test_the_status_quo_stands_left_of_the_equilibria() -> None:
    for name in ("elmira", "us-russia-2025"):
        conflict = load(name).conflict()
        goals = analyze(conflict, ["seq"]).equilibria("seq")
        layout = lay_out_states(conflict, goals=goals)
        assert conflict.status_quo is not None
        start = layout.of(conflict.status_quo)
        ends = [place for goal in goals if (place := layout.of(int(goal)))]
        assert start is not None
        assert len(ends) == len(goals)
        assert start[0] < np.mean([x for x, _ in ends]) - 0.1


@settings(deadline=None, max_examples=60)
@given(conflicts())
def test_positions_are_bounded_apart_and_repeatable(conflict: Conflict) -> None:
    layout = lay_out_states(conflict, goals=[0])
    again = lay_out_states(conflict, goals=[0])
    assert layout.complete
    assert np.array_equal(layout.positions, again.positions)
    assert layout.positions.min() >= 0.0
    assert layout.positions.max() <= 1.0
    assert len(np.unique(np.round(layout.positions, 3), axis=0)) == conflict.n_states


@settings(deadline=None, max_examples=60)
@given(conflicts(), st.data())
def test_moves_between_states_are_the_conflicts_own(
    conflict: Conflict, data: st.DataObject
) -> None:
    wanted = data.draw(st.sets(st.integers(0, conflict.n_states - 1), min_size=1))
    states = np.array(sorted(wanted), dtype=np.intp)
    for dm, table in enumerate(moves_between(conflict, states)):
        pairs = {(int(a), int(b)) for a, b in states[np.argwhere(table)]}
        listed = {(a, b) for a, b in conflict.moves(dm).pairs().tolist()}
        assert pairs == {(a, b) for a, b in listed if a in wanted and b in wanted}
        for state in wanted:
            targets = sorted(b for a, b in listed if a == state)
            assert sorted(moves_from(conflict, dm, state).tolist()) == targets


@settings(deadline=None, max_examples=60)
@given(conflicts(), st.data())
def test_the_best_improvements_are_the_best_of_all_and_equals_are_alike(
    conflict: Conflict, data: st.DataObject
) -> None:
    wanted = data.draw(st.sets(st.integers(0, conflict.n_states - 1), min_size=1))
    states = np.array(sorted(wanted), dtype=np.intp)
    for dm, table in enumerate(best_between(conflict, states)):
        rank = conflict.ranks[dm].tolist()
        better = [(a, b) for a, b in conflict.moves(dm).pairs().tolist() if rank[b] > rank[a]]
        best = {
            (a, b)
            for a, b in better
            if a in wanted
            and b in wanted
            and all(rank[c] <= rank[b] for source, c in better if source == a)
        }
        assert {(int(a), int(b)) for a, b in states[np.argwhere(table)]} == best


@settings(deadline=None, max_examples=60)
@given(conflicts(), st.integers(1, 5), st.data())
def test_what_is_wanted_is_chosen_first(
    conflict: Conflict, limit: int, data: st.DataObject
) -> None:
    wanted = data.draw(st.lists(st.integers(0, conflict.n_states - 1), unique=True))
    chosen = choose_states(conflict, wanted, limit)
    if conflict.n_states <= limit:
        assert chosen.tolist() == list(range(conflict.n_states))
    else:
        assert len(chosen) == limit
        assert chosen.tolist() == sorted(set(chosen.tolist()))
        assert set(wanted[:limit]) <= set(chosen.tolist())


def test_states_nearest_by_improvements_are_chosen() -> None:
    moves = [[(0, 4), (0, 1), (1, 2), (4, 3)]]
    chain = Conflict.from_graph(moves=moves, ranks=[[1, 2, 3, 0, 0]])
    # From the first state one move improves, the other does not.
    assert choose_states(chain, [0], 2).tolist() == [0, 1]
    assert choose_states(chain, [0], 3).tolist() == [0, 1, 4]
    assert choose_states(chain, [0], 4).tolist() == [0, 1, 2, 4]


def test_distances_on_a_graph_without_options_are_steps() -> None:
    moves = [[(state, state + 1) for state in range(5)]]
    chain = Conflict.from_graph(moves=moves, ranks=[list(range(6))])
    x = lay_out_states(chain, goals=[5]).positions[:, 0]
    assert (np.diff(x) > 0.1).all()


def test_large_conflicts_are_filtered_and_too_many_states_refused() -> None:
    large = Conflict.from_arrays(options=[6, 6], ranks=np.zeros((2, 4096), dtype=int))
    layout = lay_out_states(large, goals=[4095])
    assert not layout.complete
    assert len(layout.states) == 200
    assert layout.of(4095) is not None
    assert layout.of(int(np.setdiff1d(np.arange(4096), layout.states)[0])) is None
    with pytest.raises(SizeError, match="choose at most 2000"):
        lay_out_states(large, range(2001))


def test_a_single_state_stands_in_the_middle() -> None:
    one = Conflict.from_arrays(options=[0], ranks=[[0]])
    assert lay_out_states(one).positions.tolist() == [[0.5, 0.5]]
