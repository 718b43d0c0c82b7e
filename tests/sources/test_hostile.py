"""Hostile input: a document or a clear error, nothing executed, nothing fetched."""

from __future__ import annotations

import io
import socket
import zlib
from importlib.util import find_spec

import pytest
from click.testing import CliRunner

from absent import absent
from detente.cli.read import read as read_command
from detente.sources import Limits, ReadOptions, SourceError, read, read_text


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


N = 20_000


@pytest.mark.parametrize(
    "text",
    ["Alpha Beta " * N, "“a " * N, "‘“" * N, "said " * N, ". " * N, "!" * N, "Mr. " * N, "1," * N,
     "Deputy " * N, "A of " * N, "He said that " * N, "will accept or " * N, "\u202eabc " * N,
     "abcdefghijkl\x00m " * N,
     "Like Like 1\n" * N, "Read more\n" * N, "if " * N, "proposal: " + "a b, " * N],
    ids=range(18),
)  # fmt: skip
def test_repetition_takes_bounded_time(text: str) -> None:
    document = read_text(text)
    assert document.reassemble() == text


def test_too_large_is_refused() -> None:
    with pytest.raises(SourceError, match="at most 8,000,000 are read"):
        read(b"a" * 20_000_000)
    with pytest.raises(SourceError, match="cut it down to the article"):
        read_text("Nobody came to the long quay.\n\n" * 100_000)
    many = read_text("word\n" * 100_000)
    assert len(many.blocks) == 100_000
    assert any("not annotated" in warning for warning in many.warnings)


@pytest.mark.parametrize(
    ("raw", "encoding", "warned"),
    [(b"\xff\xfeT\x00a\x00l\x00k\x00s\x00", "utf-16", False), ("Grüße".encode("latin-1"),
     "cp1252", True),
     ("Gespräche über Zölle und Flüsse ".encode() * 3 + b"\xff", "utf-8", True),
     ("\ufeffTalks".encode(), "utf-8-sig", False), ("Talks".encode("utf-16-le"),
     "utf-16-le", False)],
)  # fmt: skip
def test_broken_encodings(raw: bytes, encoding: str, warned: bool) -> None:
    document = read(raw, options=ReadOptions("text/plain"))
    assert document.encoding == encoding
    assert bool(document.warnings) is warned
    assert document.raw == raw


def needs_reader() -> None:
    if find_spec("trafilatura") is None or find_spec("pypdf") is None:
        absent("the extra 'read' is not installed")


@pytest.mark.parametrize(
    "page",
    ["<div>" * N + "x", "<" * N, "<!--" * N, "<a href=\"" * N, "</p>" * N + "<p>x",
     "<script>" * N + "x",
     "<p>" + "&amp;" * N, "<a " + "b=c " * N + ">x</a>"],
    ids=range(8),
)  # fmt: skip
def test_damaged_pages(page: str) -> None:
    needs_reader()
    try:
        document = read(page.encode(), options=ReadOptions("text/html"))
    except SourceError:
        return
    assert document.reassemble() == page


def test_scripts_are_no_text_and_pictures_are_not_fetched() -> None:
    needs_reader()
    page = (
        "<html><body><article><h1>Towns part</h1><script>alert('run')</script><img src='http://x.invalid/a.png'>"
        "<p>The two towns met again on Monday &mdash; nothing came of it, and both went home.</p>"
        "<p onclick='evil()'>The mayor said that the bridge would stay shut until spring came.</p>"
        "<iframe src='http://x.invalid'></iframe></article></body></html>"
    )
    document = read(page.encode())
    assert [block.id for block in document.article] == ["headline", "p01", "p02"]
    assert "alert" not in document.text
    assert "evil" not in document.text
    assert document.reassemble() == page
    dash = document.text.index("—")
    assert document.original[slice(*document.original_span(dash, dash + 1))] == "&mdash;"


def pdf(stream: bytes, *, flate: bool = False) -> bytes:
    """Write the smallest PDF with one page and one content stream."""
    fonts = b"/Resources << /Font << /F1 5 0 R >> >> >>"
    kind = b"/Filter /FlateDecode " if flate else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R " + fonts,
        b"<< " + kind + b"/Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n")
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def test_a_plain_pdf() -> None:
    needs_reader()
    lines = ["Towns part", "", "The two towns met again on Monday.", "", "Nobody came. It rained."]
    moves = "".join(f"({line}) Tj 0 -30 Td " for line in lines)
    document = read(pdf(f"BT /F1 12 Tf 50 700 Td {moves} ET".encode()))
    assert document.media_type == "application/pdf"
    assert "The two towns met again on Monday." in document.text
    assert document.reassemble() == document.original


def test_a_pdf_bomb_is_refused() -> None:
    needs_reader()
    squeeze = zlib.compressobj(9)
    bomb = b"".join(squeeze.compress(b" " * 1_000_000) for _ in range(300)) + squeeze.flush()
    with pytest.raises(SourceError, match="PDF"):
        read(pdf(bomb, flate=True))


@pytest.mark.parametrize(
    "raw", [b"%PDF-1.4\n", b"%PDF-1.7\n" + b"\x00\xff" * 500, b"%PDF-1.4\ntrailer<</Root 1 0 R>>"]
)
def test_damaged_pdfs(raw: bytes) -> None:
    needs_reader()
    with pytest.raises(SourceError, match="PDF"):
        read(raw)


def test_limits_are_options() -> None:
    with pytest.raises(SourceError, match="at most 1 are read"):
        read(b"Talks\n\nThey met.", options=ReadOptions("text/plain", limits=Limits(blocks=1)))


@pytest.mark.parametrize("address", ["http://", "https:///x", "HTTP://"])
def test_bad_addresses(address: str) -> None:
    with pytest.raises(SourceError, match="is not an http or https address"):
        CliRunner().invoke(read_command, [address], catch_exceptions=False)


def test_other_languages_are_read_but_not_annotated() -> None:
    document = read_text(
        "Der Fluss\n\nDie Staaten haben sich nicht geeinigt, und das ist für den Fluss nicht gut."
    )
    assert document.metadata.language.value == "de"
    assert document.annotations == ()
    assert "not annotated" in document.warnings[0]
