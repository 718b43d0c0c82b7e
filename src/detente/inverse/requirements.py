"""What a ranking must look like for a state to be stable: which states it must not prefer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.conflict import Conflict, search
from detente.errors import ConflictError
from detente.stability import answers_to, sequential

__all__ = ["Requirement", "as_state", "equilibrium_at", "fulfilled", "requirements"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One move of a DM must not pay.

    Parameters
    ----------
    move : int
        State that the DM can move to.
    ways : frozenset of frozenset of int
        Ways not to pay: in each, none of the states in it may be preferred to the state left.
    """

    move: int
    ways: frozenset[frozenset[int]]


def as_state(conflict: Conflict, state: int) -> int:
    """Give a state's index back if there is such a state.

    Raises
    ------
    ConflictError
        If there is not.
    """
    if not 0 <= state < conflict.n_states:
        message = f"there is no state {state}: they are 0 to {conflict.n_states - 1}"
        raise ConflictError(message)
    return int(state)


def requirements(conflict: Conflict, dm: int, state: int, concept: str) -> tuple[Requirement, ...]:
    """List what a DM's ranking must fulfil for a state to be stable, the others' being given.

    Parameters
    ----------
    conflict : Conflict
        States and moves; the ranks of `dm` itself do not matter.
    dm, state : int
        Indices of the DM and the state.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        The concept.

    Returns
    -------
    tuple of Requirement
        The state is stable iff every one is met in one of its ways at least.

    Notes
    -----
    Whether a state is stable hinges only on which states the DM does not prefer to it: a move
    does not pay if its target is one of them, or if the others can answer so as to reach one (and,
    for symmetric concepts, all that the DM can then move on to are such states as well).

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> (only,) = requirements(prisoners, 0, 3, "gmr")
    >>> only.move, sorted(sorted(way) for way in only.ways)
    (2, [[0], [2]])
    """
    meant = sequential(concept)
    others = [other for other in range(conflict.n_dms) if other != dm]
    arcs = answers_to(conflict, dm, meant)
    own = conflict.moves(dm)
    required = []
    for move in own.of(state).tolist():
        ways = {frozenset({move})}
        if arcs:
            for answer in np.flatnonzero(search(arcs, others, move).reached).tolist():
                onward = own.of(answer).tolist() if meant.symmetric else []
                ways.add(frozenset({answer, *onward}) - {state})
        required.append(Requirement(move, _shortest(ways)))
    return tuple(required)


def _shortest(ways: set[frozenset[int]]) -> frozenset[frozenset[int]]:
    """Drop the ways that ask for more than another does."""
    kept: list[frozenset[int]] = []
    for way in sorted(ways, key=len):
        if not any(less <= way for less in kept):
            kept.append(way)
    return frozenset(kept)


def fulfilled(required: tuple[Requirement, ...], not_better: frozenset[int]) -> bool:
    """Tell whether requirements are met, given the states that are not preferred."""
    return all(any(way <= not_better for way in one.ways) for one in required)


def equilibrium_at(conflict: Conflict, state: int, concept: str) -> bool:
    """Tell whether one state is stable for every DM.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> equilibrium_at(prisoners, 3, "seq"), equilibrium_at(prisoners, 3, "nash")
    (True, False)
    """
    for dm in range(conflict.n_dms):
        rank = conflict.ranks[dm]
        if (rank[conflict.moves(dm).of(state)] > rank[state]).any():
            not_better = frozenset(np.flatnonzero(rank <= rank[state]).tolist())
            if not fulfilled(requirements(conflict, dm, state, concept), not_better):
                return False
    return True
