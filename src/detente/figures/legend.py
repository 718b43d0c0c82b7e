"""The legend of moves: whose colour and pattern is whose, in as many rows as it takes."""

from __future__ import annotations

from collections.abc import Sequence

from detente.figures.colours import dm_stroke
from detente.figures.svg import Canvas, fitting, text_width

__all__ = ["draw_legend", "legend_height"]

_ROW = 20.0
_SIZE = 12.0
_LINE = 34.0
_GAP = 22.0


def legend_height(names: Sequence[str], width: float) -> float:
    """Give the height of a legend within a width."""
    return _ROW * (1 + max((row for row, _ in _places(names, width)), default=0))


def draw_legend(
    canvas: Canvas, dms: Sequence[tuple[int, str]], left: float, top: float, width: float
) -> None:
    """Draw a legend.

    Parameters
    ----------
    canvas : Canvas
        What to draw on.
    dms : sequence of (int, str)
        Each DM's index and name.
    left, top, width : float
        Where.
    """
    places = _places([name for _, name in dms], width)
    for (dm, name), (row, x) in zip(dms, places, strict=True):
        y = top + _ROW * row + 12
        stroke = dm_stroke(dm)
        canvas.arrow(
            (left + x, y - 4),
            (left + x + _LINE, y - 4),
            head=9,
            stroke=stroke.colour,
            stroke_width=1.8,
            stroke_dasharray=stroke.dash,
        )
        short = fitting(name, width - _LINE - 8, _SIZE)
        canvas.note(canvas.text(left + x + _LINE + 8, y, short, font_size=_SIZE), name)


def _places(names: Sequence[str], width: float) -> list[tuple[int, float]]:
    """Place each entry in a row: its row and its distance from the left."""
    places = []
    row, x = 0, 0.0
    for name in names:
        needed = min(_LINE + 8 + text_width(name, _SIZE), width)
        if x and x + needed > width:
            row, x = row + 1, 0.0
        places.append((row, x))
        x += needed + _GAP
    return places
