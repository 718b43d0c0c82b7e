"""Around the source: exact words cited and found, suggestions turned down for everybody."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from selecting import select

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from detente.web import Server


def words_field(page: Page, value: str) -> None:
    expect(page.get_by_label(re.compile("^Words of"))).to_have_value(value)


def test_selected_words_are_cited_saved_and_led_to(page: Page, folder: Path) -> None:
    """Select, cite, save; then follow the element's citation from another view to these words."""
    page.goto("/source/harbour")
    select(page, "#at-p02", "threatened to withdraw")
    words_field(page, "threatened to withdraw")
    page.get_by_label("Cite for").select_option(label="sudland.sign")
    page.get_by_role("button", name="Cite", exact=True).click()
    sought = page.locator("mark.sought")
    expect(sought).to_have_text("threatened to withdraw")
    expect(page).to_have_url(re.compile(r"at=p02\.s1&quote=threatened\+to\+withdraw"))
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved harbour/case.yaml")).to_be_visible()
    text = (folder / "harbour" / "case.yaml").read_text(encoding="utf-8")
    assert re.search(
        r"cite:\n +source: report\n +at: p02\.s1\n +quote: threatened to withdraw\n", text
    )
    page.goto("/source/harbour")
    expect(page.locator(".quoted")).to_have_text(["threatened to withdraw"])
    page.get_by_role("link", name="passage p02.s1").last.click()
    expect(sought).to_have_text("threatened to withdraw")
    page.go_back()
    expect(sought).to_have_count(0)


def test_a_page_ends_where_its_content_does(page: Page) -> None:
    """A long list that scrolls by itself makes no room below the page."""
    page.goto("/source/us-russia-2025")
    expect(page.get_by_role("heading", name="Cited by 69 elements")).to_be_visible()
    bottom = page.evaluate("document.querySelector('main').getBoundingClientRect().bottom")
    assert page.evaluate("document.documentElement.scrollHeight") <= max(bottom + 1, 860)


def test_the_same_words_twice_are_told_apart(page: Page, folder: Path) -> None:
    report = folder / "harbour" / "report.txt"
    doubled = report.read_text(encoding="utf-8").replace(
        "It may yet sign.", "It may yet sign, and it may yet fish."
    )
    report.write_text(doubled, encoding="utf-8")
    page.goto("/source/harbour")
    select(page, "#at-p02", "it may yet fish")
    words_field(page, "it may yet fish")
    select(page, "#at-p02", "may yet fish")
    page.locator("#at-p02").wait_for()
    words_field(page, "may yet fish")


def test_words_are_cited_by_keyboard_alone(page: Page) -> None:
    page.goto("/source/harbour")
    page.locator("[data-at='p02.s2']").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Words of p02.s2")
    field.fill("may NEVER sign")
    page.get_by_label("Cite for").select_option(label="deal")
    page.get_by_role("button", name="Cite", exact=True).press("Enter")
    expect(page.get_by_text("p02.s2 does not hold the words “may NEVER sign”")).to_be_visible()
    field.fill("MAY  yet")
    field.press("Enter")
    expect(page.locator("mark.sought")).to_have_text("may yet")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("mark.sought")).to_have_count(0)


def test_words_that_moved_are_found_and_told(page: Page, folder: Path) -> None:
    home = folder / "harbour"
    case = home / "case.yaml"
    cited = "cite: {source: report, at: p01.s1, quote: would stay closed}"
    text = case.read_text(encoding="utf-8").replace("cite: report p01.s1", cited)
    case.write_text(text, encoding="utf-8")
    report = home / "report.txt"
    moved = report.read_text(encoding="utf-8").replace(
        "Norland's minister", "Talks were short, and the weather was bad.\n\nNorland's minister"
    )
    report.write_text(moved, encoding="utf-8")
    page.goto("/source/harbour?source=report&at=p01.s1&quote=would+stay+closed")
    expect(page.locator("mark.sought")).to_have_text("would stay closed")
    expect(page.locator("#at-p02 mark.sought")).to_have_count(1)
    expect(page.locator("p.warn")).to_contain_text("they stand at p02.s1")


def test_a_suggestion_is_rejected_for_everybody_and_taken_back(
    page: Page, folder: Path, browser: Browser, server: Server
) -> None:
    page.goto("/source/harbour")
    reject = page.get_by_role("button", name="Reject", exact=True)
    expect(reject.first).to_be_visible()
    before = reject.count()
    case = (folder / "harbour" / "case.yaml").read_bytes()
    reject.first.click()
    expect(page.get_by_text("is rejected.")).to_be_visible()
    expect(reject).to_have_count(before - 1)
    kept = json.loads((folder / "harbour" / "case.rejected.json").read_text(encoding="utf-8"))
    assert len(kept["rejected"]) == 1
    assert (folder / "harbour" / "case.yaml").read_bytes() == case
    other = browser.new_context(base_url=server.url)
    elsewhere = other.new_page()
    elsewhere.goto("/source/harbour")
    expect(elsewhere.get_by_text("1 rejected")).to_be_visible()
    expect(elsewhere.get_by_role("button", name="Reject", exact=True)).to_have_count(before - 1)
    elsewhere.get_by_text("1 rejected").click()
    elsewhere.get_by_role("button", name=re.compile("Take back")).click()
    expect(elsewhere.get_by_role("button", name="Reject", exact=True)).to_have_count(before)
    other.close()
    page.reload()
    expect(reject).to_have_count(before)
