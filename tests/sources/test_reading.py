from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.cli.read import read as read_command
from detente.errors import DetenteError
from detente.sources import Document, SourceError, read, read_text, search, suggest
from detente.sources.decode import Limits
from detente.sources.document import PassageError, Role
from detente.sources.read import ReadOptions
from sources import scoring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINES = st.sampled_from(
    ["Read more", "Share", "Like Like 0", "12 comments", "3 May 1976", "By Ann Low", "Q: Why?",
     "A town waits", "The dam will stay, she said. It rained.", "“Never!”", "", "* * *", "\x00",
     "\u202e",
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
    except SourceError:  # refused as binary, or empty
        assert "\x00" in text or not any(character.isalnum() for character in text)
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
    with pytest.raises(PassageError, match=r"no passage p01.s9: the nearest are p01.s1, p01.s2"):
        document.passage("p01.s9")
    with pytest.raises(PassageError, match="nearest are p02, p01"):
        document.passage("p03")
    with pytest.raises(PassageError, match="nearest is headline"):
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
    written = CliRunner().invoke(read_command, ["-", "--json"], input=article.encode()).stdout
    assert "\u202e" not in written
    assert json.loads(written)["blocks"][1]["text"] == "The \u202edam\x1b[31m stays, they said."
    with pytest.raises(DetenteError, match="no such file cannot be read: no such file or dir"):
        CliRunner().invoke(read_command, ["no such file"], catch_exceptions=False)


ARTICLE = """Towns part

By Ann Low

Norway's minister, Per Lund, said that the bridge may close. Sweden refused to pay. I find it wrong.

Sweden will talk to Norway if it rains. We do not know when.

A stray line
"""


def test_the_command_shows_provenance_balance_and_what_needs_review() -> None:
    result = CliRunner().invoke(read_command, ["-"], input=ARTICLE)
    assert result.exit_code == 0
    assert "author       Ann Low  [stated (byline)]" in result.stdout
    assert "engine: rules 1" in result.stdout
    assert "heard (statements attributed, of mentions): Norway 1 of 2" in result.stdout
    assert "for review (kept as text, may be furniture): p03" in result.stdout


def test_the_command_lists_annotations_of_a_kind() -> None:
    result = CliRunner().invoke(read_command, ["-", "--kind", "statement"], input=ARTICLE)
    assert "p01.s1       statement    the bridge may close" in result.stdout
    assert "speaker: Per Lund; voice: named; cue: said; framing: neutral" in result.stdout


def test_json_without_the_words(tmp_path: Path) -> None:
    article, output = tmp_path / "article.txt", tmp_path / "article.json"
    article.write_text(ARTICLE)
    arguments = [str(article), "--json", "--no-text", "-o", str(output)]
    assert CliRunner().invoke(read_command, arguments).exit_code == 0
    data = json.loads(output.read_text())
    assert "bridge may close" not in output.read_text()
    assert data["provenance"]["engine"] == "rules 1"
    assert data["voices"][1]["certainty"] == "possible"
    assert [path.name for path in tmp_path.iterdir()].count("article.json.part") == 0


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(ARTICLE.encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_is_fetched_when_asked(address: str) -> None:
    result = CliRunner().invoke(read_command, [f"{address}/article.txt"])
    assert "Ann Low" in result.stdout


def test_a_redirection_to_a_file_is_refused(address: str) -> None:
    with pytest.raises(SourceError, match=r"cannot be fetched|not an http"):
        CliRunner().invoke(read_command, [f"{address}/away"], catch_exceptions=False)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(scoring.articles()),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), LINES), max_size=6),
)
def test_damaged_articles_keep_every_character(
    article: scoring.Article, cuts: list[tuple[float, float, str]]
) -> None:
    """Cut and splice real layouts: whatever comes out has one place for every character."""
    text = article.text
    for first, last, inserted in cuts:
        start, end = sorted((int(first * len(text)), int(last * len(text))))
        text = text[:start] + inserted + text[min(end, start + 200) :]
    form = article.header["form"]
    if form == "text/html" and find_spec("trafilatura") is None:
        form = "text/plain"
    try:
        document = read(text.encode(), options=ReadOptions(form))
    except SourceError:
        return
    assert document.reassemble() == text
    for note in document.annotations:
        assert 0 <= note.start < note.end <= len(document.text)
        assert document.passage(note.passage).start <= note.start
    assert search([document], "close the port") is not None
    assert suggest(document).source.sha256 == document.id
