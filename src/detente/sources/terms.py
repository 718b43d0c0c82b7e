"""Candidate terms: what lies on the table, from proposals, demands and exchanges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.sources.document import Finding
from detente.sources.fold import lower

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_terms"]

_TABLED = re.compile(
    r"\b(?:(?:proposals?|offers?|plans?|deals?|drafts?|terms|accords?|package|formula|"
    r"compromise|agreement|text|document|"
    r"treaty|settlement|memorandum|conditions?|demands?|map|paper|latter|outline|"
    r"scheme)\b[^.;:?!]{0,60}?\b(?:(?:is|are|was|were) (?:reported|said|believed|understood) to "
    r"[a-z]+|includ(?:es?|ed|ing)"
    r"|provid(?:es?|ed) for|foresees?|foresaw|calls? for|called for|offers?(?: a)?|offered|"
    r"contains?|contained|sets? out|set out"
    r"|consists? of|would (?:give|grant|include|mean|see|create|provide|guarantee|limit|set|"
    r"split|leave|bring|require)"
    r"|envisages?|envisaged|comprises?|grants?|allow(?:s|ed) [\w-]+|lists?|listed|gives?|gave|"
    r"requires?|required|covers?|covered)"
    r"|(?:in exchange for|in return for|demand(?:s|ed|ing)? for|call(?:s|ed|ing)? for|"
    r"insist(?:s|ed|ing)? on|offer(?:s|ed|ing)? of"
    r"|concessions? on|push(?:es|ed|ing)? for|ask(?:s|ed|ing)? for|settle for|proposal (?:for|"
    r"of)|plan for|agree(?:s|d)? on"
    r"|accept(?:s|ed)?(?= (?:a|an|the)\b)|drop(?:s|ped)|waive[sd]?|gave up|in return (?:[\w-]+ "
    r"){1,3}gets?|hold(?:s|ing)? out for)"
    r"|depends? on|includ(?:es|ed)|(?:would|will|could|should) include|suggest(?:s|ed)(?= "
    r"(?:an?|the)\b)|demand(?:s|ed|ing)?|offer(?:s|ed|ing)|propos(?:es|ed|ing)|want(?:s|ed)|"
    r"guarante(?:es|ed)|seek(?:s|ing)?|sought)\b:? "
)
_LISTED = re.compile(
    r"\b(?:terms?|conditions?|demands?|points?|elements|items|proposals?)\b[^.:?!]{0,60}: "
    r"(?P<list>[^.?!]+)"
)
_HEAD = re.compile(
    r"\b(?:the |an? |full |immediate |complete |partial |joint |permanent |temporary "
    r")*(?:ceasefire|truce|withdrawal of|lifting of|"
    r"sanctions (?:relief|lifting)|recognition of|recogni[sz]ing|moratorium|compensation|"
    r"referendum|demilitari[sz]ed \w+|buffer zone|"
    r"security guarantees?|prisoner (?:exchange|swap)|free(?:ze|zing) of|freezing|joint "
    r"(?:commission|inspection|patrols?|authority)|"
    r"arbitration|quota|right of (?:way|passage)|access to|release of|minimum flow|transit "
    r"(?:fee|rights)|share of|no-fishing \w+|"
    r"extension of|return of|payment of|lease of|apology)\b"
)
_SEPARATOR = re.compile(
    r", as well as |,? (?:and|as well as|plus) (?:also )?(?=(?:an?|the|no|\w+ing|[a-z]+) )|, "
    r"(?!which|who|if)|; "
)
_STOP = re.compile(
    r"[.:?!\"“”()\ufffc–—]| (?:because|although|while|unless|if|but|said|says|that would|which|"
    r"who|in return|in exchange)\b"
)
_HEAD_STOP = re.compile(rf"{_STOP.pattern}|[,;]| (?:and|or|in|on|with|by|was|is|has|would|will)\b")
_NOT_TERM = re.compile(
    r"(?:to|that|it|he|she|they|him|her|them|whether|how|what|by|as|more|this|us|nothing|not|"
    r"only|according|before|after|in|at|on|for|with|from|now|was|were|is|been|so|too|about|over|"
    r"under|has|have|had|will|would|did|nobody|then|their|there|everyone|both)\b"
)


def find_terms(folded: str, start: int, end: int) -> Iterator[Finding]:
    """Find the candidate terms of a sentence.

    Parameters
    ----------
    folded : str
        The folded text.
    start, end : int
        Span of the sentence.

    Yields
    ------
    Finding
        Kind ``term``, one for each item of a list.

    Examples
    --------
    >>> text = "The draft includes a minimum flow, joint inspection and a ban on new dams."
    >>> [text[found.start:found.end] for found in find_terms(text, 0, len(text))]
    ['a minimum flow', 'joint inspection', 'a ban on new dams']
    """
    text = lower(folded)
    taken: list[tuple[int, int]] = []
    for match in [*_LISTED.finditer(text, start, end), *_TABLED.finditer(text, start, end)]:
        at = match.start("list") if "list" in match.re.groupindex else match.end()
        stop = _STOP.search(text, at, end)
        for first, last in _split(text, at, stop.start() if stop else end):
            if _is_term(text[first:last]) and not any(a < last and first < b for a, b in taken):
                taken.append((first, last))
                yield Finding("term", first, last, "on the table", 0.5)
    for match in _HEAD.finditer(text, start, end):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        stop = _HEAD_STOP.search(text, match.end(), end)
        last = stop.start() if stop else end
        taken.append((match.start(), last))
        yield Finding("term", match.start(), last, "name of a term", 0.4)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _SEPARATOR.finditer(text, start, end):
        yield _trim(text, at, match.start())
        at = match.end()
    yield _trim(text, at, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip(" ,")), start + len(words.rstrip(" ,."))


def _is_term(words: str) -> bool:
    return 2 <= len(words.split()) <= 16 and not _NOT_TERM.match(words)
