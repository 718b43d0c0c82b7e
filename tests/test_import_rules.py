"""The import rules hold, and they can fail: each kind of breach, planted in a copy, is caught."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_rules_hold(copy: Path) -> None:
    result = lint(copy)
    assert "Contracts: 2 kept, 0 broken." in result.stdout, result.stdout + result.stderr
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("errors.py", "import detente.conditions", "Data goes one way through the rooms"),
        ("conditions/planted.py", "import detente.sources", "Data goes one way through the rooms"),
        ("shed.py", "", "Data goes one way through the rooms"),
        ("conditions/planted.py", "import detente", "Rooms do not import the facade"),
    ],
    ids=["upwards", "sideways", "unlisted room", "facade"],
)
def test_a_breach_is_caught(copy: Path, file: str, line: str, contract: str) -> None:
    package = copy / "src" / "detente"
    for room in ("conditions", "sources"):
        (package / room).mkdir(exist_ok=True)
        (package / room / "__init__.py").touch()
    breach = package / file
    text = breach.read_text(encoding="utf-8") if breach.exists() else ""
    breach.write_text(f"{text}\n{line}\n", encoding="utf-8")
    result = lint(copy)
    assert f"{contract} BROKEN" in result.stdout, result.stdout + result.stderr
    assert result.returncode == 1
