"""`detente check` as a user meets it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    Run: TypeAlias = Callable[..., tuple[int, str, str]]

CASE = """\
detente: 1
title: A dispute
decision_makers:
  a:
    options: {x: Do x}
    preferences: {prioritise: [{prefer: x, id: wants_x, maybe: open}]}
  b:
    options: {z: Do z}
    preferences: {prioritise: [not z]}
status_quo: NN
claims:
  comes: {assert: "equilibrium(x, nash, every)", expect: holds}
  can_come: reachable(x)
"""


def test_what_is_doubted_is_said(run: Run) -> None:
    code, out, _ = run("check", "us-russia-2025", "--doubt", "assumed", "--reading", "kyiv")
    said = " ".join(out.split())
    assert code == 0
    assert "Doubted: each preference statement that is only assumed may hold or not" in said
    assert "stalling_delays_the_end 7/8" in said
    code, _, err = run("check", "us-russia-2025", "--doubt", "assumptions")
    assert (code, "'assumptions' is not one of" in err) == (2, True)
    code, out, _ = run("check", "us-russia-2025", "--doubt", "assumed", "--expect", "--json")
    found = json.loads(out)
    assert (code, found["doubt"], found["unexpected"]) == (0, "assumed", [])
    code, _, err = run("check", "chicken", "--doubt", "implied")
    assert (code, "nothing to doubt" in err) == (2, False)


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "case.yaml"
    file.write_text(CASE, encoding="utf-8")
    return str(file)


def test_verdicts_and_what_they_hinge_on(run: Run, path: str) -> None:
    code, out, _ = run("check", path)
    assert code == 0
    assert "comes: DEPENDS" in out
    assert "wants_x: moves the share by 1 (holds 1, absent 0)" in out
    assert "fewest changes that turn it: wants_x = absent" in out
    assert "HOLDS ■" in out
    assert "2 claims: 1 holds, 1 depends." in out
    assert "comes (all): expected holds, found depends" in out


def test_expectations_decide_the_exit_code(run: Run, path: str) -> None:
    assert run("check", path, "--expect")[0] == 1
    assert run("check", path, "--expect", "--claim", "can_come")[0] == 0
    assert run("check", "us-russia-2025", "--expect")[0] == 0


def test_some_readings_test_what_they_can(run: Run, tmp_path: Path) -> None:
    more = """readings:
  other: {settle: {wants_x: absent}}
"""
    text = CASE.replace("expect: holds", "expect: {base: depends, other: fails, all: depends}")
    file = tmp_path / "two.yaml"
    file.write_text(text + more, encoding="utf-8")
    assert run("check", str(file), "--expect")[0] == 0
    code, out, _ = run("check", str(file), "--expect", "--reading", "other")
    assert code == 0
    assert "Every verdict that the case expects is met." in out
    # That it holds over all readings is refuted by one of them.
    file.write_text(CASE + more, encoding="utf-8")
    code, out, _ = run("check", str(file), "--expect", "--reading", "other")
    assert code == 1
    assert "comes (all): expected holds, found fails" in out


def test_what_is_named_twice_counts_once(run: Run, path: str) -> None:
    twice = ("--claim", "comes", "--claim", "comes", "--reading", "base", "--reading", "base")
    assert run("check", path, *twice)[1] == run("check", path, *twice[:2], *twice[4:6])[1]


def test_what_is_worth_finding_out_is_ranked(run: Run, path: str, tmp_path: Path) -> None:
    _, out, _ = run("check", path)
    assert "What to find out first" in out
    assert "wants_x 1/2   comes" in out
    record = json.loads(run("check", path, "--json")[1])
    assert record["find_out"] == [
        {
            "id": "wants_x",
            "value": "1/2",
            "about": 0.5,
            "effect": "1",
            "settles": "1",
            "claims": ["comes"],
        }
    ]
    file = tmp_path / "likely.yaml"
    file.write_text(CASE.replace("maybe: open", "maybe: 0.9"), encoding="utf-8")
    _, out, _ = run("check", str(file))
    assert "it holds in 9/10 of its combinations, weighed by probability" in out
    assert "wants_x 1/10  comes" in out
    _, out, _ = run("check", str(file), "--enumerate", "1")
    assert "finding it out settles the claim, as far as drawn" in " ".join(out.split())


PAIR = """detente: 1
title: A dispute
decision_makers:
  a:
    options: {x: Do x}
    preferences:
      prioritise:
        - {prefer: x, id: one, maybe: open}
        - {prefer: not x, id: two, maybe: open}
        - {prefer: z, id: three, maybe: open}
  b:
    options: {z: Do z}
    preferences: {prioritise: [{prefer: z, id: four, maybe: open}]}
status_quo: NN
claims:
  both: equilibrium(x and z, nash, every)
"""


def test_pairs_that_move_a_share_further_are_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "pair.yaml"
    file.write_text(PAIR, encoding="utf-8")
    _, out, _ = run("check", str(file))
    assert "one and four together move the share by 1" in out
    (pair,) = json.loads(run("check", str(file), "--json")[1])["claims"][0]["readings"]["base"][
        "pairs"
    ]
    assert pair == {"ids": ["one", "four"], "effect": "1"}
    assert run("report", str(file), "--no-figures", "-o", str(tmp_path / "r.md"))[0] == 0
    page = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "together move the share by 1, further than either alone" in page


def test_json_has_exact_shares(run: Run, path: str) -> None:
    code, out, _ = run("check", path, "--json")
    record = json.loads(out)
    assert code == 0
    assert record["format"] == "detente-check/1"
    comes = record["claims"][0]
    assert comes["all"]["share"] == "1/2"
    assert comes["readings"]["base"]["turns"] == [{"wants_x": "absent"}]
    assert record["unexpected"] == [
        {"claim": "comes", "in": "all", "expected": "holds", "found": "depends"}
    ]


def test_drawn_readings_say_so(run: Run, path: str) -> None:
    _, out, _ = run("check", path, "--enumerate", "1", "--draws", "100", "--seed", "3")
    assert "1,024 drawn for base (seed 3)" in out
    assert (
        run("check", path, "--enumerate", "1", "--seed", "3")[1]
        == run("check", path, "--enumerate", "1", "--seed", "3")[1]
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--claim", "came"), "did you mean comes"),
        (("--reading", "bass"), "there is no reading bass: did you mean base?"),
    ],
)
def test_mistakes(run: Run, path: str, arguments: tuple[str, ...], message: str) -> None:
    code, _, err = run("check", path, *arguments)
    assert code == 2
    assert message in err


def test_a_case_without_claims(run: Run) -> None:
    code, _, err = run("check", "chicken")
    assert code == 2
    assert "makes no claims" in err
