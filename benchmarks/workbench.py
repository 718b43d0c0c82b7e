"""Measure the workbench: an edit in the browser, a case of 4,096 states, many clients at once.

What is expected: after an edit of the flagship case the new results are on the screen within
150 ms; the first view of 4,096 states stands within 2 s and scrolls without stalls; 50 clients
for a minute meet no error, lose no edit, and leave the memory flat.

Usage: python benchmarks/workbench.py [SECONDS of load, default 10] [CLIENTS, default 50]
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from detente.web import Address, Server, Shelf, warm

CASES = Path(__file__).parent.parent / "cases"
FLIP = """async (index) => {
  const results = document.querySelector('[aria-label="Results side by side"]')
  const before = results.dataset.conflict
  const start = performance.now()
  document.querySelectorAll('button[aria-label^="Flip"]:enabled')[index].click()
  while (results.dataset.conflict === before) await new Promise(requestAnimationFrame)
  return performance.now() - start
}"""
MOVE = """async () => {
  const parties = document.querySelector('.parties')
  const before = parties.dataset.conflict
  const start = performance.now()
  document.querySelector('button[aria-label="Statement 3 up"]').click()
  while (parties.dataset.conflict === before) await new Promise(requestAnimationFrame)
  return performance.now() - start
}"""
SCROLL = """async () => {
  const frame = document.querySelector('[role=region]')
  const gaps = []
  let last = performance.now()
  for (let i = 0; i < 120; i++) {
    frame.scrollTop += 700
    await new Promise(requestAnimationFrame)
    gaps.push(performance.now() - last)
    last = performance.now()
  }
  return gaps
}"""


def wide_case() -> str:
    """Write a case of three DMs with four options each: 4,096 states."""
    lines = ["detente: 1", "title: Wide", "decision_makers:"]
    for shift, dm in enumerate("abc"):
        options = ", ".join(f"o{i}: Do {i}" for i in range(4))
        wants = [
            f"{'not ' if (i + shift) % 3 else ''}{other}.o{i}" for i in range(4) for other in "bca"
        ]
        lines += [
            f"  {dm}:",
            f"    options: {{{options}}}",
            f"    preferences: {{prioritise: [{', '.join(wants)}]}}",
        ]
    return "\n".join([*lines, "status_quo: NNNNNNNNNNNN", ""])


def ask(port: int, method: str, path: str, body: object = None) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    data = None if body is None else json.dumps(body)
    connection.request(method, path, data, {"Content-Type": "application/json"})
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    return response.status, answer


def memory() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def client(port: int, number: int, until: float) -> dict[str, int]:
    """Edit and save one case again and again; count what was saved, refused, and wrong."""
    counts = {"looks": 0, "saved": 0, "conflicts": 0, "errors": 0}
    while time.monotonic() < until:
        _, file = ask(port, "GET", "/api/case?id=chicken")
        title = f"Writer {number}, {counts['looks']}"
        edit = {"kind": "put", "path": ["title"], "value": title}
        body = {"id": "chicken", "text": file["text"], "edits": [edit]}
        status, look = ask(port, "POST", "/api/look", body)
        counts["looks" if status == 200 else "errors"] += 1
        save = {"id": "chicken", "text": look["text"], "version": file["version"]}
        status, _ = ask(port, "PUT", "/api/case", save)
        counts[{200: "saved", 409: "conflicts"}.get(status, "errors")] += 1
    return counts


def load(port: int, seconds: float, clients: int) -> None:
    client(port, 0, time.monotonic() + 2)
    before, until = memory(), time.monotonic() + seconds
    with ThreadPoolExecutor(clients) as pool:
        rows = list(pool.map(lambda number: client(port, number, until), range(clients)))
    total = {key: sum(row[key] for row in rows) for key in rows[0]}
    print(f"{clients} clients, {seconds:g} s: {total}; memory {before:.0f} → {memory():.0f} MB")


def browse(url: str) -> None:
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        found = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(f"{url}whatif/us-russia-2025")
        page.get_by_role("button", name="Flip").nth(3).wait_for()
        first, *times = [page.evaluate(FLIP, index % 6) for index in range(13)]
        print(f"edit → results, flagship: first {first:.0f} ms, then median", end="")
        print(f" {statistics.median(times):.0f} ms, all {sorted(round(one) for one in times)}")
        for address in ("model/us-russia-2025", "model/us-russia-2025?as=author"):
            page.goto(url + address)
            page.get_by_label("Statement 3 up").first.wait_for()
            times = [page.evaluate(MOVE) for _ in range(12)]
            print(f"move → results, {address}: median {statistics.median(times):.0f} ms")
        for view, sign in (("states", "tbody th"), ("graph", "canvas")):
            start = time.perf_counter()
            page.goto(f"{url}{view}/wide")
            page.locator(sign).first.wait_for()
            print(f"first view of {view}, 4,096 states: {time.perf_counter() - start:.2f} s")
        page.goto(f"{url}states/wide")
        page.locator("tbody th").first.wait_for()
        gaps = sorted(page.evaluate(SCROLL))
        print(f"scrolling: median frame {gaps[60]:.0f} ms, 95th of 100 {gaps[114]:.0f} ms", end="")
        print(f", longest {gaps[-1]:.0f} ms")
        browser.close()


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    clients = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(CASES, folder, dirs_exist_ok=True)
        (Path(folder) / "wide").mkdir()
        (Path(folder) / "wide" / "case.yaml").write_text(wide_case(), encoding="utf-8")
        server = Server(Shelf.open(folder), Address(port=0))
        threading.Thread(target=server.run, daemon=True).start()
        warm()  # as “detente serve” does while the browser opens
        browse(server.url)
        load(server.port, seconds, clients)


if __name__ == "__main__":
    main()
