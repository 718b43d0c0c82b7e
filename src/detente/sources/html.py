"""HTML: every block of the page with its offsets in the source; trafilatura judges what is article.

The walk is ours because no extractor keeps what it drops or says where text stood. It never
executes, resolves or fetches anything.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from detente.sources.document import Piece, SourceError, normalise
from detente.sources.fold import trim, words
from detente.sources.layout import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PageText", "page_text"]

_NAME = re.compile(r"/?([a-zA-Z][\w:-]{0,40})")
# Possessive: a failed match costs one pass, never a retry.
_REST = re.compile(r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RAW = frozenset(
    {"script", "style", "title", "textarea", "noscript", "template", "iframe", "svg", "math"}
)
_BLOCKS = words(
    "address article aside blockquote body button dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html head li main nav ol option p pre "
    "section select summary table tbody td tfoot th thead time tr ul label legend caption br"
)
_VOID = words("area base br col embed hr img input link meta param source track wbr")
_OUTSIDE_TAGS = frozenset({"nav", "footer", "aside", "form", "button", "select", "header"})
_OUTSIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu|share|sharing|social|related\w*|comments?|cookies?|consent|"
    r"footer|sidebar|promo|newsletter|"
    r"advert\w*|ads?|tags?|breadcrumbs?|topbar|byline|meta|masthead|logo|popular|trending|"
    r"recommend\w*|subscribe|"
    r"toolbar|widget|pagination|skip|contact|banner|modal|teaser)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page with its lines and pieces, and what its head says."""

    text: str
    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...]
    meta: tuple[tuple[str, str], ...]
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Context:
    """What the open tags say of the text inside."""

    tag: str = ""
    outside: str = ""
    article: bool = False
    heading: str = ""
    caption: bool = False
    item: str = ""


@dataclass(slots=True)
class _Walk:
    source: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    pieces: list[Piece] = field(default_factory=list)
    lines: list[tuple[int, int, _Context, int]] = field(default_factory=list)
    stack: list[_Context] = field(default_factory=lambda: [_Context()])
    open_tags: Counter[str] = field(default_factory=Counter)
    segment: int = 0
    linked: int = 0
    links: int = 0
    meta: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)

    def add(self, start: int, end: int, text: str) -> None:
        if text == "" and self.pieces and self.pieces[-1].text_end == self.pieces[-1].text_start:
            last = self.pieces.pop()
            start = last.start
        self.pieces.append(Piece(start, end, self.length, self.length + len(text)))
        self.parts.append(text)
        self.length += len(text)

    def words(self, start: int, end: int) -> None:
        at = start
        for match in _ENTITY.finditer(self.source, start, end):
            if match.start() > at:
                self.add(at, match.start(), self.source[at : match.start()])
            self.add(*match.span(), html.unescape(match[0]))
            at = match.end()
        if end > at:
            self.add(at, end, self.source[at:end])
        if self.links:
            self.linked += len(self.source[start:end].strip())

    def flush(self) -> None:
        if self.length > self.segment:
            self.lines.append((self.segment, self.length, self.stack[-1], self.linked))
        self.segment, self.linked = self.length, 0

    def markup(self, start: int, end: int, *, breaks: bool) -> None:
        if breaks:
            self.flush()
            self.add(start, end, "\n" if self.length else "")
            self.segment = self.length
        else:
            self.add(start, end, "")

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "a":
            self.links += 1
        if tag in _BLOCKS and self.stack[-1].tag == "p" and tag not in {"br", "time"}:
            self.close("p")
        if tag in _VOID:
            return
        self.stack.append(_inside(self.stack[-1], tag, attributes))
        self.open_tags[tag] += 1

    def close(self, tag: str) -> None:
        if tag == "a":
            self.links = max(0, self.links - 1)
        if not self.open_tags[tag]:
            return
        while len(self.stack) > 1:
            top = self.stack.pop()
            self.open_tags[top.tag] -= 1
            if top.tag == tag:
                return


def _inside(outer: _Context, tag: str, attributes: dict[str, str]) -> _Context:
    outside = outer.outside
    marked = (
        f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('role', '')}"
    )
    if tag in {"article", "main"}:
        outside = ""
    elif not outside and tag not in {"html", "body"}:
        if tag in _OUTSIDE_TAGS and not (tag == "header" and outer.article):
            outside = tag
        elif _OUTSIDE_CLASS.search(marked[:300]):
            outside = "outside"
    heading = tag if re.fullmatch(r"h[1-6]", tag) else outer.heading
    item = tag if tag in {"p", "li", "blockquote", "td", "dd"} else outer.item
    article = outer.article or tag in {"article", "main"}
    return _Context(tag, outside, article, heading, outer.caption or tag == "figcaption", item)


