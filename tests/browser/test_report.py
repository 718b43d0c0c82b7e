"""A report as a page: nobody shut out, nothing run off, nothing asked for elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from detente.case import load
from detente.report import Options, build, gather, html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

CASES = ("us-russia-2025", "kell-river", "chicken")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    made = {}
    for name in CASES:
        case = load(name)
        made[name] = folder / f"{name}.html"
        made[name].write_text(html(build(case, Options(), gather(case))), encoding="utf-8")
    return made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    # Axe is put into the page as a script, which the page's own policy would refuse.
    context = browser.new_context(bypass_csp=True, viewport={"width": 1100, "height": 900})
    opened = context.new_page()
    asked: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith("file:"):
            asked.append(request.url)

    opened.on("request", watch)
    yield opened
    context.close()
    assert asked == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", CASES)
def test_axe_finds_no_fault_in_a_report(
    page: Page, pages: dict[str, Path], name: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(pages[name].as_uri())
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found] == []


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("width", [390, 780, 1100])
def test_a_report_does_not_run_off_the_screen(
    page: Page, pages: dict[str, Path], name: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(pages[name].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", CASES)
def test_a_report_on_paper_is_light_and_runs_off_nothing(
    page: Page, pages: dict[str, Path], name: str
) -> None:
    # Between its margins A4 is 178 mm wide: 673 pixels.
    page.set_viewport_size({"width": 673, "height": 900})
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(pages[name].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.documentElement)"
        ".backgroundColor]"
    )
    assert colours == ["rgb(26, 26, 26)", "rgb(255, 255, 255)"]
    wide = page.evaluate(
        "[...document.querySelectorAll('table, svg, pre')]"
        ".filter((e) => e.getBoundingClientRect().right > 674).length"
    )
    assert wide == 0
