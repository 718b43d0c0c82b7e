"""The benchmarks run, and their other methods find the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_stability_quick(tmp_path: Path) -> None:
    output = tmp_path / "figures.json"
    done = subprocess.run(
        [sys.executable, "benchmarks/stability.py", "--quick", "--output", str(output)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "| 64 states, 4 DMs, dense | as chosen |" in done.stdout
    figures = json.loads(output.read_text(encoding="utf-8"))
    assert all(row["ratio"] > 0 for part in ("models", "batches") for row in figures[part])
    assert {row["other"] for row in figures["comparisons"]} >= {"floats", "bits"}
    assert all(row["equal"] for row in figures["comparisons"])
