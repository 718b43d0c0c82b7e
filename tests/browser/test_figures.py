"""Figures as a browser sets them: no words cut off, none upon others, whatever the names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente.case import Case, catalogue, load, loads
from detente.claims import check
from detente.coalitions import leverage
from detente.evolution import evolve
from detente.figures import (
    Bar,
    Figure,
    evolution_chart,
    rank_table,
    settlement_lattice,
    state_graph,
    tornado,
    tornado_of,
)
from detente.stability import analyze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# Words that leave the picture, or cover more than a hair's breadth of other words.
FAULTS = """() => {
  const svg = document.querySelector("svg");
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const own = (text) => [...text.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data);
  const all = [...svg.querySelectorAll("text")].map((t) => {
    const { x, y, width, height } = t.getBBox();
    return { words: own(t).join(""), left: x, top: y, right: x + width, bottom: y + height };
  });
  const faults = all
    .filter((t) => t.words.trim())
    .filter((t) => t.left < 0 || t.top < 0 || t.right > width || t.bottom > height)
    .map((t) => `cut off: ${t.words}`);
  all.forEach((a, i) => all.slice(0, i).forEach((b) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 2 && down > 4) faults.push(`${a.words} upon ${b.words}`);
  }));
  return faults;
}"""

NAMES = (
    "The Intergovernmental Commission for the Protection of the Great River Basin and Tributaries",
    "جمهورية الصحراء الكبرى المتحدة وجيرانها",
    "東アジア経済共同体常設委員会および関連機関の代表者会議",
    '<script>alert(1)</script> & "Ω" \u202e',
)


def named(names: tuple[str, ...]) -> Case:
    lines = ["detente: 1", "title: Names", "decision_makers:"]
    for i, name in enumerate(names):
        question = json.dumps(f"Does {name} want this above all, whatever the others may do then?")
        before = f"not d{i - 1 if i else len(names) - 1}.o"
        own = f"{{prefer: d{i}.o, id: s{i}, maybe: open, question: {question}}}"
        lines += [
            f"  d{i}:",
            f"    name: {json.dumps(name)}",
            "    options: {o: Do it}",
            f"    preferences: {{prioritise: [{before}, {own}]}}",
        ]
    lines += [
        "outcomes: {an_outcome_whose_name_goes_on_and_on_for_a_while: d0.o, other: not d0.o}",
        f"status_quo: {'N' * len(names)}",
        f"claims: {{c: {{assert: equilibrium(d0.o), text: {json.dumps(' and '.join(names))}}}}}",
    ]
    return loads("\n".join(lines) + "\n")


def one_state() -> Case:
    return loads(
        "{detente: 1, title: One, states: {one: The only state there is}, status_quo: one, "
        "decision_makers: {a: {name: Alone, preferences: {rank: [one]}}}}"
    )


CASES: dict[str, Case] = {
    **{key: load(key) for key in catalogue()},
    "names": named(NAMES),
    "one DM": named(NAMES[:1]),
    "one state": one_state(),
}


def figures_of(case: Case) -> Iterator[Figure]:
    model = case.model()
    conflict = model.conflict
    analysis = analyze(conflict)
    stable = analysis.equilibria("seq")
    start = conflict.status_quo or 0
    followed = evolve(conflict, start, kind="improvements")
    path = followed.search.path_to_any(np.isin(np.arange(conflict.n_states), stable))
    yield state_graph(model, equilibria=stable, path=path)
    if conflict.n_states > 30:
        yield state_graph(model, equilibria=stable, limit=60)
    yield rank_table(model, analysis)
    yield evolution_chart(model, followed, equilibria=stable)
    yield evolution_chart(model, evolve(conflict, start), equilibria=stable, limit=4)
    yield settlement_lattice(model, leverage(conflict, start=start))
    if case.claims:
        reading = check(case).readings[0]
        yield from (tornado_of(reading, claim) for claim in reading.judged)


@pytest.fixture(scope="module")
def faults_of(browser: Browser) -> Iterator[object]:
    page = browser.new_page()

    def found(figure: Figure) -> list[str]:
        page.set_content(figure.svg)
        faults: list[str] = page.evaluate(FAULTS)
        return faults

    yield found
    page.close()


@pytest.mark.parametrize("name", CASES)
def test_words_stand_clear(name: str, faults_of: object) -> None:
    assert callable(faults_of)
    faults = {figure.title: faults_of(figure) for figure in figures_of(CASES[name])}
    assert {title: told for title, told in faults.items() if told} == {}


def test_words_of_a_long_tornado_stand_clear(faults_of: object) -> None:
    assert callable(faults_of)
    bars = [
        Bar(name * 2, i / 40, 1 - i / 37, f"if {name}", f"if not {name}")
        for i, name in enumerate(NAMES * 3)
    ]
    for share in (0.0, 0.03, 0.5, 0.97, 1.0):
        assert faults_of(tornado("It holds " * 30, share, bars)) == []
