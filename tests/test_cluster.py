"""A sweep on a Dask cluster of processes, one of which is killed on the way."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pyarrow")
pytest.importorskip("distributed")

LIMIT = 60
DRAWS = "120000"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def start(stack: ExitStack, module: str, *arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )

    def stop() -> None:
        process.kill()
        process.wait(LIMIT)
        if process.stdout is not None:
            process.stdout.close()

    stack.callback(stop)
    return process


def until(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return
    raise AssertionError(f"the process ended before it said {words!r}")


def sweep(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from detente.cli import main; main()", "sweep"]
    options = ["us-russia-2025", "--draws", DRAWS, "--seed", "9", "--out", str(folder), "--quiet"]
    return subprocess.Popen([*command, *options, *arguments], stdout=subprocess.DEVNULL, text=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_killed_worker_changes_no_byte(tmp_path: Path) -> None:
    with ExitStack() as stack:
        address = f"tcp://127.0.0.1:{free_port()}"
        place = ("--host", "127.0.0.1", "--port", address.rpartition(":")[2])
        until(start(stack, "dask_scheduler", *place), "Scheduler at")
        workers = [
            start(stack, "dask_worker", address, "--nthreads", "1", "--no-nanny") for _ in range(2)
        ]
        for worker in workers:
            until(worker, "Registered to")
        on_cluster = sweep(tmp_path / "cluster", "--cluster", address)
        first = None
        while first is None and on_cluster.poll() is None:
            first = next((tmp_path / "cluster").glob("block-*.parquet"), None)
        workers[0].kill()
        assert on_cluster.wait(LIMIT) == 0
    assert sweep(tmp_path / "here").wait(LIMIT) == 0
    assert contents(tmp_path / "cluster") == contents(tmp_path / "here")
