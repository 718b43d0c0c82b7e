"""Listed moves of one DM for many rankings at once.

Values have the shape (n, B): a row for each state, a column for each ranking. They are unsigned,
and as narrow as the ranks allow; the highest number of their type means that nothing was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from detente.conflict import Arcs

__all__ = ["Layers", "LayeredImprovements", "LayeredMoves", "nothing"]

Values = "NDArray[np.unsignedinteger[Any]]"


def nothing(dtype: np.dtype[Any]) -> int:
    """Give the value that means that nothing was found."""
    return int(np.iinfo(dtype).max)


class Layers:
    """Moves of one DM, the k-th move from each state in layer k.

    Parameters
    ----------
    arcs : Arcs
        The moves.
    """

    def __init__(self, arcs: Arcs) -> None:
        degrees = np.diff(arcs.starts)
        self.n_moves = len(arcs.targets)
        self._layers: list[_Layer] = []
        for index in range(int(degrees.max(initial=0))):
            sources = np.flatnonzero(degrees > index)
            everywhere = len(sources) == len(degrees)
            moves = arcs.starts[sources] + index
            self._layers.append((None if everywhere else sources, arcs.targets[moves]))

    def __iter__(self) -> Iterator[_Layer]:
        return iter(self._layers)
'''
