"""Read how DMs see the conflict: each as changes of the case or of one of its readings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from detente.case.change_reader import Owners, read_changes
from detente.case.changes import changed
from detente.case.doubt_reader import check_ids, read_settled
from detente.case.doubts import Change
from detente.case.item_reader import Reader
from detente.case.model import Case, Prioritise
from detente.case.perspectives import Perspective, starting_point
from detente.case.tree import Path
from detente.conditions import did_you_mean

__all__ = ["read_perspectives"]


def read_perspectives(reader: Reader, case: Case) -> Case:
    """Read the perspectives of a case whose other parts have been read."""
    dms = [dm.id for dm in case.decision_makers]
    read = {}
    for key, given in reader.value.get("perspectives", {}).items():
        path: Path = ("perspectives", key)
        if key not in dms:
            message = f"there is no decision maker {key}{did_you_mean(key, dms)}"
            reader.problem(path, message, key=True)
        read[key] = _perspective(reader, path, given, case)
    return replace(case, perspectives=read)


def _perspective(reader: Reader, path: Path, given: dict[str, Any], case: Case) -> Perspective:
    names = [case.base, *case.readings]
    reading = given.get("as", "")
    if reading and reading not in names:
        message = f"there is no reading {reading}{did_you_mean(reading, names)}"
        reader.problem((*path, "as"), message)
    start = case
    if reading and not reader.clauses.problems:
        start = starting_point(case, case, str(path[-1]), reading)
    changes = read_changes(
        reader, (*path, "changes"), given.get("changes", ()), _owners(case) | _owners(start)
    )
    for index, change in enumerate(changes):
        if change.verb == "status_quo":
            message = "what is stable does not depend on where one starts: leave the status quo out"
            reader.problem((*path, "changes", index), message)
    unseen = (
        reader.clauses.read((*path, "unseen", index), text, reader.words)
        for index, text in enumerate(given.get("unseen", ()))
    )
    made = Perspective(
        dm=str(path[-1]),
        text=given.get("text", ""),
        reading=reading,
        changes=changes,
        unseen=tuple(clause for clause in unseen if clause is not None),
        evidence=reader.evidence(path, given),
        place=reader.tree.place(path, key=True),
    )
    return replace(made, settle=_settled(reader, path, given, start, changes))


def _settled(
    reader: Reader, path: Path, given: dict[str, Any], start: Case, changes: tuple[Change, ...]
) -> dict[str, int]:
    """Read what the view settles of what it would leave open; nothing where there are problems."""
    if reader.clauses.problems:
        return {}
    return read_settled(reader, path, given, check_ids(reader, changed(start, changes)))


def _owners(case: Case) -> Owners:
    return {
        item.id: dm.id
        for dm in case.decision_makers
        if isinstance(dm.preferences, Prioritise)
        for item in dm.preferences.items
        if item.id
    }
