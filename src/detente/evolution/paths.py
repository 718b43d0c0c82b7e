"""Status quo analysis: which states can be reached from one state, by how few moves, by whom."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.conditions import did_you_mean
from detente.conflict import Arcs, Conflict, Path, Search, Step, can_reach, search
from detente.errors import ConflictError
from detente.stability import Conventions, departures, sequential

__all__ = [
    "MOVES",
    "Arrival",
    "Evolution",
    "MoveKind",
    "Paths",
    "all_paths",
    "as_kind",
    "as_start",
    "evolve",
    "moves_of_kind",
]

MoveKind = Literal["moves", "improvements", "unsanctioned"]
"""Which moves are followed: any, those that improve, or those that improve and nothing deters."""

MOVES: tuple[MoveKind, ...] = get_args(MoveKind)

_MAX_PARTIAL = 1_000_000

Mask = NDArray[np.bool_]


def as_kind(name: str) -> MoveKind:
    """Look up a kind of moves by its name.

    Raises
    ------
    ConflictError
        If there is none of that name.
    """
    for kind in MOVES:
        if kind == name:
            return kind
    raise ConflictError(f"there are no moves of kind {name!r}{did_you_mean(str(name), MOVES)}")


def as_start(conflict: Conflict, start: int | None) -> int:
    """Give the state to start from: the one given, or else the conflict's status quo.

    Raises
    ------
    ConflictError
        If there is no such state, or none is given and there is no status quo.
    """
    if start is None:
        start = conflict.status_quo
    if start is None:
        raise ConflictError("the conflict has no status quo: say which state to start from")
    if not 0 <= start < conflict.n_states:
        message = f"there is no state {start}: they are 0 to {conflict.n_states - 1}"
        raise ConflictError(message)
    return int(start)


def moves_of_kind(conflict: Conflict, kind: str, concept: str = "seq") -> list[Arcs]:
    """List each DM's moves of a kind.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    kind : {"moves", "improvements", "unsanctioned"}
        Which moves to list.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        What deters a DM, for the unsanctioned ones.

    Returns
    -------
    list of Arcs
        One for each DM.

    Raises
    ------
    ConflictError
        If there is no such kind or concept.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> [len(moves_of_kind(prisoners, kind)[0].targets) for kind in MOVES]
    [4, 2, 1]
    """
    meant = as_kind(kind)
    dms = range(conflict.n_dms)
    if meant == "moves":
        return [conflict.moves(dm) for dm in dms]
    if meant == "improvements":
        return [conflict.moves(dm).improving(conflict.ranks[dm]) for dm in dms]
    arcs = [conflict.moves(dm) for dm in dms]
    deterring = sequential(concept)
    return [departures(arcs, conflict.ranks, dm, deterring, Conventions()) for dm in dms]


@dataclass(frozen=True, slots=True)
class Arrival:
    """How one state is reached.

    Parameters
    ----------
    state : int
        The state.
    moves : int
        Fewest moves that lead to it; 0 for the start.
    last_movers : tuple of int
        Who can make the last move of a sequence that leads to it.
    path : Path
        A shortest sequence.
    """

    state: int
    moves: int
    last_movers: tuple[int, ...]
    path: Path


@dataclass(frozen=True, eq=False)
class Evolution:
    """What can come of a state.

    Parameters
    ----------
    conflict : Conflict
        What was followed.
    kind : {"moves", "improvements", "unsanctioned"}
        Which moves were followed.
    concept : str
        What deters a DM, for the unsanctioned ones.
    search : Search
        The states reached.
    """

    conflict: Conflict
    kind: MoveKind
    concept: str
    search: Search = field(repr=False)

    @property
    def start(self) -> int:
        """State started from."""
        return self.search.start

    def level_sets(self) -> tuple[tuple[int, ...], ...]:
        """List the states by the fewest moves that lead to them, the start first."""
        levels = self.search.levels
        deepest = int(levels.max())
        return tuple(tuple(np.flatnonzero(levels == k).tolist()) for k in range(deepest + 1))

    def arrival(self, state: int) -> Arrival | None:
        """Tell how a state is reached; None if it is not."""
        path = self.search.path(state)
        if path is None:
            return None
        return Arrival(state, len(path.steps), self.search.last_movers(state), path)


def evolve(
    conflict: Conflict,
    start: int | None = None,
    *,
    kind: str = "moves",
    concept: str = "seq",
    max_moves: int | None = None,
) -> Evolution:
    """Follow a conflict from one state.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    start : int, optional
        State to start from; by default the status quo.
    kind : {"moves", "improvements", "unsanctioned"}
        Which moves to follow.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        What deters a DM, for the unsanctioned ones.
    max_moves : int, optional
        Longest sequence considered; by default any.

    Returns
    -------
    Evolution

    Raises
    ------
    ConflictError
        If a state, kind or concept does not exist.

    Notes
    -----
    Status quo analysis ([LiKilgourHipel2005][]): sequences in which no DM moves twice in a
    row. The work grows with the number of moves.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> evolve(prisoners, 3, kind="improvements").level_sets()
    ((3,), (1, 2), (0,))
    """
    meant = as_kind(kind)
    arcs = moves_of_kind(conflict, meant, concept)
    begin = as_start(conflict, start)
    found = search(arcs, range(conflict.n_dms), begin, max_moves=max_moves)
    return Evolution(conflict, meant, concept, found)


@dataclass(frozen=True, slots=True)
class Paths:
    """Paths to an outcome.

    Parameters
    ----------
    paths : tuple of Path
        Shortest first.
    complete : bool
        Whether these are all paths of at most the length asked for.
    """

    paths: tuple[Path, ...]
    complete: bool


def all_paths(
    evolution: Evolution, goal: ArrayLike, *, max_moves: int = 6, limit: int = 1000
) -> Paths:
    """List the paths from a state to an outcome, shortest first.

    Parameters
    ----------
    evolution : Evolution
        Where to start and which moves to follow.
    goal : array_like of bool, shape (n,)
        The outcome; a path ends when it is reached.
    max_moves : int
        Longest path listed.
    limit : int
        Most paths listed.

    Returns
    -------
    Paths

    Notes
    -----
    No state comes twice in a path and no DM moves twice in a row. Beginnings from which the
    outcome can no longer be reached are not continued.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> found = all_paths(evolve(prisoners, 3, kind="improvements"), [True, False, False, False])
    >>> [path.states for path in found.paths], found.complete
    ([(3, 2, 0), (3, 1, 0)], True)
    """
    conflict = evolution.conflict
    wanted = np.asarray(goal, dtype=bool)
    if wanted.shape != (conflict.n_states,):
        message = f"`goal` needs one truth value for each of the {conflict.n_states} states"
        raise ConflictError(message)
    arcs = moves_of_kind(conflict, evolution.kind, evolution.concept)
    onward = can_reach(arcs, wanted)
    # Where each DM may move to: the outcome, or a state from which others can go on to it.
    hopeful = [
        wanted | np.logical_or.reduce(np.delete(onward, mover, axis=0), axis=0)
        for mover in range(len(arcs))
    ]
    found: list[Path] = []
    partial = deque([Path(evolution.start)])
    while partial:
        path = partial.popleft()
        if len(path.steps) == max_moves:
            continue
        for step in _next_steps(path, arcs, hopeful):
            longer = Path(path.start, (*path.steps, step))
            if not wanted[step.state]:
                partial.append(longer)
            elif len(found) == limit:
                return Paths(tuple(found), complete=False)
            else:
                found.append(longer)
        if len(partial) > _MAX_PARTIAL:
            return Paths(tuple(found), complete=False)
    return Paths(tuple(found), complete=True)


def _next_steps(path: Path, arcs: list[Arcs], hopeful: list[Mask]) -> list[Step]:
    last = path.steps[-1].mover if path.steps else None
    steps: list[Step] = []
    for mover, own in enumerate(arcs):
        if mover == last:
            continue
        steps.extend(
            Step(mover, state)
            for state in own.of(path.end).tolist()
            if hopeful[mover][state] and state not in path.states
        )
    return steps
