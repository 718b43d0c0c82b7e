"""Where states stand in a picture: stress majorization from the options' own directions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Conflict
from detente.errors import SizeError
from detente.figures.moves import moves_between, moves_from

__all__ = ["MAX_PLACED", "Layout", "choose_states", "lay_out_states"]

MAX_PLACED = 200
"""Most states placed unless more are asked for; beyond it a picture of all is a hairball."""

_MOST_EVER = 2000
_ROUNDS = 50
_WIDTH = 1.5
_GOLDEN = 2.399963229728653

Positions = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Positions of some states or of all.

    Parameters
    ----------
    states : ndarray of int, shape (k,)
        Indices of the states placed, ascending.
    positions : ndarray of float, shape (k, 2)
        For each its x, from 0 on the left to 1, and its y, from 0 at the top to 1. Both axes are
        meant for a box half as wide again as high.
    n_states : int
        Number of states of the conflict.
    """

    states: NDArray[np.intp]
    positions: Positions
    n_states: int

    @property
    def complete(self) -> bool:
        """Whether every state of the conflict is placed."""
        return len(self.states) == self.n_states

    def of(self, state: int) -> tuple[float, float] | None:
        """Give the position of a state; None if it is not placed."""
        at = int(np.searchsorted(self.states, state))
        if at == len(self.states) or self.states[at] != state:
            return None
        x, y = self.positions[at]
        return float(x), float(y)


def lay_out_states(
    conflict: Conflict,
    states: Iterable[int] | None = None,
    *,
    goals: Iterable[int] = (),
    seed: int = 0,
) -> Layout:
    """Place states so that those a few options apart stand close together.

    Parameters
    ----------
    conflict : Conflict
        States and moves.
    states : iterable of int, optional
        The states to place. By default all of them, or where there are more than `MAX_PLACED`,
        those that `choose_states` finds nearest to the status quo and the goals.
    goals : iterable of int
        States to bring to the right, such as the equilibria. The status quo is brought to the left.
    seed : int
        Seed of the small displacements that part states which would start at the same point.

    Returns
    -------
    Layout
        The same for the same conflict, states, goals and seed.

    Raises
    ------
    SizeError
        If more than 2,000 states are asked for.

    Notes
    -----
    The positions minimise the stress Σ (|x_s − x_t| − d_st)² / d_st² over all pairs of states by
    majorization ([GansnerKorenNorth2004][]). The distance d_st is the number of options in which s
    and t differ, a step of a level counting as a part; on a graph without options it is the least
    number of moves between them in any direction. The start is a projection in which every option
    has a direction of its own, so that taking the same option looks the same everywhere; coinciding
    states are parted; at the end the picture is turned. O(k²) a round, about 0.1 s for 200 states.

    References
    ----------
    [GansnerKorenNorth2004][]

    Examples
    --------
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> layout = lay_out_states(chicken, goals=[3])
    >>> layout.complete, layout.positions.shape
    (True, (4, 2))
    """
    aims = np.unique(np.fromiter((int(goal) for goal in goals), dtype=np.intp))
    if states is None:
        kept = choose_states(conflict, aims)
    else:
        kept = np.unique(np.fromiter((int(state) for state in states), dtype=np.intp))
    if len(kept) > _MOST_EVER:
        message = f"{len(kept)} states are too many to place: choose at most {_MOST_EVER}"
        raise SizeError(message)
    if len(kept) < 2:
        return Layout(kept, np.full((len(kept), 2), 0.5), conflict.n_states)
    distances = _distances(conflict, kept)
    positions = _start(conflict, kept, seed)
    positions = _majorize(positions, distances)
    left = kept == (-1 if conflict.status_quo is None else conflict.status_quo)
    positions = _turn(positions, left, np.isin(kept, aims))
    return Layout(kept, _part(_fit(positions)), conflict.n_states)


def choose_states(
    conflict: Conflict, wanted: Iterable[int] = (), limit: int = MAX_PLACED
) -> NDArray[np.intp]:
    """Choose the states that a picture can show: all, or those nearest to what matters.

    Parameters
    ----------
    conflict : Conflict
        States and moves.
    wanted : iterable of int
        States that matter most, in order; the status quo comes first by itself.
    limit : int
        Most states chosen.

    Returns
    -------
    ndarray of int, shape (k,)
        Indices of the states, ascending: all if there are at most `limit`. Otherwise the states
        wanted, then those one improvement away from them, one move away, two moves, and so on.

    Examples
    --------
    >>> four = Conflict.from_arrays(options=[2], ranks=[[0, 1, 2, 3]])
    >>> choose_states(four, [3], limit=2)
    array([0, 3])
    """
    if conflict.n_states <= limit:
        return np.arange(conflict.n_states)
    first = [] if conflict.status_quo is None else [conflict.status_quo]
    first += [int(state) for state in wanted]
    queue = list(dict.fromkeys(first or [0]))[:limit]
    seen = dict.fromkeys(queue)
    at = 0
    while len(seen) < limit:
        if at == len(queue):
            queue.append(next(s for s in range(conflict.n_states) if s not in seen))
            seen[queue[-1]] = None
        for state in _neighbours(conflict, queue[at]):
            if state not in seen and len(seen) < limit:
                seen[state] = None
                queue.append(state)
        at += 1
    return np.array(sorted(seen), dtype=np.intp)


def _neighbours(conflict: Conflict, state: int) -> list[int]:
    """List the states one move away, a move that improves first, then by index."""
    better: list[int] = []
    others: list[int] = []
    for dm in range(conflict.n_dms):
        targets = moves_from(conflict, dm, state)
        gains = conflict.ranks[dm, targets] > conflict.ranks[dm, state]
        better += targets[gains].tolist()
        others += targets[~gains].tolist()
    return sorted(set(better)) + sorted(set(others) - set(better))


