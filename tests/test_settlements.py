"""Settlements, breaches and leverage against the plain checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coalitions import (
    COALITION_CONCEPTS,
    GRADES,
    Bargaining,
    analyze_coalitions,
    breaches,
    coalitions_of,
    leverage,
    settlements,
)
from detente.conflict import Path
from detente.errors import ConflictError
from detente.stability import analyze
from engine import as_conflict
from plain import settlement
from plain.random_conflicts import conflicts, option_conflicts, random_conflict, seeded
from plain.textbook import CC, DD, ELMIRA, LG, MOE, PRISONERS, UR

if TYPE_CHECKING:
    from detente.coalitions import CoalitionConcept, Settlements
    from plain.model import PlainConflict


NESTED: list[tuple[CoalitionConcept, CoalitionConcept]] = [
    ("nash", "smr"),
    ("nash", "seq"),
    ("smr", "gmr"),
    ("seq", "gmr"),
]


def numbers(mask: np.ndarray) -> frozenset[int]:
    return frozenset(np.flatnonzero(mask).tolist())


def agree(plain: PlainConflict, start: int) -> None:
    conflict = as_conflict(plain)
    for concept in COALITION_CONCEPTS:
        query = Bargaining(conflict, start, concept)
        for group in coalitions_of(range(conflict.n_dms)):
            found = query.settle(group)
            for grade in GRADES:
                expected = settlement.settlements(plain, frozenset(group), start, concept, grade)
                assert numbers(found.of(grade)) == expected, (concept, group, grade)
            for state in plain.states:
                check_breaches(plain, found, state)


def check_breaches(plain: PlainConflict, found: Settlements, state: int) -> None:
    reasons = breaches(found, state)
    ruled_out = [GRADES.index(reason.grade) for reason in reasons]
    grade = found.grade(state)
    reached = -1 if grade is None else GRADES.index(grade)
    assert reached == min(ruled_out, default=len(GRADES)) - 1 or not ruled_out
    assert bool(ruled_out) == (grade != "spoiler-proof")
    start = found.bargaining.start
    for reason in reasons:
        if reason.path is None:
            continue
        assert reason.path.start == state
        walk(plain, reason.path, improving=reason.kind == "spoiled")
        end = reason.path.end
        if reason.kind == "left":
            assert all(plain.prefers(dm, end, state) for dm in reason.who)
        else:
            hurt = tuple(dm for dm in found.coalition if plain.prefers(dm, start, end))
            assert reason.hurt == hurt
            assert hurt


def walk(plain: PlainConflict, path: Path, *, improving: bool = False) -> None:
    at, last = path.start, None
    for mover, state in path.steps:
        assert (at, state) in plain.moves[mover]
        assert mover != last
        assert not improving or plain.prefers(mover, state, at)
        at, last = state, mover


@settings(max_examples=60, deadline=None)
@given(conflicts(max_dms=3), st.data())
def test_settlements_agree_with_the_definition(plain: PlainConflict, data: st.DataObject) -> None:
    agree(plain, data.draw(st.sampled_from(list(plain.states))))


@pytest.mark.concept("settlement", evidence="checker")
@pytest.mark.parametrize("form", ["option", "graph"])
def test_random_settlements_agree_with_the_definition(form: str) -> None:
    rng = seeded(11)
    for _ in range(60):
        plain = random_conflict(rng, form=form, max_states=12)  # type: ignore[arg-type]
        agree(plain, rng.randrange(plain.n_states))


@pytest.mark.concept("leverage", evidence="checker")
@settings(max_examples=60, deadline=None)
@given(
    conflicts(max_dms=3), st.sampled_from(COALITION_CONCEPTS), st.sampled_from(GRADES), st.data()
)
def test_leverage_agrees_with_the_definition(
    plain: PlainConflict,
    concept: CoalitionConcept,
    grade: settlement.Grade,
    data: st.DataObject,
) -> None:
    start = data.draw(st.sampled_from(list(plain.states)))
    where = data.draw(st.frozensets(st.sampled_from(list(plain.states))))
    conflict = as_conflict(plain)
    kind = np.isin(np.arange(plain.n_states), sorted(where))
    found = leverage(conflict, grade=grade, where=kind, start=start, concept=concept)
    winning = settlement.able(plain, start, concept, grade, where)
    assert {frozenset(coalition) for coalition in found.able} == winning
    shapley = settlement.shapley_shubik(plain, winning)
    banzhaf = settlement.banzhaf(plain, winning)
    for party in found.parties:
        assert party.shapley_shubik == shapley[party.dm]
        assert party.banzhaf == banzhaf[party.dm]
        assert party.needed == (bool(winning) and not any(party.dm not in g for g in winning))
        if party.spoils:
            walk(plain, party.spoils.path, improving=True)
            assert party.dm in party.spoils.path.movers
            assert party.spoils.treaty.path.end == party.spoils.path.start
            assert party.dm not in party.spoils.treaty.coalition
    for swing in found.swings:
        walk(plain, swing.treaty.path)
        assert swing.dm in swing.treaty.coalition
        if grade != "spoiler-proof":
            assert swing.dm in swing.treaty.path.movers
    assert sum(party.shapley_shubik for party in found.parties) == bool(winning)


@settings(max_examples=40, deadline=None)
@given(conflicts(max_dms=3), st.data())
def test_a_settlement_of_all_is_a_stable_state(plain: PlainConflict, data: st.DataObject) -> None:
    start = data.draw(st.sampled_from(list(plain.states)))
    conflict = as_conflict(plain)
    groups = coalitions_of(range(conflict.n_dms), 2)
    for concept in COALITION_CONCEPTS:
        found = Bargaining(conflict, start, concept).settle(tuple(range(conflict.n_dms)))
        stable = analyze(conflict, [concept]).stable(concept).all(axis=0)
        if groups:
            stable &= analyze_coalitions(conflict, [concept], coalitions=groups).universal(concept)
        assert (found.self_enforcing == (found.agreed & stable)).all()
        assert (found.self_enforcing == found.spoiler_proof).all()


@pytest.mark.concept("settlement", evidence="property")
@settings(max_examples=40, deadline=None)
@given(option_conflicts(max_dms=3), st.data())
def test_grades_by_concept_are_nested(plain: PlainConflict, data: st.DataObject) -> None:
    start = data.draw(st.sampled_from(list(plain.states)))
    conflict = as_conflict(plain)
    for group in coalitions_of(range(conflict.n_dms)):
        found = {c: Bargaining(conflict, start, c).settle(group) for c in COALITION_CONCEPTS}
        for grade in GRADES:
            for tight, loose in NESTED:
                assert not (found[tight].of(grade) & ~found[loose].of(grade)).any()


def test_elmira_settled_without_the_local_government() -> None:
    conflict = as_conflict(ELMIRA)
    (pair,) = settlements(conflict, ["dm1", "dm2"], start=4)
    assert numbers(pair.agreed) == {7}
    assert pair.grade(7) == "spoiler-proof"
    (reason,) = breaches(pair, 6)
    assert (reason.kind, reason.who) == ("refused", (UR,))
    alone, joined = settlements(conflict, [MOE], without=[LG], start=4)
    assert (alone.coalition, alone.best) == ((MOE,), None)
    assert (joined.coalition, joined.best) == ((MOE, UR), "spoiler-proof")


def test_leverage_in_elmira() -> None:
    found = leverage(as_conflict(ELMIRA), start=4)
    assert found.minimal == ((MOE, UR),)
    assert [party.needed for party in found.parties] == [True, True, False]
    accepts = found.parties[LG].accepts
    assert accepts is not None
    assert (accepts.treaty.state, accepts.worse) == (7, True)


def test_refusals() -> None:
    conflict = as_conflict(PRISONERS)
    with pytest.raises(ConflictError, match="no status quo"):
        settlements(conflict, [0])
    with pytest.raises(ConflictError, match="there is no state 4"):
        settlements(conflict, [0], start=4)
    with pytest.raises(ConflictError, match="to settle and to be left out"):
        settlements(conflict, [0], without=["dm1"], start=DD)
    with pytest.raises(ConflictError, match="one truth value for each"):
        settlements(conflict, [0], where=[True], start=DD)
    with pytest.raises(ConflictError, match="no grade"):
        leverage(conflict, grade="firm", start=DD)
    assert leverage(conflict, grade="spoiler-proof", start=CC).able == ()
