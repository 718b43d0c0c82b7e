"""The editor's answers: what a tab shows, and what acts on it change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from detente.case import load, loads

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture(scope="module")
def flagship() -> str:
    return Path(load("us-russia-2025").file).read_text(encoding="utf-8")


def look(client: TestClient, text: str, *acts: dict[str, Any], reading: str = "") -> dict[str, Any]:
    body = {"id": "drivers", "text": text, "acts": acts, "reading": reading}
    response = client.post("/api/look", json=body)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def party(answer: dict[str, Any], dm: str) -> dict[str, Any]:
    (found,) = [one for one in answer["tab"]["parties"] if one["id"] == dm]
    held: dict[str, Any] = found
    return held


def test_a_tab_shows_what_differs(client: TestClient, flagship: str) -> None:
    answer = look(client, flagship, reading="kyiv")
    assert answer["tab"]["changes"] == [
        "replace: russia_takes_terms, prefer: not russia.accept",
        "replace: us_follows_through, prefer: not us.withhold",
        "move: us_settlement, before: us_normalisation",
    ]
    us = party(answer, "us")
    assert [one["id"] for one in us["statements"]][:2] == ["no_escalation", "us_settlement"]
    assert [one["moved"] for one in us["statements"]][:3] == [False, True, False]
    (rewritten,) = [one for one in us["statements"] if one["rewritten"]]
    assert rewritten["condition"] == "not us.withhold"
    assert rewritten["was"] == "us.withhold iff not ukraine.accept"
    assert rewritten["words"] == ["readings", "kyiv", "changes", 1, "prefer"]
    settled = {doubt["id"]: doubt["settled"] for doubt in answer["tab"]["doubts"]}
    assert settled["europe_course"] == "stands_by"
    critics = party(look(client, flagship, reading="critics"), "us")
    assert critics["dropped"] == [{"base": 2, "condition": "settlement"}]


def test_an_act_changes_the_reading_and_not_the_case(client: TestClient, flagship: str) -> None:
    deed = {"kind": "move", "dm": "us", "at": 2, "to": 0}
    before, after = look(client, flagship), look(client, flagship, deed, reading="linked")
    case, old = loads(after["text"]), loads(flagship)
    assert case.conflict().hash == old.conflict().hash
    assert case.under("critics").conflict().hash == old.under("critics").conflict().hash
    assert after["results"]["conflict"] == case.under("linked").conflict().hash
    assert after["results"]["conflict"] != before["results"]["conflict"]
    (moved,) = [one for one in party(after, "us")["statements"] if one["moved"]]
    assert moved["id"] == "us_settlement"
    back = {"kind": "back", "dm": "us", "at": 0}
    assert look(client, after["text"], back, reading="linked")["text"] == flagship


def test_the_count_of_readings_follows_what_is_open(client: TestClient, flagship: str) -> None:
    counts = [
        look(client, flagship, *deeds)["tab"]["readings"]
        for deeds in (
            [],
            [{"kind": "doubt", "dm": "us", "at": 0, "value": "open"}],
            [{"kind": "doubt", "dm": "us", "at": 5}],
        )
    ]
    assert int(counts[1]) == 2 * int(counts[0]) == 4 * int(counts[2])
    deed = {"kind": "settle", "path": ["tracks"], "value": "apart"}
    settled = look(client, flagship, deed, reading="author")
    assert int(settled["tab"]["readings"]) * 2 == int(counts[0])


def test_a_tab_stays_while_a_condition_is_faulty(client: TestClient, flagship: str) -> None:
    deed = {"kind": "rewrite", "dm": "us", "at": 1, "value": "normalisatio"}
    answer = look(client, flagship, deed, reading="linked")
    (fault,) = answer["faults"]
    assert fault["message"].startswith("there is no name normalisatio: did you mean")
    statement = party(answer, "us")["statements"][1]
    assert (statement["condition"], statement["was"]) == ("normalisatio", "normalisation")
    assert fault["path"] == statement["words"]
    assert answer["tab"]["doubts"] is None


def test_an_act_without_a_place_is_refused(client: TestClient, flagship: str) -> None:
    body = {"id": "drivers", "text": flagship, "acts": [{"kind": "drop", "dm": "us", "at": 99}]}
    response = client.post("/api/look", json=body)
    assert response.status_code == 422
    assert "no statement 100" in response.json()["message"]


def test_weights_and_places_are_shown(client: TestClient) -> None:
    text = (
        "detente: 1\ntitle: W\ndecision_makers:\n"
        "  a:\n    options: {x: X, y: {text: Y, levels: [low, mid, high]}}\n"
        "    preferences: {weigh: {a.x: {between: [1, 3], steps: 5}, y: {low: 0, high: 2}}}\n"
        "  b:\n    options: {z: Z}\n    preferences: {rank: [['--Y', '0-N'], 'N-N', 'Y-N']}\n"
        "readings:\n  r: {}\n"
    )
    found = party(look(client, text), "a")["weights"]
    assert [(w["option"], w["level"], w["number"], w["low"]) for w in found] == [
        ("a.x", "", "", "1"),
        ("a.y", "low", "0", ""),
        ("a.y", "mid", "", ""),
        ("a.y", "high", "2", ""),
        ("b.z", "", "", ""),
    ]
    assert party(look(client, text), "b")["ranking"][0]["states"] == ["--Y", "0-N"]
    deed = {"kind": "set", "dm": "a", "path": ["weigh", "a.x"], "value": 2}
    ours = party(look(client, text, deed, reading="r"), "a")
    assert (ours["weights"][0]["number"], ours["weights"][0]["was"]) == ("2", "1 to 3")


@pytest.mark.parametrize(
    "text",
    [
        "decision_makers: {a: [x], b: {preferences: {prioritise: {c: d}}, options: [e]}}",
        "decision_makers: {a: {}}\nreadings: {r: {changes: [x, {move: [y]}], settle: z}}",
        "decision_makers: {a: {preferences: {weigh: [1], rank: {b: c}}}}\nuncertain: [x]",
        "decision_makers: [a]",
        "decision_makers: {a: {preferences: {rank: [{any_order: x}, [[y]]]}}}\nclaims: {c: [d]}",
    ],
)
def test_whatever_is_being_typed_there_is_an_answer(client: TestClient, text: str) -> None:
    answer = look(client, f"detente: 1\ntitle: T\n{text}\n")
    assert answer["faults"]
    assert answer["results"] is None
