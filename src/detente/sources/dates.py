"""Publication times as pages write them; a zone that is not stated stays unknown."""

from __future__ import annotations

import re
from datetime import datetime

__all__ = ["LABELLED_TIME", "parse_time"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
            ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"),
            ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::\d{2})?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>gmt|utc|bst|cet|cest|e[sd]?t|p[sd]?t|msk|z|[+-]\d{2}:?\d{2})?"
)
_JOIN = r"\s*(?:[-–—|,·•]|at|t)?\s*"
_FORMS = (
    rf"(?P<year>\d{{4}})-(?P<num>\d{{2}})-(?P<day>\d{{2}})(?:{_JOIN}{_CLOCK})?",
    rf"{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})(?:{_JOIN}{_CLOCK})?",
    rf"{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})(?:{_JOIN}{_CLOCK})?",
    rf"{_CLOCK}{_JOIN}{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})",
    rf"{_CLOCK}{_JOIN}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
)
_FULL = tuple(re.compile(_WEEKDAY + form, re.IGNORECASE) for form in _FORMS)
_LABEL = (
    r"(?:(?:first\s+)?(?:published|posted|updated|last\s+(?:updated|modified)|modified|issued|"
    r"released|date)\s*(?:on|at)?\s*:?\s*)?"
)
LABELLED_TIME = re.compile(rf"(?P<label>{_LABEL})(?P<time>.+)", re.IGNORECASE)
_ZONES = {"gmt": "+00:00", "utc": "+00:00", "z": "+00:00"}


def parse_time(text: str) -> str | None:
    """Read a date or time that fills the whole of `text`.

    Parameters
    ----------
    text : str
        Such as ``Apr 26, 2025 - 08:56``.

    Returns
    -------
    str or None
        ISO 8601, to the precision stated and with a zone only if a numeric one (or UTC) is;
        None if it is no date.

    Notes
    -----
    Dates written with numbers only are read in ISO order alone: 04/05/2025 is ambiguous.

    Examples
    --------
    >>> parse_time("Apr 26, 2025 - 08:56")
    '2025-04-26T08:56'
    >>> parse_time("3 March 1976, 14:05 GMT")
    '1976-03-03T14:05+00:00'
    >>> parse_time("04/05/2025") is None
    True
    """
    folded = " ".join(text.split())
    if len(folded) > 60:
        return None
    for form in _FULL:
        if match := form.fullmatch(folded):
            return _iso(match.groupdict())
    return None


def _iso(found: dict[str, str | None]) -> str | None:
    month = int(found["num"] or 0) if found.get("num") else _MONTHS[(found["month"] or "").lower()]
    year, day = int(found["year"] or 0), int(found["day"] or 0)
    try:
        if found["hour"] is None:
            return datetime(year, month, day).date().isoformat()
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        half = (found["half"] or "").lower()[:1]
        hour = hour % 12 + 12 * (half == "p") if half else hour
        stamp = datetime(year, month, day, hour, minute).isoformat(timespec="minutes")
    except ValueError:
        return None
    zone = (found["zone"] or "").lower()
    if re.fullmatch(r"[+-]\d{4}", zone):
        zone = f"{zone[:3]}:{zone[3:]}"
    return stamp + (zone if zone[:1] in {"+", "-"} else _ZONES.get(zone, ""))
