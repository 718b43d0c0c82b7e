"""Preferences given pair by pair: some pairs unknown, or of two degrees of strength."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.conflict import Form, require_memory
from detente.errors import ConflictError, SizeError

__all__ = [
    "BETTER",
    "DEGREES",
    "EQUAL",
    "EXTENSIONS",
    "MAX_PAIRED",
    "MUCH_BETTER",
    "MUCH_WORSE",
    "UNKNOWN",
    "WORSE",
    "Degree",
    "Extension",
    "Relations",
    "check_relations",
    "pairwise",
    "require_pairs",
]

MUCH_BETTER, BETTER, EQUAL, WORSE, MUCH_WORSE, UNKNOWN = 2, 1, 0, -1, -2, 9
"""How the first state of a pair compares with the second."""

Extension = Literal["a", "b", "c", "d"]
"""Attitude to unknown pairs, from the most aggressive to the most conservative."""

Degree = Literal["general", "strong", "weak"]
"""Whether sanctions must leave the DM worse off or no better, or much worse off."""

EXTENSIONS: tuple[Extension, ...] = get_args(Extension)
DEGREES: tuple[Degree, ...] = get_args(Degree)

Relations: TypeAlias = NDArray[np.int8]
"""How the row's state compares with the column's, for each DM, shape (m, n, n)."""

Pairs: TypeAlias = Iterable[tuple[int, int]]

MAX_PAIRED = 8192
"""Most states that are compared pair by pair."""


def require_pairs(n_states: int, n_dms: int = 1) -> None:
    """Refuse more states than can be compared pair by pair.

    Raises
    ------
    SizeError
        If there are more than `MAX_PAIRED`, or the tables do not fit in memory.
    """
    if n_states > MAX_PAIRED:
        message = f"{n_states} states are too many for pairs: at most {MAX_PAIRED} are handled"
        raise SizeError(message)
    require_memory((n_dms + 4) * n_states**2, f"comparing {n_states} states pair by pair")


def pairwise(
    ranks: ArrayLike, *, unknown: Sequence[Pairs] = (), greatly: Sequence[Pairs] = ()
) -> Relations:
    """Turn ranks into relations between pairs of states, with some pairs given apart.

    Parameters
    ----------
    ranks : array_like of int, shape (m, n)
        Rank of each state for each DM; higher is better.
    unknown : sequence of iterable of (int, int)
        For each DM the pairs whose order is unknown.
    greatly : sequence of iterable of (int, int)
        For each DM the pairs of which the first state is greatly preferred. A pair that is also
        unknown is unknown.

    Returns
    -------
    ndarray of int8, shape (m, n, n)
        How the row's state compares with the column's, for each DM: one of `MUCH_BETTER`,
        `BETTER`, `EQUAL`, `WORSE`, `MUCH_WORSE`, `UNKNOWN`.

    Raises
    ------
    SizeError
        If there are too many states for a table of pairs.

    Notes
    -----
    The relations need not be transitive, and nothing is concluded from them: a is better than b
    and b than c, and the order of a and c may be unknown.

    Examples
    --------
    >>> pairwise([[0, 1, 2]], unknown=[[(0, 1)]], greatly=[[(2, 0)]])[0]
    array([[ 0,  9, -2],
           [ 9,  0, -1],
           [ 2,  1,  0]], dtype=int8)
    """
    table = np.asarray(ranks)
    n_dms, n_states = table.shape
    require_pairs(n_states, n_dms)
    relations: Relations = np.empty((n_dms, n_states, n_states), dtype=np.int8)
    for own, rank in zip(relations, table, strict=True):
        np.greater(rank[:, None], rank[None, :], out=own, casting="unsafe")
        np.subtract(own, rank[:, None] < rank[None, :], out=own)
    for own, pairs in zip(relations, greatly, strict=False):
        for better, worse in pairs:
            own[better, worse], own[worse, better] = MUCH_BETTER, MUCH_WORSE
    for own, pairs in zip(relations, unknown, strict=False):
        for one, other in pairs:
            own[one, other] = own[other, one] = UNKNOWN
    return relations


def check_relations(form: Form, relations: Relations) -> None:
    """Refuse relations of the wrong shape, or that compare some pair one way and not the other.

    Raises
    ------
    ConflictError
        If they do.
    """
    shape = (form.n_dms, form.n_states, form.n_states)
    if relations.shape != shape:
        message = f"the relations have the shape {relations.shape}: it should be {shape}"
        raise ConflictError(message)
    for own in relations:
        if not (np.where(own == UNKNOWN, UNKNOWN, -own) == own.T).all():
            message = "some pair compares one way and not the other: give both, or use pairwise()"
            raise ConflictError(message)
