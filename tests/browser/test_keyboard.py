"""Source and Text by keyboard alone: nothing but keys is used, and the focus is always seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

_FOCUSED = """() => {
  const element = document.activeElement
  const { top, bottom } = element.getBoundingClientRect()
  const said = element.ariaLabel || element.dataset.at || element.textContent.trim()
  return {
    name: element === document.body ? "" : said || element.tagName,
    outlined: getComputedStyle(element).outlineStyle !== "none",
    form: document.querySelector("form.cite")?.getBoundingClientRect().bottom ?? 0,
    top, bottom, height: innerHeight,
  }
}"""


def reach(page: Page, name: str) -> list[str]:
    """Press Tab until something of that name has the focus; every stop before is seen, too."""
    met: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if not focused["name"]:
            continue
        assert focused["outlined"], focused["name"]
        met.append(focused["name"])
        if focused["name"] == name:
            return met
    raise AssertionError(met)


def sentence(page: Page, place: str) -> None:
    expect(page.locator(f"[data-at='{place}']")).to_be_focused()


def test_a_passage_is_walked_to_and_its_words_are_cited_by_keys_alone(
    page: Page, folder: Path
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/source/harbour")
    page.locator("[data-at]").first.wait_for()
    met = reach(page, "headline.s1")
    assert met[0] == "Skip to content"
    page.keyboard.press("End")
    sentence(page, "p02.s2")
    page.keyboard.press("ArrowDown")
    sentence(page, "p02.s2")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("getSelection().toString()") == 'document.title = "taken'
    page.keyboard.press("ArrowUp")
    sentence(page, "p02.s1")
    assert page.evaluate("getSelection().toString()") == ""
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    words = page.get_by_label(re.compile("^Words of"))
    expect(words).to_be_focused()
    expect(words).to_have_value("threatened to withdraw")
    page.keyboard.press("Tab")
    page.keyboard.type("sudland.sign")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("Cited for sudland.sign.")).to_be_visible()
    expect(page.locator("mark.sought")).to_have_text("threatened to withdraw")
    page.keyboard.press("Escape")
    sentence(page, "p02.s1")
    expect(page.locator("form.cite")).to_have_count(0)
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved harbour/case.yaml")).to_be_visible()
    text = (folder / "harbour" / "case.yaml").read_text(encoding="utf-8")
    assert "quote: threatened to withdraw" in text


def test_the_text_of_a_source_is_one_stop_and_no_trap(page: Page) -> None:
    page.goto("/source/harbour")
    page.locator("[data-at]").first.wait_for()
    met = reach(page, "Accept")
    stops = [name for name in met if re.fullmatch(r"(headline|p\d\d)\.s\d", name)]
    assert stops == ["headline.s1"]


def test_a_sentence_with_the_focus_is_not_hidden_by_the_form(page: Page, folder: Path) -> None:
    report = folder / "harbour" / "report.txt"
    more = "".join(f"\nThe delegates met again on day {day}.\n" for day in range(3, 60))
    report.write_text(report.read_text(encoding="utf-8") + more, encoding="utf-8")
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto("/source/harbour")
    page.locator("[data-at]").first.focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.get_by_label(re.compile("^Words of"))).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.locator("[data-at='p30.s1']").focus()
    for _ in range(25):
        page.keyboard.press("ArrowUp")
        focused = page.evaluate(_FOCUSED)
        assert focused["form"] <= focused["top"], focused
        assert focused["bottom"] <= focused["height"], focused


def test_rejecting_by_keyboard_goes_on_to_the_next(page: Page) -> None:
    page.goto("/source/harbour")
    page.locator("[data-at]").first.wait_for()
    reach(page, "Reject")
    left = page.get_by_role("button", name="Reject", exact=True)
    count = left.count()
    for done in range(1, count + 1):
        page.keyboard.press("Enter")
        expect(left).to_have_count(count - done)
    expect(page.get_by_role("heading", name="Suggested by the text")).to_be_focused()


def test_a_fault_in_the_text_is_led_to_and_mended_by_keys_alone(page: Page, folder: Path) -> None:
    page.goto("/text/harbour")
    area = page.get_by_label("Text of harbour/case.yaml")
    area.wait_for()
    reach(page, "TEXTAREA")
    page.keyboard.press("Control+End")
    page.keyboard.type("ntoes: Words\n")
    expect(page.get_by_role("region", name="Check").get_by_role("listitem")).to_have_count(1)
    page.keyboard.press("Tab")
    fault = page.evaluate(_FOCUSED)
    assert fault["name"].startswith("harbour/case.yaml:")
    assert fault["outlined"]
    page.keyboard.press("Enter")
    expect(area).to_be_focused()
    at = page.evaluate("document.activeElement.selectionStart")
    assert page.evaluate("document.activeElement.value").startswith("ntoes", at)
    for _ in range(5):
        page.keyboard.press("Delete")
    page.keyboard.type("notes")
    expect(page.get_by_text("The case is sound.")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved harbour/case.yaml")).to_be_visible()
    assert "notes: Words" in (folder / "harbour" / "case.yaml").read_text(encoding="utf-8")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(_FOCUSED)["name"] == "Text"
