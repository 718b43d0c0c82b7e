"""Open questions: what the text asks, directly or by saying that it is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.sources.document import Finding
from detente.sources.fold import lower

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_questions"]

_ASKING = r"(?:whether|who|whom|whose|how|when|what|why|where|which|if)"
_INDIRECT = re.compile(
    r"(?:(?:un|not )clear(?: even)?|unknown|not (?:yet )?(?:known|certain|sure)|(?:open|key|"
    r"real|main|central|"
    r"only) questions?(?: now)?"
    r"(?: is| are| of| remains|,)*|questions? (?:is|of|remains|remain|now is|about|as to|over)|"
    r"remains? to be seen"
    r"|remains? (?:open|unclear|uncertain|unanswered)|uncertain|no one knows|nobody (?:yet "
    r")?knows|undecided"
    r"|yet to (?:decide|say|be decided)|(?:has|have|had) not (?:yet )?(?:said|decided)|did not "
    r"(?:say|explain|specify)"
    r"|declined to say|would not (?:say|be drawn on)|too early to (?:say|tell)|(?:hard|"
    r"difficult|impossible) to"
    r" (?:say|tell|know)|no (?:indication|sign|word|answer|agreement) (?:of|as to|on|about)|"
    r"doubts? (?:about|over)"
    rf"|do(?:es)? not know|cannot say|is not said|it depends on|left open|not explained)(?:,"
    rf")?(?: \w+)?,? {_ASKING}\b"
)
_ASK = re.compile(rf"\b{_ASKING}\b")
_UNSETTLED = re.compile(
    r"\b(?:is|remains?|are) (?:still )?(?:an )?(?:open|unclear|unknown|undecided|unsettled|"
    r"unanswered)\b"
)


def find_questions(masked: str, start: int, end: int) -> Iterator[Finding]:
    """Find the open questions of a sentence.

    Parameters
    ----------
    masked : str
        The folded text with quotations blotted out, so that their questions stay their speakers'.
    start, end : int
        Span of the sentence.

    Yields
    ------
    Finding
        Kind ``question``; form ``direct`` or ``indirect``.

    Examples
    --------
    >>> text = "It is not clear who will pay."
    >>> [text[found.start:found.end] for found in find_questions(text, 0, len(text))]
    ['who will pay.']
    """
    sentence = masked[start:end].rstrip("\"”'’) ")
    if sentence.endswith("?") and sentence[-1:] != "\ufffc":
        yield Finding("question", start, end, "question mark", 0.9, (("form", "direct"),))
        return
    text = lower(masked)
    if match := _INDIRECT.search(text, start, end):
        asking = [word.start() for word in _ASK.finditer(text, *match.span())]
        at = asking[-1] if asking else match.start()
        yield Finding("question", at, end, "not known", 0.8, (("form", "indirect"),))
    elif text.startswith("whether ", start) or (
        _UNSETTLED.search(text, start, end) and _ASK.search(text, start, end)
    ):
        yield Finding("question", start, end, "whether", 0.7, (("form", "indirect"),))
