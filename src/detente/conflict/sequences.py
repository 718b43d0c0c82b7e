"""Legal sequences: what several movers can bring about together, nobody moving twice in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.conflict.arcs import Arcs

__all__ = ["Path", "Search", "Step", "can_reach", "search", "worst_downstream", "worst_reachable"]

_NEVER = np.iinfo(np.int64).max

Mask = NDArray[np.bool_]


class Step(NamedTuple):
    """One move: who makes it, and the state it leads to."""

    mover: int
    state: int


@dataclass(frozen=True, slots=True)
class Path:
    """A legal sequence of moves.

    Parameters
    ----------
    start : int
        State it starts from.
    steps : tuple of Step
        Its moves in order.
    """

    start: int
    steps: tuple[Step, ...] = ()

    @property
    def end(self) -> int:
        """State it ends in."""
        return self.steps[-1].state if self.steps else self.start

    @property
    def movers(self) -> tuple[int, ...]:
        """Those who move, each once, in ascending order."""
        return tuple(sorted({step.mover for step in self.steps}))

    @property
    def states(self) -> tuple[int, ...]:
        """All its states, the first included."""
        return (self.start, *(step.state for step in self.steps))


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What legal sequences from one state reach, and by how few moves.

    Parameters
    ----------
    start : int
        The state searched from.
    movers : tuple of int
        The movers, in the order of the rows below.
    level : ndarray of int32, shape (h, n)
        Fewest moves by which a state is reached with each mover moving last; -1 if never.
    previous : ndarray of int64, shape (h, n)
        What such a shortest sequence passes before: row × n + state, or -1 for the start itself.
    """

    start: int
    movers: tuple[int, ...]
    level: NDArray[np.int32] = field(repr=False)
    previous: NDArray[np.int64] = field(repr=False)

    @property
    def reached(self) -> Mask:
        """Joint moves from the start, shape (n,); the start itself is left out."""
        found: Mask = np.logical_or.reduce(self.level >= 0, axis=0)
        found[self.start] = False
        return found

    @property
    def levels(self) -> NDArray[np.int32]:
        """Fewest moves to each state, shape (n,): 0 for the start, -1 where none leads."""
        unreached = np.iinfo(np.int32).max
        fewest = np.where(self.level < 0, unreached, self.level).min(axis=0, initial=unreached)
        fewest[self.start] = 0
        return np.where(fewest == unreached, -1, fewest).astype(np.int32)

    def last_movers(self, state: int) -> tuple[int, ...]:
        """Tell who can make the last move of a sequence to a state."""
        return tuple(
            m for m, level in zip(self.movers, self.level[:, state], strict=True) if level >= 0
        )

    def path(self, state: int) -> Path | None:
        """Give a shortest sequence to a state; None if there is none."""
        if state == self.start:
            return Path(self.start)
        rows = np.flatnonzero(self.level[:, state] >= 0)
        if len(rows) == 0:
            return None
        row = int(rows[np.argmin(self.level[rows, state])])
        n_states = self.level.shape[1]
        steps = []
        while True:
            steps.append(Step(self.movers[row], state))
            previous = int(self.previous[row, state])
            if previous < 0:
                return Path(self.start, tuple(reversed(steps)))
            row, state = divmod(previous, n_states)

    def path_to_any(self, goal: Mask) -> Path | None:
        """Give a shortest sequence to one of the states at which `goal`, shape (n,), is true."""
        levels = self.levels
        states = np.flatnonzero(goal & self.reached)
        if len(states) == 0:
            return None
        return self.path(int(states[np.argmin(levels[states])]))


def search(
    arcs: Sequence[Arcs],
    movers: Sequence[int],
    start: int,
    *,
    goal: Mask | None = None,
    max_moves: int | None = None,
) -> Search:
    """Search forward from one state along all legal sequences.

    Parameters
    ----------
    arcs : sequence of Arcs
        Moves of each mover; at least one mover.
    movers : sequence of int
        What to call each mover, as a rule the index of a DM.
    start : int
        State to search from.
    goal : ndarray of bool, shape (n,), optional
        Stop as soon as one of these states is reached.
    max_moves : int, optional
        Longest sequence considered.

    Returns
    -------
    Search

    Notes
    -----
    A breadth-first search over pairs of a state and its last mover ([FangHipelKilgour1993][]):
    each move is followed at most once for each of two last movers.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> chain = Conflict.from_graph(moves=[[(0, 1), (1, 2)], [(2, 3)]], ranks=[[0] * 4] * 2)
    >>> search([chain.moves(0), chain.moves(1)], [0, 1], 0).reached
    array([False,  True, False, False])
    """
    n_states = arcs[0].n_states
    level = np.full((len(arcs), n_states), -1, dtype=np.int32)
    previous = np.full((len(arcs), n_states), -1, dtype=np.int64)
    # For each state and mover the row from which it is left: any row of another last mover.
    frontier = [(np.array([start]), np.array([-1]))]
    depth = 0
    while frontier and (max_moves is None or depth < max_moves):
        depth += 1
        sources = np.concatenate([states for states, _ in frontier])
        rows = np.concatenate([last for _, last in frontier])
        frontier = []
        for row, own in enumerate(arcs):
            free = rows != row
            origin, target = _follow(own, sources[free])
            new = level[row, target] < 0
            target, first = np.unique(target[new], return_index=True)
            if len(target) == 0:
                continue
            origin = origin[new][first]
            level[row, target] = depth
            if depth > 1:
                previous[row, target] = rows[free][origin] * n_states + sources[free][origin]
            frontier.append((target, np.full(len(target), row)))
        if goal is not None and any(goal[states].any() for states, _ in frontier):
            break
    return Search(start, tuple(movers), level, previous)


