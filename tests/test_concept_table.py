"""The table of concepts says what the tests show."""

from __future__ import annotations

import pytest

from concept_table import CONCEPTS, EVIDENCE, Concept, evidence, status, table, written


def test_table_on_the_page_is_current() -> None:
    assert written() == table(), "run `make concepts`"


def test_keys_are_unique() -> None:
    keys = [concept.key for concept in CONCEPTS]
    assert len(set(keys)) == len(keys)


def test_marks_name_concepts_and_evidence_of_the_table() -> None:
    found = evidence()
    assert found.keys() <= {concept.key for concept in CONCEPTS}
    assert set().union(*found.values()) <= set(EVIDENCE)


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.key)
def test_what_is_there_is_tested(concept: Concept) -> None:
    assert status(concept, evidence()) != "untested"


def test_status_is_derived() -> None:
    there = Concept("x", "X", "", "", (), "detente.errors.DetenteError", "")
    planned = Concept("x", "X", "", "", (), "detente.errors.nothing", "")
    assert status(planned, {"x": {"checker"}}) == "planned"
    assert status(there, {}) == "untested"
    assert status(there, {"x": {"checker", "published"}}) == "published, checker"
