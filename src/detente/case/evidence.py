"""What a case's elements rest on: attached texts, citations that resolve, what is left uncited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from detente.case.doubts import AnyOrder, Either
from detente.case.model import Case, Citation, Evidence, Item, Prioritise, Source, Statement
from detente.conditions import did_you_mean
from detente.errors import CaseError, DetenteError, Problem
from detente.sources import Anchor, Document, Passage, PassageError, Quote, find_quote, read
from detente.sources import uncited as uncited_passages

__all__ = [
    "SUFFIXES",
    "CheckedCitation",
    "Element",
    "Texts",
    "attached_texts",
    "check_citations",
    "element",
    "elements",
    "matching_text",
    "source_of",
    "uncited",
]

SUFFIXES = (".txt", ".html", ".htm", ".md", ".pdf")
"""Endings of the files that may hold a source's text."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a case that can cite: its name, its words, and its evidence."""

    name: str
    words: str
    evidence: Evidence


def elements(case: Case) -> tuple[Element, ...]:
    """List everything in a case that can cite a source, in the order of the file.

    Parameters
    ----------
    case : Case

    Returns
    -------
    tuple of Element
        DMs, their options and preference statements, then rules and outcomes, open questions,
        named readings, perspectives and claims.

    Examples
    --------
    >>> from detente.case import load
    >>> [element.name for element in elements(load("elmira"))][:2]
    ['moe', 'moe.modify']
    """
    return tuple(_elements(case))


def _elements(case: Case) -> Iterator[Element]:
    for dm in case.decision_makers:
        yield Element(dm.id, dm.name, dm.evidence)
        for name, option in dm.options.items():
            yield Element(f"{dm.id}.{name}", option.text, option.evidence)
        if isinstance(dm.preferences, Prioritise):
            yield from _of_items(dm.id, dm.preferences.items)
        for number, pair in enumerate(dm.pairs.statements if dm.pairs else (), 1):
            yield Element(f"{dm.id}:pair:{number}", str(pair), pair.evidence)
    for number, rule in enumerate(case.rules, 1):
        words = ", ".join(clause.text for clause in rule.clauses)
        yield Element(f"rule:{number}", f"{rule.kind} {words}", rule.evidence)
    for outcome in case.outcomes.values():
        yield Element(outcome.id, outcome.text or outcome.clause.text, outcome.evidence)
    for question in case.questions:
        yield Element(question.id, question.question or question.id, question.evidence)
    for reading in case.readings.values():
        yield Element(f"reading:{reading.id}", reading.text or reading.name, reading.evidence)
    for one in case.perspectives.values():
        yield Element(f"perspective:{one.dm}", one.text or one.dm, one.evidence)
    for claim in case.claims.values():
        yield Element(f"claim:{claim.id}", claim.text or claim.clause.text, claim.evidence)


def _of_items(dm: str, items: Iterable[Item]) -> Iterator[Element]:
    number = 0
    for item in items:
        inner = (item,) if isinstance(item, Statement) else _inner(item)
        for statement in inner:
            number += 1
            name = statement.id or f"{dm}:{number}"
            yield Element(name, statement.clause.text, statement.evidence)
        if not isinstance(item, Statement):
            yield Element(item.id, item.question or item.id, item.evidence)


def _inner(item: Either | AnyOrder) -> tuple[Statement, ...]:
    return item.alternatives if isinstance(item, Either) else item.statements


def element(case: Case, name: str) -> Element:
    """Find an element by its name.

    Parameters
    ----------
    case : Case
    name : str
        Such as ``us``, ``us.withhold``, the id of a statement or outcome, or ``rule:1``.

    Returns
    -------
    Element

    Raises
    ------
    DetenteError
        If there is none, with the nearest names.
    """
    found = {item.name: item for item in elements(case)}
    if name not in found:
        raise DetenteError(f"there is no element {name}{did_you_mean(name, found)}")
    return found[name]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts that are attached to a case's sources.

    Parameters
    ----------
    documents : mapping of str to Document
        What was read, by the source's id.
    missing : tuple of str
        Sources whose text is recorded by a hash or file, but not there.
    changed : tuple of str
        Sources whose attached text is not the one whose hash the case records.
    """

    documents: Mapping[str, Document]
    missing: tuple[str, ...]
    changed: tuple[str, ...]


def source_of(case: Case, name: str) -> Source:
    """Find a source by its id.

    Raises
    ------
    DetenteError
        If there is none, with the nearest ids.
    """
    if name not in case.sources:
        raise DetenteError(f"there is no source {name}{did_you_mean(name, case.sources)}")
    return case.sources[name]


def text_file(case: Case, source: Source) -> Path | None:
    """Find the file that holds a source's text: as the case names it, or called like the source."""
    folder = Path(case.file).parent
    names = [source.file] if source.file else [f"{source.id}{suffix}" for suffix in SUFFIXES]
    return next((folder / name for name in names if (folder / name).is_file()), None)


