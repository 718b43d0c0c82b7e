"""The kind of text, with the evidence: news, opinion, interview or statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.sources.document import Field, Role, Status
from detente.sources.fold import fold
from detente.sources.lexicon import ATTRIBUTION, JUDGEMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.sources.document import Block

__all__ = ["genre"]

_LABELS = {
    "opinion": r"opinion|op-ed|comment|commentary|editorial|column|guest essay|viewpoint|analysis",
    "interview": r"interview|transcript",
    "statement": r"statement|press release|for immediate release",
    "news": r"news|breaking|live",
}
_STATEMENT = re.compile(
    r"(?:joint )?(?:statement|communiqu[ée]|declaration|press release)\b.{0,40}\b(?:by|of|on|"
    r"from)\b",
    re.IGNORECASE,
)
_WE = re.compile(
    r"\b(?:the (?:ministry|government|council|republic|union|delegation)|we) (?:hereby "
    r")?(?:regrets?|condemns?"
    r"|reaffirms?|calls? (?:up)?on|urges?|declares?|welcomes?|rejects?|notes? with|reserves?)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|my|me)\b|\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")
_QUOTED = re.compile(r"[\"“][^\"”]{0,600}[\"”]")


def genre(text: str, blocks: Sequence[Block]) -> Field:
    """Decide the kind of text.

    Parameters
    ----------
    text : str
        The text of the page.
    blocks : sequence of Block
        Its blocks.

    Returns
    -------
    Field
        ``news``, ``opinion``, ``interview`` or ``statement``; *stated* when a label or a
        disclaimer says so, else *inferred* with the counts that decided, else *absent*.
    """
    if stated := _stated(text, blocks):
        return stated
    body = [fold(text[b.start : b.end]) for b in blocks if b.is_text]
    if sum(block.role is Role.TURN for block in blocks) >= 3:
        return Field("interview", Status.INFERRED, because="speaker labels")
    if body and (_STATEMENT.match(body[0]) or sum(len(_WE.findall(p)) for p in body) >= 3):
        return Field("statement", Status.INFERRED, because="an institution speaks for itself")
    words = sum(len(paragraph.split()) for paragraph in body)
    if words < 40:
        return Field()
    own = [_QUOTED.sub(" ", paragraph) for paragraph in body]
    judged = sum(len(JUDGEMENT.findall(paragraph)) for paragraph in own)
    person = sum(len(_FIRST_PERSON.findall(paragraph)) for paragraph in own)
    attributed = sum(len(ATTRIBUTION.findall(paragraph)) for paragraph in body)
    because = (
        f"{judged} judgements, {person} first-person words, {attributed} attributions "
        f"in {words} words"
    )
    opinion = (2 * judged + person) * 100 > 1.2 * words and 2 * judged + person > attributed
    return Field("opinion" if opinion else "news", Status.INFERRED, because=because)


def _stated(text: str, blocks: Sequence[Block]) -> Field | None:
    for block in blocks:
        line = fold(text[block.start : block.end]).strip()
        if block.kind == "disclaimer":
            return Field("opinion", Status.STATED, block.start, block.end, "disclaimer")
        if block.kind == "label" or block.role is Role.HEADLINE:
            for name, pattern in _LABELS.items():
                whole = (
                    rf"(?:{pattern})\s*[:|]?"
                    if block.kind == "label"
                    else rf"(?:{pattern})\s*[:|].*"
                )
                if re.fullmatch(whole, line, re.IGNORECASE):
                    return Field(name, Status.STATED, block.start, block.end, "label")
    return None
