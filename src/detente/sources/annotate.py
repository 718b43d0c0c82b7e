"""Annotate a document with the rules: every annotation a suggestion with its place and its rule."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from detente.sources.actors import Actor, find_actors
from detente.sources.antecedents import subject
from detente.sources.attribution import Speech, find_speech, mask_quoted
from detente.sources.conclusions import find_conclusions, find_judgements
from detente.sources.conditions import find_conditions
from detente.sources.document import Annotation, Document, Finding
from detente.sources.fold import fold
from detente.sources.hedges import find_hedges
from detente.sources.lexicon import SPEAKER_NOUNS
from detente.sources.mentions import Index
from detente.sources.options import find_options
from detente.sources.questions import find_questions
from detente.sources.roles import interviewer
from detente.sources.terms import find_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SUBJECTS = frozenset(
    {"it", "he", "she", "they", "we", "who", "sides", "side", "neither", "either"}
)

# A sentence that starts with one of these goes on about the subject before it.
_PRONOUNS = ("It ", "He ", "She ")

__all__ = ["annotate", "number_findings"]


def annotate(document: Document, engine: str = "rules") -> Document:
    """Add the actors and annotations that the rules find, with a parser's help if asked.

    Parameters
    ----------
    document : Document
        A document with blocks.
    engine : {'rules', 'nlp'}
        The second needs the extra ``nlp``.

    Returns
    -------
    Document
        The same with actors and annotations; a text that is not in English gets none, and a
        warning says so.

    Notes
    -----
    Time grows in proportion to the length of the text.
    """
    if document.metadata.language.value not in {"en", None}:
        language = document.metadata.language.value
        warning = f"the rules know English; this text seems to be {language}: not annotated"
        return replace(document, warnings=(*document.warnings, warning))
    folded = fold(document.text)
    if engine == "nlp":
        from detente.sources import nlp

        parsed = nlp.parse(folded, document.blocks)
        document = replace(document, engine=nlp.engine())
        actors = find_actors(folded, document.blocks, nlp.recognised(parsed))
        cues = nlp.parsed_cues(parsed, Index(actors))
    else:
        actors, cues = find_actors(folded, document.blocks), []
    speech = find_speech(document.text, folded, document.blocks, actors, cues)
    findings = [*_actor_findings(actors), *_speech_findings(speech)]
    findings += _sentence_findings(document, folded, Index(actors))
    return replace(document, actors=actors, annotations=number_findings(document, findings))


def number_findings(document: Document, findings: Sequence[Finding]) -> tuple[Annotation, ...]:
    """Put findings in the order of the text and give each its id and its passage."""
    ordered = sorted(findings, key=lambda found: (found.start, -found.end, found.kind))
    places = _places(document)
    annotations: list[Annotation] = []
    at = 0
    for number, found in enumerate(ordered, 1):
        while at + 1 < len(places) and places[at + 1][0] <= found.start:
            at += 1
        passage = places[at][1] if places else ""
        note = Annotation(
            f"a{number:03d}", found.kind, found.start, found.end, passage, found.rule,
            found.confidence, found.details,
        )  # fmt: skip
        annotations.append(note)
    return tuple(annotations)


def _places(document: Document) -> list[tuple[int, str]]:
    return [
        (start, f"{block.id}.s{number}")
        for block in document.blocks
        for number, (start, _) in enumerate(block.sentences, 1)
    ]


def _actor_findings(actors: Sequence[Actor]) -> Iterator[Finding]:
    for actor in actors:
        for mention in actor.mentions:
            details = (("actor", actor.name), ("form", mention.form), ("kind", actor.kind))
            yield Finding("actor", mention.start, mention.end, "name", actor.confidence, details)


def _speech_findings(speech: Sequence[Speech]) -> Iterator[Finding]:
    for found in speech:
        kind = "statement" if found.form == "indirect" else "quotation"
        details = (
            ("form", found.form), ("speaker", found.speaker), ("voice", found.voice),
            ("cue", found.cue), ("framing", found.framing),
        )  # fmt: skip
        yield Finding(kind, found.start, found.end, found.rule, found.confidence, details)


def _sentence_findings(document: Document, folded: str, index: Index) -> Iterator[Finding]:
    masked = mask_quoted(document.text, folded, document.blocks)
    asker = interviewer(document.text, document.blocks)
    before: Actor | None = None
    for block in document.article:
        for start, end in block.sentences:
            options = list(find_options(folded, start, end, index, before))
            yield from options
            yield from _not_of_options(find_hedges(folded, start, end), options, folded, index)
            yield from find_conditions(folded, start, end)
            yield from find_terms(folded, start, end)
            yield from find_conclusions(folded, start, end, block.role)
            yield from find_judgements(masked, start, end)
            if not (asker and block.speaker == asker):
                yield from find_questions(masked, start, end)
            if not folded.startswith(_PRONOUNS, start):
                before = subject(masked, start, end, index)


def _not_of_options(
    hedges: Iterator[Finding], options: list[Finding], folded: str, index: Index
) -> Iterator[Finding]:
    """Leave out “may” and “could” that say what a party is able to do: that is the option."""
    for hedge in hedges:
        word = folded[hedge.start : hedge.end]
        if word in {"may", "could"}:
            subject = re.search(r"([\w'-]+) $", folded[max(0, hedge.start - 30) : hedge.start])
            last = subject[1].lower() if subject else ""
            party = (
                last in _SUBJECTS or last in SPEAKER_NOUNS or index.at(hedge.start - 2) is not None
            )
            if party and any(0 <= option.start - hedge.end <= 12 for option in options):
                continue
        yield hedge
