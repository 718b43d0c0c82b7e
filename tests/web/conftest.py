"""A served folder with one small case, and clients that speak to it like a browser would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from detente.cli.handing import makers
from detente.web import Guard, Shelf, create_app

if TYPE_CHECKING:
    from pathlib import Path

CASE = """\
# Two drivers, our own words.
detente: 1
title: Two drivers
sources:
  note:
    title: A note
    file: note.txt
decision_makers:
  a:  # the first
    name: Driver A
    options:
      swerve: Swerve
    preferences:
      prioritise:
        # what matters most
        - prefer: not a.swerve and b.swerve
          id: wins
          cite: note p01
        - a.swerve
  b:
    options:
      swerve: {text: Swerve too}
    preferences:
      prioritise: [not b.swerve and a.swerve, b.swerve]
outcomes:
  compromise: a.swerve and b.swerve
status_quo: NN
claims:
  both:
    text: Both can give way.
    assert: equilibrium(compromise, gmr)
question: Who gives way?
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    served = tmp_path / "served"
    home = served / "drivers"
    home.mkdir(parents=True)
    (home / "case.yaml").write_text(CASE, encoding="utf-8")
    (home / "note.txt").write_text("Two cars met.\n\nNobody swerved.\n", encoding="utf-8")
    (tmp_path / "secret.yaml").write_text("detente: 1\ntitle: Secret\n", encoding="utf-8")
    return served


@pytest.fixture
def client(folder: Path) -> TestClient:
    guard = Guard(8642, max_bytes=3_000_000, max_seconds=0.5)
    app = create_app(Shelf.open(str(folder)), guard, makers())
    return TestClient(app, base_url="http://localhost:8642")
