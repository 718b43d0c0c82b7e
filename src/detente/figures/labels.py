"""Where a name covers least of a graph: on which side of its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from detente.figures.svg import Point

__all__ = ["Box", "Labels"]

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""


class Labels:
    """Names being placed, one after the other.

    Parameters
    ----------
    places : mapping of int to (float, float)
        Where each state is.
    radius : float
        Of the states.
    points : sequence of (float, float)
        Points along the lines, a few pixels apart.
    size : (float, float)
        Width and height of the picture.

    Examples
    --------
    >>> labels = Labels({0: (50.0, 50.0)}, 10.0, [(50.0, 70.0)], (100.0, 100.0))
    >>> labels.place(0, (40.0, 13.0), 14.0)  # above: a line runs below
    (30.0, 23.0, 70.0, 36.0)
    """

    def __init__(
        self,
        places: Mapping[int, Point],
        radius: float,
        points: Sequence[Point],
        size: tuple[float, float],
    ) -> None:
        self._places = places
        self._radius = radius
        self._points = points
        self._size = size
        self._boxes: list[Box] = []

    def place(self, state: int, size: tuple[float, float], gap: float) -> Box:
        """Choose a place for a name: below its state if that does as well as above or beside it.

        Parameters
        ----------
        state : int
        size : (float, float)
            Width and height of the name.
        gap : float
            Distance from the middle of the state.

        Returns
        -------
        Box
            Within the picture.
        """
        x, y = self._places[state]
        half, tall = size[0] / 2, size[1]
        width, height = self._size
        boxes = []
        for middle, top in (
            (x, y + gap),
            (x, y - gap - tall),
            (x + gap + half, y - tall / 2),
            (x - gap - half, y - tall / 2),
        ):
            at = min(max(middle, half + 6), width - half - 6)
            upper = min(max(top, 4.0), height - tall - 4)
            boxes.append((at - half, upper, at + half, upper + tall))
        best = min(boxes, key=self._covered)
        self._boxes.append(best)
        return best

    def _covered(self, box: Box) -> float:
        left, top, right, bottom = box
        room = self._radius
        lines = sum(left <= x <= right and top <= y <= bottom for x, y in self._points)
        states = sum(
            left - room < x < right + room and top - room < y < bottom + room
            for x, y in self._places.values()
        )
        names = sum(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in self._boxes
        )
        return lines + 20.0 * states + 40.0 * names
