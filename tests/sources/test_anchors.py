from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.sources import (
    PassageError,
    check,
    cite,
    cite_passage,
    from_web_annotation,
    read_text,
    resolve,
    to_web_annotation,
)

TEXT = (
    "Towns part\n\nThe two towns met again on Monday. Nothing came of it, and both went home.\n\n"
    "The mayor said that the bridge would stay shut until spring. Nobody believed her."
)
OLD = read_text(TEXT)


def test_exact_moved_changed_orphan() -> None:
    citation = cite_passage(OLD, "p02.s1")
    assert resolve(OLD, citation).state == "exact"
    moved = read_text(
        TEXT.replace("Towns part\n\n", "Towns part\n\nAn added paragraph stands here now.\n\n")
    )
    found = resolve(moved, citation)
    assert (found.state, found.locator) == ("moved", "p03.s1")
    changed = read_text(TEXT.replace("would stay shut until spring", "will stay shut till spring"))
    found = resolve(changed, citation)
    assert (found.state, found.locator) == ("changed", "p02.s1")
    assert 0.78 <= found.score < 1
    assert resolve(read_text("Weather\n\nIt rained all day long."), citation).state == "orphan"


def test_the_context_tells_equal_words_apart() -> None:
    text = "Towns\n\nThey met. It rained hard.\n\nThey left. It rained hard."
    document = read_text(text)
    second = text.rindex("It rained")
    citation = cite(document, second, second + 15)
    longer = read_text(text.replace("Towns\n", "Towns and rivers\n"))
    assert resolve(longer, citation).locator == "p02.s2"


def test_a_citation_without_words_is_checked_by_its_hash() -> None:
    citation = cite_passage(OLD, "p01.s2", words=False)
    assert (citation.exact, citation.prefix, citation.suffix) == ("", "", "")
    assert check(OLD, "p01.s2", citation.hash).state == "exact"
    assert check(OLD, "p02.s2", citation.hash) == check(OLD, "p09", citation.hash)
    assert check(OLD, "p02.s2", citation.hash).state == "moved"
    assert check(OLD, "p02.s2", "0" * 16).state == "changed"
    assert check(OLD, "p09", "0" * 16).state == "orphan"


def test_web_annotation_round_trip() -> None:
    citation = cite_passage(OLD, "p02")
    data = to_web_annotation(citation, "what the mayor said")
    assert {s["type"] for s in data["target"]["selector"]} == {
        "TextQuoteSelector", "TextPositionSelector",
    }  # fmt: skip
    assert from_web_annotation(data) == citation
    with pytest.raises(PassageError, match="no Web Annotation"):
        from_web_annotation({"target": "elsewhere"})


def test_empty_span() -> None:
    with pytest.raises(PassageError, match="no text between"):
        cite(OLD, 5, 5)


@settings(max_examples=60, deadline=None)
@given(st.text("abc .\n", max_size=30), st.integers(0, len(TEXT)))
def test_an_insertion_elsewhere_never_loses_a_citation(inserted: str, at: int) -> None:
    citation = cite_passage(OLD, "p01.s2")
    if citation.start < at < citation.end:
        return
    found = resolve(read_text(TEXT[:at] + inserted + TEXT[at:]), citation)
    assert found.state in {"exact", "moved"}
    assert found.end - found.start == len(citation.exact)
