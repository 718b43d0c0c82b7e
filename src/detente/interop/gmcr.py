"""What the files of GMCR+ (``.gmcr``) hold, and how it is written: as JSON, version 0.3.12."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

__all__ = [
    "DIRECTIONS",
    "GmcrConflict",
    "GmcrOption",
    "GmcrParty",
    "Pattern",
    "Statement",
    "dump_gmcr",
]

Pattern: TypeAlias = tuple[tuple[int, bool], ...]
"""Options, by index, with whether each is taken: all must be so."""

Statement: TypeAlias = tuple[Pattern, ...]
"""Patterns of which at least one must fit."""

DIRECTIONS = {"both": "both", "fwd": "only on", "back": "only off"}
"""How an option may change: in these files, and in a case file."""


@dataclass(frozen=True, slots=True)
class GmcrOption:
    """An option: its name, and its ``change`` as a case file says it."""

    name: str
    change: str = "both"


@dataclass(frozen=True, slots=True)
class GmcrParty:
    """A decision maker.

    Parameters
    ----------
    name : str
    options : tuple of int
        Indices of its options.
    statements : tuple of Statement
        Preference statements, the most important first.
    ranking : tuple of tuple of int, or None
        Numbers of feasible states, from 1, best first, ties together.
    misperceived : tuple of Pattern
        States that it does not perceive.
    """

    name: str
    options: tuple[int, ...]
    statements: tuple[Statement, ...] = ()
    ranking: tuple[tuple[int, ...], ...] | None = None
    misperceived: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class GmcrConflict:
    """What a file holds.

    Parameters
    ----------
    options : tuple of GmcrOption
    parties : tuple of GmcrParty
    infeasible : tuple of Pattern
        States that fit one of them cannot be.
    by_ranking : bool
        Whether the rankings count, rather than the statements.
    version : str
        Version of the program that wrote the file; empty if it does not say.
    coalitions : bool
        Whether the file joins parties in coalitions.
    unknown : tuple of str
        Keys whose meaning is not known.
    """

    options: tuple[GmcrOption, ...]
    parties: tuple[GmcrParty, ...]
    infeasible: tuple[Pattern, ...] = ()
    by_ranking: bool = False
    version: str = ""
    coalitions: bool = False
    unknown: tuple[str, ...] = ()


def dump_gmcr(conflict: GmcrConflict) -> str:
    """Write a conflict as the text of a file.

    Parameters
    ----------
    conflict : GmcrConflict

    Returns
    -------
    str
        JSON, ending in a line break.

    Examples
    --------
    >>> conflict = GmcrConflict((GmcrOption("Talk"),), (GmcrParty("A", (0,)),))
    >>> print(dump_gmcr(conflict)[:24])
    {
     "program": "detente",
    """
    directions = {change: direction for direction, change in DIRECTIONS.items()}
    parties = []
    for party in conflict.parties:
        record: dict[str, Any] = {
            "name": party.name,
            "options": list(party.options),
            "preferences": [_statement_json(statement) for statement in party.statements],
            "misperceptions": [_pattern_json(pattern) for pattern in party.misperceived],
        }
        if party.ranking is not None:
            record["preferenceRanking"] = [
                group[0] if len(group) == 1 else list(group) for group in party.ranking
            ]
        parties.append(record)
    value = {
        "program": "detente",
        "version": "0.3.12",
        "options": [
            {"name": option.name, "permittedDirection": directions[option.change]}
            for option in conflict.options
        ],
        "decisionMakers": parties,
        "infeasibles": [_pattern_json(pattern) for pattern in conflict.infeasible],
        "useManualPreferenceRanking": conflict.by_ranking,
        "coalitions": list(range(len(parties))),
        "coalitionsFull": parties,
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _statement_json(statement: Statement) -> Any:  # noqa: ANN401
    if len(statement) == 1:
        return _pattern_json(statement[0])
    return {"compound": True, "members": [_pattern_json(pattern) for pattern in statement]}


def _pattern_json(pattern: Pattern) -> list[list[int | str]]:
    return [[option, "Y" if taken else "N"] for option, taken in pattern]
