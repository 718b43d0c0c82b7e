"""Listed moves of one DM, followed for many rankings at once in option form.

Values have the shape (n, B): a row for each state, a column for each ranking. They are unsigned
and as narrow as the ranks allow, so that one instruction handles many rankings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.conflict import Arcs

__all__ = ["LayeredImprovements", "LayeredMoves"]


class LayeredMoves:
    """Moves of one DM, the k-th move from each state in layer k.

    Parameters
    ----------
    arcs : Arcs
        The moves; transitive.
    commute : bool
        Whether moves of different DMs can be put in any order.
    """

    def __init__(self, arcs: Arcs, *, commute: bool) -> None:
        self.commute = commute
        self.layers: list[tuple[NDArray[np.intp] | None, NDArray[np.intp]]] = []
        degrees = arcs.degrees
        for index in range(int(degrees.max(initial=0))):
            sources = np.flatnonzero(degrees > index)
            targets = arcs.targets[arcs.starts[sources] + index]
            if 2 * len(sources) < len(degrees):
                self.layers.append((sources, targets))
                continue
            # Where most states have a move, letting the others stay is quicker than picking.
            whole = np.arange(len(degrees))
            whole[sources] = targets
            self.layers.append((None, whole))

    def highest(self, values: NDArray[Any]) -> NDArray[Any]:
        """Highest value at each state and where the DM can move from it."""
        highest, buffer = values.copy(), np.empty_like(values)
        for sources, targets in self.layers:
            reached = _rows(values, targets, buffer)
            if sources is None:
                np.maximum(highest, reached, out=highest)
            else:
                highest[sources] = np.maximum(highest[sources], reached)
        return highest

    def lower(self, values: NDArray[Any]) -> bool:
        """Lower each value, in place, to the lowest that a move leads to; tell of any change."""
        before, buffer = values.copy(), np.empty_like(values)
        for sources, targets in self.layers:
            _lower(values, sources, _rows(values, targets, buffer))
        return not np.array_equal(values, before)


class LayeredImprovements:
    """Improvements of one DM under many rankings.

    Parameters
    ----------
    moves : LayeredMoves
        Its moves.
    rank : ndarray of unsigned int, shape (n, B)
        Its rankings.
    """

    commute = False

    def __init__(self, moves: LayeredMoves, rank: NDArray[Any]) -> None:
        self._layers = moves.layers
        buffer = np.empty_like(rank)
        # All bits set where a move is no improvement: with them, a value says "nothing".
        self._barred = []
        for sources, targets in moves.layers:
            left = rank if sources is None else rank[sources]
            barred = np.less_equal(_rows(rank, targets, buffer), left).astype(rank.dtype)
            self._barred.append(np.negative(barred, out=barred))

    def lower(self, values: NDArray[Any]) -> bool:
        """Lower each value, in place, to the lowest that a move leads to; tell of any change."""
        before, buffer = values.copy(), np.empty_like(values)
        for (sources, targets), barred in zip(self._layers, self._barred, strict=True):
            reached = _rows(values, targets, buffer)
            np.bitwise_or(reached, barred, out=reached)
            _lower(values, sources, reached)
        return not np.array_equal(values, before)


def _rows(values: NDArray[Any], rows: NDArray[np.intp], buffer: NDArray[Any]) -> NDArray[Any]:
    return np.take(values, rows, axis=0, out=buffer[: len(rows)], mode="clip")


def _lower(values: NDArray[Any], rows: NDArray[np.intp] | None, to: NDArray[Any]) -> None:
    if rows is None:
        np.minimum(values, to, out=values)
    else:
        values[rows] = np.minimum(values[rows], to)
