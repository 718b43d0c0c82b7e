"""The tornado chart: how far each uncertainty moves the share of readings where a claim holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.errors import DetenteError
from detente.figures.colours import LESS, MORE
from detente.figures.svg import Canvas, Figure, fitting, text_width, wrapped

if TYPE_CHECKING:
    from detente.claims import Reading

__all__ = ["Bar", "tornado", "tornado_of"]

_ROW = 40.0
_PLOT = 460.0
_ANSWER = 9.5
_BOLD = 1.12
"""How much wider bold letters are."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How one uncertainty moves a share.

    Parameters
    ----------
    label : str
        What is uncertain.
    low, high : float
        Least and greatest share, over its answers.
    at_low, at_high : str
        The answers that bring them about.
    """

    label: str
    low: float
    high: float
    at_low: str = ""
    at_high: str = ""


def tornado(title: str, share: float, bars: Sequence[Bar], *, limit: int = 12) -> Figure:
    """Draw a tornado chart.

    Parameters
    ----------
    title : str
        What holds in a share of the readings.
    share : float
        The share over all readings, from 0 to 1.
    bars : sequence of Bar
        The uncertainties; the widest is drawn first.
    limit : int
        Most bars drawn.

    Returns
    -------
    Figure

    Examples
    --------
    >>> tornado("The truce holds", 0.5, [Bar("Who mediates?", 0.25, 0.75)]).height
    156
    """
    ordered = sorted(bars, key=lambda bar: bar.low - bar.high)[:limit]
    left = min(max([140.0, *(text_width(bar.label, 11) for bar in ordered)]), 300.0) + 34
    width = left + _PLOT + 40
    heads = wrapped(title, (width - 32) / _BOLD, 13, 3) or [""]
    top = 62.0 + 17 * (len(heads) - 1)
    height = top + 14 + _ROW * len(ordered) + 40
    canvas = Canvas(width, height, title, _description(share, ordered))
    for index, head in enumerate(heads):
        canvas.text(16, 24 + 17 * index, head, font_size=13, font_weight="bold")
    bottom = top + _ROW * len(ordered)
    for tick in range(0, 101, 25):
        x = left + _PLOT * tick / 100
        canvas.line((x, top - 6), (x, bottom), stroke="#d0d0d0", stroke_width=0.8)
        canvas.text(x, top - 14, f"{tick} %", font_size=10.5, text_anchor="middle", fill="#4d4d4d")
    for index, bar in enumerate(ordered):
        _draw_bar(canvas, bar, share, left, top + _ROW * index)
    x = left + _PLOT * share
    canvas.text(
        min(max(x, left + 60), left + _PLOT - 60),
        bottom + 16,
        f"over all: {_percent(share)}",
        font_size=11,
        text_anchor="middle",
        font_weight="bold",
    )
    words = (
        "Share of readings in which it holds, as each uncertainty is settled one way or another."
    )
    canvas.text(16, height - 10, fitting(words, width - 32, 10.5), font_size=10.5, fill="#4d4d4d")
    return canvas.figure()


def tornado_of(reading: Reading, claim: str, *, limit: int = 12) -> Figure:
    """Draw what the verdict on a claim hinges on, within one named reading.

    Parameters
    ----------
    reading : Reading
        Out of the result of `detente.claims.check`.
    claim : str
        Id of a claim judged there.
    limit : int
        Most uncertainties shown; only pivotal ones are.

    Returns
    -------
    Figure

    Raises
    ------
    DetenteError
        If the claim was not judged.

    Examples
    --------
    >>> from detente.case import load
    >>> from detente.claims import check
    >>> checked = check(load("us-russia-2025"), claims=["headline"])
    >>> tornado_of(checked.readings[0], "headline").title
    'Russia and the United States can reconcile without Ukraine.'
    """
    if claim not in reading.judged:
        raise DetenteError(f"the claim {claim!r} was not judged: choose from {_known(reading)}")
    judged = reading.judged[claim]
    bars = []
    for hinge in judged.hinges:
        known = [(share, answer) for answer, share in enumerate(hinge.shares) if share is not None]
        if not hinge.pivotal or not known:
            continue
        doubt = reading.uncertainties[hinge.factor]
        low, high = min(known), max(known, key=lambda pair: (pair[0], -pair[1]))
        names = (_answer(doubt.labels, low[1]), _answer(doubt.labels, high[1]))
        words = doubt.question or doubt.id.replace("_", " ")
        bars.append(Bar(words, float(low[0]), float(high[0]), *names))
    title = judged.claim.text or judged.claim.clause.text
    return tornado(title, float(judged.verdict.share), bars, limit=limit)


def _known(reading: Reading) -> str:
    return ", ".join(reading.judged)


def _answer(labels: Sequence[str], answer: int) -> str:
    return labels[answer].replace("_", " ") if answer < len(labels) else ""


def _draw_bar(canvas: Canvas, bar: Bar, share: float, left: float, y: float) -> None:
    rows = wrapped(bar.label, left - 30, 11, 2)
    for row, words in enumerate(rows):
        at = y + (17 if len(rows) == 1 else 11) + 14 * row
        canvas.note(canvas.text(16, at, words, font_size=11), bar.label)
    parts = ((min(bar.low, share), share, LESS), (share, max(bar.high, share), MORE))
    for start, end, colour in parts:
        if end > start:
            canvas.rect(
                left + _PLOT * start,
                y + 4,
                _PLOT * (end - start),
                16,
                fill=colour,
            )
    x = left + _PLOT * share
    canvas.line((x, y), (x, y + 22), stroke="#1a1a1a", stroke_width=1.4)
    low_x, high_x = left + _PLOT * bar.low, left + _PLOT * bar.high
    low = f"{_percent(bar.low)} {bar.at_low}".strip()
    high = f"{_percent(bar.high)} {bar.at_high}".strip()
    if bar.high - bar.low < 1e-9:
        canvas.text(low_x, y + 31, low, font_size=9.5, text_anchor="middle", fill="#4d4d4d")
        return
    # Each answer is written at its own end of the bar, or outwards from where they meet if long.
    first, last = left - 16, left + _PLOT + 30
    least, most = first + text_width(low, _ANSWER) + 4, last - text_width(high, _ANSWER) - 4
    meet = min(max((low_x + high_x) / 2, least), most) if least <= most else (least + most) / 2
    short = fitting(low, meet - 4 - first, _ANSWER)
    inside = low_x + text_width(short, _ANSWER) <= meet - 4
    at, anchor = (low_x, "start") if inside else (meet - 4, "end")
    canvas.text(at, y + 31, short, font_size=_ANSWER, text_anchor=anchor, fill="#4d4d4d")
    short = fitting(high, last - meet - 4, _ANSWER)
    inside = high_x - text_width(short, _ANSWER) >= meet + 4
    at, anchor = (high_x, "end") if inside else (meet + 4, "start")
    canvas.text(at, y + 31, short, font_size=_ANSWER, text_anchor=anchor, fill="#4d4d4d")


def _description(share: float, bars: Sequence[Bar]) -> str:
    said = [f"It holds in {_percent(share)} of the combinations."]
    said += [
        f"{bar.label.rstrip('?.')}: {_percent(bar.low)}{_when(bar.at_low)}"
        f" to {_percent(bar.high)}{_when(bar.at_high)}."
        for bar in bars
    ]
    return " ".join(said)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0") + " %"


def _when(answer: str) -> str:
    return f" ({answer})" if answer else ""
