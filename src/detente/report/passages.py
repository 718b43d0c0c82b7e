"""The passages that a case cites, quoted in short where the source's text is given."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case import Case, Citation, Evidence
from detente.case.evidence import elements
from detente.report.blocks import Block, Code, Inline, Paragraph, Strong, Table, Words
from detente.report.citing import standing
from detente.report.findings import Findings
from detente.sources import Document, Passage, PassageError

__all__ = ["passages", "shortened"]

_MOST_WORDS = 40
_MOST_CHARACTERS = 280
_MOST_PASSAGES = 60
_MOST_ELEMENTS = 6


def passages(findings: Findings, source: str) -> Iterator[Block]:
    """List the passages of one source that are cited, with a sentence of each at most."""
    texts = findings.attached.texts
    if texts is None or not findings.options.quotes:
        return
    document = texts.documents.get(source)
    if document is None:
        if source in texts.missing:
            said = "Its text is not attached: its passages are given by their places alone."
            yield Paragraph((said,), "aside")
        return
    if source in texts.changed:
        said = (
            "The text attached is not the one whose hash the case records, so nothing is quoted "
            "from it."
        )
        yield Paragraph((said,), "aside")
        return
    cited = _cited(findings.case, source)
    found = [(document.passage(at), uses) for at, uses in cited.items() if _is_there(document, at)]
    found.sort(key=lambda pair: (pair[0].start, pair[0].end))
    rows = tuple(
        ((Strong(passage.id),), (_quoted(document, passage, uses),), _supports(uses))
        for passage, uses in found[:_MOST_PASSAGES]
    )
    if rows:
        head = ("Passage", "Quoted from it", "Supports")
        words = f"Passages cited; of each at most a sentence or {_MOST_WORDS} words are quoted"
        yield Table(head, rows, words)
    more = len(found) - len(rows)
    if more:
        yield Paragraph((f"… and {more} more.",))


def _cited(case: Case, source: str) -> dict[str, list[tuple[str, Citation, Evidence]]]:
    """List what cites each place of a source: the element's name, the citation, its evidence."""
    found: dict[str, list[tuple[str, Citation, Evidence]]] = {}
    for element in elements(case):
        for citation in element.evidence.cite:
            if citation.source == source and citation.at:
                used = (element.name, citation, element.evidence)
                found.setdefault(citation.at, []).append(used)
    return found


def _is_there(document: Document, at: str) -> bool:
    try:
        document.passage(at)
    except PassageError:
        return False
    return True


def _quoted(
    document: Document, passage: Passage, uses: list[tuple[str, Citation, Evidence]]
) -> str:
    """Quote the sentence that holds the words an element cites, or else the first."""
    inner = [
        part.text
        for part in document.passages()
        if part.id.partition(".")[0] == passage.id and "." in part.id
    ]
    sentences = [passage.text] if "." in passage.id else inner or [passage.text]
    wanted = [citation.quote for _, citation, _ in uses if citation.quote]
    holding = (sentence for quote in wanted for sentence in sentences if quote in sentence)
    return f"“{shortened(next(holding, sentences[0]))}”"


def shortened(text: str) -> str:
    """Cut a text to a sentence's length: forty words, or fewer where they are long.

    Examples
    --------
    >>> shortened("One two three.")
    'One two three.'
    >>> shortened("word " * 50).count("word")
    40
    """
    words = text.split()
    short = " ".join(words[:_MOST_WORDS])
    if len(short) > _MOST_CHARACTERS:
        short = short[:_MOST_CHARACTERS].rpartition(" ")[0] or short[:_MOST_CHARACTERS]
    return short if len(short) == len(" ".join(words)) else f"{short} …"


def _supports(uses: list[tuple[str, Citation, Evidence]]) -> Words:
    line: list[Inline] = []
    for name, _, evidence in uses[:_MOST_ELEMENTS]:
        badge = standing(evidence)
        line += [", "] if line else []
        line += [Code(name), *((" ", badge) if badge else ())]
    more = len(uses) - _MOST_ELEMENTS
    return (*line, f" and {more} more") if more > 0 else tuple(line)
