"""What a report tells of a sweep, read back from its folder."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.claims import clopper_pearson, per_cent, plan_of, sweep, swept_in
from detente.errors import DetenteError
from detente.readings import UNIT
from detente.report import Options, build, gather, html

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pyarrow")

CASE = """\
detente: 1
title: A dispute
decision_makers:
  a:
    options: {x: Do x, y: Do y}
    preferences:
      prioritise: [{prefer: x, id: wants_x, maybe: open}, {prefer: y, id: wants_y, maybe: open}]
status_quo: NN
claims:
  comes: {assert: "equilibrium(x, nash, every)", text: It comes.}
  both: "equilibrium(x and y, nash, every)"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def told(path: Path, folder: Path) -> str:
    case = load(path)
    page = html(build(case, Options(figures=False), gather(case, sweep=folder)))
    return page.partition('<section id="sweep">')[2].partition("</section>")[0]


def test_a_sweep_of_all_combinations_is_told_exactly(file: Path, tmp_path: Path) -> None:
    sweep(plan_of(file, load(file)), tmp_path / "swept")
    page = told(file, tmp_path / "swept")
    assert "all 4 combinations of what the case as written leaves open" in page
    assert "<td>2 of 4</td><td>50.0 %</td>" in page
    assert "<td>1 of 4</td><td>25.0 %</td>" in page
    assert "Is “x” a wish of a? (moves the share by 100.0 %)" in page


def test_drawn_shares_have_their_intervals(file: Path, tmp_path: Path) -> None:
    swept = sweep(plan_of(file, load(file), draws=6000, seed=3), tmp_path / "swept")
    page = told(file, tmp_path / "swept")
    assert "6,000 combinations drawn from what the case as written leaves open, seed 3" in page
    for true in swept.tally.true.tolist():
        share = f"{true / 60:.1f} % ({per_cent(clopper_pearson(true, 6000))} %)"
        assert f"<td>{true:,} of 6,000</td><td>{share}</td>" in page


def test_what_is_read_back_is_what_was_found(file: Path, tmp_path: Path) -> None:
    plan = replace(plan_of(file, load(file), draws=2 * UNIT + 10, seed=1), block=UNIT)
    made = sweep(plan, tmp_path / "swept")
    read = swept_in(tmp_path / "swept", load(file), CASE)
    assert (read.size, read.done, read.finished) == (made.size, made.done, True)
    assert read.tally.true.tolist() == made.tally.true.tolist()
    assert read.hinges("comes") == made.hinges("comes")
    (tmp_path / "swept" / "block-00000001.parquet").unlink()
    assert "unfinished" in told(file, tmp_path / "swept")
    assert f"So far {UNIT + 10:,} have been judged." in told(file, tmp_path / "swept")


def test_another_folder_or_case_is_refused(file: Path, tmp_path: Path) -> None:
    case, folder = load(file), tmp_path / "swept"
    with pytest.raises(DetenteError, match="holds no sweep: make one"):
        swept_in(folder, case, CASE)
    sweep(plan_of(file, case), folder)
    with pytest.raises(DetenteError, match="another case, or of this one before it was changed"):
        swept_in(folder, case, CASE + "# changed\n")
    block = folder / "block-00000000.parquet"
    block.write_bytes(b"no parquet")
    with pytest.raises(DetenteError, match=r"block-00000000\.parquet is no block of this sweep"):
        swept_in(folder, case, CASE)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for key in ("format", "claims", "seed"):
        broken = {name: value for name, value in manifest.items() if name != key}
        (folder / "manifest.json").write_text(json.dumps(broken), encoding="utf-8")
        with pytest.raises(DetenteError, match="holds no sweep"):
            swept_in(folder, case, CASE)
