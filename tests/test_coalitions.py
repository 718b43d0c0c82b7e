"""Coalition stability against the plain checker and the published Elmira results."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from detente.coalitions import (
    COALITION_CONCEPTS,
    JointMoves,
    analyze_coalitions,
    coalitions_of,
    equilibrium_jumps,
    improvable,
    regions,
)
from detente.conflict import OptionForm
from detente.errors import ConflictError, SizeError
from engine import as_conflict
from plain import coalition
from plain.model import PlainConflict
from plain.random_conflicts import conflicts, random_conflict, random_rank, seeded
from plain.textbook import CHICKEN, ELMIRA, LG, MOE, UR


def numbers(mask: np.ndarray) -> frozenset[int]:
    return frozenset(np.flatnonzero(mask).tolist())


def agree(plain: PlainConflict) -> None:
    conflict = as_conflict(plain)
    joint = JointMoves(conflict)
    found = analyze_coalitions(conflict)
    for row, group in enumerate(found.coalitions):
        members = frozenset(group)
        improvements = joint.improvements(group)
        expected = coalition.coalition_improvements(plain, members)
        for state in plain.states:
            assert frozenset(improvements.of(state).tolist()) == expected[state]
        for concept in COALITION_CONCEPTS:
            stable = coalition.stable_for_group(plain, concept, members)
            assert numbers(found.tables[concept][row]) == stable, (concept, group)


@settings(max_examples=50, deadline=None)
@given(conflicts(max_dms=4))
def test_all_coalitions_agree_with_the_definitions(plain: PlainConflict) -> None:
    agree(plain)


@pytest.mark.concept("coalition_nash", "coalition_gmr", evidence="checker")
@pytest.mark.concept("coalition_smr", "coalition_seq", evidence="checker")
@pytest.mark.parametrize("form", ["option", "graph"])
def test_random_conflicts_agree_with_the_definitions(form: str) -> None:
    rng = seeded(7)
    for _ in range(150):
        agree(random_conflict(rng, form=form, max_states=12))  # type: ignore[arg-type]


@pytest.mark.parametrize("cells", [1, 30, 1 << 17])
def test_many_rankings_at_once_agree_with_the_definition(
    cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regions, "_CELLS", cells)
    rng = seeded(cells)
    for _ in range(60):
        plain = random_conflict(rng, form="option", max_states=12)
        form, n_states = as_conflict(plain).form, len(plain.states)
        assert isinstance(form, OptionForm)
        ranks = [[random_rank(rng, n_states) for _ in plain.rank] for _ in range(rng.randint(0, 4))]
        asked = np.array([[rng.random() < 0.7 for _ in plain.states] for _ in ranks], dtype=bool)
        table = np.array(ranks, dtype=np.int32).reshape(len(ranks), len(plain.rank), n_states)
        for group in coalitions_of(range(len(plain.rank))):
            found = improvable(form, group, table[:, group], asked.reshape(len(ranks), n_states))
            for row, rank in enumerate(ranks):
                improved = replace(plain, rank=tuple(map(tuple, rank)))
                expected = coalition.coalition_improvements(improved, frozenset(group))
                wanted = {s for s in plain.states if asked[row, s] and expected[s]}
                assert numbers(found[row]) == wanted


@settings(max_examples=60, deadline=None)
@given(conflicts(max_dms=4))
def test_a_partition_agrees_with_the_definitions(plain: PlainConflict) -> None:
    conflict = as_conflict(plain)
    blocks = [frozenset(range(0, conflict.n_dms, 2)), frozenset(range(1, conflict.n_dms, 2))]
    blocks = [block for block in blocks if block]
    found = analyze_coalitions(conflict, partition=[sorted(block) for block in blocks])
    for row, group in enumerate(found.coalitions):
        for concept in COALITION_CONCEPTS:
            expected = coalition.stable_for_block(plain, concept, frozenset(group), blocks)
            assert numbers(found.tables[concept][row]) == expected


@pytest.mark.concept("coalition_nash", "equilibrium_jump", evidence="published")
def test_elmira() -> None:
    conflict = as_conflict(ELMIRA)
    (jump,) = equilibrium_jumps(conflict, [4, 7, 8])
    assert (jump.source, jump.target, jump.coalition) == (4, 7, (MOE, UR))
    assert jump.path.movers == (MOE, UR)
    found = analyze_coalitions(conflict)
    assert numbers(found.universal("nash")) == {7, 8}
    assert numbers(found.universal("gmr")) == {0, 3, 7, 8}
    assert numbers(found.universal("smr")) == {0, 3, 7, 8}
    assert numbers(found.universal("seq")) == {7, 8}
    assert not found.stable_for_dm("nash", UR)[4]
    assert found.stable_for_dm("nash", LG)[4]


def test_refusals() -> None:
    conflict = as_conflict(CHICKEN)
    with pytest.raises(ConflictError, match="no coalition version of 'sim'"):
        analyze_coalitions(conflict, ["sim"])
    with pytest.raises(ConflictError, match="there is no decision maker dm3"):
        analyze_coalitions(conflict, coalitions=[["dm3"]])
    with pytest.raises(ConflictError, match="in two blocks"):
        analyze_coalitions(conflict, partition=[[0, 1], [1]])
    with pytest.raises(ConflictError, match="either coalitions or a partition"):
        analyze_coalitions(conflict, coalitions=[[0]], partition=[[0, 1]])
    with pytest.raises(ConflictError, match="was not analysed"):
        analyze_coalitions(conflict, ["nash"], coalitions=[[0]]).stable("nash", [1])
    with pytest.raises(SizeError, match="too many coalitions"):
        coalitions_of(range(9))
