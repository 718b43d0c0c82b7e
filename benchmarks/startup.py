"""How long the command line takes to start, against a bare interpreter of the same run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
DETENTE = str(Path(sys.executable).parent / "detente")
ROUNDS = 15

# What is run, and how many times a bare interpreter's start it may take.
COMMANDS = [
    ([sys.executable, "-c", "pass"], 1.0),
    ([sys.executable, "-c", "import detente"], 5.0),
    ([DETENTE, "--help"], 10.0),
    ([DETENTE, "analyze", "cases/us-russia-2025"], 40.0),
]


def once(command: list[str]) -> float:
    """Run a command once and return its seconds."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> int:
    """Time all commands in turns, print medians and ratios, return 1 if one is over its limit."""
    for command, _ in COMMANDS:
        once(command)  # the first start writes byte code
    times = [[once(command) for command, _ in COMMANDS] for _ in range(ROUNDS)]
    medians = [statistics.median(column) for column in zip(*times, strict=True)]
    over = False
    for (command, limit), seconds in zip(COMMANDS, medians, strict=True):
        ratio = seconds / medians[0]
        over |= ratio > limit
        label = " ".join([Path(command[0]).name, *command[1:]])
        print(f"{label:<40} {seconds * 1000:7.1f} ms {ratio:6.1f} x (limit {limit:.0f} x)")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
