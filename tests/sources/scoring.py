"""The annotated articles, and how well an engine does on them.

An article stands in one file with its annotations in the text: ``⟦h|perhaps⟧`` is a hedge,
``⟦q@Ann Low|over⟧`` a quotation with its speaker. What is left when the marks are taken out is the
article. Kinds: f furniture, q quotation, s reported statement, h hedge, w open question,
c condition, o option, t term.
"""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from detente.sources import Document, ReadOptions, read

GOLD = Path(__file__).parent / "gold"
_OPEN = re.compile(r"⟦(?P<kind>[a-z])(?:@(?P<who>[^|⟧]*))?\|")
_KINDS = {
    "quotation": "q", "statement": "s", "hedge": "h", "question": "w", "condition": "c",
    "option": "o", "term": "t",
}  # fmt: skip
# How much of the gold span must be covered; 0 means any overlap.
_COVER = {"q": 0.8, "s": 0.5, "h": 0.0, "w": 0.0, "c": 0.0, "o": 0.5, "t": 0.5}
NAMES = {
    "f": "furniture", "actor": "actors", "q": "quotations", "q speaker": "  right speaker",
    "s": "reported statements", "s speaker": "  right speaker", "h": "hedges",
    "w": "open questions",
    "c": "conditions", "o": "options", "o speaker": "  right actor", "t": "terms",
    "metadata": "metadata",
}  # fmt: skip


@dataclass(frozen=True)
class Span:
    kind: str
    start: int
    end: int
    who: str = ""


@dataclass(frozen=True)
class Article:
    name: str
    header: dict[str, str]
    actors: dict[str, frozenset[str]]
    text: str
    spans: tuple[Span, ...]

    def read(self, engine: str = "rules") -> Document:
        return read(self.text.encode(), options=ReadOptions(self.header["form"], engine))


@dataclass
class Score:
    found: int = 0
    expected: int = 0
    predicted: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.found += other.found
        self.expected += other.expected
        self.predicted += other.predicted
        self.wrong += other.wrong

    @property
    def precision(self) -> float:
        return self.found / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.found / ((self.predicted + self.expected) or 1)


def load(path: Path) -> Article:
    head, _, marked = path.read_text("utf-8").partition("\n---\n")
    header: dict[str, str] = {}
    actors: dict[str, frozenset[str]] = {}
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        if key == "actor":
            name, _, aliases = value.partition(" = ")
            actors[name] = frozenset(
                {_plain(name), *map(_plain, filter(None, aliases.split(", ")))}
            )
        else:
            header[key] = value
    text, spans = _strip(marked)
    if "wrap" in header:
        text = _wrap(text, int(header["wrap"]))
    return Article(path.stem, header, actors, text, tuple(spans))


def articles(part: str = "") -> list[Article]:
    loaded = [load(path) for path in sorted(GOLD.iterdir())]
    return [article for article in loaded if part in {"", article.header["part"]}]


def _strip(marked: str) -> tuple[str, list[Span]]:
    text: list[str] = []
    length, at = 0, 0
    opened: list[tuple[str, str, int]] = []
    spans: list[Span] = []
    while at < len(marked):
        if match := _OPEN.match(marked, at):
            opened.append((match["kind"], match["who"] or "", length))
            at = match.end()
        elif marked[at] == "⟧":
            kind, who, start = opened.pop()
            spans.append(Span(kind, start, length, who))
            at += 1
        else:
            text.append(marked[at])
            length, at = length + 1, at + 1
    assert not opened
    return "".join(text), sorted(spans, key=lambda span: (span.start, -span.end))


def _wrap(text: str, width: int) -> str:
    """Wrap by turning blanks into line ends, so that no offset moves."""
    wrapped = "\n".join(
        "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
        or line
        for line in text.split("\n")
    )
    assert len(wrapped) == len(text)
    return wrapped


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", " ".join(name.replace("’", "'").lower().split()))


def _to_text(document: Document, span: Span) -> Span:
    """Move a span of the original to the text that was read from it."""
    start = end = None
    for piece in document.pieces:
        same = piece.end - piece.start == piece.text_end - piece.text_start
        if start is None and span.start < piece.end and piece.text_end > piece.text_start:
            start = piece.text_start + (max(0, span.start - piece.start) if same else 0)
        if piece.start < span.end and piece.text_end > piece.text_start:
            end = (
                piece.text_start + (min(span.end, piece.end) - piece.start)
                if same
                else piece.text_end
            )
    return Span(span.kind, start or 0, end or 0, span.who)


