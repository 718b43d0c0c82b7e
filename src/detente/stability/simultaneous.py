"""Simultaneous sanctioning: the other DMs act at once, from the state that is being left."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Arcs, OptionForm

__all__ = ["stable_if_simultaneous"]

Movers = NDArray[np.bool_]


def stable_if_simultaneous(
    form: OptionForm, ranks: NDArray[np.integer], dm: int, movers: Movers
) -> NDArray[np.bool_]:
    """Tell where each improvement of a DM is sanctioned by others who improve at the same time.

    Parameters
    ----------
    form : OptionForm
        States and moves; combined moves make sense only between options.
    ranks : ndarray of int, shape (m, n)
        Rank of each state for each DM; higher is better.
    dm : int
        The DM whose stability is asked for.
    movers : ndarray of bool, shape (m, n)
        Which DMs may act, at each state; the entry of `dm` itself is ignored.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where the DM has no improvement, or every one is sanctioned.

    Notes
    -----
    DM i improves from s to s1. Let others improve from the same s, one improvement each, and let
    all act at once: the combined state takes each mover's options from its own target. The
    improvement is sanctioned if some combination is feasible and not better for i than s (Fraser
    and Hipel 1979, 1984). Infeasible combinations are passed over. The time grows with the product
    of the numbers of the movers' improvements at each state.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> stable_if_simultaneous(chicken.form, chicken.ranks, 0, np.ones((2, 4), bool))
    array([False,  True,  True,  True])
    """
    improving = [form.moves(other).improving(ranks[other]) for other in range(form.n_dms)]
    stable = np.ones(form.n_states, dtype=bool)
    for state in np.flatnonzero(improving[dm].degrees):
        joint = _joint_changes(form, improving, int(state), dm, movers[:, state])
        own = form.codes[improving[dm].of(int(state))]
        reached = form.find((own[:, None] + joint).ravel()).reshape(len(own), len(joint))
        feasible = reached >= 0
        bad = ranks[dm, reached] <= ranks[dm, state]
        stable[state] = (feasible & bad).any(axis=1).all()
    return stable


def _joint_changes(
    form: OptionForm, improving: list[Arcs], state: int, dm: int, movers: Movers
) -> NDArray[np.int64]:
    """List the changes of code that the others can make at once, at least one of them acting."""
    changes = np.zeros(1, dtype=np.int64)
    for other in range(form.n_dms):
        if other == dm or not movers[other]:
            continue
        change = form.codes[improving[other].of(state)] - form.codes[state]
        changes = (np.append(change, 0)[:, None] + changes).ravel()
    return changes[:-1]  # the last is that nobody acts
