"""How many readings a second are judged: all claims of the flagship case, readings drawn.

As written readings repeat, and what is known is looked up; with every preference statement doubted
nearly each reading is a new conflict.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from detente.case import Doubt, find_case, load
from detente.claims import plan_of, sweep

CASE = "us-russia-2025"


def main() -> None:
    """Print readings a second, by case and number of workers."""
    path, case = find_case(CASE), load(CASE)
    print(f"{'':<26}{'readings':>10}{'workers':>9}{'seconds':>9}{'a second':>10}")
    doubts: tuple[tuple[str, Doubt | None, int], ...] = (
        ("as written", None, 200_000),
        ("every statement doubted", "all", 65_536),
    )
    for name, doubt, draws in doubts:
        plan = plan_of(path, case, draws=draws, seed=1, doubt=doubt)
        for workers in (1, 2):
            with tempfile.TemporaryDirectory() as folder:
                start = time.perf_counter()
                sweep(plan, Path(folder), workers=workers)
                seconds = time.perf_counter() - start
            print(f"{name:<26}{draws:>10,}{workers:>9}{seconds:>9.1f}{draws / seconds:>10,.0f}")


if __name__ == "__main__":
    main()
