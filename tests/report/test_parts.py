"""What the parts of a report say, held against the analyses they rest on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import yaml

from detente.case import load, loads
from detente.coalitions import leverage
from detente.evolution import evolve
from detente.report import Attachments, Options, build, gather, html, markdown
from detente.stability import analyze

if TYPE_CHECKING:
    from detente.report import Document

ROOT = Path(__file__).parents[2]
PLAIN = Options(figures=False)


def section(document: Document, anchor: str) -> str:
    """Give a section as Markdown without its escapes, links and emphasis."""
    text = markdown(document, "figures")[0]
    _, found, rest = text.partition(f'<a id="{anchor}"></a>\n\n## ')
    assert found, f"there is no section {anchor}"
    bare = re.sub(r"(?<!\\)\[([^\]\\]*)\]\(#[^)]*\)", r"\1", rest.partition("\n## ")[0])
    return re.sub(r"[\\`*]", "", bare)


def rows(text: str, first: str) -> list[list[str]]:
    """Give the rows of the table whose head starts with a word."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {first} |"))
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


@pytest.fixture(scope="module")
def flagship() -> Document:
    case = load("us-russia-2025")
    return build(case, PLAIN, gather(case))


@pytest.fixture(scope="module")
def river() -> Document:
    case = load("kell-river")
    return build(case, PLAIN, gather(case))


def test_the_report_in_short(flagship: Document) -> None:
    said = section(flagship, "short")
    for words in (
        "7 hold in every reading, 1 fails in every reading and 4 depend on the reading",
        "2 of the 272 states can hold: s151 and s169 (normalisation and tracks diverge).",
        "status quo does not hold: United States would leave it.",
        "United States and Russia can settle on s169 (normalisation and tracks diverge) without",
        "anybody else; none of them would leave it, and nobody else can undo it to their loss.",
        "United States is needed for each; none can be undone by those left out.",
        "“settlement”, “tracks join” and “escalation” are met by no state that can hold.",
    ):
        assert words in said


def test_every_outcome_has_those_who_can_settle_on_it(flagship: Document) -> None:
    model = load("us-russia-2025").model()
    found = leverage(model.conflict)
    table = {row[0]: row[1:] for row in rows(section(flagship, "settlements"), "Outcome")}
    assert list(table) == [key.replace("_", " ") for key in model.outcomes]
    for key, truth in model.outcomes.items():
        who, grade, against = table[key.replace("_", " ")]
        grades = [one.grade(int(s)) for one in found.settlements for s in np.flatnonzero(truth)]
        assert (grade == "–") == (who == "nobody") == (set(grades) == {None})
        if grade != "–":
            assert grade in grades
            assert who == "United States and Russia"
            assert against == "nothing"
    assert table["settlement"][2] == (
        "United States, Russia and Ukraine can bring it about. Ukraine does not prefer s245 "
        "(settlement) to the status quo [wants “not ukraine.accept”: column p03, stated]."
    )


def test_paths_are_those_of_the_evolution(river: Document) -> None:
    said = section(river, "paths")
    found = evolve(load("kell-river").conflict(), kind="improvements")
    assert [len(level) for level in found.level_sets()] == [1, 2, 2]
    assert "lead to 4 states in at most 2 moves. All 2 states that can hold are among them." in said
    assert re.search(
        r"To s5 \([\w ,]*delta left out\): Orvania sets “Fill the reservoir” to slow "
        r"\[wants “filling != wait”: column deck, implied\], then Brask takes “Buy the power at a "
        r"fixed price” \[wants “brask\.buy[^”]*”: column p04, implied\]\.",
        said,
    )
    table = {row[0]: row[1:] for row in rows(said, "Outcome")}
    assert table["treaty"] == ["not at all", "1 move of Lumera, to s19 (treaty)"]
    assert table["bargain"][0].startswith("2 moves of Orvania and Brask, to s5")


def test_the_changes_named_make_the_outcome_hold(flagship: Document) -> None:
    said = section(flagship, "changing").partition("### “escalation”")[2]
    assert "For s153 (escalation), one of its 16 states, to hold:" in said
    assert (
        "One change of what the parties want: United States reverses the wish not us.escalate "
        "(column p04 [stated])." in said
    )
    raw = yaml.safe_load((ROOT / "cases/us-russia-2025/case.yaml").read_text(encoding="utf-8"))
    first = raw["decision_makers"]["us"]["preferences"]["prioritise"][0]
    assert first["prefer"] == "not us.escalate"

    def held() -> bool:
        model = loads(yaml.safe_dump(raw, sort_keys=False)).model()
        stable = analyze(model.conflict, ["seq"]).equilibria("seq")
        return bool(model.outcomes["escalation"][stable].any())

    assert not held()
    first["prefer"] = "us.escalate"
    assert held()


def test_nothing_is_said_of_changes_where_every_outcome_holds() -> None:
    anchors = {section.anchor for section in build(load("elmira"), PLAIN).sections}
    assert "changing" not in anchors
    assert {"settlements", "paths"} <= anchors


def test_what_takes_too_long_is_left_out_and_named() -> None:
    case = load("us-russia-2025")
    document = build(case, Options(figures=False, seconds=0))
    anchors = {section.anchor for section in document.sections}
    assert not {"claims", "settlements", "changing", "readings", "next"} & anchors
    assert {"short", "verdicts", "sources", "model", "reasons", "paths", "method"} <= anchors
    said = section(document, "method")
    for words, command in (
        ("Verdicts on the claims", "check"),
        ("Settlements", "leverage"),
        ("The fewest changes for an outcome to hold", "inverse"),
    ):
        assert re.search(
            rf"{words} were left out: about \d+ seconds of work on this model, where 0 are allowed "
            rf"\(--seconds\)\. “detente {command}” works them out\.",
            said,
        )
    assert "The case makes 12 claims, not judged here" in section(document, "short")
    assert "--seconds 0 --no-figures" in section(document, "reproducibility")
    assert html(document) == html(build(case, Options(figures=False, seconds=0)))


def test_a_report_is_made_without_touching_files(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "cases/kell-river/case.yaml").read_text(encoding="utf-8")
    case = loads(text, "/nowhere/kell-river/case.yaml")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was touched")

    with monkeypatch.context() as closed:
        for name in ("open", "read_bytes", "read_text", "is_file", "exists", "iterdir", "stat"):
            closed.setattr(Path, name, refuse)
        closed.setattr("builtins.open", refuse)
        # How much memory there is stands in a file, too; that one is no concern here.
        closed.setattr("detente.conflict.memory.free_memory", lambda: 1 << 40)
        document = build(case, PLAIN, Attachments(sha256="0" * 64))
    said = section(document, "reproducibility")
    assert "0" * 64 in said
    assert "/nowhere" not in html(document)
    assert "SHA-256 of the case file" not in section(build(case, PLAIN), "reproducibility")


def test_answers_to_open_questions_are_words(flagship: Document) -> None:
    said = section(flagship, "next")
    assert "ukraine refuses before ukraine support; ukraine support before ukraine refuses" in said
    assert "Settled: Will Washington follow through by withholding arms and intelligence? → as" in (
        section(flagship, "readings")
    )


def test_only_the_works_used_are_cited() -> None:
    said = section(build(load("chicken"), PLAIN), "method")
    assert "Nash. Equilibrium points" in said
    assert "Shapley" not in said
    assert "Li, D. M. Kilgour" not in said
    assert "Shapley, M. Shubik" in section(build(load("elmira"), PLAIN), "method")
