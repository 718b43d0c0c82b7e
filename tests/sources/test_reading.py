from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.cli.read import read as read_command
from detente.sources import Document, SourceError, read, read_text
from detente.sources.decode import Limits
from detente.sources.document import PassageError, Role
from detente.sources.read import ReadOptions

LINES = st.sampled_from(
    ["Read more", "Share", "Like Like 0", "12 comments", "3 May 1976", "By Ann Low", "Q: Why?",
     "A town waits", "The dam will stay, she said. It rained.", "“Never!”", "", "* * *", "\x00", "\u202e",
     "What's Your Reaction?", "Most read", "Home > World", "Mr. Low left.", "if", "\u00a0"]
)  # fmt: skip


def assert_tiles(document: Document) -> None:
    assert document.reassemble() == document.original
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end
        assert not any(character.isalnum() for character in document.text[at : block.start])
        at = block.end
        inner = block.start
        for start, end in block.sentences:
            assert inner <= start < end <= block.end
            assert not document.text[inner:start].strip()
            inner = end
        if block.sentences:
            assert inner == block.end
    assert len({block.id for block in document.blocks}) == len(document.blocks)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=25), st.sampled_from(["\n", "\n\n", "\r\n", " \n"]))
def test_every_character_has_one_place(lines: list[str], join: str) -> None:
    text = join.join(lines)
    try:
        document = read_text(text)
    except SourceError:
        assert not any(character.isalnum() for character in text)
        return
    assert_tiles(document)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_a_clear_error(raw: bytes) -> None:
    try:
        document = read(raw, options=ReadOptions("text/plain"))
    except SourceError:
        return
    assert document.raw == raw
    assert_tiles(document)


def test_wrapped_paragraphs_are_joined() -> None:
    wrapped = (
        "Dam talks stall\n\n"
        "The two river states met for the third time this spring and again parted\n"
        "without a date for the next round, although both said that the door was\n"
        "still open and that nobody had left the table in anger on the last night\n"
        "of the meeting.\n\n"
        "The next round has no date.\n"
    )
    document = read_text(wrapped)
    assert [block.id for block in document.blocks] == ["headline", "p01", "p02"]
    assert document.passage("p01").text.endswith("last night of the meeting.")


def test_locators() -> None:
    document = read_text("Talks\n\nThey met at noon. They left.\n\nShare\n\nNobody spoke to us.")
    assert document.passage("p02").text == "Nobody spoke to us."
    assert document.passage("p01.s2").text == "They left."
    with pytest.raises(PassageError, match=r"no passage 'p01.s9'; there are p01.s1, p01.s2"):
        document.passage("p01.s9")
    with pytest.raises(PassageError, match="there are p02, p01"):
        document.passage("p03")
    with pytest.raises(PassageError, match="there are headline"):
        document.passage("hedline")
    assert document.passage("f01").role is Role.FURNITURE


def test_a_passage_hash_survives_typography() -> None:
    one = read_text("Talks\n\nIt’s the delta’s water, they said.").passage("p01")
    two = read_text("Other head\n\nIt's  the delta's water, they said.").passage("p01")
    assert one.hash == two.hash


@pytest.mark.parametrize(
    ("raw", "message"),
    [(b"", "no text"), (b"\x00" * 50, "not text|no text"), (b" \n \n", "no text"),
     (b"a" * 101, "at most 100")],
)  # fmt: skip
def test_refusals(raw: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(raw, options=ReadOptions(limits=Limits(raw_bytes=100)))


def test_the_command_writes_json() -> None:
    article = "Talks stall\n\nMay 3, 1976\n\nThey met again. They left at noon.\n"
    result = CliRunner().invoke(read_command, ["-", "--json"], input=article)
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["metadata"]["published"]["value"] == "1976-05-03"
    assert [block["id"] for block in data["blocks"]] == ["headline", "f01", "p01"]


def test_the_command_shows_hostile_marks_and_refuses_without_traceback() -> None:
    article = "Talks\n\nThe \u202edam\x1b[31m stays, they said.\n"
    result = CliRunner().invoke(read_command, ["-"], input=article.encode())
    assert "\\u202edam\\u001b[31m" in result.stdout
    assert "\x1b" not in result.stdout
    missing = CliRunner().invoke(read_command, ["no such file"])
    assert missing.exit_code == 2
    assert "cannot read" in missing.stderr
