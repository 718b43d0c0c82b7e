"""Sweeps with progress, stopped and finished; answers tried out; reports and files handed over."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

WEIGHED = """\
detente: 1
title: Weighed
decision_makers:
  a:
    options: {x: Do it, y: Do more}
    preferences:
      weigh: {a.x: {between: [-1, 2]}, a.y: {between: [-3, 1]}}
claims:
  does: {text: It does it., assert: "equilibrium(a.x and not a.y, nash)"}
status_quo: NN
"""

STATEMENTS = (
    ("1", "{other}.x iff {dm}.x"),
    ("2", "not {dm}.y"),
    ("3", "{other}.y"),
    ("4", "{dm}.x"),
)
LONG = "\n".join(
    [
        "detente: 1",
        "title: Long",
        "decision_makers:",
        *(
            f"  {dm}:\n    options: {{x: Do it, y: Do more, z: Do all}}\n    preferences:\n"
            "      prioritise:\n"
            + "\n".join(
                f"        - {{prefer: {text.format(dm=dm, other=other)}, id: {dm}{n}, maybe: open}}"
                for n, text in STATEMENTS
            )
            for dm, other in zip("abcd", "bcda", strict=True)
        ),
        'claims:\n  all: {text: All do it., assert: "equilibrium(a.x and b.x and c.x, seq)"}',
        "status_quo: NNNNNNNNNNNN\n",
    ]
)
"""65,536 readings of 4,096 states: more than are judged before a hand can cancel."""


@pytest.fixture(autouse=True)
def _more_cases(folder: Path) -> None:
    for name, text in (("weighed", WEIGHED), ("long", LONG)):
        (folder / name).mkdir()
        (folder / name / "case.yaml").write_text(text, encoding="utf-8")


def test_a_stopped_sweep_shows_what_is_done(page: Page) -> None:
    page.goto("/verdicts/long")
    page.get_by_role("button", name="Judge all combinations").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text(re.compile(r"of 65,536 combinations, about .+ left"))).to_be_visible()
    expect(page.get_by_text("so far").first).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("alert")).to_contain_text(
        re.compile(r"Stopped: \d+ of 65536 combinations are judged")
    )
    expect(page.get_by_text("so far").first).to_be_visible()
    expect(page.locator("td .part").first).to_have_text(re.compile(r"^[\d,]+ of 65,536$"))
    expect(page.get_by_text("combinations judged; 95 % interval")).to_be_visible()


def test_drawn_combinations_advance_and_say_how_sure_they_are(page: Page) -> None:
    page.goto("/verdicts/weighed")
    expect(page.get_by_text("here some are drawn")).to_be_visible()
    page.get_by_label("of each reading").select_option(label="1,024 drawn, where there are more")
    page.get_by_role("button", name="Judge 1,024 drawn combinations").click()
    expect(page.locator("td .verdict")).to_contain_text("depends, about")
    expect(page.get_by_text(re.compile("95 % interval of the share"))).to_be_visible()


def test_a_pivotal_uncertainty_leads_to_its_answers(page: Page) -> None:
    """From the chart to what-if by click on the bar; suppose the other answer; drop it again."""
    page.goto("/verdicts/harbour")
    page.get_by_role("button", name="Judge all combinations").click()
    bar = page.get_by_role("img", name="from 0 % if absent, 100 % if holds")
    expect(bar).to_be_visible()
    expect(page.get_by_role("link", name="pact", exact=True)).to_have_attribute(
        "title", "pact: 0 % if absent, 100 % if holds. Try it out"
    )
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile(r"/whatif/harbour\?ask=pact"))
    field = page.get_by_label("pact")
    expect(field).to_be_focused()
    before = page.locator("[data-conflict]").get_attribute("data-conflict")
    field.select_option(label="suppose: absent")
    expect(page.get_by_text("Supposed, for the results only")).to_be_visible()
    expect(page.locator("[data-conflict]")).not_to_have_attribute("data-conflict", before or "")
    expect(page.get_by_text("gained,")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.get_by_role("link", name="States", exact=True).click()
    expect(page).to_have_url(re.compile("suppose=pact%3A1"))
    expect(page.get_by_text("Supposed, for the results only")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Suppose nothing of pact").click()
    expect(page.get_by_text("Supposed, for the results only")).to_be_hidden()
    page.get_by_role("link", name="What if", exact=True).click()
    expect(page.get_by_text("Nothing is changed")).to_be_visible()


def test_report_results_and_figures_of_a_draft_are_downloaded(page: Page) -> None:
    page.goto("/whatif/us-russia-2025")
    page.get_by_role("link", name="Washington links the tracks").click()
    page.get_by_role("button", name="Flip").first.click()
    expect(page.get_by_text("gained,")).to_be_visible()
    page.get_by_role("button", name="Report and files").click()
    expect(page.get_by_text("changes not saved included, as read by")).to_be_visible()

    def download(name: str) -> tuple[str, Path]:
        with page.expect_download(timeout=60_000) as found:  # a report is seconds of work
            page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_text("is downloaded.")).to_be_visible()
        return found.value.suggested_filename, found.value.path()

    name, path = download("Download Report: one page that needs nothing else")
    assert name == "us-russia-2025-report.html"
    written = path.read_text(encoding="utf-8")
    assert written.startswith("<!doctype html>")
    assert "Washington links the tracks" in written
    name, path = download("Download Report: Markdown with its figures, packed")
    assert name == "us-russia-2025-report-markdown.zip"
    assert "report.md" in zipfile.ZipFile(path).namelist()
    name, path = download("Download Results: states, rankings and stability, as JSON")
    assert '"detente-analysis/1"' in path.read_text(encoding="utf-8")
    name, path = download("Download State graph as SVG")
    assert name == "us-russia-2025-graph.svg"
    assert path.read_text(encoding="utf-8").startswith("<svg")
    name, path = download("Download Rank table as PNG")
    assert path.read_bytes().startswith(b"\x89PNG")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_report_opens_by_itself_without_any_request(page: Page, tmp_path: Path) -> None:
    page.goto("/verdicts/harbour")
    page.get_by_role("button", name="Report and files").click()
    with page.expect_download() as found:
        page.get_by_role("button", name=re.compile("one page")).click()
    kept = tmp_path / "report.html"
    found.value.save_as(kept)
    opened = page.context.browser.new_page() if page.context.browser else None
    assert opened is not None
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(kept.as_uri())
    expect(opened.get_by_role("heading", level=1)).to_contain_text("The harbour")
    assert opened.title() != "taken"
    assert asked == [kept.as_uri()]
    opened.close()


def test_a_change_on_disk_is_taken_over_without_reload(page: Page, folder: Path) -> None:
    """With nothing changed here the new text is shown; what was there can be had back."""
    page.goto("/text/chicken")
    field = page.get_by_label("Text of chicken/case.yaml")
    expect(field).to_have_value(re.compile("Chicken"))
    path = folder / "chicken" / "case.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n# changed elsewhere\n", encoding="utf-8")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(field).to_have_value(re.compile("# changed elsewhere"))
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    field.fill(text.replace("Chicken", "Hen", 1))
    path.write_text(text + "\n# once more\n", encoding="utf-8")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("alert").filter(has_text="changed on disk")).to_be_visible()
    expect(field).to_have_value(re.compile("Hen"))
