"""Hedges and boosters: how sure a text says it is, by the words it uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.sources.document import Finding
from detente.sources.fold import lower

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_hedges"]

# Category: the degree of certainty it leaves, and its cues. Longer cues come first.
_CUES: dict[str, tuple[str, str]] = {
    "unknown": ("unknown", (
        r"too early to (?:say|tell|judge|draw|know)|remains? to be seen|(?:un|not )clear\b|"
        r"unclear|uncertain(?:ty)?"
        r"|(?:not |un)known\b|nobody knows|no one knows|knows? (?:very )?little|little is known|"
        r"unconfirmed|unverified"
        r"|(?:could|can)(?:not| not) be (?:independently )?(?:verified|confirmed|ruled out|"
        r"excluded)"
        r"|(?:has|have|had) not been (?:\w+ )?(?:verified|confirmed|specified|published)|yet to "
        r"be (?:confirmed|verified)"
        r"|(?:hard|difficult|impossible) to (?:say|tell|know|judge|predict)|anyone's guess|in "
        r"doubt|doubtful"
        r"|(?:can|could|may) only (?:speculate|guess)|speculat(?:e|ion|ive)|an open question|"
        r"not (?:yet )?certain"
    )),
    "hearsay": ("reported", (
        r"reportedly|allegedly|supposedly|purportedly|ostensibly|rumou?red"
        r"|(?:is|are|was|were|has been|have been) (?:widely )?(?:said|reported|believed|thought|"
        r"understood|alleged) to"
        r"|it is (?:said|reported|believed|thought|understood|alleged) that"
    )),
    "probability": ("probable", (
        r"almost certain(?:ly)?|(?:most |very |more |less |highly )?(?:un)?likely|"
        r"(?:im)?probabl[ey]|presumably"
        r"|(?:is|are|was|were|be) (?:widely )?expected to|in all likelihood|as a rule of thumb|"
        r"chances are"
    )),
    "appearance": ("apparent", (
        r"(?:would |may |might |does not |do not |did not )?(?:seem(?:s|ed|ing)?)\b|seemingly|"
        r"apparent(?:ly)?"
        r"|(?:it )?appear(?:s|ed)?\b(?! (?:in|on|at|before|for|with|from|as an?|as the|"
        r"again)\b)|looks? (?:like|as if|as though|set to)"
        r"|suggest(?:s|ing)?\b(?! (?:a|an|the|some|two|three) )|indicat(?:es?|ing) that|"
        r"(?:there are|are) (?:also )?signs that"
        r"|gives? the impression|hints? (?:at|that)"
    )),
    "possibility": ("possible", (
        r"perhaps|maybe|possibly|(?:it is |is )?possible(?: that)?|conceivabl[ey]|potentially|"
        r"plausibl[ey]|arguably"
        r"|might\b(?! of )|may\b(?! \d)(?! be forgiven)|could(?! not\b)(?! no longer)(?! "
        r"only)(?! never)(?! hardly)(?! barely)(?:\b)"
        r"|there is a (?:chance|risk|possibility)|cannot rule out|as far as (?:we|I|one|is|anyone)"
    )),
    "opinion": ("held", (r"(?:i|we) (?:think|believe|suspect|guess|suppose|doubt)|in (?:my|our) "
                         r"(?:view|opinion)|to my mind")),
}  # fmt: skip
_HEDGES = tuple(
    (
        name,
        certainty,
        re.compile(rf"\b(?:{cues})(?![\w-])"),
    )
    for name, (certainty, cues) in _CUES.items()
)
_INITIAL = re.compile(
    r"(?:Perhaps|Maybe|Possibly|It is possible(?: that)?|Arguably|Conceivably|As far as (?:we|I|"
    r"one))\b"
)
_BOOSTERS = re.compile(
    r"\b(?:undoubtedly|without (?:a )?doubt|no doubt|certainly|definitely|clearly|obviously|of "
    r"course|in fact|indeed"
    r"|it is (?:certain|clear|obvious|plain)|(?:seems )?certain(?= (?:that|is))|undeniabl[ey]|"
    r"plainly|evidently|surely"
    r"|beyond (?:any )?(?:doubt|dispute)|by no means|without question|everyone knows|the fact "
    r"(?:is|that))\b"
)
_MIGHT_NOUN = re.compile(
    r"(?:military|naval|economic|the|full|its|their|sheer|industrial|political|with|and) $",
    re.IGNORECASE,
)
_ABILITY = re.compile(
    r"(?:so that|until|before|where|so|than|as far as|what) (?:\w+ ){0,3}$", re.IGNORECASE
)


def find_hedges(folded: str, start: int, end: int) -> Iterator[Finding]:
    """Find the hedges and boosters of a sentence.

    Parameters
    ----------
    folded : str
        The folded text.
    start, end : int
        Span of the sentence.

    Yields
    ------
    Finding
        Kind ``hedge`` (with category and the certainty it leaves) or ``booster``. A booster is
        listed; it never makes a claim more certain.

    Notes
    -----
    Categories after the common division of epistemic modality into possibility and probability,
    with appearance, hearsay and avowed ignorance beside them [1]_. *Might* as a noun, *could* of
    ability and the month are left out where the neighbouring words tell.

    References
    ----------
    .. [1] K. Hyland, *Hedging in Scientific Research Articles*, 1998.

    Examples
    --------
    >>> text = "It is unclear whether the army may act."
    >>> [text[found.start:found.end] for found in find_hedges(text, 0, len(text))]
    ['unclear', 'may']
    """
    low = lower(folded)
    taken: list[tuple[int, int]] = []
    found: list[Finding] = []
    for name, certainty, pattern in _HEDGES:
        # Case tells the verb from the month of May.
        text = folded if name == "possibility" else low
        matches = list(pattern.finditer(text, start, end))
        if name == "possibility":
            matches += _INITIAL.finditer(folded, start, end)
        for match in matches:
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            before = folded[max(start, match.start() - 24) : match.start()]
            if match[0] == "might" and _MIGHT_NOUN.search(before):
                continue
            if match[0] == "could" and _ABILITY.search(before):
                continue
            taken.append(match.span())
            details = (("category", name), ("certainty", certainty))
            found.append(Finding("hedge", *match.span(), f"hedge: {name}", 0.85, details))
    found += [
        Finding("booster", *match.span(), "booster", 0.8)
        for match in _BOOSTERS.finditer(low, start, end)
        if not any(a < match.end() and match.start() < b for a, b in taken)
    ]
    yield from sorted(found, key=lambda item: item.start)
