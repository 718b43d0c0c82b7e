"""The server: a few questions about a text, and reading and saving case files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles
from starlette.requests import Request
from starlette.types import ASGIApp

from detente.case import ChangedOnDiskError, EditError, save_text
from detente.errors import DetenteError
from detente.web import graph as graphs
from detente.web import looking
from detente.web.contract import (
    CaseEntry,
    CaseFile,
    Conflicting,
    Query,
    QueryRequest,
    SaveRequest,
    TextRequest,
    Version,
)
from detente.web.details import state_details
from detente.web.documents import documents as read_documents
from detente.web.editor import Look, LookRequest
from detente.web.findings import (
    Documents,
    Graph,
    GraphRequest,
    JudgeEvent,
    JudgeRequest,
    Settlement,
    SettlementRequest,
    StateDetails,
    StateRequest,
)
from detente.web.guard import Guard, GuardedApp
from detente.web.judging import judge as judging
from detente.web.settling import settlement as settling
from detente.web.shelf import NoSuchCaseError, Shelf

__all__ = ["api", "create_app"]

STATIC = Path(__file__).parent / "static"


def create_app(shelf: Shelf, guard: Guard) -> ASGIApp:
    """Build the whole application: the interface, the front end, and the guard before both.

    Parameters
    ----------
    shelf : Shelf
        The cases offered.
    guard : Guard
        What is let through.

    Returns
    -------
    ASGIApp
    """
    app = api(shelf)
    app.mount("/assets", StaticFiles(directory=STATIC / "assets", check_dir=False))

    @app.get("/{path:path}", include_in_schema=False, response_model=None)
    def page(path: str) -> FileResponse:
        """Answer every address of the front end with its one page."""
        if path.startswith(("api/", "assets/")):
            raise HTTPException(404, "there is nothing at this address")
        return FileResponse(STATIC / "index.html")

    return GuardedApp(app, guard)


def api(shelf: Shelf) -> FastAPI:
    """Build the interface alone.

    Parameters
    ----------
    shelf : Shelf

    Returns
    -------
    FastAPI
    """
    app = FastAPI(title="détente workbench", docs_url=None, redoc_url=None, openapi_url=None)
    _answer_errors(app)
    _add_files(app, shelf)
    _add_questions(app, shelf)
    return app


def _add_files(app: FastAPI, shelf: Shelf) -> None:
    def case_file(case: str) -> dict[str, Any]:
        file = shelf.file(case)
        text, version = shelf.read(file)
        return {
            "id": case,
            "file": shelf.shown(file),
            "text": text,
            "version": version,
            "writable": shelf.writable(file),
        }

    @app.get("/api/cases")
    def cases() -> list[CaseEntry]:
        """List the cases."""
        return [_entry(shelf, key, file) for key, file in shelf.files().items()]

    @app.get("/api/case")
    def case(id: str) -> CaseFile:  # noqa: A002 - its name in the address
        """Read a case file."""
        return CaseFile(**case_file(id))

    @app.get("/api/version")
    def version(id: str) -> Version:  # noqa: A002
        """Tell which version of a case file is on disk."""
        return Version(version=shelf.read(shelf.file(id))[1])

    @app.put("/api/case", responses={409: {"model": Conflicting}})
    def save(request: SaveRequest) -> Version:
        """Save a text over the version of the file that it was made from."""
        file = shelf.file(request.id)
        if not shelf.writable(file):
            raise HTTPException(403, "this case cannot be changed here: download the text instead")
        if looking.look_at(request.text, shelf.shown(file)).model is None:
            raise HTTPException(422, "the text has faults: mend them, then save")
        try:
            return Version(version=save_text(file, request.text, request.version))
        except ChangedOnDiskError as error:
            answer = Conflicting(message=str(error), **case_file(request.id))
            raise _Conflict(answer) from None


def _add_questions(app: FastAPI, shelf: Shelf) -> None:
    def file_of(case: str) -> str:
        return shelf.shown(shelf.file(case))

    @app.post("/api/look")
    def look(request: LookRequest) -> Look:
        """Edit, check and analyse a text."""
        return looking.look(request, file_of(request.id))

    @app.post("/api/query")
    def query(request: QueryRequest) -> Query:
        """Find the states that fulfil a condition."""
        return looking.query(request, file_of(request.id))

    @app.post("/api/graph")
    def graph(request: GraphRequest) -> Graph:
        """Lay out the graph of moves, or the part of it around a state."""
        return graphs.graph(request, file_of(request.id))

    @app.post("/api/state")
    def state(request: StateRequest) -> StateDetails:
        """Say what is done at a state, who leaves it, and why."""
        return state_details(request, file_of(request.id))

    @app.post("/api/settlement")
    def settlement(request: SettlementRequest) -> Settlement:
        """Find who can settle with whom, and whom it depends on."""
        return settling(request, file_of(request.id))

    @app.post("/api/documents")
    def documents(request: TextRequest) -> Documents:
        """Read the texts attached to a case."""
        return read_documents(request.text, shelf.file(request.id), shelf.root)

    @app.post("/api/judge", responses={200: {"model": JudgeEvent}})
    def judge(request: JudgeRequest) -> StreamingResponse:
        """Judge the claims of a text: a line of JSON for each event."""
        events = judging(request.text, file_of(request.id), sweep=request.sweep)
        return StreamingResponse(_lines(events), media_type="application/x-ndjson")


def _lines(events: Iterator[JudgeEvent]) -> Iterator[str]:
    try:
        for event in events:
            yield event.model_dump_json() + "\n"
    except DetenteError as error:
        yield JudgeEvent(message=str(error)).model_dump_json() + "\n"


class _Conflict(Exception):  # noqa: N818 - carried to its answer, not an error of ours
    def __init__(self, answer: Conflicting) -> None:
        super().__init__(answer.message)
        self.answer = answer


def _entry(shelf: Shelf, key: str, file: Path) -> CaseEntry:
    try:
        text, _ = shelf.read(file)
        looked = looking.look_at(text, shelf.shown(file))
    except DetenteError as error:
        return CaseEntry(id=key, title=key, file=shelf.shown(file), trouble=str(error))
    title = looked.model.case.title if looked.model else key
    trouble = "" if looked.model else str(looked.problems[0])
    return CaseEntry(id=key, title=title, file=shelf.shown(file), trouble=trouble)


def _answer_errors(app: FastAPI) -> None:
    """Answer every error as JSON with a message that can be shown."""

    @app.exception_handler(_Conflict)
    def _(_: Request, error: _Conflict) -> JSONResponse:
        return JSONResponse(error.answer.model_dump(), status_code=409)

    @app.exception_handler(DetenteError)
    def _(_: Request, error: DetenteError) -> JSONResponse:
        status = 404 if isinstance(error, NoSuchCaseError) else 400
        status = 422 if isinstance(error, EditError) else status
        return JSONResponse({"message": str(error)}, status_code=status)

    @app.exception_handler(HTTPException)
    def _(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"message": str(error.detail)}, status_code=error.status_code)

    @app.exception_handler(RequestValidationError)
    def _(_: Request, error: RequestValidationError) -> JSONResponse:
        faults = [f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors()[:5]]
        return JSONResponse({"message": "; ".join(faults)}, status_code=422)
