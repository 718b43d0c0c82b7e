"""A built wheel, where neither this repository nor Node is at hand, serves the workbench."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "detente" / "web" / "static"
START = "from detente.cli import main; main()"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(built), str(ROOT)], check=True)
    (wheel,) = built.glob("detente-*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(built / "installed")
    return built / "installed"


def get(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    found = response.read()
    connection.close()
    assert response.status == 200, path
    return found


def test_the_wheel_carries_the_front_end(installed: Path) -> None:
    def files(folder: Path) -> dict[str, bytes]:
        paths = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}

    found = files(installed / "detente" / "web" / "static")
    assert "index.html" in found
    assert found == files(STATIC)


def test_the_wheel_serves_its_catalogue(installed: Path, tmp_path: Path) -> None:
    code = f"import detente; print(detente.__file__)\n{START}"
    nothing = {"PATH": "", "PYTHONPATH": str(installed)}
    with subprocess.Popen(
        [sys.executable, "-c", code, "serve", "us-russia-2025", "--port", "0", "--no-open"],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={**os.environ, **nothing},
    ) as server:
        try:
            assert server.stdout is not None
            assert Path(server.stdout.readline().strip()).is_relative_to(installed)
            address = server.stdout.readline().strip()
            port = int(address.partition("//")[2].partition("/")[0].rpartition(":")[2])
            page = get(port, "/").decode()
            scripts = [word.split('"')[1] for word in page.split("src=")[1:]]
            assert scripts
            for script in scripts:
                assert get(port, script) == (STATIC / script.lstrip("/.")).read_bytes()
            (case,) = json.loads(get(port, "/api/cases"))
            assert case["title"] == "The United States and Russia, April 2025"
            text = json.loads(get(port, f"/api/case?id={case['id']}"))["text"]
            assert text.encode() == (ROOT / "cases" / "us-russia-2025" / "case.yaml").read_bytes()
        finally:
            server.terminate()
