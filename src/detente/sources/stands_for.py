"""Whom a person stands for: by the words of the text alone, never by a table of leaders."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.sources.lexicon import SPEAKER_NOUNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["find_owner"]

_TITLES = r"(?:(?:[A-Z][a-z]+|of State),? ){0,3}"
_LEFT = re.compile(rf"(?:'s?(?: [a-z-]+,?){{0,4}}|(?: [a-z-]+){{0,3}}) {_TITLES}$")
_FORMER = re.compile(r"\b(?:former(?:ly)?|ex|late|once|opposition|exiled)\b[- ]", re.IGNORECASE)
_NOUN = "|".join(sorted(SPEAKER_NOUNS | {"aide", "envoy", "president", "king", "queen"}))


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
        left = folded[max(0, start - 70) : start]
        right = re.split(r"[.;!?\"”]", folded[end : end + 90])[0]
        for alias in aliases:
            at = left.rfind(alias)
            holds = at >= 0 and _holds(left[at + len(alias) :], titled)
            if holds and not _FORMER.search(left[max(0, at - 12) :]):
                return owners[alias], (start - len(left) + at, end)
            if alias in right:
                found = _right(alias).match(right)
                if found and not _FORMER.search(found[0]):
                    return owners[alias], (start, end + found.end())
    return "", None


@lru_cache(maxsize=512)
def _right(alias: str) -> re.Pattern[str]:
    name = re.escape(alias)
    return re.compile(
        rf"(?:, | of )(?:the )?(?:{name}(?:'s?)? (?:[\w-]+ ){{0,3}}?(?:{_NOUN})\b"
        rf"|(?:[\w-]+ ){{0,4}}?(?:{_NOUN})s? (?:of|for|to|at) (?:the )?{name}\b)",
        re.IGNORECASE,
    )


def _holds(gap: str, titled: bool) -> bool:
    """Tell whether what stands between the owner and the person is an office of the one."""
    if not _LEFT.fullmatch(gap):
        return False
    words = set(re.findall(r"\w+", gap.lower()))
    return bool(words & SPEAKER_NOUNS) or titled or gap in {"'s ", "' "}
