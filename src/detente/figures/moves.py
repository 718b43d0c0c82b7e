"""Which moves a picture of some states has, and what they are to those who make them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Conflict, OptionForm

__all__ = ["best_between", "moves_between", "moves_from"]


def best_between(conflict: Conflict, states: NDArray[np.intp]) -> list[NDArray[np.bool_]]:
    """Find each DM's best improvements among some states.

    An improvement is a DM's best from a state if it likes none of all its improvements from there
    better, also none that leads to a state which is not among those given: what is best does not
    hang on what a picture shows. Of several that it likes equally, each is best; where the best
    lead out of the picture, it has none there.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    states : ndarray of int, shape (k,)
        The states.

    Returns
    -------
    list of ndarray of bool, shape (k, k)
        For each DM whether the move from the state of the row to that of the column is one.

    Examples
    --------
    >>> four = Conflict.from_arrays(options=[2], ranks=[[0, 1, 2, 2]])
    >>> best_between(four, np.array([0, 1, 2]))[0].nonzero()
    (array([0, 1]), array([2, 2]))
    >>> best_between(four, np.array([0, 1]))[0].any()
    np.False_
    """
    found = []
    for dm, table in enumerate(moves_between(conflict, states)):
        rank = conflict.ranks[dm]
        top = np.array(
            [rank[moves_from(conflict, dm, s)].max(initial=rank[s]) for s in states.tolist()]
        )
        improves = rank[states][None, :] > rank[states][:, None]
        found.append(table & improves & (rank[states][None, :] == top[:, None]))
    return found


def moves_between(conflict: Conflict, states: NDArray[np.intp]) -> list[NDArray[np.bool_]]:
    """Find each DM's moves among some states, without listing all of its moves.

    Parameters
    ----------
    conflict : Conflict
        States and moves.
    states : ndarray of int, shape (k,)
        The states.

    Returns
    -------
    list of ndarray of bool, shape (k, k)
        For each DM whether it can move from the state of the row to that of the column.

    Examples
    --------
    >>> four = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 2, 3], [0, 1, 2, 3]])
    >>> moves_between(four, np.array([0, 1, 2]))[0].nonzero()
    (array([0, 1]), array([1, 0]))
    """
    form = conflict.form
    found = []
    for dm in range(conflict.n_dms):
        if isinstance(form, OptionForm):
            rest = form.codes[states] & ~np.int64(form.mask(dm))
            table = rest[:, None] == rest[None, :]
            np.fill_diagonal(table, val=False)
            source, target = np.nonzero(table)
            table[source, target] = form.allowed(dm, states[source], states[target])
        else:
            arcs = form.moves(dm)
            table = np.stack([np.isin(states, arcs.of(int(state))) for state in states])
        found.append(table)
    return found


def moves_from(conflict: Conflict, dm: int, state: int) -> NDArray[np.int64]:
    """Find a DM's moves from one state, without listing all of its moves.

    Parameters
    ----------
    conflict : Conflict
        States and moves.
    dm, state : int
        Indices of the DM and the state.

    Returns
    -------
    ndarray of int
        Indices of the states that it can move to, ascending.

    Examples
    --------
    >>> four = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 2, 3], [0, 1, 2, 3]])
    >>> moves_from(four, 1, 0)
    array([2])
    """
    form = conflict.form
    if not isinstance(form, OptionForm):
        return form.moves(dm).of(state)
    rest = ~np.int64(form.mask(dm))
    targets: NDArray[np.int64] = np.flatnonzero((form.codes & rest) == (form.codes[state] & rest))
    targets = targets[targets != state]
    return targets[form.allowed(dm, np.full_like(targets, state), targets)]
