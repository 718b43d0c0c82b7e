"""Questions that take their time: sweeps, told of step by step, and documents to hand over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

from fastapi import FastAPI, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from detente.errors import DetenteError
from detente.web import handing
from detente.web.documents import Beside
from detente.web.findings import JudgeEvent, JudgeRequest, OrderRequest
from detente.web.handing import Makers
from detente.web.judging import judge as judging
from detente.web.shelf import Shelf
from detente.web.workshop import Workshop

__all__ = ["add_long_work"]


def add_long_work(app: FastAPI, shelf: Shelf, makers: Makers, workshop: Workshop) -> None:
    """Add the questions whose answers take long.

    Parameters
    ----------
    app : FastAPI
    shelf : Shelf
    makers : mapping of str to callable
    workshop : Workshop
    """

    def file_of(case: str) -> str:
        return shelf.shown(shelf.file(case))

    @app.post("/api/judge", responses={200: {"model": JudgeEvent}})
    async def judge(request: JudgeRequest) -> StreamingResponse:
        """Judge the claims of a text: a line of JSON for each event."""
        file = await run_in_threadpool(file_of, request.id)
        events = judging(request, file, workshop.limits)
        place = ExitStack()
        if request.sweep:
            place.enter_context(workshop.place())
        return _Lines(events, workshop, place)

    @app.get("/api/offers")
    def offered() -> list[str]:
        """List what can be handed over."""
        return handing.offers(makers)

    @app.post("/api/order")
    async def order(request: OrderRequest) -> Response:
        """Make a document of a text, to be downloaded."""
        path = await run_in_threadpool(shelf.file, request.id)
        beside = Beside(request.text, path, shelf.root)
        file = shelf.shown(path)
        with workshop.place():
            made = await workshop.step(lambda: handing.make(request, file, beside, makers))
        name = handing.download_name(request.id, made.ending)
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(made.contents, media_type=made.media_type, headers=headers)


class _Lines(StreamingResponse):
    """Events as lines of JSON; the work ends, and its place is free again, with the answer."""

    def __init__(self, events: Iterator[JudgeEvent], workshop: Workshop, place: ExitStack) -> None:
        self._events, self._workshop, self._place = events, workshop, place
        super().__init__(self._lines(), media_type="application/x-ndjson")

    async def _lines(self) -> AsyncIterator[str]:
        try:
            while event := await self._workshop.step(lambda: next(self._events, None)):
                yield event.model_dump_json() + "\n"
        except DetenteError as error:
            yield JudgeEvent(message=str(error)).model_dump_json() + "\n"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._place:
            await super().__call__(scope, receive, send)
