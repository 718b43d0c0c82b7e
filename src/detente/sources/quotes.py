"""Quoted words: found in a text exactly, and again when the text around them has changed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from detente.sources.anchors import Anchor
from detente.sources.document import Document, Passage, PassageError

__all__ = ["Quote", "find_quote", "quote_of"]

_PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00ad": ""}
_ELISION = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*")
_LONGEST = 160
_ENDS = 6
_CONTEXT = 40
_NEAR = 0.78
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document as a citation names them.

    Parameters
    ----------
    at : str
        Locator of the passage that they stand in.
    words : str
        The words; a long stretch by its first and last ones, with “…” between. Empty for the
        whole passage.
    after : str
        The words right before them, where the same words stand in the passage more than once.
    """

    at: str
    words: str = ""
    after: str = ""


def find_quote(document: Document, quote: Quote) -> Anchor:
    r"""Find quoted words in a document, which may have changed since.

    Parameters
    ----------
    document : Document
    quote : Quote
        Without a locator the words are looked for in the whole text.

    Returns
    -------
    Anchor
        ``exact``: the words stand in the passage. ``moved``: elsewhere, nearest to it. ``changed``:
        there are words alike by at least 0.78 (ratio of Ratcliff and Obershelp, 1988). Else
        ``orphan``.

    Notes
    -----
    Blanks, capitals and the shapes of quotation marks and dashes make no difference. Where words
    are left out (“first … last”), everything between counts as quoted. If the words stand in the
    passage several times, those that follow `Quote.after` are meant, else the first; whole words
    come before parts of words.

    Examples
    --------
    >>> from detente.sources import read_text
    >>> document = read_text("Talks\n\nThey met at noon. They met again at noon, and left.")
    >>> anchor = find_quote(document, Quote("p01", "at noon", after="met again"))
    >>> document.text[anchor.start:anchor.end], anchor.state, anchor.locator
    ('at noon', 'exact', 'p01.s2')
    >>> find_quote(document, Quote("p01.s1", "again at noon")).state
    'moved'
    """
    passage = _passage(document, quote.at)
    places = list(_occurrences(document.text, quote.words))
    if passage is not None:
        inside = [(a, b) for a, b in places if passage.start <= a and b <= passage.end]
        inside = [place for place in inside if _is_whole(document.text, *place)] or inside
        if inside:
            return _anchor(document, "exact", _after(document.text, inside, quote.after))
    near = passage.start if passage is not None else 0
    if places:
        if not quote.at:
            return _anchor(document, "exact", _after(document.text, places, quote.after))
        best = min(places, key=lambda place: abs(place[0] - near))
        return _anchor(document, "moved", best)
    return _alike(document, quote.words, near)


def quote_of(document: Document, start: int, end: int) -> Quote:
    r"""Name a stretch of a document so that `find_quote` leads to just this stretch.

    Parameters
    ----------
    document : Document
    start, end : int
        Offsets in its text, end exclusive; words cut through are taken whole.

    Returns
    -------
    Quote
        In the smallest passage that holds the stretch.

    Raises
    ------
    PassageError
        If it holds no words, or reaches beyond one block.

    Examples
    --------
    >>> from detente.sources import read_text
    >>> document = read_text("Talks\n\nThey met at noon. They left.")
    >>> quote_of(document, 17, 22)
    Quote(at='p01.s1', words='at noon', after='')
    >>> quote_of(document, 7, 24)
    Quote(at='p01.s1', words='', after='')
    """
    start, end = _whole_words(document.text, start, end)
    passage = _smallest(document, start, end)
    if document.slice(passage.start, passage.end) == document.slice(start, end):
        return Quote(passage.id)
    words = document.slice(start, end)
    several = words.split()
    kept = _ENDS if len(words) > _LONGEST else len(several)
    before = document.slice(passage.start, start)
    while kept < len(several) // 2:
        short = f"{' '.join(several[:kept])} … {' '.join(several[-kept:])}"
        found = _unmistakable(document, Quote(passage.id, short), before, (start, end))
        if found is not None:
            return found
        kept += _ENDS
    return _unmistakable(document, Quote(passage.id, words), before, (start, end)) or Quote(
        passage.id, words, before
    )


