"""A document as JSON, as W3C Web Annotations, and as a schema.org article."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from detente.sources.document import Block, Document, Field, Metadata, text_hash
from detente.sources.provenance import source_record, voice_balance, voices

if TYPE_CHECKING:
    from detente.sources.actors import Actor

__all__ = ["to_dict", "to_schema_org"]

_SCHEMA_KINDS = {
    "news": "ReportageNewsArticle",
    "opinion": "OpinionNewsArticle",
    "interview": "NewsArticle",
    "statement": "Article",
}


def to_dict(document: Document, *, text: bool = True) -> dict[str, Any]:
    r"""Turn a document into plain data for JSON.

    Parameters
    ----------
    document : Document
        The document.
    text : bool
        Whether to include the words; without them, offsets and hashes remain.

    Returns
    -------
    dict
        JSON-ready; offsets are in code points, end exclusive.

    Examples
    --------
    >>> from detente.sources import read_text
    >>> data = to_dict(read_text("Talks fail\n\nThey met. They left."), text=False)
    >>> [block["id"] for block in data["blocks"]], "text" in data["blocks"][0]
    (['headline', 'p01'], False)
    """
    return {
        "format": "detente-document/1",
        "id": document.id,
        "media_type": document.media_type,
        "encoding": document.encoding,
        "length": len(document.text),
        "offsets": "code points, end exclusive",
        "engine": asdict(document.engine),
        "metadata": _metadata(document.metadata),
        "blocks": [_block(document, block, text) for block in document.blocks],
        "annotations": [
            {
                "id": note.id,
                "kind": note.kind,
                "passage": note.passage,
                "start": note.start,
                "end": note.end,
                **({"text": document.slice(note.start, note.end)} if text else {}),
                "details": dict(note.details),
                "rule": note.rule,
                "confidence": note.confidence,
                "status": note.status,
            }
            for note in document.annotations
        ],
        "actors": [_actor(document, actor, text) for actor in document.actors],
        "voices": [asdict(voice) for voice in voices(document)],
        "voice_balance": [asdict(balance) for balance in voice_balance(document)],
        "provenance": asdict(source_record(document)),
        "warnings": list(document.warnings),
    }


def _actor(document: Document, actor: Actor, text: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": actor.name, "kind": actor.kind, "aliases": list(actor.aliases), "code": actor.code,
        "title": actor.title, "confidence": actor.confidence,
        "mentions": [[m.start, m.end, m.form] for m in actor.mentions],
    }  # fmt: skip
    if actor.because is not None:
        data["stands_for"] = actor.stands_for
        data["because"] = {"passage": document.sentence_at(actor.because[0])} | (
            {"text": document.slice(*actor.because)} if text else {}
        )
    return data


def _metadata(metadata: Metadata) -> dict[str, Any]:
    return {
        name: {key: value for key, value in asdict_field.items() if value not in {None, ""}}
        for name, asdict_field in asdict(metadata).items()
    }


def _block(document: Document, block: Block, text: bool) -> dict[str, Any]:
    words = document.slice(block.start, block.end)
    data: dict[str, Any] = {
        "id": block.id, "role": block.role.value, "start": block.start, "end": block.end,
        "hash": text_hash(words), "rule": block.rule,
    }  # fmt: skip
    for name in ("kind", "speaker", "duplicate_of"):
        if value := getattr(block, name):
            data[name] = value
    if block.values:
        data["values"] = dict(block.values)
    if block.parts:
        data["parts"] = [
            {"name": part.name, "start": part.start, "end": part.end}
            | ({"text": document.slice(part.start, part.end)} if text else {})
            for part in block.parts
        ]
    if text:
        data["text"] = words
    data["sentences"] = [
        {"id": f"{block.id}.s{index}", "start": start, "end": end}
        for index, (start, end) in enumerate(block.sentences, 1)
    ]
    return data


def to_schema_org(document: Document) -> dict[str, Any]:
    r"""Describe a document as a schema.org article, from stated and inferred fields only.

    Examples
    --------
    >>> from detente.sources import read_text
    >>> to_schema_org(read_text("Talks fail\n\nThey met. They left."))["headline"]
    'Talks fail'
    """
    metadata = document.metadata

    def named(field: Field, kind: str) -> dict[str, str] | None:
        return {"@type": kind, "name": field.value} if field.value else None

    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _SCHEMA_KINDS.get(metadata.kind.value or "", "Article"),
        "headline": metadata.title.value,
        "description": metadata.standfirst.value,
        "author": named(metadata.author, "Person"),
        "publisher": named(metadata.republisher, "Organization")
        or named(metadata.outlet, "Organization"),
        "datePublished": metadata.published.value,
        "inLanguage": metadata.language.value,
        "url": metadata.url.value,
        "sha256": document.id,
    }
    return {key: value for key, value in data.items() if value is not None}
