"""Nothing is lost: drafts, verdicts and choices on reload, the keyboard's place after an action."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from detente.case import catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

LONG = "The Intergovernmental Commission for the Protection of the Great River Basin"
NAMES = f"""\
detente: 1
title: {json.dumps(LONG)}
decision_makers:
  commission:
    name: {json.dumps(LONG)}
    options: {{antidisestablishmentarianism_of_the_most_excessive_kind: {json.dumps(LONG)}}}
  sahra:
    name: "جمهورية الصحراء الكبرى المتحدة \\u202e"
    options: {{act: "<b>🐻</b>"}}
    preferences: {{prioritise: [{{prefer: not sahra.act, id: {"w" * 60}, maybe: open}}]}}
outcomes: {{an_outcome_whose_name_goes_on_and_on_for_quite_a_while: sahra.act}}
status_quo: NN
claims: {{c: {{text: {json.dumps(LONG)}, assert: equilibrium(sahra.act)}}}}
"""


def test_each_tab_keeps_its_own_draft(page: Page) -> None:
    page.goto("/whatif/chicken")
    page.get_by_role("button", name="Flip").first.click()
    mine = page.locator("li.changed .words")
    expect(mine).to_have_text(re.compile("^not b.swerve"))
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    other = page.context.new_page()
    other.goto("/whatif/chicken")
    expect(other.get_by_text("Your changes from before are here again")).to_be_visible()
    other.get_by_role("button", name="Back to the file").click()
    expect(other.locator("li.changed")).to_have_count(0)
    other.get_by_role("button", name="Flip").last.click()
    expect(other.locator("li.changed .words")).to_have_text(re.compile(r"^not \(if not a.swerve"))
    page.reload()
    expect(mine).to_have_text(re.compile("^not b.swerve"))
    other.reload()
    expect(other.locator("li.changed .words")).to_have_text(re.compile(r"^not \(if not a.swerve"))


def test_verdicts_of_a_sweep_survive_a_reload(page: Page) -> None:
    page.goto("/verdicts/harbour")
    page.get_by_role("button", name="Judge all combinations").click()
    expect(page.locator("td .verdict").first).to_contain_text("depends, 50 %")
    expect(page.get_by_role("button", name="Judge all combinations")).to_be_focused()
    page.reload()
    expect(page.locator("td .verdict").first).to_contain_text("depends, 50 %")
    page.goto("/whatif/harbour")
    page.get_by_role("button", name="Flip").first.click()
    expect(page.get_by_text("gained,")).to_be_visible()
    page.get_by_role("link", name="Verdicts", exact=True).click()
    expect(page.locator("td .verdict").first).to_contain_text(re.compile("holds|fails"))


def test_how_opponents_answer_is_part_of_the_address(page: Page) -> None:
    page.goto("/states/us-russia-2025?state=s151")
    page.get_by_label("Opponents answer by").select_option("single")
    expect(page).to_have_url(re.compile("opponents=single"))
    expect(page.get_by_text("Reasons are given for opponents that answer by any")).to_be_visible()
    page.get_by_label("Stable under").select_option("gmr")
    page.reload()
    expect(page.get_by_label("Opponents answer by")).to_have_value("single")
    expect(page.get_by_label("Stable under")).to_have_value("gmr")
    page.get_by_role("link", name="What if", exact=True).click()
    expect(page.get_by_text("Opponents answer by a single move.")).to_be_visible()
    expect(page.get_by_text("the same")).to_have_count(5)


def test_the_keyboard_stays_with_what_it_moved(page: Page) -> None:
    page.goto("/whatif/us-russia-2025")
    down = page.get_by_role("button", name="Down: “us.offer”")
    down.press("Enter")
    expect(down).to_be_focused()
    expect(page.locator("li.changed")).to_have_count(2)
    down.press("Enter")
    expect(page.get_by_role("button", name="Up: “us.offer”")).to_be_focused()
    page.get_by_role("button", name="Drop “us.offer”").press("Enter")
    last = page.get_by_role("button", name="Drop “us.withhold iff not ukraine.accept”")
    expect(last).to_be_focused()


def test_the_keyboard_goes_on_from_what_was_followed(page: Page) -> None:
    page.goto("/states/us-russia-2025")
    page.get_by_role("region", name=re.compile("States")).press("ArrowDown")
    page.get_by_role("region", name=re.compile("States")).press("Enter")
    expect(page).to_have_url(re.compile("/graph/"))
    expect(page.locator("main")).to_be_focused()


def test_a_warning_is_seen_in_every_view(page: Page, folder: Path) -> None:
    shutil.copytree(catalogue()["gisborne"], folder / "gisborne")
    for view in ("states", "graph", "whatif"):
        page.goto(f"/{view}/gisborne")
        expect(page.locator(".banner")).to_contain_text("counts as indifferent between all states")
    page.goto("/verdicts/gisborne")
    expect(page.get_by_text("The case has no status quo to start from")).to_be_visible()


@pytest.mark.parametrize("view", ["model", "states", "graph", "verdicts", "whatif", "source"])
def test_long_and_foreign_names_fit_a_phone(page: Page, folder: Path, view: str) -> None:
    (folder / "names").mkdir()
    (folder / "names" / "case.yaml").write_text(NAMES, encoding="utf-8")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/{view}/names")
    expect(page.locator("main")).not_to_contain_text("Opening")
    expect(page.locator("main")).not_to_be_empty()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    current = page.locator("nav[aria-label=Views] [aria-current]").bounding_box()
    assert current is not None
    assert current["x"] >= 0
    assert current["x"] + current["width"] <= 390
