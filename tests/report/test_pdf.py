"""Reports on paper: printed by a real browser, and by WeasyPrint where it is there."""

from __future__ import annotations

import io
import os
import shutil
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.cli import main
from detente.errors import DetenteError
from detente.report import Options, build, gather, html, pdf
from detente.report.pdf import BROWSERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

PAGE = "<!doctype html><html lang='en'><title>A report</title><p>Words</p></html>"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> str:
    """Name a browser that is there, and hide WeasyPrint; in CI there must be one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no Chromium: install it")
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    return str(found)


def opened(made: bytes) -> PdfReader:
    pypdf = pytest.importorskip("pypdf")
    reader: PdfReader = pypdf.PdfReader(io.BytesIO(made))
    return reader


def words(reader: PdfReader) -> str:
    """Give the text of all pages, ligatures undone."""
    text = " ".join(page.extract_text() for page in reader.pages)
    for ligature, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi")):
        text = text.replace(ligature, letters)
    return " ".join(text.split())


@pytest.mark.usefixtures("browser")
def test_chromium_prints_the_whole_report() -> None:
    case = load("kell-river")
    made = pdf(html(build(case, Options(), gather(case))))
    reader = opened(made)
    n_pages = len(reader.pages)
    assert 5 <= n_pages <= 30
    text = words(reader)
    for part in (
        "The Kell river and the Sarn dam",
        "2 of the 72 states can hold: s5 (bargain",
        "delta left out) and s9.",
        "“Lumera, the state of the delta, was not invited.”",
        "Who can settle with whom",
        "detente report kell-river -o report.html",
    ):
        assert part in text
    # The page numbers, the names in a figure, and the paper: A4, in points.
    assert f"{n_pages} / {n_pages}" in text
    assert "Orvania + Brask" in text
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.metadata is not None
    assert reader.metadata.title == "The Kell river and the Sarn dam"
    # What reading aloud and finding one's way need: language, tags, an outline.
    assert str(reader.root_object["/Lang"]) == "en"
    assert "'/Marked': True" in str(reader.root_object["/MarkInfo"])
    outline = [str(entry.title) for entry in _flat(reader.outline) if hasattr(entry, "title")]
    assert "Reproducibility" in outline


def _flat(entries: object) -> Iterator[object]:
    for entry in entries if isinstance(entries, list) else [entries]:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


@pytest.mark.usefixtures("browser")
def test_chromium_prints_the_same_bytes_again() -> None:
    page = html(build(load("chicken")))
    first = pdf(page)
    assert b"CreationDate" not in first
    assert pdf(page) == first


@pytest.mark.parametrize("printer", ["browser", "weasyprint"])
def test_no_request_reaches_even_this_machine(printer: str, request: pytest.FixtureRequest) -> None:
    """A page as hostile as can be asks a server next door for everything."""
    if printer == "browser":
        request.getfixturevalue("browser")
    else:
        pytest.importorskip("weasyprint")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        asked: list[bytes] = []
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    asked.append(connection.recv(1000))

        listener = threading.Thread(target=listen)
        listener.start()
        there = f"http://127.0.0.1:{port}"
        hostile = (
            f"<!doctype html><link rel=stylesheet href='{there}/a.css'><img src='{there}/b.png'>"
            f"<iframe src='{there}/c'></iframe><script src='{there}/d.js'></script>"
            f"<script>fetch('{there}/e'); new WebSocket('ws://127.0.0.1:{port}/f')</script>"
            f"<p style='background: url({there}/g)'>Words</p>"
        )
        try:
            made = pdf(hostile)
        finally:
            done.set()
            listener.join()
    assert "Words" in words(opened(made))
    assert asked == []


def test_weasyprint_prints_the_whole_report() -> None:
    pytest.importorskip("weasyprint")
    reader = opened(pdf(html(build(load("chicken")))))
    assert len(reader.pages) >= 3
    assert not set(reader.metadata or {}) & {"/CreationDate", "/ModDate"}
    assert "Can a compromise hold when each side would rather" in words(reader)
    assert "detente report chicken/ -o report.html" in words(reader)


def test_without_a_printer_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(DetenteError, match=r"detente\[pdf\].*Chromium"):
        pdf(PAGE)
    # What stood there before stays as it was, and nothing is left beside it.
    target = tmp_path / "report.pdf"
    target.write_bytes(b"earlier")
    monkeypatch.setattr(sys, "argv", ["detente", "report", "chicken", "-o", str(target)])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert "write HTML and print it" in capsys.readouterr().err
    assert target.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("does", ["exit 1", 'printf "%PDF-1.4 cut off" > "$target"', "exec /none"])
def test_a_browser_that_does_not_print_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, does: str
) -> None:
    fake = tmp_path / "chromium"
    fake.write_text(
        "#!/bin/sh\n"
        'for word in "$@"; do case $word in --print-to-pdf=*) target=${word#*=};; esac; done\n'
        f"{does}\n"
    )
    fake.chmod(0o755)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr(shutil, "which", lambda name: str(fake) if name == "chromium" else None)
    with pytest.raises(DetenteError, match="did not print the report"):
        pdf(PAGE)
