"""Claims that speak of no state, or that cannot hold as they are put."""

from __future__ import annotations

from detente.case.building import Model
from detente.conditions import Predicate, predicates_in
from detente.errors import Problem

__all__ = ["hollow_claims"]


def hollow_claims(model: Model) -> tuple[Problem, ...]:
    """Warn of claims whose verdict says less than their words.

    Parameters
    ----------
    model : Model
        A case's conflict.

    Returns
    -------
    tuple of Problem
        In the order of the claims.

    Examples
    --------
    >>> from detente.case import loads
    >>> text = (
    ...     "{detente: 1, title: A, decision_makers: {a: {options: {x: Do it}}},"
    ...     " claims: {it: {text: So., assert: equilibrium(x and not x)}}}"
    ... )
    >>> [problem.message for problem in hollow_claims(loads(text).model())]
    ['no feasible state is one that this equilibrium asks about']
    """
    case = model.case
    return tuple(
        Problem(case.file, claim.clause.place.line, claim.clause.place.column, message)
        for claim in case.claims.values()
        for predicate in predicates_in(claim.expression)
        if (message := _hollow(model, predicate))
    )


def _hollow(model: Model, predicate: Predicate) -> str:
    holds = [model.holds(condition) for condition in predicate.conditions]
    if not all(truth.any() for truth in holds):
        return f"no feasible state is one that this {predicate.name} asks about"
    for_every = predicate.name == "prefers" and predicate.words["mode"] == "every"
    if for_every and (holds[0] & holds[1]).any():
        return (
            "some states meet both conditions, and none is preferred to itself, so this cannot "
            "hold: let the conditions exclude each other"
        )
    return ""
