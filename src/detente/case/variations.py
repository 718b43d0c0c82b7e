"""Fewest changes of rules and options that make a state an equilibrium."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np

from detente.case.building import Model, build
from detente.case.clauses import pattern
from detente.case.model import Case, Evidence, Rule
from detente.case.tree import Place
from detente.errors import CaseError, ConflictError, SizeError
from detente.stability import analyze

__all__ = ["Change", "Changes", "fewest_changes", "possible_changes"]

_MAX_TRIED = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a case's rules or options.

    Parameters
    ----------
    kind : {"drop rule", "allow return", "bind option"}
        Strike a feasibility rule; let an irreversible option be changed both ways; or fix an
        option at its level in the state wanted, so that its owner can no longer change it.
    index : int
        Of the rule or option.
    """

    kind: Literal["drop rule", "allow return", "bind option"]
    index: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The smallest sets of changes that do it.

    Parameters
    ----------
    number : int or None
        Fewest changes needed; 0 if the state is an equilibrium already, None if more than were
        allowed.
    ways : tuple of tuple of Change
        Every set of that many changes.
    """

    number: int | None
    ways: tuple[tuple[Change, ...], ...]


def possible_changes(case: Case) -> tuple[Change, ...]:
    """List the changes of rules and options that can be tried on a case.

    Examples
    --------
    >>> from detente.case import load
    >>> [change.kind for change in possible_changes(load("chicken"))]
    ['bind option', 'bind option']
    """
    rules = (Change("drop rule", index) for index in range(len(case.rules)))
    irreversible = (i for i, option in enumerate(case.options) if option.one_way is not None)
    back = (Change("allow return", index) for index in irreversible)
    bind = (Change("bind option", index) for index in range(len(case.options)))
    return (*rules, *back, *bind)


def fewest_changes(
    model: Model, state: int, concept: str = "seq", *, max_changes: int = 2
) -> Changes:
    """Find the fewest changes of rules and options for a state to be an equilibrium.

    Parameters
    ----------
    model : Model
        Of a case with options.
    state : int
        The state wanted.
    concept : str
        Key of the concept.
    max_changes : int
        Most changes tried together.

    Returns
    -------
    Changes

    Raises
    ------
    ConflictError
        If the case is a graph: it has no rules or options to change.
    SizeError
        If there are too many sets of changes to try.

    Notes
    -----
    Exact: every set of changes is built and analysed, smaller ones first. A set after which a DM's
    ranking is no longer complete (a dropped rule can bring back states that a direct ranking does
    not name) does not count as a way. The definition is ours; the inverse problem is that of
    Kinsara, Kilgour and Hipel ([KinsaraKilgourHipel2015][]), who change preferences only.

    Examples
    --------
    >>> from detente.case import load
    >>> model = load("chicken").model()
    >>> found = fewest_changes(model, 3)  # the compromise holds once both are bound to swerve
    >>> found.number, [change.kind for change in found.ways[0]]
    (2, ['bind option', 'bind option'])
    """
    case = model.case
    if case.states:
        raise ConflictError("a graph has no rules or options to change: change its moves")
    wanted = model.conflict.pattern(state)
    possible = possible_changes(case)
    tried = 0
    for number in range(max_changes + 1):
        ways = []
        for chosen in combinations(possible, number):
            tried += 1
            if tried > _MAX_TRIED:
                message = f"more than {_MAX_TRIED} sets of changes: allow fewer at a time"
                raise SizeError(message)
            if _holds(_changed(case, chosen, wanted), wanted, concept):
                ways.append(chosen)
        if ways:
            return Changes(number, tuple(ways))
    return Changes(None, ())


def _changed(case: Case, changes: Sequence[Change], wanted: str) -> Case:
    dropped = {change.index for change in changes if change.kind == "drop rule"}
    returning = {change.index for change in changes if change.kind == "allow return"}
    bound = {change.index for change in changes if change.kind == "bind option"}
    rules = [rule for index, rule in enumerate(case.rules) if index not in dropped]
    for index in bound:
        fixed = "".join(c if i == index else "-" for i, c in enumerate(wanted))
        allowed = pattern(fixed, case.options)
        assert allowed is not None  # noqa: S101 - a part of a pattern is one
        rules.append(Rule("always", (), allowed, "", Place(0, 0), Evidence()))
    options = tuple(
        replace(option, one_way=None) if index in returning else option
        for index, option in enumerate(case.options)
    )
    return replace(case, rules=tuple(rules), options=options)


def _holds(case: Case, wanted: str, concept: str) -> bool:
    try:
        conflict = build(case).conflict
    except CaseError:
        return False
    expression = pattern(wanted, case.options)
    assert expression is not None  # noqa: S101 - patterns of states are patterns
    shown = [int(s) for s in np.flatnonzero(conflict.form.holds(expression, case.vocabulary))]
    at = [state for state in shown if conflict.pattern(state) == wanted]
    equilibria = set(analyze(conflict, [concept]).equilibria(concept).tolist())
    return bool(at) and equilibria.issuperset(at)
