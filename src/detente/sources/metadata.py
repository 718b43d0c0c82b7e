"""Metadata: what the page says of itself; the rest is inferred with a reason, or absent."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from detente.sources.document import Field, Metadata, Role, Status
from detente.sources.fold import fold
from detente.sources.genre import genre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.sources.document import Block

__all__ = ["find_metadata", "language"]

_STOPWORDS = {
    "en": "the and of to in that is was for with has not by on are have it as but",
    "de": "der die und das ist nicht ein mit den von zu auf für sich dem im",
    "fr": "le la les des et est une dans que pour pas sur avec qui du au",
    "es": "el la los las que del una con por para no es en se su al",
    "it": "il la che di non per una con sono del della gli le è si",
    "nl": "de het een van en dat niet met zijn voor op aan ook is er",
    "pt": "o a os as que não uma com para dos das em por é se",
}
_SCRIPTS = (("ru", "\u0400", "\u04ff"), ("ar", "\u0600", "\u06ff"), ("he", "\u0590", "\u05ff"),
            ("zh", "\u4e00", "\u9fff"), ("el", "\u0370", "\u03ff"))  # fmt: skip
_DATELINE = re.compile(
    r"[A-Z][A-Z .'/-]{2,40}(?:,[^(—–]{2,30})?\s*\((?P<agency>[A-Z][^)]{1,30})\)\s*[—–-]"
)


def language(text: str) -> Field:
    """Guess the language from its commonest words, or from its script.

    Examples
    --------
    >>> language("The talks were not a failure, and the two sides will meet in May.").value
    'en'
    >>> language("Hm.").status
    <Status.ABSENT: 'absent'>
    """
    sample = text[:6000].lower()
    for name, low, high in _SCRIPTS:
        if len(re.findall(f"[{low}-{high}]", sample)) * 4 > len(sample):
            return Field(name, Status.INFERRED, because="script")
    counts = Counter(re.findall(r"\w+", sample))
    scores = {
        name: sum(counts[word] for word in words.split()) for name, words in _STOPWORDS.items()
    }
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < 3:
        return Field()
    return Field(best, Status.INFERRED, because="commonest words")


def find_metadata(text: str, blocks: Sequence[Block]) -> Metadata:
    """Collect the metadata that the text itself shows.

    Parameters
    ----------
    text : str
        The text of the page.
    blocks : sequence of Block
        Its blocks.

    Returns
    -------
    Metadata
        Every field stated, inferred or absent.

    Notes
    -----
    Facts in teaser cards belong to other documents and are never used.
    """
    named = {block.role: block for block in reversed(blocks) if block.is_text}
    body = " ".join(text[block.start : block.end] for block in blocks if block.is_text)
    outlet, republisher = _outlets(text, blocks)
    return Metadata(
        title=_whole(text, named.get(Role.HEADLINE)),
        standfirst=_whole(text, named.get(Role.DECK)),
        author=_value(blocks, ("byline", "time"), "author"),
        outlet=outlet,
        republisher=republisher,
        published=_published(blocks),
        kind=genre(text, blocks),
        language=language(body),
        comments=_count(blocks, "comments"),
        views=_count(blocks, "views"),
    )


def _whole(text: str, block: Block | None) -> Field:
    if block is None:
        return Field()
    value = " ".join(text[block.start : block.end].split())
    return Field(value, Status.STATED, block.start, block.end, block.rule)


def _value(blocks: Sequence[Block], kinds: tuple[str, ...], name: str) -> Field:
    for block in blocks:
        if block.kind in kinds and block.value(name) is not None:
            value = str(block.value(name))
            return Field(value, Status.STATED, block.start, block.end, block.kind)
    return Field()


def _published(blocks: Sequence[Block]) -> Field:
    times = [block for block in blocks if block.kind == "time" and block.value("time")]
    first = [
        b for b in times if not re.match(r"updated|modified|last", str(b.value("label") or ""))
    ]
    for block in first or times:
        because = str(block.value("label") or "date line")
        return Field(str(block.value("time")), Status.STATED, block.start, block.end, because)
    return Field()


def _count(blocks: Sequence[Block], name: str) -> Field:
    for block in blocks:
        if block.kind == "counts" and (value := block.value(name)) is not None:
            return Field(str(value), Status.INFERRED, block.start, block.end, "counts by the date")
    return Field()


def _outlets(text: str, blocks: Sequence[Block]) -> tuple[Field, Field]:
    """Who published it, and who published it again (the masthead, when a source is named)."""
    masthead = _value(blocks, ("masthead",), "outlet")
    source = _value(blocks, ("source",), "outlet")
    if source.value:
        return source, masthead
    for block in blocks:
        if block.role is Role.BODY:
            if match := _DATELINE.match(fold(text[block.start : block.end])):
                at = block.start + match.start("agency"), block.start + match.end("agency")
                return Field(match["agency"], Status.STATED, *at, "dateline"), masthead
            break
    if masthead.value:
        return masthead, Field()
    for block in blocks:
        if block.kind == "legal":
            line = " ".join(text[block.start : block.end].split())
            match = re.search(r"(?:©|\(c\)|"
                              r"copyright)\s*(?:©\s*)?(?:\d{4}(?:[-–]\d{4})?)?\s*([^.|]{2,50})",
                              line, re.IGNORECASE)  # fmt: skip
            if match:
                value = re.sub(r"\s*\d{4}$", "", match[1]).strip(" ,")
                return Field(value, Status.INFERRED, block.start, block.end, "copyright"), Field()
    return Field(), Field()
