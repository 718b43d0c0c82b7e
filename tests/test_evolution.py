"""Paths, points of no return and drift against the plain checker and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.conflict import Conflict
from detente.errors import ConflictError
from detente.evolution import (
    MOVES,
    MoveKind,
    all_paths,
    closing_moves,
    drift,
    evolve,
    moves_of_kind,
    out_of_reach,
)
from engine import as_conflict
from plain import evolution
from plain.individual import Concept
from plain.model import PlainConflict
from plain.random_conflicts import conflicts
from plain.textbook import ELMIRA, LG, MOE, PRISONERS, UR

KINDS = st.sampled_from(MOVES)
CONCEPTS: st.SearchStrategy[Concept] = st.sampled_from(["nash", "gmr", "smr", "seq", "sseq"])


@pytest.mark.concept("status_quo_analysis", evidence="checker")
@settings(max_examples=60, deadline=None)
@given(conflicts(max_dms=3), KINDS, CONCEPTS, st.data())
def test_evolution_agrees_with_the_definitions(
    plain: PlainConflict, kind: MoveKind, concept: Concept, data: st.DataObject
) -> None:
    start = data.draw(st.sampled_from(list(plain.states)))
    goal = data.draw(st.frozensets(st.sampled_from(list(plain.states)), min_size=1))
    wanted = np.isin(np.arange(plain.n_states), sorted(goal))
    conflict = as_conflict(plain)
    single = evolution.lists(plain, kind, concept)
    for dm, arcs in enumerate(moves_of_kind(conflict, kind, concept)):
        for state in plain.states:
            assert frozenset(arcs.of(state).tolist()) == single[dm][state]
    found = evolve(conflict, start, kind=kind, concept=concept)
    fewest = evolution.fewest_moves(single, start)
    for state in plain.states:
        arrival = found.arrival(state)
        assert (arrival.moves if arrival else None) == fewest.get(state)
        if arrival and arrival.moves:
            assert arrival.path.end == state
            assert arrival.path.steps[-1].mover in arrival.last_movers
    lost = evolution.lost(plain, single, goal)
    assert frozenset(np.flatnonzero(out_of_reach(found, wanted)).tolist()) == lost
    for move in closing_moves(found, wanted):
        assert move.target in lost
        assert move.source not in lost
        assert move.target in single[move.mover][move.source]
    listed = all_paths(found, wanted, max_moves=3, limit=10**6)
    assert listed.complete
    assert len(set(listed.paths)) == len(listed.paths)
    assert {tuple(map(tuple, p.steps)) for p in listed.paths} == evolution.paths(
        single, start, goal, 3
    )


@pytest.mark.concept("status_quo_analysis", evidence="published")
def test_elmira_from_the_status_quo() -> None:
    conflict = as_conflict(ELMIRA)
    by_moves = evolve(conflict, 0)
    assert sorted(s for level in by_moves.level_sets()[1:] for s in level) == list(range(1, 9))
    assert evolve(conflict, 0, kind="improvements").level_sets() == ((0,), (4,))
    arrival = by_moves.arrival(7)
    assert arrival is not None
    assert (arrival.moves, arrival.path.movers) == (3, (MOE, UR, LG))
    abandoned = np.arange(9) == 8
    assert out_of_reach(by_moves, ~abandoned).tolist() == abandoned.tolist()
    assert {move.mover for move in closing_moves(by_moves, np.arange(9) == 4)} == {MOE, UR}


def test_listing_stops_at_its_limit() -> None:
    found = evolve(as_conflict(ELMIRA), 0)
    listed = all_paths(found, np.arange(9) == 8, limit=3)
    assert (len(listed.paths), listed.complete) == (3, False)


def test_drift_divides_between_absorbing_states() -> None:
    pytest.importorskip("scipy")
    moves = [[(0, 1), (0, 2)], [(0, 3), (3, 0)]]
    conflict = Conflict.from_graph(moves=moves, ranks=[[0, 1, 1, 0], [0, 0, 0, 1]])
    found = drift(conflict, 0, weights={1: 2.0}, kind="moves")
    assert [(end.states, end.probability) for end in found.destinations] == [
        ((1,), 0.5),
        ((2,), 0.5),
    ]
    assert found.cycles == ((0, 3),)
    assert found.expected_moves == pytest.approx(5.0)
    assert drift(conflict, 1).destinations[0].states == (1,)
    thirds = drift(conflict, 0, weights={1: 2.0}).destinations
    assert [end.states for end in thirds] == [(3,), (1,), (2,)]
    assert [end.probability for end in thirds] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_drift_reports_a_cycle_that_nobody_leaves() -> None:
    pytest.importorskip("scipy")
    moves = [[(0, 1), (2, 3)], [(1, 2), (3, 1)]]
    ranks = [[0, 1, 0, 1], [0, 0, 1, 0]]
    (end,) = drift(Conflict.from_graph(moves=moves, ranks=ranks), 0, kind="moves").destinations
    assert end.cycle
    assert (end.states, end.probability) == ((1, 2, 3), 1.0)


@pytest.mark.concept("drift", evidence="checker")
@settings(max_examples=50, deadline=None)
@given(conflicts(max_dms=3), KINDS, st.data())
def test_drift_follows_the_chain(plain: PlainConflict, kind: MoveKind, data: st.DataObject) -> None:
    pytest.importorskip("scipy")
    start = data.draw(st.sampled_from(list(plain.states)))
    conflict = as_conflict(plain)
    found = drift(conflict, start, kind=kind)
    assert sum(end.probability for end in found.destinations) == pytest.approx(1.0)
    single = evolution.lists(plain, kind, "seq")
    chance = np.zeros((plain.n_states, plain.n_states))
    for s in plain.states:
        able = [dm for dm in plain.dms if single[dm][s]]
        for dm in able:
            for t in single[dm][s]:
                chance[s, t] += 1 / len(able) / len(single[dm][s])
        chance[s, s] += not able
    # A lazy chain settles where the chain does, and forgets its phase in cycles.
    later = np.linalg.matrix_power((chance + np.eye(plain.n_states)) / 2, 2**14)[start]
    for end in found.destinations:
        assert later[list(end.states)].sum() == pytest.approx(end.probability, abs=1e-3)


def test_refusals() -> None:
    pytest.importorskip("scipy")
    conflict = as_conflict(PRISONERS)
    with pytest.raises(ConflictError, match="no status quo"):
        evolve(conflict)
    with pytest.raises(ConflictError, match="no moves of kind 'improvement'"):
        evolve(conflict, 0, kind="improvement")
    with pytest.raises(ConflictError, match="there is no state 9"):
        evolve(conflict, 9)
    with pytest.raises(ConflictError, match="the weight of dm1 is -1"):
        drift(conflict, 0, weights={0: -1})
    with pytest.raises(ConflictError, match="one truth value"):
        all_paths(evolve(conflict, 0), [True])
    with pytest.raises(ConflictError, match="act at once"):
        evolve(conflict, 0, kind="unsanctioned", concept="sim")