def page_text(source: str) -> PageText:
    """Read the blocks of a page.

    Parameters
    ----------
    source : str
        The HTML.

    Returns
    -------
    PageText
        Text, pieces that tile the source, lines with hints, metadata of the head.

    Raises
    ------
    SourceError
        If the extra is not installed.

    Notes
    -----
    Linear in the source: an unclosed comment, tag or quotation mark runs to a bound and is not
    tried again. What trafilatura takes for the article is text; the rest of the page is furniture
    where its tags or classes say so or where it is a short line of links; else it is suspect.
    """
    walk = _Walk(source)
    for kind, start, end, tag, attributes in _tokens(source):
        if kind == "text":
            walk.words(start, end)
        elif kind == "open":
            walk.markup(start, end, breaks=tag in _BLOCKS)
            walk.open(tag, attributes)
            if tag == "meta" and attributes.get("content"):
                name = attributes.get("property") or attributes.get("name") or ""
                walk.meta.append((name.lower(), html.unescape(attributes["content"])))
            elif tag == "html" and attributes.get("lang"):
                walk.meta.append(("lang", attributes["lang"]))
            elif tag == "link" and attributes.get("rel") == "canonical":
                walk.meta.append(("canonical", attributes.get("href", "")))
        elif kind == "close":
            walk.markup(start, end, breaks=tag in _BLOCKS)
            walk.close(tag)
        else:
            if tag == "script" and "ld+json" in attributes.get("type", ""):
                walk.scripts.append(source[start:end])
            walk.add(start, end, "")
    walk.flush()
    text = "".join(walk.parts)
    lines = _judge(source, text, walk.lines)
    return PageText(text, tuple(walk.pieces), tuple(lines), tuple(walk.meta), tuple(walk.scripts))


def _tokens(source: str) -> Iterator[tuple[str, int, int, str, dict[str, str]]]:
    at, size = 0, len(source)
    strict = True
    lower = source.lower() if len(source.lower()) == len(source) else source
    while at < size:
        less = source.find("<", at)
        if less < 0:
            yield "text", at, size, "", {}
            return
        if less > at:
            yield "text", at, less, "", {}
        if source.startswith("<!--", less):
            end = source.find("-->", less + 4)
            at = end + 3 if end >= 0 else size
            yield "skip", less, at, "", {}
            continue
        name = _NAME.match(source, less + 1)
        if name is None and not source.startswith(("<!", "<?"), less):
            yield "text", less, less + 1, "", {}
            at = less + 1
            continue
        rest = _REST.match(source, name.end() if name else less) if strict else None
        end = rest.end() if rest else source.find(">", less) + 1
        strict = strict and rest is not None
        if end <= 0:
            yield "text", less, size, "", {}
            return
        at = end
        if name is None:
            yield "skip", less, end, "", {}
            continue
        tag = name[1].lower()
        if source[less + 1] == "/":
            yield "close", less, end, tag, {}
            continue
        attributes = _attributes(source, name.end(), end)
        yield "open", less, end, tag, attributes
        if tag in _RAW and not source.startswith("/>", end - 2):
            close = lower.find(f"</{tag}", end)
            close = close if close >= 0 else size
            yield "skip", end, close, tag, attributes
            at = close


def _attributes(source: str, start: int, end: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source, start, min(end, start + 4000)):
        found.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
    return found


def _judge(
    source: str, text: str, segments: list[tuple[int, int, _Context, int]]
) -> Iterator[Line]:
    main = _main_text(source)
    run = 0
    for first, last, context, linked in segments:
        start, end = trim(text, first, last)
        if start == end:
            continue
        run += 1
        words = normalise(text[start:end])
        yield Line(start, end, run, _hint(words, context, linked, main))


def _hint(words: str, context: _Context, linked: int, main: str) -> str:
    if context.caption:
        return "caption"
    if context.heading == "h1" and not context.outside:
        return "h1"
    inside = words in main
    if context.outside and not (inside and context.outside == "outside" and len(words) > 80):
        return context.outside
    if inside:
        return context.heading or context.item or "p"
    if linked * 2 > len(words) or len(words) < 25:
        return "outside"
    return "suspect"


def _main_text(source: str) -> str:
    try:
        trafilatura = import_module("trafilatura")
    except ImportError as error:
        raise SourceError(
            "reading HTML needs the extra 'read': pip install 'detente[read]'; "
            "or save the page as text"
        ) from error
    try:
        main = trafilatura.extract(source, include_comments=False, favor_recall=True)
    except Exception as error:
        raise SourceError(f"the page is too damaged to read ({error}): save it as text") from error
    return normalise(main or "")
