"""Whom a person stands for: by the words of the text alone, never by a table of leaders."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.sources.fold import words
from detente.sources.lexicon import SPEAKER_NOUNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["find_owner", "its_office"]

_TITLES = r"(?:(?:[A-Z][a-z]+|of State),? ){0,3}"
_LEFT = re.compile(rf"(?:'s?(?: [a-z-]+,?){{0,4}}|(?: [a-z-]+){{0,3}}) {_TITLES}$")
_FORMER = re.compile(r"\b(?:former(?:ly)?|ex|late|once|opposition|exiled)\b[- ]", re.IGNORECASE)
# Who is one of these is named with a party, and does not speak for it.
_APART = words(
    "analyst analysts author critics economist economists expert experts historian historians "
    "observers opponents opposition professor researcher researchers rival rivals scientist "
    "scientists witness witnesses"
)
_OFFICES = (SPEAKER_NOUNS - _APART) | {"advisor", "advisors", "assistant", "assistants"}
_NOUN = "|".join(sorted(_OFFICES))
# Who is sent to a party, or for one, speaks for another.
_HOME = "|".join(sorted(_OFFICES - {"ambassador", "envoy"}))
_OFFICE_OF = rf"(?:(?:{_NOUN})s? of|(?:{_HOME})s? (?:for|to|at)) (?:the )?"
_LEADS = (
    r"who (?:leads?|led|heads?|headed|chairs?|chaired|represents?|represented"
    r"|(?:speaks|spoke) (?:for|on behalf of)) (?:the )?"
)
_BESIDE = re.compile(rf"\b{_OFFICE_OF}$", re.IGNORECASE)
_BEHALF = re.compile(r"\b(?:speaking (?:for|on behalf of)|on behalf of) (?:the )?$", re.IGNORECASE)
_TITLED = re.compile(rf"\b(?:{_NOUN}) $", re.IGNORECASE)
_ITS = re.compile(rf"\bIts (?:[a-z-]+ ){{0,4}}(?:{_NOUN}),? $")


def find_owner(
    folded: str, places: Sequence[tuple[int, int]], titled: bool, owners: Mapping[str, str]
) -> tuple[str, tuple[int, int] | None]:
    """Find words of the text that tie a person to an office of another actor.

    Parameters
    ----------
    folded : str
        The folded text.
    places : sequence of (start, end)
        Where the person is named.
    titled : bool
        Whether a title stands before the name somewhere.
    owners : mapping of str to str
        From the aliases of states and organisations to their names.

    Returns
    -------
    owner, because : str, (int, int) or None
        The other actor and the span of the words, or nothing. A former office ties nobody.

    Examples
    --------
    >>> text = "Norway's foreign minister, Per Lund, left."
    >>> find_owner(text, [(27, 35)], False, {"Norway": "Norway"})
    ('Norway', (0, 35))
    """
    aliases = sorted(owners, key=len, reverse=True)
    for start, end in places:
        left = folded[max(0, start - 90) : start]
        right = re.split(r"[.;!?\"”]", folded[end : end + 90])[0]
        office = _TITLED.search(left) is not None
        for alias in aliases:
            at = left.rfind(alias)
            if at >= 0:
                before, gap = left[:at], left[at + len(alias) :]
                beside = _beside(before, gap, right)
                holds = beside is not None or _holds(gap, titled)
                if holds and not _FORMER.search(left[max(0, at - 12) :]):
                    first = at if beside is None else beside
                    return owners[alias], (start - len(left) + first, end)
            if alias in right:
                found = _right(alias, office).match(right)
                if found and not _FORMER.search(found[0]):
                    return owners[alias], (start, end + found.end())
    return "", None


def its_office(folded: str, name: int) -> int | None:
    """Find where the office of a party spoken of before begins, right before a name.

    Examples
    --------
    >>> its_office("Norway left. Its foreign minister, Per Lund, stayed.", 35)
    13
    """
    office = _ITS.search(folded, max(0, name - 60), name)
    return None if office is None or _FORMER.search(office[0]) else office.start()


@lru_cache(maxsize=1024)
def _right(alias: str, office: bool) -> re.Pattern[str]:
    name = rf"(?-i:{re.escape(alias)})\b"
    offices = rf"(?:(?:[\w-]+ ){{0,3}}?(?:{_NOUN})s? of (?:the )?)?"
    return re.compile(
        rf"(?:, | of )(?:the )?(?:{name}(?:'s?)? (?:[\w-]+ ){{0,3}}?(?:{_NOUN})\b"
        rf"|(?:[\w-]+ ){{0,4}}?{_OFFICE_OF}{offices}{name}"
        rf"|{_LEADS}{name})" + (rf"| of (?:the )?{name}" if office else ""),
        re.IGNORECASE,
    )


def _beside(before: str, gap: str, right: str) -> int | None:
    """Find where “the minister of Norway, Per Lund,” or “speaking for Norway, Per Lund” begins."""
    if gap != ", ":
        return None
    found = _BEHALF.search(before)
    if found is None and right.startswith(","):
        found = _BESIDE.search(before)
    return found.start() if found else None


def _holds(gap: str, titled: bool) -> bool:
    """Tell whether what stands between the owner and the person is an office of the one."""
    if not _LEFT.fullmatch(gap):
        return False
    said = set(re.findall(r"\w+", gap.lower()))
    if said & _APART:
        return False
    return bool(said & _OFFICES) or titled or gap in {"'s ", "' "}
