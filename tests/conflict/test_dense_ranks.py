"""Ranks made dense by counting are those made dense by sorting."""

from __future__ import annotations

import numpy as np
import pytest

from detente.conflict.preferences import as_ranks, dense


@pytest.mark.parametrize("width", [1, 3, 40, 100, 2**31, 2**62])
@pytest.mark.parametrize("kind", [np.int64, np.uint64, np.int32, np.uint8])
def test_counted_or_sorted(width: int, kind: type[np.integer]) -> None:
    limits = np.iinfo(kind)
    low = max(-width // 2, limits.min)
    scores = np.random.default_rng(width % 97).integers(low, min(low + width, limits.max), 60, kind)
    expected = np.unique(scores, return_inverse=True)[1]
    assert np.array_equal(dense(scores), expected)
    assert dense(scores).dtype == np.int32


def test_extremes() -> None:
    assert dense(np.array([2**64 - 1, 2**64 - 3, 2**64 - 1], dtype=np.uint64)).tolist() == [1, 0, 1]
    assert dense(np.array([-(2**63), 2**63 - 1])).tolist() == [0, 1]
    assert dense(np.array([2**63 - 1, 2**63 - 2])).tolist() == [1, 0]
    assert as_ranks([[-5, 10**12, -5]], 1, 3).tolist() == [[0, 1, 0]]
