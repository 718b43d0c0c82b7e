"""Rankings by statements, weights and groups, exact however long or uneven they are."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import ConflictError
from detente.conflict import from_groups, from_statements, from_weights
from plain.conditions import dense


@pytest.mark.concept("prioritization", evidence="checker")
@pytest.mark.parametrize("n_statements", [0, 1, 5, 61, 62, 63, 64, 65, 130, 500])
def test_statements_rank_as_their_truth_vectors(n_statements: int) -> None:
    truths = np.random.default_rng(n_statements).random((n_statements, 40)) < 0.5
    truths[: n_statements // 2] = truths[: n_statements // 2, :1]  # so that late ones decide
    expected = dense(tuple(column) for column in truths.T.tolist())
    assert from_statements(list(truths), 40).tolist() == expected


@pytest.mark.concept("prioritization", evidence="property")
def test_one_important_statement_outweighs_all_that_follow() -> None:
    first = np.array([True, False])
    assert from_statements([first, *[~first] * 200], 2).tolist() == [1, 0]


@pytest.mark.concept("weighting", evidence="checker")
@given(st.lists(st.fractions(-9, 9, max_denominator=1000), min_size=4, max_size=4))
def test_weights_are_added_exactly(weights: list[Fraction]) -> None:
    states = np.array([[code >> option & 1 for option in range(4)] for code in range(16)])
    rows = {option: [Fraction(0), weight] for option, weight in enumerate(weights)}
    expected = dense(
        sum((weights[option] for option in range(4) if state[option]), Fraction(0))
        for state in states.tolist()
    )
    assert from_weights(states, rows).tolist() == expected


@pytest.mark.concept("weighting", evidence="property")
def test_tenths_tie_where_floats_would_not() -> None:
    states = np.array([[1, 1, 0], [0, 0, 1]])
    rows = {k: [Fraction(0), Fraction(text)] for k, text in enumerate(("0.1", "0.2", "0.3"))}
    assert from_weights(states, rows).tolist() == [0, 0]


def test_weights_too_far_apart_are_refused() -> None:
    far = {0: [Fraction(0), Fraction(1, 10**18)], 1: [Fraction(0), Fraction(10**3)]}
    with pytest.raises(ConflictError, match="too far apart to be added exactly"):
        from_weights(np.zeros((1, 2), int), far)


@pytest.mark.concept("ranking", evidence="checker")
@given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_groups_rank_from_best_to_worst(wanted: list[int]) -> None:
    rank = np.array(wanted)
    groups = [rank == level for level in sorted(set(wanted), reverse=True)]
    assert from_groups(groups, len(wanted)).tolist() == dense(wanted)


def test_groups_rank_each_state_once() -> None:
    first = np.array([True, False, False])
    with pytest.raises(ConflictError, match="state 1 is ranked twice"):
        from_groups([first, first], 3)
    with pytest.raises(ConflictError, match=r"states are not ranked: 2, 3\. Rank every state"):
        from_groups([first], 3)
    with pytest.raises(ConflictError, match=r"1, 2, 3, 4, 5 and 4 more"):
        from_groups([], 9)
