"""What the workbench can hand over: it is given these makers, and knows no room beside its own."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from detente.report import Document
    from detente.web import Makers, Order, Product

__all__ = ["makers"]

_READINGS = 1 << 12
"""Up to so many readings a document is made from all of them: it has to be quick."""

_MADE = (1980, 1, 1, 0, 0, 0)
"""The date of files in an archive, so that the same report gives the same bytes."""


def makers() -> Makers:
    """Give everything that makes documents, by the names of what is made."""
    return {
        "report.html": _page,
        "report.md": _markdown,
        "results.json": _results,
        "verdicts.json": _verdicts,
    }


def _report(order: Order) -> Document:
    from detente import report

    options = report.Options(limit=_READINGS, reading=order.reading)
    digest = hashlib.sha256(order.text.encode()).hexdigest()
    attached = report.Attachments(sha256=digest, texts=order.texts)
    return report.build(order.case, options, attached)


def _page(order: Order) -> Product:
    from detente.report import html
    from detente.web import Product

    return Product("report.html", "text/html; charset=utf-8", html(_report(order)).encode())


def _markdown(order: Order) -> Product:
    """Set the report as Markdown, packed together with its figures."""
    from detente.report import markdown
    from detente.web import Product

    text, figures = markdown(_report(order), "report-figures")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("report.md", _MADE), text, zipfile.ZIP_DEFLATED)
        for name, svg in figures.items():
            inside = zipfile.ZipInfo(f"report-figures/{name}", _MADE)
            archive.writestr(inside, svg, zipfile.ZIP_DEFLATED)
    return Product("report-markdown.zip", "application/zip", packed.getvalue())


def _results(order: Order) -> Product:
    from detente.cli.analyze import record
    from detente.stability import analyze

    model = order.case.model()
    everywhere = np.ones(model.conflict.n_states, dtype=bool)
    return _json("results.json", record(model, analyze(model.conflict), everywhere))


def _verdicts(order: Order) -> Product:
    from detente.claims import Options, check
    from detente.cli.verdicts import record

    return _json("verdicts.json", record(check(order.case, Options(limit=_READINGS))))


def _json(ending: str, record: object) -> Product:
    from detente.web import Product

    text = json.dumps(record, indent=1, ensure_ascii=False)
    return Product(ending, "application/json", f"{text}\n".encode())
