"""Conditions: what a text says would follow from what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.sources.document import Finding
from detente.sources.fold import lower

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_conditions"]

_MARKER = re.compile(
    r"\b(?:(?:only |even |but |and |or )?if\b|unless\b|provided(?: that)?(?= (?:that|the|it|"
    r"they|he|she|both|no|all|[a-z]))"
    r"|providing that|on (?:the |one )?conditions? that|(?:as|so) long as|in the event (?:of|"
    r"that)|in case(?: of)?\b"
    r"|assuming(?: that)?|supposing(?: that)?|given that\b(?=.*\bwould\b)|contingent on|"
    r"conditional on|subject to\b)"
)
# Case matters below: a small “should” after a subject is an obligation, not an inversion.
_INVERTED = re.compile(
    r"(?:Should|Were|Had) (?:the |a |an |its |their |any |either |both |no |this |that |it\b|"
    r"they\b|he\b|she\b|there\b"
    r"|[A-Z][\w-]+)|(?<=, )(?:should|were|had) (?:the|a|an|its|their|any|either|both|it|they|he|"
    r"she|[A-Z][\w-]+) "
    r"(?=[^,?]*[.,]|[^?]*$)"
)
_NOT_CONDITION_BEFORE = re.compile(
    r"\b(?:as|asked?|asking|asks|see|sees|wonder(?:s|ed|ing)?|know|knows|knew|decide[sd]?|sure|"
    r"clear|unclear|say|tell|test"
    r"|matter|doubt(?:s|ed)?|question(?:s|ed)?)(?: \w+)? $",
    re.IGNORECASE,
)
_NOT_CONDITION_AFTER = re.compile(
    r" (?:not (?:in|a|an|the|all|even|outright|actually|more|most|quite|for|always|by|to|of)\b|"
    r"any\b|anything\b|ever\b|only\b)"
)


def find_conditions(folded: str, start: int, end: int) -> Iterator[Finding]:
    """Find the conditions of a sentence.

    Parameters
    ----------
    folded : str
        The folded text.
    start, end : int
        Span of the sentence.

    Yields
    ------
    Finding
        Kind ``condition``, from its marker to the end of the clause; form ``if``, ``unless``,
        ``inverted``, … or ``concessive`` for “even if”.

    Examples
    --------
    >>> text = "Should the dam fail, the delta floods."
    >>> [text[found.start:found.end] for found in find_conditions(text, 0, len(text))]
    ['Should the dam fail']
    >>> list(find_conditions("They should leave.", 0, 18))
    []
    """
    last = start
    matches = [*_MARKER.finditer(lower(folded), start, end)]
    question = folded[start:end].rstrip("\"”'’) ").endswith("?")
    inverted = _INVERTED.match(folded, start, end) if not question else None
    later = _INVERTED.search(folded, start + 1, end) if not question else None
    matches += [
        found
        for found in (inverted, later)
        if found and (found is inverted or found[0][0].islower())
    ]
    for match in sorted(matches, key=lambda found: found.start()):
        words = match[0].lower()
        if match.start() < last or (words == "if" and _excluded(folded, start, match)):
            continue
        stop = re.compile(r"[,;:–—]| then\b").search(folded, match.end(), end)
        last = stop.start() if stop else end
        yield Finding("condition", match.start(), last, "condition marker", 0.85,
                      (("form", _form(words)),))  # fmt: skip


def _excluded(folded: str, start: int, match: re.Match[str]) -> bool:
    before = folded[max(start, match.start() - 30) : match.start()]
    return bool(
        _NOT_CONDITION_BEFORE.search(before) or _NOT_CONDITION_AFTER.match(folded, match.end())
    )


def _form(words: str) -> str:
    if words.startswith("even"):
        return "concessive"
    if words.startswith(("should", "were", "had")):
        return "inverted"
    return "if" if words.endswith("if") else words
