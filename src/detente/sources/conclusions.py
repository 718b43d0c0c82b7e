"""Judgements of the author, and conclusions: the sentences that could become claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.sources.document import Finding, Role
from detente.sources.fold import lower
from detente.sources.lexicon import JUDGEMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_conclusions", "find_judgements"]

_MARKERS = re.compile(
    r"\b(?:therefore|thus|hence|consequently|as a result|it follows|(?:this|that|which|it also|"
    r"all this) (?:means?|shows?|suggests?|"
    r"leaves)|in short|in sum|in the end|the real meaning|the upshot|(?:it )?is (?:possible|"
    r"impossible|certain|clear|inevitable)|"
    r"seems certain|only way|no way|without (?:\w+ )?(?:consent|it|them|him|her)|ha(?:s|ve) "
    r"(?:no choice|two options|little choice|"
    r"to agree|to choose)|has no (?:interest|reason|incentive|leverage)|cannot (?:hold|last|win|"
    r"afford)|will not (?:last|hold)|"
    r"is (?:winning|losing|fracturing|crumbling)|can (?:\w+ ){0,3}without|bound to|sooner or "
    r"later|the lesson|what remains is|"
    r"no (?:deal|settlement|agreement) (?:can|will|is)|the question is no longer|better off|"
    r"worse off|neither side (?:can|will|has)|"
    r"neither (?:can|will)|nobody (?:can|will)|stable|cards|leverage)\b"
)


def find_conclusions(folded: str, start: int, end: int, role: Role) -> Iterator[Finding]:
    """Find out whether a sentence draws a conclusion.

    Parameters
    ----------
    folded : str
        The folded text.
    start, end : int
        Span of the sentence.
    role : Role
        Role of its block; a headline and a standfirst always count, as the thesis.

    Yields
    ------
    Finding
        Kind ``claim``; at most one.
    """
    if role in {Role.HEADLINE, Role.DECK}:
        yield Finding("claim", start, end, "thesis", 0.6, (("voice", role.value),))
    elif (match := _MARKERS.search(lower(folded), start, end)) and not folded[start:end].endswith(
        "?"
    ):
        yield Finding("claim", start, end, "marker of a conclusion", 0.45, (("cue", match[0]),))


def find_judgements(masked: str, start: int, end: int) -> Iterator[Finding]:
    """Find the words of evaluation outside quotations.

    They are listed, for whomever they are said of, and never copied into the name of anything.
    """
    for match in JUDGEMENT.finditer(masked, start, end):
        yield Finding("judgement", *match.span(), "word of evaluation", 0.7)
