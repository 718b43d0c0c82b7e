"""From a case to its conflict: feasible states, coalesced states, rankings, named outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case, Clause, DecisionMaker, Preferences, Prioritise, Weigh
from detente.case.pairing import compare, merged_pairs
from detente.conditions import Expression
from detente.conditions.syntax import Comparison, Name, Negation, Text
from detente.conflict import (
    Conflict,
    Form,
    GraphForm,
    Option,
    OptionForm,
    arcs_from_pairs,
    coalesce,
    feasible_form,
    from_groups,
    from_statements,
    from_weights,
)
from detente.conflict.arcs import read_only
from detente.errors import CaseError, ConflictError, Problem
from detente.stability import Relations, pairwise

__all__ = ["Model", "Ranking", "build"]


@dataclass(frozen=True)
class Model:
    """A case's conflict, with what ties it back to the case.

    Parameters
    ----------
    conflict : Conflict
        States, moves, rankings and status quo.
    outcomes : mapping of str to ndarray of bool, shape (n,)
        Where each named outcome holds.
    n_combinations : int
        Number of combinations of options before any rule; the number of states of a graph.
    warnings : tuple of Problem
        What the analyst should look at.
    compared : mapping of int to ndarray of int8, shape (n, n)
        How the row's state compares with the column's, for each DM whose preferences say more
        than its ranking.
    """

    case: Case = field(repr=False)
    conflict: Conflict
    outcomes: Mapping[str, NDArray[np.bool_]] = field(repr=False)
    n_combinations: int
    warnings: tuple[Problem, ...]
    compared: Mapping[int, NDArray[np.int8]] = field(default_factory=dict, repr=False)

    @property
    def by_pairs(self) -> bool:
        """Whether some DM's preferences say more than a ranking can."""
        return bool(self.compared)

    def relations(self) -> Relations:
        """Give how each DM compares the states pair by pair, shape (m, n, n).

        Raises
        ------
        SizeError
            If there are too many states for that.
        """
        made = pairwise(self.conflict.ranks)
        for dm, compared in self.compared.items():
            made[dm] = compared
        return made

    def holds(self, condition: Expression) -> NDArray[np.bool_]:
        """Evaluate a condition over the case's names at every state, shape (n,)."""
        return self.conflict.form.holds(condition, self.case.vocabulary)


def build(case: Case) -> Model:
    """Build the conflict that a case describes.

    Parameters
    ----------
    case : Case

    Returns
    -------
    Model

    Raises
    ------
    CaseError
        If the case describes no conflict, with the place in the file.
    """
    return _Builder(case).build()


