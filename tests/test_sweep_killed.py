"""Sweeps that are killed or interrupted on the way: nothing is lost, and nothing is left over."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from sweep_alone import (
    BLOCKS,
    CASE,
    LIMIT,
    alive,
    blocks,
    contents,
    descendants,
    to_the_end,
    under_way,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest.importorskip("pyarrow")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("case") / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def undisturbed(case: Path) -> dict[str, bytes]:
    """Give the files of a sweep by one process, which nobody disturbs."""
    to_the_end(case, case.parent / "undisturbed")
    found = contents(case.parent / "undisturbed")
    assert len(found) == BLOCKS + 1
    return found


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def kill_group(pid: int) -> None:
    os.killpg(pid, signal.SIGKILL)


@pytest.mark.parametrize(("workers", "end"), [("1", kill), ("2", kill), ("2", kill_group)])
def test_a_killed_sweep_is_continued(
    workers: str,
    end: Callable[[int], None],
    case: Path,
    undisturbed: dict[str, bytes],
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    with under_way(case, out, "--workers", workers) as process:
        started = descendants(process.pid)
        assert process.poll() is None
        end(process.pid)
        assert process.wait(LIMIT) == -signal.SIGKILL
    assert len(started) >= (2 if workers == "2" else 0)
    until(lambda: not any(alive(pid) for pid in started))
    done = blocks(out)
    assert 2 <= len(done) < BLOCKS
    # As if it had been killed while it wrote.
    (out / ".block-00000047.parquet.x1y2").write_bytes(b"PAR1")
    (out / ".manifest.json.x1y2").write_bytes(b"{")
    to_the_end(case, out, "--workers", workers)
    assert contents(out) == undisturbed
    assert {name: blocks(out)[name] for name in done} == done


def test_an_interrupted_sweep_reports_and_is_continued(
    case: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with under_way(case, out, "--workers", "2") as process:
        started = descendants(process.pid)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        said, complained = process.communicate(timeout=LIMIT)
    assert process.returncode == 130
    assert "readings of base, drawn with seed 3" in said
    assert complained == "interrupted: call the same command again to continue\n"
    until(lambda: not any(alive(pid) for pid in started))
    done = blocks(out)
    assert 2 <= len(done) < BLOCKS
    assert set(contents(out)) == {*done, "manifest.json"}
    to_the_end(case, out)
    assert contents(out) == undisturbed
    assert {name: blocks(out)[name] for name in done} == done


def test_a_killed_worker_changes_nothing(
    case: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with under_way(case, out, "--workers", "2") as process:
        workers = [pid for pid in descendants(process.pid) if is_worker(pid)]
        assert len(workers) == 2
        kill(workers[0])
        done = blocks(out)
        _, complained = process.communicate(timeout=LIMIT)
    assert len(done) < BLOCKS
    assert (process.returncode, complained) == (0, "")
    assert contents(out) == undisturbed
    assert {name: blocks(out)[name] for name in done} == done


def is_worker(pid: int) -> bool:
    from pathlib import Path

    return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
