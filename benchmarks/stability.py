"""How long stability analysis takes, and how much memory, against yardsticks of the same run.

Prints tables and writes figures to ``.benchmarks/stability.json``. Every model is measured in a
process of its own. Ratios are medians, with the lowest and the highest in brackets: run in turns,
what disturbs one disturbs the other. ``--quick`` takes small models only.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE.parent / ".benchmarks" / "stability.json"

Row = dict[str, Any]


def measure(task: Row) -> Row:
    """Measure in a process of its own."""
    command = [sys.executable, str(HERE / "_cell.py"), json.dumps(task)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        raise SystemExit(f"failed: {task}")
    result: Row = task | json.loads(done.stdout)
    return result


def rounds(size: int) -> int:
    """Give the number of times that a model of a size is analysed."""
    return 3 if size >= 23 else 5 if size >= 19 else 9


def models(quick: bool) -> list[Row]:
    """List the models that are measured against sorting."""
    sizes = [6] if quick else [6, 8, 10, 12, 14, 16, 18, 20, 22, 24]
    tasks: list[tuple[str, Row]] = [("as chosen", {"size": size}) for size in sizes]
    tasks += [("numpy", {"size": size}) for size in ([] if quick else [16, 18, 20, 22])]
    if find_spec("numba"):
        tasks += [("compiled", {"size": size}) for size in ([6] if quick else [16, 18, 20, 22])]
    middle = 6 if quick else 20
    tasks += [
        ("as chosen", {"size": middle, "n_dms": count})
        for count in ((3,) if quick else (2, 3, 5, 6))
    ]
    changes: list[Row] = [
        {"preferences": "ties"},
        {"preferences": "statements"},
        {"form": "sparse"},
        {"form": "irreversible"},
    ]
    tasks += [("as chosen", {"size": middle, **change}) for change in changes]
    if not quick:
        tasks.append(("as chosen", {"size": 60, "n_dms": 5, "form": "rules"}))
        tasks.append(("numpy", {"size": 60, "n_dms": 5, "form": "rules"}))
        tasks.append(("as chosen", {"size": 24, "n_dms": 6}))
    return [
        {
            "measure": "model",
            "spec": spec,
            "kernel": None if kernel == "as chosen" else kernel,
            "rounds": rounds(spec["size"] if spec["size"] < 60 else 20),
        }
        for kernel, spec in tasks
    ]


def comparisons(quick: bool) -> list[Row]:
    """List the comparisons with other methods."""
    tasks = [("floats", size) for size in ([6] if quick else [6, 8, 10, 12])]
    tasks += [("bits", size) for size in ([6] if quick else [6, 8, 10, 12, 14])]
    if find_spec("quantecon"):
        tasks += [("quantecon", size) for size in ([6] if quick else [6, 10, 14, 16])]
    return [
        {"measure": "against", "spec": {"size": size}, "other": other, "rounds": 1 + (size < 12)}
        for other, size in tasks
    ]


def batches(quick: bool) -> list[Row]:
    """List the measurements of many rankings at once."""
    four = ["nash", "gmr", "smr", "seq"]
    tasks = [
        ({"size": 4, "n_dms": 3}, 2_000 if quick else 400_000, four),
        ({"size": 8}, 40_000, four),
        ({"size": 8}, 40_000, [*four, "sseq"]),
    ][: 1 if quick else None]
    return [
        {"measure": "many", "spec": spec, "n_rankings": count, "concepts": concepts, "rounds": 3}
        for spec, count, concepts in tasks
    ]


def growth(rows: list[Row], kernel: str | None, low: int, high: int) -> float | None:
    """Fit the exponent of the growth of time with the number of states."""
    points = [
        (math.log(row["states"]), math.log(row["seconds"]))
        for row in rows
        if row["kernel"] == kernel
        and set(row["spec"]) == {"size"}
        and low <= row["spec"]["size"] <= high
    ]
    if len(points) < 2:
        return None
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def show(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print a table in Markdown."""
    for line in (head, ("---",) * len(head), *rows):
        print("| " + " | ".join(line) + " |")
    print()


def name(row: Row) -> str:
    """Describe a model in words."""
    spec = {"n_dms": 4, "form": "dense", "preferences": "strict"} | row["spec"]
    words = [f"{row['states']:,} states", f"{spec['n_dms']} DMs", spec["form"]]
    if spec["preferences"] != "strict":
        words.append(spec["preferences"])
    return ", ".join(words)


def ratio(row: Row) -> str:
    """Write a ratio with its spread."""
    numbers = (row["ratio"], row["ratio_low"], row["ratio_high"])
    return "{} ({} – {})".format(*(f"{x:,.0f}" if x >= 100 else f"{x:.3g}" for x in numbers))


def report(results: dict[str, list[Row]]) -> dict[str, float | None]:
    """Print all tables and return the exponents."""
    show(
        ("model", "code", "time", "of m argsorts", "of one pass", "peak memory"),
        [
            (
                name(row),
                row["kernel"] or "as chosen",
                f"{row['seconds'] * 1000:,.1f} ms",
                ratio(row),
                f"{row['seconds'] / row['pass']:,.0f}",
                f"{row['peak'] / 2**20:,.0f} MiB",
            )
            for row in results["models"]
        ],
    )
    show(
        ("other method", "model", "its time", "our time", "times faster", "its memory"),
        [
            (
                row["other"],
                name(row),
                f"{row['theirs'] * 1000:,.1f} ms",
                f"{row['seconds'] * 1000:,.2f} ms",
                ratio(row),
                f"{row['peak'] / 2**20:,.0f} MiB",
            )
            for row in results["comparisons"]
        ],
    )
    show(
        ("many rankings", "concepts", "a second", "times the matrices in a loop"),
        [
            (name(row), str(len(row["concepts"])), f"{row['rate']:,.0f}", ratio(row))
            for row in results["batches"]
        ],
    )
    rows = results["models"]
    exponents = {
        "as chosen, 2^16 to 2^24": growth(rows, None, 16, 24),
        "numpy, 2^16 to 2^22": growth(rows, "numpy", 16, 22),
        "compiled, 2^16 to 2^22": growth(rows, "compiled", 16, 22),
    }
    for what, exponent in exponents.items():
        if exponent is not None:
            print(f"time grows with the number of states to the power {exponent:.2f} ({what})")
    return exponents


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small models only")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the figures go")
    given = parser.parse_args()
    plan = {
        "models": models(given.quick),
        "comparisons": comparisons(given.quick),
        "batches": batches(given.quick),
    }
    results: dict[str, Any] = {}
    for part, tasks in plan.items():
        results[part] = []
        for task in tasks:
            results[part].append(measure(task))
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    results["exponents"] = report(results)
    if not all(row["equal"] for row in results["comparisons"]):
        raise SystemExit("another method found other equilibria")
    given.output.parent.mkdir(exist_ok=True)
    given.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