class _Builder:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.warnings: list[Problem] = []
        self.problems: list[Problem] = []

    def build(self) -> Model:
        case = self.case
        ids = tuple(dm.id for dm in case.decision_makers)
        apart: OptionForm | GraphForm
        if case.states:
            arcs = tuple(arcs_from_pairs(dm.moves, len(case.states)) for dm in case.decision_makers)
            apart = GraphForm(ids, arcs, tuple(case.states))
            n_combinations = len(case.states)
        else:
            apart = self._feasible(ids)
            n_combinations = int(np.prod([len(o.levels) for o in case.options], dtype=object))
        ranks = [self.ranks(dm, apart) for dm in case.decision_makers]
        compared = self._compared(apart, ranks)
        form: Form = apart
        if case.coalesce and isinstance(apart, OptionForm):
            form = self._coalesce(apart)
            ranks = [self.merged(rank, form, dm) for rank, dm in zip(ranks, ids, strict=True)]
            compared = {dm: self._merged_pairs(dm, form, own) for dm, own in compared.items()}
        self.stop_at_problems()
        status_quo = self._status_quo(form)
        self.stop_at_problems()
        conflict = Conflict(form, np.stack(ranks), status_quo)
        outcomes = {
            key: form.holds(outcome.clause.expression, case.vocabulary)
            for key, outcome in case.outcomes.items()
        }
        self._look_at_outcomes(outcomes)
        return Model(
            case,
            conflict,
            MappingProxyType(outcomes),
            n_combinations,
            tuple(sorted(self.warnings, key=lambda p: (p.line, p.column))),
            MappingProxyType({dm: read_only(own) for dm, own in compared.items()}),
        )

    def _problem(self, clause: Clause | None, message: str) -> None:
        line, column = (clause.place.line, clause.place.column) if clause else (1, 1)
        self.problems.append(Problem(self.case.file, line, column, message))

    def _warn(self, line: int, column: int, message: str) -> None:
        self.warnings.append(Problem(self.case.file, line, column, message))

    def stop_at_problems(self) -> None:
        """Raise what has been noted, if anything."""
        if self.problems:
            raise CaseError(sorted(self.problems, key=lambda p: (p.line, p.column)))

    def _feasible(self, ids: tuple[str, ...]) -> OptionForm:
        case = self.case
        for rule in case.rules:
            if rule.reason == "preferential":
                message = (
                    "this rule removes states that a DM would not choose; removing them also "
                    "removes sanctions: state it as a preference, unless it could never happen"
                )
                self._warn(rule.place.line, rule.place.column, message)
        rules = [rule.allowed for rule in case.rules]
        rules.extend(_untaken(case.options[option]) for option in case.unavailable)
        try:
            form = feasible_form(ids, case.options, rules, case.vocabulary)
        except ConflictError as error:
            place = case.rules[-1].place if case.rules else None
            line, column = (place.line, place.column) if place else (1, 1)
            raise CaseError([Problem(case.file, line, column, str(error))]) from None
        return form

    def ranks(self, dm: DecisionMaker, form: Form) -> NDArray[np.int32]:
        """Rank the states by the preferences of one DM."""
        n_states = form.n_states
        preferences = dm.preferences
        words = self.case.vocabulary
        if preferences is None:
            if dm.pairs is None:
                message = f"{dm.id} has no preferences: it is indifferent between all states"
                self._warn(dm.place.line, dm.place.column, message)
            return np.zeros(n_states, dtype=np.int32)
        if isinstance(preferences, Prioritise):
            truths = [form.holds(s.clause.expression, words) for s in preferences.statements]
            for statement, truth in zip(preferences.statements, truths, strict=True):
                if truth.all() or not truth.any():
                    place = statement.clause.place
                    always = "every" if truth.all() else "no"
                    message = f"this statement is true at {always} feasible state: it ranks nothing"
                    self._warn(place.line, place.column, message)
            return from_statements(truths, n_states)
        if isinstance(preferences, Weigh):
            try:
                return from_weights(form.levels, preferences.weights)
            except ConflictError as error:
                self._problem(None, f"{dm.id}: {error}")
                return np.zeros(n_states, dtype=np.int32)
        return self._ranked(preferences.groups, dm.id, form)

    def _ranked(self, groups: Sequence[Sequence[Clause]], dm: str, form: Form) -> NDArray[np.int32]:
        ranked = np.zeros(form.n_states, dtype=bool)
        members = []
        for group in groups:
            together = np.zeros(form.n_states, dtype=bool)
            for clause in group:
                truth = form.holds(clause.expression, self.case.vocabulary)
                if not truth.any() and not self.case.unavailable:
                    self._problem(clause, f"“{clause.text}” fits no feasible state")
                twice = np.flatnonzero(truth & (ranked | together))
                if len(twice):
                    names = self._names(form, twice)
                    self._problem(clause, f"“{clause.text}” ranks again what is ranked: {names}")
                together |= truth
            ranked |= together
            members.append(together)
        missing = np.flatnonzero(~ranked)
        if len(missing):
            message = f"{dm} does not rank {self._names(form, missing)}: rank every state"
            self._problem(groups[-1][-1] if groups and groups[-1] else None, message)
        if self.problems:
            return np.zeros(form.n_states, dtype=np.int32)
        return from_groups(members, form.n_states)

    def _names(self, form: Form, states: NDArray[np.intp]) -> str:
        zero = np.zeros((form.n_dms, form.n_states), dtype=np.int32)
        probe = Conflict(form, zero)
        shown = [f"{probe.state_id(int(s))} {probe.pattern(int(s))}".strip() for s in states[:5]]
        return ", ".join(shown) + (f" and {len(states) - 5} more" if len(states) > 5 else "")

    def _coalesce(self, form: OptionForm) -> GraphForm:
        groups = [form.holds(c.expression, self.case.vocabulary) for c in self.case.coalesce]
        for clause, group in zip(self.case.coalesce, groups, strict=True):
            if group.sum() < 2:
                fits = "no state" if not group.any() else "a single state"
                message = f"“{clause.text}” fits {fits}: nothing is coalesced"
                self._warn(clause.place.line, clause.place.column, message)
        try:
            graph, warnings = coalesce(form, groups)
        except ConflictError as error:
            self._problem(self.case.coalesce[-1], str(error))
            self.stop_at_problems()
            raise
        place = self.case.coalesce[0].place
        for warning in warnings:
            self._warn(place.line, place.column, warning)
        return graph

    def merged(self, rank: NDArray[np.int32], form: Form, dm: str) -> NDArray[np.int32]:
        """Rank coalesced states as their members are ranked."""
        assert isinstance(form, GraphForm)  # noqa: S101 - coalesced just before
        merged = np.full(form.n_states, -1, dtype=np.int32)
        merged[form.member_of] = rank
        differing = np.flatnonzero(merged[form.member_of] != rank)
        if len(differing):
            state = form.state_id(int(form.member_of[differing[0]]))
            message = (
                f"{dm} does not rank the members of the coalesced state {state} alike: "
                "they cannot count as one"
            )
            self._problem(self.case.coalesce[0], message)
        return merged

    def _compared(
        self, form: Form, ranks: Sequence[NDArray[np.int32]]
    ) -> dict[int, NDArray[np.int8]]:
        """Compare the states pair by pair, as those DMs do whose rankings do not say all."""
        found: dict[int, NDArray[np.int8]] = {}
        if self.problems:
            return found
        for index, dm in enumerate(self.case.decision_makers):
            if dm.by_pairs:
                made = compare(self.case, dm, form, ranks[index])
                self.warnings += made.warnings
                if made.problems:
                    self.problems += made.problems
                else:
                    found[index] = made.compared
        return found

    def _merged_pairs(self, dm: int, form: Form, compared: NDArray[np.int8]) -> NDArray[np.int8]:
        assert isinstance(form, GraphForm)  # noqa: S101 - coalesced just before
        merged, problem = merged_pairs(self.case, self.case.decision_makers[dm], form, compared)
        self.problems += [problem] if problem else []
        return merged

    def _status_quo(self, form: Form) -> int | None:
        clause = self.case.status_quo
        if clause is None:
            return None
        where = np.flatnonzero(form.holds(clause.expression, self.case.vocabulary))
        if len(where) != 1:
            if len(where) == 0:
                message = f"“{clause.text}” fits no feasible state: the status quo must be one"
            else:
                names = self._names(form, where)
                message = f"“{clause.text}” fits {len(where)} states ({names}): narrow it to one"
            self._problem(clause, message)
            return None
        return int(where[0])

    def _look_at_outcomes(self, outcomes: Mapping[str, NDArray[np.bool_]]) -> None:
        for key, truth in outcomes.items():
            if not truth.any():
                place = self.case.outcomes[key].clause.place
                self._warn(place.line, place.column, f"{key} holds at no feasible state")


