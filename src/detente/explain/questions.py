"""Open questions, and their answers, in words."""

from __future__ import annotations

from detente.case import Case, Prioritise, Uncertainty

__all__ = ["answer_words", "question_words"]


def question_words(case: Case, doubt: Uncertainty) -> str:
    """Ask what is open: as the case asks it, or else from the statement that is uncertain.

    Examples
    --------
    >>> from detente.case import loads
    >>> case = loads(
    ...     "{detente: 1, title: A, decision_makers: {a: {name: Ann, options: {x: Do it},"
    ...     " preferences: {prioritise: [{prefer: x, id: wants, maybe: open}]}}}}"
    ... )
    >>> question_words(case, case.uncertainties[0])
    'Is “x” a wish of Ann?'
    """
    if doubt.question:
        return doubt.question.strip()
    for dm in case.decision_makers:
        if doubt.kind != "statement" or not isinstance(dm.preferences, Prioritise):
            continue
        for statement in dm.preferences.statements:
            if statement.id == doubt.id:
                return f"Is “{statement.clause.text}” a wish of {dm.name or dm.id}?"
    return doubt.id.replace("_", " ")


def answer_words(case: Case, doubt: Uncertainty, answer: int) -> str:
    """Say an answer: an uncertain statement is wanted or not, an order names what comes first.

    Examples
    --------
    >>> from detente.case import loads
    >>> case = loads(
    ...     "{detente: 1, title: A, decision_makers: {a: {options: {x: Do it, y: Do more},"
    ...     " preferences: {prioritise: [{prefer: x, id: wants, maybe: open},"
    ...     " {any_order: [{prefer: y, id: more}, {prefer: not y, id: less}], id: which}]}}}}"
    ... )
    >>> wants, which = case.uncertainties
    >>> answer_words(case, wants, 1), answer_words(case, which, 1)
    ('no', 'less before more')
    """
    label = doubt.label(answer)
    if doubt.kind == "statement":
        asked = question_words(case, doubt) != doubt.question.strip()
        return ("yes", "no")[answer] if asked else ("as stated", "left out")[answer]
    return label.replace("_", " ").replace(" > ", " before ").replace(" = ", " level with ")
