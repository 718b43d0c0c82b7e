"""Passages: quoted in short where the text is attached, named by their place where it is not."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.report import Options, build, gather, html, markdown
from detente.report.passages import shortened

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "He said <script>alert(1)</script> & left [here](javascript:x)."
TEXT = f"""\
Talks stall again

By our own correspondent

{HOSTILE} The second sentence names the pact.

{" ".join(f"word{i}" for i in range(90))}.
"""
CASE = """\
detente: 1
title: A dispute
sources:
  paper: {title: The paper, kind: news, sha256: HASH}
decision_makers:
  a:
    cite: paper p01
    standing: stated
    options: {x: {text: Do x, cite: paper p02, standing: implied}}
    preferences:
      prioritise:
        - {prefer: x, cite: {source: paper, at: p01, quote: the pact}, standing: assumed}
        - {prefer: not x, cite: paper p77}
status_quo: N
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "paper.txt").write_text(TEXT, encoding="utf-8")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    path = tmp_path / "case.yaml"
    path.write_text(CASE.replace("HASH", digest), encoding="utf-8")
    return path


def told(path: Path, *, quotes: bool = True) -> str:
    case = load(path)
    document = build(case, Options(figures=False, quotes=quotes), gather(case))
    return html(document)


def test_the_sentence_with_the_words_cited_is_quoted(file: Path) -> None:
    page = told(file)
    assert "“The second sentence names the pact.”" in page
    assert "alert(1)" not in page
    row = page.partition("“The second sentence names the pact.”")[2].partition("</tr>")[0]
    assert row.count("<code>") == 2
    assert "stated" in row
    assert "assumed" in row
    assert "p77</strong>" not in page


def test_no_passage_is_quoted_at_length(file: Path) -> None:
    page = told(file)
    quoted = page.partition("“word0 ")[2].partition("”")[0]
    assert quoted.split()[-2:] == ["word39", "…"]
    assert shortened("字" * 900) == "字" * 280 + " …"


def test_a_hostile_passage_is_escaped(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("quote: the pact", "quote: left"))
    page = told(file)
    assert (
        "“He said &lt;script&gt;alert(1)&lt;/script&gt; &amp; left [here](javascript:x).”" in page
    )
    case = load(file)
    text = markdown(build(case, Options(figures=False), gather(case)), "f")[0]
    assert r"\<script\>alert(1)\</script\>" in text
    assert r"\[here\](javascript:x)" in text


def test_quotations_can_be_left_out(file: Path) -> None:
    page = told(file, quotes=False)
    assert "Quoted from it" not in page
    assert "names the pact" not in page
    assert "--no-quotes" in page


def test_another_text_than_the_one_recorded_is_not_quoted(file: Path) -> None:
    other = TEXT.replace("names the pact", "names the treaty")
    (file.parent / "paper.txt").write_text(other, encoding="utf-8")
    page = told(file)
    assert "not the one whose hash the case records, so nothing is quoted" in page
    assert "treaty" not in page


def test_without_the_text_there_are_places_alone(file: Path) -> None:
    (file.parent / "paper.txt").unlink()
    page = told(file)
    assert "Its text is not attached: its passages are given by their places alone." in page
    assert "Quoted from it" not in page
    assert ">paper p02</a>" in page


def test_of_the_rivers_column_each_passage_cited_is_quoted_once() -> None:
    case = load("kell-river")
    page = html(build(case, Options(figures=False), gather(case)))
    assert page.count("“Lumera, the state of the delta, was not invited.”") == 1
    assert page.count("“A slow filling costs Orvania two seasons of power") == 1
