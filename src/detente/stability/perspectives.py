"""Perspectives: each DM sees the conflict in its own way, and acts on what it sees (hypergames)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.conflict import Arcs, Conflict, Form, GraphForm, OptionForm, arcs_from_pairs
from detente.errors import ConflictError
from detente.stability.analysis import analyze
from detente.stability.concepts import Opponents

__all__ = ["Hypergame", "Surprise", "View", "hypergame", "only_states", "without_states"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class View:
    """The conflict as one DM sees it.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings as the DM believes them to be, its own rankings included.
    seen_as : ndarray of int64, shape (n,)
        For each state of the actual conflict the state of this one that the DM takes it for; -1
        for a state of which it does not know. Several states may look the same to it.
    """

    conflict: Conflict
    seen_as: NDArray[np.int64] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Surprise:
    """A state that a DM believes to be an equilibrium, and that another DM leaves.

    Parameters
    ----------
    state : int
        The actual state.
    believer : int
        The DM who believes that nobody leaves it.
    leaver : int
        A DM who, as it sees the conflict itself, does.
    """

    state: int
    believer: int
    leaver: int


@dataclass(frozen=True, eq=False)
class Hypergame:
    """What each DM believes to hold, and what does.

    Parameters
    ----------
    concept : str
        By which stability is judged in every view.
    stable : ndarray of bool, shape (m, n)
        At which actual states each DM stays: it knows of the state, and the state is stable for
        it in its own view.
    believed : ndarray of bool, shape (m, n)
        Which actual states each DM believes to be equilibria.
    known : ndarray of bool, shape (m, n)
        Of which actual states each DM knows.
    """

    concept: str
    stable: Mask
    believed: Mask
    known: Mask

    @property
    def equilibria(self) -> NDArray[np.intp]:
        """States at which everybody stays, each judging by its own view."""
        return np.flatnonzero(np.logical_and.reduce(self.stable, axis=0))

    @property
    def hidden(self) -> NDArray[np.intp]:
        """Equilibria of which some DM does not believe that they are any."""
        equilibria = self.equilibria
        doubted = ~np.logical_and.reduce(self.believed[:, equilibria], axis=0)
        hidden: NDArray[np.intp] = equilibria[doubted]
        return hidden

    @property
    def surprises(self) -> tuple[Surprise, ...]:
        """States that somebody believes to be equilibria, and that somebody else leaves."""
        found: list[Surprise] = []
        for believer, believed in enumerate(self.believed):
            for state in np.flatnonzero(believed).tolist():
                leavers = np.flatnonzero(self.known[:, state] & ~self.stable[:, state])
                found.extend(Surprise(state, believer, int(leaver)) for leaver in leavers)
        return tuple(found)


def hypergame(
    conflict: Conflict,
    views: Mapping[int, View],
    concept: str = "seq",
    *,
    opponents: Opponents = "legal",
) -> Hypergame:
    """Find what each DM believes to hold, and what does when each acts on its own view.

    Parameters
    ----------
    conflict : Conflict
        The actual states; DMs without a view of their own see this conflict as it is.
    views : mapping of int to View
        How DMs, by index, see it.
    concept : str
        By which stability is judged.
    opponents : {"legal", "once", "single"}
        How several opponents may answer, in every view.

    Returns
    -------
    Hypergame

    Raises
    ------
    ConflictError
        If a view does not belong to a DM, or does not say how each actual state is seen; if the
        concept is not defined on one of the conflicts.

    Notes
    -----
    A hypergame of level 1 is a set of games, one for each DM; an outcome is an equilibrium of it if
    it is stable for each DM in the game that this DM sees ([Bennett1977][]; [FraserHipel1984][]).
    Here the games are conflicts, tied together by how each DM takes the actual states. A DM who
    does not know of a state is not counted as staying at it, nor as leaving it.

    Examples
    --------
    The second DM believes that both would rather leave everything as it is, and is wrong.

    >>> actual = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 2, 3], [0, 2, 1, 3]])
    >>> suspicious = Conflict.from_arrays(options=[1, 1], ranks=[[3, 1, 2, 0], [3, 1, 2, 0]])
    >>> found = hypergame(actual, {1: View(suspicious, np.arange(4))}, "nash")
    >>> found.equilibria
    array([1])
    >>> [(surprise.state, surprise.leaver) for surprise in found.surprises]
    [(3, 1), (0, 0)]
    """
    shape = conflict.n_dms, conflict.n_states
    stable, believed = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    known = np.zeros(shape, dtype=bool)
    for dm in views:
        if not 0 <= dm < conflict.n_dms:
            raise ConflictError(f"a view belongs to DM {dm}: they are 0 to {conflict.n_dms - 1}")
    plain = View(conflict, np.arange(conflict.n_states))
    tables: dict[int, Mask] = {}
    for dm in range(conflict.n_dms):
        view = views.get(dm, plain)
        seen = _checked(view, conflict, dm)
        if id(view.conflict) not in tables:  # DMs often share the conflict as it is
            found = analyze(view.conflict, [concept], opponents=opponents)
            tables[id(view.conflict)] = found.stable(concept)
        table = tables[id(view.conflict)]
        known[dm] = seen >= 0
        stable[dm] = known[dm] & table[dm, seen]
        believed[dm] = known[dm] & np.logical_and.reduce(table, axis=0)[seen]
    return Hypergame(concept, stable, believed, known)


def _checked(view: View, conflict: Conflict, dm: int) -> NDArray[np.int64]:
    seen = np.asarray(view.seen_as)
    if seen.shape != (conflict.n_states,):
        message = f"the view of DM {dm} needs one entry for each of {conflict.n_states} states"
        raise ConflictError(message)
    if view.conflict.n_dms != conflict.n_dms:
        message = f"the view of DM {dm} has {view.conflict.n_dms} DMs, not {conflict.n_dms}"
        raise ConflictError(message)
    if seen.min() < -1 or seen.max() >= view.conflict.n_states:
        raise ConflictError(f"the view of DM {dm} names a state that it does not have")
    return seen.astype(np.int64)


def only_states(conflict: Conflict, kept: ArrayLike) -> Conflict:
    """Take states away altogether, as for a DM who does not know that they could be.

    Parameters
    ----------
    conflict : Conflict
    kept : array_like of bool, shape (n,)
        The states that are left: at least one.

    Returns
    -------
    Conflict
        Of these states, in their order, and the moves between them: in option form if the conflict
        is, as if the others were infeasible; else a graph. Without a status quo that is not kept.

    Raises
    ------
    ConflictError
        If `kept` does not fit, or keeps no state.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> only_states(prisoners, [True, False, True, True]).ranks.tolist()
    [[1, 3, 2], [1, 0, 2]]
    """
    mask = np.asarray(kept, dtype=bool)
    if mask.shape != (conflict.n_states,) or not mask.any():
        message = f"`kept` needs a truth value for each of {conflict.n_states} states, one true"
        raise ConflictError(message)
    form = conflict.form
    position = np.where(mask, np.cumsum(mask) - 1, -1)
    left: Form
    if isinstance(form, OptionForm):
        left = OptionForm(form.decision_makers, form.options, form.codes[mask])
    else:
        names = tuple(form.state_id(state) for state in np.flatnonzero(mask).tolist())
        pairs = (position[form.moves(dm).pairs()] for dm in range(form.n_dms))
        arcs = tuple(arcs_from_pairs(p[(p >= 0).all(axis=1)], int(mask.sum())) for p in pairs)
        left = GraphForm(form.decision_makers, arcs, names)
    start = -1 if conflict.status_quo is None else int(position[conflict.status_quo])
    return Conflict(left, conflict.ranks[:, mask], None if start < 0 else start)


def without_states(conflict: Conflict, unperceived: Sequence[ArrayLike]) -> Conflict:
    """Take away each DM's moves into and out of the states that it does not perceive.

    Parameters
    ----------
    conflict : Conflict
    unperceived : sequence of array_like of bool, shape (n,)
        For each DM the states that it does not perceive.

    Returns
    -------
    Conflict
        Of the same states and rankings, with fewer moves, given as a graph.

    Notes
    -----
    This is the treatment of misperception in GMCR+ ([KinsaraPetersonsHipelKilgour2015][]). It is
    weaker than a hypergame: nobody has a conflict of its own, and all know what others do not see.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> blind = without_states(prisoners, [[False, False, True, False], [False] * 4])
    >>> blind.moves(0).pairs().tolist()
    [[0, 1], [1, 0]]
    """
    masks = [np.asarray(mask, dtype=bool) for mask in unperceived]
    if [mask.shape for mask in masks] != [(conflict.n_states,)] * conflict.n_dms:
        message = "`unperceived` needs, for each DM, one truth value for each state"
        raise ConflictError(message)
    form = conflict.form
    names = tuple(form.state_id(state) for state in range(form.n_states))
    arcs = tuple(_perceived(conflict.moves(dm), mask) for dm, mask in enumerate(masks))
    return Conflict(
        GraphForm(form.decision_makers, arcs, names), conflict.ranks, conflict.status_quo
    )


def _perceived(arcs: Arcs, mask: Mask) -> Arcs:
    return arcs.keep(~(mask[arcs.sources] | mask[arcs.targets]))
