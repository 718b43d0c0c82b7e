"""Limited-move and non-myopic stability, and Stackelberg equilibria, for two decision makers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Arcs, Conflict
from detente.errors import ConflictError, SizeError

__all__ = [
    "MAX_HORIZON",
    "LimitedMove",
    "limited_move",
    "non_myopic",
    "stackelberg",
]

MAX_HORIZON = 1000
"""Longest horizon that is looked ahead."""

Ends: TypeAlias = NDArray[np.bool_]
"""Row s: the states that may be anticipated from s; shape (n, n)."""

_Verdicts: TypeAlias = tuple[NDArray[np.bool_], NDArray[np.bool_]]

_MAX_STATES = 4096


@dataclass(frozen=True, eq=False)
class LimitedMove:
    """Stability of every state at one horizon, or at all sufficiently long ones.

    Parameters
    ----------
    conflict : Conflict
        What was analysed.
    horizon : int or "non-myopic"
        How many moves a DM looks ahead.
    stable : ndarray of bool, shape (2, n)
        Where each DM is stable however ties are broken.
    depends : ndarray of bool, shape (2, n)
        Where that depends on how ties are broken: by some ways the DM stays, by others it moves.
    """

    conflict: Conflict
    horizon: int | Literal["non-myopic"]
    stable: NDArray[np.bool_] = field(repr=False)
    depends: NDArray[np.bool_] = field(repr=False)

    def equilibria(self) -> NDArray[np.intp]:
        """List the states that are stable for both DMs, ascending."""
        return np.flatnonzero(self.stable.all(axis=0))


def limited_move(conflict: Conflict, horizon: int) -> LimitedMove:
    """Find the states that are stable for DMs who look a given number of moves ahead (L_h).

    Parameters
    ----------
    conflict : Conflict
        Of two DMs.
    horizon : int
        How many moves a DM looks ahead, from 1 to `MAX_HORIZON`; L_1 is Nash stability.

    Returns
    -------
    LimitedMove

    Raises
    ------
    ConflictError
        If there are not two DMs, or the horizon is out of bounds.
    SizeError
        If there are too many states.

    Notes
    -----
    Let G_0(i, s) = s. With i to move at s and h moves to come, i looks for the move s→t after which
    G_{h−1}(j, t), where the other DM j is to move next, is best for i. If that is strictly better
    for i than s, it is the anticipated state G_h(i, s); else i stays, and G_h(i, s) = s. State s is
    L_h stable for i iff G_h(i, s) = s ([Kilgour1985][]; [FangHipelKilgour1989][];
    [FangHipelKilgour1993][]).

    With ties there may be several best moves. Then the set of all states that may be anticipated
    is computed, each choice being made afresh wherever it comes up: s is stable iff the set holds
    s alone; if it holds s and others, stability depends on how ties are broken. This treatment is
    our own; the literature assumes that there are no ties. More horizon does not mean less
    stability, nor the opposite: verdicts can alternate with h
    ([RegoGomesDeOliveiraVieiraKilgour2025][]).

    Each further move costs time in proportion to the number of moves times that of states.

    References
    ----------
    [Kilgour1985][], [FangHipelKilgour1989][], [FangHipelKilgour1993][]

    Examples
    --------
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> [limited_move(chicken, h).equilibria().tolist() for h in (1, 2, 3, 4)]
    [[1, 2], [], [3], [3]]
    """
    if not 1 <= horizon <= MAX_HORIZON:
        raise ConflictError(f"the horizon is {horizon}: it should be 1 to {MAX_HORIZON}")
    ahead = _look_ahead(conflict)
    for _ in range(horizon):
        ends = next(ahead)
    return LimitedMove(conflict, horizon, *_verdicts(ends))


def non_myopic(conflict: Conflict) -> LimitedMove:
    """Find the states that are stable at every sufficiently long horizon (NM).

    Parameters
    ----------
    conflict : Conflict
        Of two DMs.

    Returns
    -------
    LimitedMove

    Raises
    ------
    ConflictError
        If there are not two DMs.
    SizeError
        If there are too many states, or the verdicts have not begun to repeat themselves at the
        horizon `MAX_HORIZON`.

    Notes
    -----
    State s is non-myopically stable for i iff from some horizon on G_h(i, s) = s, where G_h is the
    anticipated state of `limited_move` ([BramsWittman1981][]; [Kilgour1985][]). The anticipated
    states at one horizon determine those at the next, so they repeat themselves in the end: s is
    stable iff it is so throughout the cycle. Where no horizon settles the matter, s is not stable.
    `depends` holds where at every horizon of the cycle some way to break ties makes the DM stay.

    References
    ----------
    [BramsWittman1981][], [Kilgour1985][]

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> non_myopic(prisoners).equilibria()
    array([0, 3])
    """
    seen: dict[bytes, _Verdicts] = {}
    for ends in _look_ahead(conflict):
        fingerprint = sha256(np.packbits(ends).tobytes()).digest()
        if fingerprint in seen:
            cycle = list(seen.values())[list(seen).index(fingerprint) :]
            stable = np.all([verdicts[0] for verdicts in cycle], axis=0)
            stays = np.all([np.logical_or(*verdicts) for verdicts in cycle], axis=0)
            return LimitedMove(conflict, "non-myopic", stable, stays & ~stable)
        if len(seen) == MAX_HORIZON:
            break
        seen[fingerprint] = _verdicts(ends)
    raise SizeError(f"the verdicts still change after {MAX_HORIZON} moves: ask for one horizon")


def stackelberg(conflict: Conflict, leader: int) -> NDArray[np.bool_]:
    """Find the Stackelberg equilibria of a leader.

    Parameters
    ----------
    conflict : Conflict
        Of two DMs.
    leader : int
        Index of the DM who moves first and reckons with the other's best response.

    Returns
    -------
    ndarray of bool, shape (n,)
        Where the leader is L_2 stable, however ties are broken, and the follower Nash stable.

    Raises
    ------
    ConflictError
        If there are not two DMs, or the leader is none of them.
    SizeError
        If there are too many states.

    Notes
    -----
    The definition on graphs is that of [FangHipelKilgour1989][]. The time is that of two steps of
    `limited_move`.

    References
    ----------
    [FangHipelKilgour1989][], [FangHipelKilgour1993][]

    Examples
    --------
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> stackelberg(chicken, leader=0).nonzero()[0]
    array([2])
    """
    if leader not in (0, 1):
        raise ConflictError(f"the leader is DM {leader}: it should be 0 or 1")
    nash = limited_move(conflict, 1).stable[1 - leader]
    return np.asarray(nash & limited_move(conflict, 2).stable[leader])


def _look_ahead(conflict: Conflict) -> Iterator[NDArray[np.bool_]]:
    """Give what each DM may anticipate, shape (2, n, n), at the horizons from 1 on."""
    if conflict.n_dms != 2:
        message = f"limited-move stability is defined for two decision makers, not {conflict.n_dms}"
        raise ConflictError(message)
    if conflict.n_states > _MAX_STATES:
        message = f"{conflict.n_states} states are too many to look ahead: at most {_MAX_STATES}"
        raise SizeError(message)
    arcs = [conflict.moves(dm) for dm in range(2)]
    ends = np.stack([np.eye(conflict.n_states, dtype=bool)] * 2)
    while True:
        ends = np.stack([_anticipate(arcs[i], conflict.ranks[i], ends[1 - i]) for i in range(2)])
        yield ends


def _anticipate(arcs: Arcs, rank: NDArray[np.integer], after: Ends) -> Ends:
    """Find what a DM may anticipate, given what may follow each of its moves.

    Every move u can turn out as badly as the worst of its ends, w(u). So an end x of a move t is
    chosen in some way to break ties iff x is better than s and at least w(u) for all moves u: for
    u = t that holds of itself, since w(t) is at most the rank of x. The DM may stay iff no w(u) is
    better than s.
    """
    n_states = len(rank)
    highest = np.iinfo(np.int64).max
    worst = np.where(after, rank.astype(np.int64), highest).min(axis=1)
    ends = np.zeros((n_states, n_states), dtype=bool)
    for state in range(n_states):
        moves = arcs.of(state)
        sure = max(worst[moves].max(initial=-1), rank[state])
        reached = after[moves].any(axis=0)
        ends[state] = reached & (rank >= sure) & (rank > rank[state])
        ends[state, state] = sure == rank[state]
    return ends


def _verdicts(ends: NDArray[np.bool_]) -> _Verdicts:
    """Tell where s is the only end, and where it is one of several; both of shape (2, n)."""
    stays = np.einsum("iss->is", ends)
    alone = stays & (ends.sum(axis=2) == 1)
    return alone, stays & ~alone
