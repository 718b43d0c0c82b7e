"""Nobody is shut out: each view is checked with axe, on a phone, enlarged, and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from axe_faults import faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

VIEWS = [
    "source/harbour?at=p02.s1&mark=option,quotation",
    "model/harbour",
    "states/harbour?state=s2",
    "graph/harbour?state=s2",
    "verdicts/harbour",
    "whatif/harbour",
    "whatif/harbour?ask=pact&suppose=pact:1",
    "source/harbour?source=report&at=p02.s2&quote=may+yet",
    "text/harbour",
    "",
]


def ready(page: Page, view: str) -> None:
    page.goto(f"/{view}")
    expect(page.locator("main")).not_to_contain_text("Opening")
    expect(page.locator("main :is(h1, h2, textarea)").first).to_be_attached()


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_fault(onlooker: Page, view: str) -> None:
    onlooker.set_viewport_size({"width": 1280, "height": 860})
    ready(onlooker, view)
    if "state=" in view:
        onlooker.get_by_text("Stable under").wait_for()
    onlooker.emulate_media(color_scheme="light")
    assert faults(onlooker) == []
    onlooker.emulate_media(color_scheme="dark")
    assert faults(onlooker) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_what_opens(page: Page, scheme: str) -> None:
    """Judged claims with their chart, the dialogue of files, rejected suggestions."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    ready(page, "verdicts/harbour")
    page.get_by_role("button", name="Judge all combinations").click()
    page.get_by_text("The least that turns it").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Report and files").click()
    page.get_by_text("State graph").wait_for()
    assert faults(page) == []
    ready(page, "source/harbour")
    page.get_by_role("button", name="Reject", exact=True).first.click()
    page.get_by_text("1 rejected").click()
    assert faults(page) == []


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_runs_off_a_phone_or_an_enlarged_page(onlooker: Page, view: str) -> None:
    """At 200 % a window of 780 pixels is as wide as 390: a phone's width."""
    onlooker.set_viewport_size({"width": 390, "height": 844})
    ready(onlooker, view)
    assert onlooker.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_the_header_has_a_row_for_the_title_and_one_for_what_can_be_done(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for case in ("us-russia-2025", "harbour"):
        ready(page, f"model/{case}")
        names = ("Undo", "Redo", "Report and files", "Save", "Colours: auto", "Keys")
        buttons = [page.get_by_role("button", name=name, exact=True) for name in names]
        boxes = [box for button in buttons if (box := button.bounding_box())]
        assert len(boxes) == len(names)
        assert len({round(box["y"]) for box in boxes}) == 1
        assert all(box["width"] >= 24 and box["height"] >= 24 for box in boxes)
        title, home = page.locator("header h1"), page.get_by_role("link", name="All cases")
        line = title.bounding_box()
        assert line is not None
        assert line["height"] < 32
        expect(home).to_be_visible()
        views = page.get_by_role("navigation", name="Views").bounding_box()
        assert views is not None
        assert views["y"] < 84


def test_judged_claims_and_files_fit_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ready(page, "verdicts/harbour")
    page.get_by_role("button", name="Judge all combinations").click()
    page.get_by_text("The least that turns it").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Report and files").click()
    page.get_by_text("State graph").wait_for()
    dialog = page.get_by_role("dialog").bounding_box()
    assert dialog is not None
    assert dialog["width"] <= 390
    assert page.evaluate("document.querySelector('dialog[open]').scrollWidth") <= dialog["width"]


def test_the_keyboard_reaches_everything(page: Page) -> None:
    page.goto("/model/harbour")
    expect(page.get_by_role("heading", name="Rules")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("3")
    expect(page.get_by_role("region", name="States")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
