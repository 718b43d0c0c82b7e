"""Colours that people with any colour vision can tell apart, on paper and on screen."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["GRADE_COLOURS", "LESS", "MORE", "PATH", "Stroke", "dm_stroke", "ink_on", "shade"]


class Stroke(NamedTuple):
    """How a DM's moves are drawn: a colour, and a pattern for those who cannot see it."""

    colour: str
    dash: str | None


# Blue and vermilion after Okabe and Ito (2008). The others were searched for: under each of three
# simulated colour blindnesses any two differ clearly, and each stands out against white.
_COLOURS = ("#0072b2", "#d55e00", "#1b5e20", "#6600cc", "#661f4e", "#8a8a8a")
# Patterns tell them apart where there is no colour at all: in print, in a photocopy.
_DASHES = (None, "8 4", "2.5 3", "10 3 2.5 3", "14 4", "5 2")

PATH = "#ffd34d"
"""Behind the moves of a path."""

LESS, MORE = "#e69f00", "#0072b2"
"""Below and above a share: orange and blue after Okabe and Ito (2008), apart in grey as well."""

GRADE_COLOURS = {
    "spoiler-proof": "#0b5394",
    "self-enforcing": "#6fa8dc",
    "agreed": "#d6e6f4",
    "": "#f4f4f4",
}
"""Of settlements, the firmer the darker; the empty name stands for none."""


def dm_stroke(dm: int) -> Stroke:
    """Give the colour and pattern of a DM; after six DMs the colours return with other patterns.

    Examples
    --------
    >>> dm_stroke(0)
    Stroke(colour='#0072b2', dash=None)
    >>> dm_stroke(6) == dm_stroke(0)
    False
    """
    round_, position = divmod(dm, len(_COLOURS))
    return Stroke(_COLOURS[position], _DASHES[(position + round_) % len(_DASHES)])


def shade(part: float) -> str:
    """Give a blue between white, at 0, and dark, at 1; lightness falls evenly.

    Examples
    --------
    >>> shade(0.0), shade(1.0)
    ('#f7fbff', '#08306b')
    """
    stops = ((247, 251, 255), (198, 219, 239), (107, 174, 214), (33, 113, 181), (8, 48, 107))
    place = min(max(part, 0.0), 1.0) * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    rest = place - index
    mixed = (round(a + (b - a) * rest) for a, b in zip(stops[index], stops[index + 1], strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def ink_on(colour: str) -> str:
    """Give black or white, whichever reads better on a colour.

    Examples
    --------
    >>> ink_on("#ffffff"), ink_on("#08306b")
    ('#000000', '#ffffff')
    """
    return "#000000" if _luminance(colour) > 0.179 else "#ffffff"


def _luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2, from 0 to 1."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
