"""Exact words cited and found again; suggestions turned down for everybody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

NOTE = "Two cars met.\n\nNobody swerved, and nobody swerved again. One driver could turn back.\n"


def text_of(client: TestClient) -> str:
    text: str = client.get("/api/case", params={"id": "drivers"}).json()["text"]
    return text


def quote(client: TestClient, **words: object) -> Any:
    body = {"id": "drivers", "text": text_of(client), "source": "note", **words}
    return client.post("/api/quote", json=body)


def anchors(client: TestClient, text: str) -> list[dict[str, Any]]:
    response = client.post("/api/anchors", json={"id": "drivers", "text": text})
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["anchors"]
    return found


def test_chosen_words_become_a_citation_that_leads_back(client: TestClient, folder: Path) -> None:
    (folder / "drivers" / "note.txt").write_text(NOTE, encoding="utf-8")
    start = NOTE.index("swerved again")
    made = quote(client, start=start, end=start + len("swerved")).json()
    assert made == {
        "source": "note",
        "at": "p02.s1",
        "quote": "swerved",
        "after": "and nobody",
        "start": start,
        "end": start + len("swerved"),
        "words": "swerved",
    }
    cited = json.dumps({name: made[name] for name in ("source", "at", "quote", "after")})
    text = text_of(client).replace("cite: note p01", f"cite: {cited}")
    (anchor,) = anchors(client, text)
    assert (anchor["state"], anchor["start"], anchor["locator"]) == ("exact", start, "p02.s1")


def test_typed_words_are_looked_up_in_their_passage(client: TestClient, folder: Path) -> None:
    (folder / "drivers" / "note.txt").write_text(NOTE, encoding="utf-8")
    made = quote(client, at="p02.s2", words="COULD  turn back").json()
    assert (made["quote"], made["at"]) == ("could turn back", "p02.s2")
    missing = quote(client, at="p02.s2", words="nobody swerved")
    assert missing.status_code == 400
    assert "p02.s2 does not hold the words" in missing.json()["message"]
    assert quote(client, source="none", at="p01", words="x").status_code == 400
    assert quote(client, start=0, end=len(NOTE)).status_code == 400
    assert quote(client, start=10**9, end=10**9 + 4).status_code == 400


def test_words_that_moved_are_found_and_told(client: TestClient, folder: Path) -> None:
    cited = "cite: {source: note, at: p02, quote: turn back}"
    text = text_of(client).replace("cite: note p01", cited)
    (folder / "drivers" / "note.txt").write_text(
        NOTE.replace("met.\n", "met.\n\nIt was a narrow road.\n"), encoding="utf-8"
    )
    (anchor,) = anchors(client, text)
    assert (anchor["state"], anchor["locator"]) == ("moved", "p03.s2")
    assert anchor["message"].endswith("they stand at p03.s2")
    (folder / "drivers" / "note.txt").write_text("Rain.\n\nIt rained.\n", encoding="utf-8")
    (anchor,) = anchors(client, text)
    assert (anchor["state"], anchor["locator"]) == ("orphan", "")


def test_segments_know_their_place(client: TestClient, folder: Path) -> None:
    (folder / "drivers" / "note.txt").write_text(NOTE, encoding="utf-8")
    body = {"id": "drivers", "text": text_of(client)}
    (document,) = client.post("/api/documents", json=body).json()["documents"]
    for block in document["blocks"]:
        for segment in block["segments"]:
            start = segment["start"]
            assert NOTE[start : start + len(segment["text"])] == segment["text"]


def test_a_rejection_is_kept_beside_the_case(client: TestClient, folder: Path) -> None:
    case = folder / "drivers" / "case.yaml"
    before = case.read_bytes()
    one = {"source": "note", "kind": "option", "name": "turn_back", "actor": "Driver A"}
    answer = client.put("/api/rejected", json={"id": "drivers", **one})
    assert answer.json() == {"rejected": [one]}
    body = {"id": "drivers", "text": text_of(client)}
    assert client.post("/api/documents", json=body).json()["rejected"] == [one]
    kept = json.loads((folder / "drivers" / "case.rejected.json").read_text(encoding="utf-8"))
    assert kept["rejected"] == [one]
    assert case.read_bytes() == before
    back = client.put("/api/rejected", json={"id": "drivers", **one, "rejected": False})
    assert back.json() == {"rejected": []}


def test_the_outline_tells_citations_apart(client: TestClient) -> None:
    text = text_of(client).replace(
        "cite: note p01", "cite: [note p01, {source: note, at: p02, quote: a few, after: words}]"
    )
    look = client.post("/api/look", json={"id": "drivers", "text": text}).json()
    evidence = look["outline"]["decision_makers"][0]["statements"][0]["evidence"]
    assert evidence["listed"] is True
    assert evidence["cite"] == [
        {"source": "note", "at": "p01", "quote": "", "after": ""},
        {"source": "note", "at": "p02", "quote": "a few", "after": "words"},
    ]
