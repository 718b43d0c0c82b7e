"""`detente import` and `detente export` as a user meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from detente.case import catalogue
from interop.gmcr_files import CUBA, ELMIRA, SYRIA_IRAQ

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    Run: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cuba(tmp_path: Path) -> Path:
    file = tmp_path / "Cuban.gmcr"
    file.write_text(json.dumps(CUBA), encoding="utf-8")
    return file


def test_import_then_analyze(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "Elmira.gmcr"
    file.write_text(json.dumps(ELMIRA), encoding="utf-8")
    code, out, err = run("import", file, "-o", tmp_path / "elmira")
    assert (code, "the ranking counts" in err) == (0, True)
    assert out.startswith(f"wrote {tmp_path / 'elmira' / 'case.yaml'}")
    code, out, _ = run("analyze", tmp_path / "elmira", "--json", "--concept", "nash")
    found = json.loads(out)
    assert code == 0
    assert found["options"] == [
        "moe.modify",
        "uniroyal.delay",
        "uniroyal.accept",
        "uniroyal.abandon",
        "local_government.insist",
    ]
    patterns = [state["pattern"] for state in found["states"]]
    assert patterns[:4] == ["NYNNN", "YYNNN", "NNYNN", "YNYNN"]
    assert found["ranks"]["uniroyal"] == [8, 3, 2, 7, 4, 4, 5, 0, 1, 6, 4, 4]
    assert found["equilibria"]["nash"] == ["s5", "s6", "s7", "s10", "s11", "s12"]


def test_import_prints_without_a_folder(run: Run, cuba: Path) -> None:
    code, out, err = run("import", cuba)
    assert (code, err) == (0, "")
    assert out.startswith("detente: 1\ntitle: Cuban\n")


def test_import_overwrites_only_when_told(run: Run, cuba: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cuba"
    folder.mkdir()
    (folder / "case.yaml").write_text("mine", encoding="utf-8")
    code, out, err = run("import", cuba, "-o", folder)
    assert (code, out) == (2, "")
    assert "exists: nothing was changed" in err
    assert (folder / "case.yaml").read_text(encoding="utf-8") == "mine"
    assert run("import", cuba, "-o", folder, "--force")[0] == 0
    assert (folder / "case.yaml").read_text(encoding="utf-8").startswith("detente: 1")


def test_warnings_go_to_stderr(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "si.gmcr"
    file.write_text(json.dumps(SYRIA_IRAQ), encoding="utf-8")
    _, out, err = run("import", file)
    assert "warning:" not in out
    assert err.count("misperceptions are what") == 2


@pytest.mark.parametrize(
    ("contents", "reason"),
    [(None, "cannot be read"), (b"\xff\xfe", "not UTF-8"), (b"{", "not the JSON")],
)
def test_import_of_what_is_no_such_file(
    run: Run, tmp_path: Path, contents: bytes | None, reason: str
) -> None:
    file = tmp_path / "bad.gmcr"
    if contents is not None:
        file.write_bytes(contents)
    code, out, err = run("import", file, "-o", tmp_path / "case")
    assert (code, out) == (2, "")
    assert reason in err
    assert not (tmp_path / "case").exists()


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("dot", "digraph {"),
        ("graphml", "<?xml"),
        ("csv", "state,pattern,a.swerve"),
        ("nfg", "NFG 1 R"),
        ("gmcr", '{\n "program"'),
        ("json", '{\n "format": "detente-analysis/1"'),
    ],
)
def test_export_prints_or_writes(run: Run, tmp_path: Path, form: str, start: str) -> None:
    code, out, _ = run("export", "chicken", "--format", form)
    assert code == 0
    assert out.startswith(start)
    file = tmp_path / "out"
    assert run("export", "chicken", "--format", form, "-o", file)[0] == 0
    assert file.read_text(encoding="utf-8").rstrip("\n") == out.rstrip("\n")


def test_export_of_parquet_needs_a_file(run: Run, tmp_path: Path) -> None:
    code, _, err = run("export", "chicken", "--format", "parquet")
    assert code == 2
    assert "name a file with --output" in err
    file = tmp_path / "table.parquet"
    assert run("export", "chicken", "--format", "parquet", "-o", file, "--concept", "seq")[0] == 0
    assert pq.read_table(file)["seq"].to_pylist() == [False, True, True, False]


def test_export_says_what_it_leaves_out(run: Run) -> None:
    _, _, err = run("export", "cuban-missile-1962", "--format", "gmcr")
    assert "left out: the question, notes, the status quo, 2 sources" in err


def test_export_of_what_does_not_fit(run: Run) -> None:
    code, out, err = run("export", "elmira", "--format", "nfg")
    assert (code, out) == (2, "")
    assert "no game in strategic form: it has coalesced states" in err


def test_export_says_which_concept_does_not_apply(run: Run) -> None:
    code, out, err = run("export", "elmira", "--format", "csv", "--concept", "sim")
    assert (code, out.splitlines()[0][-8:]) == (0, ",rank.lg")
    assert err.startswith("sim is left out: ")


def test_opponents_are_passed_on(run: Run) -> None:
    counts = []
    for opponents in ("legal", "single"):
        options = ("--format", "csv", "--concept", "gmr", "--opponents", opponents)
        _, out, _ = run("export", "garrison-diversion", *options)
        counts.append(sum(line.endswith(",true") for line in out.splitlines()))
    assert counts == [15, 12]


def test_validate_reproduces_published_results(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("validate", "chicken")
    assert (code, out.splitlines()[-1]) == (0, "3 of 3 published results are reproduced.")
    text = (catalogue()["chicken"] / "case.yaml").read_text(encoding="utf-8")
    file = tmp_path / "wrong.yaml"
    file.write_text(text.replace("states: [YY, YN, NY]", "states: [YN, NY]"), encoding="utf-8")
    code, out, _ = run("validate", file)
    assert code == 1
    assert out.splitlines()[-2:] == [
        "2 of 3 published results are reproduced.",
        "line 50: fraser_hipel: s2, s3 published, s2, s3, s4 found",
    ]
