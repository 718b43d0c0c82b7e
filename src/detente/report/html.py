"""A report as one HTML page that needs nothing else."""

from __future__ import annotations

import re
from typing import Any

from detente.figures.svg import clean
from detente.report.blocks import Document

__all__ = ["anchored", "html"]


def html(document: Document) -> str:
    """Set a report as a page: styles and figures inside, no script, no outside reference.

    Parameters
    ----------
    document : Document
        See `build`.

    Returns
    -------
    str
        The page. It prints well on A4 and on letter paper, and reads on a phone.

    Notes
    -----
    Every text is escaped where it is put in; a content security policy forbids scripts and outside
    references on top of that.

    Examples
    --------
    >>> html(Document("A & B", "", "", ())).splitlines()[0]
    '<!doctype html>'
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("detente.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters["kind"] = lambda thing: type(thing).__name__
    environment.filters["anchor"] = anchored
    # The one thing put in unescaped: figures, which the writer of SVG has escaped.
    environment.filters["picture"] = lambda figure: Markup(figure.svg)  # noqa: S704
    page: str = environment.get_template("report.html.jinja").render(document=document)
    return page


def _finalize(value: Any) -> Any:  # noqa: ANN401 - whatever a template puts out
    return clean(value) if type(value) is str else value


def anchored(text: str) -> str:
    """Make an id that is safe in an attribute and in an address."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text)
