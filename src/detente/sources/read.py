"""Reading: from bytes to a document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detente.sources.annotate import annotate
from detente.sources.decode import Limits, decode
from detente.sources.document import Document, Piece, SourceError
from detente.sources.layout import Line, plain_lines
from detente.sources.metadata import find_metadata
from detente.sources.roles import build_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ReadOptions", "read", "read_text"]

_SUFFIXES = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown",
    ".markdown": "text/markdown", ".html": "text/html", ".htm": "text/html",
    ".xhtml": "text/html", ".pdf": "application/pdf",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: the form of the source (guessed if empty), the engine and the limits."""

    media_type: str = ""
    engine: str = "rules"
    limits: Limits = Limits()  # noqa: RUF009


def read_text(text: str) -> Document:
    r"""Read plain text that is already in memory; see `read`.

    Examples
    --------
    >>> read_text("Talks fail\n\nThey met. They left.").blocks[1].id
    'p01'
    """
    return read(text.encode("utf-8", "surrogatepass"), options=ReadOptions("text/plain"))


def read(raw: bytes, name: str = "", options: ReadOptions | None = None) -> Document:
    r"""Read a source.

    Parameters
    ----------
    raw : bytes
        The source as it was given; kept unchanged.
    name : str, optional
        File name or address, for the suffix.
    options : ReadOptions, optional
        Form, engine, limits.

    Returns
    -------
    Document
        Blocks, metadata and annotations.

    Raises
    ------
    SourceError
        If the source is too large, damaged or not text, or an extra is missing.

    Examples
    --------
    >>> document = read(b"Talks fail\n\nMr Low said the dam would be built.")
    >>> [block.id for block in document.blocks]
    ['headline', 'p01']
    """
    options = options or ReadOptions()
    media_type = options.media_type or guess_type(raw, name)
    document = _READERS[media_type](raw, options.limits)
    if len(document.text) > options.limits.annotated:
        note = f"more than {options.limits.annotated:,} characters: read, but not annotated"
        return replace(document, warnings=(*document.warnings, note))
    return annotate(document, options.engine)


def guess_type(raw: bytes, name: str) -> str:
    """Tell the form of a source from its first bytes and the suffix of its name."""
    head = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf-"):
        return "application/pdf"
    if head.startswith((b"<!doctype html", b"<html")) or b"<body" in head or b"<head" in head:
        return "text/html"
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    return _SUFFIXES.get(suffix, "text/plain")


def _read_plain(raw: bytes, limits: Limits) -> Document:
    text, encoding, warnings = decode(raw, limits)
    whole = (Piece(0, len(text), 0, len(text)),)
    return assemble(
        Document(raw, encoding, "text/plain", text, text, whole, (), warnings=warnings),
        plain_lines(text),
        limits,
    )


def assemble(document: Document, lines: Sequence[Line], limits: Limits) -> Document:
    """Give a document its blocks and the metadata that its text shows."""
    if not lines:
        raise SourceError("the source holds no text")
    if len(document.text) > limits.characters:
        raise SourceError(
            f"the source has {len(document.text):,} characters of text; at most "
            f"{limits.characters:,} are read: cut it down to the article"
        )
    blocks = build_blocks(document.text, lines, limits)
    return replace(document, blocks=blocks, metadata=find_metadata(document.text, blocks))


def _read_html(raw: bytes, limits: Limits) -> Document:
    from detente.sources.html import page_text
    from detente.sources.page_metadata import with_page_metadata

    source, encoding, warnings = decode(raw, limits)
    page = page_text(source)
    blank = Document(
        raw, encoding, "text/html", source, page.text, page.pieces, (), warnings=warnings
    )
    document = assemble(blank, page.lines, limits)
    metadata = with_page_metadata(document.metadata, page.meta, page.scripts)
    return replace(document, metadata=metadata)


def _read_markdown(raw: bytes, limits: Limits) -> Document:
    from detente.sources.markdown import markdown_text
    from detente.sources.page_metadata import with_page_metadata

    source, encoding, warnings = decode(raw, limits)
    page = markdown_text(source)
    blank = Document(
        raw, encoding, "text/markdown", source, page.text, page.pieces, (), warnings=warnings
    )
    document = assemble(blank, page.lines, limits)
    return replace(document, metadata=with_page_metadata(document.metadata, page.meta, ()))


def _read_pdf(raw: bytes, limits: Limits) -> Document:
    from detente.sources.pdf import pdf_lines, pdf_text

    text = pdf_text(raw, limits)
    whole = (Piece(0, len(text), 0, len(text)),)
    blank = Document(raw, "text layer", "application/pdf", text, text, whole, ())
    return assemble(blank, pdf_lines(text), limits)


_READERS = {
    "text/plain": _read_plain,
    "text/html": _read_html,
    "text/markdown": _read_markdown,
    "application/pdf": _read_pdf,
}
