"""What tests of several rooms share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from absent import absent


@pytest.fixture(scope="session")
def seed_bytes() -> bytes:
    root = Path(os.environ.get("DETENTE_SEED") or Path(__file__).parents[2] / "shared" / "seed")
    files = [root] if root.is_file() else sorted(root.glob("*.txt"))
    if not files:
        absent(f"no article in {root}: set DETENTE_SEED to the text to read")
    return files[0].read_bytes()
