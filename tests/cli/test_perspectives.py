"""`detente perspectives`, as a user meets it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from detente.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    Run: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(run: Run) -> Run:
    return lambda *arguments: run("perspectives", *arguments)


def record(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run(*arguments, "--json")
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    assert found["format"] == "detente-perspectives/1"
    return found


def test_it_has_help(run: Run) -> None:
    code, out, _ = run("--help")
    assert (code, out.partition(" [")[0]) == (0, "Usage: detente perspectives")


def test_a_surprise_is_told(run: Run) -> None:
    code, out, _ = run("us-russia-2025")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "2 equilibria, 2 of them hidden from somebody; 2 if all saw it as it is" in out
    assert "Ukraine believes that nobody leaves s143 (NYYNNNNNY); United States does, as" in out
    assert "It ranks the states otherwise for United States and Russia." in " ".join(out.split())
    found = record(run, "us-russia-2025")
    assert found["views"]["ukraine"]["as"] == "kyiv"
    assert found["views"]["ukraine"]["ranks_otherwise"] == ["us", "russia"]
    seq = found["concepts"]["seq"]
    assert seq["equilibria"] == seq["if_all_saw_alike"] == seq["hidden"] == ["s151", "s169"]
    assert seq["believed"]["ukraine"] == ["s143", "s161"]
    assert [(s["state"], s["believers"], s["leaver"], s["to"]) for s in seq["surprises"]] == [
        ("s143", ["ukraine"], "us", "s151"),
        ("s161", ["ukraine"], "us", "s169"),
    ]
    assert seq["surprises"][0]["words"][1].startswith("It takes “Withhold arms")


def test_the_other_way_round(run: Run) -> None:
    found = record(run, "us-russia-2025", "--reading", "kyiv")
    assert found["reading"] == "kyiv"
    assert found["views"]["us"]["ranks_otherwise"] == ["russia"]
    surprises = found["concepts"]["seq"]["surprises"]
    assert [(s["state"], s["believers"], s["to"]) for s in surprises] == [
        ("s151", ["russia"], "s143"),
        ("s169", ["russia"], "s161"),
    ]


def test_views_can_be_lent(run: Run) -> None:
    found = record(run, "us-russia-2025", "--sees", "europe=kyiv", "--sees", "ukraine=author")
    assert found["views"]["europe"]["as"] == "kyiv"
    assert found["views"]["ukraine"]["ranks_otherwise"] == []
    believers = {tuple(s["believers"]) for s in found["concepts"]["seq"]["surprises"]}
    assert believers == {("europe",)}
    everybody = [f"--sees={dm}=author" for dm in ("us", "russia", "ukraine", "europe")]
    _, out, _ = run("us-russia-2025", *everybody)
    assert "2 equilibria; 2 if all saw it as it is, the same." in out
    assert "No surprises: nobody leaves what another believes to be an equilibrium." in out


def test_several_concepts_and_few_states(run: Run) -> None:
    code, out, _ = run(
        "us-russia-2025", "--concept", "gmr", "--concept", "smr", "--where", "settlement"
    )
    assert code == 0
    assert "Under gmr" in out
    assert "Under smr" in out
    found = record(run, "us-russia-2025", "--concept", "gmr", "--limit", "1")
    assert found["concepts"]["gmr"]["surprises"] == []
    found = record(run, "us-russia-2025", "--limit", "1")
    assert ["words" in s for s in found["concepts"]["seq"]["surprises"]] == [True, False]
    found = record(run, "us-russia-2025", "--where", "not us.withhold")
    assert found["concepts"]["seq"]["equilibria"] == []
    assert len(found["concepts"]["seq"]["surprises"]) == 2


def test_the_weaker_treatment(run: Run) -> None:
    code, out, _ = run("syria-iraq-1975", "--treatment", "moves")
    assert code == 0
    assert "3 equilibria; 1 if all saw it as it is, not the same." in out
    assert "nobody has a conflict of its" in out
    found = record(run, "syria-iraq-1975", "--treatment", "moves")
    seq = found["concepts"]["seq"]
    assert (found["treatment"], seq["equilibria"]) == ("moves", ["s1", "s2", "s6"])
    assert "surprises" not in seq
    found = record(run, "syria-iraq-1975")
    assert found["views"]["iraq"]["unknown"] == ["s1", "s4"]
    assert found["concepts"]["seq"]["equilibria"] == ["s6"]


def test_an_option_that_one_does_not_know_of(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "{detente: 1, title: T, status_quo: YN, decision_makers: {"
        "a: {options: {x: X}, preferences: {prioritise: [a.x]}},"
        "b: {options: {y: Y}, preferences: {prioritise: [b.y]}}},"
        "perspectives: {b: {changes: [{unavailable: a.x}]}}}"
    )
    _, out, _ = run(str(file))
    assert "b: It does not know of 2 of 4 states (s2, s4). It does not know of the" in out
    assert "No equilibria; 1 if all saw it as it is, not the same." in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["elmira"], "all see this case as it is: add “perspectives” to it, or give --sees"),
        (["elmira", "--sees", "moe"], "--sees: “moe” should be DM=READING, such as ukraine=kyiv"),
        (["elmira", "--sees", "mo=base"], "there is no decision maker mo: did you mean moe?"),
        (["elmira", "--sees", "moe=bas"], "there is no reading bas: did you mean base?"),
        (
            ["us-russia-2025", "--sees", "us=kyiv", "--sees", "us=linked"],
            "--sees: us is named twice: it has one view",
        ),
        (["us-russia-2025", "--reading", "kyv"], "there is no reading kyv: did you mean kyiv?"),
        (["us-russia-2025", "--concept", "sim"], "'sim' is not one of"),
        (["us-russia-2025", "--treatment", "move"], "'move' is not one of"),
        (["us-russia-2025", "--where", "us.tlak"], "there is no name us.tlak"),
    ],
)
def test_mistakes(run: Run, arguments: list[str], message: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert message in err


def test_a_broken_view_is_found_by_validate(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "detente: 1\ntitle: T\ndecision_makers: {a: {options: {x: X}}}\n"
        "perspectives:\n  a: {unseen: [a.x, not a.x]}\n"
    )
    code, _, err = run(str(file))
    assert code == 2
    assert ":5:21: a sees no state at all: leave it one that it perceives" in err
    monkeypatch.setattr(sys, "argv", ["detente", "validate", str(file)])
    with pytest.raises(SystemExit):
        main()
    out, err = capsys.readouterr()
    assert "The case is sound." not in out
    assert "a sees no state at all" in err


def test_hostile_text_is_shown_inert(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "detente: 1\ntitle: T\ndecision_makers: {a: {options: {x: X}}}\n"
        'perspectives:\n  a: {text: "a\\e[31mb\\u202Ec [bold]d[/bold]"}\n'
    )
    _, out, _ = run(str(file))
    assert "a: a�[31mb�c [bold]d[/bold] It sees the conflict as it is." in out
