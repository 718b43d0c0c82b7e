"""What can be handed over: figures, and whatever the program that runs the server can make."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from detente.case import Case, loads
from detente.case.evidence import Texts
from detente.errors import DetenteError
from detente.figures import KINDS, Drawing, draw
from detente.web.documents import Beside
from detente.web.findings import OrderRequest
from detente.web.looking import looked
from detente.web.supposing import as_read

__all__ = ["Makers", "Order", "Product", "download_name", "make", "offers"]

_READINGS = 1 << 12
_FORMS = {"svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Order:
    """What a document is made of.

    Parameters
    ----------
    case : Case
        As the reading that was asked about has it.
    text : str
        The text of the case, which need not have been saved.
    reading : str
        Id of the reading; empty for the case as written, with all its readings.
    texts : Texts, optional
        Those of its sources that lie beside it.
    """

    case: Case
    text: str
    reading: str = ""
    texts: Texts | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """A file to be handed over: how its name ends, what it is, and what it holds."""

    ending: str
    media_type: str
    contents: bytes


Makers = Mapping[str, Callable[[Order], Product]]
"""What makes documents, by their names. The server is given them: it knows no other room that does.
"""


def offers(makers: Makers) -> list[str]:
    """List everything that can be ordered.

    Examples
    --------
    >>> offers({"report.html": lambda order: Product("report.html", "text/html", b"")})[:3]
    ['report.html', 'graph.svg', 'graph.png']
    """
    return [*makers, *(f"{kind}.{form}" for kind in KINDS for form in _FORMS)]


def make(request: OrderRequest, file: str, beside: Beside, makers: Makers) -> Product:
    """Make what was ordered.

    Parameters
    ----------
    request : OrderRequest
    file : str
        The case file's name as it is shown.
    beside : Beside
        The text, and where the texts lie that it cites.
    makers : mapping of str to callable
        What can be made apart from figures.

    Returns
    -------
    Product

    Raises
    ------
    DetenteError
        If the text is not sound, a source's text cannot be read, or nothing of that name is made.
    """
    if request.what not in offers(makers):
        raise DetenteError(f"“{request.what[:80]}” is not made here")
    if looked(request, file).model is None:
        raise DetenteError("the text has faults: mend them first")
    case = as_read(loads(request.text, file), request.reading, request.answers)
    if request.what in makers:
        _, texts = beside.read()
        return makers[request.what](Order(case, request.text, request.reading, texts))
    kind, _, form = request.what.partition(".")
    figure = draw(case, Drawing(kind, claim=request.claim, readings=_READINGS))
    picture = figure.png(2.0) if form == "png" else f"{figure.svg}\n".encode()
    return Product(request.what, _FORMS[form], picture)


def download_name(case: str, ending: str) -> str:
    r"""Name a file to be downloaded, in characters that are safe in a header and on any disk.

    Examples
    --------
    >>> download_name("talks/us-russia", "report.html")
    'talks-us-russia-report.html'
    >>> download_name('..\r\nset-cookie: a="b"', "graph.svg")
    'set-cookie-a-b-graph.svg'
    """
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", case).strip("-")[:80]
    return f"{plain or 'case'}-{ending}"
