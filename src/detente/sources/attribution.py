"""Who said what: direct and indirect quotations with their speakers, by rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.sources.antecedents import antecedent, titled
from detente.sources.clauses import reported_clause, trim_end
from detente.sources.cues import Cue, find_cues
from detente.sources.fold import mask
from detente.sources.mentions import Index
from detente.sources.quotations import Quoted, find_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.sources.actors import Actor
    from detente.sources.document import Block

__all__ = ["Speech", "find_speech", "mask_quoted"]

_NICK_BEFORE = re.compile(r"[A-Z][\w'-]+ $")
_NICK_AFTER = re.compile(r" [A-Z][\w'-]+")
_NOT_SAID = re.compile(r"\b(?:not|never|declin\w+ to|refus\w+ to|without)(?: yet)? $")
_REPORTED = re.compile(
    r"\b(?:is|are|was|were|has been|have been) (?:widely |also )?(?:reported|said|believed|"
    r"thought|understood|alleged|"
    r"expected|rumou?red|claimed|known) to (?=\w)|\b[Ii]t (?:is|was|has been) (?:widely |also "
    r")?(?:reported|said|"
    r"believed|understood|alleged|claimed|rumou?red) that "
)


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation or a reported statement.

    `form` is direct, fragment, scare, nickname or indirect. `speaker` is an actor's name, or the
    words used for an unnamed one; `voice` is named, unnamed or none.
    """

    start: int
    end: int
    form: str
    speaker: str = ""
    voice: str = "none"
    cue: str = ""
    framing: str = ""
    rule: str = ""
    confidence: float = 0.5
    speaker_span: tuple[int, int] | None = None


def find_speech(
    text: str,
    folded: str,
    blocks: Sequence[Block],
    actors: Sequence[Actor],
    parsed: Sequence[Cue] = (),
) -> list[Speech]:
    """Find the quotations and reported statements of an article.

    Parameters
    ----------
    text, folded : str
        The text and its folded copy.
    blocks : sequence of Block
        The blocks; furniture is passed over.
    actors : sequence of Actor
        The actors found in the text.
    parsed : sequence of Cue, optional
        Cues that a parser found; they stand before those of the rules.

    Returns
    -------
    list of Speech
        In order of the text.

    Notes
    -----
    A cue attributes a quotation when it stands right after it, else the nearest one before it in
    the same sentence, else the nearest after. A sentence that is all quotation goes on with the
    speaker of the one before. A pronoun goes to the person who last acted; a possessor (“his
    refusal”) or a complement (“aide to him”) is less likely than a subject.
    """
    reader = _Reader(text, folded, blocks, Index(actors), {actor.name: actor for actor in actors})
    reader.parsed = sorted(parsed, key=lambda cue: cue.start)
    return sorted(reader.run(), key=lambda speech: (speech.start, -speech.end))


def mask_quoted(text: str, folded: str, blocks: Sequence[Block]) -> str:
    """Blot out the insides of the quotations of an article, keeping every offset."""
    spans = [
        (quote.inner_start, quote.inner_end)
        for block in blocks
        if block.is_text
        for quote in find_quoted(text, block.start, block.end)
    ]
    return _mask_all(folded, spans)


