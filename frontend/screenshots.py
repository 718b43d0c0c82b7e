"""Take the pictures of the docs: the workbench, a report and a figure of catalogue cases."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from detente.case import load
from detente.cli.handing import makers
from detente.evolution import evolve
from detente.figures import state_graph
from detente.report import Options, build, gather, html
from detente.stability import analyze
from detente.web import Address, Server, Shelf

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "images"
PICTURES = {
    "source": "source/kell-river?source=column&at=p03&quote=close+its+port+to+Orvanian+grain",
    "model": "model/us-russia-2025",
    "reading": "model/us-russia-2025?as=kyiv",
    "states": "states/us-russia-2025?where=normalisation&state=s169",
    "graph": "graph/us-russia-2025?state=s169",
    "verdicts": "verdicts/us-russia-2025",
    "what-if": "whatif/us-russia-2025",
}


def take(page: Page, url: str) -> None:
    """Open each view, wait until it is quiet, and keep a picture of it."""
    for name, address in PICTURES.items():
        page.goto(url + address)
        page.wait_for_load_state("networkidle")
        if name == "verdicts":
            page.get_by_role("button", name="Judge all combinations").click()
            page.get_by_text("The least that turns it").wait_for()
            page.get_by_role("button", name="Judge all combinations").wait_for()
        if name == "what-if":
            page.get_by_role("button", name="Flip “settlement”").click()
            page.get_by_text("has another verdict").wait_for()
        if name == "reading":
            page.get_by_text("↕ moved").evaluate(
                "e => e.scrollIntoView({block: 'center', behavior: 'instant'})"
            )
        page.screenshot(path=TARGET / f"workbench-{name}.png")


def take_report(page: Page, folder: str) -> None:
    """Keep a picture of the top of the report."""
    case = load("us-russia-2025")
    file = Path(folder) / "report.html"
    file.write_text(html(build(case, Options(), gather(case))), encoding="utf-8")
    page.goto(file.as_uri())
    page.screenshot(path=TARGET / "report-page.png")


def draw_figure() -> None:
    """Keep a state graph."""
    model = load("elmira").model()
    stable = analyze(model.conflict, ["seq"]).equilibria("seq")
    path = evolve(model.conflict, kind="improvements").search.path(int(stable[0]))
    graph = state_graph(model, equilibria=stable, path=path)
    (TARGET / "figure-graph.png").write_bytes(graph.png(1.5))


def main() -> None:
    """Serve a copy of the catalogue and take the pictures."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if browser is None:
        sys.exit("no Chromium: install it, or name it in CHROMIUM")
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        shutil.copytree(ROOT / "cases", f"{folder}/cases")
        server = Server(Shelf.open(f"{folder}/cases"), Address(port=0), makers())
        threading.Thread(target=server.run, daemon=True).start()
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=browser, args=arguments)
        take(opened.new_page(viewport={"width": 1200, "height": 780}), server.url)
        take_report(opened.new_page(viewport={"width": 1000, "height": 1000}), folder)
        opened.close()
    draw_figure()


if __name__ == "__main__":
    main()
