"""The texts behind a case, cut into segments that can be shown and marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from detente.case import Case, Source, loads, rejections
from detente.case.evidence import Texts, attached_texts
from detente.errors import DetenteError
from detente.sources import Document as Read
from detente.sources import suggest
from detente.sources.document import Block as ReadBlock
from detente.web.passages import (
    Annotation,
    Block,
    Document,
    Documents,
    Rejected,
    Segment,
    Suggested,
)

__all__ = ["Beside", "documents"]


@dataclass(frozen=True, slots=True)
class Beside:
    """A case's text, and the folder whose texts it cites.

    Parameters
    ----------
    text : str
        The case's text.
    file : Path
        The case's file: the texts lie beside it.
    root : Path
        The served folder; nothing outside of it is read.
    """

    text: str
    file: Path
    root: Path

    def read(self) -> tuple[Case, Texts]:
        """Load the case and read the texts beside it; what was read last is kept.

        Raises
        ------
        DetenteError
            If the case is not sound, or a text cannot be read or lies outside the served folder.
        """
        stamp = 0
        for beside in self.file.parent.iterdir():
            if beside.is_symlink() and not beside.resolve().is_relative_to(self.root):
                raise DetenteError(f"{beside.name} is a link that leads out of the served folder")
            if beside.is_file():
                stamp = max(stamp, beside.stat().st_mtime_ns)
        case = loads(self.text, str(self.file))
        return case, _texts(_Sources(tuple(case.sources.values()), self.file, stamp, case))


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the texts of a case depend on."""

    sources: tuple[Source, ...]
    file: Path
    stamp: int
    case: Case = field(compare=False)


@lru_cache(maxsize=4)
def _texts(given: _Sources) -> Texts:
    return attached_texts(given.case)


def documents(beside: Beside) -> Documents:
    """Show the texts attached to a case, and what has been turned down of their suggestions.

    Parameters
    ----------
    beside : Beside

    Returns
    -------
    Documents

    Raises
    ------
    DetenteError
        As for `Beside.read`.
    """
    _, texts = beside.read()
    return Documents(
        documents=[
            _shown(source, read, changed=source in texts.changed)
            for source, read in texts.documents.items()
        ],
        missing=list(texts.missing),
        rejected=[
            Rejected(source=one.source, kind=one.kind, name=one.name, actor=one.actor)
            for one in rejections(beside.file)
        ],
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
                start=start,
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