def matching_text(source: Source, raw: bytes) -> bool:
    """Tell whether a text is the one whose hash the case records; true where it records none."""
    return not source.sha256 or hashlib.sha256(raw).hexdigest() == source.sha256


def attached_texts(case: Case) -> Texts:
    """Read the texts attached to a case.

    Parameters
    ----------
    case : Case

    Returns
    -------
    Texts

    Raises
    ------
    DetenteError
        If a file cannot be read as a document.
    """
    documents: dict[str, Document] = {}
    missing: list[str] = []
    changed: list[str] = []
    for name, source in case.sources.items():
        file = text_file(case, source)
        if file is None:
            if source.sha256 or source.file:
                missing.append(name)
            continue
        try:
            raw = file.read_bytes()
        except OSError as error:
            reason = (error.strerror or "cannot be read").lower()
            raise CaseError([Problem(str(file), 0, 0, reason)]) from None
        if not matching_text(source, raw):
            changed.append(name)
        documents[name] = read(raw, file.name)
    return Texts(MappingProxyType(documents), tuple(missing), tuple(changed))


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """Whether a citation leads to a passage.

    Parameters
    ----------
    element : str
        Name of the element that cites.
    citation : Citation
    state : {"found", "no text", "no passage", "other words"}
        Found; the source's text is not attached; the text has no such passage; the passage does
        not hold the quoted words.
    passage : Passage or None
        The passage, where there is one.
    message : str
        What is wrong, and what would be right.
    anchor : Anchor or None
        Where the passage, or the quoted words, stand now; None without a text, or a place.
    """

    element: str
    citation: Citation
    state: Literal["found", "no text", "no passage", "other words"]
    passage: Passage | None = None
    message: str = ""
    anchor: Anchor | None = None


def check_citations(case: Case, texts: Texts) -> tuple[CheckedCitation, ...]:
    """Look up every citation of a case in the texts attached to it.

    Parameters
    ----------
    case : Case
    texts : Texts

    Returns
    -------
    tuple of CheckedCitation
        In the order of the elements.
    """
    return tuple(
        _checked(item.name, citation, texts)
        for item in elements(case)
        for citation in item.evidence.cite
    )


def _checked(name: str, citation: Citation, texts: Texts) -> CheckedCitation:
    document = texts.documents.get(citation.source)
    if document is None:
        return CheckedCitation(name, citation, "no text")
    if not citation.at:
        return CheckedCitation(name, citation, "found")
    try:
        passage = document.passage(citation.at)
    except PassageError as error:
        return CheckedCitation(
            name, citation, "no passage", None, str(error), _of(document, citation)
        )
    if not citation.quote:
        anchor = Anchor("exact", passage.start, passage.end, passage.id, 1.0)
        return CheckedCitation(name, citation, "found", passage, "", anchor)
    found = _of(document, citation)
    if found is not None and found.state == "exact":
        return CheckedCitation(name, citation, "found", passage, "", found)
    where = "they are nowhere in the text"
    if found is not None and found.state == "moved":
        where = f"they stand at {found.locator}"
    elif found is not None:
        now = document.slice(found.start, found.end)
        where = f"{found.locator} has “{now}”"
    message = f"{citation.at} does not hold the words “{citation.quote}”: {where}"
    return CheckedCitation(name, citation, "other words", passage, message, found)


def _of(document: Document, citation: Citation) -> Anchor | None:
    """Find the quoted words of a citation; None where there are none, or no place for them."""
    if not citation.quote:
        return None
    found = find_quote(document, Quote(citation.at, citation.quote, citation.after))
    return None if found.state == "orphan" else found


def uncited(case: Case, texts: Texts) -> tuple[tuple[str, Passage], ...]:
    """List passages of weight that no element cites.

    Parameters
    ----------
    case : Case
    texts : Texts

    Returns
    -------
    tuple of (str, Passage)
        Source and sentence, heaviest first, where the reading suggests options, terms, claims or
        open questions, and nothing of the paragraph is cited.
    """
    cited = [c for item in elements(case) for c in item.evidence.cite]
    found: list[tuple[str, Passage]] = []
    for name, document in texts.documents.items():
        locators = [c.at for c in cited if c.source == name]
        locators += [locator.partition(".")[0] for locator in locators]
        heavy = uncited_passages(document, locators)
        found.extend((name, document.passage(weight.locator)) for weight in heavy)
    return tuple(found)
