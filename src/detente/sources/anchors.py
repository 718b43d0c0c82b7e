"""Citations: a stretch by position *and* by its words, found again when the text changes."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from detente.sources.document import PassageError, normalise, text_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.sources.document import Document

__all__ = ["Anchor", "Citation", "check", "cite", "cite_passage", "resolve"]

_CONTEXT = 32
_NEAR = 0.78
_MAX_FUZZY = 2_000


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited stretch: its document, locator, offsets, words with context, and their hash.

    The words may be empty: then the hash alone tells whether a passage is still the one cited, so
    that a case can cite a text that it must not carry.
    """

    document: str
    locator: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a citation stands now: ``exact``, ``moved``, ``changed``, or ``orphan``.

    ``changed`` has words that are alike but not the same, with a score below 1; an orphan has no
    place and must be shown to a person.
    """

    state: str
    start: int = 0
    end: int = 0
    locator: str = ""
    score: float = 0.0


def cite(document: Document, start: int, end: int) -> Citation:
    r"""Cite a stretch of a document.

    Parameters
    ----------
    document : Document
        The document.
    start, end : int
        Offsets in its text, end exclusive.

    Returns
    -------
    Citation
        With position and quotation, always both.

    Raises
    ------
    PassageError
        If the span is empty or lies outside the text.

    Examples
    --------
    >>> from detente.sources import read_text
    >>> document = read_text("Talks\n\nThey met at noon. They left.")
    >>> citation = cite(document, 7, 24)
    >>> citation.locator, citation.exact, citation.suffix
    ('p01.s1', 'They met at noon.', ' They left.')
    """
    if not 0 <= start < end <= len(document.text):
        length = len(document.text)
        raise PassageError(f"no text between {start} and {end}; the text has 0 to {length}")
    text = document.text
    return Citation(
        document.id, document.sentence_at(start), start, end, text[start:end],
        text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT],
        text_hash(text[start:end]),
    )  # fmt: skip


def cite_passage(document: Document, locator: str, *, words: bool = True) -> Citation:
    r"""Cite a passage by its locator; without its words if the text must not be carried.

    Examples
    --------
    >>> from detente.sources import read_text
    >>> document = read_text("Talks\n\nThey met at noon. They left.")
    >>> cite_passage(document, "p01.s2", words=False).exact
    ''
    """
    passage = document.passage(locator)
    full = cite(document, passage.start, passage.end)
    if words:
        return Citation(full.document, passage.id, *_fields(full))
    return Citation(full.document, passage.id, full.start, full.end, "", "", "", passage.hash)


def _fields(citation: Citation) -> tuple[int, int, str, str, str, str]:
    return (citation.start, citation.end, citation.exact, citation.prefix, citation.suffix,
            citation.hash)  # fmt: skip


def resolve(document: Document, citation: Citation) -> Anchor:
    r"""Find a citation in a document, which may have changed since.

    Parameters
    ----------
    document : Document
        The text as it is now.
    citation : Citation
        The citation as it was made.

    Returns
    -------
    Anchor
        Its state and place.

    Notes
    -----
    Tried in this order, as annotation tools do: the same words at the same place; the same words
    elsewhere, nearest to the old place and with the most alike context; the passage with the same
    hash; a stretch of words alike by at least 0.78 (ratio of Ratcliff and Obershelp, 1988); else
    an orphan. The last search is bounded to quotations of 2,000 characters.

    Examples
    --------
    >>> from detente.sources import read_text
    >>> old = read_text("Talks\n\nThey met at noon. They left.")
    >>> new = read_text("Talks\n\nIt rained. They met at noon. Nobody spoke.")
    >>> citation = cite(old, 7, 24)
    >>> resolve(new, citation).state, resolve(new, citation).locator
    ('moved', 'p01.s2')
    >>> resolve(read_text("Weather\n\nIt rained all day."), citation).state
    'orphan'
    """
    if not citation.exact:
        return _by_hash(document, citation)
    text, start, end = document.text, citation.start, citation.end
    if text[start:end] == citation.exact:
        return Anchor("exact", start, end, document.sentence_at(start), 1.0)
    places = list(_occurrences(text, citation.exact))
    if places:
        best = max(places, key=lambda at: _context(text, at, citation))
        last = best + len(citation.exact)
        return Anchor("moved", best, last, document.sentence_at(best), 1.0)
    same = _by_hash(document, citation)
    return same if same.state != "orphan" else _fuzzy(document, citation)


def check(document: Document, locator: str, expected: str) -> Anchor:
    """Check a citation made by hand: a locator and the hash of its words.

    Parameters
    ----------
    document : Document
        The text.
    locator : str
        As cited, such as ``p07.s2``.
    expected : str
        The hash recorded with it.

    Returns
    -------
    Anchor
        ``exact``, ``moved`` (the same words under another locator), ``changed`` (the locator is
        there, with other words) or ``orphan``.
    """
    citation = Citation(document.id, locator, 0, 0, "", "", "", expected)
    found = _by_hash(document, citation)
    if found.state != "orphan":
        return found
    try:
        passage = document.passage(locator)
    except PassageError:
        return Anchor("orphan")
    return Anchor("changed", passage.start, passage.end, passage.id, 0.0)


def _by_hash(document: Document, citation: Citation) -> Anchor:
    same = [p for p in document.passages() if p.hash == citation.hash]
    if not same:
        return Anchor("orphan")
    best = next((p for p in same if p.id == citation.locator), same[0])
    state = "exact" if best.id == citation.locator else "moved"
    return Anchor(state, best.start, best.end, best.id, 1.0)


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    for _ in range(1_000):
        if at < 0:
            return
        yield at
        at = text.find(words, at + 1)


def _context(text: str, at: int, citation: Citation) -> tuple[float, int]:
    before = text[max(0, at - _CONTEXT) : at]
    end = at + len(citation.exact)
    after = text[end : end + _CONTEXT]
    alike = _ratio(before, citation.prefix) + _ratio(after, citation.suffix)
    return round(alike, 3), -abs(at - citation.start)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _fuzzy(document: Document, citation: Citation) -> Anchor:
    wanted = normalise(citation.exact)
    if len(wanted) > _MAX_FUZZY:
        return Anchor("orphan")
    best, score = None, 0.0
    words = set(wanted.lower().split())
    for passage in document.passages():
        shared = len(words & set(normalise(passage.text).lower().split()))
        if shared * 2 < len(words) or len(passage.text) > 3 * len(wanted) + 40:
            continue
        ratio = _ratio(normalise(passage.text), wanted)
        if ratio > score:
            best, score = passage, ratio
    if best is None or score < _NEAR:
        return Anchor("orphan", score=round(score, 2))
    return Anchor("changed", best.start, best.end, best.id, round(score, 2))
