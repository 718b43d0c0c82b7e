"""The functions that `import detente` offers take what people give them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import detente

PRISONERS: dict[str, Any] = {"options": [1, 1], "ranks": [[1, 0, 3, 2], [1, 3, 0, 2]]}


def test_a_single_key_is_one_concept_and_one_claim() -> None:
    conflict = detente.Conflict.from_arrays(**PRISONERS)
    assert detente.analyze(conflict, "seq").concepts == ("seq",)
    flagship = detente.load("us-russia-2025")
    checked: Any = detente.check(flagship, claims="headline", readings="kyiv")
    assert (list(checked.claims), [one.id for one in checked.readings]) == (["headline"], ["kyiv"])


@pytest.mark.parametrize("wrong", ["elmira", detente.load("elmira"), None])
def test_what_is_no_conflict_is_not_analysed(wrong: Any) -> None:
    message = f"a Conflict is analysed, not a {type(wrong).__name__}: a case gives one"
    with pytest.raises(detente.ConflictError, match=message):
        detente.analyze(wrong)


def test_many_rankings_of_a_conflict() -> None:
    conflict = detente.Conflict.from_arrays(**PRISONERS)
    ranks = np.array([PRISONERS["ranks"], [[0, 1, 3, 2], [0, 3, 1, 2]]])
    found = detente.analyze_many(conflict, ranks, "nash")
    assert found["nash"].tolist() == [[True, False, False, False], [False, True, True, False]]
