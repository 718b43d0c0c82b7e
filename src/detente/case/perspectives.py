"""How each DM sees the conflict of a case: its view, built as the case itself is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.case.building import build
from detente.case.changes import changed
from detente.case.model import Evidence
from detente.case.settling import settled, under
from detente.case.tree import Place
from detente.conditions import did_you_mean
from detente.conflict import Form, GraphForm, OptionForm
from detente.conflict.preferences import dense
from detente.errors import CaseError, DetenteError, Problem
from detente.stability import Hypergame, Opponents, View, hypergame, only_states, without_states

if TYPE_CHECKING:
    from detente.case.building import Model
    from detente.case.doubts import Change
    from detente.case.model import Case, Clause
    from detente.conflict import Conflict

__all__ = ["Perspective", "Perspectives", "Sight", "perspectives", "starting_point"]


@dataclass(frozen=True, slots=True)
class Perspective:
    """How a DM sees the conflict, as the case file says it.

    Parameters
    ----------
    dm, text : str
        Whose view it is, and the view in words.
    reading : str
        Id of the named reading by which it sees the others; empty for the conflict as it is.
    settle : mapping of str to int
        Answer to each uncertainty that it settles; the rest counts as in the case as written.
    changes : tuple of Change
        What it takes to be otherwise.
    unseen : tuple of Clause
        States that it does not perceive.
    evidence : Evidence
    place : Place
    """

    dm: str
    text: str = ""
    reading: str = ""
    settle: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    unseen: tuple[Clause, ...] = ()
    evidence: Evidence = field(default_factory=Evidence)
    place: Place = field(default_factory=lambda: Place(1, 1))


@dataclass(frozen=True, eq=False)
class Sight:
    """What a DM sees.

    Parameters
    ----------
    perspective : Perspective
    model : Model
        The conflict as the DM sees it, but with the states that it does not perceive.
    kept : ndarray of int, shape (k,)
        The states of that model that it does perceive.
    view : View
        The conflict of these states, and how the actual states are seen.
    differs : tuple of int
        DMs whose order of the states that it knows is another here than in the actual conflict.
    """

    perspective: Perspective
    model: Model = field(repr=False)
    kept: NDArray[np.intp] = field(repr=False)
    view: View = field(repr=False)
    differs: tuple[int, ...]

    @property
    def unknown(self) -> NDArray[np.intp]:
        """Actual states of which the DM does not know."""
        return np.flatnonzero(self.view.seen_as < 0)

    @property
    def actual(self) -> NDArray[np.intp]:
        """For each state of the view the actual state, shape (k,); -1 where there is none."""
        found = np.full(len(self.kept), -1, dtype=np.intp)
        known = np.flatnonzero(self.view.seen_as >= 0)
        found[self.view.seen_as[known]] = known
        return found


@dataclass(frozen=True, eq=False)
class Perspectives:
    """A conflict, and how those see it who do not see it as it is.

    Parameters
    ----------
    model : Model
        The actual conflict.
    reading : str
        Id of the reading that counts as the actual conflict.
    sights : mapping of int to Sight
        What DMs see, by their index; all others see the actual conflict.
    """

    model: Model = field(repr=False)
    reading: str
    sights: Mapping[int, Sight]

    def hypergame(self, concept: str = "seq", *, opponents: Opponents = "legal") -> Hypergame:
        """Find what each DM believes to hold, and what does when each acts on its own view."""
        views = {dm: sight.view for dm, sight in self.sights.items()}
        return hypergame(self.model.conflict, views, concept, opponents=opponents)

    @property
    def perceived(self) -> Conflict:
        """The actual conflict without moves into and out of what their DMs do not know of.

        What a view holds beyond that, such as preferences that it misjudges, does not count here.
        """
        conflict = self.model.conflict
        everything = np.zeros(conflict.n_states, dtype=bool)
        blind = [
            self.sights[dm].view.seen_as < 0 if dm in self.sights else everything
            for dm in range(conflict.n_dms)
        ]
        return without_states(conflict, blind)


def perspectives(
    case: Case, *, reading: str = "", sees: Mapping[str, str] | None = None
) -> Perspectives:
    """Build the conflict of a case, and how each DM sees it.

    Parameters
    ----------
    case : Case
    reading : str
        Id of the reading that counts as the actual conflict; by default the case as written.
    sees : mapping of str to str, optional
        For DMs, by id, the named reading by which they see the others, in place of what the case
        says.

    Returns
    -------
    Perspectives

    Raises
    ------
    CaseError
        If the case, or a view of it, describes no conflict; if a DM's `unseen` hides nothing, or
        everything. With the place in the file.
    DetenteError
        If there is no such reading or DM.

    Notes
    -----
    A view starts from the reading that it names, else from the actual conflict. A reading says how
    the others are seen: what the DM itself wants is what it wants in fact, unless the view's own
    changes say otherwise. What stays uncertain counts as in the case as written, in the conflict
    and in every view. The states of a view are the actual ones where they have the same levels of
    all options (in a graph: the same id); an option that a DM does not know of stays untaken in
    its view.

    Examples
    --------
    >>> from detente.case import load
    >>> found = perspectives(load("syria-iraq-1975"))
    >>> [sight.unknown.tolist() for sight in found.sights.values()]
    [[1, 4], [0, 3]]
    """
    actual = under(case, reading) if reading else case
    model = build(actual)
    given = dict(case.perspectives)
    ids = [dm.id for dm in case.decision_makers]
    for dm, name in (sees or {}).items():
        if dm not in ids:
            raise DetenteError(f"there is no decision maker {dm}{did_you_mean(dm, ids)}")
        given[dm] = Perspective(dm, reading=name)
    sights = {ids.index(dm): _sight(case, one, model) for dm, one in given.items()}
    return Perspectives(model, reading or case.base, dict(sorted(sights.items())))


def _sight(case: Case, perspective: Perspective, actual: Model) -> Sight:
    start = starting_point(case, actual.case, perspective.dm, perspective.reading)
    seen = changed(start, perspective.changes)
    still_open = {doubt.id: doubt for doubt in seen.uncertainties}
    answers = {
        key: answer
        for key, answer in perspective.settle.items()
        if key in still_open and answer < still_open[key].size
    }
    # No state need be the status quo: a DM may not know of the option that is taken there.
    model = _built(replace(settled(seen, answers), status_quo=None), perspective)
    kept = ~_hidden(model, perspective)
    position = np.append(np.where(kept, np.cumsum(kept) - 1, -1), -1)
    seen_as = position[_same_states(actual.conflict.form, model.conflict.form)]
    view = View(model.conflict if kept.all() else only_states(model.conflict, kept), seen_as)
    return Sight(perspective, model, np.flatnonzero(kept), view, _differs(actual.conflict, view))


def starting_point(case: Case, actual: Case, dm: str, reading: str) -> Case:
    """Give the case that a DM's view starts from.

    Parameters
    ----------
    case, actual : Case
        As written, and as it is.
    dm, reading : str
        Whose view it is, and the named reading of it; empty for the case as it is.

    Returns
    -------
    Case
        The reading, with what the DM itself wants as it is in fact: that it knows.
    """
    if not reading:
        return actual
    seen = under(case, reading)
    pairs = zip(actual.decision_makers, seen.decision_makers, strict=True)
    holders = tuple(own if own.id == dm else other for own, other in pairs)
    return replace(seen, decision_makers=holders)


def _built(case: Case, perspective: Perspective) -> Model:
    try:
        return build(case)
    except CaseError as error:
        head = f"as {perspective.dm} sees it"
        if perspective.reading:
            head += f", by the reading {perspective.reading}"
        place = perspective.place
        found = []
        for problem in error.problems:
            told = replace(problem, message=f"{head}: {problem.message}")
            if problem.line < place.line:  # what stands there is sound without this perspective
                told = replace(told, line=place.line, column=place.column)
            found.append(told)
        raise CaseError(sorted(found, key=lambda p: (p.line, p.column))) from None


def _hidden(model: Model, perspective: Perspective) -> NDArray[np.bool_]:
    """Tell which states a DM does not perceive."""
    hidden = np.zeros(model.conflict.n_states, dtype=bool)
    problems = []
    for clause in perspective.unseen:
        truth = model.holds(clause.expression)
        hidden |= truth
        message = ""
        if not truth.any() and not model.case.unavailable:
            message = (
                f"“{clause.text}” fits no state that {perspective.dm} would see, so that it hides "
                "nothing: change it, or leave it out"
            )
        elif hidden.all():
            message = f"{perspective.dm} sees no state at all: leave it one that it perceives"
        if message:
            place = clause.place
            problems.append(Problem(model.case.file, place.line, place.column, message))
        if hidden.all():
            break
    if problems:
        raise CaseError(sorted(problems, key=lambda p: (p.line, p.column)))
    return hidden


def _same_states(actual: Form, seen: Form) -> NDArray[np.int64]:
    """Find for each actual state the state of a view; -1 where the view has none."""
    ours, here = _members(actual)
    theirs, there = _members(seen)
    if ours is None or theirs is None:
        return np.arange(actual.n_states)
    at = theirs.find(ours.codes)
    found = np.full(actual.n_states, -1, dtype=np.int64)
    # Coalesced states are seen as one wherever any of their members is there.
    np.maximum.at(found, here, np.where(at >= 0, there[at], -1))
    return found


def _members(form: Form) -> tuple[OptionForm | None, NDArray[np.int64]]:
    """Give the option form behind a conflict, and the state that each of its states is part of."""
    if isinstance(form, GraphForm):
        return form.origin, form.member_of
    return form, np.arange(form.n_states)


def _differs(actual: Conflict, view: View) -> tuple[int, ...]:
    known = view.seen_as >= 0
    if not known.any():
        return ()
    ours, theirs = actual.ranks[:, known], view.conflict.ranks[:, view.seen_as[known]]
    return tuple(
        dm for dm in range(actual.n_dms) if not np.array_equal(dense(ours[dm]), dense(theirs[dm]))
    )
