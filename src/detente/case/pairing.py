"""From what a case says of pairs of states to how each DM compares them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from detente.case.closure import CircularError, concluded
from detente.case.model import Case, DecisionMaker, PairStatement, Prioritise
from detente.conditions import names_used
from detente.conditions.syntax import Negation
from detente.conflict import Form, GraphForm, alike, from_statements
from detente.errors import Problem, SizeError
from detente.stability import BETTER, EQUAL, MUCH_BETTER, UNKNOWN, pairwise, require_pairs

__all__ = ["Comparison", "as_ranked", "compare", "merged_pairs"]

Compared = NDArray[np.int8]
"""How the row's state compares with the column's for one DM, shape (n, n)."""

_MOST_PRODUCTS = 1 << 33
"""Most triples of states that are looked at for strength that is not transitive."""


def as_ranked(case: Case) -> Problem | None:
    """Say how a case is treated by what knows rankings only.

    Parameters
    ----------
    case : Case

    Returns
    -------
    Problem or None
        With the place of the first DM whose preferences say more than a ranking; None if none do.

    Examples
    --------
    >>> from detente.case import load
    >>> as_ranked(load("gisborne")).message.partition(": ")[2]
    'provincial, who has no ranking, counts as indifferent between all states'
    >>> as_ranked(load("chicken")) is None
    True
    """
    concerned = {dm.id: dm.preferences is not None for dm in case.decision_makers if dm.by_pairs}
    anew = (change for reading in case.readings.values() for change in reading.changes)
    answers = (answer for question in case.questions for answer in question.answers)
    for change in chain(anew, *(answer.changes for answer in answers)):
        if change.pairs is not None:
            concerned.setdefault(change.dm, change.preferences is not None)
    if not concerned:
        return None
    ranked = [dm for dm, has_ranking in concerned.items() if has_ranking]
    bare = [dm for dm, has_ranking in concerned.items() if not has_ranking]
    treated = []
    if ranked:
        treated.append(f"{_listed(ranked)} as ranked, without unknown pairs or strength")
    if bare:
        have, count = ("has", "counts") if len(bare) == 1 else ("have", "count")
        treated.append(
            f"{_listed(bare)}, who {have} no ranking, {count} as indifferent between all states"
        )
    message = "preferences pair by pair are not used here, but by “analyze” only"
    place = next(dm.place for dm in case.decision_makers if dm.id in concerned)
    return Problem(case.file, place.line, place.column, f"{message}: {'; '.join(treated)}")


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one DM compares the states, and what is wrong with what is said of it.

    Parameters
    ----------
    compared : ndarray of int8, shape (n, n)
        See `detente.stability.pairwise`.
    problems, warnings : list of Problem
    """

    compared: Compared
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def compare(case: Case, dm: DecisionMaker, form: Form, rank: NDArray[np.int32]) -> Comparison:
    """Compare all states pair by pair, as a DM does.

    Parameters
    ----------
    case : Case
    dm : DecisionMaker
        One whose preferences say more than a ranking.
    form : OptionForm or GraphForm
        The states.
    rank : ndarray of int32, shape (n,)
        Its ranking; all equal if it has none.

    Returns
    -------
    Comparison
        Pairs that are given count as given, the others as ranked.
    """
    try:
        require_pairs(form.n_states, 2)
    except SizeError as error:
        place = dm.place
        none = np.zeros((0, 0), dtype=np.int8)
        return Comparison(none, [Problem(case.file, place.line, place.column, str(error))])
    (compared,) = pairwise(rank[None])
    if dm.pairs is not None and dm.pairs.otherwise == "unknown":
        compared[:] = UNKNOWN
        np.fill_diagonal(compared, EQUAL)
    made = Comparison(compared)
    if isinstance(dm.preferences, Prioritise):
        _great_by_statements(case, dm.preferences, form, compared)
    if dm.pairs is not None:
        _Pairing(case, dm, form, made).read()
    if not made.problems:
        _look_at_strength(case, dm, form, made)
    return made


