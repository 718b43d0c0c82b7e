"""Markdown: the marks are set aside with their places, the words stay where they were."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from detente.sources.document import Piece
from detente.sources.fold import trim
from detente.sources.layout import Line

__all__ = ["MarkdownText", "markdown_text"]

_LINE = re.compile(r"[^\n]*\n?")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_ITEM = re.compile(r"[ \t]{0,8}(?:[-*+]|\d{1,3}[.)])[ \t]+")
_RULE = re.compile(
    r" {0,3}(?:-[ \t]*){3,}$| {0,3}(?:\*[ \t]*){3,}$| {0,3}(?:_[ \t]*){3,}$|[ \t]*=+[ \t]*$"
)
_LINK = re.compile(r"(!?\[)([^\]\[\n]{0,500})(\]\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,200}\")?\))")
_MARK = re.compile(r"\*{1,3}|_{1,3}|`{1,3}")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!>-])")
_KEY = re.compile(r"(title|author|date|description|outlet|source|lang)\s*:\s*(.+)", re.IGNORECASE)
_KEYS = {
    "title": "og:title", "author": "author", "date": "date", "description": "og:description",
    "outlet": "og:site_name", "source": "og:site_name", "lang": "lang",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """The words of a Markdown text with their lines and pieces, and its front matter."""

    text: str
    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...]
    meta: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Build:
    source: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    pieces: list[Piece] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    run: int = 0

    def add(self, start: int, end: int, *, keep: bool) -> None:
        if start == end:
            return
        text = self.source[start:end] if keep else ""
        self.pieces.append(Piece(start, end, self.length, self.length + len(text)))
        self.parts.append(text)
        self.length += len(text)


def markdown_text(source: str) -> MarkdownText:
    r"""Read Markdown.

    Parameters
    ----------
    source : str
        The Markdown.

    Returns
    -------
    MarkdownText
        The text without marks, pieces that tile the source, lines with hints.

    Notes
    -----
    Headings, quotations, lists, emphasis, links, pictures and front matter are known; anything
    else stays as text. Lines of one paragraph are joined. Linear in the source.

    Examples
    --------
    >>> markdown_text("# Talks *stall*\n\n[Home](/) they went.").text
    'Talks stall\n\nHome they went.'
    """
    build = _Build(source)
    at, meta = _front_matter(build)
    open_paragraph = False
    while at < len(source):
        match = _LINE.match(source, at)
        end = match.end() if match else len(source)
        content = len(source[at:end].rstrip("\r\n")) + at
        open_paragraph = _line(build, at, content, open_paragraph)
        build.add(content, end, keep=True)
        at = end
    return MarkdownText("".join(build.parts), tuple(build.pieces), tuple(build.lines), meta)


def _front_matter(build: _Build) -> tuple[int, tuple[tuple[str, str], ...]]:
    match = re.compile(r"---\n(?:[^\n]{0,500}\n){0,60}?---\n").match(build.source)
    if match is None:
        return 0, ()
    build.add(0, match.end(), keep=False)
    found = [_KEY.match(line) for line in match[0].splitlines()]
    meta = tuple((_KEYS[m[1].lower()], m[2].strip(" \"'")) for m in found if m)
    return match.end(), meta


def _line(build: _Build, start: int, end: int, open_paragraph: bool) -> bool:
    """Add one line; say whether a paragraph stays open after it."""
    source = build.source
    if start == end or not source[start:end].strip():
        build.add(start, end, keep=True)
        build.run += 1
        return False
    if _RULE.match(source[start:end]):
        build.add(start, end, keep=False)
        build.run += 1
        return False
    hint, at = "p", start
    if match := _QUOTE.match(source, at, end):
        hint, at = "blockquote", match.end()
    if match := _HEADING.match(source, at, end):
        hint, at = f"h{len(match[1])}", match.end()
    elif match := _ITEM.match(source, at, end):
        hint, at = "li", match.end()
    build.add(start, at, keep=False)
    first = build.length
    linked = _inline(build, at, end)
    begin, stop = trim(_tail(build, first), 0, build.length - first)
    begin, stop = begin + first, stop + first
    if begin == stop:
        return open_paragraph
    if source.startswith("![", at) and linked:
        hint = "caption"
    elif linked * 10 >= (stop - begin) * 7 and hint in {"p", "li"}:
        hint = "outside"
    if open_paragraph and hint == build.lines[-1].hint and hint in {"p", "blockquote"}:
        build.lines[-1] = Line(build.lines[-1].start, stop, build.run, hint)
    else:
        build.lines.append(Line(begin, stop, build.run, hint))
    return hint in {"p", "blockquote"}


def _tail(build: _Build, first: int) -> str:
    parts: list[str] = []
    length = build.length
    for part in reversed(build.parts):
        if length <= first:
            break
        parts.append(part)
        length -= len(part)
    return "".join(reversed(parts))


def _inline(build: _Build, start: int, end: int) -> int:
    """Add the words of a line without its marks; return how many of them are links."""
    source = build.source
    gone: list[tuple[int, int]] = []
    linked = 0
    for match in _LINK.finditer(source, start, end):
        gone += [match.span(1), match.span(3)]
        linked += len(match[2])
    gone += [match.span() for match in _ESCAPE.finditer(source, start, end)]
    taken = sorted(gone)
    opened: dict[str, tuple[int, int]] = {}
    number = 0
    for match in _MARK.finditer(source, start, end):
        while number < len(taken) and taken[number][1] < match.start():
            number += 1
        if number < len(taken) and taken[number][0] <= match.start() <= taken[number][1]:
            continue
        mark = match[0]
        closes = match.start() > start and not source[match.start() - 1].isspace()
        inside_word = source[match.end() : match.end() + 1].isalnum() and mark[0] == "_"
        if closes and mark in opened and not inside_word:
            gone += [opened.pop(mark), match.span()]
        elif match.end() < end and not source[match.end()].isspace():
            before = source[match.start() - 1 : match.start()]
            if not (mark[0] == "_" and before.isalnum()):
                opened[mark] = match.span()
    at = start
    for first, last in sorted(gone):
        build.add(at, first, keep=True)
        build.add(first, last, keep=False)
        at = last
    build.add(at, end, keep=True)
    return linked
