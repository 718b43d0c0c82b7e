"""Attacks that must fail: each tries what a hostile page, file or name would."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from detente.cli.handing import makers
from detente.errors import DetenteError
from detente.web import Address, Guard, Server, Shelf, create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def look(client: TestClient, **headers: str) -> Any:
    body = {"id": "drivers", "text": "detente: 1\n"}
    return client.post("/api/look", json=body, headers=headers)


@pytest.mark.parametrize(
    "host",
    ["evil.example:8642", "localhost.evil.example:8642", "localhost:1", "192.0.2.7:8642", ""],
)
def test_a_foreign_name_pointing_here_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/api/cases", headers={"host": host})
    assert response.status_code == 421
    assert "Two drivers" not in response.text


@pytest.mark.parametrize("host", ["localhost:8642", "127.0.0.1:8642", "[::1]:8642"])
def test_our_own_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/api/cases", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:9999", ""])
def test_a_post_from_another_site_is_refused(client: TestClient, origin: str) -> None:
    assert look(client, origin=origin).status_code == 403
    assert look(client, origin="http://localhost:8642").status_code == 200


def test_a_request_that_the_browser_calls_foreign_is_refused(client: TestClient) -> None:
    for site in ("cross-site", "same-site"):
        assert look(client, **{"sec-fetch-site": site}).status_code == 403
        headers = {"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}
        assert client.get("/api/cases", headers=headers).status_code == 403


def test_a_form_of_another_site_cannot_write(client: TestClient, folder: Path) -> None:
    before = (folder / "drivers" / "case.yaml").read_bytes()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        response = client.put("/api/case", content=b"{}", headers={"content-type": kind})
        assert response.status_code == 415
    assert (folder / "drivers" / "case.yaml").read_bytes() == before


def test_no_other_site_is_ever_allowed_to_read(client: TestClient) -> None:
    response = client.options("/api/cases", headers={"origin": "http://evil.example"})
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "case",
    [
        "../secret.yaml",
        "..",
        "drivers/../../secret.yaml",
        "/etc/passwd",
        "drivers\\..\\..\\secret",
        "%2e%2e/secret.yaml",
        "drivers\0",
    ],
)
def test_paths_do_not_lead_out_of_the_folder(client: TestClient, case: str) -> None:
    assert client.get("/api/case", params={"id": case}).status_code == 404
    body = {"id": case, "text": "x", "version": "x"}
    assert client.put("/api/case", json=body).status_code == 404


@pytest.mark.parametrize("path", ["/assets/../app.py", "/assets/%2e%2e/app.py", "/../app.py"])
def test_files_of_the_program_are_not_served(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert "create_app" not in response.text


def test_links_out_of_the_folder_are_not_followed(client: TestClient, folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "case.yaml").write_text("detente: 1\ntitle: Out\n", encoding="utf-8")
    (folder / "linked").symlink_to(outside)
    (folder / "filed").mkdir()
    (folder / "filed" / "case.yaml").symlink_to(outside / "case.yaml")
    assert [entry["id"] for entry in client.get("/api/cases").json()] == ["drivers"]


def test_a_text_that_is_a_link_out_is_not_read(client: TestClient, folder: Path) -> None:
    (folder / "drivers" / "note.txt").unlink()
    (folder / "drivers" / "note.txt").symlink_to(folder.parent / "secret.yaml")
    text = (folder / "drivers" / "case.yaml").read_text(encoding="utf-8")
    response = client.post("/api/documents", json={"id": "drivers", "text": text})
    assert response.status_code == 400
    assert "Secret" not in response.text


READS: dict[str, dict[str, object]] = {
    "/api/documents": {},
    "/api/anchors": {},
    "/api/quote": {"source": "note", "end": 5},
    "/api/order": {"what": "report.html"},
}


@pytest.mark.parametrize("path", READS)
def test_no_question_reads_a_text_through_a_link(
    client: TestClient, folder: Path, path: str
) -> None:
    (folder / "drivers" / "note.txt").unlink()
    (folder / "drivers" / "note.txt").symlink_to(folder.parent / "secret.yaml")
    text = (folder / "drivers" / "case.yaml").read_text(encoding="utf-8")
    response = client.post(path, json={"id": "drivers", "text": text, **READS[path]})
    assert response.status_code == 400
    assert "leads out of the served folder" in response.json()["message"]


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("name", ["../../secret.yaml", "/etc/passwd", "..", "sub/note.txt", "a\\b"])
def test_no_text_names_a_file_elsewhere(client: TestClient, path: str, name: str) -> None:
    """What is posted may name any file: only those beside the case are read."""
    text = client.get("/api/case", params={"id": "drivers"}).json()["text"]
    text = text.replace("file: note.txt", f"file: '{name}'")
    response = client.post(path, json={"id": "drivers", "text": text, **READS[path]})
    assert response.status_code == 400
    assert "Secret" not in response.text
    assert "root:" not in response.text


WRITES: dict[str, tuple[str, dict[str, object]]] = {
    "/api/rejected": ("PUT", {"source": "note", "kind": "option", "name": "x"}),
    "/api/order": ("POST", {"text": "x", "what": "report.html"}),
    "/api/quote": ("POST", {"text": "x", "source": "note"}),
    "/api/anchors": ("POST", {"text": "x"}),
    "/api/judge": ("POST", {"text": "x", "sweep": True}),
}


@pytest.mark.parametrize("path", WRITES)
def test_every_question_is_for_our_own_pages_only(
    client: TestClient, folder: Path, path: str
) -> None:
    method, fields = WRITES[path]
    body: dict[str, object] = {"id": "drivers", **fields}

    def status(**headers: str) -> int:
        found: int = client.request(method, path, json=body, headers=headers).status_code
        return found

    assert status(host="evil.example:8642") == 421
    assert status(origin="http://evil.example") == 403
    assert status(**{"sec-fetch-site": "cross-site"}) == 403
    assert status(**{"content-type": "text/plain"}) == 415
    assert client.get(path).status_code in (404, 405)
    for case in ("../secret.yaml", "..", "drivers/../..", "/etc", "drivers\0"):
        assert client.request(method, path, json={**body, "id": case}).status_code == 404
    wrong = client.request(method, path, json={**body, "more": 1})
    assert wrong.status_code == 422
    assert sorted(entry.name for entry in folder.rglob("*")) == ["case.yaml", "drivers", "note.txt"]


def test_rejections_are_not_written_or_read_through_a_link(
    client: TestClient, folder: Path
) -> None:
    outside = folder.parent / "outside.json"
    outside.write_text('{"format": "detente-rejected/1", "rejected": []}', encoding="utf-8")
    (folder / "drivers" / "case.rejected.json").symlink_to(outside)
    one = {"id": "drivers", "source": "note", "kind": "option", "name": "x"}
    response = client.put("/api/rejected", json=one)
    assert response.status_code == 400
    assert "leads out of the served folder" in response.json()["message"]
    assert outside.read_text(encoding="utf-8").endswith('"rejected": []}')
    text = (folder / "drivers" / "case.yaml").read_text(encoding="utf-8")
    response = client.post("/api/documents", json={"id": "drivers", "text": text})
    assert response.status_code == 400


def test_oversized_rejections_are_refused(client: TestClient, folder: Path) -> None:
    one = {"id": "drivers", "source": "note", "kind": "option", "name": "x" * 501}
    assert client.put("/api/rejected", json=one).status_code == 422
    (folder / "drivers" / "case.rejected.json").write_bytes(b" " * 4_000_001)
    response = client.put("/api/rejected", json={**one, "name": "x"})
    assert response.status_code == 400
    assert "no list of rejected suggestions" in response.json()["message"]


def test_a_case_of_the_package_takes_no_rejections(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.web.shelf.Shelf.writable", lambda _, __: False)
    one = {"id": "drivers", "source": "note", "kind": "option", "name": "x"}
    assert client.put("/api/rejected", json=one).status_code == 403
    assert not (folder / "drivers" / "case.rejected.json").exists()


def test_names_of_downloads_hold_nothing_of_a_hostile_folder(folder: Path) -> None:
    """A folder's name is the attacker's: it ends no header, and smuggles in no path or ending."""
    hostile = 'x";\r\nset-cookie: a=b;.exe\u202e<img>..'
    (folder / "drivers").rename(folder / hostile)
    app = create_app(Shelf.open(str(folder)), Guard(8642), makers())
    client = TestClient(app, base_url="http://localhost:8642")
    (entry,) = client.get("/api/cases").json()
    text = client.get("/api/case", params={"id": entry["id"]}).json()["text"]
    body = {"id": entry["id"], "text": text, "what": "report.html"}
    response = client.post("/api/order", json=body)
    assert response.status_code == 200
    assert response.headers["content-disposition"] == (
        'attachment; filename="x-set-cookie-a-b-exe-img-report.html"'
    )
    assert "set-cookie" not in response.headers


def test_scripts_of_a_case_are_inert_in_what_is_handed_over(
    client: TestClient, folder: Path
) -> None:
    text = (folder / "drivers" / "case.yaml").read_text(encoding="utf-8")
    text = text.replace("Two drivers", SCRIPT).replace("Driver A", SCRIPT)
    for what in ("report.html", "graph.svg", "ranks.svg"):
        page = client.post("/api/order", json={"id": "drivers", "text": text, "what": what})
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src" not in page.text
        assert "attachment" in page.headers["content-disposition"]
        assert "default-src 'none'" in page.headers["content-security-policy"]


def test_an_oversized_upload_is_refused(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 100_000

    headers = {"content-type": "application/json"}
    whole = client.post("/api/look", content=b"x" * 4_000_000, headers=headers)
    assert whole.status_code == 413
    assert client.post("/api/look", content=endless(), headers=headers).status_code == 413


def test_an_oversized_case_is_refused(client: TestClient) -> None:
    response = client.post("/api/look", json={"id": "drivers", "text": "#" * 2_500_000})
    assert response.status_code == 422


def test_a_yaml_bomb_does_not_go_off(client: TestClient) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
    )
    for text in (bomb, "[" * 5000, "a: " * 3000, "- " * 5000):
        response = client.post("/api/look", json={"id": "drivers", "text": text})
        assert response.status_code == 200
        answer = response.json()
        assert answer["results"] is None
        assert answer["outline"] is None
        assert answer["faults"]


def test_a_deep_request_is_refused(client: TestClient) -> None:
    deep = b'{"id": "drivers", "text": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    response = client.post("/api/look", content=deep, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)


def test_scripts_in_a_case_stay_text(client: TestClient, folder: Path) -> None:
    path = folder / "drivers" / "case.yaml"
    path.write_text(path.read_text("utf-8").replace("Two drivers", SCRIPT), encoding="utf-8")
    response = client.get("/api/case", params={"id": "drivers"})
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/", "/model/drivers", "/api/cases", "/assets/none.js", "/api/no"]
)
def test_every_answer_forbids_inline_script_and_frames(client: TestClient, path: str) -> None:
    policy = client.get(path).headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not [part for part in policy if "unsafe" in part or "http" in part]


def test_another_address_needs_a_token(folder: Path) -> None:
    server = Server(Shelf.open(str(folder)), Address("0.0.0.0", 0))  # noqa: S104 - that is the attack
    server.socket.close()
    assert len(server.token) >= 32
    assert f"?token={server.token}" in server.url
    with pytest.raises(DetenteError, match="too short"):
        Server(Shelf.open(str(folder)), Address("0.0.0.0", 0, "secret"))  # noqa: S104


def test_loopback_is_the_default(folder: Path) -> None:
    server = Server(Shelf.open(str(folder)), Address(port=0))
    assert server.socket.getsockname()[0] == "127.0.0.1"
    assert not server.token
    server.socket.close()


def test_the_token_is_asked_for_and_leaves_the_address_bar(folder: Path) -> None:
    token = "a-long-enough-secret"  # noqa: S105 - made up here
    app = create_app(Shelf.open(str(folder)), Guard(8642, token=token))
    client = TestClient(app, base_url="http://192.0.2.7:8642", follow_redirects=False)
    assert client.get("/api/cases").status_code == 401
    assert client.get("/", params={"token": "guess"}).status_code == 401
    assert client.get("/api/cases", headers={"cookie": "detente=guess"}).status_code == 401
    opened = client.get("/", params={"token": token})
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    elsewhere = client.get("http://192.0.2.7:8642//example.com/", params={"token": token})
    assert elsewhere.headers["location"] == "/example.com/"
    assert "HttpOnly" in opened.headers["set-cookie"]
    assert "SameSite=strict" in opened.headers["set-cookie"]
    assert client.get("/api/cases").status_code == 200
    bearer = {"authorization": f"Bearer {token}"}
    fresh = TestClient(app, base_url="http://192.0.2.7:8642")
    assert fresh.get("/api/cases", headers=bearer).status_code == 200
    assert client.get("/api/cases", headers={"host": "evil.example:8642"}).status_code == 421


def test_a_broken_cookie_is_no_token() -> None:
    guard = Guard(80, token="a-long-enough-secret")  # noqa: S106 - made up here
    assert not guard.knows(Headers({"cookie": 'detente="\\'}))
    assert not guard.knows(Headers({}))


@pytest.fixture
def running(folder: Path) -> Iterator[Server]:
    server = Server(Shelf.open(str(folder)), Address(port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server
    server.server.should_exit = True
    thread.join(5)


def talk(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        answer = b""
        while part := connection.recv(65536):
            answer += part
        return answer


def test_raw_requests_over_the_wire(running: Server) -> None:
    host = f"Host: localhost:{running.port}\r\nConnection: close\r\n\r\n".encode()
    fine = talk(running.port, b"GET /api/cases HTTP/1.1\r\n" + host)
    assert fine.startswith(b"HTTP/1.1 200")
    up = talk(running.port, b"GET /assets/../../app.py HTTP/1.1\r\n" + host)
    assert b"create_app" not in up
    rebound = b"GET /api/cases HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    assert talk(running.port, rebound).startswith(b"HTTP/1.1 421")
    assert talk(running.port, b"\x16\x03\x01 nonsense\r\n\r\n").startswith(b"HTTP/1.1 400")