def _great_by_statements(
    case: Case, preferences: Prioritise, form: Form, compared: Compared
) -> None:
    """Make great what a statement marked so decides."""
    truths = [form.holds(s.clause.expression, case.vocabulary) for s in preferences.statements]
    for index, statement in enumerate(preferences.statements):
        if statement.greatly:
            before = from_statements(truths[:index], form.n_states)
            open_still = before[:, None] == before[None, :]
            great = open_still & truths[index][:, None] & ~truths[index][None, :]
            np.copyto(compared, MUCH_BETTER, where=great)
            np.copyto(compared, -MUCH_BETTER, where=great.T)


class _Pairing:
    """Reads what is said of pairs, statement by statement, noting contradictions."""

    def __init__(self, case: Case, dm: DecisionMaker, form: Form, made: Comparison) -> None:
        self._case = case
        self._form = form
        self._made = made
        self._statements = dm.pairs.statements if dm.pairs is not None else ()
        ranked = dm.preferences is not None
        self._worse = made.compared < EQUAL if ranked else np.zeros_like(made.compared, dtype=bool)
        self._said = np.zeros_like(made.compared)
        self._transitive = dm.pairs is not None and dm.pairs.transitive
        self._dm = dm

    def read(self) -> None:
        for statement in self._statements:
            which = self._pairs(statement)
            if not which.any():
                place = statement.place
                message = "this compares no two feasible states: it says nothing"
                warning = Problem(self._case.file, place.line, place.column, message)
                self._made.warnings.append(warning)
            elif statement.kind == "unknown":
                self._unknown(statement, which | which.T)
            else:
                self._preferred(statement, which)
        if self._transitive and not self._made.problems:
            self._conclude()
        made, said = self._made.compared, self._said
        # What is great by the ranking stays so where a pair only says that it is preferred.
        repeated = (said == np.sign(made)) & (made != UNKNOWN)
        np.copyto(made, said, where=(said != EQUAL) & ~repeated)

    def _conclude(self) -> None:
        """Add what follows from the pairs given, but for those that are said to be unknown."""
        try:
            made = concluded(self._said)
        except CircularError as error:
            names = [self._form.state_id(int(state)) for state in error.states[:5]]
            more = " …" if len(error.states) > 5 else ""
            message = f"{self._dm.id} prefers states to one another in a circle: look at "
            place = self._dm.place
            problem = f"{message}{', '.join(names)}{more}"
            self._made.problems.append(Problem(self._case.file, place.line, place.column, problem))
            return
        made -= made.T
        np.copyto(self._said, made, where=self._said == EQUAL)

    def _unknown(self, statement: PairStatement, which: NDArray[np.bool_]) -> None:
        said = self._said
        if not self._contradicted(statement, which & (said != EQUAL) & (said != UNKNOWN)):
            np.copyto(said, UNKNOWN, where=which)

    def _preferred(self, statement: PairStatement, which: NDArray[np.bool_]) -> None:
        said, both = self._said, np.flatnonzero(which.diagonal())
        if len(both):
            name = self._form.state_id(int(both[0]))
            message = f"{name} fulfils both conditions: no state is preferred to itself"
            self._note(statement, message)
        elif (which & self._worse).any():
            one, other = (int(index) for index in np.argwhere(which & self._worse)[0])
            better, worse = self._form.state_id(one), self._form.state_id(other)
            message = f"{better} is preferred to {worse} here, but ranked below it: change one"
            self._note(statement, message)
        elif not self._contradicted(statement, which & ((said < EQUAL) | (said == UNKNOWN))):
            strength = MUCH_BETTER if statement.greatly else BETTER
            np.copyto(said, np.maximum(said, strength), where=which)
            np.copyto(said, np.minimum(said, -strength), where=which.T)

    def _contradicted(self, statement: PairStatement, where: NDArray[np.bool_]) -> bool:
        if not where.any():
            return False
        one, other = (int(index) for index in np.argwhere(where)[0])
        first, second = self._form.state_id(one), self._form.state_id(other)
        earlier = self._speaking_of(one, other)
        line = earlier.place.line
        if statement.kind == "unknown":
            said = f"the order of {first} and {second} is unknown here, but given in line {line}"
        else:
            said = f"{first} is preferred to {second} here, "
            said += "but their order is unknown" if earlier.kind == "unknown" else ""
            said += (
                f"{f'and {second} to {first}' if earlier.kind == 'prefer' else ''} in line {line}"
            )
        self._note(statement, f"{said}: keep one of the two")
        return True

    def _speaking_of(self, one: int, other: int) -> PairStatement:
        """Find the first statement about two states."""
        for statement in self._statements:
            which = self._pairs(statement)
            if which[one, other] or which[other, one]:
                return statement
        raise AssertionError((one, other))

    def _pairs(self, statement: PairStatement) -> NDArray[np.bool_]:
        """Find the pairs that a statement is about, the first state of each along the rows."""
        words = self._case.vocabulary
        conditions = [statement.one.expression]
        conditions.append(
            statement.other.expression if statement.other else Negation(conditions[0])
        )
        one, other = (self._form.holds(condition, words) for condition in conditions)
        which: NDArray[np.bool_] = one[:, None] & other[None, :]
        if statement.alike:
            named = reduce(frozenset.union, (names_used(c, words) for c in conditions))
            group = alike(self._form, named)
            which &= group[:, None] == group[None, :]
        if statement.kind == "unknown":
            np.fill_diagonal(which, val=False)
        return which

    def _note(self, statement: PairStatement, message: str) -> None:
        place = statement.place
        self._made.problems.append(Problem(self._case.file, place.line, place.column, message))


