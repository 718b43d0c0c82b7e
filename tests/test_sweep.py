"""Sweeps: the same bytes whatever the workers, nothing lost, continued after a stop."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente.case import load
from detente.claims import Plan, Swept, Tally, check, plan_of, sweep, sweeping
from detente.errors import DetenteError
from detente.readings import UNIT, Factor, Space, spread
from dying import FLAG, die_always, die_once, die_once_judging, square

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pyarrow")

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


def test_a_continuum_is_not_enumerated(plan: Plan, tmp_path: Path) -> None:
    whole = replace(plan, draws=None)
    with pytest.raises(DetenteError, match="can be drawn, not enumerated"):
        sweep(whole, tmp_path / "out")


def test_an_enumerated_sweep_counts_what_check_counts(tmp_path: Path) -> None:
    case = load("us-russia-2025")
    from detente.case import find_case

    swept = sweep(plan_of(find_case("us-russia-2025"), case), tmp_path / "out")
    checked = check(case, readings=[case.base])
    for position, key in enumerate(swept.plan.claims):
        judged = checked.readings[0].judged[key]
        assert swept.tally.true[position] == judged.verdict.true
        effects = [hinge.effect for hinge in judged.hinges]
        assert [hinge.effect for hinge in swept.hinges(key)] == effects
        for hinge, exact in zip(swept.hinges(key), judged.hinges, strict=True):
            assert hinge.pivotal == (exact.effect > 0)


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
