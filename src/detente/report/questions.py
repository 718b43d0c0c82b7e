"""Open questions in words."""

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
    'Does Ann want “x”?'
    """
    if doubt.question:
        return doubt.question.strip()
    for dm in case.decision_makers:
        if doubt.kind != "statement" or not isinstance(dm.preferences, Prioritise):
            continue
        for statement in dm.preferences.statements:
            if statement.id == doubt.id:
                return f"Does {dm.name or dm.id} want “{statement.clause.text}”?"
    return doubt.id.replace("_", " ")


def answer_words(label: str) -> str:
    """Write the label of an answer as words."""
    return label.replace("_", " ")
