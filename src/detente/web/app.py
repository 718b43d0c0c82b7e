"""The server: a few questions about a text, and reading and saving case files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.requests import Request
from starlette.types import ASGIApp

from detente.case import ChangedOnDiskError, EditError, Rejection, reject, save_text
from detente.case.rejections import rejections_file
from detente.errors import DetenteError
from detente.web import citing, looking
from detente.web import graph as graphs
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
from detente.web.documents import Beside
from detente.web.documents import documents as read_documents
from detente.web.editor import Look, LookRequest
from detente.web.findings import (
    Graph,
    GraphRequest,
    Settlement,
    SettlementRequest,
    StateDetails,
    StateRequest,
    Written,
)
from detente.web.guard import Guard, GuardedApp
from detente.web.handing import Makers
from detente.web.judging import as_written
from detente.web.long_work import add_long_work
from detente.web.passages import (
    Anchors,
    Documents,
    Quoted,
    QuoteRequest,
    Rejected,
    Rejections,
    RejectRequest,
)
from detente.web.settling import settlement as settling
from detente.web.shelf import NoSuchCaseError, Shelf
from detente.web.workshop import LIMITS, BusyError, Limits, Workshop

__all__ = ["api", "create_app"]

STATIC = Path(__file__).parent / "static"


def create_app(
    shelf: Shelf, guard: Guard, makers: Makers | None = None, limits: Limits = LIMITS
) -> ASGIApp:
    """Build the whole application: the interface, the front end, and the guard before both.

    Parameters
    ----------
    shelf : Shelf
        The cases offered.
    guard : Guard
        What is let through.
    makers : mapping of str to callable, optional
        What makes the documents that can be handed over, besides figures.
    limits : Limits
        How much long work is taken on.

    Returns
    -------
    ASGIApp
    """
    app = api(shelf, makers, limits)
    app.mount("/assets", StaticFiles(directory=STATIC / "assets", check_dir=False))

    @app.get("/{path:path}", include_in_schema=False, response_model=None)
    def page(path: str) -> FileResponse:
        """Answer every address of the front end with its one page."""
        if path.startswith(("api/", "assets/")):
            raise HTTPException(404, "there is nothing at this address")
        return FileResponse(STATIC / "index.html")

    return GuardedApp(app, guard)


def api(shelf: Shelf, makers: Makers | None = None, limits: Limits = LIMITS) -> FastAPI:
    """Build the interface alone.

    Parameters
    ----------
    shelf, makers, limits
        As for `create_app`.

    Returns
    -------
    FastAPI
    """
    app = FastAPI(title="détente workbench", docs_url=None, redoc_url=None, openapi_url=None)
    _answer_errors(app)
    _add_files(app, shelf)
    _add_questions(app, shelf)
    _add_sources(app, shelf)
    add_long_work(app, shelf, makers or {}, Workshop(limits))
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

    @app.post("/api/claims")
    def claims(request: TextRequest) -> Written:
        """Judge the claims in one reading, with all that is still open as written."""
        return as_written(request, file_of(request.id))

    @app.post("/api/settlement")
    def settlement(request: SettlementRequest) -> Settlement:
        """Find who can settle with whom, and whom it depends on."""
        return settling(request, file_of(request.id))


def _add_sources(app: FastAPI, shelf: Shelf) -> None:
    def beside(request: TextRequest) -> Beside:
        return Beside(request.text, shelf.file(request.id), shelf.root)

    @app.post("/api/documents")
    def documents(request: TextRequest) -> Documents:
        """Read the texts attached to a case."""
        return read_documents(beside(request))

    @app.post("/api/anchors")
    def anchors(request: TextRequest) -> Anchors:
        """Look up where the citations of a text lead."""
        return citing.anchors(beside(request))

    @app.post("/api/quote")
    def quote(request: QuoteRequest) -> Quoted:
        """Cite words that were chosen in a source's text."""
        return citing.quoted(request, beside(request))

    @app.put("/api/rejected")
    def rejected(request: RejectRequest) -> Rejections:
        """Turn a suggestion down for everybody, or take that back."""
        file = shelf.file(request.id)
        if not shelf.writable(file):
            raise HTTPException(403, "this case cannot be changed here")
        shelf.confine(rejections_file(file))
        one = Rejection(request.source, request.kind, request.name, request.actor)
        found = reject(file, one, rejected=request.rejected)
        return Rejections(rejected=[Rejected(**asdict(one)) for one in found])


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
    shown = shelf.shown(file)
    if looked.model is None:
        return CaseEntry(id=key, title=key, file=shown, trouble=str(looked.problems[0]))
    case = looked.model.case
    return CaseEntry(id=key, title=case.title, file=shown, question=case.question)


def _answer_errors(app: FastAPI) -> None:
    """Answer every error as JSON with a message that can be shown."""

    @app.exception_handler(_Conflict)
    def _(_: Request, error: _Conflict) -> JSONResponse:
        return JSONResponse(error.answer.model_dump(), status_code=409)

    @app.exception_handler(DetenteError)
    def _(_: Request, error: DetenteError) -> JSONResponse:
        status = 404 if isinstance(error, NoSuchCaseError) else 400
        status = 422 if isinstance(error, EditError) else status
        status = 429 if isinstance(error, BusyError) else status
        return JSONResponse({"message": str(error)}, status_code=status)

    @app.exception_handler(HTTPException)
    def _(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"message": str(error.detail)}, status_code=error.status_code)

    @app.exception_handler(RequestValidationError)
    def _(_: Request, error: RequestValidationError) -> JSONResponse:
        faults = [f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors()[:5]]
        return JSONResponse({"message": "; ".join(faults)}, status_code=422)
