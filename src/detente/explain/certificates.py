"""Certificates: why a state is stable for a DM or not, in a form that can be checked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.conflict import Conflict, Path, search
from detente.errors import ConflictError
from detente.stability import Concept, answers_to, best_escape, sequential

__all__ = ["Basis", "Certificate", "Futile", "Sanction", "certify"]

Basis = Literal["no move", "no improvement", "sanctioned", "unsanctioned"]
"""What a verdict rests on."""


@dataclass(frozen=True, slots=True)
class Sanction:
    """What deters a DM from one improvement.

    Parameters
    ----------
    improvement : int
        State that the DM would move to.
    path : Path
        The others' answer, from there to a state that is not better for the DM than the one left.
    onward : tuple of int
        For a symmetric concept, all states that the DM can move on to: none is better either.
    """

    improvement: int
    path: Path
    onward: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Futile:
    """An answer that would harm the DM, and how it escapes.

    Parameters
    ----------
    state : int
        State that the others can lead to, not better for the DM than the one left.
    escape : int
        State that the DM can move on to, better than the one left.
    """

    state: int
    escape: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why a state is stable for a DM under a concept, or why not.

    Parameters
    ----------
    dm, state : int
        Whose verdict, on what.
    concept : str
        Key of the concept.
    stable : bool
        The verdict.
    basis : {"no move", "no improvement", "sanctioned", "unsanctioned"}
        The first is structural, the others depend on preferences.
    moves : tuple of int
        All states that the DM can move to.
    sanctions : tuple of Sanction
        If stable, one for every improvement; none under Nash stability.
    improvement : int or None
        If unstable, an improvement that nothing deters, the best there is.
    answers : tuple of int
        If unstable, all states to which the others can then lead.
    futile : tuple of Futile
        Those of them that harm the DM; it can escape from each. Only for symmetric concepts.
    """

    dm: int
    state: int
    concept: str
    stable: bool
    basis: Basis
    moves: tuple[int, ...]
    sanctions: tuple[Sanction, ...] = ()
    improvement: int | None = None
    answers: tuple[int, ...] = ()
    futile: tuple[Futile, ...] = ()

    @property
    def structural(self) -> bool:
        """Whether the verdict would be the same whatever anybody prefers."""
        return self.basis == "no move"


def certify(conflict: Conflict, dm: int, state: int, concept: str) -> Certificate:
    """Find out why a state is stable for a DM, or why not.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    dm, state : int
        Indices of the DM and the state.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        The concept.

    Returns
    -------
    Certificate

    Raises
    ------
    ConflictError
        If the DM, state or concept does not exist.

    Notes
    -----
    Opponents answer by legal sequences, and being brought back counts as a sanction. Each
    improvement takes one search of what the others can reach. `detente.explain.faults`
    checks a certificate from the definitions alone.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> certify(prisoners, 0, 3, "seq").sanctions
    (Sanction(improvement=2, path=Path(start=2, steps=(Step(mover=1, state=0),)), onward=()),)
    >>> certify(prisoners, 0, 3, "nash").improvement
    2
    """
    if not 0 <= dm < conflict.n_dms:
        message = f"there is no decision maker {dm}: they are 0 to {conflict.n_dms - 1}"
        raise ConflictError(message)
    if not 0 <= state < conflict.n_states:
        message = f"there is no state {state}: they are 0 to {conflict.n_states - 1}"
        raise ConflictError(message)
    meant = sequential(concept)
    rank = conflict.ranks[dm]
    moves = conflict.moves(dm).of(state)
    better = moves[rank[moves] > rank[state]]
    best_first = better[np.argsort(-rank[better], kind="stable")]
    listed = tuple(moves.tolist())
    if len(better) == 0:
        basis: Basis = "no improvement" if listed else "no move"
        return Certificate(dm, state, concept, stable=True, basis=basis, moves=listed)
    sanctions = []
    for improvement in best_first.tolist():
        found = _answer(conflict, dm, state, improvement, meant)
        if not isinstance(found, Sanction):
            answers, futile = found
            return Certificate(
                dm,
                state,
                concept,
                stable=False,
                basis="unsanctioned",
                moves=listed,
                improvement=improvement,
                answers=answers,
                futile=futile,
            )
        sanctions.append(found)
    return Certificate(
        dm,
        state,
        concept,
        stable=True,
        basis="sanctioned",
        moves=listed,
        sanctions=tuple(sanctions),
    )


def _answer(
    conflict: Conflict, dm: int, state: int, improvement: int, meant: Concept
) -> Sanction | tuple[tuple[int, ...], tuple[Futile, ...]]:
    """Find a sanction of one improvement, or else all answers and how the harmful ones fail."""
    others = [other for other in range(conflict.n_dms) if other != dm]
    arcs = answers_to(conflict, dm, meant)
    if not arcs:
        return (), ()
    rank = conflict.ranks[dm]
    harmful = rank <= rank[state]
    value = best_escape(conflict, dm) if meant.symmetric else rank
    deterring = value <= rank[state]
    found = search(arcs, others, improvement, goal=deterring)
    path = found.path_to_any(deterring)
    own = conflict.moves(dm)
    if path is not None:
        onward = tuple(own.of(path.end).tolist()) if meant.symmetric else ()
        return Sanction(improvement, path, onward)
    reached = np.flatnonzero(found.reached)
    futile = []
    for answer in reached[harmful[reached]].tolist():
        onward_states = own.of(answer)
        escape = int(onward_states[np.argmax(rank[onward_states])])
        futile.append(Futile(answer, escape))
    return tuple(reached.tolist()), tuple(futile)
