"""Citations of a case in the texts beside it: where each leads, and how to cite chosen words."""

from __future__ import annotations

from typing import Any, cast

from detente.case.evidence import check_citations
from detente.errors import DetenteError
from detente.sources import Anchor, Document, Quote, find_quote, quote_of
from detente.web.contract import Cited
from detente.web.documents import Beside
from detente.web.passages import Anchored, Anchors, Quoted, QuoteRequest

__all__ = ["anchors", "quoted"]


def anchors(beside: Beside) -> Anchors:
    """Look up every citation of a case in the texts beside it, each once.

    Parameters
    ----------
    beside : Beside

    Returns
    -------
    Anchors
        Those whose text is there.

    Raises
    ------
    DetenteError
        As for `Beside.read`.
    """
    found: dict[Cited, Anchored] = {}
    for checked in check_citations(*beside.read()):
        citation, anchor = checked.citation, checked.anchor or Anchor("orphan")
        if checked.state == "no text" or not citation.at:
            continue
        cited = Cited(
            source=citation.source, at=citation.at, quote=citation.quote, after=citation.after
        )
        found[cited] = Anchored(
            **cited.model_dump(),
            state=cast("Any", anchor.state),
            start=anchor.start,
            end=anchor.end,
            locator=anchor.locator,
            message=checked.message,
        )
    return Anchors(anchors=list(found.values()))


def quoted(request: QuoteRequest, beside: Beside) -> Quoted:
    """Cite words that were chosen in a text: by their place, or as they were typed.

    Parameters
    ----------
    request : QuoteRequest
    beside : Beside

    Returns
    -------
    Quoted

    Raises
    ------
    DetenteError
        If the text is not there, or does not hold the words.
    """
    document = beside.read()[1].documents.get(request.source)
    if document is None:
        raise DetenteError(f"the text of {request.source} is not beside the case")
    start, end = request.start, request.end
    if request.words:
        typed = find_quote(document, Quote(request.at, request.words))
        if typed.state != "exact":
            raise DetenteError(f"{request.at} does not hold the words “{request.words}”")
        start, end = typed.start, typed.end
    quote = quote_of(document, start, end)
    anchor = find_quote(document, quote) if quote.words else None
    start, end = (anchor.start, anchor.end) if anchor else _span(document, quote.at)
    return Quoted(
        source=request.source,
        at=quote.at,
        quote=quote.words,
        after=quote.after,
        start=start,
        end=end,
        words=document.slice(start, end),
    )


def _span(document: Document, at: str) -> tuple[int, int]:
    passage = document.passage(at)
    return passage.start, passage.end
