"""Actors: the parties and people of a text, their aliases, and whom they stand for in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.sources.antecedents import antecedent, party_of, subject
from detente.sources.document import Role
from detente.sources.lexicon import SPEAKER_NOUNS
from detente.sources.mentions import Index
from detente.sources.names import NOT_ACTORS, ORGANISATION, POLITIES, Name, find_names
from detente.sources.roles import interviewer
from detente.sources.stands_for import find_owner, its_office
from detente.sources.surroundings import (
    ADJECTIVE,
    AGENT_AFTER,
    AGENT_BEFORE,
    JOINED,
    NICKNAME,
    OWNER_AFTER,
    PASSIVE,
    PLACE_BEFORE,
    SITE_BEFORE,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.sources.document import Block
    from detente.sources.gazetteer import Entry

__all__ = ["Actor", "Mention", "find_actors"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an actor is named; `form` is name, adjective, capital, place or alias."""

    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A party or person of the text.

    `kind` is state, organisation, person or party (a name whose kind the text does not show).
    `stands_for` names another actor and `because` is the passage of the text that says so.
    """

    name: str
    kind: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    code: str = ""
    title: str = ""
    stands_for: str = ""
    because: tuple[int, int] | None = None
    confidence: float = 0.8


@dataclass(slots=True)
class _Group:
    name: str
    kind: str
    code: str = ""
    title: str = ""
    mentions: list[Mention] = field(default_factory=list)
    aliases: dict[str, None] = field(default_factory=dict)
    evidence: int = 0

    def add(self, name: Name, form: str, evidence: int) -> None:
        self.mentions.append(Mention(name.start, name.end, form))
        self.aliases.setdefault(name.text)
        self.title = self.title or name.title
        self.evidence += evidence


def find_actors(
    folded: str, blocks: Sequence[Block], recognised: Mapping[tuple[int, int], bool] | None = None
) -> tuple[Actor, ...]:
    """Find the actors of an article.

    Parameters
    ----------
    folded : str
        The folded text.
    blocks : sequence of Block
        Its blocks; furniture is passed over.
    recognised : mapping of (start, end) to bool, optional
        Spans that another engine took for parties, and whether each is a person.

    Returns
    -------
    tuple of Actor
        In order of first mention.

    Notes
    -----
    A known state or organisation counts unless it is only a place (“in Vienna”). An unknown name
    counts when the text shows it act, speak, own an office or bear a title; names of rivers,
    treaties and other things never do. Surnames are joined to full names, demonyms to states.
    """
    names = [
        name
        for block in blocks
        if block.is_text
        for start, end in block.sentences
        for name in find_names(folded, start, end)
    ]
    asker = interviewer(folded, blocks)
    labels = {
        block.start
        for block in blocks
        if block.role is Role.TURN and " " in block.speaker and block.speaker != asker
    }
    speakers = {block.speaker.upper() for block in blocks if block.speaker not in {"", asker}}
    groups = _group(folded, names, recognised or {}, labels, speakers)
    _join_demonyms(groups)
    _share_evidence(folded, groups)
    kept = [group for group in groups.values() if _counts(group)]
    offices = {alias: group for group in kept for alias in group.aliases}
    actors = tuple(
        _finish(folded, group, offices)
        for group in sorted(kept, key=lambda group: group.mentions[0].start)
    )
    sentences = [span for block in blocks if block.is_text for span in block.sentences]
    index = Index(actors)
    return tuple(
        actor
        if actor.kind != "person" or actor.stands_for
        else _of_its_office(folded, actor, sentences, index)
        for actor in actors
    )


def _of_its_office(
    folded: str, actor: Actor, sentences: Sequence[tuple[int, int]], index: Index
) -> Actor:
    """Tie a person to the party spoken of before, as in “Its foreign minister, Per Lund”."""
    for mention in actor.mentions:
        office = its_office(folded, mention.start)
        if office is None:
            continue
        said = bisect_left(sentences, (office, 0)) - 1
        before = subject(folded, *sentences[said], index) if said >= 0 else None
        owner = party_of(before, "it") if before is not None else ""
        owner = owner or antecedent(folded, "it", office, index)
        if owner:
            return replace(actor, stands_for=owner, because=(office, mention.end))
    return actor


def _evidence(folded: str, name: Name) -> int:
    """Weigh what shows that a name is a party: it acts, owns an office, has something done."""
    before, after = folded[max(0, name.start - 40) : name.start], folded[name.end : name.end + 110]
    found = 3 if name.title else 0
    if SITE_BEFORE.search(before):
        found -= 2
    if AGENT_AFTER.match(after) and not PASSIVE.match(after):
        found += 2
    if OWNER_AFTER.match(after):
        found += 3
    if AGENT_BEFORE.search(before) or re.match(r", (?:which|who) [a-z]+", after):
        found += 2
    words = re.findall(r"[a-z]+", before[-30:])
    if (
        words
        and words[-1] in SPEAKER_NOUNS
        and before.endswith((f"{words[-1]} ", f"{words[-1]}, "))
    ):
        found += 3
    if re.match(
        rf", (?:the |an? |who |whose |[A-Z]\w+'s )?(?:[\w-]+ "
        rf"){{0,4}}?(?:{'|'.join(sorted(SPEAKER_NOUNS))})\b",
        after,
    ):
        found += 3
    return found


@dataclass(slots=True)
class _Grouping:
    """The names of a text on their way to actors."""

    folded: str
    recognised: Mapping[tuple[int, int], bool]
    labels: set[int]
    speakers: set[str]
    surnames: dict[str, str]
    inside: set[str]
    groups: dict[str, _Group] = field(default_factory=dict)
    waiting: list[Name] = field(default_factory=list)

    def known(self, name: Name, entry: Entry) -> None:
        """Add a name of the gazetteer."""
        kind = "state" if entry.is_state else "organisation"
        group = self.groups.setdefault(entry.actor, _Group(entry.actor, kind, entry.code))
        group.add(name, *_known_form(self.folded, name))

    def unknown(self, name: Name) -> None:
        """Add a name that the gazetteer does not have, under its full form if it is known."""
        text, form, kind, evidence = self._full(name)
        single = name.initial and " " not in text and form == "name"
        if single and name.text not in self.inside and evidence < 3:
            self.waiting.append(name)  # a capital at the start of a sentence shows nothing
            return
        group = self.groups.setdefault(text, _Group(text, kind))
        if kind == "person":
            group.kind = kind
        group.add(name, form, evidence)

    def _full(self, name: Name) -> tuple[str, str, str, int]:
        text, form = name.text, "name"
        evidence = _evidence(self.folded, name) + 3 * (name.start in self.labels)
        evidence += 3 * (text.split(" ")[-1].upper() in self.speakers)
        nick = NICKNAME.search(self.folded, max(0, name.start - 90), name.start)
        if nick:
            self.groups.pop(nick["given"], None)
            return f"{nick['given']} {text}", "alias", "person", evidence + 2
        generic = text.split(" ")[-1] in ORGANISATION | POLITIES
        if generic and (whole := _latest(self.groups, text)):
            text, form = whole, "alias"
        elif text in self.surnames:
            text, form = self.surnames[text], "alias"
        kind = _kind(name, text)
        person = self.recognised.get((name.start, name.end))
        if person and kind != "organisation":
            kind = "person"
        if person is not None and " " in text:
            evidence += 3 if person else 1
        return text, form, kind, evidence

    def finish(self) -> dict[str, _Group]:
        """Add the names that waited to the groups that other mentions made."""
        for name in self.waiting:
            if group := self.groups.get(name.text):
                group.add(name, "name", 0)
                group.mentions.sort(key=lambda mention: mention.start)
        return self.groups


def _group(
    folded: str,
    names: list[Name],
    recognised: Mapping[tuple[int, int], bool],
    labels: set[int],
    speakers: set[str],
) -> dict[str, _Group]:
    surnames: dict[str, str] = {}
    for name in names:
        parts = name.text.split(" ")
        person = len(parts) > 1 and not _is_thing(name.text) and not set(parts) & ORGANISATION
        if name.entry is None and person:
            surnames.setdefault(parts[-1], name.text)
    inside = {name.text for name in names if not name.initial}
    grouping = _Grouping(folded, recognised, labels, speakers, surnames, inside)
    for name in names:
        if name.entry is not None:
            grouping.known(name, name.entry)
        elif not _is_thing(name.text):
            grouping.unknown(name)
    return grouping.finish()


def _latest(groups: dict[str, _Group], word: str) -> str:
    """Find the organisation that “the Company” means: the last one named in full with that word."""
    named = [
        name
        for name in groups
        if name != word and (name.endswith(f" {word}") or word in name.split(" "))
    ]
    if not named and word == "Company":
        named = [name for name, group in groups.items() if group.kind == "organisation"]
    return max(named, key=lambda name: groups[name].mentions[-1].start, default="")


def _is_thing(text: str) -> bool:
    words = text.split(" ")
    if words[-1] in ORGANISATION or (len(words) > 1 and words[-1] in POLITIES):
        return False
    if "of" in words and set(words[: words.index("of")]) & (ORGANISATION | POLITIES):
        return False
    return words[-1] in NOT_ACTORS or (len(words) > 1 and words[0] in NOT_ACTORS)


def _kind(name: Name, text: str) -> str:
    words = text.split(" ")
    if set(words) & ORGANISATION or re.fullmatch(r"[A-Z]{2,6}", text):
        return "organisation"
    if name.title or (2 <= len(words) <= 3 and "of" not in words):
        return "person"
    return "party"


def _known_form(folded: str, name: Name) -> tuple[str, int]:
    entry = name.entry
    before, after = folded[max(0, name.start - 40) : name.start], folded[name.end : name.end + 110]
    form = entry.form if entry else "name"
    acts = bool(AGENT_AFTER.match(after)) or bool(OWNER_AFTER.match(after))
    place = bool(SITE_BEFORE.search(before)) or (bool(PLACE_BEFORE.search(before)) and not acts)
    if form == "adjective":
        return form, 2
    if entry and not entry.is_state:
        return form, 2
    if place or (
        form == "capital" and re.match(r" (?:visit|talks|summit|meeting|conference)", after)
    ):
        return "place", 0 if form == "capital" else 1
    if form == "capital":
        joined = acts or bool(AGENT_BEFORE.search(before)) or bool(JOINED.search(before))
        return form, 2 if joined else 1
    return form, 2


_AND = re.compile(r"(?:,|,? and) (?:the )?")


def _share_evidence(folded: str, groups: dict[str, _Group]) -> None:
    """Let a name that stands beside a party, as in “Orvania and Brask”, count as one too."""
    placed = sorted(
        ((mention, group) for group in groups.values() for mention in group.mentions),
        key=lambda pair: pair[0].start,
    )
    for (one, left), (two, right) in pairwise(placed):
        if _AND.fullmatch(folded, one.end, two.start):
            for known, other in ((left, right), (right, left)):
                if known.evidence >= 2 and known.kind != "person" and 0 < other.evidence < 2:
                    other.evidence += 1
                elif known.evidence >= 4 and other.evidence == 0 and len(other.mentions) > 1:
                    other.evidence += 2


def _join_demonyms(groups: dict[str, _Group]) -> None:
    """Join “Orvanian” to “Orvania”: an unknown adjective to the unknown name it is made from."""
    by_stem: dict[str, list[str]] = defaultdict(list)
    for name, group in groups.items():
        if " " not in name and not group.code:
            by_stem[name[:4].lower()].append(name)
    for names in by_stem.values():
        for adjective in names:
            for base in names:
                if adjective == base or base not in groups or adjective not in groups:
                    continue
                if _is_demonym(adjective, base):
                    joined = groups.pop(adjective)
                    state = groups[base]
                    state.kind = "state"
                    state.mentions += [
                        Mention(m.start, m.end, "adjective") for m in joined.mentions
                    ]
                    state.mentions.sort(key=lambda mention: mention.start)
                    state.aliases.update(joined.aliases)
                    state.evidence += joined.evidence + 2
                    break


def _is_demonym(adjective: str, base: str) -> bool:
    suffix = ADJECTIVE.search(adjective)
    if suffix is None or len(adjective) < len(base) - 2:
        return False
    common = 0
    for one, other in zip(adjective, base, strict=False):
        if one != other:
            break
        common += 1
    return common >= max(4, len(base) - 2) and len(adjective) - common <= 5


def _counts(group: _Group) -> bool:
    if group.code:
        return group.evidence >= 2
    if group.kind == "organisation":
        return group.evidence >= 2 or len(group.mentions) > 1
    return group.evidence >= 2


def _finish(folded: str, group: _Group, offices: dict[str, _Group]) -> Actor:
    stands_for, because = "", None
    kind = group.kind
    if kind == "person":
        places = [(mention.start, mention.end) for mention in group.mentions]
        owners = {alias: other.name for alias, other in offices.items() if other.kind != "person"}
        stands_for, because = find_owner(folded, places, bool(group.title), owners)
    elif kind == "party" and any(
        OWNER_AFTER.match(folded[m.end : m.end + 60]) for m in group.mentions
    ):
        kind = "state" if not group.title else kind
    confidence = min(0.95, 0.5 + 0.1 * group.evidence)
    return Actor(
        group.name, kind, tuple(group.aliases), tuple(group.mentions), group.code.strip("-"),
        group.title, stands_for, because, round(confidence, 2),
    )  # fmt: skip
