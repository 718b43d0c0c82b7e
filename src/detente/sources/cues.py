"""Cues of speech: the verb that attributes, who its subject is, and where the subject stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.sources.fold import words
from detente.sources.lexicon import CUES, FRAMING, SPEAKER_NOUNS

if TYPE_CHECKING:
    from detente.sources.actors import Actor, Mention
    from detente.sources.mentions import Index

__all__ = ["Cue", "find_cues"]

_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[^\w\s]")
_BETWEEN = words(
    "has have had also then later again once still now repeatedly is are was were would will "
    "did not quite ever never cannot can could already often always just only first even both "
    "all himself herself itself themselves earlier previously yesterday today meanwhile "
    "however soon be been to too simply merely like likes liked want wants wanted seem seems "
    "tried tries try began begin"
)
_PRONOUNS = words("he she they it who i we")
_DETERMINERS = words(
    "the a an one another his her its their some several many most two three both no this "
    "that these our my all"
)
_EVENTS = words(
    "talks talk meeting meetings visit visits round rounds negotiations summit war dispute "
    "deal contacts agreement relations relationship conversation call calls exchange dialogue "
    "conference"
)
_DOCUMENTS = words(
    "report reports document documents draft drafts statement data figures letter memo media "
    "agency agencies transcript survey poll newspaper newspapers account accounts ministry "
    "table text people those"
)
_PERSONAL = re.compile(r"[a-z]{2,}(?:ers?|ors?|ists?|ians?|ants?)")
_STOP = words(
    "that and but or as if when while because although though after before since until in on "
    "at by with to from into than so where which what said says"
)
_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Ii]n the (?:words|view|eyes|opinion) of|[Ff]or his part,|[Ff]or her "
    r"part,) "
)
_NOMINAL = re.compile(
    r"'s? (?:[\w-]+ ){0,2}(?P<noun>call|warning|demand|remarks?|claim|promise|proposal|offer|"
    r"description|threat|"
    r"words?|phrase|letter|statement|speech|argument|insistence|assurance|pledge|vow|term|reminder|"
    r"announcement|suggestion|message|comments?|accusation|view|note|reply|answer)s?\b"
)
_FROM = re.compile(
    r"\b(?:know|hear|heard|learn|learned|learnt|learning|word|admission|statement),? from "
)
_HIS_WORDS = re.compile(
    r"\b[Ii]n (?P<who>his|her|their|its) (?:own )?(?:words?|phrase|view|telling)\b"
)
_NOT_SPEECH_BEFORE = words("the a an no any its their his her this that of for some")
_NOUN_FORMS = words(
    "call calls report reports demand demands claim claims state states put note notes "
    "comment comments answer answers reply hope hopes promise promises vow vows pledge "
    "pledges remark remarks stress signal signals praise estimate estimates quote quotes know "
    "point points think welcome"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: span of the verb, its framing, and the subject (an actor, a noun or a pronoun)."""

    start: int
    end: int
    word: str
    framing: str
    subject_start: int
    subject_end: int
    actor: str = ""
    pronoun: str = ""
    inverted: bool = False


def find_cues(masked: str, start: int, end: int, index: Index) -> list[Cue]:
    """Find the cues of a sentence with their subjects.

    Parameters
    ----------
    masked : str
        The folded text with the insides of quotations blotted out.
    start, end : int
        Span of the sentence.
    index : Index
        Where actors are mentioned.

    Returns
    -------
    list of Cue
        In order of the text; a verb whose subject cannot be told is left out.
    """
    tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(masked, start, end)]
    cues: list[Cue] = []
    for number, (word, at, after) in enumerate(tokens):
        lower = word.lower()
        if lower not in CUES or word[0].isupper():
            continue
        if lower in _NOUN_FORMS and number and tokens[number - 1][0].lower() in _NOT_SPEECH_BEFORE:
            continue
        if _is_passive(tokens, number):
            continue
        subject = (
            _left(tokens, number, index)
            or _right(tokens, number, index)
            or _shared(tokens, number, index, cues)
        )
        if subject:
            first, last, actor, pronoun, inverted = subject
            cues.append(
                Cue(at, after, lower, FRAMING[lower], first, last, actor, pronoun, inverted)
            )
    cues += _phrases(masked, start, end, index)
    return sorted(cues, key=lambda cue: cue.start)


_Token = tuple[str, int, int]
_Subject = tuple[int, int, str, str, bool]


