"""Two server processes over one folder: of many who save at once, one does and all others learn."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from detente.case import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

START = "from detente.cli import main; main()"
SERVERS, WRITERS, ROUNDS = 2, 6, 4


def ask(port: int, method: str, path: str, body: object = None) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    data = None if body is None else json.dumps(body)
    connection.request(method, path, data, {"Content-Type": "application/json"})
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    return response.status, answer


def test_no_edit_is_lost_between_processes(folder: Path) -> None:
    with ExitStack() as ending:
        ports = []
        for _ in range(SERVERS):
            command = [sys.executable, "-c", START, "serve", str(folder), "--port", "0"]
            server = subprocess.Popen(
                [*command, "--no-open"], stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )
            ending.callback(server.wait, 20)
            ending.callback(server.terminate)
            assert server.stdout is not None
            ending.callback(server.stdout.close)
            ports.append(int(server.stdout.readline().strip().rstrip("/").rpartition(":")[2]))
        with ThreadPoolExecutor(WRITERS) as pool:
            told = list(pool.map(lambda n: write(ports[n % SERVERS], n), range(WRITERS)))
    text = (folder / "drivers" / "case.yaml").read_text(encoding="utf-8")
    written = [line for line in text.splitlines() if line.startswith("# writer")]
    assert sorted(written) == sorted(
        f"# writer {n}.{turn}" for n in range(WRITERS) for turn in range(ROUNDS)
    )
    assert sum(told) > 0, "nobody met a conflict: the writers did not meet"


def write(port: int, number: int) -> int:
    """Add lines one by one to what was read; when told of a conflict, to what it says is there."""
    conflicts = 0
    _, file = ask(port, "GET", "/api/case?id=drivers")
    for turn in range(ROUNDS):
        while True:
            text = f"{file['text']}# writer {number}.{turn}\n"
            body = {"id": "drivers", "text": text, "version": file["version"]}
            status, answer = ask(port, "PUT", "/api/case", body)
            if status == 200:
                assert answer["version"] == fingerprint(text.encode())
                file = {"text": text, **answer}
                break
            assert status == 409, answer
            assert "changed on disk" in answer["message"]
            conflicts += 1
            file = answer
    return conflicts
