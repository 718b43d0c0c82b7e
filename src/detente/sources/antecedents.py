"""Whom a pronoun or a title means, by what stands around the names before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.sources.lexicon import CUES
from detente.sources.surroundings import AGENT_AFTER, OFFICE_AFTER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.sources.actors import Actor, Mention
    from detente.sources.mentions import Index

__all__ = ["antecedent", "party_of", "subject", "titled"]

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


_OPENING = re.compile(
    r"(?:After|Although|As|At|Because|Before|By|Despite|During|Following|For|From|If|In|Once|"
    r"On(?! \w+day [A-Zt])|Since|Though|Under|Unless|Until|When|Whenever|While|With|Without)\b"
    r"[^,]{1,120}, (?!who|which)"
)
_NO_SUBJECT = re.compile(
    r"\b(?:about|after|against|and|as|at|because|before|behind|between|by|despite|during|for|from|if|"
    r"in|into|near|nor|of|on|or|over|since|than|that|through|to|toward|towards|under|until|when|"
    r"where|whether|which|while|who|whom|whose|with|within|without)"
    r" (?:the |both |neighbouring |nearby )?$",
    re.IGNORECASE,
)
_ITS_RULE = re.compile(r"\b(?:government|kingdom|republic|state|leadership) of (?:the )?$")
_SAID = re.compile(rf"[,\"”\ufffc] (?:{'|'.join(sorted(CUES))}) $")
_OPEN_CLAUSE = re.compile(
    r"(?:(?:but|and|so|yet|then|meanwhile|however|now|today|on \w+day),? )?(?:the )?", re.IGNORECASE
)
_VERB = re.compile(
    r" (?!(?:a|an|and|as|at|but|by|for|from|in|into|nor|of|on|or|than|that|the|to|who|with)\b)"
    r"[a-z]|, (?:which|whose?)\b"
)
_AND = re.compile(r",? and (?:the )?")


def subject(folded: str, start: int, end: int, index: Index) -> Actor | None:
    """Find the actor who is the subject of a sentence.

    Parameters
    ----------
    folded : str
        The folded text.
    start, end : int
        Span of the sentence.
    index : Index
        Where actors are mentioned.

    Returns
    -------
    Actor or None
        The first one named in the main clause that acts or speaks there; None if there is none,
        or if it acts together with another.
    """
    opening = _OPENING.match(folded, start, end)
    main = opening.end() if opening else start
    mentions = index.between(main, end)
    for number, (mention, actor) in enumerate(mentions):
        before, after = folded[main : mention.start], folded[mention.end : end]
        following = mentions[number + 1][0].start if number + 1 < len(mentions) else end
        if _OPEN_CLAUSE.fullmatch(before) and _AND.fullmatch(folded, mention.end, following):
            return None
        if _is_subject(before, after, mention.form):
            return actor
    return None


def _is_subject(before: str, after: str, form: str) -> bool:
    if form == "place" or (_NO_SUBJECT.search(before) and not _ITS_RULE.search(before)):
        return False
    if _SAID.search(before):
        return True
    if form == "adjective" or after.startswith(("'s ", "' ")):
        return bool(OFFICE_AFTER.match(after))
    if _OPEN_CLAUSE.fullmatch(before):
        return _VERB.match(after) is not None
    return AGENT_AFTER.match(after) is not None


def party_of(actor: Actor, pronoun: str) -> str:
    """Name the party or person that a pronoun means if it means a subject; empty if it cannot.

    *It* after somebody who speaks for a party means the party.
    """
    person = actor.kind == "person"
    if pronoun in {"he", "she"}:
        return actor.name if person else ""
    return actor.stands_for if person else actor.name


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
