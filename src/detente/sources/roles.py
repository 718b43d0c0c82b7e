"""Roles: which line is headline, standfirst, paragraph, turn, subheading or furniture."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detente.sources.document import Block, Role, SourceError
from detente.sources.furniture import Furniture, Page, furniture_at
from detente.sources.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.sources.decode import Limits
    from detente.sources.layout import Line

__all__ = ["build_blocks", "interviewer"]

_TURN = re.compile(
    r"(?P<speaker>Q|A|[A-Z][\w.'’-]*(?: (?:of|for|the|[A-Z][\w.'’-]*)){0,4})\s?:\s+\S"
)
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’/-]{2,40}(?:,[^—–-]{2,40})?\s*(?:\([^)]{2,40}\)\s*)?[—–-]{1,2}\s"
)
_MASTHEAD = re.compile(
    r"(?:the\s+)?(?:(?:ministry|office|department|embassy|secretariat|press (?:service|office)|"
    r"government|mission)"
    r"\b(?: of| for| to|$)[^.?!]{0,80}|press (?:service|office)|(?:[A-Z][\w&'’-]*\s){1,"
    r"4}(?:times|post|courier|herald|gazette"
    r"|news|tribune|telegraph|journal|observer|mail|chronicle|daily|review|press|agency|wire|"
    r"mercury"
    r"|standard|record|globe|examiner|dispatch))",
    re.IGNORECASE,
)
_OUTSIDE = {
    "nav": "navigation", "header": "navigation", "footer": "footer", "aside": "related",
    "form": "form", "button": "form", "caption": "caption", "figcaption": "caption",
    "outside": "outside the article", "running head": "running head",
}  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PREFIX = {Role.BODY: "p", Role.TURN: "p", Role.SUSPECT: "p", Role.SUBHEADING: "h"}


@dataclass(slots=True)
class _Draft:
    """A block while its neighbours are still unknown; `lines` is the range of its lines."""

    first: int
    last: int
    role: Role
    rule: str
    furniture: Furniture | None = None
    speaker: str = ""
    duplicate_of: str = ""


def build_blocks(text: str, lines: Sequence[Line], limits: Limits) -> tuple[Block, ...]:
    """Give every line its role, and every block its id.

    Parameters
    ----------
    text : str
        The text.
    lines : sequence of Line
        Its lines or paragraphs.
    limits : Limits
        What is refused.

    Returns
    -------
    tuple of Block
        In the order of the text, every line in exactly one block.

    Raises
    ------
    SourceError
        If there are more lines than the limits allow.

    Notes
    -----
    Body paragraphs, turns and suspects share one count (``p01``, …), so that deciding about a
    suspect never renumbers the others; subheadings (``h01``) and furniture (``f01``) have their
    own.
    """
    if len(lines) > limits.blocks:
        raise SourceError(
            f"the source has {len(lines):,} lines; at most {limits.blocks:,} are read"
        )
    page = Page.of(text, lines)
    drafts = _drafts(page)
    _find_deck(page, drafts)
    _find_turns(page, drafts)
    _find_subheadings(page, drafts)
    return tuple(_number(page, drafts))


def _drafts(page: Page) -> list[_Draft]:
    drafts: list[_Draft] = []
    headline = ""
    index = 0
    while index < len(page.lines):
        furniture = furniture_at(page, index, headline)
        hint = page.lines[index].hint
        if furniture is None and hint in _OUTSIDE:
            furniture = Furniture(1, _OUTSIDE[hint])
        if furniture is None and not headline and _is_masthead(page, index):
            outlet = page.text[page.lines[index].start : page.lines[index].end]
            furniture = Furniture(1, "masthead", (("outlet", outlet),))
        if furniture is not None:
            last = index + furniture.lines - 1
            duplicate = "headline" if furniture.kind == "repeated headline" else ""
            drafts.append(
                _Draft(index, last, Role.FURNITURE, furniture.kind, furniture, "", duplicate)
            )
            index = last + 1
            continue
        role, rule = Role.BODY, "paragraph"
        if not headline and _is_headline(page, index, drafts):
            role, rule, headline = Role.HEADLINE, "first title line", page.folded[index]
        drafts.append(_Draft(index, index, role, rule))
        index += 1
    return drafts


def _is_masthead(page: Page, index: int) -> bool:
    line = page.folded[index]
    if index > 3 or len(line.split()) > 12 or not _MASTHEAD.fullmatch(line):
        return False
    return any(
        _is_title(page.folded[later]) and furniture_at(page, later, "") is None
        for later in range(index + 1, min(index + 4, len(page.lines)))
    )


def _is_title(line: str) -> bool:
    return len(line.split()) <= 30 and not line.endswith((".", ";", ":", ","))


def _is_headline(page: Page, index: int, drafts: list[_Draft]) -> bool:
    if page.lines[index].hint == "h1":
        return True
    if any(line.hint == "h1" for line in page.lines[index + 1 : index + 400]):
        return False
    first = all(draft.role is Role.FURNITURE for draft in drafts)
    turns = sum(bool(_TURN.match(line)) for line in page.folded[index : index + 8])
    talk = turns > 1 and bool(_TURN.match(page.folded[index]))
    return first and _is_title(page.folded[index]) and not talk


def _find_turns(page: Page, drafts: list[_Draft]) -> None:
    matches = {
        number: match["speaker"]
        for number, draft in enumerate(drafts)
        if draft.role is Role.BODY and (match := _TURN.match(page.folded[draft.first]))
    }
    speakers = Counter(matches.values())
    if len(matches) < 3 or len(speakers) < 2 or max(speakers.values()) < 2:
        return
    speaker = ""
    for number, draft in enumerate(drafts):
        speaker = matches.get(number, speaker)
        heads = page.lines[draft.first].hint in _HEADINGS
        if speaker and draft.role is Role.BODY and not heads:
            draft.role, draft.rule, draft.speaker = Role.TURN, "speaker label", speaker


def interviewer(text: str, blocks: Sequence[Block]) -> str:
    """Tell who asks in an interview, or nobody: those questions are not open ones."""
    asked: Counter[str] = Counter()
    for block in blocks:
        if block.role is Role.TURN:
            asked[block.speaker] += text[block.start : block.end].rstrip().endswith("?")
    name, questions = asked.most_common(1)[0] if asked else ("", 0)
    return name if questions else ""


def _find_deck(page: Page, drafts: list[_Draft]) -> None:
    heads = [n for n, draft in enumerate(drafts) if draft.role is Role.HEADLINE]
    texts = [n for n, draft in enumerate(drafts) if draft.role is Role.BODY]
    if not heads or len(texts) < 2 or texts[0] < heads[0]:
        return
    number = texts[0]
    line = page.folded[drafts[number].first]
    words = len(line.split())
    if not 4 <= words <= 45 or _DATELINE.match(line) or _TURN.match(line):
        return
    hint = page.lines[drafts[number].first].hint
    open_end = not line.endswith((".", "!", ":", "…", '"', "”")) and not hint.startswith("li")
    before_byline = any(
        draft.furniture is not None and draft.furniture.kind in {"time", "byline"}
        for draft in drafts[number + 1 : texts[1]]
    )
    if (open_end and words >= 5) or (before_byline and len(line) < 320):
        drafts[number].role, drafts[number].rule = Role.DECK, "line between headline and text"


def _find_subheadings(page: Page, drafts: list[_Draft]) -> None:
    """Short lines without a full stop: before a paragraph a subheading, elsewhere suspect."""
    short = [
        draft.role is Role.BODY
        and len(page.folded[draft.first].split()) <= 14
        and not page.folded[draft.first].endswith((".", "!", "?", "…", "”", '"', ":", ";", ","))
        for draft in drafts
    ]
    for number, draft in enumerate(drafts):
        hint = page.lines[draft.first].hint
        if draft.role is Role.BODY and hint in _HEADINGS:
            draft.role, draft.rule = Role.SUBHEADING, f"heading {hint}"
        elif hint == "suspect" and draft.role is Role.BODY:
            draft.role, draft.rule = Role.SUSPECT, "outside the main text"
        elif short[number] and hint not in {"li", "blockquote", "p"}:
            after = drafts[number + 1] if number + 1 < len(drafts) else None
            heads = after is not None and after.role is Role.BODY and not short[number + 1]
            draft.role = Role.SUBHEADING if heads else Role.SUSPECT
            draft.rule = "short line before a paragraph" if heads else "short line by itself"


def _number(page: Page, drafts: list[_Draft]) -> list[Block]:
    counts: Counter[str] = Counter()
    blocks: list[Block] = []
    for draft in drafts:
        start, end = page.lines[draft.first].start, page.lines[draft.last].end
        if draft.role in {Role.HEADLINE, Role.DECK}:
            name = draft.role.value
        else:
            prefix = _PREFIX.get(draft.role, "f")
            counts[prefix] += 1
            name = f"{prefix}{counts[prefix]:02d}"
        block = Block(name, draft.role, start, end, rule=draft.rule, speaker=draft.speaker)
        if draft.furniture is not None:
            found = draft.furniture
            block = replace(
                block,
                kind=found.kind,
                values=found.values,
                parts=found.parts,
                duplicate_of=draft.duplicate_of,
            )
        else:
            block = replace(block, sentences=split_sentences(page.text, start, end))
        blocks.append(block)
    return blocks
