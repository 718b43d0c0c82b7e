"""Sentences, without being fooled by abbreviations, initials and quoted exclamations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.sources.fold import trim, words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["split_sentences"]

_LONGEST = 2_000

_ABBREVIATIONS = words(
    "mr mrs ms dr prof sr jr st gen col maj capt lt cmdr adm sgt rep sen gov pres hon rev "
    "messrs no nos vs v etc al eg ie cf ca approx art sec ch pp vol fig ed eds est inc ltd co "
    "corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun a.m "
    "p.m e.g i.e u.s u.k u.n e.u u.a.e d.c ph.d"
)
# These end a sentence when the next word starts one; before a name or a number they do not.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”'’»)\]]{0,8}+(?=\s)")
_OPENER = re.compile(r"[\s]+([\"“‘'«(\[–—-]*\s?)(\S)")
_WORD_BEFORE = re.compile(r"[\w.]+$")
_NICKNAME = re.compile(r"[A-Z][\w'’-]+\s[\"“‘][^\"“”‘]{1,60}[!?.][\"”’]$")
_STARTERS = words(
    "the a an it this that these those he she they we i in on at but and yet as if when while "
    "there his her their its after before since under for from with however"
)


def split_sentences(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Split a block into sentences.

    Parameters
    ----------
    text : str
        The whole text.
    start, end : int
        Span of the block.

    Returns
    -------
    tuple of (start, end)
        Spans of the sentences, in order; only blanks lie between them. A stretch of more than
        2,000 characters without an end is cut at blanks.

    Examples
    --------
    >>> text = 'Mr. Low met Ann “Stop!” Reed. “Enough!” he said. It was over.'
    >>> [text[a:b] for a, b in split_sentences(text, 0, len(text))]
    ['Mr. Low met Ann “Stop!” Reed.', '“Enough!” he said.', 'It was over.']
    """
    return tuple(piece for span in _sentences(text, start, end) for piece in _bounded(text, *span))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what no writer would call a sentence, so that the rules take bounded time."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        first = trim(text, start, cut)
        if first[0] < first[1]:
            yield first
        start = trim(text, cut, end)[0]
    if start < end:
        yield start, end


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = start
    for match in _END.finditer(text, start, end):
        follow = _OPENER.match(text, match.end(), end)
        if follow and _breaks(text, at, match, follow):
            spans.append((at, match.end()))
            at = follow.start() + len(follow[0]) - len(follow[0].lstrip())
    if at < end:
        spans.append((at, end))
    return spans


def _breaks(text: str, at: int, match: re.Match[str], follow: re.Match[str]) -> bool:
    following = follow[2]
    if following.islower() or (following in ",;" and not follow[1].strip()):
        return False
    if match[0].startswith(("!", "?", "…", "..")) or len(match[0]) > 1:
        return not _NICKNAME.search(text, max(at, match.end() - 90), match.end()) or (
            not following.isupper()
        )
    word = _WORD_BEFORE.search(text, max(at, match.start() - 20), match.start())
    if word is None:
        return True
    token = word[0].lower()
    if len(token) == 1 and token.isalpha() and word[0].isupper():
        return word[0] == "I"
    if token in _ABBREVIATIONS:
        next_word = re.match(r"\w+", text[follow.start(2) : follow.start(2) + 20])
        starts = next_word is not None and next_word[0].lower() in _STARTERS
        return starts and next_word is not None and next_word[0][0].isupper()
    return True