def _left(tokens: list[_Token], number: int, index: Index) -> _Subject | None:
    at = number - 1
    while at >= 0 and (tokens[at][0].lower() in _BETWEEN or tokens[at][0].endswith("ly")):
        at -= 1
    if at < 0:
        return None
    if tokens[at][0] in {",", ")", "–", "—"}:
        opening = "(" if tokens[at][0] == ")" else tokens[at][0]
        back = at - 1
        while back >= 0 and at - back < 16 and tokens[back][0] != opening:
            back -= 1
        if back <= 0 or tokens[back][0] != opening or at - back < 2:
            return None
        inside = index.at(tokens[at - 1][1])
        named = inside and inside[0].start == tokens[back + 1][1]
        if (
            inside
            and inside[1].kind == "person"
            and (named or tokens[back - 1][0].lower() in SPEAKER_NOUNS)
        ):
            return inside[0].start, inside[0].end, inside[1].name, "", False
        at = back - 1
    return _subject(tokens, at, index, inverted=False)


def _right(tokens: list[_Token], number: int, index: Index) -> _Subject | None:
    """Find the subject of an inverted cue: “…,” said the minister."""
    if number and tokens[number - 1][0] not in {",", "”", '"', "'", "’", "\ufffc", "?", "!"}:
        return None
    for at in range(number + 1, min(number + 8, len(tokens))):
        word = tokens[at][0]
        if not word[0].isalnum() or word.lower() in _STOP:
            return None
        found = index.at(tokens[at][1])
        ends = at + 1 >= len(tokens) or tokens[at + 1][1] >= (found[0].end if found else 0)
        adjective = found is not None and found[0].form == "adjective"
        if (
            (found and ends and not adjective)
            or word.lower() in SPEAKER_NOUNS
            or (word.lower() in _PRONOUNS and at == number + 1)
        ):
            return _subject(tokens, at, index, inverted=True)
    return None


def _is_passive(tokens: list[_Token], number: int) -> bool:
    word = tokens[number][0].lower()
    if not (word.endswith("ed") or word in {"said", "told", "put", "known", "thought", "written"}):
        return False
    at = number - 1
    while at >= 0 and tokens[at][0].lower() in _BETWEEN:
        if tokens[at][0].lower() in {"is", "are", "was", "were", "been", "be"}:
            return True
        at -= 1
    return False


def _shared(tokens: list[_Token], number: int, index: Index, cues: list[Cue]) -> _Subject | None:
    """Find the subject of a second verb: “the minister shrugged and said”."""
    at = number - 1
    while at >= 0 and (tokens[at][0].lower() in _BETWEEN or tokens[at][0].endswith("ly")):
        at -= 1
    joined = tokens[at][0].lower() in {"and", "but"}
    participle = tokens[number][0].endswith("ing") and tokens[at][0] == ","
    if at < 1 or not (joined or participle):
        return None
    if cues:
        last = cues[-1]
        return last.subject_start, last.subject_end, last.actor, last.pronoun, False
    opening = 1 if tokens[0][0].lower() in {"the", "but", "and", "yet"} and len(tokens) > 1 else 0
    found = index.at(tokens[opening][1])
    after = next(
        (n for n, token in enumerate(tokens) if found and token[1] >= found[0].end), opening + 1
    )
    return _subject(tokens, after - 1, index, inverted=False)


def _subject(tokens: list[_Token], at: int, index: Index, *, inverted: bool) -> _Subject | None:
    word, first, last = tokens[at]
    found = index.at(first)
    if found and found[0].form != "adjective":
        return _named(tokens, at, found, inverted=inverted)
    lower = word.lower()
    if lower == "who" and at >= 1:
        before = index.at(tokens[at - (2 if tokens[at - 1][0] == "," else 1)][1])
        if before:
            return before[0].start, before[0].end, before[1].name, "", inverted
    if lower in _PRONOUNS:
        return first, last, "", lower, inverted
    if lower in SPEAKER_NOUNS:
        head = _head_before(tokens, first)
        return _noun_start(tokens, at) if head is None else head, last, "", "", inverted
    return _complement(tokens, at, inverted=inverted)


def _named(
    tokens: list[_Token], at: int, found: tuple[Mention, Actor], *, inverted: bool
) -> _Subject | None:
    mention, actor = found
    if _joins_things(tokens, at):
        return None
    noun = _head_before(tokens, mention.start)
    if noun is not None:
        return noun, tokens[at][2], "", "", inverted
    return mention.start, mention.end, actor.name, "", inverted


