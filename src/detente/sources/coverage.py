"""Coverage: the passages of weight that nothing in a case cites."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.sources.document import Document

__all__ = ["Weight", "uncited", "weights"]

# What makes a passage worth citing. The numbers only order; they measure nothing.
_WEIGHT = {
    "claim": 3.0, "option": 2.0, "term": 2.0, "question": 2.0, "condition": 1.5,
    "quotation": 1.0, "statement": 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a sentence matters for a case, and the kinds of annotation that say so."""

    locator: str
    weight: float
    kinds: tuple[str, ...]


def weights(document: Document) -> tuple[Weight, ...]:
    """Weigh the sentences of an annotated document.

    Parameters
    ----------
    document : Document
        The document.

    Returns
    -------
    tuple of Weight
        Sentences with any weight, in the order of the text. Each kind counts once.
    """
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    for note in document.annotations:
        if note.kind in _WEIGHT and note.detail("form") not in {"nickname", "scare"}:
            kinds[note.passage].setdefault(note.kind)
    return tuple(
        Weight(f"{block.id}.s{number}", sum(_WEIGHT[kind] for kind in found), tuple(found))
        for block in document.article
        for number in range(1, len(block.sentences) + 1)
        if (found := kinds.get(f"{block.id}.s{number}"))
    )


def uncited(document: Document, locators: Iterable[str], least: float = 3.0) -> tuple[Weight, ...]:
    """List the passages of weight that none of the citations touches.

    Parameters
    ----------
    document : Document
        The document.
    locators : iterable of str
        What a case cites: sentences, or whole blocks such as ``p07``.
    least : float
        The weight from which a passage counts.

    Returns
    -------
    tuple of Weight
        Heaviest first.

    Examples
    --------
    >>> from detente.sources import read_text
    >>> text = "Talks" + chr(10) * 2 + "It rained. Norway could close the bridge if Sweden agreed."
    >>> [one.locator for one in uncited(read_text(text), ["headline"])]
    ['p01.s2']
    >>> uncited(read_text(text), ["headline", "p01"])
    ()
    """
    cited = set(locators)
    left = [
        one
        for one in weights(document)
        if one.weight >= least and not {one.locator, one.locator.partition(".")[0]} & cited
    ]
    return tuple(sorted(left, key=lambda one: -one.weight))