class _Reader:
    """One pass over an article; it remembers who spoke last."""

    def __init__(
        self,
        text: str,
        folded: str,
        blocks: Sequence[Block],
        index: Index,
        actors: dict[str, Actor],
    ) -> None:
        self.text, self.folded, self.blocks = text, folded, blocks
        self.index, self.actors = index, actors
        self.last: Speech | None = None
        self.masked = folded
        self.parsed: list[Cue] = []

    def run(self) -> Iterator[Speech]:
        """Yield the speech of every block of the article."""
        quoted = {
            block.id: list(find_quoted(self.text, block.start, block.end))
            for block in self.blocks
            if block.is_text
        }
        inside = [(q.inner_start, q.inner_end) for spans in quoted.values() for q in spans]
        self.masked = _mask_all(self.folded, inside)
        open_before = False
        for block in self.blocks:
            if not block.is_text:
                continue
            spans = quoted[block.id]
            if not (open_before and spans and spans[0].start - block.start < 2):
                self.last = None
            for start, end in block.sentences:
                own = [q for q in spans if start <= q.start < end]
                yield from self._sentence(start, end, own, block.speaker)
            open_before = bool(spans) and not spans[-1].closed

    def _sentence(self, start: int, end: int, quoted: list[Quoted], turn: str) -> Iterator[Speech]:
        cues = self._merge(find_cues(self.masked, start, end, self.index), start, end)
        used: list[Cue] = []
        for quote in quoted:
            speech, cue = self._direct(quote, start, end, cues, turn)
            if cue is not None:
                used.append(cue)
            yield speech
        yield from self._indirect(start, end, cues, quoted)
        if not quoted and not cues:
            self.last = None

    def _merge(self, cues: list[Cue], start: int, end: int) -> list[Cue]:
        """Let a parser's cue replace the one that the rules found at the same verb."""
        first = bisect_left(self.parsed, start, key=lambda cue: cue.start)
        last = bisect_left(self.parsed, end, key=lambda cue: cue.start)
        parsed = [cue for cue in self.parsed[first:last] if "\ufffc" not in self.masked[cue.start]]
        verbs = {cue.start for cue in parsed}
        kept = [cue for cue in cues if cue.start not in verbs]
        return sorted([*kept, *parsed], key=lambda cue: cue.start)

    def _direct(
        self, quote: Quoted, start: int, end: int, cues: list[Cue], turn: str
    ) -> tuple[Speech, Cue | None]:
        words = self.text[quote.inner_start : quote.inner_end].split()
        if _NICK_BEFORE.search(self.folded, max(start, quote.start - 30), quote.start) and (
            _NICK_AFTER.match(self.folded, quote.end)
        ):
            return Speech(quote.start, quote.end, "nickname", rule="name around it"), None
        whole = not self.folded[start : quote.start].strip() and (
            len(self.folded[quote.end : end].strip(" .,")) == 0
        )
        form = (
            "direct" if len(words) >= 5 or self.text[quote.inner_end - 1] in ".,!?" else "fragment"
        )
        if whole and self.last is not None:
            return self._say(quote, "direct", self.last, "continues"), None
        cue, rule = _choose(quote, cues, self.masked)
        if cue is None:
            if turn and turn not in {"Q", "A"}:
                return Speech(quote.start, quote.end, "scare", rule="in a turn"), None
            if whole or (form == "direct" and len(words) >= 5):
                return Speech(quote.start, quote.end, "direct", rule="no cue"), None
            return Speech(quote.start, quote.end, "scare", rule="no cue"), None
        speech = self._resolve(cue, start, quote.start, quote.end, form, rule)
        self.last = speech
        return speech, cue

    def _say(self, quote: Quoted, form: str, like: Speech, rule: str) -> Speech:
        return Speech(quote.start, quote.end, form, like.speaker, like.voice, like.cue,
                      like.framing, rule, 0.7, like.speaker_span)  # fmt: skip

    def _resolve(
        self, cue: Cue, sentence: int, start: int, end: int, form: str, rule: str
    ) -> Speech:
        span = (cue.subject_start, cue.subject_end)
        words = " ".join(self.text[slice(*span)].split())
        speaker, voice, confidence = cue.actor, "named", 0.85
        if cue.pronoun in {"i", "we"}:
            speaker, voice = "author", "author"
        elif cue.pronoun:
            speaker = self._antecedent(cue, sentence)
            confidence = 0.6
            if not speaker:
                speaker, voice = words, "unnamed"
        elif not speaker:
            speaker = titled(self.folded, words, cue.subject_start, self.actors.values())
            if not speaker:
                speaker, voice = words, "unnamed"
        return Speech(
            start, end, form, speaker, voice, cue.word, cue.framing, rule, confidence, span
        )

    def _antecedent(self, cue: Cue, sentence: int) -> str:
        """Find whom a pronoun means: the last speaker, or else who acted last."""
        last = self.last.speaker if self.last and self.last.voice != "author" else ""
        if cue.pronoun == "they":
            return last
        if cue.pronoun in {"he", "she"} and last:
            near = self.index.between(sentence, cue.subject_start)
            if not any(actor.kind == "person" for _, actor in near):
                return last
        return antecedent(self.folded, cue.pronoun, cue.subject_start, self.index)

    def _indirect(
        self, start: int, end: int, cues: list[Cue], quoted: list[Quoted]
    ) -> Iterator[Speech]:
        taken = start
        for cue in cues:
            if any(q.start < cue.start < q.end for q in quoted):
                continue
            own = cue.pronoun in {"i", "we", "who"}
            if own or _NOT_SAID.search(self.masked, max(start, cue.start - 24), cue.start):
                continue
            span = reported_clause(self.masked, cue, start, end)
            if span is None or span[0] < taken:
                continue
            span = self._cut_at_next(span, cue, cues)
            speech = self._resolve(cue, start, *span, "indirect", "cue and clause")
            if self._new_words(span) < (2 if "\ufffc" in self.masked[slice(*span)] else 3):
                continue
            taken = span[1]
            self.last = speech
            yield speech
        for match in _REPORTED.finditer(self.masked, start, end):
            if match.end() >= taken and (self._new_words((match.end(), end)) >= 3):
                last = trim_end(self.folded, match.end(), end)
                cue_words = match[0].strip().lower()
                yield Speech(match.end(), last, "indirect", "", "unnamed", cue_words, "neutral",
                             "reported")  # fmt: skip
                return

    def _cut_at_next(self, span: tuple[int, int], cue: Cue, cues: list[Cue]) -> tuple[int, int]:
        """End a clause where another speaker takes over after a comma."""
        for later in cues:
            first = min(later.start, later.subject_start)
            if later is not cue and span[0] + 12 < first < span[1] and first > cue.start:
                comma = self.masked.rfind(",", span[0], first)
                if comma > span[0] and not later.word.startswith(("according", "in h")):
                    return span[0], comma
        return span

    def _new_words(self, span: tuple[int, int]) -> int:
        return len(re.findall(r"[^\W_]+", self.masked[slice(*span)]))


def _mask_all(folded: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            parts += [folded[at:start], mask(folded[start:end], [(0, end - start)])]
            at = end
    return "".join([*parts, folded[at:]])


def _choose(quote: Quoted, cues: list[Cue], masked: str) -> tuple[Cue | None, str]:
    best: tuple[int, Cue | None, str] = (10**9, None, "")
    for cue in cues:
        first = min(cue.start, cue.subject_start)
        last = max(cue.end, cue.subject_end)
        if first >= quote.end:
            between = masked[quote.end : first]
            if not between.strip(" ,"):
                return cue, "cue right after"
            rank = (
                1000
                + len(between)
                + 500 * bool(re.search(r"\b(?:and|but|while|whereas)\b|;", between))
            )
            rule = "cue after"
        elif last <= quote.start:
            rank, rule = quote.start - last, "cue before"
        else:
            continue
        if rank < best[0]:
            best = (rank, cue, rule)
    return best[1], best[2]
