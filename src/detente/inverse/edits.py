"""Fewest edits of preference statements that make a state an equilibrium."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.conflict import Conflict, from_statements
from detente.errors import ConflictError, SizeError
from detente.inverse.requirements import as_state, equilibrium_at, fulfilled, requirements

__all__ = ["Edit", "Edits", "fewest_edits"]

_MAX_TRIED = 200_000

Change = Literal["drop", "reverse", "move"]
_Item: TypeAlias = tuple[int, bool]
"""A statement by its number, and whether it has been reversed."""
_Lists: TypeAlias = tuple[tuple[_Item, ...], ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a DM's list of preference statements.

    Parameters
    ----------
    dm : int
        Whose list.
    change : {"drop", "reverse", "move"}
        Strike the statement, put its negation in its place, or move it.
    statement : int
        Its place in the list as given, the most important being 0.
    place : int or None
        For a move, its place in the list at the time, after the move.
    """

    dm: int
    change: Change
    statement: int
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Edits:
    """The smallest ways to make a state an equilibrium by editing statements.

    Parameters
    ----------
    state : int
        The state wanted.
    concept : str
        Key of the concept.
    number : int or None
        Fewest edits needed; 0 if it is an equilibrium already, None if more than were allowed.
    ways : tuple of tuple of Edit
        Each set of that many edits, one for each outcome of them.
    """

    state: int
    concept: str
    number: int | None
    ways: tuple[tuple[Edit, ...], ...]


def fewest_edits(
    conflict: Conflict,
    statements: Mapping[int, Sequence[ArrayLike]],
    state: int,
    concept: str = "seq",
    *,
    max_edits: int = 2,
) -> Edits:
    """Find the fewest statements to move, drop or reverse for a state to be an equilibrium.

    Parameters
    ----------
    conflict : Conflict
        States, moves, and the rankings of the DMs whose statements are not given.
    statements : mapping of int to sequence of array_like of bool, shape (n,)
        For each DM that may change where each of its statements is true, the most important first.
    state : int
        The state wanted.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        The concept.
    max_edits : int
        Most edits tried, all DMs together.

    Returns
    -------
    Edits

    Raises
    ------
    ConflictError
        If a DM or state does not exist, or a statement has the wrong shape.
    SizeError
        If there are too many ways to try.

    Notes
    -----
    Exact: all lists one edit away are tried, then all two edits away, and so on. With k statements
    in all there are about k² edits.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> cooperate = [np.array([False, True, False, True]), np.array([False, False, True, True])]
    >>> found = fewest_edits(
    ...     prisoners, {0: [cooperate[1], ~cooperate[0]]}, 1, "nash"
    ... )
    >>> found.number, found.ways
    (1, ((Edit(dm=0, change='drop', statement=1, place=None),),
         (Edit(dm=0, change='reverse', statement=1, place=None),)))
    """
    as_state(conflict, state)
    truths = {dm: _truths(conflict, dm, given) for dm, given in statements.items()}
    dms = tuple(sorted(truths))
    start: _Lists = tuple(tuple((k, False) for k in range(len(truths[dm]))) for dm in dms)
    trial = _Trial(conflict, truths, state, concept)
    layer: dict[_Lists, tuple[Edit, ...]] = {start: ()}
    seen = {start}
    for number in range(max_edits + 1):
        ways = [edits for lists, edits in layer.items() if trial.holds(dms, lists)]
        if ways:
            return Edits(state, concept, number, tuple(ways))
        longer: dict[_Lists, tuple[Edit, ...]] = {}
        if number < max_edits:
            for lists, edits in layer.items():
                for edit, edited in _one_edit(dms, lists):
                    if edited not in seen:
                        seen.add(edited)
                        longer[edited] = (*edits, edit)
                if len(seen) > _MAX_TRIED:
                    message = (
                        f"more than {_MAX_TRIED} ways to edit the statements: let fewer DMs "
                        "change, or allow fewer edits"
                    )
                    raise SizeError(message)
        layer = longer
    return Edits(state, concept, None, ())


def _truths(conflict: Conflict, dm: int, given: Sequence[ArrayLike]) -> list[NDArray[np.bool_]]:
    if not 0 <= dm < conflict.n_dms:
        message = f"there is no decision maker {dm}: they are 0 to {conflict.n_dms - 1}"
        raise ConflictError(message)
    truths = [np.asarray(truth, dtype=bool) for truth in given]
    if any(truth.shape != (conflict.n_states,) for truth in truths):
        message = f"a statement needs one truth value for each of the {conflict.n_states} states"
        raise ConflictError(message)
    return truths


class _Trial:
    """Tells whether edited lists make the state an equilibrium.

    A state that is SEQ is GMR, and one that is SSEQ is SMR; what these ask of a DM does not hinge
    on the others' preferences. So most lists are refused by one look at one DM's, remembered.
    """

    def __init__(
        self,
        conflict: Conflict,
        truths: Mapping[int, list[NDArray[np.bool_]]],
        state: int,
        concept: str,
    ) -> None:
        self.conflict = conflict
        self.truths = truths
        self.state = state
        self.concept = concept
        loose = {"seq": "gmr", "sseq": "smr"}.get(concept, concept)
        dms = range(conflict.n_dms)
        self._required = [requirements(conflict, dm, state, loose) for dm in dms]
        fixed = [dm for dm in dms if dm not in truths]
        self._hopeless = not all(self._may_stay(dm, conflict.ranks[dm]) for dm in fixed)
        self._known: dict[tuple[int, tuple[_Item, ...]], bool] = {}

    def holds(self, dms: tuple[int, ...], lists: _Lists) -> bool:
        """Tell whether the state is an equilibrium if these are the lists of these DMs."""
        if self._hopeless:
            return False
        ranks = self.conflict.ranks.copy()
        for dm, items in zip(dms, lists, strict=True):
            if self._known.get((dm, items), True) is False:
                return False
        for dm, items in zip(dms, lists, strict=True):
            kept = [self.truths[dm][k] ^ reverse for k, reverse in items]
            ranks[dm] = from_statements(kept, self.conflict.n_states)
            if (dm, items) not in self._known:
                self._known[dm, items] = self._may_stay(dm, ranks[dm])
            if not self._known[dm, items]:
                return False
        return equilibrium_at(replace(self.conflict, ranks=ranks), self.state, self.concept)

    def _may_stay(self, dm: int, rank: NDArray[np.int32]) -> bool:
        not_better = frozenset(np.flatnonzero(rank <= rank[self.state]).tolist())
        return fulfilled(self._required[dm], not_better)


def _one_edit(dms: tuple[int, ...], lists: _Lists) -> Iterator[tuple[Edit, _Lists]]:
    for row, (dm, items) in enumerate(zip(dms, lists, strict=True)):
        for place, (number, reverse) in enumerate(items):
            rest = (*items[:place], *items[place + 1 :])
            changed = [(Edit(dm, "drop", number), rest)]
            turned = (*items[:place], (number, not reverse), *items[place + 1 :])
            changed.append((Edit(dm, "reverse", number), turned))
            changed.extend(
                (
                    Edit(dm, "move", number, to),
                    (*rest[:to], (number, reverse), *rest[to:]),
                )
                for to in range(len(items))
                if to != place
            )
            for edit, edited in changed:
                yield edit, (*lists[:row], edited, *lists[row + 1 :])
