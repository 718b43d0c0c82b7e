"""Statements that little supports may hold or not: which they are, and what becomes of claims."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

from detente.case import Doubt, doubted, find_case, load, loads
from detente.claims import Options, check, plan_of, sweep, swept_in
from detente.errors import DetenteError

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case import Case

STATEMENTS = (
    ("{prefer: x, standing: stated}", "stated"),
    ("{prefer: y, standing: implied, id: a_2}", "implied"),
    ("{prefer: not z, standing: assumed}", "assumed"),
    ("{prefer: x iff z}", None),
)
OPENED = {"assumed": {"assumed"}, "implied": {"assumed", "implied"}}
ENDING = """\
  b:
    options: {z: Do z}
    preferences: {prioritise: [{prefer: y, id: wants, maybe: open, standing: assumed}]}
claims:
  lasts: {assert: "prefers(a, x, not x, alike)", expect: holds}
readings:
  base: {}
  other:
    standing: assumed
    changes:
      - {insert: not y, for: b}
      - {replace: wants, prefer: y and z, standing: stated}
"""


def text_of(kept: list[str]) -> str:
    return (
        "detente: 1\ntitle: A\nstatus_quo: NNN\ndecision_makers:\n  a:\n"
        "    options: {x: Do x, y: Do y}\n"
        f"    preferences: {{prioritise: [{', '.join(kept)}]}}\n{ENDING}"
    )


@pytest.fixture
def case() -> Case:
    return loads(text_of([text for text, _ in STATEMENTS]), "case.yaml")


@pytest.mark.parametrize("doubt", ["assumed", "implied", "all"])
def test_a_reading_is_the_case_without_some_of_the_statements(case: Case, doubt: Doubt) -> None:
    opened = [doubt == "all" or standing in OPENED[doubt] for _, standing in STATEMENTS]
    space = doubted(case, doubt).space()
    assert space.space.size == 2 ** (sum(opened) + 1)
    for answers in product(range(2), repeat=sum(opened) + 1):
        given = iter(answers)
        left_out = [is_open and next(given) == 1 for is_open in opened]
        kept = [text for (text, _), out in zip(STATEMENTS, left_out, strict=True) if not out]
        plain = loads(text_of(kept or ["{prefer: x or not x}"]), "case.yaml")
        wants = next(given)
        expected = plain.settled({"wants": wants}).conflict().ranks
        assert (space.conflict(answers).ranks == expected).all(), answers


def test_names_are_made_where_there_are_none_and_are_not_taken_twice(case: Case) -> None:
    found = doubted(case, "all").uncertainties
    assert [doubt.id for doubt in found] == ["a_1", "a_2", "a_3", "a_4", "wants"]
    clash = loads(text_of(["{prefer: x}", "{prefer: y, id: a_1}"]), "case.yaml")
    assert [d.id for d in doubted(clash, "all").uncertainties] == ["a_1_", "a_1", "wants"]


def test_what_a_reading_brings_in_is_doubted_by_its_standing(case: Case) -> None:
    ids = {
        doubt: [u.id for u in doubted(case, doubt).under("other").uncertainties]
        for doubt in ("assumed", "implied", "all")
    }
    assert ids["assumed"] == ["a_3", "other_b_1"]
    assert ids["implied"] == ["a_2", "a_3", "other_b_1"]
    assert ids["all"] == ["a_1", "a_2", "a_3", "a_4", "wants", "other_b_1"]


def test_preferences_that_a_reading_gives_anew_are_doubted_too() -> None:
    text = text_of(["{prefer: x, standing: stated}"]).replace(
        "- {insert: not y, for: b}\n      - {replace: wants, prefer: y and z, standing: stated}",
        "- {preferences: {prioritise: [y, {prefer: z, standing: stated}]}, for: b}",
    )
    found = doubted(loads(text, "case.yaml"), "assumed").under("other").uncertainties
    assert [doubt.id for doubt in found] == ["other_b_1"]


def test_alternatives_and_open_orders_stay_open_in_that_way_alone() -> None:
    case = doubted(load("us-russia-2025"), "all")
    kinds = {doubt.id: doubt.kind for doubt in case.uncertainties}
    assert (kinds["europe_course"], kinds["ukraine_resolve"]) == ("alternatives", "order")
    assert not {"stands_by", "gives_way", "ukraine_refuses", "ukraine_support"} & kinds.keys()
    assert kinds["us_recognises"] == kinds["us_normalisation"] == "statement"


def test_expected_verdicts_are_about_the_case_as_written(case: Case) -> None:
    checked = check(case, Options(doubt="all"))
    assert checked.overall("lasts").word == "depends"
    assert not checked.expected()


def test_nothing_to_doubt() -> None:
    weighed = "{a: {options: {x: Do x}, preferences: {weigh: {x: 1}}}}"
    case = loads(f"{{detente: 1, title: A, decision_makers: {weighed}}}", "case.yaml")
    with pytest.raises(DetenteError, match=r"nothing to doubt in case\.yaml.* only assumed"):
        doubted(case, "assumed")
    with pytest.raises(DetenteError, match=r"nothing to doubt in case\.yaml.* taken as given"):
        doubted(case, "all")
    with pytest.raises(DetenteError, match="there is no doubt 'guessed'"):
        doubted(case, "guessed")  # type: ignore[arg-type]


def test_the_flagship_rests_little_on_what_is_only_assumed() -> None:
    case = load("us-russia-2025")
    written, doubting = check(case), check(case, Options(doubt="assumed"))
    changed = [
        key for key in written.claims if written.overall(key).word != doubting.overall(key).word
    ]
    assert changed == ["stalling_delays_the_end"]


def test_a_sweep_doubts_as_a_check_does(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = find_case("us-russia-2025")
    case = load(path)
    plan = plan_of(path, case, reading="kyiv", doubt="assumed")
    swept = sweep(plan, tmp_path)
    checked = check(case, Options(doubt="assumed"), readings=["kyiv"]).readings[0]
    shares = {key: swept.tally.share(i) for i, key in enumerate(plan.claims)}
    assert swept.size == checked.size == 512
    assert shares == {key: judged.verdict.share for key, judged in checked.judged.items()}
    again = swept_in(tmp_path, case, plan.text)
    assert again.plan == plan
    assert (again.tally.true == swept.tally.true).all()
    with pytest.raises(DetenteError, match="doubt differs"):
        sweep(replace(plan, doubt=None), tmp_path)
