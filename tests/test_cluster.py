"""A sweep on a Dask cluster of processes, of which some are killed on the way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sweep_alone import BLOCKS, CASE, LIMIT, blocks, contents, to_the_end, under_way

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("pyarrow")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Cluster:
    """A scheduler and two workers, each a process."""

    def __init__(self) -> None:
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.processes: list[subprocess.Popen[str]] = []

    def start(self) -> None:
        place = ("--host", "127.0.0.1", "--port", self.address.rpartition(":")[2])
        said_by(self.launch("dask_scheduler", *place), "Scheduler at")
        options = (self.address, "--nthreads", "1", "--no-nanny")
        self.workers = [self.launch("dask_worker", *options) for _ in range(2)]
        for worker in self.workers:
            said_by(worker, "Registered to")

    def launch(self, module: str, *arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        self.processes.append(process)
        return process

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait(LIMIT)
            if process.stdout is not None:
                process.stdout.close()


def said_by(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return
    raise AssertionError(f"the process ended before it said {words!r}")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    made = Cluster()
    try:
        made.start()
        yield made
    finally:
        made.stop()


def test_killed_workers_and_clients_change_no_byte(cluster: Cluster, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(CASE, encoding="utf-8")
    to_the_end(case, tmp_path / "here")
    expected = contents(tmp_path / "here")

    # The client is killed, and another goes on.
    out = tmp_path / "client"
    with under_way(case, out, "--cluster", cluster.address) as process:
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait(LIMIT) == -signal.SIGKILL
    done = blocks(out)
    assert 2 <= len(done) < BLOCKS
    to_the_end(case, out, "--cluster", cluster.address)
    assert contents(out) == expected
    assert {name: blocks(out)[name] for name in done} == done

    # A worker is killed, and the other goes on.
    out = tmp_path / "worker"
    with under_way(case, out, "--cluster", cluster.address) as process:
        cluster.workers[0].kill()
        done = blocks(out)
        assert process.poll() is None
        process.communicate(timeout=LIMIT)
        assert process.returncode == 0
    assert len(done) < BLOCKS
    assert contents(out) == expected
    assert {name: blocks(out)[name] for name in done} == done
