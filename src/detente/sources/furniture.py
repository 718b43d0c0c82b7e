"""Furniture: the parts of a page that are not the article, each recognised by its whole line.

Every rule must match a *whole* line, so that a sentence of the article is never taken away. What
is not recognised stays in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.sources.dates import LABELLED_TIME, parse_time
from detente.sources.document import Part, normalise
from detente.sources.fold import fold
from detente.sources.furniture_lines import COUNTED, LINE_RULES, LIST_OPENER, NUMBER, OPENER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from detente.sources.layout import Line

__all__ = ["Furniture", "Page", "count", "furniture_at"]


@dataclass(frozen=True, slots=True)
class Page:
    """The text, its lines, and the folded content of each line."""

    text: str
    lines: Sequence[Line]
    folded: Sequence[str]

    @classmethod
    def of(cls, text: str, lines: Sequence[Line]) -> Page:
        """Fold each line once."""
        contents = [" ".join(fold(text[line.start : line.end]).split()) for line in lines]
        return cls(text, lines, contents)


@dataclass(frozen=True, slots=True)
class Furniture:
    """How many lines a piece of furniture takes, what it is, and what it says."""

    lines: int
    kind: str
    values: tuple[tuple[str, int | str], ...] = ()
    parts: tuple[Part, ...] = ()


_COUNTS = re.compile(rf"(?:(?:{NUMBER})\s*){{1,4}}")
_LABELLED = re.compile(
    rf"(?:(?P<n1>{NUMBER})\s*(?P<l1>{COUNTED})|(?P<l2>{COUNTED})\s*[:(]?\s*(?P<n2>{NUMBER})\)?)"
    r"(?:\s*[|·•,]?\s*)",
    re.IGNORECASE,
)
_REACTION = re.compile(rf"(?P<name>[A-Z][\w'-]{{1,15}})(?:\s+(?P=name))?\s*:?\s+(?P<n>{NUMBER})")
_REACTION_HEAD = re.compile(
    r"(?:what'?s your reaction|how (?:do|did) (?:you|this (?:story|article)) (?:feel|make you feel)"
    r"|rate this (?:article|story)|reactions?|was this (?:article|page|story) helpful)\b.{0,30}\??",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:by|written by|author|from|reporting by|"
    r"text)\s*:?\s+(?P<author>[A-Z][\w'.-]+(?:\s+(?:van|von|"
    r"de|der|bin|al|el|and)\b|\s+[A-Z][\w'.-]*){1,7})(?:\s*[,|·–-]\s*(?P<note>[^.!?]{2,80}))?",
    re.IGNORECASE,
)
_BARE_NAME = re.compile(
    r"[A-Z][\w'-]*[a-z](?: [A-Z]\.)?(?: (?:van |von |de |der )?[A-Z][\w'-]*[a-z]){1,2}"
)
_SOURCE = re.compile(
    r"(?:source|via|originally published (?:by|in|at|on)|(?:this (?:article|story|piece|column) "
    r")?(?:was )?"
    r"(?:first |originally )?(?:appeared|published) (?:in|on|at|by)|republished (?:from|with "
    r"permission of))"
    r"\s*:?\s+(?P<outlet>[^.!?]{2,80}?)(?:\s+(?:and|under|with permission)\b.{0,80})?\.?",
    re.IGNORECASE,
)
_CLOCK_LINE = re.compile(
    r"\d{1,2}[:.]\d{2}\s*(?:[ap]m)?\s*(?:GMT|UTC|BST|CET|local time)?", re.IGNORECASE
)
_OPEN = re.compile(rf"(?P<label>{OPENER})\s*(?::\s*(?P<title>.{{3,160}})|[:>»]?)", re.IGNORECASE)
_LIST = re.compile(rf"(?:{LIST_OPENER})\s*:?", re.IGNORECASE)


def count(text: str) -> int:
    """Read a count as pages write it.

    Examples
    --------
    >>> [count(text) for text in ("0", "1,204", "1.2K")]
    [0, 1204, 1200]
    """
    compact = re.sub(r"[\s,]", "", text)
    if compact[-1:].lower() in {"k", "m"}:
        return round(float(compact[:-1]) * (1e3 if compact[-1].lower() == "k" else 1e6))
    return int(compact.replace(".", ""))


def furniture_at(page: Page, index: int, headline: str) -> Furniture | None:
    """Recognise the furniture that starts at a line.

    Parameters
    ----------
    page : Page
        The page.
    index : int
        Number of the line.
    headline : str
        The headline (folded) if it has been seen, or empty.

    Returns
    -------
    Furniture or None
        What it is and how many lines it takes; None for a line of the article.
    """
    line = page.folded[index]
    if len(line) > 300:
        return None
    rules: tuple[Callable[[Page, int], Furniture | None], ...] = (
        _time, _counts, _reactions, _list, _teaser, _byline, _source,
    )  # fmt: skip
    if headline and _repeats(line, headline):
        return Furniture(1, "repeated headline")
    for rule in rules:
        if found := rule(page, index):
            return found
    for kind, pattern in LINE_RULES:
        if pattern.fullmatch(line):
            return Furniture(1, kind)
    return None


def _repeats(line: str, headline: str) -> bool:
    line, headline = normalise(line).lower(), normalise(headline).lower()
    if line == headline:
        return True
    rest = line.removeprefix(headline).strip()
    return line.startswith(headline) and bool(re.fullmatch(r"[|·»-]\s*[^.!?]{2,40}", rest))


def _time(page: Page, index: int) -> Furniture | None:
    line = page.folded[index]
    match = LABELLED_TIME.fullmatch(line)
    if match and (stamp := parse_time(match["time"])):
        label = match["label"].strip(" :").lower()
        return Furniture(1, "time", (("time", stamp), *((("label", label),) if label else ())))
    if _CLOCK_LINE.fullmatch(line):
        return Furniture(1, "time", (("clock", line),))
    parts = re.split(r"\s+[|·•]\s+", line)
    if len(parts) > 1 and (stamp := next(filter(None, map(parse_time, parts)), None)):
        byline = next(filter(None, map(_BYLINE.fullmatch, parts)), None)
        named = (("author", byline["author"]),) if byline else ()
        if byline or all(parse_time(part) or _LABELLED.fullmatch(part) for part in parts):
            return Furniture(1, "time", (("time", stamp), *named))
    return None


def _counts(page: Page, index: int) -> Furniture | None:
    line = page.folded[index]
    found = list(_LABELLED.finditer(line))
    if found and "".join(match[0] for match in found) == line:
        values = tuple(
            (
                (match["l1"] or match["l2"]).lower().rstrip("s") + "s",
                count(match["n1"] or match["n2"]),
            )
            for match in found
        )
        return Furniture(1, "counts", values)
    if not _COUNTS.fullmatch(line) or re.fullmatch(r"(?:1[5-9]|20)\d\d", line):
        return None
    numbers = [count(number) for number in re.findall(NUMBER, line)]
    # Two bare numbers under the date are comments, then views, in the common site templates.
    under_date = index > 0 and _time(page, index - 1) is not None
    names = ("comments", "views") if len(numbers) == 2 and under_date else ("count",) * len(numbers)
    return Furniture(1, "counts", tuple(zip(names, numbers, strict=True)))


def _reactions(page: Page, index: int) -> Furniture | None:
    head = bool(_REACTION_HEAD.fullmatch(page.folded[index]))
    at = index + head
    values: list[tuple[str, int | str]] = []
    while at < len(page.folded) and (match := _REACTION.fullmatch(page.folded[at])):
        values.append((match["name"].lower(), count(match["n"])))
        at += 1
    if head or len(values) >= 3:
        return Furniture(at - index, "reactions", tuple(values))
    return None


def _title_like(line: str, words: int = 22) -> bool:
    return not line.endswith((".", ":", ";", ",")) and len(line.split()) <= words


def _list(page: Page, index: int) -> Furniture | None:
    if not _LIST.fullmatch(page.folded[index]):
        return None
    at, run = index + 1, page.lines[index].run
    if at < len(page.lines) and page.lines[at].run == run + 1:
        run += 1  # a heading set off by a blank line
    titles: list[Part] = []
    while at < len(page.lines) and page.lines[at].run == run and _title_like(page.folded[at]):
        titles.append(Part("title", page.lines[at].start, page.lines[at].end))
        at += 1
    return Furniture(at - index, "related", parts=tuple(titles)) if titles else None


def _teaser(page: Page, index: int) -> Furniture | None:
    match = _OPEN.fullmatch(page.folded[index])
    if match is None:
        return None
    line = page.lines[index]
    if match["title"]:
        start = page.text.find(":", line.start, line.end) + 1
        start += len(page.text[start : line.end]) - len(page.text[start : line.end].lstrip())
        return Furniture(1, "teaser", parts=(Part("title", start, line.end),))
    last = index
    while (
        last + 1 < len(page.lines)
        and last - index < 2
        and page.lines[last + 1].run == line.run
        and _title_like(page.folded[last + 1])
    ):
        last += 1
    if last == index:
        exact = match["label"].lower().startswith(("read ", "see ", "also "))
        return Furniture(1, "teaser") if exact else None
    card = page.lines[index + 1 : last + 1]
    parts = [Part("title", card[-1].start, card[-1].end)]
    if len(card) == 2:
        parts.insert(0, Part("caption", card[0].start, card[0].end))
    return Furniture(last - index + 1, "teaser", parts=tuple(parts))


def _byline(page: Page, index: int) -> Furniture | None:
    line = page.folded[index]
    if _BARE_NAME.fullmatch(line) and any(
        line in top and _BYLINE.fullmatch(top) for top in page.folded[: min(index, 12)]
    ):
        return Furniture(1, "byline", (("author", line),))
    match = _BYLINE.fullmatch(line)
    if match is None and _BARE_NAME.fullmatch(line) and _by_a_date(page, index):
        return Furniture(1, "byline", (("author", line),))
    if match is None or index > 12 or not match["author"][:1].isupper():
        return None
    capitals = [word for word in match["author"].split() if word[:1].isupper()]
    if len(capitals) * 2 < len(match["author"].split()):
        return None
    note = (("note", match["note"]),) if match["note"] else ()
    return Furniture(1, "byline", (("author", match["author"]), *note))


def _by_a_date(page: Page, index: int) -> bool:
    """Tell a byline by its place: a bare name right under the headline, right over the date."""
    following = index + 1 < len(page.lines) and _time(page, index + 1) is not None
    return following and 0 < index <= 8 and len(page.folded[index - 1].split()) > 4


def _source(page: Page, index: int) -> Furniture | None:
    match = _SOURCE.fullmatch(page.folded[index])
    if match is None or not match["outlet"][:1].isupper():
        return None
    return Furniture(1, "source", (("outlet", match["outlet"]),))
