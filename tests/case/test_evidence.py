"""From an article to a case that cites it, and back from a citation to its passage."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from detente.case import load, loads
from detente.case.drafting import draft_case
from detente.case.evidence import attached_texts, check_citations, element, elements, uncited
from detente.cli import main
from detente.errors import DetenteError
from detente.sources import read_text
from detente.stability import analyze

if TYPE_CHECKING:
    from pathlib import Path

# An article of our own about a dispute that never was.
ARTICLE = """\
Ferry talks stall as Orvania threatens to close the strait

Three days of talks in the harbour town ended without a word on the tolls.

Orvania threatened to close the strait. "We will not pay twice," said the minister of Tellmark.

Will Tellmark withhold the pilots' licences? Nobody at the quay would say.

If the tolls are lifted, the ferries may sail again by autumn.
"""

CASE = """\
detente: 1
title: The strait
sources:
  report:
    title: Ferry talks stall
    sha256: {hash}
decision_makers:
  orvania:
    options:
      close:
        text: Close the strait
        cite: {{source: report, at: p02, quote: "threatened to close"}}
    cite: report p09
    preferences: {{prioritise: [{{prefer: not orvania.close, cite: report}}]}}
  tellmark:
    options:
      withhold:
        text: Withhold the pilots' licences
        cite: {{source: report, at: p02, quote: "pilots’ licences"}}
    preferences: {{prioritise: [tellmark.withhold]}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    digest = hashlib.sha256(ARTICLE.encode()).hexdigest()
    (tmp_path / "case.yaml").write_text(CASE.format(hash=digest))
    (tmp_path / "report.txt").write_text(ARTICLE)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["detente", *arguments])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def test_words_that_moved_or_changed_are_told_with_their_place(folder: Path) -> None:
    later = ARTICLE.replace("Three days", "It was a long week at sea.\n\nThree days")
    later = later.replace("threatens to close", "may close").replace("threatened", "threatens")
    (folder / "report.txt").write_text(later)
    case = load(folder)
    checked = {c.element: c for c in check_citations(case, attached_texts(case))}
    moved = checked["tellmark.withhold"]
    assert moved.state == "other words"
    assert moved.message == "p02 does not hold the words “pilots’ licences”: they stand at p04.s1"
    assert moved.anchor is not None
    assert (moved.anchor.state, moved.anchor.locator) == ("moved", "p04.s1")
    changed = checked["orvania.close"]
    assert changed.message.endswith("p03.s1 has “threatens to close”")
    assert changed.anchor is not None
    assert changed.anchor.state == "changed"


def test_each_citation_leads_to_its_passage_or_says_why_not(folder: Path) -> None:
    case = load(folder)
    texts = attached_texts(case)
    checked = {c.element: c for c in check_citations(case, texts)}
    assert {name: c.state for name, c in checked.items()} == {
        "orvania": "no passage",
        "orvania.close": "found",
        "orvania:1": "found",
        "tellmark.withhold": "other words",
    }
    passage = checked["orvania.close"].passage
    assert passage is not None
    assert passage.text.startswith("Orvania threatened")
    assert "p04" in checked["orvania"].message
    assert "they stand at p03" in checked["tellmark.withhold"].message


def test_passages_of_weight_that_nothing_cites(folder: Path) -> None:
    case = load(folder)
    found = {passage.id for _, passage in uncited(case, attached_texts(case))}
    assert "headline.s1" in found
    assert not any(locator.startswith("p02") for locator in found)


def test_a_text_that_is_missing_or_not_the_recorded_one_is_told(folder: Path) -> None:
    (folder / "report.txt").write_text(ARTICLE + "One line more.\n")
    assert attached_texts(load(folder)).changed == ("report",)
    (folder / "report.txt").unlink()
    texts = attached_texts(load(folder))
    assert texts.missing == ("report",)
    assert {c.state for c in check_citations(load(folder), texts)} == {"no text"}


def test_elements_are_named_as_the_file_names_them() -> None:
    case = load("us-russia-2025")
    names = [item.name for item in elements(case)]
    assert names[:3] == ["us", "us.normalise", "us.offer"]
    assert "us_follows_through" in names
    assert "rule:1" in names
    assert "tracks_join" in names
    with pytest.raises(DetenteError, match=r"did you mean us\.withhold"):
        element(case, "us.withold")