def _unmistakable(
    document: Document, quote: Quote, before: str, span: tuple[int, int]
) -> Quote | None:
    """Add words before the quotation until it leads to one stretch; None if it never does."""
    preceding = before.split()
    for count in (0, *range(2, len(preceding) + 2, 2)):
        tried = Quote(quote.at, quote.words, " ".join(preceding[-count:]) if count else "")
        anchor = find_quote(document, tried)
        if anchor.state == "exact" and (anchor.start, anchor.end) == span:
            return tried
        if len(tried.after) > _CONTEXT:
            break
    return None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = max(0, start), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise PassageError("no words are chosen")
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _is_whole(text: str, start: int, end: int) -> bool:
    return _whole_words(text, start, end) == (start, end)


def _smallest(document: Document, start: int, end: int) -> Passage:
    holding = [p for p in document.passages() if p.start <= start and end <= p.end]
    if not holding:
        raise PassageError("the words reach over more than one paragraph: cite a part in one")
    return min(holding, key=lambda passage: passage.end - passage.start)


def _passage(document: Document, at: str) -> Passage | None:
    try:
        return document.passage(at) if at else None
    except PassageError:
        return None


def _anchor(document: Document, state: str, place: tuple[int, int]) -> Anchor:
    start, end = place
    return Anchor(state, start, end, _smallest_id(document, start, end), 1.0)


def _smallest_id(document: Document, start: int, end: int) -> str:
    try:
        return _smallest(document, start, end).id
    except PassageError:
        return document.sentence_at(start)


@lru_cache(maxsize=16)
def _folded(text: str) -> tuple[str, list[int]]:
    """Fold a text for comparison; with each character's offset, and the end of the text."""
    folded: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if character.isspace():
            if folded and folded[-1] != " ":
                folded.append(" ")
                offsets.append(offset)
            continue
        for plain in _PLAIN.get(character, character.casefold()):
            folded.append(plain)
            offsets.append(offset)
    return "".join(folded), [*offsets, len(text)]


def _occurrences(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Give the spans of the words, as they stand or with what is left out between them."""
    wanted = _folded(words)[0].strip()
    if not wanted:
        return
    found = list(_spans(text, [wanted]))
    parts = [_folded(part)[0].strip() for part in _ELISION.split(words)]
    if not found and len(parts) > 1 and all(parts):
        found = list(_spans(text, parts))
    yield from found


def _spans(text: str, parts: list[str]) -> Iterator[tuple[int, int]]:
    folded, offsets = _folded(text)
    at = folded.find(parts[0])
    for _ in range(_MOST):
        if at < 0:
            return
        last = at + len(parts[0])
        for part in parts[1:]:
            following = folded.find(part, last)
            if following < 0:
                return
            last = following + len(part)
        yield offsets[at], offsets[last - 1] + 1
        at = folded.find(parts[0], at + 1)


def _after(text: str, places: list[tuple[int, int]], after: str) -> tuple[int, int]:
    """Choose the place that follows some words; the first if none does."""
    wanted = _folded(after)[0].strip()
    if wanted and len(places) > 1:
        folded, offsets = _folded(text)
        for start, end in places:
            if folded[: bisect_left(offsets, start)].rstrip().endswith(wanted):
                return start, end
    return places[0]


def _alike(document: Document, words: str, near: int) -> Anchor:
    """Find the stretch of one sentence that is most like the words; of several the nearest."""
    wanted = _folded(words)[0].strip()
    count = len(wanted.split())
    known = set(wanted.split())
    best, score = (0, 0), 0.0
    if not wanted or count > _LONGEST:
        return Anchor("orphan")
    for block in document.blocks:
        for start, end in block.sentences:
            places = [
                (start + found.start(), start + found.end())
                for found in re.finditer(r"\S+", document.text[start:end])
            ]
            for first in range(max(1, len(places) - count + 1) if places else 0):
                span = (places[first][0], places[min(first + count, len(places)) - 1][1])
                stretch = _folded(document.text[span[0] : span[1]])[0]
                if len(known & set(stretch.split())) * 2 < len(known):
                    continue
                ratio = SequenceMatcher(None, stretch, wanted, autojunk=False).ratio()
                if (ratio, -abs(span[0] - near)) > (score, -abs(best[0] - near)):
                    best, score = span, ratio
    if score < _NEAR:
        return Anchor("orphan", score=round(score, 2))
    return Anchor("changed", *best, document.sentence_at(best[0]), round(score, 2))
