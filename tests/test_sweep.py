"""Sweeps: the same bytes whatever the workers, nothing lost, continued after a stop."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import comb
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente.case import find_case, load
from detente.claims import Plan, Swept, Tally, check, plan_of, sweep, sweeping, swept_in
from detente.cli import main
from detente.errors import DetenteError
from detente.readings import UNIT, Factor, Space, spread
from doubtful_cases import doubtful
from dying import FLAG, die_always, die_once, die_once_judging, square

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case import Case

pq = pytest.importorskip("pyarrow.parquet")

BLOCK = UNIT

CASE = """\
detente: 1
title: A dispute
decision_makers:
  a:
    options: {x: Do x, y: Do y}
    preferences:
      prioritise: [{prefer: x, id: wants_x, maybe: 0.25}, {prefer: y, id: u, maybe: open}]
  b:
    options: {z: Do z}
    preferences: {weigh: {x: {between: [-1, 1]}, z: {between: [0.5, 2], steps: 40}}}
status_quo: NNN
claims:
  comes: equilibrium(x, nash, every)
  follows: prefers(b, x and z, not x and not z)
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    drawn = plan_of(path, load(path), draws=2 * BLOCK + 1000, seed=5)
    return replace(drawn, block=BLOCK)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_bytes_whatever_the_workers(plan: Plan, tmp_path: Path) -> None:
    one = sweep(plan, tmp_path / "one")
    two = sweep(plan, tmp_path / "two", workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert len(contents(tmp_path / "one")) == 4
    assert one.finished
    assert (one.tally.true == two.tally.true).all()
    assert one.hinges("comes") == two.hinges("comes")
    assert abs(one.tally.share(0) - Fraction(1, 4)) < Fraction(1, 50)


def test_a_stopped_sweep_is_continued(plan: Plan, tmp_path: Path) -> None:
    def stop(swept: Swept) -> None:
        if swept.done >= BLOCK:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(plan, tmp_path / "stopped", progress=stop)
    assert len(contents(tmp_path / "stopped")) == 2
    seen: list[int] = []
    sweep(plan, tmp_path / "stopped", progress=lambda swept: seen.append(swept.done))
    assert seen[0] == BLOCK
    sweep(plan, tmp_path / "whole")
    assert contents(tmp_path / "stopped") == contents(tmp_path / "whole")


def test_a_worker_killed_in_a_sweep_loses_nothing(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(plan, tmp_path / "whole")
    monkeypatch.setenv(FLAG, str(tmp_path / "flag"))
    monkeypatch.setattr(sweeping, "judge_block", die_once_judging)
    sweep(plan, tmp_path / "killed", workers=2)
    assert (tmp_path / "flag").exists()
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


def test_another_plan_does_not_mix_in(plan: Plan, tmp_path: Path) -> None:
    sweep(plan, tmp_path / "out")
    other = replace(plan, seed=6)
    with pytest.raises(DetenteError, match="seed differs"):
        sweep(other, tmp_path / "out")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(DetenteError, match="holds something else"):
        sweep(plan, tmp_path / "full")


@pytest.mark.parametrize("damage", ["cut", "empty", "another", "shorter", "a column less"])
def test_a_damaged_block_is_judged_again(plan: Plan, tmp_path: Path, damage: str) -> None:
    out = tmp_path / "out"
    sweep(plan, out)
    whole, block = contents(out), out / "block-00000001.parquet"
    table = pq.read_table(block)
    if damage == "cut":
        block.write_bytes(whole[block.name][:-100])
    elif damage == "empty":
        block.write_bytes(b"")
    elif damage == "another":
        block.write_bytes(whole["block-00000000.parquet"])
    else:
        pq.write_table(table[:10] if damage == "shorter" else table.drop(["claim.comes"]), block)
    seen: list[int] = []
    again = sweep(plan, out, progress=lambda swept: seen.append(swept.done))
    assert seen == [BLOCK + 1000, 2 * BLOCK + 1000]
    assert again.finished
    assert contents(out) == whole


def test_a_folder_with_more_than_the_sweep_is_refused(plan: Plan, tmp_path: Path) -> None:
    out = tmp_path / "out"
    sweep(plan, out)
    stray = out / "block-00000007.parquet"
    stray.write_bytes((out / "block-00000000.parquet").read_bytes())
    for name in ("block-00000007", "block-0", "block-²", "block-00000003"):
        stray = stray.rename(out / f"{name}.parquet")
        with pytest.raises(DetenteError, match=f"{name}.parquet is no block of this sweep, which"):
            sweep(plan, out)
        with pytest.raises(DetenteError, match=f"{name}.parquet is no block of this sweep, which"):
            swept_in(out, load(tmp_path / "case.yaml"), CASE)
    stray.unlink()
    (out / "manifest.json").write_text("[]", encoding="utf-8")
    with pytest.raises(DetenteError, match="cannot be used for a sweep: manifest"):
        sweep(plan, out)


def test_a_continuum_is_not_enumerated(plan: Plan, tmp_path: Path) -> None:
    whole = replace(plan, draws=None)
    with pytest.raises(DetenteError, match="can be drawn, not enumerated"):
        sweep(whole, tmp_path / "out")


def test_a_sweep_ends_when_it_is_told_to(plan: Plan, tmp_path: Path) -> None:
    sweep(plan, tmp_path / "whole")
    for workers in (1, 2):
        out = tmp_path / str(workers)
        asked = iter([False, True])
        swept = sweep(plan, out, workers=workers, until=lambda asked=asked: next(asked, True))  # type: ignore[misc]
        assert (swept.done, swept.finished) == (BLOCK, False)
        assert len(contents(out)) == 2
        assert sweep(plan, out, workers=workers).finished
        assert contents(out) == contents(tmp_path / "whole")


def test_the_command_ends_when_its_time_is_up(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["sweep", plan.file, "--draws", "2000", "--out", str(tmp_path / "out")]
    for options, code, said in (
        (["--time-limit", "0.000001"], 1, "0 of 2,000 readings"),
        (["--time-limit", "60"], 0, "2,000 of 2,000 readings"),
    ):
        monkeypatch.setattr("sys.argv", ["detente", *given, *options])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        assert (stop.value.code or 0) == code
        assert said in out
        assert ("the time is up: call the same command again to continue" in err) == bool(code)


def test_the_command_says_that_fewer_would_be_exact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for draws, said in (("511", False), ("512", True)):
        given = ["us-russia-2025", "--claim", "headline", "--draws", draws]
        monkeypatch.setattr(
            "sys.argv", ["detente", "sweep", *given, "--out", str(tmp_path / draws)]
        )
        with pytest.raises(SystemExit) as stop:
            main()
        assert not stop.value.code
        assert ("There are only 512 readings: without --draws" in capsys.readouterr().out) == said


def test_two_sweeps_do_not_share_a_folder(plan: Plan, tmp_path: Path) -> None:
    pytest.importorskip("fcntl")

    def again(_: Swept) -> None:
        sweep(plan, tmp_path / "out")

    with pytest.raises(DetenteError, match="another sweep is at work in"):
        sweep(plan, tmp_path / "out", progress=again)
    assert sweep(plan, tmp_path / "out").finished


def assert_agreed(swept: Swept, case: Case, reading: str) -> None:
    """Compare a sweep through all readings with a check."""
    judged = check(case, readings=[reading]).readings[0].judged
    for position, key in enumerate(swept.plan.claims):
        verdict = judged[key].verdict
        assert verdict.exact
        found = int(swept.tally.true[position]), swept.tally.possible, swept.tally.share(position)
        assert found == (verdict.true, verdict.counted, verdict.share)
        exact = [replace(hinge, swing=None) for hinge in judged[key].hinges]
        assert list(swept.hinges(key)) == exact


@pytest.mark.parametrize("reading", ["author", "linked", "critics", "kyiv"])
def test_an_enumerated_sweep_finds_what_check_finds(reading: str, tmp_path: Path) -> None:
    case = load("us-russia-2025")
    plan = plan_of(find_case("us-russia-2025"), case, reading=reading)
    assert_agreed(sweep(plan, tmp_path / "out"), case, reading)


def test_an_enumerated_sweep_weighs_probabilities(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    text = find_case("us-russia-2025").read_text(encoding="utf-8")
    text = text.replace("maybe: open", "maybe: 0.3")
    for answer, share in (("apart", "1/3"), ("linked", "2/3")):
        text = text.replace(
            f"      {answer}:\n", f"      {answer}:\n        probability: {share}\n"
        )
    path.write_text(text, encoding="utf-8")
    case = load(path)
    plan = plan_of(path, case)
    swept = sweep(replace(plan, block=64), tmp_path / "out", workers=2)
    assert_agreed(swept, case, plan.reading)
    headline = plan.claims.index("headline")
    assert (swept.tally.true[headline], swept.tally.share(headline)) == (256, Fraction(1, 3))


@pytest.mark.parametrize("seed", range(20))
def test_weighed_shares_of_random_cases_are_those_of_check(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(doubtful(Random(seed), 4, 4).text, encoding="utf-8")  # noqa: S311 - repeatable
    case = load(path)
    plan = replace(plan_of(path, case), block=16)
    swept = sweep(plan, tmp_path / "out")
    assert_agreed(swept, case, plan.reading)
    tables = [pq.read_table(file) for file in sorted((tmp_path / "out").glob("*.parquet"))]
    columns = {
        name: np.concatenate([table.column(name).to_numpy() for table in tables])
        for name in tables[0].column_names
    }
    assert ("probability" in columns) == swept.space.weighted
    chance = columns.get("probability", np.full(swept.size, 1 / swept.size))
    assert chance.sum() == pytest.approx(1)
    for position, key in enumerate(plan.claims):
        share = float(swept.tally.share(position))
        assert chance[columns[f"claim.{key}"]].sum() == pytest.approx(share)


def test_weights_beyond_machine_numbers_are_added_up_exactly() -> None:
    share = Fraction(1, 10**9 + 7)
    space = Space(tuple(Factor(f"f{i}", 2, 0, (share, 1 - share)) for i in range(8)))
    assert space.weight > 1 << 200
    choices = space.choices(np.arange(space.size))
    truths = np.column_stack([choices.sum(axis=1) == n for n in range(9)])
    tally = Tally(space, 9, exact=True)
    for half in (slice(0, 100), slice(100, None)):
        part = Tally(space, 9, exact=True)
        part.add(choices[half], truths[half])
        tally.merge(part)
    for n in range(9):
        assert tally.share(n) == comb(8, n) * share ** (8 - n) * (1 - share) ** n
        given = tally.hinges(n)[3].shares
        assert given[0] == comb(7, n) * share ** (7 - n) * (1 - share) ** n


def test_killed_workers_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FLAG, str(tmp_path / "flag"))
    found = list(spread(die_once, range(20), workers=2))
    assert sorted(found) == [(block, square(block)) for block in range(20)]
    assert (tmp_path / "flag").exists()


def test_workers_that_always_die_are_given_up() -> None:
    with pytest.raises(DetenteError, match="die again and again"):
        list(spread(die_always, range(20), workers=1 + 1))


def test_no_scheduler_is_said_so() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(DetenteError, match="there is no Dask scheduler"):
        list(spread(square, range(3), cluster="tcp:/nowhere"))


def test_a_tally_does_not_depend_on_the_order() -> None:
    space = Space((Factor("a", 3), Factor("b", 5000)))
    rows = [space.draw(1, unit) for unit in range(4)]
    truths = [(row % 2 == 0) for row in rows]
    forward, backward = Tally(space, 2), Tally(space, 2)
    for row, truth in zip(rows, truths, strict=True):
        forward.add(row, truth)
    for row, truth in zip(rows[::-1], truths[::-1], strict=True):
        backward.add(row, truth)
    assert forward.hinges(0) == backward.hinges(0)
    assert len(forward.hinges(1)[1].shares) == 10
    assert np.array_equal(forward.true, backward.true)