def _distances(conflict: Conflict, states: NDArray[np.intp]) -> Positions:
    """Find how far apart each two states should stand, shape (k, k)."""
    levels = conflict.levels[states].astype(np.float64)
    n = len(states)
    if levels.shape[1] == 0:
        return _steps(conflict, states)
    total = np.zeros((n, n))
    for index, option in enumerate(conflict.options):
        column = levels[:, index] / (len(option.levels) - 1)
        apart = np.abs(column[:, None] - column[None, :])
        either = (levels[:, index] < 0)[:, None] | (levels[:, index] < 0)[None, :]
        total += np.where(either, 0.5, apart)
    np.fill_diagonal(total, 0.0)
    return np.maximum(total, 0.5 * (1 - np.eye(n)))


def _steps(conflict: Conflict, states: NDArray[np.intp]) -> Positions:
    near = np.any(moves_between(conflict, states), axis=0)
    near |= near.T
    steps = np.where(near, 1.0, np.inf)
    np.fill_diagonal(steps, 0.0)
    reached = near
    for step in range(2, len(states)):
        further = (reached.astype(np.float32) @ near.astype(np.float32)) > 0
        fresh = further & np.isinf(steps)
        if not fresh.any():
            break
        steps[fresh] = step
        reached = further
    known = steps[np.isfinite(steps)].max()
    return np.where(np.isinf(steps), known + 1.0, steps)


def _start(conflict: Conflict, states: NDArray[np.intp], seed: int) -> Positions:
    """Give every option a direction; without options, set the states on a spiral."""
    n = len(states)
    levels = np.maximum(conflict.levels[states], 0).astype(np.float64)
    shift = np.random.default_rng(seed).uniform(-0.05, 0.05, (n, 2))
    n_options = levels.shape[1]
    if n_options == 0:
        turn = np.arange(n) * _GOLDEN
        radius = np.sqrt(np.arange(n) + 0.5)
        return np.column_stack((radius * np.cos(turn), radius * np.sin(turn)))
    angles = np.pi * (np.arange(n_options) + 0.25) / n_options
    spans = np.array([len(option.levels) - 1 for option in conflict.options])
    start: Positions = (levels / spans) @ np.column_stack((np.cos(angles), np.sin(angles))) + shift
    return start


def _majorize(positions: Positions, wanted: Positions) -> Positions:
    """Lower the stress, round by round, each by solving for all positions at once."""
    n = len(positions)
    off = ~np.eye(n, dtype=bool)
    weight = np.zeros((n, n))
    weight[off] = wanted[off] ** -2.0
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.inv(laplacian + 1.0 / n) - 1.0 / n
    pull = weight * wanted
    for _ in range(_ROUNDS):
        across = positions[:, None, 0] - positions[None, :, 0]
        down = positions[:, None, 1] - positions[None, :, 1]
        apart = np.sqrt(across * across + down * down)
        ratio = np.divide(pull, apart, out=np.zeros_like(pull), where=apart > 1e-9)
        target = ratio.sum(axis=1)[:, None] * positions - ratio @ positions
        moved = inverse @ target
        change = float(np.abs(moved - positions).max())
        positions = moved
        if change < 1e-4:
            break
    return positions


def _turn(positions: Positions, left: NDArray[np.bool_], right: NDArray[np.bool_]) -> Positions:
    """Turn the picture: the status quo to the left, the goals to the right, else the long way."""
    centred = positions - positions.mean(axis=0)
    if left.any() or right.any():
        start = centred[left].mean(axis=0) if left.any() else -centred[right].mean(axis=0)
        end = centred[right].mean(axis=0) if right.any() else -start
        direction = end - start
    else:
        direction = np.zeros(2)
    if np.hypot(*direction) < 1e-6:
        _, _, axes = np.linalg.svd(centred, full_matrices=False)
        direction = axes[0] * (1.0 if axes[0][np.argmax(np.abs(axes[0]))] > 0 else -1.0)
    cosine, sine = direction / np.hypot(*direction)
    turned: Positions = centred @ np.array([[cosine, -sine], [sine, cosine]])
    return turned


def _fit(positions: Positions) -> Positions:
    """Bring the picture into the box, both axes filled."""
    low = positions.min(axis=0)
    span = np.maximum(positions.max(axis=0) - low, 1e-9)
    flat = positions.max(axis=0) - low < 1e-6
    return np.where(flat, 0.5, (positions - low) / span)


def _part(positions: Positions) -> Positions:
    """Push apart states that stand too close to be told from each other."""
    n = len(positions)
    least = 0.75 * np.sqrt(_WIDTH / n)
    spread = positions * np.array([_WIDTH, 1.0])
    # States at the very same point part in the order of their indices.
    order = np.arange(n, dtype=np.float64)
    side = np.sign(order[:, None] - order[None, :]) * 1e-6
    for _ in range(25):
        across = spread[:, None, 0] - spread[None, :, 0] + side
        down = spread[:, None, 1] - spread[None, :, 1] + 0.5 * side
        apart = np.sqrt(across * across + down * down)
        np.fill_diagonal(apart, np.inf)
        push = np.maximum(least / apart - 1.0, 0.0)
        if not push.any():
            break
        push *= 0.25
        spread[:, 0] += np.einsum("ij,ij->i", push, across)
        spread[:, 1] += np.einsum("ij,ij->i", push, down)
    parted: Positions = np.round(_fit(spread), 4)
    return parted
