"""Lines and paragraphs of plain text, however it was wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from detente.sources.fold import trim

__all__ = ["Line", "plain_lines"]

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_TERMINAL = tuple(".!?…:;\"”'’»)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph with the number of its run (lines with no blank line between).

    ``hint`` is what markup says of it (a tag such as ``h1``, ``nav``, ``caption``), or empty.
    """

    start: int
    end: int
    run: int
    hint: str = ""


def plain_lines(text: str) -> list[Line]:
    r"""Cut plain text into paragraphs: one a line, or hard-wrapped with blank lines between.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    list of Line
        Non-empty, in order; only blanks lie between them.

    Notes
    -----
    A text counts as hard-wrapped when the lines that another one follows in their run have a median
    length of 45 to 110 and most of them end without a mark (with fewer than three, when every
    following line starts with a small letter). Then a line is joined
    with the next one of its run when the next word would not have fitted, or it is nearly full.
    Linear time.

    Examples
    --------
    >>> [(line.start, line.end, line.run) for line in plain_lines("One\nTwo\n\nThree")]
    [(0, 3, 0), (4, 7, 0), (9, 14, 1)]
    """
    lines = _split(text)
    width = _wrap_width(text, lines)
    return _join(text, lines, width) if width else lines


def _split(text: str) -> list[Line]:
    lines: list[Line] = []
    run, last = 0, 0
    for match in _LINE.finditer(text):
        start, end = trim(text, *match.span())
        if start == end:
            continue
        if lines and len(re.findall(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", text[last:start])) > 1:
            run += 1
        lines.append(Line(start, end, run))
        last = end
    return lines


def _wrap_width(text: str, lines: list[Line]) -> int:
    followed = [(line, after) for line, after in pairwise(lines) if line.run == after.run]
    lengths = [line.end - line.start for line, _ in followed]
    if not followed or not 45 <= median(lengths) <= 110 or max(lengths) > 130:
        return 0
    ended = sum(text[line.start : line.end].endswith(_TERMINAL) for line, _ in followed)
    if len(followed) < 3:
        goes_on = all(text[after.start].islower() for _, after in followed)
        return max(lengths) if goes_on and not ended else 0
    return max(lengths) if ended * 2 < len(followed) else 0


def _join(text: str, lines: list[Line], width: int) -> list[Line]:
    joined: list[Line] = []
    before = 0
    for line in lines:
        word = len(text[line.start : line.end].split(maxsplit=1)[0])
        full = before + 1 + word > width or before >= 0.85 * width
        if joined and full and joined[-1].run == line.run and not _starts_item(text, line):
            joined[-1] = replace(joined[-1], end=line.end)
        else:
            joined.append(line)
        before = line.end - line.start
    return joined


def _starts_item(text: str, line: Line) -> bool:
    return bool(re.match(r"[-*•]\s|\d{1,2}[.)]\s", text[line.start : line.end]))
