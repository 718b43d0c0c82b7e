"""Stability in option form without listing any move.

For an improvement s→s1 of DM i, everything hinges on the worst for i that can follow s1. Let
W(s1) be the lowest value over s1 and what the opponents can reach from it, the value of a state
being its rank for i or, where i may respond once more, the best rank i can escape to. Then s is
stable for i iff the highest of min(rank(s1), W(s1)), over s and the states s1 that i can move to,
is not above the rank of s: a state s1 that is no improvement never is, and neither is s itself.

In option form a DM's moves are transitive and no other DM can undo them. So legal sequences are
any sequences, and nobody can bring i back to the state that it left.
"""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from detente.stability.concepts import Concept, Opponents

__all__ = ["Answers", "Moves", "stable_in_fibres"]

_ROUNDS = 16
"""Rounds of passes after which another way to the end is taken, if there is one."""


class Moves(Protocol):
    """The moves of a DM."""

    def highest(self, values: NDArray[Any], /) -> NDArray[Any]:
        """Highest value at each state and where the DM can move from it."""


class Answers(Protocol):
    """The moves that an opponent may answer with: all of its moves, or its improvements."""

    commute: bool
    """Whether moves of different DMs can be put in any order: all combinations are feasible."""

    def lower(self, values: NDArray[Any], /) -> bool:
        """Lower each value, in place, to the lowest that a move leads to; tell of any change."""


def stable_in_fibres(
    rank: NDArray[Any],
    own: Moves,
    answers: Sequence[Answers],
    concept: Concept,
    opponents: Opponents = "legal",
    finish: Callable[[NDArray[Any]], bool] | None = None,
) -> NDArray[np.bool_]:
    """Tell where a DM is stable under a concept.

    Parameters
    ----------
    rank : ndarray of int, shape (n,) or (n, B)
        Rank of each state for the DM; higher is better. With a second
        axis, B rankings at once.
    own : Moves
        The DM's own moves.
    answers : sequence of Answers
        Of each opponent the moves that the concept admits as sanctions.
    concept : Concept
        Any but the simultaneous ones.
    opponents : {"legal", "once", "single"}
        How opponents may answer.
    finish : callable, optional
        Ends, in place, what many passes over the answers have not brought to an end; or tells,
        by False, that it cannot.

    Returns
    -------
    ndarray of bool, shape (n,) or (n, B)

    Notes
    -----
    A pass over the moves of one opponent takes time in proportion to the number of states. Under
    ``legal``, passes are repeated until nothing changes: where moves commute one for each opponent
    does, else three to five rounds are usual. Rankings can be made up that need as many rounds as
    there are states; `finish` may then do with one visit to each state.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> from detente.stability import CONCEPTS
    >>> from detente.stability.fibres import fibres_of
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> own, other = (fibres_of(chicken.form, dm) for dm in range(2))
    >>> stable_in_fibres(chicken.ranks[0], own, [other], CONCEPTS["gmr"])
    array([False,  True,  True,  True])
    """
    highest = own.highest(rank)
    if concept.sanction == "none":
        return np.asarray(highest <= rank)
    value = highest if concept.symmetric else rank
    if opponents == "single":
        worst = _single(value, answers)
    elif opponents == "once":
        worst = _once(value, answers)
    else:
        worst = _legal(value, answers, finish)
    if concept.symmetric:
        np.minimum(worst, rank, out=worst)
    return np.asarray(own.highest(worst) <= rank)


def _legal(
    values: NDArray[Any],
    answers: Sequence[Answers],
    finish: Callable[[NDArray[Any]], bool] | None,
) -> NDArray[Any]:
    """Any sequence of moves."""
    worst = values.copy()
    if len(answers) == 1 or all(moves.commute for moves in answers):
        for moves in answers:
            moves.lower(worst)
        return worst
    to_do = len(answers)
    for passes, moves in enumerate(cycle(answers)):
        late = passes == _ROUNDS * len(answers)
        if late and finish is not None and finish(worst):
            break
        # After a pass of one opponent a second one would change nothing.
        to_do = len(answers) - 1 if moves.lower(worst) else to_do - 1
        if to_do == 0:
            break
    return worst


def _once(values: NDArray[Any], answers: Sequence[Answers]) -> NDArray[Any]:
    """Sequences in which each opponent moves at most once."""
    worst = {0: values}
    for movers in range(1, 1 << len(answers)):
        first = [index for index in range(len(answers)) if movers >> index & 1]
        worst[movers] = _lowest([(worst[movers & ~(1 << i)], answers[i]) for i in first])
    return worst[(1 << len(answers)) - 1].copy()


def _single(values: NDArray[Any], answers: Sequence[Answers]) -> NDArray[Any]:
    """One move of one opponent."""
    return _lowest([(values, moves) for moves in answers]) if answers else values.copy()


def _lowest(steps: Sequence[tuple[NDArray[Any], Answers]]) -> NDArray[Any]:
    """Lowest of what several first moves lead to, each with the values that stand behind it."""
    lowest = None
    for values, moves in steps:
        worst = values.copy()
        moves.lower(worst)
        lowest = worst if lowest is None else np.minimum(lowest, worst, out=lowest)
    assert lowest is not None  # noqa: S101 - there is a step
    return lowest
