"""PDF: the text layer of each page, within bounds; nothing in the file is executed."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from detente.sources.document import SourceError
from detente.sources.layout import plain_lines

if TYPE_CHECKING:
    from detente.sources.decode import Limits
    from detente.sources.layout import Line

__all__ = ["pdf_lines", "pdf_text"]


def pdf_text(raw: bytes, limits: Limits) -> str:
    """Extract the text of a PDF, pages divided by form feeds.

    Parameters
    ----------
    raw : bytes
        The file.
    limits : Limits
        How many pages and characters are read.

    Returns
    -------
    str
        The text layer; a scan has none and is refused.

    Raises
    ------
    SourceError
        If the file is damaged, encrypted, too large, has no text, or the extra is missing.
    """
    if len(raw) > limits.raw_bytes:
        raise SourceError(f"the PDF has {len(raw):,} bytes; at most {limits.raw_bytes:,} are read")
    try:
        pypdf = import_module("pypdf")
    except ImportError as error:
        raise SourceError(
            "reading PDF needs the extra 'read': pip install 'detente[read]'"
        ) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw), strict=False)
        if len(reader.pages) > limits.pages:
            raise SourceError(
                f"the PDF has {len(reader.pages)} pages; at most {limits.pages} are read"
            )
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > limits.characters:
                raise SourceError(f"the PDF holds more than {limits.characters:,} characters")
    except SourceError:
        raise
    except Exception as error:
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise SourceError(f"the PDF cannot be read ({reason}): save its text") from error
    text = "\n\f".join(pages).encode("utf-8", "replace").decode("utf-8")
    if not text.strip():
        raise SourceError("the PDF holds no text (a scan?): recognise its characters first")
    return text


def pdf_lines(text: str) -> list[Line]:
    """Cut the text into paragraphs; a line that heads or ends three pages or more is furniture."""
    edges: Counter[str] = Counter()
    for page in text.split("\f"):
        lines = [line.strip() for line in page.split("\n") if line.strip()]
        edges.update({_key(line) for line in [*lines[:2], *lines[-2:]]})
    running = {key for key, number in edges.items() if number >= 3 and key}
    return [
        replace(line, hint="running head") if _key(text[line.start : line.end]) in running else line
        for line in plain_lines(text)
    ]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))
