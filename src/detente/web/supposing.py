"""A case as one reading has it, with answers supposed to some of what that leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from detente.case import Case, Uncertainty
from detente.web.contract import OpenQuestion, TextRequest

__all__ = ["Answers", "as_read", "given_answers", "open_question"]

_MOST_ANSWERS = 24

Answers = tuple[tuple[str, int], ...]
"""Positions of answers by the ids of questions, in the order of the ids."""


def given_answers(request: TextRequest) -> Answers:
    """Give the answers of a request in an order that does not depend on who asks."""
    return tuple(sorted(request.answers.items()))


def as_read(case: Case, reading: str, answers: Mapping[str, int] | None = None) -> Case:
    """Give a case as a reading has it, with some of what that leaves open answered.

    Parameters
    ----------
    case : Case
    reading : str
        Its id; the case stays as it is if it has no such reading.
    answers : mapping of str to int, optional
        Positions of answers; those that the reading does not leave open are left aside.

    Returns
    -------
    Case
        In which that reading is the only one left, without what the case says about others.
    """
    if reading in case.readings:
        named = replace(case.readings[reading], changes=(), settle={})
        claims = {
            claim.id: replace(claim, expect={k: v for k, v in claim.expect.items() if k == reading})
            for claim in case.claims.values()
        }
        case = replace(
            case.under(reading), readings={reading: named}, claims=claims, perspectives={}
        )
    sizes = {doubt.id: doubt.size for doubt in case.uncertainties}
    given = {k: v for k, v in (answers or {}).items() if 0 <= v < sizes.get(k, 0)}
    return case.settled(given) if given else case


def open_question(doubt: Uncertainty) -> OpenQuestion:
    """Show what is open, with its answers; of very many the first, the written and the last."""
    few = doubt.size <= _MOST_ANSWERS
    listed = range(doubt.size) if few else sorted({0, doubt.base, doubt.size - 1})
    return OpenQuestion(
        id=doubt.id,
        question=doubt.question,
        answers={answer: doubt.label(answer) for answer in listed},
        written=doubt.base,
        line=doubt.place.line,
    )