def score(article: Article, document: Document) -> dict[str, Score]:
    gold = [_to_text(document, span) for span in article.spans]
    results: dict[str, Score] = {
        "f": _furniture(document, gold),
        "actor": _actors(article, document),
        "metadata": _metadata(article, document),
    }
    for kind, short in _KINDS.items():
        wanted = [span for span in gold if span.kind == short]
        results.update(_spans(article, document, kind, wanted))
    return results


def _furniture(document: Document, gold: list[Span]) -> Score:
    result = Score()
    for match in re.finditer(r"[^\n]+", document.text):
        line = document.text[slice(*match.span())]
        if not any(character.isalnum() for character in line):
            continue
        middle = match.start() + next(n for n, c in enumerate(line) if c.isalnum())
        wanted = any(s.kind == "f" and s.start <= middle < s.end for s in gold)
        taken = any(b.start <= middle < b.end for b in document.furniture)
        result.expected += wanted
        result.predicted += taken
        result.found += wanted and taken
        if wanted != taken:
            result.wrong.append(("missed: " if wanted else "TEXT TAKEN: ") + line[:70])
    return result


def _actors(article: Article, document: Document) -> Score:
    result = Score(expected=len(article.actors))
    left = dict(article.actors)
    for actor in document.actors:
        names = {_plain(actor.name), *map(_plain, actor.aliases)}
        match = next((name for name, aliases in left.items() if names & aliases), None)
        again = any(names & aliases for aliases in article.actors.values())
        result.predicted += 1
        if match:
            result.found += 1
            del left[match]
        else:
            result.wrong.append(f"{'twice' if again else 'no actor'}: {actor.name}")
    result.wrong += [f"missed: {name}" for name in left]
    return result


def _metadata(article: Article, document: Document) -> Score:
    result = Score()
    for name in ("title", "standfirst", "author", "outlet", "published", "kind"):
        value = getattr(document.metadata, name).value
        wanted = article.header.get(name)
        if wanted is None and name == "standfirst":
            continue
        result.expected += wanted is not None
        result.predicted += value is not None
        result.found += wanted is not None and value == wanted
        if value != wanted:
            result.wrong.append(f"{name}: {value!r}, not {wanted!r}")
    return result


def _spans(article: Article, document: Document, kind: str, wanted: list[Span]) -> dict[str, Score]:
    short = _KINDS[kind]
    result, speakers = Score(expected=len(wanted)), Score()
    notes = [note for note in document.annotations if note.kind == kind]
    left = list(wanted)
    for note in notes:
        match = next((s for s in left if _covers(short, s, note.start, note.end)), None)
        result.predicted += 1
        words = document.slice(note.start, note.end)[:80]
        if match is None:
            result.wrong.append(f"extra: {words}")
            continue
        left.remove(match)
        result.found += 1
        if short in "qso" and match.who:
            speakers.expected += 1
            speakers.predicted += 1
            who = note.detail("actor" if short == "o" else "speaker")
            owner = next((a.stands_for for a in document.actors if a.name == who), "")
            right = _same_speaker(article, match.who, who)
            right = right or (short == "o" and _same_speaker(article, match.who, owner))
            speakers.found += right
            if not right:
                speakers.wrong.append(f"{words}: {who!r}, not {match.who!r}")
    for span in left:
        result.wrong.append(f"missed: {document.slice(span.start, span.end)[:80]}")
        if short in "qso" and span.who:
            speakers.expected += 1
    found = {short: result}
    return found | {f"{short} speaker": speakers} if short in "qso" else found


def _covers(kind: str, gold: Span, start: int, end: int) -> bool:
    common = min(gold.end, end) - max(gold.start, start)
    if common <= 0:
        return False
    cover = common / (gold.end - gold.start)
    if kind in "qs":
        cover = common / (max(gold.end, end) - min(gold.start, start))
        return cover >= (0.5 if kind == "s" or gold.end - gold.start < 12 else 0.8)
    return cover >= _COVER[kind]


def _same_speaker(article: Article, wanted: str, speaker: str) -> bool:
    one, two = _plain(wanted), _plain(speaker)
    for aliases in article.actors.values():
        if one in aliases:
            return two in aliases
    return one == two or (bool(two) and (one.endswith(two) or two.endswith(one)))


def total(part: str, engine: str = "rules") -> dict[str, Score]:
    results: dict[str, Score] = defaultdict(Score)
    for article in articles(part):
        for kind, found in score(article, article.read(engine)).items():
            found.wrong = [f"{article.name}: {line}" for line in found.wrong]
            results[kind].add(found)
    return results
