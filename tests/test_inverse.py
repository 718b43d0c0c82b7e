"""What would have to change, against trying everything and against published counts."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.conflict import Conflict, from_statements
from detente.errors import ConflictError, SizeError
from detente.inverse import (
    equilibrium_at,
    fewest_edits,
    fewest_reversals,
    offers,
    supporting_profiles,
    supporting_rankings,
)
from detente.stability import analyze
from engine import as_conflict
from plain import inverse
from plain.individual import Concept, equilibria, stable
from plain.model import option_form
from plain.random_conflicts import graph_conflicts, option_conflicts
from plain.textbook import ELMIRA, PRISONERS, rank_of

if TYPE_CHECKING:
    from plain.model import PlainConflict

CONCEPTS: tuple[Concept, ...] = get_args(Concept)[:5]

# Kinsara, Kilgour and Hipel (2015): Syria releases water or escalates, Iraq attacks; s1 is 0.
SYRIA_IRAQ = option_form(
    [2, 1],
    [0, 1, 2, 4, 5, 6],
    [rank_of([0, 2, 5, 1, 3, 4], 6), rank_of([1, 3, 5, 0, 4, 2], 6)],
)


# gmcr-py, test_data/Prisoners_k_invSol.txt: of 24 × 24 pairs of rankings.
PRISONERS_COUNTS = {"nash": 144, "seq": 193, "gmr": 256, "smr": 196}


def small_conflicts(max_states: int) -> st.SearchStrategy[PlainConflict]:
    options = {3: 1, 4: 2}[max_states]
    return st.one_of(
        graph_conflicts(max_dms=3, max_states=max_states),
        option_conflicts(max_dms=3, max_options=options),
    )


@pytest.mark.parametrize(
    ("state", "concept", "count"),
    [
        (s, c, n)
        for s in range(4)
        for c, n in [("nash", 144), ("seq", 193), ("gmr", 256), ("smr", 196)]
    ],
)
def test_profiles_that_support_a_state_of_the_prisoners_dilemma(
    state: int, concept: str, count: int
) -> None:
    support = supporting_profiles(as_conflict(PRISONERS), [0, 1], state, concept)
    assert (support.supporting, support.total) == (count, 576)


@pytest.mark.concept("inverse_count", evidence="published")
def test_rankings_that_support_a_state_of_syria_and_iraq() -> None:
    conflict = as_conflict(SYRIA_IRAQ)
    assert supporting_rankings(conflict, 0, 1, "nash").supporting == 240
    found = supporting_rankings(conflict, 0, 1, "seq")
    assert (found.supporting, found.total) == (384, 720)
    assert float(found.share) == pytest.approx(0.5333, abs=1e-4)


@pytest.mark.concept("inverse_count", evidence="checker")
@settings(max_examples=60, deadline=None)
@given(small_conflicts(4), st.sampled_from(CONCEPTS), st.data())
def test_counts_agree_with_trying_all_rankings(
    plain: PlainConflict, concept: Concept, data: st.DataObject
) -> None:
    dm = data.draw(st.sampled_from(list(plain.dms)))
    state = data.draw(st.sampled_from(list(plain.states)))

    def supports(ranking: tuple[int, ...]) -> bool:
        rank = (*plain.rank[:dm], ranking, *plain.rank[dm + 1 :])
        return state in stable(replace(plain, rank=rank), concept, dm)

    conflict = as_conflict(plain)
    strict = [supports(ranking) for ranking in permutations(plain.states)]
    found = supporting_rankings(conflict, dm, state, concept)
    assert (found.supporting, found.total) == (sum(strict), len(strict))
    tied = [supports(ranking) for ranking in inverse.rankings(plain.n_states)]
    found = supporting_rankings(conflict, dm, state, concept, ties=True)
    assert (found.supporting, found.total) == (sum(tied), len(tied))
    assert equilibrium_at(conflict, state, concept) == (state in equilibria(plain, concept))


@pytest.mark.concept("inverse_reversals", evidence="checker")
@settings(max_examples=50, deadline=None)
@given(small_conflicts(3), st.sampled_from(CONCEPTS), st.data())
def test_fewest_reversals_agree_with_trying_all_profiles(
    plain: PlainConflict, concept: Concept, data: st.DataObject
) -> None:
    pytest.importorskip("pysat")
    state = data.draw(st.sampled_from(list(plain.states)))
    vary = data.draw(
        st.lists(st.sampled_from(list(plain.dms)), max_size=2, unique=True).map(sorted)
    )
    found = fewest_reversals(as_conflict(plain), state, concept, vary=vary, limit=5000)
    best, profiles = inverse.nearest(plain, state, concept, vary)
    assert found.complete
    assert found.distance == best
    listed = {tuple(tuple(p.ranks[dm].tolist()) for dm in vary) for p in found.proposals}
    assert listed == profiles
    for proposal in found.proposals:
        halves = [1 if "equal" in (c.before, c.after) else 2 for c in proposal.changes]
        assert sum(halves) == 2 * (best or 0)


def test_elmira_brought_to_hold() -> None:
    pytest.importorskip("pysat")
    conflict = as_conflict(ELMIRA)
    for concept in CONCEPTS:
        for state in range(conflict.n_states):
            found = fewest_reversals(conflict, state, concept, limit=3)
            held = state in analyze(conflict, [concept]).equilibria(concept)
            assert (found.distance == 0) == held
            for proposal in found.proposals:
                changed = replace(conflict, ranks=proposal.ranks)
                assert state in analyze(changed, [concept]).equilibria(concept)


@pytest.mark.concept("offers", evidence="checker")
@settings(max_examples=60, deadline=None)
@given(small_conflicts(4), st.sampled_from(CONCEPTS), st.data())
def test_an_offer_is_enough_and_no_less_is(
    plain: PlainConflict, concept: Concept, data: st.DataObject
) -> None:
    state = data.draw(st.sampled_from(list(plain.states)))
    conflict = as_conflict(plain)
    found = offers(conflict, state, concept)
    ranks = conflict.ranks.copy()
    for offer in found.offers:
        rank = conflict.ranks[offer.dm].copy()
        levels = sorted({int(rank[s]) for s in offer.matched})
        verdicts = []
        for level in [int(rank[state]), *levels]:
            rank[state] = level
            own = (*plain.rank[: offer.dm], tuple(rank.tolist()), *plain.rank[offer.dm + 1 :])
            verdicts.append(state in stable(replace(plain, rank=own), concept, offer.dm))
        assert verdicts == [False] * len(levels) + [True]
        ranks[offer.dm] = rank
    everybody = replace(plain, rank=tuple(map(tuple, ranks.tolist())))
    assert found.enough == (state in equilibria(everybody, concept))
    if state in equilibria(plain, concept):
        assert found.offers == ()


@pytest.mark.concept("inverse_edits", evidence="property")
def test_fewest_edits_of_statements() -> None:
    conflict = as_conflict(PRISONERS)
    other = [np.array([False, False, True, True]), np.array([False, True, False, True])]
    statements = {0: [other[0], ~other[1]], 1: [other[1], ~other[0]]}
    for dm, truths in statements.items():
        assert (
            from_statements(truths, 4) == np.unique(conflict.ranks[dm], return_inverse=True)[1]
        ).all()
    assert fewest_edits(conflict, statements, 0, "nash").ways == ((),)
    found = fewest_edits(conflict, statements, 3, "nash")
    assert found.number == 2
    assert {tuple((e.dm, e.change, e.statement) for e in way) for way in found.ways} == {
        ((0, one, 1), (1, two, 1)) for one in ("drop", "reverse") for two in ("drop", "reverse")
    }
    assert fewest_edits(conflict, statements, 3, "nash", max_edits=1).number is None
    assert fewest_edits(conflict, {0: statements[0]}, 3, "nash").number is None


def test_refusals() -> None:
    conflict = as_conflict(PRISONERS)
    with pytest.raises(ConflictError, match="there is no state 4"):
        supporting_rankings(conflict, 0, 4, "nash")
    with pytest.raises(ConflictError, match="there is no decision maker 2"):
        supporting_profiles(conflict, [2], 0, "nash")
    with pytest.raises(ConflictError, match="one truth value"):
        fewest_edits(conflict, {0: [[True]]}, 0)
    with pytest.raises(ConflictError, match="there is no decision maker 5"):
        fewest_edits(conflict, {5: []}, 0)
    with pytest.raises(SizeError, match="profiles of rankings"):
        supporting_profiles(as_conflict(ELMIRA), [0], 0, "seq")
    large = Conflict.from_arrays(options=[3, 3], ranks=[range(64), range(64)])
    with pytest.raises(SizeError, match="too long for the solver"):
        fewest_reversals(large, 0)


@settings(max_examples=40, deadline=None)
@given(small_conflicts(4), st.sampled_from(CONCEPTS), st.data())
def test_fewest_edits_agree_with_trying_all(
    plain: PlainConflict, concept: Concept, data: st.DataObject
) -> None:
    state = data.draw(st.sampled_from(list(plain.states)))
    truth = st.lists(st.booleans(), min_size=plain.n_states, max_size=plain.n_states)
    lists = data.draw(st.lists(truth, max_size=3))
    conflict = as_conflict(plain)
    found = fewest_edits(conflict, {0: lists}, state, concept, max_edits=1)

    def holds(statements: list[list[bool]]) -> bool:
        score = [tuple(truth[s] for truth in statements) for s in plain.states]
        rank = (tuple(sorted(set(score)).index(one) for one in score), *plain.rank[1:])
        return state in equilibria(replace(plain, rank=rank), concept)

    once = []
    for k, own in enumerate(lists):
        rest = lists[:k] + lists[k + 1 :]
        once += [rest, [*lists[:k], [not x for x in own], *lists[k + 1 :]]]
        once += [[*rest[:to], own, *rest[to:]] for to in range(len(lists))]
    expected = 0 if holds(lists) else 1 if any(map(holds, once)) else None
    assert found.number == expected
