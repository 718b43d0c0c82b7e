"""What the first to open and edit a case would wait for is done while the browser opens."""

from __future__ import annotations

import subprocess
import sys
from threading import Event
from typing import TYPE_CHECKING

from click.testing import CliRunner

import detente.web
from detente.cli.serve import serve
from detente.web import Server

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

WARM = """\
import gc, sys
from detente.conditions.parsing import _parser
from detente.web import warm
from detente.web.editor import LookRequest
from detente.web.findings import GraphRequest
from detente.web.graph import graph
from detente.web.looking import look
warm()
modules = set(sys.modules)
assert _parser.cache_info().currsize == 1
assert gc.get_freeze_count() > 10_000
text = open(sys.argv[1], encoding="utf-8").read()
assert look(LookRequest(id="x", text=text), "case.yaml").results
assert graph(GraphRequest(id="x", text=text), "case.yaml").states
assert set(sys.modules) == modules, set(sys.modules) - modules
"""


def test_after_warming_a_case_is_opened_without_parser_or_modules_to_make(folder: Path) -> None:
    """In a process of its own, since what is set aside stays so."""
    case = folder / "drivers" / "case.yaml"
    done = subprocess.run(
        [sys.executable, "-c", WARM, str(case)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_serve_warms_while_it_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warmed = Event()

    def run(server: Server) -> None:
        assert warmed.wait(30)
        server.socket.close()

    monkeypatch.setattr(detente.web, "warm", warmed.set)
    monkeypatch.setattr(Server, "run", run)
    made = CliRunner().invoke(serve, [str(folder), "--port", "0", "--no-open"])
    assert made.exit_code == 0
