"""What a report is made of, before it is set as a page or as Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.figures import Figure

__all__ = [
    "Badge",
    "Block",
    "Bullets",
    "Code",
    "Document",
    "Inline",
    "Link",
    "Paragraph",
    "Picture",
    "Section",
    "Strong",
    "Subsection",
    "Table",
    "Tone",
    "Words",
    "joined",
]

Tone = Literal["holds", "fails", "depends", "plain", "stated", "implied", "assumed", "note"]
"""What a badge stands for; it sets its look, never its words."""


@dataclass(frozen=True, slots=True)
class Code:
    """Text as it stands in a file."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that is stressed."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to another place of the same document."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A verdict or a standing; with the share of readings, from 0 to 1, where one is meant."""

    text: str
    tone: Tone = "plain"
    share: float | None = None


Inline: TypeAlias = str | Code | Strong | Link | Badge
"""A part of a line."""

Words: TypeAlias = tuple[Inline, ...]
"""A line."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    words: Words
    tone: Literal["plain", "lead", "aside"] = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: headings and rows of cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure under a name that is distinct within the document."""

    name: str
    figure: Figure
    caption: str


Block: TypeAlias = "Paragraph | Bullets | Table | Picture | Subsection"


@dataclass(frozen=True, slots=True)
class Subsection:
    """A part of a section."""

    title: Words
    blocks: tuple[Block, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section with the anchor by which the contents lead to it."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A report.

    Parameters
    ----------
    title, question : str
        Of the case.
    stamp : str
        Line below the title: program, version and date where one was given.
    sections : tuple of Section
    """

    title: str
    question: str
    stamp: str
    sections: tuple[Section, ...]


def joined(parts: list[Words], between: str = ", ") -> Words:
    """Join lines into one.

    Examples
    --------
    >>> joined([("a",), (Code("b"),)])
    ('a', ', ', Code(text='b'))
    """
    line: list[Inline] = []
    for index, part in enumerate(parts):
        line += [between, *part] if index else part
    return tuple(line)
