"""Read changes of a case, as named readings and answers to questions make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from detente.case.doubts import Change, Maybe
from detente.case.item_reader import Reader, read_chance
from detente.case.model import Statement
from detente.case.pair_reader import read_pairs
from detente.case.tree import Path
from detente.conditions import did_you_mean

__all__ = ["Owners", "read_changes", "read_option"]

_VERBS = ("drop", "insert", "move", "replace", "unavailable", "status_quo", "preferences")

Owners: TypeAlias = dict[str, str]
"""The DM to whom each statement belongs, by the statement's id."""


def read_changes(
    reader: Reader, path: Path, given: Sequence[dict[str, Any]], owners: Owners
) -> tuple[Change, ...]:
    """Read changes in order; what they insert is noted in `owners`."""
    read = (_change(reader, (*path, i), entry, owners) for i, entry in enumerate(given))
    return tuple(change for change in read if change is not None)


_TAKES = {
    "drop": set[str](),
    "insert": {"before", "after", "for", "at", "id", "maybe"},
    "move": {"before", "after", "at"},
    "replace": {"prefer", "id", "maybe"},
    "unavailable": set[str](),
    "status_quo": set[str](),
    "preferences": {"for"},
}


def _change(reader: Reader, path: Path, given: dict[str, Any], owners: Owners) -> Change | None:
    verbs = [verb for verb in _VERBS if verb in given]
    if len(verbs) != 1:
        message = f"a change is one of {', '.join(_VERBS)}"
        reader.problem(path, f"{message}: {'choose one' if verbs else 'none is given'}")
        return None
    verb = verbs[0]
    for key in given.keys() - {verb, "cite", "because", "standing"} - _TAKES[verb]:
        reader.problem((*path, key), f"{verb} takes no “{key}”", key=True)
    change = Change(verb, "", "", reader.tree.place(path), reader.evidence(path, given))
    if verb == "unavailable":
        return replace(change, target=read_option(reader, (*path, verb), given[verb]))
    if verb == "status_quo":
        clause = reader.clauses.read((*path, verb), given[verb], reader.words)
        return replace(change, clause=clause)
    if verb == "preferences":
        where: Path = (*path, verb)
        preferences = reader.preferences(where, given[verb])
        pairs = read_pairs(reader, where, given[verb])
        return replace(change, preferences=preferences, pairs=pairs, dm=_dm(reader, path, given))
    return _of_statement(reader, path, given, owners, change)


def _of_statement(
    reader: Reader, path: Path, given: dict[str, Any], owners: Owners, change: Change
) -> Change | None:
    verb = change.verb
    places = [key for key in ("before", "after", "at") if key in given]
    if verb in ("insert", "move"):
        if len(places) != 1 and not (verb == "insert" and not places and "for" in given):
            reader.problem(path, f"say where to {verb} it: by one of before, after, at")
            return None
        if places and places[0] != "at":
            change = replace(change, where=places[0], anchor=given[places[0]])
        elif places:
            change = replace(change, where=given["at"])
    named = given.get(verb) if verb != "insert" else None
    for name, key in ((named, verb), (change.anchor or None, change.where)):
        if name is not None and name not in owners:
            message = f"there is no statement {name}{did_you_mean(name, owners)}"
            reader.problem((*path, key), message)
            return None
    dm = owners[named] if named else owners[change.anchor] if change.anchor else ""
    dm = dm or _dm(reader, path, given)
    if change.anchor and named and owners[change.anchor] != dm:
        reader.problem(path, f"{change.anchor} is a statement of another decision maker")
    statement = None
    if verb in ("insert", "replace"):
        statement = _new_statement(reader, path, given, verb)
        if statement is not None and statement.id:
            owners[statement.id] = dm
    return replace(change, target=named or "", dm=dm, statement=statement)


def _new_statement(
    reader: Reader, path: Path, given: dict[str, Any], verb: str
) -> Statement | None:
    key = "insert" if verb == "insert" else "prefer"
    if key not in given:
        reader.problem(path, "say what holds in its stead: add “prefer”")
        return None
    clause = reader.clauses.read((*path, key), given[key], reader.words)
    name = given.get("id", given["replace"] if verb == "replace" else "")
    maybe = None
    if "maybe" in given:
        chance = given["maybe"]
        maybe = Maybe(None if chance == "open" else read_chance(reader, (*path, "maybe"), chance))
        if not name:
            reader.problem(path, "an uncertain statement needs a name: add “id”")
    return Statement(clause, name, reader.evidence(path, given), maybe) if clause else None


def _dm(reader: Reader, path: Path, given: dict[str, Any]) -> str:
    dms = list(reader.value["decision_makers"])
    if "for" not in given:
        reader.problem(path, "say whose preferences these are: add “for”")
        return ""
    dm = str(given["for"])
    if dm not in dms:
        message = f"there is no decision maker {dm}{did_you_mean(dm, dms)}"
        reader.problem((*path, "for"), message)
    return dm


def read_option(reader: Reader, path: Path, name: str) -> str:
    """Look an option up; its full name, or an empty text and a problem noted."""
    options = {n: o for n, o in reader.words.options.items() if "." in n}
    if name not in reader.words.options:
        reader.problem(path, f"there is no option {name}{did_you_mean(name, options)}")
        return ""
    index = reader.words.options[name].index
    return next(full for full, option in options.items() if option.index == index)