class Ranking:
    """Ranks the states of one model by other preferences than its own.

    Parameters
    ----------
    model : Model
        Its states, before they were coalesced if they were.
    """

    def __init__(self, model: Model) -> None:
        form = model.conflict.form
        self._builder = _Builder(model.case)
        self._form = form
        self._apart: Form = form
        if isinstance(form, GraphForm) and form.origin is not None:
            self._apart = form.origin
        self._truths: dict[Expression, NDArray[np.bool_]] = {}

    def row(self, dm: int, preferences: Preferences | None) -> NDArray[np.int32]:
        """Rank the states by the preferences of a DM.

        Parameters
        ----------
        dm : int
            Index of the DM, for messages.
        preferences : Prioritise, Weigh, Rank or None

        Returns
        -------
        ndarray of int32, shape (n,)

        Raises
        ------
        CaseError
            If these preferences do not rank the states.
        """
        holder = replace(self._builder.case.decision_makers[dm], preferences=preferences)
        if isinstance(preferences, Prioritise):
            truths = [self._truth(s.clause.expression) for s in preferences.statements]
            rank = from_statements(truths, self._apart.n_states)
        else:
            rank = self._builder.ranks(holder, self._apart)
        if self._apart is not self._form:
            rank = self._builder.merged(rank, self._form, holder.id)
        self._builder.stop_at_problems()
        return rank

    def _truth(self, condition: Expression) -> NDArray[np.bool_]:
        if condition not in self._truths:
            words = self._builder.case.vocabulary
            self._truths[condition] = self._apart.holds(condition, words)
        return self._truths[condition]


def _untaken(option: Option) -> Expression:
    name = Name(option.name)
    return Negation(name) if option.yes_no else Comparison(name, "==", Text(option.levels[0]))
