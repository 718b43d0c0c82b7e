"""The plain checker on conflicts small enough to be worked by hand: one decision maker."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from plain import individual, limited
from plain.model import NotApplicableError, graph, option_form
from plain.random_conflicts import graph_conflicts
from plain.textbook import CC, CD, CHICKEN, CUBA, DC, DD, ELMIRA, PRISONERS

if TYPE_CHECKING:
    from plain.individual import Concept, Opponents
    from plain.model import PlainConflict

# -- moves ---------------------------------------------------------------------------------------


def test_moves_of_option_form() -> None:
    assert PRISONERS.moves == (
        frozenset({(DD, CD), (CD, DD), (DC, CC), (CC, DC)}),
        frozenset({(DD, DC), (DC, DD), (CD, CC), (CC, CD)}),
    )


def test_one_way_options() -> None:
    # Code 1 is infeasible; option 0 only comes on, option 1 only goes off.
    conflict = option_form([2], [0, 2, 3], [[0, 0, 0]], {0: "on", 1: "off"})
    assert conflict.moves == (frozenset({(1, 0), (1, 2)}),)


@pytest.mark.parametrize(
    ("opponents", "ends"), [("legal", {2, 3, 4}), ("once", {2, 3}), ("single", {2})]
)
def test_how_opponents_may_answer(opponents: Opponents, ends: set[int]) -> None:
    # From 1 the DMs 1, 2 and again 1 can go on to 2, 3 and 4.
    moves = [[(0, 1)], [(1, 2), (3, 4)], [(2, 3)]]
    for worst in (2, 3, 4):
        dm0 = [1, *(0 if s == worst else 2 for s in range(1, 5))]
        conflict = graph(5, moves, [dm0, range(5), range(5)])
        assert individual.responses(conflict, 0, opponents)[1] == ends
        for concept in ("gmr", "smr", "seq", "sseq"):
            states = individual.stable(conflict, concept, 0, opponents=opponents)
            assert (0 in states) == (worst in ends)


def test_nobody_moves_twice_in_a_row() -> None:
    conflict = graph(3, [[], [(0, 1), (1, 2)]], [[0, 0, 0], [0, 0, 0]])
    assert individual.responses(conflict, 0, "legal")[0] == {1}
    # With the same moves in other hands the second step is open, through either last mover.
    shared = graph(3, [[], [(0, 1), (1, 2)], [(0, 1)]], [[0, 0, 0]] * 3)
    assert individual.responses(shared, 0, "legal")[0] == {1, 2}


def test_the_status_quo_as_a_sanction() -> None:
    conflict = graph(2, [[(0, 1)], [(1, 0)]], [[0, 1], [1, 0]])
    expected: dict[Concept, set[bool]] = {
        "gmr": {True},
        "seq": {True},
        "smr": set(),
        "sseq": set(),
    }
    for concept, flags in expected.items():
        for flag in (True, False):
            states = individual.stable(conflict, concept, 0, status_quo_sanctions=flag)
            assert (0 in states) == (flag in flags)


# -- published conflicts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("concept", "prisoners", "chicken"),
    [
        ("nash", {DD}, {CD, DC}),
        ("gmr", {DD, CC}, {CC, CD, DC}),
        ("smr", {DD, CC}, {CC, CD, DC}),
        ("seq", {DD, CC}, {CD, DC}),
        ("sseq", {DD, CC}, {CD, DC}),
        ("sim", {DD, CC}, {CC, CD, DC}),
        ("fraser_hipel", {DD, CC}, {CC, CD, DC}),
    ],
)
def test_prisoners_dilemma_and_chicken(
    concept: Concept, prisoners: set[int], chicken: set[int]
) -> None:
    assert individual.equilibria(PRISONERS, concept) == prisoners
    assert individual.equilibria(CHICKEN, concept) == chicken


@pytest.mark.parametrize(
    ("concept", "us", "ussr"),
    [
        ("nash", {2, 4, 11}, {0, 5, 6, 7}),
        ("seq", {2, 4, 6, 11}, {0, 4, 5, 6, 7}),
        ("sseq", {2, 4, 6, 11}, {0, 4, 5, 6, 7}),
        ("gmr", {0, 1, 2, 3, 4, 5, 6, 7, 11}, {0, 1, 2, 4, 5, 6, 7}),
        ("smr", {0, 1, 2, 3, 4, 5, 6, 7, 11}, {0, 1, 2, 4, 5, 6, 7}),
    ],
)
def test_cuba(concept: Concept, us: set[int], ussr: set[int]) -> None:
    assert individual.stable(CUBA, concept, 0) == us
    assert individual.stable(CUBA, concept, 1) == ussr
    assert individual.equilibria(CUBA, concept) == us & ussr


def test_cuba_by_the_tableau_and_by_simultaneous_sanctions_alone() -> None:
    assert individual.equilibria(CUBA, "fraser_hipel") == {4, 6}
    assert individual.equilibria(CUBA, "sim") == set()


@pytest.mark.parametrize(
    ("concept", "states"),
    [
        ("nash", {4, 7, 8}),
        ("seq", {4, 7, 8}),
        ("sseq", {4, 7, 8}),
        ("gmr", {0, 3, 4, 7, 8}),
        ("smr", {0, 3, 4, 7, 8}),
    ],
)
def test_elmira(concept: Concept, states: set[int]) -> None:
    assert individual.equilibria(ELMIRA, concept) == states
    assert individual.mixed_equilibria(ELMIRA, [concept] * 3) == states


def test_each_decision_maker_by_its_own_concept() -> None:
    # CC in Chicken is GMR stable for both, Nash stable for neither.
    assert individual.mixed_equilibria(CHICKEN, ["gmr", "gmr"]) == {CC, CD, DC}
    assert individual.mixed_equilibria(CHICKEN, ["gmr", "nash"]) == {CD, DC}


# -- simultaneous sanctioning --------------------------------------------------------------------


def test_simultaneous_sanctions_need_option_form() -> None:
    for concept in ("sim", "fraser_hipel"):
        with pytest.raises(NotApplicableError):
            individual.equilibria(ELMIRA, concept)


def test_infeasible_combinations_do_not_sanction() -> None:
    # Both improve from 0; acting together would make state 3, which is the worst for both.
    with_3 = option_form([1, 1], [0, 1, 2, 3], [[1, 2, 2, 0]] * 2)
    without_3 = option_form([1, 1], [0, 1, 2], [[1, 2, 2]] * 2)
    assert 0 in individual.equilibria(with_3, "sim")
    assert 0 not in individual.equilibria(without_3, "sim")


def test_in_the_tableau_only_the_unstable_act_simultaneously() -> None:
    # DM 0 improves from 0 to 1, DM 1 from 0 to 2; together they make 3, the worst for DM 0.
    # DM 0 deters DM 1 by answering 2 with 3, an improvement for DM 0 that DM 1 dislikes.
    rank0, rank1 = [2, 3, 0, 1], [2, 0, 3, 1]
    conflict = option_form([1, 1], range(4), [rank0, rank1])
    assert 0 in individual.stable(conflict, "seq", 1)
    assert 0 in individual.stable(conflict, "sim", 0)
    assert 0 in individual.stable(conflict, "seq", 0)  # DM 1 would go on from 1 to 3
    # Now DM 1 stays at 1: sequential stability is lost, and DM 1 has no reason to leave 0.
    conflict = option_form([1, 1], range(4), [rank0, [2, 1, 3, 0]])
    assert 0 not in individual.stable(conflict, "seq", 0)
    assert 0 in individual.stable(conflict, "sim", 0)
    assert 0 not in individual.stable(conflict, "fraser_hipel", 0)


# -- two decision makers with foresight ----------------------------------------------------------


def test_limited_moves_and_non_myopic_states() -> None:
    rows = [limited.limited_move_equilibria(CHICKEN, h) for h in (1, 2, 3, 4)]
    assert rows == [{CD, DC}, set(), {CC}, {CC}]
    assert [limited.limited_move_equilibria(PRISONERS, h) for h in (1, 2, 3)] == [
        {DD},
        {DD, CC},
        {DD, CC},
    ]
    assert limited.non_myopic_equilibria(CHICKEN) == {CC}
    assert limited.non_myopic_equilibria(PRISONERS) == {DD, CC}
    assert limited.non_myopic_equilibria(CUBA) == {4}


def test_stackelberg() -> None:
    assert limited.stackelberg(CHICKEN, 0) == {DC}
    assert limited.stackelberg(CHICKEN, 1) == {CD}


def test_limited_moves_under_ties() -> None:
    # DM 0 leaves 0 for 1 or 2, equally good; DM 1 leaves 3 for 0. What 3 leads to is open.
    conflict = graph(4, [[(0, 1), (0, 2)], [(3, 0)]], [[0, 1, 1, 0], [1, 0, 2, 1]])
    first, second = limited.anticipated(conflict, 2)
    assert first[0] == {1, 2}
    assert second[3] == {2, 3}
    assert limited.limited_move(conflict, 2, 1) == {0, 1, 2}
    assert limited.limited_move_depends(conflict, 2, 1) == {3}


def test_limited_moves_need_two_decision_makers() -> None:
    with pytest.raises(NotApplicableError):
        limited.non_myopic_equilibria(ELMIRA)


def anticipated_by_choice(conflict: PlainConflict, i: int, s: int, h: int) -> set[int]:
    """G_h(i, s) by going through every outcome of the moves and every best one of them."""
    if h == 0:
        return {s}
    moves = sorted(individual.reachable(conflict, i)[s])
    outcomes = [sorted(anticipated_by_choice(conflict, 1 - i, t, h - 1)) for t in moves]
    ends: set[int] = set()
    for ends_of_moves in product(*outcomes):
        best = max((conflict.rank[i][x] for x in ends_of_moves), default=-1)
        if best > conflict.rank[i][s]:
            ends |= {x for x in ends_of_moves if conflict.rank[i][x] == best}
        else:
            ends |= {s}
    return ends


@settings(max_examples=60, deadline=None)
@given(graph_conflicts(min_dms=2, max_dms=2, max_states=4))
def test_limited_moves_against_all_choices(conflict: PlainConflict) -> None:
    for h in range(4):
        for i in (0, 1):
            ends = limited.anticipated(conflict, h)[i]
            assert list(ends) == [anticipated_by_choice(conflict, i, s, h) for s in conflict.states]
