"""The document: an article as it was read, with a place for every character of the original."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

from detente.errors import DetenteError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.sources.actors import Actor

__all__ = [
    "Annotation",
    "Block",
    "Document",
    "Engine",
    "Field",
    "Finding",
    "Metadata",
    "Part",
    "Passage",
    "PassageError",
    "Piece",
    "Role",
    "SourceError",
    "Status",
    "text_hash",
]


class SourceError(DetenteError):
    """A source cannot be read: it is too large, not text, or damaged."""


class PassageError(DetenteError):
    """A locator names no passage of the document."""


class Role(StrEnum):
    """What a block is to the article."""

    HEADLINE = "headline"
    DECK = "deck"
    BODY = "body"
    SUBHEADING = "subheading"
    TURN = "turn"
    SUSPECT = "suspect"
    FURNITURE = "furniture"


class Status(StrEnum):
    """Where the value of a field comes from."""

    STATED = "stated"
    INFERRED = "inferred"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Field:
    """A metadata value that says where it comes from; the span is its evidence in the text."""

    value: str | None = None
    status: Status = Status.ABSENT
    start: int | None = None
    end: int | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of the publication; an absent field has no value, never a guess."""

    title: Field = Field()
    standfirst: Field = Field()
    author: Field = Field()
    outlet: Field = Field()
    republisher: Field = Field()
    published: Field = Field()
    kind: Field = Field()
    language: Field = Field()
    url: Field = Field()
    comments: Field = Field()
    views: Field = Field()


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of a block, such as the caption and the title of a teaser card."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text with one role; blocks never overlap, and only blanks lie between.

    ``kind`` says which sort of furniture it is, ``values`` what it counts or names, and ``rule``
    which rule decided. A suspect block is kept as text until a person decides.
    """

    id: str
    role: Role
    start: int
    end: int
    kind: str = ""
    rule: str = ""
    speaker: str = ""
    duplicate_of: str = ""
    values: tuple[tuple[str, int | str], ...] = ()
    parts: tuple[Part, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether the block belongs to the article (everything but furniture does)."""
        return self.role is not Role.FURNITURE

    def value(self, name: str) -> int | str | None:
        """Return the value called `name`, or None."""
        return dict(self.values).get(name)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the original and the stretch of the text it became (empty for markup)."""

    start: int
    end: int
    text_start: int
    text_end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A block or a sentence that can be cited: ``p07`` or ``p07.s2``."""

    id: str
    role: Role
    start: int
    end: int
    text: str

    @property
    def hash(self) -> str:
        """Hash of the normalised text, by which a citation is checked without the text."""
        return text_hash(self.text)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A suggestion about a stretch of the text, until a person accepts it.

    ``details`` holds what the kind needs: speaker and cue of a quotation, category and certainty
    of a hedge, and so on. ``rule`` names the rule or model that made it.
    """

    id: str
    kind: str
    start: int
    end: int
    passage: str
    rule: str
    confidence: float
    details: tuple[tuple[str, str], ...] = ()
    status: str = "suggested"

    def detail(self, name: str) -> str:
        """Return the detail called `name`, or the empty string."""
        return dict(self.details).get(name, "")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, before it is numbered and placed; see `Annotation`."""

    kind: str
    start: int
    end: int
    rule: str
    confidence: float
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Engine:
    """What made the annotations, for the record."""

    name: str = "rules"
    version: str = "1"
    model: str = ""
    verified: bool | None = None


def text_hash(text: str) -> str:
    """Hash a passage so that blanks and typographic quotes make no difference.

    Parameters
    ----------
    text : str
        Text of a passage.

    Returns
    -------
    str
        The first 16 hexadecimal digits of the SHA-256 of the normalised text.

    Examples
    --------
    >>> text_hash("It’s  over.") == text_hash("It's over.")
    True
    """
    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def normalise(text: str) -> str:
    """Fold blanks to single spaces and typographic marks to plain ones."""
    return " ".join(text.translate(_QUOTES).split())


