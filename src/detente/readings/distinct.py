"""The distinct rows of a table, quickly where the entries are small."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["distinct_rows"]

_MOST = 1 << 62


def distinct_rows(
    table: NDArray[np.integer] | NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List the distinct rows of a table, and for each row which of them it is.

    Parameters
    ----------
    table : ndarray of int or bool, shape (b, c)
        Entries from 0 up.

    Returns
    -------
    first : ndarray of int64, shape (d,)
        Where each distinct row stands first, in the order of the rows' entries.
    where : ndarray of int64, shape (b,)
        For each row its place among these.

    Notes
    -----
    A row is read as the digits of a number. Numbers in a small range are ticked off; others are
    sorted.

    Examples
    --------
    >>> first, where = distinct_rows(np.array([[1, 0], [0, 2], [1, 0]]))
    >>> first.tolist(), where.tolist()
    ([1, 0], [1, 0, 1])
    """
    numbers, span = np.zeros(len(table), dtype=np.int64), 1
    for column in table.T:
        size = int(column.max(initial=0)) + 1
        if span > _MOST // size:
            # Too large to number as they are: number the distinct ones, in their order.
            first, numbers = _distinct(numbers, span)
            span = len(first)
        numbers = numbers * size + column
        span *= size
    return _distinct(numbers, span)


def _distinct(numbers: NDArray[np.int64], span: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if span > 4 * len(numbers):
        _, first, where = np.unique(numbers, return_index=True, return_inverse=True)
        return first.astype(np.int64), where.reshape(-1).astype(np.int64)
    place = np.full(span, -1, dtype=np.int64)
    # Of several rows with one number the last that is assigned stays: the first of them.
    place[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    met = np.flatnonzero(place >= 0)
    first = place[met]
    place[met] = np.arange(len(met))
    return first, place[numbers]