def test_a_draft_loads_cites_and_asserts_no_preference() -> None:
    text = draft_case(read_text(ARTICLE))
    case = loads(text)
    assert "orvania" in {dm.id for dm in case.decision_makers}
    assert "orvania.close_strait" in {option.name for option in case.options}
    assert all(dm.preferences is None for dm in case.decision_makers)
    assert all(item.evidence.cite for item in elements(case))
    assert "# What the text leaves open:" in text
    assert case.sources["article"].sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()


@pytest.mark.parametrize(
    "article",
    [
        "x",
        "Nothing\n\nNobody did anything.",
        'Attack\n\nThe "and" of Not threatened: to #x [y] {z} & *w. Or said: "\\e[31m".',
        "T\n\n" + "Orvania threatened to " + "close " * 3000 + ".",
    ],
)
def test_a_draft_of_anything_loads(article: str) -> None:
    loads(draft_case(read_text(article)))


def test_attach_checks_the_hash(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    copy = folder / "elsewhere.txt"
    copy.write_text(ARTICLE)
    (folder / "report.txt").unlink()
    assert run(monkeypatch, "sources", str(folder)) == 0
    assert "missing" in capsys.readouterr().out
    other = folder / "other.txt"
    other.write_text("Another text")
    assert run(monkeypatch, "sources", "attach", str(folder), "report", str(other)) == 2
    assert "is not the text whose hash" in capsys.readouterr().err
    assert not (folder / "report.txt").exists()
    assert run(monkeypatch, "sources", "attach", str(folder), "reprot", str(copy)) == 2
    assert "did you mean report?" in capsys.readouterr().err
    assert run(monkeypatch, "sources", "attach", str(folder), "report", str(copy)) == 0
    assert (folder / "report.txt").read_text() == ARTICLE
    capsys.readouterr()
    assert run(monkeypatch, "validate", str(folder)) == 0
    out = capsys.readouterr().out
    assert "Citations: 2 of 4 lead to their passage." in out
    assert "orvania: report p09:" in out


def test_passages_about_an_element(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "sources", str(folder), "--about", "tellmark.withhold") == 0
    first = capsys.readouterr().out.splitlines()[1]
    assert first.startswith("report p03.s1")


def test_new_from_an_article_keeps_the_article_beside_the_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "news.txt"
    source.write_text(ARTICLE)
    folder = tmp_path / "drafted"
    assert run(monkeypatch, "new", str(folder), "--from", str(source)) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["article.txt", "case.yaml"]
    capsys.readouterr()
    assert run(monkeypatch, "states", str(folder), "--json") == 0
    assert json.loads(capsys.readouterr().out)["states"]
    assert run(monkeypatch, "new", str(tmp_path / "b"), "--from", str(tmp_path / "none.txt")) == 2
    assert not (tmp_path / "b").exists()


def test_who_speaks_for_a_party_is_folded_into_it_and_cited() -> None:
    text = (
        "Ferry talks\n\nOrvania's minister threatened to close the strait. Orvania left.\n\n"
        "Mira Tolk, an aide to the president of Orvania, vowed to return. Tellmark's minister left."
    )
    drafted = draft_case(read_text(text))
    assert (
        "    # spoken for by Mira Tolk (article p02.s1), who is no decision maker apart" in drafted
    )
    case = loads(drafted)
    (orvania,) = (dm for dm in case.decision_makers if dm.name == "Orvania")
    assert "article p02.s1" in {str(citation) for citation in orvania.evidence.cite}
    assert set(orvania.options) == {"close_strait", "return"}
    assert "Mira Tolk" not in {dm.name for dm in case.decision_makers}


def test_the_flagship_case_cites_paragraphs_that_are_there(
    seed_bytes: bytes, tmp_path: Path
) -> None:
    shutil.copy(load("us-russia-2025").file, tmp_path)
    (tmp_path / "column.txt").write_bytes(seed_bytes)
    case = load(tmp_path)
    texts = attached_texts(case)
    assert (texts.missing, texts.changed) == ((), ())
    assert {c.state for c in check_citations(case, texts)} == {"found"}


def test_the_chain_from_passage_to_equilibrium_in_the_case_with_its_own_article() -> None:
    case = load("kell-river")
    texts = attached_texts(case)
    assert (list(texts.documents), texts.missing, texts.changed) == (["column"], (), ())
    checked = check_citations(case, texts)
    assert {c.state for c in checked} == {"found"}
    assert len(checked) >= 30
    model = case.model()
    left_out = model.outcomes["delta_left_out"]
    assert [model.conflict.pattern(int(s)) for s in analyze(model.conflict).equilibria("seq")] == [
        "1YNNNN",
        "2NYNNN",
    ]
    assert left_out[analyze(model.conflict).equilibria("seq")].tolist() == [True, False]
