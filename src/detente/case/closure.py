"""What follows from pairs of states that are given, if preference is transitive."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.errors import ConflictError
from detente.stability import BETTER, MUCH_BETTER
from detente.stability.pair_kernels import bits, unpacked

__all__ = ["CircularError", "concluded"]


class CircularError(ConflictError):
    """Some states are preferred to one another in a circle."""

    def __init__(self, states: NDArray[np.intp]) -> None:
        super().__init__("states are preferred to one another in a circle")
        self.states = states


def concluded(said: NDArray[np.int8]) -> NDArray[np.int8]:
    """Conclude from preferences between some states those that follow.

    Parameters
    ----------
    said : ndarray of int8, shape (n, n)
        Where the row's state is preferred to the column's: `BETTER` or `MUCH_BETTER`; anything
        else says nothing.

    Returns
    -------
    ndarray of int8, shape (n, n)
        Where it is by what is said or follows, `MUCH_BETTER` if one step on the way is; else 0.

    Raises
    ------
    CircularError
        If a state would be preferred to itself.

    Notes
    -----
    States come in an order in which the worse are first; what follows for each is the union of
    what follows for those that it is preferred to. The time grows with the pairs that are said.

    Examples
    --------
    >>> concluded(np.array([[0, 1, 0], [0, 0, 2], [0, 0, 0]], dtype=np.int8))
    array([[0, 1, 2],
           [0, 0, 2],
           [0, 0, 0]], dtype=int8)
    """
    better = (said == BETTER) | (said == MUCH_BETTER)
    great = said == MUCH_BETTER
    reached, far = bits(better), bits(great)
    for state in _worse_first(better):
        worse = np.flatnonzero(better[state])
        much_worse = np.flatnonzero(great[state])
        far[state] |= np.bitwise_or.reduce(far[worse], axis=0)
        far[state] |= np.bitwise_or.reduce(reached[much_worse], axis=0)
        reached[state] |= np.bitwise_or.reduce(reached[worse], axis=0)
    made: NDArray[np.int8] = unpacked(reached, len(said)).astype(np.int8)
    np.copyto(made, MUCH_BETTER, where=unpacked(far, len(said)))
    return made


def _worse_first(better: NDArray[np.bool_]) -> list[int]:
    """Order the states so that each comes after all that it is preferred to."""
    left = better.sum(axis=1)
    order: list[int] = []
    sinks = np.flatnonzero(left == 0)
    while len(sinks):
        order += sinks.tolist()
        left[sinks] = -1
        left -= better[:, sinks].sum(axis=1)
        sinks = np.flatnonzero(left == 0)
    if len(order) < len(left):
        raise CircularError(np.flatnonzero(left > 0))
    return order
