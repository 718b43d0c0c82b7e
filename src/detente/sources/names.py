"""Names in running text: capitalised runs, cut into titles, known states and unknown names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.sources.fold import words
from detente.sources.gazetteer import Entry, gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NOT_ACTORS", "ORGANISATION", "POLITIES", "TITLE", "Name", "find_names"]

_CAP = (
    r"(?:[A-Z]\.(?:[A-Z]\.)+|"
    r"[A-ZÀ-ÖØ-ÞČŁŚŠŽ][^\W_]*(?:-[^\W_]+)*(?:'(?!s\b)[^\W_]+)*(?:(?<=s)'(?= [A-Z])"
    r"|'s(?= (?:Union|League|Association|Federation|Guild|Party|Front|Movement|Club|"
    r"Cooperative)\b))?)"
)
_LINK = r" (?:(?:of the|of|for|de|del|della|van|von|der|den|bin|ibn|al|el|la) )?"
_RUN = re.compile(rf"(?<![\w@#]){_CAP}(?:{_LINK}{_CAP})*")
TITLE = re.compile(
    r"(?:(?:Deputy|Vice|Acting|First|Former|Special|Chief|Lead|Senior|Prime|Foreign|Interior|Home|"
    r"Defence|Defense|Finance|Trade|Fisheries|Energy|Water|Economy|Environment|Agriculture|"
    r"Transport|"
    r"Permanent|Crown|Rear|Lieutenant|Brigadier|Cabinet|Culture|Justice|Labour|Health|State|"
    r"Press) ){0,4}"
    r"(?:President|Minister|Secretary(?: of State|-General| General)?|General Secretary|"
    r"Ambassador|Envoy"
    r"|Chancellor|Premier|King|Queen|Prince|Princess|Emir|Sultan|Pope|Sir|Lord|Lady|Dr|Mr|Mrs|"
    r"Ms|Prof"
    r"|Professor|Captain|Admiral|Colonel|Commander|Major|Lieutenant|Sergeant|General|Senator|"
    r"Governor"
    r"|Mayor|Speaker|Chief|Director|Judge|Commissioner|Chairman|Chairwoman|Chair|Chairperson|Leader"
    r"|Representative|Inspector|Councillor|Negotiator|Spokesman|Spokeswoman|Attorney|Consul|"
    r"Engineer"
    r"|Harbourmaster|Skipper|Marshal|Dean|Rector|Mediator)(?:-General| General)?\b\.?"
)
ORGANISATION = words(
    "Ministry Council Union Commission Company Party Authority Bank Court Agency Alliance "
    "Front Committee Association Federation Group Corporation Fleet Guard Army Navy "
    "Directorate Assembly Government Trust Cooperative Co-operative Board League Parliament "
    "Senate Congress Cabinet Office Department Institute University Foundation Movement "
    "Organisation Organization Service Syndicate Consortium Club Society Brigade Command "
    "Confederation Chamber Administration Secretariat Coastguard Police Utility Works "
    "Coalition Registry Tribunal Delegation Embassy Centre Center Shipping Ferries Mills "
    "Steel Mining Bros Ltd Sons Holdings Partners Oil Gas Power Marine Docks Logistics Fund "
    "Forum Initiative Network Guild Cartel Caucus Lines Railways Airlines Industries Energy "
    "Water Mission"
)
# The last (or first) word of a name that is a place, a thing or an event rather than a party.
NOT_ACTORS = words(
    "River Sea Lake Strait Straits Bay Island Islands Isle Isles Mount Mountains Valley "
    "Street Road Square Avenue Treaty Agreement Accord Accords Convention Protocol Pact "
    "Charter War Wars Day Act Law Hotel Palace House Hall Airport Canal Dam Bridge Basin "
    "Delta Gulf Ocean Peninsula Cape Coast Plan Lakes Falls Pass Plateau Desert Reef Banks "
    "Point Rock Ridge Harbour Harbor Port Channel Quay Award Conference Summit Declaration "
    "Resolution Article Clause Annex Olympic Games Cup Project Line Corridor Zone Highlands "
    "Lowlands Spring Winter Social Reservoir Station Gate Tower Tunnel Terminal Pier Bill "
    "Budget Fjord Sound Shelf Shoal Fields Note Letter Memorandum Crisis Question Affair "
    "Dispute Talks Process Framework Peace Statement"
)
_SKIP = words(
    "The A An I It This That These Those He She They We You And But Or Nor Yet So If As At By "
    "In On Of For From With Without To Under Over After Before Since While When Where Which "
    "Who Whom Whose Why How What Whether Because Although Though Unless Until Once Then Thus "
    "There Here Now Today Yesterday Tomorrow Not No Yes Both Either Neither Each Every All "
    "Some Any Many Most Much More Few Several One Two Three Four Five Six Seven Eight Nine "
    "Ten First Second Third Last Next Finally Meanwhile However Moreover Still Even Only Just "
    "Also Instead Indeed Perhaps Maybe Clearly Its His Her Their Our My Your Beyond Behind "
    "Between Among Against During Despite Given According Asked Speaking Let Should Could "
    "Would Will May Might Must Can Do Does Did Is Are Was Were Has Have Had Be Been Being "
    "Such Other Others Another Earlier Later Critics Officials Analysts Experts Sources "
    "Thanks Nobody Everyone Someone Nothing Q Mr Mrs Ms Dr Sir Off Out Up Down Never Ever "
    "Again Too Very Like Unlike Yet Whichever Whatever Whoever January February March April "
    "May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep "
    "Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday Easter "
    "Christmas God GMT UTC AM PM English Asia Africa Arctic Atlantic Pacific Mediterranean "
    "Baltic Balkans Americas"
)


_DIRECTIONS = words("North South East West Western Eastern Northern Southern Upper Lower")
# Names that go on after “of”.
POLITIES = words(
    "Republic Kingdom Canton Isle Duchy County Province District Region Town City State "
    "States Emirate Principality Islands Commonwealth Free"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: its span, its title if any, and the gazetteer's entry if it is there."""

    start: int
    end: int
    text: str
    title: str = ""
    entry: Entry | None = None
    initial: bool = False


