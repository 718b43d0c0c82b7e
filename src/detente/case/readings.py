"""From a case to the space of its readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.case.building import Ranking, build
from detente.case.doubts import Uncertainty
from detente.case.model import Case
from detente.case.settling import preferences_under, settled
from detente.errors import CaseError
from detente.readings import Factor, Frame, Readings, Space

__all__ = ["readings"]


def readings(case: Case) -> Readings:
    """Give the space of all readings that a case leaves open.

    Parameters
    ----------
    case : Case

    Returns
    -------
    Readings
        With a factor for each uncertainty of the case, in their order.

    Raises
    ------
    CaseError
        If the case as written describes no conflict. One of its readings may still describe none:
        that comes up when the reading is analysed.

    Examples
    --------
    >>> from detente.case import loads
    >>> text = '''
    ... detente: 1
    ... title: A
    ... decision_makers:
    ...   a:
    ...     options: {x: Do it}
    ...     preferences: {prioritise: [{prefer: x, id: wants, maybe: open}]}
    ... '''
    >>> found = readings(loads(text))
    >>> found.space.size, [found.conflict([answer]).ranks.tolist() for answer in (0, 1)]
    (2, [[[0, 1]], [[0, 0]]])
    """
    doubts = case.uncertainties
    factors = tuple(
        Factor(doubt.id, doubt.size, doubt.base, doubt.probabilities, doubt.continuous)
        for doubt in doubts
    )
    shaping = [i for i, doubt in enumerate(doubts) if doubt.shapes_form]
    ranking = [
        [i for i, doubt in enumerate(doubts) if dm.id in doubt.dms] for dm in case.decision_makers
    ]
    build(case)  # the case as written must describe a conflict

    def frame(key: tuple[int, ...]) -> Frame:
        return _frame(case, doubts, dict(zip(shaping, key, strict=True)), ranking)

    return Readings(Space(factors), shaping, ranking, frame)


def _frame(
    case: Case,
    doubts: Sequence[Uncertainty],
    shape: dict[int, int],
    ranking: Sequence[Sequence[int]],
) -> Frame:
    try:
        model = build(settled(case, {doubts[i].id: answer for i, answer in shape.items()}))
    except CaseError as error:
        given = ", ".join(f"{doubts[i].id} = {doubts[i].label(a)}" for i, a in shape.items())
        found = [replace(p, message=f"with {given}: {p.message}") for p in error.problems]
        raise CaseError(found) from None
    ranker = Ranking(model)

    def rank(dm: int, local: tuple[int, ...]) -> NDArray[np.int32]:
        answers = dict(zip(ranking[dm], local, strict=True)) | shape
        by_id = {doubts[i].id: answer for i, answer in answers.items()}
        return ranker.row(dm, preferences_under(case, dm, by_id))

    return Frame(model.conflict.form, model.conflict.status_quo, rank)
