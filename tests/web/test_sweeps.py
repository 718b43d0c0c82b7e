"""Sweeps advance in small steps, can be stopped at any of them, and keep to limits."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from detente.case import Case, load, loads
from detente.claims import Options, check
from detente.report import Options as Report
from detente.report import build, gather, markdown
from detente.web import Address, Guard, Limits, Server, Shelf, create_app
from detente.web.findings import JudgedClaim, JudgeEvent, JudgeRequest
from detente.web.judging import judge

FLAGSHIP = load("us-russia-2025")
WEIGHED = """\
detente: 1
title: Weighed
decision_makers:
  a:
    options: {x: Do it, y: Do more}
    preferences:
      weigh: {a.x: {between: [-1, 2]}, a.y: {between: [-3, 1]}}
claims:
  does: {text: It does., assert: "equilibrium(a.x, nash)"}
status_quo: NN
"""
LIKELY = """\
detente: 1
title: Likely
decision_makers:
  a:
    options: {x: Do it, y: Do more}
    preferences:
      prioritise:
        - {prefer: a.x, id: wx, maybe: 0.75}
        - {prefer: not a.x, id: wn, maybe: 0.5}
        - {prefer: a.y, id: wy, maybe: open}
claims:
  does: {text: It does., assert: "not equilibrium(not a.x, nash)"}
