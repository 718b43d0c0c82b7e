"""Offers: how much better a state would have to become, and for whom, for it to hold."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.conflict import Conflict
from detente.inverse.requirements import as_state, equilibrium_at, fulfilled, requirements

__all__ = ["Offer", "Offers", "offers"]


@dataclass(frozen=True, slots=True)
class Offer:
    """What would make one DM content with a state.

    Parameters
    ----------
    dm : int
        To whom it is made.
    matched : tuple of int
        States, best first, that the DM now likes better and that the state would have to match.
    """

    dm: int
    matched: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """What a third party could offer for a state to hold.

    Parameters
    ----------
    state : int
        The state wanted.
    offers : tuple of Offer
        One for each DM that would not stay; empty if the state holds already.
    enough : bool
        Whether all offers together make it an equilibrium.
    """

    state: int
    offers: tuple[Offer, ...]
    enough: bool


def offers(conflict: Conflict, state: int, concept: str = "seq") -> Offers:
    """Find the least by which a state must become better, for each DM that would leave it.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    state : int
        The state wanted.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        The concept.

    Returns
    -------
    Offers

    Raises
    ------
    ConflictError
        If there is no such state or concept.

    Notes
    -----
    An offer raises the one state in one DM's ranking, up to a tie with a better one, and leaves
    all else as it is; the lowest such tie that makes the state stable for the DM is found. Under
    SEQ and SSEQ an offer to one can make a sanction against another incredible, so whether all
    offers together are enough is checked. The notion is ours; third parties in the graph model go
    back to [HipelSakamotoHagihara2016][].

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> offers(prisoners, 3, "nash")
    Offers(state=3, offers=(Offer(dm=0, matched=(2,)), Offer(dm=1, matched=(1,))), enough=True)
    """
    as_state(conflict, state)
    made = []
    ranks = conflict.ranks.copy()
    for dm in range(conflict.n_dms):
        rank = conflict.ranks[dm]
        required = requirements(conflict, dm, state, concept)
        for level in np.unique(rank[rank >= rank[state]]).tolist():
            if fulfilled(required, frozenset(np.flatnonzero(rank <= level).tolist())):
                break
        if level > rank[state]:
            better = np.flatnonzero((rank > rank[state]) & (rank <= level))
            best_first = better[np.argsort(-rank[better], kind="stable")]
            made.append(Offer(dm, tuple(best_first.tolist())))
            ranks[dm, state] = level
    enough = equilibrium_at(replace(conflict, ranks=ranks), state, concept)
    return Offers(state, tuple(made), enough)
