"""The texts behind a case, cut into segments that can be shown and marked."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from detente.case import loads
from detente.case.evidence import attached_texts
from detente.errors import DetenteError
from detente.sources import Document as Read
from detente.sources import suggest
from detente.sources.document import Block as ReadBlock
from detente.web.findings import Annotation, Block, Document, Documents, Segment, Suggested

__all__ = ["documents"]

_MAX_BYTES = 5_000_000


def documents(text: str, file: Path, root: Path) -> Documents:
    """Read the texts attached to a case.

    Parameters
    ----------
    text : str
        The case's text; where it is not sound, nothing is read.
    file : Path
        The case's file: the texts lie beside it.
    root : Path
        The served folder; nothing outside of it is read.

    Returns
    -------
    Documents
    """
    for beside in file.parent.iterdir():
        if beside.is_symlink() and not beside.resolve().is_relative_to(root):
            raise DetenteError(f"{beside.name} is a link that leads out of the served folder")
    stamp = max((p.stat().st_mtime_ns for p in file.parent.iterdir() if p.is_file()), default=0)
    return _documents(text, file, stamp)


@lru_cache(maxsize=4)
def _documents(text: str, file: Path, stamp: int) -> Documents:  # noqa: ARG001 - part of the key
    texts = attached_texts(loads(text, str(file)))
    return Documents(
        documents=[
            _shown(source, read, changed=source in texts.changed)
            for source, read in texts.documents.items()
        ],
        missing=list(texts.missing),
    )


def _shown(source: str, read: Read, *, changed: bool) -> Document:
    found = suggest(read)
    return Document(
        source=source,
        changed=changed,
        blocks=[_block(read, block) for block in read.blocks],
        annotations=[
            Annotation(
                kind=note.kind,
                passage=note.passage,
                confidence=note.confidence,
                details=dict(note.details),
            )
            for note in read.annotations
        ],
        suggestions=[
            Suggested(
                kind=one.kind,
                name=one.name,
                words=one.words,
                actor=one.actor,
                cite=[f"{source} {citation.locator}" for citation in one.citations],
                because=one.because,
                confidence=one.confidence,
            )
            for one in (*found.decision_makers, *found.options)
        ],
        warnings=list(read.warnings),
    )


def _block(read: Read, block: ReadBlock) -> Block:
    inside = [
        (index, max(note.start, block.start), min(note.end, block.end))
        for index, note in enumerate(read.annotations)
        if note.start < block.end and note.end > block.start
    ]
    cuts = {block.start, block.end}
    for _, start, end in inside:
        cuts.update((start, end))
    for start, end in block.sentences:
        cuts.update((start, end))
    edges = sorted(cuts)
    return Block(
        id=block.id,
        role=block.role.value,
        kind=block.kind,
        speaker=block.speaker,
        segments=[
            Segment(
                text=read.text[start:end],
                sentence=_sentence(block, start),
                marks=[index for index, low, high in inside if low <= start and end <= high],
            )
            for start, end in pairwise(edges)
        ],
    )


def _sentence(block: ReadBlock, at: int) -> str:
    for number, (start, end) in enumerate(block.sentences, 1):
        if start <= at < end:
            return f"{block.id}.s{number}"
    return block.id
