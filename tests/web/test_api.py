"""What the workbench answers: reading, editing, analysing, saving."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from detente.case import fingerprint, load, loads
from detente.claims import check
from detente.evolution import evolve
from detente.stability import analyze
from detente.web import Address, Server, Shelf

if TYPE_CHECKING:
    from starlette.testclient import TestClient

STATEMENTS = ["decision_makers", "a", "preferences", "prioritise"]


def opened(client: TestClient) -> dict[str, Any]:
    file: dict[str, Any] = client.get("/api/case", params={"id": "drivers"}).json()
    return file


def ask(client: TestClient, address: str, **more: object) -> dict[str, Any]:
    given = {"id": "drivers", "text": opened(client)["text"]}
    response = client.post(address, json={**given, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_cases_are_listed(client: TestClient) -> None:
    assert client.get("/api/cases").json() == [
        {
            "id": "drivers",
            "title": "Two drivers",
            "file": "drivers/case.yaml",
            "question": "Who gives way?",
            "trouble": "",
        }
    ]


def test_a_faulty_case_is_listed_with_its_trouble(client: TestClient, folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "case.yaml").write_text("detente: 2\n", encoding="utf-8")
    assert client.get("/api/cases").json()[1]["trouble"].startswith("other/case.yaml:1:")


def test_results_are_those_of_the_engine(client: TestClient) -> None:
    results = ask(client, "/api/look")["results"]
    model = loads(opened(client)["text"]).model()
    found = analyze(model.conflict)
    assert results["ids"] == ["s1", "s2", "s3", "s4"]
    assert results["patterns"] == ["N N", "Y N", "N Y", "Y Y"]
    assert results["outcomes"] == {"compromise": [3]}
    assert results["status_quo"] == 0
    for concept in results["concepts"]:
        table = found.stable(concept["key"])
        assert concept["stable"] == ["".join("01"[x] for x in row) for row in table.tolist()]
        assert concept["equilibria"] == found.equilibria(concept["key"]).tolist()


def test_an_edit_changes_the_ranks(client: TestClient) -> None:
    before = ask(client, "/api/look")["results"]["places"]
    edit = {"kind": "move", "path": [*STATEMENTS, 1], "to": 0}
    look = ask(client, "/api/look", edits=[edit])
    assert look["results"]["places"] != before
    assert "# what matters most" in look["text"]
    assert look["outline"]["decision_makers"][0]["statements"][0]["condition"] == "a.swerve"


def test_messages_are_those_of_the_command_line(client: TestClient) -> None:
    edit = {"kind": "put", "path": [*STATEMENTS, 0, "prefer"], "value": "not a.swerv"}
    look = ask(client, "/api/look", edits=[edit])
    assert look["results"] is None
    (fault,) = look["faults"]
    assert (fault["line"], fault["column"], fault["severity"]) == (16, 23, "error")
    assert fault["message"] == "there is no name a.swerv: did you mean a.swerve or b.swerve?"
    assert fault["path"] == [*STATEMENTS, 0, "prefer"]
    assert look["outline"]["decision_makers"][0]["statements"][0]["condition"] == "not a.swerv"


def test_an_edit_without_a_place_is_refused(client: TestClient) -> None:
    edit = {"kind": "remove", "path": ["nowhere", 3]}
    body = {"id": "drivers", "text": opened(client)["text"], "edits": [edit]}
    response = client.post("/api/look", json=body)
    assert response.status_code == 422
    assert "there is no place" in response.json()["message"]


def test_a_named_reading_has_results_of_its_own(client: TestClient) -> None:
    case = load("us-russia-2025")
    text = Path(case.file).read_text(encoding="utf-8")
    for reading in ("", "linked"):
        results = ask(client, "/api/look", text=text, reading=reading)["results"]
        under = case.under(reading) if reading else case
        assert results["conflict"] == under.conflict().hash


def test_states_are_found_by_a_condition(client: TestClient) -> None:
    found = ask(client, "/api/query", condition="a.swerve and not b.swerve")
    assert found == {"states": [1], "faults": []}
    faulty = ask(client, "/api/query", condition="a.swerve and")
    assert faulty["states"] == []
    assert faulty["faults"][0]["column"] == 13


def test_the_graph_holds_every_move_and_the_way_from_the_status_quo(client: TestClient) -> None:
    graph = ask(client, "/api/graph", focus=1)
    assert graph["states"] == [0, 1, 2, 3]
    assert len(graph["moves"]) == 8
    assert [0, 1, 0, "best"] in graph["moves"]
    assert [1, 0, 0, "other"] in graph["moves"]
    assert graph["path"] == [0, 1]
    assert all(0 <= x <= 1 for x in [*graph["x"], *graph["y"]])


def test_the_best_improvement_is_the_best_of_all_also_of_those_not_shown(
    client: TestClient,
) -> None:
    case = load("us-russia-2025")
    conflict = case.conflict()
    graph = ask(client, "/api/graph", text=Path(case.file).read_text(encoding="utf-8"))
    assert (len(graph["states"]), graph["hidden"]) == (60, 212)
    told = {(source, target, dm): kind for source, target, dm, kind in graph["moves"]}
    for dm, rank in enumerate(conflict.ranks.tolist()):
        moves = [(a, b) for a, b in conflict.moves(dm).pairs().tolist() if a in graph["states"]]
        best = {a: max(rank[b] for x, b in moves if x == a) for a, _ in moves}
        for a, b in moves:
            if b in graph["states"]:
                kind = "other" if rank[b] <= rank[a] else "best" if rank[b] == best[a] else "better"
                assert told.pop((a, b, dm)) == kind
    assert not told


def test_where_improvements_lead_is_in_the_graph_and_choosing_there_moves_nothing(
    client: TestClient,
) -> None:
    case = load("us-russia-2025")
    text = Path(case.file).read_text(encoding="utf-8")
    evolution = evolve(case.conflict(), kind="improvements")
    ahead = [state for level in evolution.level_sets() for state in level]
    graph = ask(client, "/api/graph", text=text)
    assert set(ahead) <= set(graph["states"])
    for state in ahead:
        chosen = ask(client, "/api/graph", text=text, focus=state)
        assert (chosen["states"], chosen["x"]) == (graph["states"], graph["x"])
    other = ask(client, "/api/graph", text=text, focus=5)
    assert 5 in other["states"]
    assert other["states"] != graph["states"]


def test_a_state_is_explained(client: TestClient) -> None:
    details = ask(client, "/api/state", state=3)
    assert details["outcomes"] == ["compromise"]
    assert [line["option"] for line in details["done"]] == ["a.swerve", "b.swerve"]
    leaving = [verdict for verdict in details["verdicts"] if not verdict["stable"]]
    assert [verdict["to"] for verdict in leaving] == [2, 1]
    assert "[not a.swerve and b.swerve; note p01]" in " ".join(leaving[0]["sentences"])


def test_claims_are_judged_as_written_and_in_a_sweep(client: TestClient) -> None:
    body = {"id": "drivers", "text": opened(client)["text"], "sweep": True}
    lines = client.post("/api/judge", json=body).text.splitlines()
    events = [json.loads(line) for line in lines]
    assert events[0]["reading"]["as_written"] == {"both": True}
    assert events[-1]["judged"][0]["verdict"] == "holds"


def test_claims_are_judged_in_a_reading_with_answers_supposed(client: TestClient) -> None:
    case = load("us-russia-2025")
    text = Path(case.file).read_text(encoding="utf-8")
    for checked in check(case).readings:
        reading = "" if checked.id == case.base else checked.id
        found = ask(client, "/api/claims", text=text, reading=reading)["holds"]
        assert list(found) == list(case.claims)
        assert found == {key: one.base for key, one in checked.judged.items()}
    look = ask(client, "/api/look", text=text)
    turned = {}
    for question in look["open"]:
        for at in question["answers"]:
            answers = {question["id"]: int(at)}
            holds = ask(client, "/api/claims", text=text, answers=answers)["holds"]
            turned[question["id"], int(at)] = holds["headline"]
    written_answers = {(one["id"], one["written"]) for one in look["open"]}
    assert all(turned[key] for key in written_answers)
    assert not all(turned.values())
    assert ask(client, "/api/claims", text="detente: 2\n") == {"holds": {}}


def test_settlements(client: TestClient) -> None:
    found = ask(client, "/api/settlement", where="compromise", grade="agreed")
    assert [party["dm"] for party in found["standings"]] == [0, 1]
    assert "expected" in ask(client, "/api/settlement", where="(")["trouble"]
    text = Path(load("us-russia-2025").file).read_text(encoding="utf-8")
    found = ask(client, "/api/settlement", text=text, where="normalisation")
    assert [treaty["coalition"] for treaty in found["treaties"]] == [[0, 1]]
    told = [(one["needed"], one["spoils"], one["accepts"]) for one in found["standings"]]
    assert told == [(True, "no", "no")] * 2 + [(False, "no", "unwillingly")] * 2


def test_the_text_of_a_source_is_cut_into_sentences(client: TestClient) -> None:
    (document,) = ask(client, "/api/documents")["documents"]
    words = {
        segment["sentence"]: segment["text"]
        for block in document["blocks"]
        for segment in block["segments"]
    }
    assert "Nobody swerved." in " ".join(words.values())


def save(client: TestClient, text: str, version: str) -> Any:
    return client.put("/api/case", json={"id": "drivers", "text": text, "version": version})


def test_saving_keeps_comments_and_changes_one_line(client: TestClient, folder: Path) -> None:
    file = opened(client)
    edit = {"kind": "put", "path": [*STATEMENTS, 1], "value": "not a.swerve"}
    text = ask(client, "/api/look", edits=[edit])["text"]
    response = save(client, text, file["version"])
    assert response.json() == {"version": fingerprint(text.encode())}
    written = (folder / "drivers" / "case.yaml").read_text(encoding="utf-8")
    old, new = file["text"].splitlines(), written.splitlines()
    changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert changed == [("        - a.swerve", "        - not a.swerve")]
    left = sorted(entry.name for entry in (folder / "drivers").iterdir())
    assert left == ["case.yaml", "note.txt"]


def test_a_change_on_disk_is_never_overwritten(client: TestClient, folder: Path) -> None:
    file = opened(client)
    path = folder / "drivers" / "case.yaml"
    theirs = file["text"].replace("Two drivers", "Theirs")
    path.write_text(theirs, encoding="utf-8")
    response = save(client, file["text"].replace("Two drivers", "Mine"), file["version"])
    assert response.status_code == 409
    assert response.json()["text"] == theirs
    assert "changed on disk" in response.json()["message"]
    assert path.read_text(encoding="utf-8") == theirs


def test_a_faulty_text_is_not_saved(client: TestClient, folder: Path) -> None:
    file = opened(client)
    assert save(client, "title: x\n", file["version"]).status_code == 422
    assert (folder / "drivers" / "case.yaml").read_text(encoding="utf-8") == file["text"]


def test_a_case_of_the_package_is_not_saved(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = opened(client)
    monkeypatch.setattr("detente.web.shelf.Shelf.writable", lambda _, __: False)
    assert save(client, file["text"], file["version"]).status_code == 403


def test_of_many_writers_each_is_told(client: TestClient, folder: Path) -> None:
    """Each of many writers either saves over the version that it has seen, or learns of another."""
    file = opened(client)

    def write(number: int) -> int:
        text = file["text"].replace("Two drivers", f"Writer {number}")
        status: int = save(client, text, file["version"]).status_code
        return status

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(write, range(24)))
    assert statuses == [200, *[409] * 23]
    assert "Writer " in (folder / "drivers" / "case.yaml").read_text(encoding="utf-8")


def test_too_many_states_are_refused_in_words(client: TestClient) -> None:
    options = ", ".join(f"o{i}: Do {i}" for i in range(30))
    text = f"detente: 1\ntitle: Wide\ndecision_makers: {{a: {{options: {{{options}}}}}}}\n"
    look = ask(client, "/api/look", text=text)
    assert "too many for the workbench" in look["faults"][0]["message"]


def test_preferences_pair_by_pair_are_shown_with_a_notice(client: TestClient) -> None:
    pairs = [{"prefer": "a.swerve", "alike": "Y"}]
    edits = [
        {"kind": "remove", "path": STATEMENTS},
        {"kind": "put", "path": [*STATEMENTS[:-1], "pairs"], "value": pairs},
        {"kind": "put", "path": [*STATEMENTS[:-1], "otherwise"], "value": "unknown"},
    ]
    looked = ask(client, "/api/look", edits=edits[1:2])
    assert looked["outline"]["decision_makers"][0]["preferences"] == "prioritise"
    looked = ask(client, "/api/look", edits=[edits[1], edits[0], edits[2]])
    party = looked["outline"]["decision_makers"][0]
    assert party["preferences"] == "pairs"
    assert party["pairs"] == ["prefer: a.swerve, alike: Y", "otherwise: unknown"]
    (fault,) = looked["faults"]
    assert fault["severity"] == "warning"
    assert fault["message"].endswith(
        "a, who has no ranking, counts as indifferent between all states"
    )
    assert fault["path"][:2] == ["decision_makers", "a"]
    assert looked["results"]["places"][0] == [1, 1, 1, 1]


def test_one_case_opens_at_once_and_several_as_a_list(folder: Path) -> None:
    for given, path in ((folder, ""), (folder / "drivers", "model/drivers")):
        server = Server(Shelf.open(str(given)), Address(port=0))
        server.socket.close()
        assert server.start == f"http://127.0.0.1:{server.port}/{path}"
