"""Reports on paper."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.errors import DetenteError
from detente.report import Options, build, html, pdf

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "<!doctype html><html lang='en'><title>A report</title><p>Words</p></html>"


def test_a_report_is_printed_with_what_is_there() -> None:
    made = pdf(html(build(load("chicken"), Options(figures=False))))
    assert made[:5] == b"%PDF-"
    assert b"%%EOF" in made[-32:]


def test_without_a_printer_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(DetenteError, match=r"detente\[pdf\].*Chromium"):
        pdf(PAGE)


def test_a_browser_prints_where_weasyprint_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    browser = tmp_path / "chromium"
    browser.write_text(
        "#!/bin/sh\n"
        'for word in "$@"; do case $word in --print-to-pdf=*) target=${word#*=};; esac; done\n'
        'printf "%%PDF-fake" > "$target"\n'
    )
    browser.chmod(0o755)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr(shutil, "which", lambda name: str(browser) if name == "chromium" else None)
    assert pdf(PAGE) == b"%PDF-fake"


def test_a_browser_that_prints_nothing_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\nexit 1\n")
    browser.chmod(0o755)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr(shutil, "which", lambda name: str(browser) if name == "chromium" else None)
    with pytest.raises(DetenteError, match="did not print the report"):
        pdf(PAGE)
