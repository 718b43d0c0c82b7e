"""Open questions: what the text asks, directly or by saying that it is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.sources.document import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_questions"]

_ASKING = r"(?:whether|who|whom|whose|how|when|what|why|where|which|if)"
_INDIRECT = re.compile(
    r"(?:(?:un|not )clear(?: even)?|unknown|not (?:yet )?known|(?:open|key|real|main|central|"
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
    rf")?(?: \w+)?,? {_ASKING}\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"Whether\b")
_UNSETTLED = re.compile(
    r"\b(?:is|remains?|are) (?:still )?(?:an )?(?:open|unclear|unknown|undecided|unsettled|"
    r"unanswered)\b"
)


def find_questions(folded: str, masked: str, start: int, end: int) -> Iterator[Finding]:
    """Find the open questions of a sentence.

    Parameters
    ----------
    folded : str
        The folded text.
    masked : str
        The same with quotations blotted out, so that their questions stay their speakers'.
    start, end : int
        Span of the sentence.

    Yields
    ------
    Finding
        Kind ``question``; form ``direct`` or ``indirect``.

    Examples
    --------
    >>> text = "It is not clear who will pay."
    >>> [text[found.start:found.end] for found in find_questions(text, text, 0, len(text))]
    ['who will pay.']
    """
    sentence = masked[start:end].rstrip("\"”'’) ")
    if sentence.endswith("?") and sentence[-1:] != "\ufffc":
        yield Finding("question", start, end, "question mark", 0.9, (("form", "direct"),))
        return
    if match := _INDIRECT.search(masked, start, end):
        asking = [
            m.start()
            for m in re.finditer(
                rf"\b{_ASKING}\b", folded[match.start() : match.end()], re.IGNORECASE
            )
        ]
        at = match.start() + (asking[-1] if asking else 0)
        yield Finding("question", at, end, "not known", 0.8, (("form", "indirect"),))
    elif _WHETHER.match(masked, start, end) or (
        _UNSETTLED.search(masked, start, end)
        and re.search(rf"\b{_ASKING}\b", masked[start:end], re.IGNORECASE)
    ):
        yield Finding("question", start, end, "whether", 0.7, (("form", "indirect"),))