def _look_at_strength(case: Case, dm: DecisionMaker, form: Form, made: Comparison) -> None:
    """Warn where a ≫ b and b > c, but a is known not to be greatly preferred to c."""
    compared = made.compared
    great = (compared == MUCH_BETTER).astype(np.float32)
    leading = np.flatnonzero(great.any(axis=1))
    if not len(leading):
        return
    n_states = form.n_states
    step = max(1, -(-len(leading) * n_states**2 // _MOST_PRODUCTS))
    rows = leading[::step]
    better = ((compared > EQUAL) & (compared != UNKNOWN)).astype(np.float32)
    wanting = (great[rows] @ better > 0) & (compared[rows] < MUCH_BETTER)
    if wanting.any():
        row, worst = (int(index) for index in np.argwhere(wanting)[0])
        best = int(rows[row])
        middle = int(np.flatnonzero((great[best] > 0) & (better[:, worst] > 0))[0])
        a, b, c = (form.state_id(state) for state in (best, middle, worst))
        message = (
            f"{dm.id} greatly prefers {a} to {b}, and prefers {b} to {c}, but does not greatly "
            f"prefer {a} to {c}: strength is usually taken to carry over, say so of this pair too"
        )
        made.warnings.append(Problem(case.file, dm.place.line, dm.place.column, message))


def merged_pairs(
    case: Case, dm: DecisionMaker, form: GraphForm, compared: Compared
) -> tuple[Compared, Problem | None]:
    """Compare coalesced states as their members are compared.

    Returns
    -------
    ndarray of int8, shape (n, n)
    Problem or None
        What is wrong if the members are not compared alike.
    """
    member_of = form.member_of
    first = np.unique(member_of, return_index=True)[1]
    merged = compared[np.ix_(first, first)]
    np.fill_diagonal(merged, EQUAL)
    within = member_of[:, None] == member_of[None, :]
    differing = (merged[np.ix_(member_of, member_of)] != compared) & ~(
        within & (compared == UNKNOWN)
    )
    if not differing.any():
        return merged, None
    one, other = (form.state_id(int(member_of[i])) for i in np.argwhere(differing)[0])
    message = (
        f"{dm.id} does not compare the members of the coalesced states alike ({one}, {other}): "
        "they cannot count as one"
    )
    place = case.coalesce[0].place
    return merged, Problem(case.file, place.line, place.column, message)
