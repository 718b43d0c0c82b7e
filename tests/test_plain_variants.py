"""The plain checker on small conflicts: coalitions, unknown and strong preference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from plain import coalition, individual, relations
from plain.model import NotApplicableError, graph
from plain.random_conflicts import conflicts, pairwise_conflicts
from plain.textbook import ELMIRA, LG, MOE, UR, rank_of

if TYPE_CHECKING:
    from plain.model import PlainConflict
    from plain.relations import PairwiseConcept, PairwiseConflict

quick = settings(max_examples=60, deadline=None)


# -- coalitions ----------------------------------------------------------------------------------


def test_elmira_jump() -> None:
    among = individual.equilibria(ELMIRA, "nash")
    assert coalition.equilibrium_jumps(ELMIRA, among) == {(4, 7, frozenset({MOE, UR}))}


def test_elmira_coalitions() -> None:
    expected = {"nash": {7, 8}, "gmr": {0, 3, 7, 8}, "smr": {0, 3, 7, 8}, "seq": {7, 8}}
    for concept in coalition.COALITION_CONCEPTS:
        assert coalition.universally_stable(ELMIRA, concept) == expected[concept]
        together = coalition.stable_for_group(ELMIRA, concept, [MOE, UR])
        assert 4 not in together
        assert 4 not in coalition.stable_for_dm(ELMIRA, concept, UR)
        assert (4 in coalition.stable_for_dm(ELMIRA, concept, LG)) == (
            4 in coalition.stable_for_group(ELMIRA, concept, [LG])
        )


def test_opponents_may_answer_as_a_coalition() -> None:
    # From 1, DM 1 would have to lose at 2 for DM 2 to bring both to 3: only together they do.
    conflict = graph(4, [[(0, 1)], [(1, 2)], [(2, 3)]], [[1, 2, 2, 0], [0, 1, 0, 2], [0, 1, 0, 2]])
    assert 0 not in individual.stable(conflict, "seq", 0)
    assert 0 in coalition.stable_for_group(conflict, "seq", [0])


@quick
@given(conflicts(max_options=4))
def test_coalition_of_one(conflict: PlainConflict) -> None:
    for flag in (True, False):
        for dm in conflict.dms:
            for concept in ("nash", "gmr", "smr"):
                alone = individual.stable(conflict, concept, dm, status_quo_sanctions=flag)
                group = coalition.stable_for_group(
                    conflict, concept, [dm], status_quo_sanctions=flag
                )
                assert group == alone
            assert individual.stable(
                conflict, "seq", dm, status_quo_sanctions=flag
            ) <= coalition.stable_for_group(conflict, "seq", [dm], status_quo_sanctions=flag)


# -- unknown and strong preference ---------------------------------------------------------------


def test_strong_and_weak_sanctions() -> None:
    # DM 0 moves 0 to 1 and is sent on to 2, much worse than 0; from 3 to 4, and to 5, worse.
    conflict = relations.pairwise(
        graph(
            6,
            [[(0, 1), (3, 4)], [(1, 2), (4, 5)]],
            [rank_of([1, 4, 0, 3, 2, 5], 6), [0, 0, 1, 0, 0, 1]],
        ),
        greatly=[[(0, 2)], []],
    )
    for concept in ("gmr", "smr", "seq", "sseq"):
        assert relations.stable(conflict, concept, 0, degree="general") == set(range(6))
        assert relations.stable(conflict, concept, 0, degree="strong") == {0, 1, 2, 4, 5}
        assert relations.stable(conflict, concept, 0, degree="weak") == {3}
    with pytest.raises(NotApplicableError):
        relations.stable(conflict, "nash", 0, degree="strong")


@pytest.mark.parametrize(
    ("concept", "stable_in"),
    [("nash", ""), ("gmr", "cd"), ("smr", "cd"), ("seq", "cd"), ("sseq", "cd")],
)
def test_unknown_sanction(concept: PairwiseConcept, stable_in: str) -> None:
    # DM 0 certainly improves from 0 to 1; DM 1 answers with 2, about which DM 0 cannot say.
    conflict = relations.pairwise(
        graph(3, [[(0, 1)], [(1, 2)]], [[0, 1, 0], [0, 0, 1]]), unknown=[[(2, 0)], []]
    )
    for extension in relations.EXTENSIONS:
        states = relations.stable(conflict, concept, 0, extension=extension)
        assert (0 in states) == (extension in stable_in)


@pytest.mark.parametrize("concept", relations.PAIRWISE_CONCEPTS)
def test_unknown_move(concept: PairwiseConcept) -> None:
    # DM 0 cannot compare 0 with 1, and nobody would answer.
    conflict = relations.pairwise(
        graph(2, [[(0, 1)], []], [[0, 0], [0, 0]]), unknown=[[(0, 1)], []]
    )
    for extension in relations.EXTENSIONS:
        states = relations.stable(conflict, concept, 0, extension=extension)
        assert (0 in states) == (extension in "bd")


@quick
@given(pairwise_conflicts())
def test_extensions_are_nested(conflict: PairwiseConflict) -> None:
    for concept in relations.PAIRWISE_CONCEPTS:
        for dm in conflict.dms:
            a, b, c, d = (
                relations.stable(conflict, concept, dm, extension=extension)
                for extension in relations.EXTENSIONS
            )
            assert a <= b <= d
            assert a <= c <= d


@quick
@given(conflicts(max_options=4))
def test_ranks_as_relations(conflict: PlainConflict) -> None:
    plain = relations.pairwise(conflict)
    for concept in relations.PAIRWISE_CONCEPTS:
        for opponents in individual.OPPONENTS:
            for flag in (True, False):
                expected = individual.equilibria(
                    conflict, concept, opponents=opponents, status_quo_sanctions=flag
                )
                for extension in relations.EXTENSIONS:
                    assert expected == relations.equilibria(
                        plain,
                        concept,
                        extension=extension,
                        opponents=opponents,
                        status_quo_sanctions=flag,
                    )
