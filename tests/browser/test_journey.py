"""The workbench as an analyst uses it, in a real browser."""

from __future__ import annotations

import re
import shutil
import statistics
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from detente.case import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

VIEWS = ["source", "model", "states", "graph", "verdicts", "whatif", "text"]


def statement(page: Page, number: int, name: str) -> str:
    field = page.get_by_label(f"Statement {number} of {name}", exact=True)
    return field.input_value()


def test_from_the_list_to_a_saved_case(page: Page, folder: Path) -> None:
    """Open, follow a claim to its passage, move a statement, see verdicts change, undo, save."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("The harbour")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The harbour")

    page.get_by_role("link", name="Verdicts").click()
    expect(page.locator("td .verdict").first).to_have_text("✓ holds")
    page.get_by_role("link", name="passage report p02").click()
    expect(page).to_have_url(re.compile(r"/source/harbour\?.*at=p02"))
    expect(page.locator("#at-p02")).to_contain_text("Sudland threatened")

    page.get_by_role("link", name="Model", exact=True).click()
    name = 'Norland <script>document.title = "taken"</script>'
    assert statement(page, 1, name) == "sudland.sign"
    page.get_by_label(re.compile(r"Move statement 2 of Norland")).press("ArrowUp")
    expect(page.get_by_label(f"Statement 1 of {name}", exact=True)).to_have_value(
        "not norland.open"
    )
    page.get_by_role("link", name="Verdicts").click()
    expect(page.locator("td .verdict").first).to_have_text("✗ fails")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("td .verdict").first).to_have_text("✓ holds")
    page.get_by_role("button", name="Redo").click()
    expect(page.locator("td .verdict").first).to_have_text("✗ fails")

    page.reload()
    expect(page.locator("td .verdict").first).to_have_text("✗ fails")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved harbour/case.yaml")).to_be_visible()
    text = (folder / "harbour" / "case.yaml").read_text(encoding="utf-8")
    assert text.startswith("# A case with a source of our own.\n")
    assert text.index("prefer: not norland.open") < text.index(
        "prefer: sudland.sign  # the pact first"
    )
    assert page.title() != "taken"


def test_a_faulty_condition_is_named_while_it_is_typed(page: Page) -> None:
    page.goto("/model/chicken")
    field = page.get_by_label("Statement 1 of Driver A", exact=True)
    field.fill("not a.swerv")
    expect(page.get_by_test_id("faults")).to_contain_text(
        re.compile(
            r"chicken/case\.yaml:\d+:\d+:\s+there is no name a\.swerv: did you mean a\.swerve"
        )
    )
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    field.fill("not a.swerve")
    expect(field).to_have_attribute("aria-invalid", "false")
    field.blur()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_a_change_on_disk_is_noticed(page: Page, folder: Path) -> None:
    page.goto("/whatif/chicken")
    page.get_by_role("button", name="Flip").first.click()
    expect(page.get_by_text("gained,")).to_be_visible()
    path = folder / "chicken" / "case.yaml"
    theirs = path.read_text(encoding="utf-8") + "\n# changed elsewhere\n"
    path.write_text(theirs, encoding="utf-8")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("was changed on disk")
    assert path.read_text(encoding="utf-8") == theirs
    page.get_by_role("button", name="Keep mine").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved chicken/case.yaml")).to_be_visible()
    assert "# changed elsewhere" not in path.read_text(encoding="utf-8")


def test_states_are_filtered_sorted_and_shared(page: Page) -> None:
    page.goto("/states/us-russia-2025")
    expect(page.get_by_role("status")).to_contain_text("272 of 272 states")
    page.get_by_label("Only states where").fill("settlement")
    expect(page.get_by_role("status")).not_to_contain_text("272 of 272 states")
    page.get_by_role("button", name="russia").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("russia")
    page.get_by_role("region", name=re.compile("States")).press("ArrowDown")
    expect(page.locator("tr[aria-current=true]")).to_have_count(1)
    expect(page.get_by_role("heading", level=2)).to_contain_text("s")
    address = page.url
    rows = page.locator("tbody tr th").all_inner_texts()
    page.goto("/")
    page.goto(address)
    expect(page.locator("tbody tr th")).to_have_text(rows)


def test_the_graph_is_followed_by_keyboard_and_list(page: Page) -> None:
    page.goto("/graph/us-russia-2025?state=s169")
    expect(page.locator("aside p", has_text="From the status quo by")).to_contain_text("→ s169")
    expect(page.get_by_text("60 of 272 states are shown")).to_be_visible()
    page.locator("canvas").first.wait_for()
    page.get_by_label("all moves").check()
    expect(page).to_have_url(re.compile("moves=all"))
    page.get_by_role("combobox", name=re.compile("^State")).select_option("s151")
    expect(page.get_by_role("heading", level=2)).to_contain_text("s151")


def test_claims_stand_side_by_side_and_those_that_change_come_first(page: Page) -> None:
    page.goto("/whatif/us-russia-2025")
    claims = page.get_by_role("table", name="Claims")
    expect(claims.get_by_role("row")).to_have_count(13)
    expect(page.get_by_text("No verdict is another.")).to_be_visible()
    expect(claims.get_by_text("changed")).to_have_count(0)
    page.get_by_role("button", name="Flip “settlement”").click()
    expect(page.get_by_text("1 of 12 claims has another verdict.")).to_be_visible()
    first = claims.get_by_role("row").nth(1)
    expect(first).to_contain_text("Kyiv's stalling delays the end of the war")
    expect(first.get_by_role("cell")).to_contain_text(["✓ holds", "✗ fails"])
    expect(claims.get_by_text("changed")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("No verdict is another.")).to_be_visible()
    page.goto("/whatif/harbour?suppose=pact:1")
    expect(page.get_by_text("1 of 1 claims has another verdict.")).to_be_visible()
    claims.get_by_role("link", name="A deal can hold.").click()
    expect(page).to_have_url(re.compile("/verdicts/harbour.*claim=deal_holds"))


def test_a_large_graph_begins_with_where_things_lead_from_the_status_quo(page: Page) -> None:
    page.goto("/graph/us-russia-2025")
    expect(page.get_by_label("best improvements")).to_be_checked()
    aside = page.locator("aside")
    expect(aside).to_contain_text("From the status quo, s139, best improvements lead to 3 states")
    expect(aside.get_by_role("listitem")).to_have_count(2)
    page.get_by_label("all improvements").check()
    expect(page).to_have_url(re.compile("moves=improvements"))
    expect(aside).to_contain_text("improvements lead to 12 states")
    expect(aside.get_by_role("listitem")).to_have_count(6)
    page.reload()
    expect(page.get_by_label("all improvements")).to_be_checked()
    page.get_by_label("us", exact=True).uncheck()
    expect(aside).to_contain_text("no improvement of those shown leads anywhere")
    page.goto("/graph/chicken")
    expect(page.get_by_label("all improvements")).to_be_checked()


SWEEP_AND_CANCEL = """async () => {
  const all = () => [...document.querySelectorAll("button")]
  const button = (name) => all().find((one) => one.textContent.startsWith(name))
  button("Judge").click()
  for (;;) {
    await new Promise(requestAnimationFrame)
    const done = document.querySelector("progress")?.value
    if (!done) continue
    button("Cancel").click()
    return done
  }
}"""


def test_a_sweep_runs_and_is_cancelled(page: Page) -> None:
    page.goto("/verdicts/us-russia-2025")
    expect(page.get_by_role("button", name="Judge all combinations")).to_be_enabled()
    done = page.evaluate(SWEEP_AND_CANCEL)
    assert 0 < done < 928
    expect(page.get_by_role("alert")).to_contain_text(f"Stopped: {done} of 928 combinations")
    expect(page.get_by_role("button", name="Judge all combinations")).to_be_visible()
    page.goto("/verdicts/harbour")
    page.get_by_role("button", name="Judge all combinations").click()
    expect(page.locator("td .verdict").first).to_contain_text("depends, 50 %")
    expect(page.get_by_text("The least that turns it")).to_be_visible()


def test_a_party_without_statements_is_said_to_have_none_to_flip(page: Page, folder: Path) -> None:
    shutil.copytree(catalogue()["north-korea-2017"], folder / "north-korea-2017")
    page.goto("/whatif/north-korea-2017")
    expect(page.get_by_text("It ranks the states:")).to_have_count(2)
    page.get_by_role("link", name="change that in the model").first.click()
    expect(page).to_have_url(re.compile("/model/north-korea-2017"))


def test_the_list_of_cases_says_what_each_asks(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("Can the two settle?")).to_be_visible()


def test_two_uncertainties_that_turn_a_claim_together_are_told(page: Page, folder: Path) -> None:
    """Of three such pairs two are told, as in the report, and the third on demand."""
    shutil.copytree(catalogue()["kell-river"], folder / "kell-river")
    page.goto("/verdicts/kell-river?claim=rest_is_noise")
    page.get_by_role("button", name="Judge all combinations").click()
    told = page.get_by_text("together move the share by")
    expect(page.get_by_role("heading", name="Two together")).to_be_visible()
    expect(told).to_have_count(3)
    expect(told.nth(0)).to_have_text(re.compile("further than either alone.$"))
    expect(told.nth(1)).to_be_visible()
    expect(told.nth(2)).to_be_hidden()
    page.get_by_text("1 more", exact=True).click()
    expect(told.nth(2)).to_be_visible()


def test_a_passage_is_cited_and_a_suggestion_accepted(page: Page) -> None:
    page.goto("/source/harbour")
    page.get_by_text("It may yet sign.").click()
    page.get_by_label("Cite for").select_option(label="sudland.sign")
    page.get_by_role("button", name="Cite", exact=True).click()
    expect(page.get_by_text("sudland can")).to_be_visible()
    accept = page.get_by_role("button", name="Accept")
    before = accept.count()
    accept.first.click()
    expect(accept).to_have_count(before - 1)
    page.get_by_role("link", name="Text", exact=True).click()
    expect(page.get_by_label("Text of harbour/case.yaml")).to_have_value(
        re.compile(r"sign:\n +text: Sign the pact\n +cite: report p02\.s2")
    )


def test_scripts_in_article_case_and_name_stay_text(page: Page) -> None:
    for view in VIEWS:
        page.goto(f"/{view}/harbour")
        expect(page.locator("main")).not_to_be_empty()
        assert page.title() != "taken"
        assert page.locator("main script, main img").count() == 0
    page.goto("/source/harbour")
    expect(page.locator("#at-p02")).to_contain_text('<script>document.title = "taken"</script>')


def test_a_reading_is_a_tab_and_part_of_the_address(page: Page) -> None:
    page.goto("/whatif/us-russia-2025")
    page.get_by_role("link", name="Washington links the tracks").click()
    expect(page).to_have_url(re.compile("as=linked"))
    tab = page.get_by_role("link", name="Washington links the tracks")
    expect(tab).to_have_attribute("aria-current", "true")
    page.reload()
    expect(tab).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="States", exact=True).click()
    expect(page).to_have_url(re.compile("/states/us-russia-2025\\?as=linked"))


def test_the_draft_is_downloaded(page: Page, folder: Path) -> None:
    page.goto("/whatif/chicken")
    page.get_by_role("button", name="Flip").first.click()
    expect(page.get_by_role("button", name="Save")).to_be_enabled()
    page.get_by_role("button", name="Report and files").click()
    with page.expect_download() as found:
        page.get_by_role("button", name="Download the case file").click()
    assert found.value.suggested_filename == "case.yaml"
    text = found.value.path().read_text(encoding="utf-8")
    saved = (folder / "chicken" / "case.yaml").read_text(encoding="utf-8")
    pairs = zip(saved.splitlines(), text.splitlines(), strict=True)
    assert len([pair for pair in pairs if pair[0] != pair[1]]) == 1


def test_an_edit_shows_its_results_at_once(
    page: Page, record_property: Callable[[str, object], None]
) -> None:
    """Measure from the click that flips a statement to the new results on the screen."""
    page.goto("/whatif/us-russia-2025")
    page.get_by_role("button", name="Flip").nth(3).wait_for()
    script = """async (index) => {
      const results = document.querySelector('[aria-label="Results side by side"]')
      const before = results.dataset.conflict
      const start = performance.now()
      document.querySelectorAll('button[aria-label^="Flip"]:enabled')[index].click()
      while (results.dataset.conflict === before && performance.now() - start < 5000)
        await new Promise(requestAnimationFrame)
      return performance.now() - start
    }"""
    times = [page.evaluate(script, index) for index in range(5)]
    record_property("edit_to_results_ms", statistics.median(times))
    print("edit to results, ms:", [round(time) for time in times])  # noqa: T201 - with pytest -s
    assert statistics.median(times) < 1000  # a bound against disasters; speed lives in benchmarks


def test_the_flagship_with_its_article_attached(
    page: Page, folder: Path, seed_bytes: bytes
) -> None:
    """Follow a claim to its passage, change a preference, undo, judge and cancel, save, export."""
    case = folder / "us-russia-2025"
    (case / "column.txt").write_bytes(seed_bytes)
    before = (case / "case.yaml").read_text(encoding="utf-8")
    page.goto("/verdicts/us-russia-2025?claim=tracks_may_diverge")
    page.get_by_role("link", name="passage column p10").first.click()
    expect(page).to_have_url(re.compile(r"/source/us-russia-2025\?.*at=p10"))
    expect(page.locator("#at-p10")).to_contain_text("tracks diverge")

    page.get_by_role("link", name="What if").click()
    page.get_by_role("button", name="Flip").first.click()
    expect(page.get_by_text("gained,")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Nothing is changed")).to_be_visible()
    page.get_by_role("button", name="Redo").click()

    page.get_by_role("link", name="Verdicts").click()
    page.get_by_role("button", name="Judge all combinations").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Judge all combinations")).to_be_visible()

    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved us-russia-2025/case.yaml")).to_be_visible()
    after = (case / "case.yaml").read_text(encoding="utf-8")
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert changed == ["        - prefer: us.escalate"]
    page.reload()
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.get_by_role("button", name="Report and files").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the case file").click()
    assert download.value.path().read_text(encoding="utf-8") == after