def _complement(tokens: list[_Token], at: int, *, inverted: bool) -> _Subject | None:
    """Read “spokesman for the harbour wall”: a noun with a complement in small letters."""
    for back in range(at - 1, max(-1, at - 6), -1):
        link = tokens[back + 1][0]
        if tokens[back][0].lower() in SPEAKER_NOUNS and link in {"for", "of", "at", "from"}:
            end = tokens[at][2] if link in {"for", "of"} else tokens[back][2]
            return _noun_start(tokens, back), end, "", "", inverted
        if not tokens[back][0][0].isalnum():
            break
    return None


def _joins_things(tokens: list[_Token], at: int) -> bool:
    """Tell “talks between A and B confirm”: a meeting cannot speak, its author infers."""
    before = [token[0].lower() for token in tokens[max(0, at - 14) : at]]
    for word in ("between", "of", "with"):
        if word in before and "and" in before[before.index(word) :]:
            return any(noun in before for noun in _EVENTS)
    return bool(before[-3:]) and any(noun in before[-4:] for noun in _EVENTS)


def _head_before(tokens: list[_Token], start: int) -> int | None:
    """Find the noun of “a spokesman for NAME”."""
    at = next((n for n, token in enumerate(tokens) if token[1] >= start), len(tokens)) - 1
    if at >= 0 and tokens[at][0].lower() == "the":
        at -= 1
    linked = at >= 1 and tokens[at][0] in {"for", "of", "at", "from"}
    if linked and tokens[at - 1][0].lower() in SPEAKER_NOUNS:
        return _noun_start(tokens, at - 1)
    return None


def _noun_start(tokens: list[_Token], at: int) -> int:
    first = at
    while first > 0 and at - first < 5:
        word = tokens[first - 1][0]
        if word.lower() in _DETERMINERS:
            return tokens[first - 1][1]
        if not word[0].isalnum() or word.lower() in _STOP or word.lower() in CUES:
            break
        first -= 1
    return tokens[first][1]


def _phrases(masked: str, start: int, end: int, index: Index) -> list[Cue]:
    cues: list[Cue] = []
    for match in _ACCORDING.finditer(masked, start, end):
        first, last, actor = _noun_phrase(masked, match.end(), end, index)
        if last > first:
            cues.append(Cue(match.start(), match.end() - 1, match[0].strip().lower(), "neutral",
                            first, last, actor, "", inverted=True))  # fmt: skip
    for match in _NOMINAL.finditer(masked, start, end):
        found = index.at(match.start() - 1)
        if found and found[0].form != "adjective":
            cues.append(Cue(match.start("noun"), match.end("noun"), match["noun"], "neutral",
                            found[0].start, found[0].end, found[1].name))  # fmt: skip
    for match in _HIS_WORDS.finditer(masked, start, end):
        who = match["who"]
        pronoun = {"his": "he", "her": "she", "their": "they", "its": "it"}[who]
        cues.append(Cue(match.start(), match.end(), match[0].lower(), "neutral",
                        match.start("who"), match.end("who"), "", pronoun))  # fmt: skip
    for match in _FROM.finditer(masked, start, end):
        near = [
            pair
            for pair in index.between(match.end(), match.end() + 40)
            if pair[1].kind == "person"
        ]
        if near:
            place, person = near[0]
            cues.append(Cue(match.start(), match.end() - 1, "from", "neutral", place.start,
                            place.end, person.name, "", inverted=True))  # fmt: skip
    return cues


def _noun_phrase(masked: str, at: int, end: int, index: Index) -> tuple[int, int, str]:
    """Read the noun phrase that starts at an offset; the actor if a name heads it."""
    stop = re.compile(
        r"[,.;:!?()\ufffc\"“”]|\s(?:that|who|which|and|but|said|on|in|after|as)\s"
    ).search(masked, at, end)
    last = stop.start() if stop else end
    inside = [pair for pair in index.between(at, last) if pair[0].form != "adjective"]
    words = masked[at:last].split()
    noun = next((w for w in words[:6] if w.lower() in SPEAKER_NOUNS), "")
    people = [pair for pair in inside if pair[1].kind == "person"]
    if people and not re.search(r"\b(?:by|to)\b", masked[at : people[0][0].start]):
        return people[0][0].start, people[0][0].end, people[0][1].name
    if inside and not noun and len(masked[at : inside[0][0].start].split()) <= 1:
        return inside[0][0].start, inside[0][0].end, inside[0][1].name
    sourced = noun or any(
        word.lower() in _DOCUMENTS or _PERSONAL.fullmatch(word) for word in words[:6]
    )
    return (at, last, "") if sourced else (at, at, "")
