"""What is handed over: reports, results and figures of a text as it is now."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from detente.case import load, loads
from detente.case.evidence import attached_texts
from detente.report import Attachments, build, html
from detente.report import Options as ReportOptions
from detente.web import Guard, Shelf, create_app

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def draft(client: TestClient) -> str:
    """Give the case's text with a change that is not saved."""
    text: str = client.get("/api/case", params={"id": "drivers"}).json()["text"]
    return text.replace("title: Two drivers", "title: A draft of ours")


def order(client: TestClient, what: str, text: str, **more: object) -> Any:
    body = {"id": "drivers", "text": text, "what": what, **more}
    return client.post("/api/order", json=body)


def test_all_that_is_offered_can_be_had(client: TestClient) -> None:
    offers = client.get("/api/offers").json()
    assert {"report.html", "report.md", "results.json", "verdicts.json", "graph.svg"} <= set(offers)
    for what in offers:
        response = order(client, what, draft(client))
        if what.startswith("tornado"):
            assert response.status_code == 400  # this case leaves nothing open
            assert "nothing to draw" in response.json()["message"]
            continue
        assert response.status_code == 200, response.text
        name = re.fullmatch(
            r'attachment; filename="(drivers-[a-z.-]+)"', response.headers["content-disposition"]
        )
        assert name is not None
        assert response.headers["x-content-type-options"] == "nosniff"
        if what.endswith(".svg"):
            assert response.text.startswith("<svg")
        if what.endswith(".png"):
            assert response.content.startswith(b"\x89PNG")


def test_a_report_is_of_the_text_that_is_not_saved(client: TestClient, folder: Path) -> None:
    text = draft(client)
    page = order(client, "report.html", text).text
    assert "<title>A draft of ours" in page
    assert hashlib.sha256(text.encode()).hexdigest() in page
    assert "<script" not in page
    packed = order(client, "report.md", text).content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        written = archive.read("report.md").decode()
        assert written.startswith("# A draft of ours\n")
        figures = re.findall(r"\]\((report-figures/[a-z.-]+)\)", written)
        assert figures
        assert {*figures, "report.md"} == set(archive.namelist())
    assert order(client, "report.md", text).content == packed
    assert "A draft" not in (folder / "drivers" / "case.yaml").read_text(encoding="utf-8")


def test_a_report_in_a_reading_is_about_that_reading(client: TestClient) -> None:
    case = load("us-russia-2025")
    text = Path(case.file).read_text(encoding="utf-8")
    page = order(client, "report.html", text, reading="linked").text
    assert "Washington links the tracks" in page
    assert "From Kyiv" not in page
    assert case.under("linked").conflict().hash in page
    whole = order(client, "report.html", text).text
    named = loads(text, "drivers/case.yaml")
    attached = Attachments(
        sha256=hashlib.sha256(text.encode()).hexdigest(), texts=attached_texts(named)
    )
    made = build(named, ReportOptions(limit=1 << 12), attached)
    assert whole == html(made)


def test_results_are_those_of_the_command_line(client: TestClient) -> None:
    results = order(client, "results.json", draft(client)).json()
    assert (results["format"], results["title"]) == ("detente-analysis/1", "A draft of ours")
    assert results["conflict"] == loads(draft(client)).conflict().hash
    verdicts = order(client, "verdicts.json", draft(client)).json()
    assert (verdicts["format"], verdicts["claims"][0]["id"]) == ("detente-check/1", "both")


def test_supposed_answers_count_in_what_is_handed_over(client: TestClient) -> None:
    case = load("us-russia-2025")
    text = Path(case.file).read_text(encoding="utf-8")
    answers = {"tracks": 1, "gone": 3}
    results = json.loads(order(client, "results.json", text, answers=answers).text)
    settled = case.settled({"tracks": 1}).conflict().hash
    assert results["conflict"] == settled != case.conflict().hash
    chart = order(client, "tornado.svg", text, claim="headline", reading="author")
    assert "linked" in chart.text
    assert order(client, "tornado.svg", text, claim="none").status_code == 400


def test_open_questions_can_be_answered_on_trial(client: TestClient) -> None:
    case = load("us-russia-2025")
    text = Path(case.file).read_text(encoding="utf-8")

    def look(**more: object) -> dict[str, Any]:
        body = {"id": "drivers", "text": text, **more}
        answer: dict[str, Any] = client.post("/api/look", json=body).json()
        return answer

    asked = {one["id"]: one for one in look()["open"]}
    assert set(asked) == {doubt.id for doubt in case.uncertainties}
    assert asked["tracks"]["answers"] == {"0": "apart", "1": "linked"}
    assert asked["tracks"]["written"] == 0
    linked = look(answers={"tracks": 1})
    assert linked["results"]["conflict"] == case.settled({"tracks": 1}).conflict().hash
    assert linked["text"] == text
    assert {one["id"] for one in linked["open"]} == set(asked)
    for nonsense in ({"tracks": 7}, {"tracks": -1}, {"none": 0}):
        assert look(answers=nonsense)["results"]["conflict"] == case.conflict().hash
    assert "tracks" not in {one["id"] for one in look(reading="linked")["open"]}


@pytest.mark.parametrize("what", ["", "report.pdf", "../report.html", "graph.exe", "x" * 501])
def test_what_is_not_made_is_refused(client: TestClient, what: str) -> None:
    response = order(client, what, draft(client))
    assert response.status_code in (400, 422)
    assert "content-disposition" not in response.headers


def test_a_faulty_text_makes_nothing(client: TestClient) -> None:
    response = order(client, "report.html", "title: x\n")
    assert response.status_code == 400
    assert response.json()["message"] == "the text has faults: mend them first"


def test_a_server_without_makers_offers_figures(folder: Path) -> None:
    from starlette.testclient import TestClient

    app = create_app(Shelf.open(str(folder)), Guard(8642))
    client = TestClient(app, base_url="http://localhost:8642")
    assert "report.html" not in client.get("/api/offers").json()
    assert order(client, "report.html", draft(client)).status_code == 400
    assert order(client, "graph.svg", draft(client)).status_code == 200
