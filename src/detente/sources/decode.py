"""From bytes to text, without losing a character and within bounds."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from detente.sources.document import SourceError

__all__ = ["Limits", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a source may be; an article is far below, so more is a mistake or an attack."""

    raw_bytes: int = 8_000_000
    characters: int = 1_000_000
    annotated: int = 300_000
    blocks: int = 120_000
    pages: int = 300


def decode(raw: bytes, limits: Limits) -> tuple[str, str, tuple[str, ...]]:
    r"""Decode a source.

    Parameters
    ----------
    raw : bytes
        The source as it was given.
    limits : Limits
        What is refused.

    Returns
    -------
    text, encoding, warnings : str, str, tuple of str
        The text, the encoding used, and what a reader should know of damage.

    Raises
    ------
    SourceError
        If the source is too large or is not text.

    Examples
    --------
    >>> decode(b"caf\xc3\xa9", Limits())
    ('café', 'utf-8', ())
    >>> decode(b"caf\xe9", Limits())[:2]
    ('café', 'cp1252')
    """
    if len(raw) > limits.raw_bytes:
        raise SourceError(
            f"the source has {len(raw):,} bytes; at most {limits.raw_bytes:,} are read: "
            "cut it down to the article"
        )
    text, encoding, warnings = _decode(raw)
    return text, encoding, warnings


def _decode(raw: bytes) -> tuple[str, str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decode_as(raw, encoding)
    if raw.count(0) * 3 > len(raw) and len(raw) % 2 == 0:
        return _decode_as(raw, "utf-16-be" if raw[:1] == b"\0" else "utf-16-le")
    if raw.count(0) * 10 > len(raw):
        raise SourceError("the source is not text (many null bytes): give text, HTML or PDF")
    try:
        return raw.decode("utf-8"), "utf-8", _null_warning(raw)
    except UnicodeDecodeError as error:
        broken = raw.decode("utf-8", "replace")
        lost = broken.count("\ufffd")
        multibyte = sum(character > "\x7f" for character in broken) - lost
        if multibyte > lost:
            where = f"{lost} damaged characters, first at byte {error.start}"
            return broken, "utf-8", (f"{where}: shown as \ufffd, the bytes are kept",)
    try:
        text, encoding = raw.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        text, encoding = raw.decode("latin-1"), "latin-1"
    return text, encoding, (f"not UTF-8; read as {encoding}", *_null_warning(raw))


def _decode_as(raw: bytes, encoding: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        return raw.decode(encoding), encoding, ()
    except UnicodeDecodeError as error:
        text = raw.decode(encoding, "replace")
        return text, encoding, (f"damaged {encoding} at byte {error.start}; shown as \ufffd",)


def _null_warning(raw: bytes) -> tuple[str, ...]:
    return ("the source holds null bytes; they are kept",) if b"\0" in raw else ()