def _follow(arcs: Arcs, sources: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List the moves from some states: position of the source among them, and target."""
    first = arcs.starts[sources]
    counts = arcs.starts[sources + 1] - first
    origin = np.repeat(np.arange(len(sources)), counts)
    offset = np.arange(len(origin)) - np.repeat(np.cumsum(counts) - counts, counts)
    return origin, arcs.targets[np.repeat(first, counts) + offset]


def can_reach(arcs: Sequence[Arcs], goal: Mask) -> Mask:
    """Tell from which states a legal sequence of at least one move leads into a set.

    Parameters
    ----------
    arcs : sequence of Arcs
        Moves of each mover.
    goal : ndarray of bool, shape (n,)
        The set.

    Returns
    -------
    ndarray of bool, shape (h, n)
        For each mover, where a sequence that it starts ends in the set.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> chain = Conflict.from_graph(moves=[[(0, 1), (1, 2)], [(2, 3)]], ranks=[[0] * 4] * 2)
    >>> can_reach([chain.moves(0), chain.moves(1)], np.arange(4) == 3)
    array([[False,  True, False, False],
           [False, False,  True, False]])
    """
    lowest = _by_first_mover(arcs, np.where(goal, 0, _NEVER)[None])
    return np.array([table[0] == 0 for table in lowest], dtype=bool).reshape(len(arcs), len(goal))


def worst_reachable(arcs: Sequence[Arcs], values: NDArray[np.integer]) -> NDArray[np.int64]:
    """Find the lowest values that legal sequences of at least one move lead to.

    Parameters
    ----------
    arcs : sequence of Arcs
        Moves of each mover.
    values : ndarray of int, shape (v, n)
        Several values of each state.

    Returns
    -------
    ndarray of int64, shape (v, n)
        For each value the lowest that can follow each state; the greatest int64 where nothing can.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> chain = Conflict.from_graph(moves=[[(0, 1)], [(1, 2)]], ranks=[[0] * 3] * 2)
    >>> worst_reachable([chain.moves(0), chain.moves(1)], np.array([[7, 8, 5]]))[0, :2]
    array([5, 5])
    """
    wide = values.astype(np.int64)
    return _lowest(_by_first_mover(arcs, wide), wide)


def worst_downstream(arcs: Sequence[Arcs], values: NDArray[np.integer]) -> NDArray[np.integer]:
    """Find the lowest values among each state and all that moves in any order lead to.

    Parameters
    ----------
    arcs : sequence of Arcs
        Moves of each mover. A mover may move twice in a row: where each one's moves are
        transitive, that leads nowhere new.
    values : ndarray of int, shape (v, n)
        Several values of each state.

    Returns
    -------
    ndarray of int, shape (v, n)
        Of the type of `values`.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> chain = Conflict.from_graph(moves=[[(0, 1)], [(1, 2)]], ranks=[[0] * 3] * 2)
    >>> worst_downstream([chain.moves(0), chain.moves(1)], np.array([[7, 8, 5]]))
    array([[5, 5, 5]])
    """
    lowest = values.copy()
    moves = [(own, np.flatnonzero(own.degrees)) for own in arcs if len(own.targets)]
    for row in lowest:
        changed = True
        while changed:
            changed = False
            for own, sources in moves:
                found = np.minimum.reduceat(row[own.targets], own.starts[sources])
                if (found < row[sources]).any():
                    row[sources] = np.minimum(found, row[sources])
                    changed = True
    return lowest


def _by_first_mover(arcs: Sequence[Arcs], values: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Find the lowest values that sequences started by each mover lead to, until none changes."""
    tables = [np.full_like(values, _NEVER) for _ in arcs]
    changed = True
    while changed:
        changed = False
        for row, own in enumerate(arcs):
            if len(own.targets) == 0:
                continue
            rest = [table for other, table in enumerate(tables) if other != row]
            onward = np.minimum(values, _lowest(rest, values))
            filled = own.starts[:-1] < own.starts[1:]
            found = np.minimum.reduceat(onward[:, own.targets], own.starts[:-1][filled], axis=1)
            if (found < tables[row][:, filled]).any():
                tables[row][:, filled] = found
                changed = True
    return tables


def _lowest(tables: Sequence[NDArray[np.int64]], like: NDArray[np.int64]) -> NDArray[np.int64]:
    lowest = np.full_like(like, _NEVER)
    for table in tables:
        np.minimum(lowest, table, out=lowest)
    return lowest
