"""What a case leaves open, as choices among answers; and the case with some of them settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import permutations
from types import MappingProxyType

from detente.case.changes import changed, persuaded, reshaped
from detente.case.doubts import (
    AnyOrder,
    Either,
    Interval,
    OpenRanking,
    Question,
    Uncertainty,
    weak_orders,
)
from detente.case.model import (
    Case,
    Clause,
    DecisionMaker,
    Item,
    Preferences,
    Prioritise,
    Rank,
    Statement,
    Weigh,
)
from detente.conditions import did_you_mean
from detente.errors import DetenteError

__all__ = ["preferences_under", "settled", "uncertainties", "under"]

HOLDS, ABSENT = 0, 1
AVAILABLE, UNAVAILABLE = 0, 1


def uncertainties(case: Case) -> tuple[Uncertainty, ...]:
    """List everything that a case leaves open.

    Parameters
    ----------
    case : Case

    Returns
    -------
    tuple of Uncertainty
        DM by DM in the order of the file, then the questions beyond single statements.

    Examples
    --------
    >>> from detente.case import loads
    >>> case = loads(
    ...     "{detente: 1, title: A, decision_makers: {a: {options: {x: Do it}, preferences:"
    ...     " {prioritise: [{prefer: x, id: wants, maybe: open}]}}}}"
    ... )
    >>> [(u.id, u.labels) for u in uncertainties(case)]
    [('wants', ('holds', 'absent'))]
    """
    found: list[Uncertainty] = []
    for dm in case.decision_makers:
        found.extend(_of_preferences(dm.preferences, dm.id))
        for question in case.questions:
            for answer in question.answers:
                for change in answer.changes:
                    if change.dm == dm.id:
                        found.extend(_introduced(change.statement, change.preferences, dm.id))
    found.extend(_of_question(question, case) for question in case.questions)
    return tuple(found)


def settled(case: Case, answers: Mapping[str, int]) -> Case:
    """Settle some of the uncertainties of a case.

    Parameters
    ----------
    case : Case
    answers : mapping of str to int
        For each uncertainty that is settled, by id, the position of its answer.

    Returns
    -------
    Case
        In which these are no longer uncertain.

    Notes
    -----
    The answers to questions change the case first, in the order of the file; a change whose
    target another answer has removed changes nothing. What is uncertain in a statement is settled
    afterwards.
    """
    made = replace(
        case,
        questions=tuple(q for q in case.questions if q.id not in answers),
        decision_makers=tuple(
            _holder_under(case, index, answers) for index in range(len(case.decision_makers))
        ),
    )
    for question in case.questions:
        if question.id not in answers:
            continue
        answer = answers[question.id]
        if not question.option:
            made = reshaped(made, question.answers[answer].changes)
        elif answer == UNAVAILABLE:
            index = case.vocabulary.options[question.option].index
            made = replace(made, unavailable=(*made.unavailable, index))
    return made


def preferences_under(case: Case, dm: int, answers: Mapping[str, int]) -> Preferences | None:
    """Give the preferences of one DM with some uncertainties settled; see `settled`."""
    return _holder_under(case, dm, answers).preferences


def _holder_under(case: Case, dm: int, answers: Mapping[str, int]) -> DecisionMaker:
    holder = case.decision_makers[dm]
    for question in case.questions:
        if question.id in answers and not question.option:
            changes = question.answers[answers[question.id]].changes
            holder = persuaded(holder, changes)
    return replace(holder, preferences=_settled(holder.preferences, answers))


def under(case: Case, reading: str) -> Case:
    """Give a case as a named reading has it.

    Parameters
    ----------
    case : Case
    reading : str
        Its id; the id of the case as written (`Case.base`) gives the case unchanged.

    Returns
    -------
    Case
        With the reading's changes made and the doubts that it settles settled.

    Raises
    ------
    DetenteError
        If there is no such reading.
    """
    if reading == case.base:
        return case
    if reading not in case.readings:
        hint = did_you_mean(reading, [case.base, *case.readings])
        raise DetenteError(f"there is no reading {reading}{hint}")
    named = case.readings[reading]
    return settled(changed(case, named.changes), named.settle)


def _settled(preferences: Preferences | None, answers: Mapping[str, int]) -> Preferences | None:
    if isinstance(preferences, Prioritise):
        items = (part for item in preferences.items for part in _settled_item(item, answers))
        return Prioritise(tuple(items))
    if isinstance(preferences, Weigh):
        return _settled_weights(preferences, answers)
    if isinstance(preferences, Rank):
        groups = (part for item in preferences.items for part in _settled_group(item, answers))
        return Rank(tuple(groups))
    return None


def _settled_item(item: Item, answers: Mapping[str, int]) -> Iterator[Item]:
    if item.id not in answers:
        yield item
    elif isinstance(item, Either):
        yield item.alternatives[answers[item.id]]
    elif isinstance(item, AnyOrder):
        order = _permutations(len(item.statements))[answers[item.id]]
        yield from (item.statements[i] for i in order)
    elif item.maybe is None or answers[item.id] == HOLDS:
        yield replace(item, maybe=None)


def _permutations(n_items: int) -> list[tuple[int, ...]]:
    return list(permutations(range(n_items)))


def _settled_weights(weigh: Weigh, answers: Mapping[str, int]) -> Weigh:
    weights = {option: list(row) for option, row in weigh.weights.items()}
    left = {}
    for (option, level), interval in weigh.intervals.items():
        if interval.id in answers:
            weights[option][level] = interval.value(answers[interval.id])
        else:
            left[option, level] = interval
    rows = {option: tuple(row) for option, row in weights.items()}
    return Weigh(MappingProxyType(rows), MappingProxyType(left))


def _settled_group(
    item: tuple[Clause, ...] | OpenRanking, answers: Mapping[str, int]
) -> Iterator[tuple[Clause, ...] | OpenRanking]:
    if not isinstance(item, OpenRanking) or item.id not in answers:
        yield item
        return
    order = weak_orders(len(item.groups), ties=item.ties)[answers[item.id]]
    for tied in order:
        yield tuple(clause for group in tied for clause in item.groups[group])


def _introduced(
    statement: Statement | None, preferences: Preferences | None, dm: str
) -> Iterable[Uncertainty]:
    """List what a change leaves open that it brings in."""
    if statement is not None and statement.maybe is not None:
        yield _of_statement(statement, dm)
    yield from _of_preferences(preferences, dm)


def _of_preferences(preferences: Preferences | None, dm: str) -> Iterator[Uncertainty]:
    if isinstance(preferences, Prioritise):
        for item in preferences.items:
            if isinstance(item, Either):
                yield _of_alternatives(item, dm)
            elif isinstance(item, AnyOrder):
                yield _of_order(item, dm)
            elif item.maybe is not None:
                yield _of_statement(item, dm)
    elif isinstance(preferences, Weigh):
        for interval in preferences.intervals.values():
            yield _of_interval(interval, dm)
    elif isinstance(preferences, Rank):
        for group in preferences.items:
            if isinstance(group, OpenRanking):
                yield _of_ranking(group, dm)


def _of_statement(statement: Statement, dm: str) -> Uncertainty:
    maybe = statement.maybe
    chance = maybe.probability if maybe else None
    return Uncertainty(
        id=statement.id,
        kind="statement",
        dms=(dm,),
        size=2,
        labels=("holds", "absent"),
        base=HOLDS,
        probabilities=None if chance is None else (chance, 1 - chance),
        question=maybe.question if maybe else "",
        evidence=statement.evidence,
        place=statement.clause.place,
    )


def _of_alternatives(either: Either, dm: str) -> Uncertainty:
    labels = (a.id or str(i) for i, a in enumerate(either.alternatives, 1))
    return Uncertainty(
        id=either.id,
        kind="alternatives",
        dms=(dm,),
        size=len(either.alternatives),
        labels=tuple(labels),
        base=0,
        probabilities=either.probabilities,
        question=either.question,
        evidence=either.evidence,
        place=either.place,
    )


def _of_order(item: AnyOrder, dm: str) -> Uncertainty:
    names = [s.id or str(i) for i, s in enumerate(item.statements, 1)]
    labels = [" > ".join(names[i] for i in order) for order in _permutations(len(names))]
    return Uncertainty(
        id=item.id,
        kind="order",
        dms=(dm,),
        size=len(labels),
        labels=tuple(labels),
        base=0,
        probabilities=None,
        question=item.question,
        evidence=item.evidence,
        place=item.place,
    )


def _of_ranking(item: OpenRanking, dm: str) -> Uncertainty:
    names = [" = ".join(clause.text for clause in group) for group in item.groups]
    found = weak_orders(len(names), ties=item.ties)
    labels = [" > ".join(" = ".join(names[i] for i in tied) for tied in order) for order in found]
    return Uncertainty(
        id=item.id,
        kind="order",
        dms=(dm,),
        size=len(labels),
        labels=tuple(labels),
        base=0,
        probabilities=None,
        question=item.question,
        evidence=item.evidence,
        place=item.place,
    )


def _of_interval(interval: Interval, dm: str) -> Uncertainty:
    return Uncertainty(
        id=interval.id,
        kind="weight",
        dms=(dm,),
        size=interval.steps,
        labels=(),
        base=interval.steps // 2,
        probabilities=None,
        question=interval.question,
        evidence=interval.evidence,
        place=interval.place,
        interval=interval,
    )


def _of_question(question: Question, case: Case) -> Uncertainty:
    if question.option:
        return Uncertainty(
            id=question.id,
            kind="option",
            dms=(),
            size=2,
            labels=("available", "unavailable"),
            base=AVAILABLE,
            probabilities=question.probabilities,
            question=question.question or f"Is {question.option} available?",
            evidence=question.evidence,
            place=question.place,
            shapes_form=True,
        )
    changes = [change for answer in question.answers for change in answer.changes]
    touched = {change.dm for change in changes}
    return Uncertainty(
        id=question.id,
        kind="question",
        dms=tuple(dm.id for dm in case.decision_makers if dm.id in touched),
        size=len(question.answers),
        labels=tuple(answer.id for answer in question.answers),
        base=0,
        probabilities=question.probabilities,
        question=question.question,
        evidence=question.evidence,
        place=question.place,
        shapes_form=any(change.verb in ("unavailable", "status_quo") for change in changes),
    )
