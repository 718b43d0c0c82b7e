"""Change a case: drop, insert, move or replace statements, take options away, start elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from detente.case.doubts import Change
from detente.case.model import Case, DecisionMaker, Item, Prioritise

__all__ = ["changed", "persuaded", "reshaped"]


def changed(case: Case, changes: Iterable[Change]) -> Case:
    """Make some changes to a case, in order.

    Parameters
    ----------
    case : Case
    changes : iterable of Change
        A change whose statement is not there changes nothing; where only the statement that says
        where to insert is missing, the new one becomes the least important.

    Returns
    -------
    Case
    """
    made = tuple(changes)
    holders = tuple(persuaded(dm, made) for dm in case.decision_makers)
    return reshaped(replace(case, decision_makers=holders), made)


def persuaded(dm: DecisionMaker, changes: Iterable[Change]) -> DecisionMaker:
    """Make those of some changes that concern the preferences of one DM."""
    for change in changes:
        if change.dm == dm.id:
            dm = _changed(dm, change)
    return dm


def reshaped(case: Case, changes: Iterable[Change]) -> Case:
    """Make those of some changes that concern options and the status quo."""
    for change in changes:
        if change.verb == "unavailable":
            index = case.vocabulary.options[change.target].index
            if index not in case.unavailable:
                case = replace(case, unavailable=(*case.unavailable, index))
        elif change.verb == "status_quo":
            case = replace(case, status_quo=change.clause)
    return case


def _changed(dm: DecisionMaker, change: Change) -> DecisionMaker:
    if change.verb == "preferences":
        return replace(dm, preferences=change.preferences, pairs=change.pairs)
    if not isinstance(dm.preferences, Prioritise):
        return dm
    return replace(dm, preferences=Prioritise(tuple(_edited(dm.preferences.items, change))))


def _edited(items: tuple[Item, ...], change: Change) -> list[Item]:
    at = next((i for i, item in enumerate(items) if item.id == change.target), None)
    if change.verb == "insert":
        assert change.statement is not None  # noqa: S101 - the loader has read one
        return _placed(list(items), change.statement, change)
    if at is None:
        return list(items)
    rest = [*items[:at], *items[at + 1 :]]
    if change.verb == "drop":
        return rest
    if change.verb == "replace":
        assert change.statement is not None  # noqa: S101 - the loader has read one
        return [*items[:at], change.statement, *items[at + 1 :]]
    return _placed(rest, items[at], change)


def _placed(items: list[Item], item: Item, change: Change) -> list[Item]:
    if change.where == "first":
        return [item, *items]
    at = next((i for i, other in enumerate(items) if other.id == change.anchor), None)
    if change.where == "last" or at is None:
        return [*items, item]
    at += change.where == "after"
    return [*items[:at], item, *items[at:]]
