from __future__ import annotations

import pytest

from detente.sources import Document, read


@pytest.fixture(scope="session")
def seed(seed_bytes: bytes) -> Document:
    return read(seed_bytes)
