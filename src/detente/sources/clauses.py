"""Which stretch of a sentence a cue of speech reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.sources.cues import Cue

__all__ = ["reported_clause", "trim_end"]

_OBJECT = (
    r"(?:,? (?:on|in|at|during|after|before|late|earlier|yesterday|today|to|through|via|again|"
    r"also|out|"
    r"reporters|journalists|parliament|lawmakers|him|her|them|us|me|the|a|an|this|that same|his|"
    r"its|their|"
    r"[A-Z][\w'-]+|[\w'-]+day|[\w-]+(?=,? that\b))){0,9}"
)
_THAT = re.compile(rf"{_OBJECT},? that ")
_TOLD_THAT = re.compile(r"(?: [\w'-]+){1,6},? that ")
_CLAUSE = re.compile(
    r",? (?=(?:it|he|she|they|there|this|these|those|the|a|an|no|neither|both|any|its|his|her|"
    r"their|nobody|"
    r"nothing|we|what|[A-Z][\w'-]*|talks|such|all|some|more|most|if|[a-z]+s) "
    r"|[a-z]+ (?:[\w'-]+ ){0,6}?(?:would|will|could|might|may|had|has|have|was|were|is|are|did|"
    r"must|should|can)\b)"
)
_ABOUT = re.compile(r"(?: [\w'-]+){0,4}? (?:of|for|against) (?!being quoted)")
_ABOUT_VERBS = re.compile(r"(?:accus|warn|complain)")
_CLAUSE_VERBS = re.compile(
    r"(?:sa[iy]|argu|claim|add|announc|warn|not|insist|believ|th[io]|report|acknowledg|conced|"
    r"admit|stat|hop|"
    r"predict|doubt|estimat|den[iy]|maintain|assert|alleg|contend|explain|conclud|confirm|"
    r"declar|repl|complain|"
    r"according|for h|in the|remark|stress)"
)


def reported_clause(masked: str, cue: Cue, start: int, end: int) -> tuple[int, int] | None:
    """Find the clause that a cue reports.

    Parameters
    ----------
    masked : str
        The folded text with the insides of quotations blotted out.
    cue : Cue
        The cue.
    start, end : int
        Span of its sentence.

    Returns
    -------
    (start, end) or None
        The clause: after *that*, before a closing cue, after an opening *as* or *according to*,
        or after a verb of saying without *that*; None if the cue reports no clause.
    """
    after = max(cue.end, cue.subject_end if cue.inverted else cue.end)
    if cue.word.startswith(("according", "for h", "in the")):
        return _according(masked, cue, after, start, end)
    if masked.startswith("As ", start) and cue.subject_start - start < 60:
        comma = masked.find(", ", after, end)
        return _span(masked, comma + 2, end) if comma >= 0 else None
    match = _THAT.match(masked, after, end)
    if match is None and cue.word in {"told", "reminded", "warned", "informed"}:
        match = _TOLD_THAT.match(masked, after, end)
    if match:
        return _span(masked, match.end(), end)
    return _trailing(masked, cue, start, end) or _bare(masked, cue, after, end)


def _according(masked: str, cue: Cue, after: int, start: int, end: int) -> tuple[int, int] | None:
    lead = masked[start : cue.start].strip(' ,"“')
    if len(lead.split()) >= 3:
        return _span(masked, start, cue.start)
    comma = masked.find(",", after, min(end, after + 60))
    return _span(masked, comma + 2 if comma >= 0 else after, end)


def _trailing(masked: str, cue: Cue, start: int, end: int) -> tuple[int, int] | None:
    """Read “The dam was safe, she said.”: the clause before a closing cue."""
    rest = masked[max(cue.end, cue.subject_end) : end]
    lead = masked[start : min(cue.subject_start, cue.start)].rstrip()
    closing = len(rest.split()) <= 8 and not re.search(r"\bthat\b|[\"“]", rest)
    if cue.word.endswith("ing") or not closing or not lead.endswith(","):
        return None
    return (
        (start, start + len(lead) - 1) if len(lead.split()) >= 4 and lead[-2] != "\ufffc" else None
    )


def _bare(masked: str, cue: Cue, after: int, end: int) -> tuple[int, int] | None:
    """Read a clause without *that*: “she said it rained”, “he accused them of lying”."""
    match = _ABOUT.match(masked, after, end) if _ABOUT_VERBS.match(cue.word) else None
    if match is None and _CLAUSE_VERBS.match(cue.word) and not cue.inverted:
        match = _CLAUSE.match(masked, after, end)
        if match and len(masked[match.end() : end].split()) < 4:
            match = None
    return _span(masked, match.end(), end) if match else None


def _span(masked: str, start: int, end: int) -> tuple[int, int]:
    return start, trim_end(masked, start, end)


def trim_end(text: str, start: int, end: int) -> int:
    """Move an end back over closing marks and blanks."""
    return start + len(text[start:end].rstrip(" .,;:"))