status_quo: NN
"""

OPEN = "\n".join(
    [
        "detente: 1",
        "title: Open",
        "decision_makers:",
        *(
            f"  {dm}:\n    options: {{x: Do it, y: Do more}}\n    preferences:\n      prioritise:\n"
            f"        - {{prefer: {other}.x iff {dm}.x, id: {dm}1, maybe: open}}\n"
            f"        - {{prefer: not {dm}.y, id: {dm}2, maybe: open}}\n"
            f"        - {{prefer: {other}.y, id: {dm}3, maybe: open}}\n"
            f"        - {{prefer: not {dm}.x, id: {dm}4, maybe: open}}"
            for dm, other in (("a", "b"), ("b", "a"))
        ),
        "claims:",
        '  both: {text: Both., assert: "equilibrium(a.x and b.x, seq)"}',
        '  more: {text: More., assert: "not equilibrium(a.y, nash)"}',
        "status_quo: NNNN",
        "",
    ]
)
"""Two parties and 256 readings: quick to judge."""


def text_of(case: Case) -> str:
    return Path(case.file).read_text(encoding="utf-8")


def swept(text: str, limits: Limits = Limits(), **more: Any) -> list[JudgeEvent]:  # noqa: B008
    request = JudgeRequest(id="x", text=text, sweep=True, **more)
    return list(judge(request, "case.yaml", limits))


def final(events: list[JudgeEvent]) -> dict[tuple[str, str], JudgedClaim]:
    return {(one.reading, one.claim): one for event in events for one in event.judged}


def test_all_combinations_give_what_the_command_line_gives() -> None:
    found = final(swept(text_of(FLAGSHIP)))
    for reading in check(FLAGSHIP).readings:
        for key, judged in reading.judged.items():
            one = found[reading.id, key]
            assert one.complete
            assert (one.verdict, one.exact) == (judged.verdict.word, str(judged.verdict.share))
            assert one.done == reading.size
            assert {bar.id for bar in one.bars} == {
                reading.uncertainties[h.factor].id for h in judged.hinges if h.effect
            }


def test_two_that_move_a_share_together_are_told_in_the_words_of_the_report() -> None:
    case = load("kell-river")
    found = final(swept(text_of(case)))
    report, _ = markdown(build(case, Report(figures=False), gather(case)), "")
    told = 0
    for reading in check(case).readings:
        for key, judged in reading.judged.items():
            pairs = found[reading.id, key].pairs
            assert len(pairs) == len(judged.pairs)
            for pair in pairs[:2]:
                first, second = pair.questions
                assert f"**{first}** and **{second}** {pair.moved}" in report
                told += 1
    assert told == 5


def test_a_sample_tells_of_no_pairs() -> None:
    assert all(one.pairs == [] for one in final(swept(OPEN, Limits(readings=64))).values())


@pytest.mark.parametrize("text", [WEIGHED, OPEN])
def test_drawn_combinations_give_what_the_command_line_gives(text: str) -> None:
    limits = Limits(readings=64)
    found = final(swept(text, limits, draws=1024, seed=3))
    case = loads(text)
    for reading in check(case, Options(limit=64, draws=1024, seed=3)).readings:
        for key, judged in reading.judged.items():
            one, verdict = found[reading.id, key], judged.verdict
            assert (one.verdict, one.share) == (verdict.word, float(verdict.share))
            assert one.interval == verdict.interval
            doubts = reading.uncertainties
            turns = [
                {doubts[f].id: doubts[f].label(a) for f, a in turn.answers} for turn in judged.turns
            ]
            assert one.turns == turns[:5]


def test_progress_comes_in_steps_and_reaches_the_end() -> None:
    for text, draws in ((OPEN, 0), (WEIGHED, 2048)):
        steps = [event for event in swept(text, draws=draws) if event.total]
        done = [event.done for event in steps]
        assert done == sorted(set(done))
        assert done[0] == 0
        assert done[-1] == steps[-1].total
        assert len(steps) > 5
        assert steps[-1].left == 0


def test_what_is_done_stays_when_the_time_is_up() -> None:
    """After the first step the time is up: estimates from a random part, and words that say so."""
    events = swept(OPEN, Limits(seconds=0))
    assert "The time of 0 seconds is up: 4 of 256 combinations" in events[-1].message
    found = final(events)
    assert set(found) == {("base", "both"), ("base", "more")}
    for one in found.values():
        assert not one.complete
        assert (one.done, one.of, one.exact) == (4, "256", "")
        assert one.interval is not None
        assert one.interval[0] <= one.share <= one.interval[1]


def test_an_unfinished_sweep_weighs_by_probability() -> None:
    whole = final(swept(LIKELY))["base", "does"]
    part = final(swept(LIKELY, Limits(seconds=0)))["base", "does"]
    assert whole.exact == str(check(loads(LIKELY)).readings[0].judged["does"].verdict.share)
    assert (part.done, part.of, part.interval, part.bars) == (4, "8", None, [])
    assert 0 <= part.share <= 1


def served(folder: Path, limits: Limits) -> TestClient:
    app = create_app(Shelf.open(str(folder)), Guard(8642), limits=limits)
    return TestClient(app, base_url="http://localhost:8642")


def body(text: str = OPEN, **more: object) -> dict[str, object]:
    return {"id": "drivers", "text": text, "sweep": True, **more}


def test_more_work_than_there_are_places_is_refused_in_words(folder: Path) -> None:
    full = served(folder, Limits(places=0))
    refused = full.post("/api/judge", json=body())
    assert refused.status_code == 429
    assert "sweeps and reports are under way here" in refused.json()["message"]
    order = full.post("/api/order", json={"id": "drivers", "text": "x", "what": "graph.svg"})
    assert order.status_code == 429
    assert full.post("/api/judge", json=body(sweep=False)).status_code == 200


def test_a_place_is_free_again_after_each_sweep(folder: Path) -> None:
    client = served(folder, Limits(places=1, seconds=0))
    for _ in range(3):
        answer = client.post("/api/judge", json=body())
        assert answer.status_code == 200
        assert "time of 0 seconds" in json.loads(answer.text.splitlines()[-1])["message"]


@pytest.mark.parametrize("draws", [-1, 1 << 17, 10**30, "many"])
def test_more_draws_than_the_limit_are_refused(folder: Path, draws: object) -> None:
    assert served(folder, Limits()).post("/api/judge", json=body(draws=draws)).status_code == 422


def test_who_stops_listening_gives_the_place_back(folder: Path) -> None:
    """Over the wire: one place, a sweep whose listener goes, then another that gets through."""
    server = Server(Shelf.open(str(folder)), Address(port=0), limits=Limits(places=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        begun = sweeping(server.port)
        assert begun.recv(4096).startswith(b"HTTP/1.1 200")
        refused = sweeping(server.port)
        assert refused.recv(4096).startswith(b"HTTP/1.1 429")
        refused.close()
        begun.close()
        for _ in range(200):
            again = sweeping(server.port)
            answer = again.recv(4096)
            again.close()
            if answer.startswith(b"HTTP/1.1 200"):
                break
        assert answer.startswith(b"HTTP/1.1 200")
    finally:
        server.server.should_exit = True
        thread.join(5)


def test_many_sweeps_leave_the_server_free_for_short_questions(folder: Path) -> None:
    """More sweeps than the server has threads: those that wait for their turn hold none."""
    limits = Limits(places=60, hands=1)
    server = Server(Shelf.open(str(folder)), Address(port=0), limits=limits)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    begun = [sweeping(server.port, OPEN) for _ in range(50)]
    try:
        assert begun[0].recv(4096).startswith(b"HTTP/1.1 200")
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", "/api/case?id=drivers")
        assert connection.getresponse().status == 200
        connection.close()
    finally:
        for connected in begun:
            connected.close()
        server.server.should_exit = True
        thread.join(10)
    assert not thread.is_alive()


def sweeping(port: int, text: str = "") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    content = json.dumps(body(text or text_of(FLAGSHIP))).encode()
    head = (
        f"POST /api/judge HTTP/1.1\r\nHost: localhost:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    connection.sendall(head.encode() + content)
    return connection
