"""A real browser and a real server; where the browser is missing, CI fails and a desk skips."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from detente.cli.handing import makers
from detente.web import Address, Server, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=10_000)
CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no Chromium: install it, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield launched
        launched.close()


def fill(folder: Path) -> Path:
    """Serve copies: the tests save."""
    for name in ("us-russia-2025", "chicken"):
        shutil.copytree(CASES / name, folder / name)
    home = folder / "harbour"
    home.mkdir()
    (home / "case.yaml").write_text(HARBOUR, encoding="utf-8")
    (home / "report.txt").write_text(REPORT, encoding="utf-8")
    return folder


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    running = Server(Shelf.open(str(folder)), Address(port=0), makers())
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    yield running
    running.server.should_exit = True
    thread.join(5)


@contextmanager
def opened(browser: Browser, server: Server) -> Iterator[Page]:
    """Open a page that fails on any error, refused script, or request to another host."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 860})
    context.set_default_timeout(10_000)
    page = context.new_page()
    wrong: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith((server.url, "blob:", "data:")):
            wrong.append(f"foreign request: {request.url}")

    page.on("request", watch)
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on(
        "console",
        lambda message: wrong.append(message.text) if "Security Policy" in message.text else None,
    )
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path)


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with served(folder) as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    with opened(browser, server) as page:
        yield page


@pytest.fixture(scope="module")
def onlooker(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Share a page between tests that only look, each at an address of its own."""
    folder = fill(tmp_path_factory.mktemp("cases"))
    with served(folder) as server, opened(browser, server) as page:
        yield page


REPORT = """\
Harbour talks stall

By our own correspondent

Norland's minister said on Monday that the port would stay closed. \
"We will not open it under threat," she said.

Sudland threatened to withdraw from the fishing pact. \
<script>document.title = "taken"</script> It may yet sign.
"""

HARBOUR = """\
# A case with a source of our own.
detente: 1
title: The harbour <img src=x onerror="document.title='taken'">
question: Can the two settle?
sources:
  report:
    title: Harbour talks stall
    kind: news
decision_makers:
  norland:
    name: Norland <script>document.title = "taken"</script>
    cite: report p01
    options:
      open: {text: Open the port, cite: report p01}
    preferences:
      prioritise:
        - prefer: sudland.sign  # the pact first
          cite: report p02.s1
          standing: implied
        - prefer: not norland.open
          cite: report p01.s1
          standing: stated
  sudland:
    options:
      sign: Sign the pact
    preferences:
      prioritise:
        - prefer: norland.open
          standing: assumed
          id: pact
          maybe: open
        - prefer: not sudland.sign
          standing: assumed
outcomes:
  deal: norland.open and sudland.sign
status_quo: NN
claims:
  deal_holds:
    text: A deal can hold.
    assert: equilibrium(deal, seq)
    cite: report p02
"""
