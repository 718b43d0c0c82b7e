"""A sweep in a process of its own, in many small blocks, so that it can be killed on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIMIT = 60
BLOCK = 2048
BLOCKS = 48

CASE = """\
detente: 1
title: Three shores
decision_makers:
  a:
    options: {x: Do x, y: Do y}
    preferences: {prioritise: [{any_order: [b.x, not c.x, a.x iff b.y, a.y or c.y], id: a1}]}
  b:
    options: {x: Do x, y: Do y}
    preferences: {prioritise: [{any_order: [c.x, not a.x, b.x iff c.y, b.y or a.y], id: b1}]}
  c:
    options: {x: Do x, y: Do y}
    preferences: {prioritise: [{any_order: [a.x, not b.x, c.x iff a.y, c.y or b.y], id: c1}]}
uncertain:
  scarce: {option: c.x, probability: 1/3}
status_quo: NNNNNN
claims:
  comes: equilibrium(a.x and b.x, sseq, every)
  holds: stable(a.x and c.y, seq, every, by=c)
"""

# The command line, but for the size of a block.
PROGRAM = f"""
import dataclasses, detente.claims as claims
plan_of = claims.plan_of
claims.plan_of = lambda *a, **k: dataclasses.replace(plan_of(*a, **k), block={BLOCK})
from detente.cli import main
main()
"""


def command(case: Path, out: Path, *options: str) -> list[str]:
    draws = ["--draws", str(BLOCKS * BLOCK), "--seed", "3", "--quiet"]
    return [sys.executable, "-c", PROGRAM, "sweep", str(case), "--out", str(out), *draws, *options]


def to_the_end(case: Path, out: Path, *options: str) -> None:
    subprocess.run(
        command(case, out, *options), check=True, stdout=subprocess.DEVNULL, timeout=LIMIT
    )


@contextmanager
def under_way(case: Path, out: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Start a sweep in a process group of its own, and wait until some blocks are on disk."""
    process = subprocess.Popen(
        command(case, out, *options),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            until(lambda: len(blocks(out)) >= 2 or process.poll() is not None)
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def until(met: Callable[[], bool]) -> None:
    """Wait for something that can be seen, not for so long."""
    deadline = time.monotonic() + LIMIT
    while not met():
        assert time.monotonic() < deadline, "it has not come about"
        time.sleep(0.002)


def blocks(folder: Path) -> dict[str, tuple[int, int]]:
    """Give the blocks on disk, each with what changes when it is written again."""
    found = {}
    for path in folder.glob("block-*.parquet"):
        stat = path.stat()
        found[path.name] = (stat.st_ino, stat.st_mtime_ns)
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """Give all files of a folder, hidden ones included."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def descendants(pid: int) -> set[int]:
    """List the processes that a process has started, and theirs."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text(encoding="ascii").split()):
            found |= {child} | descendants(child)
    return found


def alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
