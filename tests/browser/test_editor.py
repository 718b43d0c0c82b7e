"""The model as it is edited: readings on their tabs, doubts, weights, rankings, new elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from axe_faults import faults
from detente.case import loads

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

NORLAND = 'Norland <script>document.title = "taken"</script>'
SCALES = """\
detente: 1
title: Scales
decision_makers:
  a:
    options: {x: Do x}
    preferences:
      weigh:
        a.x: 2  # much
        b.y: -1
  b:
    options: {y: Do y}
    preferences:
      rank: [YY, NY, YN, NN]
status_quo: NN
outcomes:
  both: a.x and b.y
claims:
  holds: {text: Both act., assert: "equilibrium(both, nash)"}
"""


@pytest.fixture
def scales(folder: Path) -> Path:
    home = folder / "scales"
    home.mkdir()
    file = home / "case.yaml"
    file.write_text(SCALES, encoding="utf-8")
    return file


def expect_verdicts(page: Page, *words: str) -> None:
    """Look at the columns of the claims: the case as written, then its readings."""
    page.get_by_role("link", name="Verdicts", exact=True).click()
    expect(page.locator("td .verdict")).to_have_text(words)


def save(page: Page, file: Path) -> str:
    page.keyboard.press("Control+s")
    expect(page.get_by_text(re.compile("^Saved "))).to_be_visible()
    return file.read_text(encoding="utf-8")


def test_a_reading_is_made_changed_and_taken_back(page: Page, folder: Path) -> None:
    """Its column changes, that of the case as written does not."""
    file = folder / "harbour" / "case.yaml"
    before = file.read_text(encoding="utf-8")
    page.goto("/model/harbour")
    page.get_by_text("New reading").click()
    page.get_by_label("Name of the new reading").fill("The hawks")
    expect(page.get_by_label("Id of the new reading")).to_have_value("the_hawks")
    page.get_by_label("Id of the new reading").fill("hawks")
    page.get_by_role("button", name="Add reading").click()
    expect(page).to_have_url(re.compile(r"as=hawks"))
    expect(page.get_by_role("heading", name=re.compile("Reading: The hawks"))).to_be_visible()

    page.get_by_role("button", name="Statement 2 up").first.click()
    expect(page.get_by_text("↕ moved")).to_have_count(1)
    expect_verdicts(page, "✓ holds", "✗ fails")

    page.get_by_role("link", name="Model", exact=True).click()
    page.reload()
    expect(page.get_by_text("↕ moved")).to_have_count(1)
    page.get_by_label("Text of this reading").fill("The port first.")
    cited = page.get_by_label("Citations of this reading")
    cited.fill("report p01, reprt p02")
    expect(page.get_by_test_id("faults")).to_contain_text("did you mean report")
    cited.fill("report p01, report p02")
    expect(page.get_by_test_id("faults")).to_have_count(0)
    expect(page.get_by_text("1 difference from the case as written")).to_be_visible()
    written = save(page, file)
    case = loads(written)
    assert (case.readings["hawks"].name, case.readings["hawks"].text) == (
        "The hawks",
        "The port first.",
    )
    assert [str(one) for one in case.readings["hawks"].evidence.cite] == [
        "report p01",
        "report p02",
    ]
    assert "# the pact first" in written
    assert written.startswith(before[:400])

    page.get_by_role("button", name=re.compile("Take back what this reading changes")).click()
    expect(page.get_by_text("↕ moved")).to_have_count(0)
    expect_verdicts(page, "✓ holds")  # a reading that changes nothing is the case as written
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("td .verdict").nth(1)).to_have_text("✗ fails")
    page.get_by_role("link", name="Model", exact=True).click()
    page.get_by_role("button", name="Remove this reading").click()
    expect(page.get_by_role("heading", name="Another party")).to_be_visible()
    last = save(page, file).splitlines()
    assert [line.strip() for line in last if line not in before.splitlines()] == [
        "id: not_norland_open"
    ]


def test_what_a_reading_changes_is_marked_and_taken_back(page: Page) -> None:
    page.goto("/model/us-russia-2025?as=critics")
    expect(page.get_by_text("− dropped")).to_be_visible()
    expect(page.get_by_text("3 differences from the case as written")).to_be_visible()
    page.get_by_role("button", name="Take back: drop “settlement”").click()
    expect(page.get_by_text("− dropped")).to_have_count(0)
    field = page.get_by_label("Statement 2 of United States", exact=True)
    field.fill("normalisation and settlemen")
    expect(page.get_by_test_id("faults")).to_contain_text("did you mean settlement")
    field.fill("normalisation and settlement")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(page.get_by_text("≠ rewritten")).to_be_visible()
    page.get_by_label("This reading settles tracks").select_option("settled: linked")
    page.get_by_label("us.escalate is available in this reading").uncheck()
    expect(page.get_by_text("− not available")).to_be_visible()
    page.get_by_label("Status quo").fill("only(us.offer)")
    expect(page.get_by_text("≠ rewritten")).to_have_count(2)
    assert faults(page) == []
    page.get_by_role("link", name="as written", exact=True).click()
    expect(page.get_by_label("Status quo")).to_have_value("only(us.offer, europe.block)")
    expect(field).to_have_value("normalisation")
    for _ in range(5):
        page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_doubts_change_the_number_of_readings(page: Page, folder: Path) -> None:
    page.goto("/model/harbour")
    count = page.get_by_text(re.compile(r"open: \d+ reading"))
    expect(count).to_have_text("1 thing is open: 2 readings")
    page.get_by_label(f"Certainty of statement 1 of {NORLAND}").select_option("open")
    expect(count).to_have_text("2 things are open: 4 readings")
    page.get_by_label(f"Question about statement 1 of {NORLAND}").fill("Does the pact come first?")
    page.get_by_label(f"Certainty of statement 1 of {NORLAND}").select_option("probably")
    page.get_by_label(f"Probability of statement 1 of {NORLAND}").fill("1/4")
    page.get_by_text("more about statement 1 of sudland").click()
    page.get_by_role("button", name="Statements 1 and 2 of sudland: either one holds").click()
    expect(count).to_have_text("2 things are open: 4 readings")
    page.get_by_label("Probability of alternative 1 of statement 1 of sudland").fill("0.3")
    expect(page.get_by_test_id("faults")).to_contain_text("give all or none")
    page.get_by_label("Probability of alternative 2 of statement 1 of sudland").fill("0.7")
    expect(page.get_by_test_id("faults")).to_have_count(0)
    assert faults(page) == []
    case = loads(save(page, folder / "harbour" / "case.yaml"))
    first, second = case.uncertainties
    assert [str(share) for share in first.probabilities or ()] == ["1/4", "3/4"]
    assert first.question == "Does the pact come first?"
    assert (second.kind, second.size) == ("alternatives", 2)
    page.get_by_role("button", name="Make single statements of statement 1 of sudland").click()
    expect(page.get_by_label("Statement 2 of sudland", exact=True)).to_have_value(
        "not sudland.sign"
    )


def test_open_questions_are_asked_and_answered(page: Page, folder: Path) -> None:
    page.goto("/model/chicken")
    page.get_by_label("Question of the new question").fill("Is the road wet?")
    page.get_by_role("button", name="Add question").click()
    expect(page.get_by_role("list", name="Answers to is_the_road_wet")).to_be_visible()
    label = "answer otherwise to is_the_road_wet"
    page.get_by_label(f"Text of {label}").fill("It is wet")
    page.get_by_text(f"changes … of {label}").click()
    page.get_by_label(f"What {label} changes").fill("a.swerv")
    page.get_by_label(f"What {label} changes").press("Enter")
    expect(page.get_by_test_id("faults")).to_contain_text("did you mean a.swerve")
    page.get_by_role("button", name=re.compile("Remove “insert: a.swerv, for: a")).click()
    page.get_by_label(f"What {label} changes").fill("a.swerve")
    page.get_by_label(f"What {label} changes").press("Enter")
    expect(page.get_by_text("1 thing is open: 2 readings")).to_be_visible()
    case = loads(save(page, folder / "chicken" / "case.yaml"))
    assert [answer.text for answer in case.questions[0].answers] == ["", "It is wet"]


def test_a_party_an_option_and_what_it_wants(page: Page, folder: Path) -> None:
    page.goto("/model/harbour")
    page.get_by_label("Name of the new party").fill("The Coast Guard")
    page.get_by_role("button", name="Add party").click()
    expect(page.get_by_role("heading", name="The Coast Guard the_coast_guard")).to_be_visible()
    page.get_by_text("Add an option of The Coast Guard").click()
    page.get_by_label("Text of the new option of The Coast Guard").fill("Patrol the strait")
    page.get_by_label("Id of the new option of The Coast Guard").fill("patrol")
    page.get_by_role("button", name="Add option of The Coast Guard").click()
    expect(page.get_by_label("Text of the_coast_guard.patrol")).to_have_value("Patrol the strait")
    expect(page.get_by_test_id("faults")).to_contain_text(
        "a letter for each of the 3 options, not 2"  # in the status quo
    )
    page.get_by_label("Status quo").fill("NNN")
    expect(page.get_by_test_id("faults")).to_have_count(0)
    page.get_by_label("New statement of The Coast Guard").fill("the_coast_guard.patrl")
    page.get_by_label("New statement of The Coast Guard").press("Enter")
    expect(page.get_by_test_id("faults")).to_contain_text("did you mean the_coast_guard.patrol")
    page.get_by_label("Statement 1 of The Coast Guard", exact=True).fill("the_coast_guard.patrol")
    page.get_by_label("Kind of the new rule").select_option("at most one of")
    page.get_by_label("New rule: at most one of").fill("norland.open")
    page.get_by_label("Second condition of the new rule").fill("the_coast_guard.patrol")
    page.get_by_role("button", name="Add rule").click()
    expect(page.get_by_text("6 of 8 are left")).to_be_visible()
    page.get_by_label("Name of the new outcome").fill("Deal")
    page.get_by_label("Condition of the new outcome").fill("norland.open")
    expect(page.get_by_label("Id of the new outcome")).to_have_value("deal_2")
    page.get_by_role("button", name="Add outcome").click()
    page.get_by_label("Text of the new claim").fill("Patrols go on.")
    page.get_by_label("Assertion of the new claim").fill("equilibrium(the_coast_guard.patrol)")
    page.get_by_role("button", name="Add claim").click()
    expect(page.get_by_label("Assertion of claim patrols_go_on")).to_be_visible()
    case = loads(save(page, folder / "harbour" / "case.yaml"))
    assert [dm.id for dm in case.decision_makers] == ["norland", "sudland", "the_coast_guard"]
    assert list(case.claims) == ["deal_holds", "patrols_go_on"]
    page.get_by_text("about The Coast Guard").click()
    page.get_by_role("button", name="Remove The Coast Guard").click()
    expect(page.get_by_test_id("faults")).to_contain_text("the_coast_guard")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_test_id("faults")).to_have_count(0)


def test_an_id_is_changed_wherever_it_is_used(page: Page, folder: Path) -> None:
    page.goto("/model/harbour")
    page.get_by_role("button", name="Id of option of sudland: sign; change it").click()
    field = page.get_by_label("New id of option of sudland")
    field.fill("sign up")
    field.press("Enter")  # not an id: the browser says so
    expect(field).to_be_focused()
    field.fill("only")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("is not a name here")
    page.get_by_role("button", name="Id of option of sudland: sign; change it").press("Enter")
    field.fill("join")
    field.press("Enter")
    expect(
        page.get_by_role("button", name="Id of option of sudland: join; change it")
    ).to_be_focused()
    expect(page.get_by_label(f"Statement 1 of {NORLAND}", exact=True)).to_have_value("sudland.join")
    case = loads(save(page, folder / "harbour" / "case.yaml"))
    assert case.outcomes["deal"].clause.text == "norland.open and sudland.join"


def test_weights_and_rankings_by_keyboard_alone(page: Page, scales: Path) -> None:
    page.goto("/model/scales")
    handle = page.get_by_label("Move place 1 of b: drag, or arrow keys")
    handle.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("State 1 at place 2 of b")).to_have_value("YY")
    expect(page.get_by_label("Move place 2 of b: drag, or arrow keys")).to_be_focused()
    page.get_by_role("button", name="Tie places 2 and 3 of b").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("State 2 at place 2 of b")).to_have_value("YN")
    page.get_by_role("button", name="Untie “YY” at place 2 of b").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("State 1 at place 3 of b")).to_have_value("YY")

    field = page.get_by_label("Weight of b.y for a", exact=True)
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("x")
    expect(page.get_by_test_id("faults")).to_contain_text("stands where a number")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Control+a")
    page.keyboard.type("2.5")
    expect(field).to_have_attribute("aria-invalid", "false")
    page.get_by_label("Weight of a.x for a is known").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("1 thing is open: 5 readings")).to_be_visible()
    assert faults(page) == []
    written = save(page, scales)
    assert "rank: [NY, YN, YY, NN]" in written
    assert "b.y: 2.5" in written
    assert "a.x: {between: [2, 3], steps: 5}" in written


def test_a_reading_weighs_and_ranks_anew(page: Page, scales: Path) -> None:
    page.goto("/model/scales")
    page.get_by_text("New reading").click()
    page.get_by_label("Name of the new reading").fill("Other")
    page.get_by_role("button", name="Add reading").click()
    expect(page.get_by_role("heading", name=re.compile("Reading: Other"))).to_be_visible()
    page.get_by_label("Weight of a.x for a", exact=True).fill("7")
    expect(page.get_by_text("≠ 2")).to_be_visible()
    page.get_by_role("button", name="Place 2 of b up").click()
    expect(page.get_by_text("≠ ranked anew")).to_be_visible()
    assert faults(page) == []
    case = loads(save(page, scales))
    assert "a.x: 2  # much" in scales.read_text(encoding="utf-8")
    assert case.under("other").conflict().hash != case.conflict().hash
    page.get_by_role("button", name="Take the ranking back").click()
    page.get_by_role("button", name="Take all weights back").click()
    expect(page.get_by_text("0 differences from the case as written")).to_be_visible()


@pytest.mark.parametrize("view", ["model/us-russia-2025?as=kyiv", "model/scales"])
def test_the_editor_fits_a_phone_and_is_accessible(
    page: Page,
    scales: Path,  # noqa: ARG001 - one of the cases
    view: str,
) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/{view}")
    expect(page.get_by_role("heading", name="Rules")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(page) == []


def test_a_reading_that_is_not_there_is_not_edited(page: Page) -> None:
    page.goto("/model/harbour?as=nobody")
    expect(page.get_by_role("alert")).to_contain_text("There is no reading “nobody”")
    page.get_by_role("link", name="See the case as written.").click()
    expect(page.get_by_role("heading", name="Rules")).to_be_visible()
