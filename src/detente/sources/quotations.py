"""Quotations: which stretches stand between quotation marks, nested and unclosed ones included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Quoted", "find_quoted"]

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‹": "›", "‘": "’", '"': '"', "'": "'"}
_MARK = re.compile("[“”«»„‹›‘’\"']")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation: `start` to `end` with its marks, `inner_start` to `inner_end` without."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True


def find_quoted(text: str, start: int, end: int) -> Iterator[Quoted]:
    """Find the outermost quotations of one paragraph.

    Parameters
    ----------
    text : str
        The text, unfolded: the shape of the marks matters.
    start, end : int
        Span of the paragraph.

    Yields
    ------
    Quoted
        In order. One that is never closed ends with its paragraph and says so.

    Notes
    -----
    An apostrophe closes a single quotation only where no letter follows, and opens one only where
    no letter or digit precedes. A mark inside another kind of quotation is nested, not a new one.
    Each mark is looked at once.

    Examples
    --------
    >>> text = "It’s ‘over’, he said: “She told me ‘no’.”"
    >>> [text[q.inner_start:q.inner_end] for q in find_quoted(text, 0, len(text))]
    ['over', 'She told me ‘no’.']
    """
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(text, start, end):
        mark, at = match[0], match.start()
        if opened is None:
            if mark in _PAIRS and _opens(text, at, start, end, mark):
                opened = (at, _PAIRS[mark])
        elif mark in opened[1] and _closes(text, at, end, mark):
            yield Quoted(opened[0], at + 1, opened[0] + 1, at)
            opened = None
        elif mark == "“" and opened[1] == "’":
            opened = (at, "”")  # the single mark was an apostrophe after all
    if opened is not None and opened[1] not in {"’", "'"} and end - opened[0] > 3:
        yield Quoted(opened[0], end, opened[0] + 1, end, closed=False)


def _opens(text: str, at: int, start: int, end: int, mark: str) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark in {"'", "‘"}:
        # 'tis, '90s and rock 'n' roll are not quotations; a quotation closes later on.
        return not before.isalnum() and after.isalnum() and _has_close(text, at, end)
    if mark == '"':
        return not after.isspace() and (not before.isalnum())
    return True


def _has_close(text: str, at: int, end: int) -> bool:
    close = re.compile(r"(?<![\ss])['’](?![^\W_])|(?<=s)['’](?=[.,;:!?)\s]*$)|[.,!?]['’](?![^\W_])")
    return close.search(text, at + 2, min(end, at + 400)) is not None


def _closes(text: str, at: int, end: int, mark: str) -> bool:
    after = text[at + 1] if at + 1 < end else " "
    if mark in {"'", "’"}:
        return not after.isalnum()
    return True
