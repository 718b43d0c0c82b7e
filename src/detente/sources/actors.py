"""Actors: the parties and people of a text, their aliases, and what the text says they stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.sources.document import Role
from detente.sources.lexicon import CUES, SPEAKER_NOUNS
from detente.sources.names import NOT_ACTORS, ORGANISATION, POLITIES, Name, find_names
from detente.sources.roles import interviewer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.sources.document import Block

__all__ = ["Actor", "Mention", "find_actors"]

_AUXILIARY = (
    "has have had will would may might must can could should did does do wants want wanted is are "
    "was were refuses refused agreed agrees plans planned offers offered seeks sought holds held "
    "keeps kept wins won needs needed began begins came went left met meets gave gives took takes "
    "found thought sought lost paid told went rose fell drew withdrew broke chose wrote spoke struck sent built builds fears feared expects expected controls controlled owns owned runs ran"
)
_VERB = "|".join([*_AUXILIARY.split(), *sorted(CUES)])
_AGENT_AFTER = re.compile(
    rf"(?:'s?)?(?: |, [^,.;]{{2,70}}, )(?:\w+ly |also |now |still |never |once again |again |then |not )?"
    rf"(?:{_VERB}|[a-z]{{3,}}(?:ed|ing))\b(?! been\b)"
)
_PASSIVE = re.compile(r" (?:is|are|was|were|has been|had been|will be|would be) [a-z]+(?:ed|en)\b")
_OFFICE = (
    "government|president|minister|ministry|parliament|navy|army|leaders?|envoy|negotiators?|council|"
    "ambassador|premier|prime|foreign|officials?|delegation|fleet|capital|people|side|position|refusal|"
    "offer|demands?|proposal|consent|terms|interests|citizens|spokesman|spokeswoman|chief|cabinet|"
    "farmers|fishermen|troops|soldiers|board|lawyers|chairman|director|representatives?|claims?"
)
_OWNER_AFTER = re.compile(rf"'s? (?:[a-z]+ ){{0,2}}(?:{_OFFICE})\b")
_AGENT_BEFORE = re.compile(
    r"\b(?:by|between|against|told|urged?|urges|asked|accused?|according to|behalf of|talks with|met|met with|(?:mayor|minister|president|leader|governor|people|council|envoy) of|"
    r"pressed?|government of|republic of|kingdom of|state of|delegations? (?:of|from)|side of|thanked|warned)"
    r"(?: the)? $",
    re.I,
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|around|across|into|through|inside|throughout|visit(?:ed)? to|travel\w* to|flew to|"
    r"arrived (?:in|from)|capital|city of|town of|port of|parts of|off|from|to)(?: the| north\w*| south\w*| east\w*"
    r"| west\w*| central)? $",
    re.I,
)
_SITE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|around|through|inside|off|across|over)(?: the)? $"
)
_JOINED = re.compile(r"\b(?:and|both) $")
_NICKNAME = re.compile(r"(?P<given>[A-Z][\w'-]+) [\"“][^\"“”]{1,60}[\"”] $")
_ADJECTIVE = re.compile(r"(?:ese|ish|ian|ean|an|n|i|ic|er|ers|ians|ans|ns|is)$")


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
    groups = _group(folded, names, recognised or {}, labels)
    _join_demonyms(groups)
    _share_evidence(folded, groups)
    kept = [group for group in groups.values() if _counts(group)]
    offices = {alias: group for group in kept for alias in group.aliases}
    return tuple(
        _finish(folded, group, offices)
        for group in sorted(kept, key=lambda group: group.mentions[0].start)
    )


def _evidence(folded: str, name: Name) -> int:
    """Weigh what shows that a name is a party: it acts, it owns an office, something is done by it."""
    before, after = folded[max(0, name.start - 40) : name.start], folded[name.end : name.end + 110]
    found = 3 if name.title else 0
    if _SITE_BEFORE.search(before):
        found -= 2
    if _AGENT_AFTER.match(after) and not _PASSIVE.match(after):
        found += 2
    if _OWNER_AFTER.match(after):
        found += 3
    if _AGENT_BEFORE.search(before) or re.match(r", (?:which|who) [a-z]+", after):
        found += 2
    words = re.findall(r"[a-z]+", before[-30:])
    if (
        words
        and words[-1] in SPEAKER_NOUNS
        and before.endswith((f"{words[-1]} ", f"{words[-1]}, "))
    ):
        found += 3
    if re.match(
        rf", (?:the |an? |who |whose |[A-Z]\w+'s )?(?:[\w-]+ ){{0,4}}?(?:{'|'.join(sorted(SPEAKER_NOUNS))})\b",
        after,
    ):
        found += 3
    return found


def _group(
    folded: str, names: list[Name], recognised: Mapping[tuple[int, int], bool], labels: set[int]
) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    surnames: dict[str, str] = {}
    for name in names:
        if name.entry is None and " " in name.text and not _is_thing(name.text):
            last = name.text.split(" ")[-1]
            if not set(name.text.split(" ")) & ORGANISATION:
                surnames.setdefault(last, name.text)
    inside = {name.text for name in names if not name.initial}
    for name in names:
        if name.entry is not None:
            group = groups.setdefault(
                name.entry.actor,
                _Group(name.entry.actor, "state" if name.entry.is_state else "organisation",
                       name.entry.code),
            )  # fmt: skip
            form, weight = _known_form(folded, name)
            group.add(name, form, weight)
        elif not _is_thing(name.text):
            text, form = name.text, "name"
            if nick := _NICKNAME.search(folded, max(0, name.start - 90), name.start):
                text, form = f"{nick['given']} {name.text}", "alias"
                groups.pop(nick["given"], None)
            elif text.split(" ")[-1] in ORGANISATION and (whole := _latest(groups, text)):
                text, form = whole, "alias"
            elif text in surnames:
                text, form = surnames[text], "alias"
            single = name.initial and " " not in text and form == "name" and name.text not in inside
            kind = _kind(name, text)
            evidence = _evidence(folded, name) + 3 * (name.start in labels)
            if (name.start, name.end) in recognised:
                person = recognised[name.start, name.end]
                kind = "person" if person and kind != "organisation" else kind
                evidence += (3 if person else 1) if " " in text else 0
            if "alias" in form and nick:
                kind, evidence = "person", evidence + 2
            if single and evidence < 3:
                continue
            group = groups.setdefault(text, _Group(text, kind))
            if kind == "person":
                group.kind = kind
            group.add(name, form, evidence)
    return groups


def _latest(groups: dict[str, _Group], word: str) -> str:
    """Find the organisation that “the Company” means: the last one named in full with that word."""
    named = [
        name
        for name in groups
        if name != word and (name.endswith(f" {word}") or word in name.split(" "))
    ]
    return max(named, key=lambda name: groups[name].mentions[-1].start, default="")


def _is_thing(text: str) -> bool:
    words = text.split(" ")
    if words[-1] in ORGANISATION or (words[0] in POLITIES and "of" in words):
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
    acts = bool(_AGENT_AFTER.match(after)) or bool(_OWNER_AFTER.match(after))
    place = bool(_SITE_BEFORE.search(before)) or (bool(_PLACE_BEFORE.search(before)) and not acts)
    if form == "adjective":
        return form, 2
    if entry and not entry.is_state:
        return form, 2
    if place or (
        form == "capital" and re.match(r" (?:visit|talks|summit|meeting|conference)", after)
    ):
        return "place", 0 if form == "capital" else 1
    if form == "capital":
        joined = acts or bool(_AGENT_BEFORE.search(before)) or bool(_JOINED.search(before))
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
    suffix = _ADJECTIVE.search(adjective)
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
        stands_for, because = _stands_for(folded, group, offices)
    elif kind == "party" and any(
        _OWNER_AFTER.match(folded[m.end : m.end + 60]) for m in group.mentions
    ):
        kind = "state" if not group.title else kind
    confidence = min(0.95, 0.5 + 0.1 * group.evidence)
    return Actor(
        group.name, kind, tuple(group.aliases), tuple(group.mentions), group.code.strip("-"),
        group.title, stands_for, because, round(confidence, 2),
    )  # fmt: skip


_GAP = r"(?:'s?)? (?:(?:the|own|new|then|deputy|chief|special|top|[a-z]+) ){0,3}"
_TITLES = r"(?:(?:[A-Z][a-z]+|of State) ){0,3},? ?"
_LEFT = re.compile(rf"{_GAP}{_TITLES}$")
_FORMER = re.compile(r"\b(?:former(?:ly)?|ex|late|once|opposition|exiled)\b[- ]", re.I)
_NOUN = "|".join(sorted(SPEAKER_NOUNS | {"aide", "envoy", "president", "king", "queen"}))


def _stands_for(
    folded: str, person: _Group, offices: dict[str, _Group]
) -> tuple[str, tuple[int, int] | None]:
    """Find words of the text that tie a person to an office of another actor."""
    for mention in person.mentions:
        left = folded[max(0, mention.start - 70) : mention.start]
        right = folded[mention.end : mention.end + 90]
        right = re.split(r"[.;!?\"”]", right)[0]
        for alias, owner in sorted(offices.items(), key=lambda item: -len(item[0])):
            if owner is person or owner.kind == "person":
                continue
            at = left.rfind(alias)
            if at >= 0 and _holds_left(left, at + len(alias), person, mention.form):
                begin = mention.start - len(left) + at
                if not _FORMER.search(left[max(0, at - 12) :]):
                    return owner.name, (begin, mention.end)
            if found := re.match(
                rf"(?:, | of )(?:the )?(?:{re.escape(alias)}(?:'s?)? (?:[\w-]+ ){{0,3}}?(?:{_NOUN})\b"
                rf"|(?:[\w-]+ ){{0,4}}?(?:{_NOUN})s? (?:of|for|to|at) (?:the )?{re.escape(alias)}\b)",
                right,
                re.IGNORECASE,
            ):
                if not _FORMER.search(found[0]):
                    return owner.name, (mention.start, mention.end + found.end())
    return "", None


def _holds_left(left: str, after: int, person: _Group, form: str) -> bool:
    gap = left[after:]
    if not _LEFT.fullmatch(gap):
        return False
    words = set(re.findall(r"\w+", gap.lower()))
    possessive = gap.startswith("'")
    return (
        bool(words & SPEAKER_NOUNS)
        or bool(person.title and form == "name")
        or (possessive and gap in {"'s ", "' "})
    )