def find_names(folded: str, start: int, end: int) -> Iterator[Name]:
    """Find the names in one sentence.

    Parameters
    ----------
    folded : str
        The folded text.
    start, end : int
        Span of the sentence.

    Yields
    ------
    Name
        In order; a known state or organisation carries its entry.

    Examples
    --------
    >>> text = "Then Russian Foreign Minister Sergey Lavrov met Ann Low of the Harbour Board."
    >>> [(name.text, name.title) for name in find_names(text, 0, len(text))]
    [('Russian', ''), ('Sergey Lavrov', 'Foreign Minister'), ('Ann Low', ''), ('Harbour Board', '')]
    """
    for match in _RUN.finditer(folded, start, end):
        opening = not folded[start : match.start()].strip(" \"“'‘(«–—-")
        yield from _cut(folded, match.start(), match.end(), opening)


def _cut(folded: str, at: int, stop: int, initial: bool) -> Iterator[Name]:
    table = gazetteer()
    title = ""
    while at < stop:
        if folded[at] == " ":
            at += 1
            continue
        words = folded[at:stop].split(" ")
        known = next(
            (n for n in range(min(5, len(words)), 0, -1) if " ".join(words[:n]) in table), 0
        )
        after = words[known : known + 1]
        compound = known and after and after[0] in ORGANISATION | NOT_ACTORS
        if known and not compound:
            length = len(" ".join(words[:known]))
            name = folded[at : at + length]
            yield Name(at, at + length, name, "", table[name], initial)
            at, title, initial = at + length, "", False
        elif (found := TITLE.match(folded, at, stop)) and found.end() > at:
            title, at, initial = found[0], found.end(), False
        elif (
            words[0] in _SKIP
            or words[0].islower()
            or (words[:1] == words and words[0] in _DIRECTIONS)
        ):
            # A capitalised function word opens the sentence; a linking word joins two names.
            at, initial = at + len(words[0]), initial and words[0] in _SKIP
        else:
            end = _name_end(folded, at, words)
            yield Name(at, end, folded[at:end], title, None, initial)
            at, title, initial = end, "", False


def _name_end(folded: str, at: int, words: list[str]) -> int:
    """Take words while they can belong to one name."""
    table = gazetteer()
    first = words[: next((n for n, word in enumerate(words) if word in {"of", "for"}), len(words))]
    whole = any(word in ORGANISATION | NOT_ACTORS | POLITIES for word in first)
    taken = 1
    while taken < len(words):
        word = words[taken]
        link = word in {"of", "for", "the"}
        known = any(" ".join(words[taken : taken + n]) in table for n in (1, 2, 3))
        if not whole and (
            link
            or known
            or word in _SKIP
            or TITLE.match(folded, at + len(" ".join(words[:taken])) + 1)
        ):
            break
        taken += 1
    while taken > 1 and words[taken - 1].islower():
        taken -= 1
    return at + len(" ".join(words[:taken]))
