"""Quoted words lead back to just the stretch that was chosen, and are found again in a new text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.sources import PassageError, Quote, find_quote, quote_of, read_text

TEXT = """\
Ferry talks stall

The strait stays open for now. Orvania threatened to close the strait, and then to close the \
strait again, said “no one at the quay”.

Tellmark may report the port to the court. The port waits.
"""
DOCUMENT = read_text(TEXT)


def cited(words: str, occurrence: int = 0) -> Quote:
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return quote_of(DOCUMENT, start, start + len(words))


def text_of(quote: Quote) -> str:
    anchor = find_quote(DOCUMENT, quote)
    assert anchor.state == "exact"
    return TEXT[anchor.start : anchor.end]


def test_words_of_one_sentence() -> None:
    assert cited("threatened to close") == Quote("p01.s2", "threatened to close")
    assert cited("hreatened to clos") == Quote("p01.s2", "threatened to close")
    assert cited("The strait stays open for now.") == Quote("p01.s1")
    assert cited("for now. Orvania") == Quote("p01", "for now. Orvania")


def test_the_same_words_twice_are_told_apart_by_those_before() -> None:
    first, second = cited("close the strait"), cited("close the strait", 1)
    assert first == Quote("p01.s2", "close the strait")
    assert second == Quote("p01.s2", "close the strait", after="then to")
    assert find_quote(DOCUMENT, second).start == TEXT.rindex("close the strait")


def test_whole_words_come_before_parts_of_words() -> None:
    quote = cited("port", 1)
    assert quote == Quote("p02.s1", "port")
    assert find_quote(DOCUMENT, quote).start == TEXT.index("the port") + 4
    assert text_of(Quote("p02.s1", "repor")) == "repor"


def test_capitals_quotes_and_blanks_make_no_difference() -> None:
    assert text_of(Quote("p01.s2", 'SAID  "no one')) == "said “no one"


def test_a_long_stretch_is_named_by_its_ends() -> None:
    words = " ".join(f"word{i}" for i in range(60))
    document = read_text(f"Headline here\n\nIt began. So: {words} and so on to the end of it.")
    start = document.text.index("word3 ")
    end = document.text.index("word50") + len("word50")
    quote = quote_of(document, start, end)
    assert quote.words == (
        "word3 word4 word5 word6 word7 word8 … word45 word46 word47 word48 word49 word50"
    )
    anchor = find_quote(document, quote)
    assert (anchor.state, anchor.start, anchor.end) == ("exact", start, end)


def test_words_are_found_again_in_another_text() -> None:
    quote = Quote("p02.s1", "report the port")
    moved = read_text(TEXT.replace("stall\n", "stall\n\nA new paragraph was put in here.\n", 1))
    anchor = find_quote(moved, quote)
    assert (anchor.state, anchor.locator) == ("moved", "p03.s1")
    changed = read_text(TEXT.replace("report the port", "reported this port"))
    anchor = find_quote(changed, Quote("p02.s1", "report the port to the court"))
    assert (anchor.state, anchor.locator) == ("changed", "p02.s1")
    assert changed.text[anchor.start : anchor.end] == "reported this port to the court."
    assert 0.78 <= anchor.score < 1
    gone = find_quote(read_text("Weather\n\nIt rained."), quote)
    assert gone.state == "orphan"
    assert find_quote(DOCUMENT, Quote("p02", "…")).state == "orphan"
    assert find_quote(DOCUMENT, Quote("", "the port")).state == "exact"


def test_what_cannot_be_cited_is_refused() -> None:
    with pytest.raises(PassageError, match="no words"):
        quote_of(DOCUMENT, 17, 19)
    with pytest.raises(PassageError, match="more than one paragraph"):
        quote_of(DOCUMENT, TEXT.index("quay"), TEXT.index("Tellmark") + 3)


WORDS = st.sampled_from(["the", "port", "ports", "Tell", "no.", "“yes”", "ß", "it", "A-b"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=60), st.data())
def test_every_stretch_is_found_again(words: list[str], data: st.DataObject) -> None:
    document = read_text("Head line\n\n" + " ".join(words) + " and an end of it.")
    block = next(block for block in document.blocks if block.id == "p01")
    start = data.draw(st.integers(block.start, block.end - 1))
    end = data.draw(st.integers(start + 1, block.end))
    if not document.text[start:end].strip():
        return
    quote = quote_of(document, start, end)
    if quote.words:
        anchor = find_quote(document, quote)
        assert anchor.state == "exact"
        assert document.text[start:end].strip() in document.text[anchor.start : anchor.end]
        assert anchor.start <= start + 1
        assert quote_of(document, anchor.start, anchor.end) == quote
    else:
        passage = document.passage(quote.at)
        assert document.text[start:end].strip() in document.text[passage.start : passage.end]
