"""Take nothing for granted that little supports: statements that may hold or not, by standing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from detente.case.doubts import Change, Maybe, NamedReading
from detente.case.model import Case, Preferences, Prioritise, Standing, Statement
from detente.errors import DetenteError

__all__ = ["DOUBTED", "Doubt", "doubted"]

Doubt = Literal["assumed", "implied", "all"]
"""Which preference statements are doubted: those that are only assumed, those that are no more
than implied, or all of them, what a source states and what has no standing included."""

DOUBTED: Mapping[Doubt, str] = MappingProxyType(
    {
        "assumed": "each preference statement that is only assumed may hold or not",
        "implied": "each preference statement that is implied or assumed may hold or not",
        "all": "each preference statement may hold or not",
    }
)
"""What becomes of a case by each doubt, in words."""

_Open = Callable[[Statement, Standing | None, str, int], Statement]


def doubted(case: Case, doubt: Doubt) -> Case:
    """Open the preference statements of a case that are not well supported.

    Parameters
    ----------
    case : Case
    doubt : {"assumed", "implied", "all"}
        Which of them.

    Returns
    -------
    Case
        In which each of these statements may hold or not, those that named readings bring in
        included. What is open already, and the statements of an open order or choice, stay as they
        are. The verdicts that the case expects are left out: they are about the case as written.

    Raises
    ------
    DetenteError
        If there is no such statement, or no such doubt.

    Notes
    -----
    Ours: a test of how far verdicts rest on the analyst's own assumptions. Rankings and weights
    are no statements, and stay.

    Examples
    --------
    >>> from detente.case import load
    >>> case = load("us-russia-2025")
    >>> case.space().space.size, doubted(case, "assumed").space().space.size
    (512, 2048)
    """
    if doubt not in DOUBTED:
        raise DetenteError(f"there is no doubt {doubt!r}: there are {', '.join(DOUBTED)}")
    used = set(_names(case))
    n_opened = 0

    def opened(statement: Statement, standing: Standing | None, dm: str, rank: int) -> Statement:
        nonlocal n_opened
        standing = statement.evidence.standing or standing
        if statement.maybe is not None or not _is_doubted(standing, doubt):
            return statement
        n_opened += 1
        name = statement.id or f"{dm}_{rank}"
        while not statement.id and name in used:
            name += "_"
        used.add(name)
        return replace(statement, id=name, maybe=Maybe())

    holders = tuple(
        replace(dm, preferences=_opened(dm.preferences, None, dm.id, opened))
        for dm in case.decision_makers
    )
    readings = {key: _reread(reading, opened) for key, reading in case.readings.items()}
    claims = {key: replace(claim, expect={}) for key, claim in case.claims.items()}
    if n_opened == 0:
        kind = {"assumed": "only assumed", "implied": "implied or assumed", "all": "taken as given"}
        message = f"there is nothing to doubt in {case.file}: no preference statement is"
        raise DetenteError(f"{message} {kind[doubt]}")
    return replace(
        case,
        decision_makers=holders,
        readings=MappingProxyType(readings),
        claims=MappingProxyType(claims),
    )


def _is_doubted(standing: Standing | None, doubt: Doubt) -> bool:
    if doubt == "all":
        return True
    return standing == "assumed" or (doubt == "implied" and standing == "implied")


def _names(case: Case) -> Iterator[str]:
    """List the names that something in the case has which may be open."""
    yield from (uncertainty.id for uncertainty in case.uncertainties)
    for dm in case.decision_makers:
        if isinstance(dm.preferences, Prioritise):
            yield from (item.id for item in dm.preferences.items)
    for reading in case.readings.values():
        yield from (change.statement.id for change in reading.changes if change.statement)


def _opened(
    preferences: Preferences | None, standing: Standing | None, dm: str, opened: _Open
) -> Preferences | None:
    if not isinstance(preferences, Prioritise):
        return preferences
    items = [
        opened(item, standing, dm, rank) if isinstance(item, Statement) else item
        for rank, item in enumerate(preferences.items, 1)
    ]
    return Prioritise(tuple(items))


def _reread(reading: NamedReading, opened: _Open) -> NamedReading:
    changes: list[Change] = []
    for number, change in enumerate(reading.changes, 1):
        standing = change.evidence.standing or reading.evidence.standing
        made = change
        if change.statement is not None:
            statement = opened(change.statement, standing, f"{reading.id}_{change.dm}", number)
            made = replace(made, statement=statement)
        if change.preferences is not None:
            name = f"{reading.id}_{change.dm}"
            made = replace(made, preferences=_opened(change.preferences, standing, name, opened))
        changes.append(made)
    return replace(reading, changes=tuple(changes))
