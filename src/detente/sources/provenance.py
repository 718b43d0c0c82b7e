"""Provenance: the record of a source, its defects, and how the voices in it are balanced."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from detente.sources.document import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.sources.document import Annotation, Document

__all__ = [
    "Balance", "Defect", "SourceRecord", "VoicedSentence", "independent", "source_record",
    "voice_balance", "voices",
]  # fmt: skip


class Defect(StrEnum):
    """What weakens a source; the vocabulary is fixed and short."""

    SECONDHAND = "secondhand"
    OPINION = "opinion"
    ANONYMOUS = "anonymous"
    RETRACTED = "retracted"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What a case records of a source; empty means not stated.

    ``published`` is the date of the text, ``events`` that of what it reports. ``affiliation`` of
    the outlet comes from a dated, sourced list of the analyst's, never from this program.
    """

    sha256: str
    title: str = ""
    kind: str = ""
    kind_because: str = ""
    author: str = ""
    outlet: str = ""
    affiliation: str = ""
    republisher: str = ""
    published: str = ""
    events: str = ""
    retrieved: str = ""
    url: str = ""
    language: str = ""
    engine: str = ""
    defects: tuple[Defect, ...] = ()


@dataclass(frozen=True, slots=True)
class VoicedSentence:
    """Whose voice a sentence is in, framed how, and how certain.

    ``voice`` is author, headline, named, unnamed or reported; ``speaker`` the source;
    ``framing`` neutral, factive or distancing, after the cue; ``certainty`` what the hedges leave,
    ``asserted`` if there is none. A factive cue or a booster never makes it more certain.
    """

    passage: str
    voice: str
    speaker: str
    framing: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Balance:
    """How often an actor is named and how often it is heard: what to look for, no judgement."""

    actor: str
    mentions: int
    statements: int


def source_record(document: Document, retrieved: str = "") -> SourceRecord:
    """Make the record of a source from what its document states.

    Parameters
    ----------
    document : Document
        The document.
    retrieved : str, optional
        When it was fetched, ISO 8601.

    Returns
    -------
    SourceRecord
        With the defects that the text itself shows: ``opinion`` by its kind, ``anonymous`` when
        most attributed statements have no named source, ``secondhand`` when it is republished or
        says that it rests on another outlet. A person adds the others.
    """
    found = document.metadata
    engine = f"{document.engine.name} {document.engine.version} {document.engine.model}".strip()
    if document.engine.verified is not None:
        engine += " (verified)" if document.engine.verified else " (NOT the known files)"
    return SourceRecord(
        document.id, found.title.value or "", found.kind.value or "", found.kind.because,
        found.author.value or "", found.outlet.value or "", "", found.republisher.value or "",
        found.published.value or "", "", retrieved, found.url.value or "",
        found.language.value or "", engine, tuple(_defects(document)),
    )  # fmt: skip


def _defects(document: Document) -> Iterable[Defect]:
    if document.metadata.kind.value == "opinion":
        yield Defect.OPINION
    spoken = [note for note in document.annotations if note.detail("voice") in {"named", "unnamed"}]
    unnamed = sum(note.detail("voice") == "unnamed" for note in spoken)
    if unnamed * 2 > len(spoken):
        yield Defect.ANONYMOUS
    if document.metadata.republisher.value:
        yield Defect.SECONDHAND


_ORDER = ("unknown", "reported", "possible", "apparent", "held", "probable")


def voices(document: Document) -> tuple[VoicedSentence, ...]:
    """Tell whose voice each sentence of the article is in.

    Parameters
    ----------
    document : Document
        An annotated document.

    Returns
    -------
    tuple of VoicedSentence
        In order of the text. A sentence with less than a quarter of speech stays the author's.
    """
    notes: dict[str, list[Annotation]] = {}
    for note in document.annotations:
        notes.setdefault(note.passage, []).append(note)
    found: list[VoicedSentence] = []
    for block in document.article:
        for number, (start, end) in enumerate(block.sentences, 1):
            locator = f"{block.id}.s{number}"
            own = notes.get(locator, [])
            spoken = [
                n for n in own if n.kind in {"quotation", "statement"} and n.detail("speaker")
            ]
            spoken += [n for n in own if n.kind == "statement" and not n.detail("speaker")]
            covered = sum(n.end - n.start for n in spoken)
            voice, speaker, framing = "author", block.speaker, ""
            if block.role in {"headline", "deck"}:
                voice = "headline"
            elif spoken and covered * 4 >= end - start:
                voice = spoken[0].detail("voice")
                speaker, framing = spoken[0].detail("speaker"), spoken[0].detail("framing")
            hedges = {n.detail("certainty") for n in own if n.kind == "hedge"}
            certainty = next((level for level in _ORDER if level in hedges), "asserted")
            found.append(VoicedSentence(locator, voice, speaker, framing, certainty))
    return tuple(found)


def voice_balance(document: Document) -> tuple[Balance, ...]:
    """Count, for each actor, its mentions and the statements attributed to it or its people.

    Parameters
    ----------
    document : Document
        An annotated document.

    Returns
    -------
    tuple of Balance
        By falling number of mentions.
    """
    stands_for = {actor.name: actor.stands_for for actor in document.actors}
    heard: Counter[str] = Counter()
    for note in document.annotations:
        if note.kind in {"quotation", "statement"} and note.detail("voice") == "named":
            speaker = note.detail("speaker")
            heard.update({speaker, stands_for.get(speaker, "")} - {""})
    counts = [Balance(a.name, len(a.mentions), heard[a.name]) for a in document.actors]
    return tuple(sorted(counts, key=lambda balance: (-balance.mentions, balance.actor)))


def independent(documents: Sequence[Document]) -> tuple[tuple[str, ...], ...]:
    """Group documents that are one text: a republication corroborates nothing.

    Parameters
    ----------
    documents : sequence of Document
        The documents.

    Returns
    -------
    tuple of tuple of str
        Ids by group; the number of groups is the number of independent documents.

    Notes
    -----
    Two documents are one text when at least 60 % of the sentences of the shorter one stand in
    the other.
    """
    groups: list[tuple[set[str], list[str]]] = []
    for document in documents:
        sentences = {
            re.sub(r"\W+", " ", normalise(document.text[slice(*span)]).lower())
            for block in document.article
            for span in block.sentences
        }
        for known, members in groups:
            if len(known & sentences) >= 0.6 * min(len(known), len(sentences)) > 0:
                known.update(sentences)
                members.append(document.id)
                break
        else:
            groups.append((set(sentences), [document.id]))
    return tuple(tuple(members) for _, members in groups)


def with_defects(record: SourceRecord, *defects: Defect) -> SourceRecord:
    """Add defects that a person found."""
    return replace(record, defects=tuple(dict.fromkeys([*record.defects, *defects])))