@dataclass(frozen=True, slots=True)
class Document:
    r"""An article as it was read.

    ``text`` is what offsets count in (code points, end exclusive). For plain text it *is* the
    decoded original; for HTML, Markdown and PDF ``pieces`` map it to the original. ``blocks``
    lie in the order of the text.

    Examples
    --------
    >>> from detente.sources import read_text
    >>> document = read_text("Dam talks stall\n\nThe river states met again. Nothing came of it.")
    >>> document.passage("p01.s2").text
    'Nothing came of it.'
    >>> document.passage("p7")
    Traceback (most recent call last):
        ...
    detente.sources.document.PassageError: there is no passage p7: the nearest is p01
    """

    raw: bytes = field(repr=False)
    encoding: str
    media_type: str
    original: str = field(repr=False)
    text: str = field(repr=False)
    pieces: tuple[Piece, ...] = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    metadata: Metadata = Metadata()
    actors: tuple[Actor, ...] = field(default=(), repr=False)
    annotations: tuple[Annotation, ...] = field(default=(), repr=False)
    engine: Engine = Engine()
    warnings: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """SHA-256 of the bytes as they were given."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def article(self) -> tuple[Block, ...]:
        """The blocks that are not furniture."""
        return tuple(block for block in self.blocks if block.is_text)

    @property
    def furniture(self) -> tuple[Block, ...]:
        """The blocks that are furniture."""
        return tuple(block for block in self.blocks if not block.is_text)

    def slice(self, start: int, end: int) -> str:
        """Return the text between two offsets, blanks folded for reading."""
        return " ".join(self.text[start:end].split())

    def passages(self) -> Iterator[Passage]:
        """Every block and every sentence of the article, in order of the text."""
        for block in self.blocks:
            yield self._passage(block.id, block, block.start, block.end)
            for number, (start, end) in enumerate(block.sentences, 1):
                yield self._passage(f"{block.id}.s{number}", block, start, end)

    def _passage(self, name: str, block: Block, start: int, end: int) -> Passage:
        return Passage(name, block.role, start, end, self.slice(start, end))

    def passage(self, locator: str) -> Passage:
        """Find a passage by its locator.

        Parameters
        ----------
        locator : str
            ``headline``, ``deck``, ``p07``, ``p07.s2``, ``f01``, …

        Returns
        -------
        Passage
            The block or sentence.

        Raises
        ------
        PassageError
            If there is none; the message names the nearest ones.
        """
        name, _, sentence = locator.strip().partition(".")
        for block in self.blocks:
            if block.id != name:
                continue
            if not sentence:
                return self._passage(name, block, block.start, block.end)
            if re.fullmatch(r"s[1-9]\d{0,6}", sentence):
                number = int(sentence[1:]) - 1
                if number < len(block.sentences):
                    return self._passage(f"{name}.{sentence}", block, *block.sentences[number])
            near = [f"{name}.s{number}" for number in range(1, len(block.sentences) + 1)][:6]
            raise PassageError(_missing(locator, near or [name]))
        raise PassageError(_missing(locator, self._nearest(name)))

    def _nearest(self, name: str) -> list[str]:
        ids = [block.id for block in self.blocks]
        number = re.fullmatch(r"([a-z])0*(\d{1,6})", name)
        if number:
            same = [i for i in ids if re.fullmatch(rf"{number[1]}\d+", i)]
            exact = [i for i in same if int(i[1:]) == int(number[2])]
            if same:
                return exact or sorted(same, key=lambda i: abs(int(i[1:]) - int(number[2])))[:2]
        return get_close_matches(name, ids, 3) or ids[:3]

    def sentence_at(self, offset: int) -> str:
        """Return the locator of the sentence (or block) that holds an offset."""
        for block in self.blocks:
            if block.start <= offset < block.end:
                for number, (start, end) in enumerate(block.sentences, 1):
                    if start <= offset < end:
                        return f"{block.id}.s{number}"
                return block.id
        return ""

    def reassemble(self) -> str:
        """Put the original together again from its pieces, and the pieces from the blocks.

        Returns
        -------
        str
            Equal to ``original``; a test holds it to that for any input.
        """
        at = 0
        rebuilt: list[str] = []
        for block in self.blocks:
            rebuilt += [self.text[at : block.start], self.text[block.start : block.end]]
            at = block.end
        text = "".join([*rebuilt, self.text[at:]])
        return "".join(
            text[piece.text_start : piece.text_end]
            if self._same(piece)
            else self.original[piece.start : piece.end]
            for piece in self.pieces
        )

    def _same(self, piece: Piece) -> bool:
        return (
            self.original[piece.start : piece.end] == self.text[piece.text_start : piece.text_end]
        )

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the text to the span of the original that it came from."""
        return self._to_original(start, last=False), self._to_original(end, last=True)

    def _to_original(self, offset: int, *, last: bool) -> int:
        for piece in self.pieces:
            inside = piece.text_start < offset <= piece.text_end
            if not last:
                inside = piece.text_start <= offset < piece.text_end
            if inside:
                if self._same(piece):
                    return piece.start + offset - piece.text_start
                return piece.end if last else piece.start
        return len(self.original) if last else 0


def _missing(locator: str, near: list[str]) -> str:
    message = f"there is no passage {locator}"
    if not near:
        return message
    return f"{message}: the nearest {'is' if len(near) == 1 else 'are'} {', '.join(near)}"
