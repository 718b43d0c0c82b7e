"""The commands on cases whose preferences are given pair by pair."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from case_texts import PAIRS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any, TypeAlias

    Run: TypeAlias = Callable[..., tuple[int, str, str]]

NOTE = (
    "note: preferences pair by pair are not used here, but by “analyze” only: provincial, who has "
    "no ranking, counts as indifferent between all states\n"
)


def given(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run(*arguments, "--json")
    assert (code, err) == (0, "")
    record: dict[str, Any] = json.loads(out)
    return record


def test_each_state_says_in_which_extensions_it_holds(run: Run) -> None:
    code, out, err = run("analyze", "gisborne")
    assert (code, err) == (0, "")
    assert "provincial: 24 of 28 pairs unknown." in out
    assert "● in all four extensions of unknown preference; letters: in these only" in out
    rows = {
        line[:2]: line.split()[4:] for line in out.splitlines() if line[:2] in ("s4", "s6", "s8")
    }
    assert rows["s4"] == ["3", "–", "2", "bd", "bcd", "bcd", "bcd", "bcd"]
    assert rows["s8"] == ["4", "–", "4", "·", "bcd", "bcd", "bd", "bd"]
    assert "who would leave under seq in extension d" in out


def test_one_extension_may_be_asked_for(run: Run) -> None:
    _, out, _ = run("analyze", "gisborne", "--unknown", "c", "--concept", "seq")
    assert "Equilibria (2;" in out
    assert "● in extension c of unknown preference" in out
    record = given(run, "analyze", "gisborne", "--unknown", "c", "--concept", "seq")
    assert record["equilibria"] == {"seq": ["s4", "s6"]}
    assert record["pairs"]["extensions"] == ["c"]


def test_json_has_every_extension_and_degree(run: Run) -> None:
    record = given(run, "analyze", "gisborne")
    assert record["equilibria"]["gmr"] == []
    assert record["ranks"]["provincial"] is None
    assert record["ranks"]["federal"] == [3, 7, 1, 5, 2, 6, 0, 4]
    pairs = record["pairs"]
    assert pairs["extensions"] == ["a", "b", "c", "d"]
    assert pairs["degrees"] == ["general", "strong"]
    assert pairs["unknown"] == {"federal": 0, "provincial": 24, "support": 0}
    assert pairs["great"] == {"federal": 0, "provincial": 0, "support": 0}
    assert len(pairs["sha256"]) == 64
    found = {e: pairs["by_extension"][e]["general"]["equilibria"]["seq"] for e in "abcd"}
    assert found == {"a": [], "b": ["s4", "s6", "s8"], "c": ["s4", "s6"], "d": ["s4", "s6", "s8"]}
    assert "nash" not in pairs["by_extension"]["a"]["strong"]["stable"]


def test_only_chosen_states_are_given(run: Run) -> None:
    record = given(run, "analyze", "gisborne", "--where", "support.appeal")
    assert [state["id"] for state in record["states"]] == ["s5", "s6", "s7", "s8"]
    assert record["pairs"]["by_extension"]["d"]["general"]["equilibria"]["seq"] == ["s6", "s8"]


def test_the_strong_are_marked(run: Run) -> None:
    _, out, _ = run("analyze", "strength-example")
    assert "a_side: 2 greatly preferred." in out
    assert "● stable for every DM; ◆: strongly" in out
    rows = {line[0]: line.split()[-5:] for line in out.splitlines() if line[:2] in ("a ", "e ")}
    assert rows == {"a": ["·", "◆", "◆", "◆", "◆"], "e": ["·", "●", "●", "●", "●"]}


@pytest.mark.parametrize(
    ("degree", "found"), [("strong", ["a", "b", "c", "d", "f"]), ("weak", ["e"])]
)
def test_one_degree_may_be_asked_for(run: Run, degree: str, found: list[str]) -> None:
    record = given(run, "analyze", "strength-example", "--strength", degree)
    assert record["stable"]["seq"]["a_side"] == found
    assert record["not_applicable"] == {"nash": "Nash stability is neither strong nor weak"}
    _, out, _ = run("analyze", "strength-example", "--strength", degree)
    assert f"Stability is {degree}." in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["gisborne", "--concept", "sim"],
            "sim: it is not defined on pairs of states: choose nash",
        ),
        (["gisborne", "--judge", "federal=sim"], "sim: it is not defined on pairs of states"),
        (["gisborne", "--judge", "federal=seq"], "no concept is given for provincial, support"),
        (
            ["gisborne", "--concept", "nash", "--strength", "weak"],
            "nash: Nash stability is neither",
        ),
        (["gisborne", "--unknown", "e"], "'e' is not one of 'a', 'b', 'c', 'd'"),
    ],
)
def test_what_is_not_defined_is_refused(run: Run, arguments: list[str], message: str) -> None:
    code, out, err = run("analyze", *arguments)
    assert code == 2
    assert out == ""
    assert message in err


def test_each_party_may_be_judged_by_its_own_concept(run: Run) -> None:
    judged = ("analyze", "gisborne", "--judge", "federal=nash,provincial=smr,support=seq")
    _, out, _ = run(*judged)
    by = "federal by nash, provincial by smr, support by seq"
    assert f"Equilibria in all four extensions judging {by}: none" in " ".join(out.split())
    record = given(run, *judged, "--unknown", "b")
    assert record["judged_equilibria"] == ["s4", "s6", "s8"]


def test_a_case_without_pairs_may_be_asked_as_well(run: Run) -> None:
    _, out, _ = run("analyze", "chicken", "--unknown", "a", "--strength", "strong")
    assert "No pair of states is unknown: all four extensions agree." in out
    assert "only what needs no sanction is strong" in out
    plain = given(run, "analyze", "chicken")
    asked = given(run, "analyze", "chicken", "--unknown", "b")
    assert asked["stable"] == plain["stable"]
    assert "pairs" not in plain


@pytest.mark.parametrize(
    "arguments",
    [
        ("states", "gisborne"),
        ("settle", "gisborne", "--by", "federal", "--from", "s1"),
        ("leverage", "gisborne", "--from", "s1"),
        ("coalitions", "gisborne"),
        ("evolve", "gisborne", "--from", "s1"),
        ("explain", "gisborne", "s4"),
        ("inverse", "gisborne", "s4"),
        ("export", "gisborne", "--format", "csv"),
        ("export", "gisborne", "--format", "nfg"),
        ("export", "gisborne", "--format", "dot"),
    ],
)
def test_commands_that_know_rankings_only_say_so(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert code == 0
    assert out
    assert err == NOTE


def test_check_figure_and_sweep_say_so_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(PAIRS + "claims: {calm: equilibrium(us.talk)}\n", encoding="utf-8")
    note = "note: preferences pair by pair are not used here, but by “analyze” only: us as ranked"
    for arguments in (
        ("check", str(file)),
        ("figure", str(file), "ranks", "-o", str(tmp_path / "ranks.svg")),
    ):
        code, _, err = run(*arguments)
        assert code == 0
        assert err.startswith(note)
        assert err.count("note:") == 1


def test_what_a_file_of_another_program_cannot_hold_is_said(run: Run) -> None:
    code, _, err = run("export", "gisborne", "--format", "gmcr")
    assert code == 0
    assert err.startswith(NOTE)
    assert "preferences pair by pair" in err.removeprefix(NOTE)


def test_the_json_export_is_the_analysis(run: Run) -> None:
    code, out, err = run("export", "gisborne", "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == given(run, "analyze", "gisborne")
    assert run("export", "gisborne", "--format", "json", "--concept", "sim")[0] == 2


def test_validate_checks_results_of_extensions_and_degrees(run: Run) -> None:
    for name, number in (("gisborne", 26), ("strength-example", 8)):
        code, out, _ = run("validate", name)
        assert code == 0
        assert f"{number} of {number} published results are reproduced." in out


def test_evidence_of_pairs_counts(run: Run) -> None:
    _, out, _ = run("validate", "gisborne")
    assert "Evidence: 4 of 7 elements cite a source (1 stated, 6 not said)." in out


def test_a_report_says_it_first(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    assert run("report", "gisborne", "-o", str(target), "--no-figures")[0] == 0
    text = target.read_text(encoding="utf-8")
    assert text.index("## Preferences pair by pair") < text.index("## Verdicts")
    assert "| s8 | – | b, c, d | b, c, d | b, d | b, d |" in text
    assert "It prefers `not support.appeal` to whatever is not so, other things equal" in text
    assert "indifferent between all states." in text
    assert run("report", "strength-example", "-o", str(target), "--no-figures")[0] == 0
    text = target.read_text(encoding="utf-8")
    assert "| e (Where A may gain by f) | – | yes | yes | yes | yes |" in text
    assert "It greatly prefers `a` to `c or d`" in text
    assert "Sequential stability strong, a_side" in text.replace("\\", "")
