"""From a case to a GMCR+ file, where it can be expressed so."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.case import Case, Model, Prioritise, Rule
from detente.case.model import Preferences
from detente.conditions.syntax import Junction, Negation
from detente.conflict import Conflict, OptionForm
from detente.errors import DetenteError, SizeError
from detente.interop.gmcr import (
    GmcrConflict,
    GmcrOption,
    GmcrParty,
    Pattern,
    Statement,
    dump_gmcr,
)
from detente.interop.patterns import patterns

__all__ = ["Exported", "export_gmcr"]

_CHANGES = {None: "both", "on": "only on", "off": "only off"}


@dataclass(frozen=True, slots=True)
class Exported:
    """A case as the text of a GMCR+ file, with what such a file cannot hold."""

    text: str
    left_out: tuple[str, ...]


def export_gmcr(model: Model) -> Exported:
    """Write a case as the text of a GMCR+ file.

    Parameters
    ----------
    model : Model
        Options must be yes or no, and no states coalesced.

    Returns
    -------
    Exported
        Preference statements where every DM has them and they are short enough as patterns, else
        the rankings that result.

    Raises
    ------
    DetenteError
        If such a file cannot hold the conflict; the message names what it is.

    Examples
    --------
    >>> from detente.case import load
    >>> export_gmcr(load("prisoners-dilemma").model()).left_out
    ('the question', 'notes', '3 sources and what cites them', '2 outcomes', '9 published results')
    """
    case, conflict = model.case, model.conflict
    if not isinstance(conflict.form, OptionForm):
        what = "a conflict given by its states and moves" if case.states else "coalesced states"
        message = f"a .gmcr file cannot hold {what}: it knows options only"
        raise DetenteError(message)
    for option in conflict.options:
        if not option.yes_no:
            levels = ", ".join(option.levels)
            message = f"a .gmcr file cannot hold the levels of {option.name} ({levels})"
            raise DetenteError(message)
    statements = [_statements(case, dm.preferences) for dm in case.decision_makers]
    by_ranking = None in statements
    parties = []
    for index, dm in enumerate(case.decision_makers):
        own = tuple(i for i, option in enumerate(conflict.options) if option.dm == index)
        ranking = _ranking(conflict, index) if by_ranking else None
        unseen = _unseen(case, dm.id)
        parties.append(GmcrParty(dm.name, own, statements[index] or (), ranking, unseen))
    texts = {
        f"{dm.id}.{key}": option.text
        for dm in case.decision_makers
        for key, option in dm.options.items()
    }
    written = GmcrConflict(
        tuple(GmcrOption(texts[o.name], _CHANGES[o.one_way]) for o in conflict.options),
        tuple(parties),
        tuple(dict.fromkeys(row for rule in case.rules for row in _infeasible(case, rule))),
        by_ranking=by_ranking,
    )
    return Exported(dump_gmcr(written), _left_out(case))


def _statements(case: Case, preferences: Preferences | None) -> tuple[Statement, ...] | None:
    """Write a DM's statements as patterns; None if it has no statements, or too long ones."""
    if preferences is None:
        return ()
    if not isinstance(preferences, Prioritise):
        return None
    try:
        written = [patterns(s.clause.expression, case.vocabulary) for s in preferences.statements]
    except SizeError:
        return None
    # A statement that is always or never true ranks nothing, and has no patterns.
    return tuple(statement for statement in written if statement not in ((), ((),)))


def _unseen(case: Case, dm: str) -> tuple[Pattern, ...]:
    """Write what a DM does not perceive as patterns; none where they would be too long."""
    view = case.perspectives.get(dm)
    try:
        written = (patterns(c.expression, case.vocabulary) for c in (view.unseen if view else ()))
        return tuple(dict.fromkeys(row for rows in written for row in rows if row))
    except SizeError:
        return ()


def _ranking(conflict: Conflict, dm: int) -> tuple[tuple[int, ...], ...]:
    ranks = conflict.ranks[dm]
    return tuple(
        tuple((np.flatnonzero(ranks == rank) + 1).tolist()) for rank in np.unique(ranks)[::-1]
    )


def _partly(case: Case) -> int:
    """Count the perspectives that patterns of unseen states do not hold."""
    return sum(
        bool(view.reading or view.settle or view.changes)
        or bool(view.unseen and not _unseen(case, view.dm))
        for view in case.perspectives.values()
    )


def _infeasible(case: Case, rule: Rule) -> tuple[Pattern, ...]:
    clauses = [clause.expression for clause in rule.clauses]
    if rule.kind == "exclusive":
        excluded = [Junction("and", pair) for pair in combinations(clauses, 2)]
    elif rule.kind == "at_least_one":
        excluded = [Junction("and", tuple(Negation(clause) for clause in clauses))]
    else:
        excluded = [Negation(rule.allowed)]  # type: ignore[list-item]
    try:
        return tuple(row for each in excluded for row in patterns(each, case.vocabulary) if row)
    except SizeError as error:
        message = f"line {rule.place.line}: a .gmcr file cannot hold this rule: {error}"
        raise DetenteError(message) from None


def _left_out(case: Case) -> tuple[str, ...]:
    counted = [
        (len(case.sources), "source", " and what cites them"),
        (len(case.outcomes), "outcome", ""),
        (len(case.uncertainties), "open question", ""),
        (len(case.readings), "reading", ""),
        (len(case.claims), "claim", ""),
        (len(case.results), "published result", ""),
        (_partly(case), "perspective", " beyond unseen states"),
    ]
    single = [
        (case.question, "the question"),
        (case.notes, "notes"),
        (case.status_quo, "the status quo"),
        (any(dm.by_pairs for dm in case.decision_makers), "preferences pair by pair"),
    ]
    return tuple(name for given, name in single if given) + tuple(
        f"{n} {name}{'s' * (n > 1)}{more}" for n, name, more in counted if n
    )
