"""Search: the passages that bear on something, ranked, offline."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from detente.sources.document import normalise
from detente.sources.fold import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detente.sources.document import Document

__all__ = ["Hit", "search"]

_K1, _B = 1.2, 0.6
_BLOCK_WEIGHT, _ALIAS_WEIGHT, _NEIGHBOUR_WEIGHT = 0.4, 0.7, 0.35
_STOPWORDS = words(
    "the a an and or of to in on at by for with from that this it its is are was were be been "
    "not no but as has have had will would can could may might do does did they he she his "
    "her their them who what which than then if so"
)
# Words that stand near one another in writing about conflicts; a neighbour counts for less.
_NEIGHBOURS = tuple(
    frozenset(group.split())
    for group in (
        "withhold suspend halt stop cut deny refuse",
        "recognise acknowledge accept",
        "sanction embargo boycott tariff",
        "settle settlement agreement deal peace accord treaty pact",
        "talk negotiate negotiation dialogue meeting diplomacy",
        "attack strike invade offensive assault",
        "withdraw withdrawal retreat leave pull",
        "deliver delivery supply aid support help",
        "reject refuse decline deny dismiss",
        "accept agree consent concede concession",
        "escalate escalation war widen",
        "weapon arm arms military missile",
        "threat threaten warn ultimatum",
        "cease ceasefire truce freeze armistice",
        "reconcile reconciliation normalise normalisation normalization detente rapprochement",
        "territory land border line",
        "ally alliance coalition bloc",
        "mediate mediator mediation envoy",
        "leverage pressure lever card force",
        "split diverge separate drop abandon",
        "join include together",
        "block blockade close shut seal",
        "open reopen restore resume",
        "pay fund loan money finance",
        "guarantee assurance promise pledge",
        "election vote ballot referendum",
        "court arbitration ruling judge",
    )
)
_SPELLING = ((re.compile(r"is(e[ds]?|ing|ation)$"), r"iz\1"), (re.compile(r"our$"), "or"))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that bears on the query: its document, locator, score and the words that match."""

    document: str
    locator: str
    score: float
    matched: tuple[str, ...]


def stem(word: str) -> str:
    """Cut the commonest endings, so that *withholding* meets *withhold*.

    Examples
    --------
    >>> [stem(word) for word in ("withholding", "deliveries", "recognised", "talks")]
    ['withhold', 'deliver', 'recogniz', 'talk']
    """
    word = word.removesuffix("'s").removesuffix("'")
    for pattern, spelling in _SPELLING:
        word = pattern.sub(spelling, word)
    if len(word) <= 3:
        return word
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ions", "ion",
                   "ers", "es", "ed", "ly", "s", "e", "y"):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word


def _terms(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)?", normalise(text).lower())
    return [stem(word) for word in words if word not in _STOPWORDS]


def search(
    documents: Mapping[str, Document] | Sequence[Document],
    query: str,
    aliases: Mapping[str, Iterable[str]] | None = None,
    limit: int = 10,
) -> tuple[Hit, ...]:
    r"""Rank the passages of documents by how much they bear on a query.

    Parameters
    ----------
    documents : mapping of str to Document, or sequence of Document
        What to search; the names (or else the ids) stand in the hits.
    query : str
        Words, or the name of an element such as ``us.withhold``.
    aliases : mapping of str to iterable of str, optional
        Other names of what the query may name, such as ``{"us": ["Washington", "Trump"]}``. The
        aliases of the documents' own actors are used in any case, and those who stand for them.
    limit : int
        At most so many hits.

    Returns
    -------
    tuple of Hit
        Sentences, best first; equal scores in the order of the documents.

    Notes
    -----
    BM25 (Robertson and Zaragoza, 2009) over sentences, with a share of the score of their
    paragraph, light stemming, names widened by aliases and verbs by a small list of neighbours in
    meaning. The time is proportional to the text.

    Examples
    --------
    >>> from detente.sources import read_text
    >>> text = "Talks\n\nIt rained. Washington could withhold further deliveries. They left."
    >>> search([read_text(text)], "us.withhold")[0].locator
    'p01.s2'
    """
    named = dict(documents) if hasattr(documents, "keys") else {d.id: d for d in documents}
    concepts = _concepts(query, _alias_groups(named.values(), aliases or {}))
    units: list[tuple[str, str, Counter[str], Counter[str]]] = []
    for name, document in named.items():
        for block in document.article:
            whole = Counter(_terms(document.text[block.start : block.end]))
            for number, (start, end) in enumerate(block.sentences, 1):
                own = Counter(_terms(document.text[start:end]))
                units.append((name, f"{block.id}.s{number}", own, whole))
    mean = sum(unit[2].total() for unit in units) / max(1, len(units))
    rarity = [_rarity(concept, [unit[2] for unit in units]) for concept in concepts]
    hits: list[Hit] = []
    for name, locator, own, whole in units:
        score = sum(r * _part(c, own, mean) for r, c in zip(rarity, concepts, strict=True))
        if score > 0:
            around = sum(
                r * _part(c, whole, 4 * mean) for r, c in zip(rarity, concepts, strict=True)
            )
            matched = sorted({term for concept in concepts for term in concept if own[term]})
            hits.append(
                Hit(name, locator, round(score + _BLOCK_WEIGHT * around, 4), tuple(matched))
            )
    return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])


def _rarity(concept: dict[str, float], units: list[Counter[str]]) -> float:
    found = sum(any(unit[term] for term in concept) for unit in units)
    return math.log(1 + (len(units) - found + 0.5) / (found + 0.5))


def _part(concept: dict[str, float], counts: Counter[str], mean: float) -> float:
    """Score one idea of the query: its terms stand for one another, so they do not add up."""
    found = max((weight for term, weight in concept.items() if counts[term]), default=0.0)
    times = sum(counts[term] for term in concept)
    return found * times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * counts.total() / (mean or 1)))


def _alias_groups(
    documents: Iterable[Document], aliases: Mapping[str, Iterable[str]]
) -> list[frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for name, others in aliases.items():
        groups[name] |= {name.lower(), *(other.lower() for other in others)}
    for document in documents:
        for actor in document.actors:
            groups[actor.name] |= {actor.name.lower(), *(alias.lower() for alias in actor.aliases)}
            if actor.stands_for:
                groups[actor.stands_for] |= {actor.name.split(" ")[-1].lower()}
    return [frozenset(group) for group in groups.values()]


def _concepts(query: str, groups: list[frozenset[str]]) -> list[dict[str, float]]:
    """Cut a query into ideas, each a set of terms with weights."""
    plain = " ".join(re.findall(r"[^\W_]+", query.lower()))
    concepts: list[dict[str, float]] = []
    for group in groups:
        named = [alias for alias in group if re.search(rf"\b{re.escape(alias)}\b", plain)]
        if named:
            terms = {term: _ALIAS_WEIGHT for alias in group for term in _terms(alias)}
            terms |= {term: 1.0 for alias in named for term in _terms(alias)}
            concepts.append(terms)
            for alias in sorted(named, key=len, reverse=True):
                plain = re.sub(rf"\b{re.escape(alias)}\b", " ", plain)
    for term in dict.fromkeys(_terms(plain)):
        near = {
            t: _NEIGHBOUR_WEIGHT for stems in _neighbour_stems() if term in stems for t in stems
        }
        concepts.append(near | {term: 1.0})
    return concepts


@cache
def _neighbour_stems() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(stem, group)) for group in _NEIGHBOURS)
