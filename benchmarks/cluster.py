"""How much quicker two Dask workers of this machine sweep than one, in turns of the same run.

Both clusters stand ready, each with a scheduler and its workers as processes, and have done a sweep
before: what is timed is the sweep itself. Beside it stand the processor seconds of workers, client
and scheduler, which other work on the machine disturbs less than the clock, and for the first row
the whole command, start of the interpreter included.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from distributed import Client
from sweep import CASE

from detente.case import find_case, load
from detente.claims import Plan, plan_of, sweep

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Cluster:
    """A scheduler and its workers."""

    address: str
    scheduler: int
    workers: list[int]


def launch(stack: ExitStack, module: str, *arguments: str) -> int:
    """Start a process of Dask, to be ended with the stack, and return its id."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process.pid


def started(stack: ExitStack, n_workers: int, folder: Path) -> Cluster:
    """Start a cluster of so many workers of one thread each, and wait for them."""
    file = folder / f"scheduler-{n_workers}.json"
    scheduler = launch(
        stack, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)
    )
    workers = [
        launch(stack, "dask_worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny")
        for _ in range(n_workers)
    ]
    while not file.exists():
        time.sleep(0.05)
    with Client(scheduler_file=str(file), set_as_default=False) as client:
        client.wait_for_workers(n_workers)
        return Cluster(str(client.scheduler.address), scheduler, workers)


def processor(pids: list[int]) -> float:
    """Give the processor seconds that some processes have used."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def timed(plan: Plan, cluster: Cluster) -> dict[str, float]:
    """Sweep once; give seconds by the clock and by processor."""
    with tempfile.TemporaryDirectory() as folder:
        before = processor(cluster.workers), time.process_time(), processor([cluster.scheduler])
        start = time.perf_counter()
        sweep(plan, Path(folder), cluster=cluster.address)
        seconds = time.perf_counter() - start
        after = processor(cluster.workers), time.process_time(), processor([cluster.scheduler])
    spent = [b - a for a, b in zip(before, after, strict=True)]
    return {"seconds": seconds, "workers": spent[0], "client": spent[1], "scheduler": spent[2]}


def command(draws: int, cluster: Cluster) -> float:
    """Time the whole command on a cluster that stands ready."""
    program = [sys.executable, "-c", "from detente.cli import main; main()"]
    with tempfile.TemporaryDirectory() as folder:
        given = ["--draws", str(draws), "--out", folder, "--cluster", cluster.address, "--quiet"]
        start = time.perf_counter()
        subprocess.run([*program, "sweep", CASE, *given], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start


def show(name: str, draws: int, turns: list[tuple[dict[str, float], dict[str, float]]]) -> None:
    """Print one row: medians, and the ratio of each turn."""
    one, two = (
        {key: statistics.median(turn[i][key] for turn in turns) for key in turns[0][i]}
        for i in (0, 1)
    )
    ratios = sorted(turn[0]["seconds"] / turn[1]["seconds"] for turn in turns)
    ratio = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} – {ratios[-1]:.2f})"
    spent = "  ".join(
        " + ".join(f"{cost[key]:.2f}" for key in ("workers", "client", "scheduler") if key in cost)
        for cost in (one, two)
    )
    print(
        f"{name:<25}{draws:>11,}{one['seconds']:>9.2f}{two['seconds']:>9.2f}  {ratio:<21}{spent}",
        flush=True,
    )


def main() -> None:
    """Print seconds and ratios, by case."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--doubted", type=int, default=65_536, help="readings of the third row")
    given = parser.parse_args()
    rounds: int = given.rounds
    path, case = find_case(CASE), load(CASE)
    plan = plan_of(path, case, draws=1_000_000)
    ten = plan_of(path, case, draws=10_000_000)
    doubted = plan_of(path, case, draws=given.doubted, doubt="all")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        clusters = [started(stack, n, folder) for n in (1, 2)]
        print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        print(f"{'':<25}{'readings':>11}{'one':>9}{'two':>9}  {'ratio':<21}processor seconds")
        for name, made, turns in (
            ("as written", plan, rounds),
            ("as written", ten, max(1, rounds // 2)),
            ("every statement doubted", doubted, max(1, rounds // 2)),
        ):
            for cluster in clusters:
                timed(replace(made, draws=4 * made.block), cluster)
            # Each turn draws others: workers remember what they have judged.
            drawn = [replace(made, seed=turn) for turn in range(1, turns + 1)]
            found = [(timed(one, clusters[0]), timed(one, clusters[1])) for one in drawn]
            show(name, made.draws or 0, found)
        whole = [
            (
                {"seconds": command(1_000_000, clusters[0])},
                {"seconds": command(1_000_000, clusters[1])},
            )
            for _ in range(rounds)
        ]
        show("the whole command", 1_000_000, whole)
        print(f"load after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
