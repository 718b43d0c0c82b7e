"""The commands on coalitions, paths, reasons and changes, as a user meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Run: TypeAlias = Callable[..., tuple[int, str, str]]


def record(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run(*arguments, "--json")
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.mark.parametrize(
    "command", ["explain", "settle", "leverage", "coalitions", "evolve", "inverse"]
)
def test_every_command_has_help(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert out.startswith(f"Usage: detente {command}")


def test_two_settle_without_the_third(run: Run) -> None:
    arguments = ("settle", "elmira", "--by", "moe,uniroyal", "--from", "s5")
    code, out, _ = run(*arguments)
    assert code == 0
    assert "Ministry of Environment and Uniroyal Chemical Ltd without" in out
    assert "1 agreed, 1 self-enforcing, 1 spoiler-proof" in out
    found = record(run, *arguments)
    (pair,) = found["coalitions"]
    assert pair["spoiler_proof"] == ["s8"]
    assert [move["by"] for move in pair["states"]["s8"]["path"]["moves"]] == ["uniroyal", "moe"]


def test_settling_with_whoever_joins(run: Run) -> None:
    found = record(run, "settle", "elmira", "--by", "moe", "--without", "lg", "--from", "s5")
    assert [one["by"] for one in found["coalitions"]] == [["moe"], ["moe", "uniroyal"]]
    _, out, _ = run("settle", "elmira", "--by", "moe", "--from", "s5")
    assert "Ministry of Environment does not prefer 1 of them." in out
    _, out, _ = run("settle", "elmira", "--by", "lg", "--from", "s9")
    assert "No state of this kind can be reached" in out


def test_leverage(run: Run) -> None:
    code, out, _ = run("leverage", "elmira", "--from", "s5")
    assert code == 0
    assert "There is no such settlement without it." in out
    found = record(run, "leverage", "elmira", "--from", "s5")
    assert found["minimal"] == [["moe", "uniroyal"]]
    assert found["parties"]["moe"]["shapley_shubik"] == "1/2"
    assert found["parties"]["lg"]["accepts"]["worse"] is True
    _, out, _ = run("leverage", "elmira", "--from", "s9")
    assert "No coalition has one." in out


def test_spoiling_is_told(run: Run) -> None:
    found = record(run, "leverage", "chicken", "--from", "s4", "--grade", "agreed")
    assert found["able"]
    code, out, _ = run("leverage", "elmira", "--from", "s1", "--concept", "gmr")
    assert code == 0
    assert "party" in out


def test_coalitions(run: Run) -> None:
    code, out, _ = run("coalitions", "elmira")
    assert code == 0
    assert "s5 (NYNNY) → s8 (YNYNY, compromise)" in " ".join(out.split())
    found = record(run, "coalitions", "elmira")
    assert found["universally_stable"]["nash"] == ["s8", "s9"]
    assert [(j["from"], j["to"], j["by"]) for j in found["jumps"]] == [
        ("s5", "s8", ["moe", "uniroyal"])
    ]
    found = record(run, "coalitions", "elmira", "--partition", "moe,uniroyal;lg")
    assert found["coalitions"] == [["moe", "uniroyal"], ["lg"]]


def test_explain(run: Run) -> None:
    code, out, _ = run("explain", "elmira", "s5")
    assert code == 0
    assert "Nobody would leave: it is an equilibrium." in out
    code, out, _ = run("explain", "elmira", "s1", "--concept", "smr")
    assert "But then" in out
    found = record(run, "explain", "elmira", "s1", "--dm", "lg")
    (verdict,) = found["verdicts"]
    assert (verdict["dm"], verdict["stable"], verdict["improvement"]) == ("lg", False, "s5")
    assert verdict["words"][0] == "Local Government would not stay at s1 (NYNNN, the status quo)."


def test_explanations_cite_their_sources(run: Run) -> None:
    _, out, _ = run("explain", "us-russia-2025", "s3", "--dm", "us")
    assert "[wants “if not ukraine.accept then us.recognise”: column p10, assumed]" in " ".join(
        out.split()
    )


def test_evolve(run: Run) -> None:
    found = record(run, "evolve", "elmira", "--to", "compromise")
    assert found["levels"] == [["s1"], ["s5"]]
    assert found["paths"] == []
    found = record(
        run, "evolve", "elmira", "--kind-of-moves", "moves", "--to", "compromise", "--limit", "2"
    )
    assert len(found["paths"]) == 2
    assert found["out_of_reach"] == ["s9"]
    code, out, _ = run("evolve", "elmira", "--from", "s9")
    assert code == 0
    assert "Nobody moves: it stays as it is." in out
    code, out, _ = run("evolve", "elmira", "--kind-of-moves", "moves", "--to", "compromise")
    assert "Out of reach from 1 state." in out
    assert "Moves after which it is out of reach" in out


def test_evolve_by_chance(run: Run) -> None:
    pytest.importorskip("scipy")
    found = record(run, "evolve", "elmira", "--kind-of-moves", "moves", "--chance", "lg=0.5")
    assert found["chance"]["destinations"] == [{"states": ["s9"], "probability": 1.0}]
    code, out, _ = run("evolve", "elmira", "--kind-of-moves", "moves", "--chance", "")
    assert code == 0
    assert "100.00%  s9" in out


def test_inverse(run: Run) -> None:
    code, out, _ = run("inverse", "us-russia-2025", "s1")
    assert code == 0
    assert "It would have to be as good" in out
    found = record(run, "inverse", "us-russia-2025", "s169")
    assert (found["offers"], found["edits"]["number"]) == ([], 0)
    _, out, _ = run("inverse", "elmira", "s5")
    assert "It is one already." in out


def test_inverse_by_reversals(run: Run) -> None:
    pytest.importorskip("pysat")
    found = record(run, "inverse", "elmira", "s7", "--reversals", "--limit", "2")
    assert found["reversals"]["distance"] == "3/2"
    code, out, _ = run("inverse", "elmira", "s7", "--reversals", "--vary", "lg")
    assert code == 0
    assert "No rankings of these parties do it." in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["explain", "elmira", "s10"], "there is no state s10: they are s1 to s9"),
        (["explain", "elmira", "moe.modify"], "holds at 4 states"),
        (["explain", "elmira", "moe.modify and uniroyal.abandon"], "no feasible state fulfils"),
        (["explain", "elmira", "moe.modfy"], "names no state"),
        (["explain", "elmira", "s1", "--dm", "mo"], "there is no decision maker mo"),
        (["settle", "elmira", "--by", "moe", "--without", "moe"], "to settle and to be left out"),
        (["settle", "elmira", "--by", ","], "a coalition needs at least one member"),
        (["evolve", "elmira", "--chance", "lg"], "should be DM=WEIGHT"),
    ],
)
def test_mistakes_are_refused(run: Run, arguments: list[str], message: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert message in " ".join(err.split())
