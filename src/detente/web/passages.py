"""What is asked of the texts that a case rests on, and what is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from detente.web.contract import Answer, CaseId, Cited, Request, Short, TextRequest

__all__ = [
    "Anchored",
    "Anchors",
    "Annotation",
    "Block",
    "Document",
    "Documents",
    "QuoteRequest",
    "Quoted",
    "RejectRequest",
    "Rejected",
    "Rejections",
    "Segment",
    "Suggested",
]


class Segment(Answer):
    """A stretch of a document between two boundaries of annotations."""

    text: str
    start: int = Field(description="Where it starts in the document, in code points.")
    sentence: str = Field(description="Locator of the sentence that it is part of.")
    marks: list[int] = Field(description="Indices of the annotations on it.")


class Block(Answer):
    """A block of a document: a paragraph, a headline, or a piece of furniture."""

    id: str
    role: str
    kind: str
    speaker: str
    segments: list[Segment]


class Annotation(Answer):
    """What a rule or model found in a document."""

    kind: str
    passage: str
    confidence: float
    details: dict[str, str]


class Suggested(Answer):
    """An element that a document suggests, until a person accepts it."""

    kind: str
    name: str
    words: str
    actor: str
    cite: list[str]
    because: str
    confidence: float


class Document(Answer):
    """A source's text as it was read."""

    source: str
    changed: bool = Field(description="It is not the text whose hash the case records.")
    blocks: list[Block]
    annotations: list[Annotation]
    suggestions: list[Suggested]
    warnings: list[str]


class Rejected(Request):
    """What tells a suggestion that was turned down from others."""

    source: Short
    kind: Short
    name: Short
    actor: Short = ""


class RejectRequest(Rejected):
    """A suggestion to be turned down for everybody, or one that is no longer."""

    id: CaseId
    rejected: bool = True


class Rejections(Answer):
    """All that is turned down for a case."""

    rejected: list[Rejected]


class Documents(Rejections):
    """The texts attached to a case, and the sources whose text is not there."""

    documents: list[Document]
    missing: list[str]


class Anchored(Cited):
    """Where a citation leads in the text as it is now."""

    state: Literal["exact", "moved", "changed", "orphan"]
    start: int
    end: int
    locator: str = Field(description="Of the place found; empty for an orphan.")
    message: str = Field(description="What is wrong with it; empty if nothing is.")


class Anchors(Answer):
    """Every citation of a case whose source's text is there, once."""

    anchors: list[Anchored]


class QuoteRequest(TextRequest):
    """Words chosen in a source's text: from one offset to another, or typed, in a passage."""

    source: Short
    start: Annotated[int, Field(ge=0)] = 0
    end: Annotated[int, Field(ge=0)] = 0
    at: Short = ""
    words: Annotated[str, Field(max_length=5_000)] = ""


class Quoted(Cited):
    """How to cite words, and where they stand."""

    start: int
    end: int
    words: str = Field(description="All of them, where the quotation leaves some out.")
