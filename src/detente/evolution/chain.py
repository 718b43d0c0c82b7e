"""Drift: where a conflict ends up if chance decides who moves next, solved as an absorbing chain.

Needs SciPy, for its strong components and its sparse solver: ``pip install detente[evolution]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Arcs, Conflict
from detente.errors import ConflictError, DetenteError
from detente.evolution.paths import MoveKind, as_kind, as_start, moves_of_kind

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Destination", "Drift", "drift"]


@dataclass(frozen=True, slots=True)
class Destination:
    """States in which the conflict stays once it has come there.

    Parameters
    ----------
    states : tuple of int
        One state that nobody leaves, or a cycle that nobody leaves.
    probability : float
        Of ending there.
    """

    states: tuple[int, ...]
    probability: float

    @property
    def cycle(self) -> bool:
        """Whether moves go round in it for ever."""
        return len(self.states) > 1


@dataclass(frozen=True, eq=False)
class Drift:
    """Where a conflict ends up if chance decides who moves next.

    Parameters
    ----------
    conflict : Conflict
        What was followed.
    start : int
        State started from.
    kind : {"moves", "improvements", "unsanctioned"}
        Which moves were followed.
    weights : tuple of float
        Of each DM, in the draw of the next mover.
    destinations : tuple of Destination
        Likeliest first.
    cycles : tuple of tuple of int
        Sets of states that can be left for one another again and again, whether or not they can
        be left for good.
    expected_moves : float
        Mean number of moves until a destination is reached.
    """

    conflict: Conflict
    start: int
    kind: MoveKind
    weights: tuple[float, ...]
    destinations: tuple[Destination, ...]
    cycles: tuple[tuple[int, ...], ...] = field(repr=False)
    expected_moves: float


def drift(
    conflict: Conflict,
    start: int | None = None,
    *,
    weights: Mapping[int, float] | None = None,
    kind: str = "improvements",
    concept: str = "seq",
) -> Drift:
    """Find the probability of each outcome if movers are drawn by chance.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    start : int, optional
        State to start from; by default the status quo.
    weights : mapping of int to float, optional
        Weight of each DM in the draw, 1 unless given; 0 for one that never moves.
    kind : {"moves", "improvements", "unsanctioned"}
        Which moves to follow.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        What deters a DM, for the unsanctioned ones.

    Returns
    -------
    Drift

    Raises
    ------
    ConflictError
        If a state, kind, concept or DM does not exist, or a weight is negative.
    DetenteError
        If SciPy is not installed.

    Notes
    -----
    The rule is ours, as the literature has no common one: at each step one of the DMs that have
    a move of the kind is drawn in proportion to its weight, and it makes one of them, all being
    equally likely. Draws are independent, so a DM may move twice in a row. Sets of states that
    are never left are the destinations; the probabilities of the rest solve a sparse linear
    system over the states reached.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> found = drift(prisoners, 3)
    >>> found.destinations, found.expected_moves
    ((Destination(states=(0,), probability=1.0),), 2.0)
    """
    meant = as_kind(kind)
    begin = as_start(conflict, start)
    drawn = _weights(conflict, weights)
    chain = _transitions(moves_of_kind(conflict, meant, concept), drawn)
    group, _, order = _components(chain, begin)
    inner = chain[order][:, order].tocoo()
    leaving = np.zeros(int(group.max()) + 1, dtype=bool)
    leaving[group[inner.row[group[inner.row] != group[inner.col]]]] = True
    visits = _visits(inner.tocsr(), leaving[group])
    arriving = visits @ inner.tocsr() if leaving.any() else np.zeros(len(order))
    arriving[0] += 0.0 if leaving[group[0]] else 1.0
    destinations = [
        Destination(
            tuple(sorted(order[group == number].tolist())),
            min(1.0, round(float(arriving[group == number].sum()), 12)),
        )
        for number in np.flatnonzero(~leaving)
    ]
    destinations.sort(key=lambda found: (-found.probability, found.states))
    cycles = [
        tuple(sorted(order[group == number].tolist()))
        for number in np.flatnonzero(np.bincount(group) > 1)
    ]
    expected = round(float(visits.sum()), 12)
    return Drift(
        conflict, begin, meant, drawn, tuple(destinations), tuple(sorted(cycles)), expected
    )


def _weights(conflict: Conflict, weights: Mapping[int, float] | None) -> tuple[float, ...]:
    drawn = [1.0] * conflict.n_dms
    for dm, weight in (weights or {}).items():
        if not 0 <= dm < conflict.n_dms:
            message = f"there is no decision maker {dm}: they are 0 to {conflict.n_dms - 1}"
            raise ConflictError(message)
        if not 0 <= weight < float("inf"):
            name = conflict.decision_makers[dm]
            raise ConflictError(f"the weight of {name} is {weight}: it should be 0 or more")
        drawn[dm] = float(weight)
    return tuple(drawn)


def _transitions(arcs: list[Arcs], weights: tuple[float, ...]) -> csr_array:
    """Build the matrix of probabilities of one step; rows of states that nobody leaves are 0."""
    sparse = _scipy("scipy.sparse")
    n_states = arcs[0].n_states
    rows, columns, shares = [], [], []
    total = np.zeros(n_states)
    for own, weight in zip(arcs, weights, strict=True):
        counts = own.degrees
        total += weight * (counts > 0)
        rows.append(own.sources)
        columns.append(own.targets)
        shares.append(weight / counts[own.sources])
    row, column, share = np.concatenate(rows), np.concatenate(columns), np.concatenate(shares)
    drawn = share > 0
    row, column, share = row[drawn], column[drawn], share[drawn]
    matrix = sparse.csr_array((share / total[row], (row, column)), shape=(n_states, n_states))
    built: csr_array = matrix
    return built


def _components(chain: csr_array, start: int) -> tuple[NDArray[np.int32], int, NDArray[np.int32]]:
    """Group the states reached by whether they lead to one another; the start comes first."""
    graphs = _scipy("scipy.sparse.csgraph")
    order = graphs.breadth_first_order(chain, start, return_predecessors=False)
    inner = chain[order][:, order]
    count, group = graphs.connected_components(inner, directed=True, connection="strong")
    return group, count, order


def _visits(inner: csr_array, transient: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Find the mean number of moves made from each state before a destination is reached."""
    sparse, solve = _scipy("scipy.sparse"), _scipy("scipy.sparse.linalg").spsolve
    visits = np.zeros(inner.shape[0])
    if not transient[0]:
        return visits
    at = np.flatnonzero(transient)
    stay = inner[at][:, at]
    begin = np.zeros(len(at))
    begin[0] = 1.0
    visits[at] = solve(sparse.csc_array(sparse.eye_array(len(at)) - stay.T), begin)
    return visits


def _scipy(module: str) -> Any:  # noqa: ANN401 - a module
    try:
        return import_module(module)
    except ImportError:
        message = "this needs SciPy: install it with  pip install 'detente[evolution]'"
        raise DetenteError(message) from None
