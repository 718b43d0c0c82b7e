"""Suggestions for a case: who might decide, about what, on which terms; never who wants what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detente.sources.anchors import Citation, cite_passage
from detente.sources.fold import words
from detente.sources.lexicon import JUDGEMENT
from detente.sources.provenance import SourceRecord, source_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.sources.actors import Actor
    from detente.sources.document import Annotation, Document

__all__ = ["Suggestion", "Suggestions", "suggest"]

_DROP = words(
    "a an the to of in on at by for with from and or its his her their this that these those "
    "it them very further crucial most also then instead even simply finally do be have has "
    "been so s"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something a case might hold, for a person to accept, change or refuse.

    ``name`` is a short identifier without loaded words, ``words`` those of the text; ``actor`` the
    suggested decision maker whom it concerns; ``citations`` the passages it rests on. Of a decision
    maker ``voices`` are the people who speak for it, each with the passage that says so.
    """

    kind: str
    name: str
    words: str
    actor: str
    citations: tuple[Citation, ...]
    because: str
    confidence: float
    aliases: tuple[str, ...] = ()
    voices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All suggestions from one document; ``loaded`` lists evaluative words and where they stand."""

    source: SourceRecord
    decision_makers: tuple[Suggestion, ...]
    options: tuple[Suggestion, ...]
    terms: tuple[Suggestion, ...]
    claims: tuple[Suggestion, ...]
    uncertainties: tuple[Suggestion, ...]
    loaded: tuple[tuple[str, str], ...]


def suggest(document: Document, *, words: bool = False) -> Suggestions:
    r"""Suggest the elements of a case from an annotated document.

    Parameters
    ----------
    document : Document
        An annotated document.
    words : bool
        Whether the citations carry the words; without, they hold locator and hash, so that a case
        can be published where the text may not be.

    Returns
    -------
    Suggestions
        Decision makers by falling weight; the rest in the order of the text. There is no
        preference among them: what a party wants is for a person to state.

    Examples
    --------
    >>> from detente.sources import read_text
    >>> text = "Talks\n\nOrvania threatened to close the port. Orvania's minister left."
    >>> found = suggest(read_text(text))
    >>> [(option.actor, option.name) for option in found.options]
    [('Orvania', 'close_port')]
    """
    holder = {actor.name: actor.stands_for or actor.name for actor in document.actors}
    notes = document.annotations

    def of(kind: str) -> list[Annotation]:
        return [note for note in notes if note.kind == kind]

    options = [_element(document, note, "option", holder, words) for note in of("option")]
    return Suggestions(
        source_record(document),
        tuple(_decision_makers(document, holder, words)),
        tuple(_merge(options)),
        tuple(_merge(_element(document, note, "term", holder, words) for note in of("term"))),
        tuple(_element(document, note, "claim", holder, words) for note in of("claim")),
        tuple(_element(document, note, "uncertainty", holder, words) for note in of("question")),
        tuple((document.slice(n.start, n.end), n.passage) for n in of("judgement")),
    )


def _element(
    document: Document, note: Annotation, kind: str, holder: dict[str, str], words: bool
) -> Suggestion:
    text = document.slice(note.start, note.end)
    actor = holder.get(note.detail("actor"), note.detail("actor"))
    citation = cite_passage(document, note.passage, words=words)
    return Suggestion(kind, _name(text), text, actor, (citation,), note.rule, note.confidence)


def _name(text: str) -> str:
    plain = JUDGEMENT.sub(" ", text)
    kept = [word for word in re.findall(r"[^\W_]+", plain.lower()) if word not in _DROP]
    return "_".join(kept[:4])


def _merge(found: Iterable[Suggestion]) -> Iterable[Suggestion]:
    """Join suggestions of the same name and actor; their citations add up."""
    merged: dict[tuple[str, str], Suggestion] = {}
    for one in found:
        old = merged.setdefault((one.actor, one.name), one)
        citations = tuple(dict.fromkeys([*old.citations, *one.citations]))
        confidence = max(old.confidence, one.confidence)
        merged[one.actor, one.name] = replace(old, citations=citations, confidence=confidence)
    return [one for one in merged.values() if one.name]


def _decision_makers(
    document: Document, holder: dict[str, str], words: bool
) -> Iterable[Suggestion]:
    acting = {
        holder.get(name, name)
        for note in document.annotations
        if note.kind in {"option", "quotation", "statement"}
        for name in (note.detail("actor"), note.detail("speaker"))
        if name
    }
    weight: dict[str, int] = {}
    for actor in document.actors:
        name = holder[actor.name]
        weight[name] = weight.get(name, 0) + len(actor.mentions)
    parties = [actor for actor in document.actors if holder[actor.name] == actor.name]
    for actor in sorted(parties, key=lambda actor: -weight[actor.name]):
        if actor.kind == "person" and actor.name not in acting:
            continue
        if actor.name in acting or weight[actor.name] >= 3:
            yield _decision_maker(document, actor, weight[actor.name], words)


def _decision_maker(document: Document, actor: Actor, weight: int, words: bool) -> Suggestion:
    people = [other for other in document.actors if other.stands_for == actor.name]
    aliases = [*actor.aliases, *(alias for other in people for alias in other.aliases)]
    voices = tuple((p.name, document.sentence_at(p.because[0])) for p in people if p.because)
    named = dict.fromkeys(document.sentence_at(m.start) for m in actor.mentions)
    places = dict.fromkeys([*list(named)[:5], *(place for _, place in voices)])
    citations = tuple(cite_passage(document, place, words=words) for place in places)
    because = f"{actor.kind}, {weight} mentions"
    if people:
        because += f"; spoken for by {', '.join(other.name for other in people)}"
    return Suggestion("decision maker", _identifier(actor), actor.name, actor.name, citations,
                      because, actor.confidence, tuple(dict.fromkeys(aliases)), voices)  # fmt: skip


def _identifier(actor: Actor) -> str:
    short = next(
        (alias for alias in actor.aliases if re.fullmatch(r"[A-Z]{2,5}", alias)), actor.name
    )
    plain = re.sub(r"^the ", "", short.lower())
    return "_".join(re.findall(r"[^\W_]+", plain))
