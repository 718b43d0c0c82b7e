"""Whom a pronoun or a title means, by what stands around the names before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.sources.actors import Actor, Mention
    from detente.sources.mentions import Index

__all__ = ["antecedent", "titled"]

_REACH = 600
# What makes a name the likelier antecedent: a subject is, an owner or an object is not.
_BEFORE = (
    (re.compile(r"\b(?:to|of|for|with|against|about|than|on|by) (?:\w+ ){0,2}$"), -1.0),
    (re.compile(r"\bfrom (?:[\w']+ ){0,2}$"), 1.0),
)
_AFTER = (
    (re.compile(r"'s? "), -1.0),
    (re.compile(r",? (?:has|had|have|\w+ed|\w+s|said|was|is|will|told|met|who)\b"), 1.0),
)


def antecedent(folded: str, pronoun: str, at: int, index: Index) -> str:
    """Find the actor whom a pronoun means.

    Parameters
    ----------
    folded : str
        The folded text.
    pronoun : str
        *he*, *she* or *it*.
    at : int
        Where it stands.
    index : Index
        Where actors are mentioned.

    Returns
    -------
    str
        Name of the actor, or empty.
    """
    kinds = {"person"} if pronoun in {"he", "she"} else {"state", "organisation", "party"}
    best, score = "", 0.0
    for mention, actor in index.between(max(0, at - _REACH), at):
        if actor.kind in kinds and mention.form != "adjective":
            weight = _weight(folded, mention, at)
            if weight >= score:
                best, score = actor.name, weight
    return best if score > 0 else ""


def _weight(folded: str, mention: Mention, at: int) -> float:
    before = folded[max(0, mention.start - 24) : mention.start]
    after = folded[mention.end : mention.end + 30]
    weight = 2.0 - (at - mention.end) / 300
    weight += sum(change for pattern, change in _BEFORE if pattern.search(before))
    return weight + sum(change for pattern, change in _AFTER if pattern.match(after))


def titled(folded: str, words: str, before: int, actors: Iterable[Actor]) -> str:
    """Find the named person whom “the foreign minister” means, if one bears the title."""
    match = re.match(r"(?:the|The|his|her|their|its) (.+)", words)
    if not match:
        return ""
    wanted = match[1].lower()
    for actor in actors:
        if re.fullmatch(r"town|city|state|company|county|village|canton|republic|island", wanted):
            places = (folded[max(0, m.start - 30) : m.start].lower() for m in actor.mentions)
            if any(place.endswith(f" {wanted} of ") for place in places):
                return actor.name
        first = actor.mentions[0]
        if actor.kind != "person" or first.start > before:
            continue
        left = folded[max(0, first.start - 60) : first.start].lower().rstrip(" ,")
        beside = re.match(r", ([^,.;!?]{3,70})", folded[first.end : first.end + 80])
        around = beside[1].lower().split() if beside else []
        if left.endswith(f" {wanted}") or all(word in around for word in wanted.split()):
            return actor.name
    return ""
