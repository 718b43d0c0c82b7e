"""A DM's statements as a reading has them: the list of the case after the reading's changes.

Only values are looked at, not conditions, so that the list stays while a condition is being typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from detente.case.tree import Path, Value

__all__ = ["Place", "Row", "Sheet", "as_list", "as_mapping", "owners", "place_of", "rows", "sheet"]

_KINDS = ("prioritise", "weigh", "rank")

_TEXTS = {"drop", "insert", "move", "replace", "before", "after", "at", "for", "id", "prefer"}

Place = tuple[str, str]
"""Where a change puts a statement: ``before`` or ``after`` an id, or ``at`` “first” or “last”."""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement, or a group of them, in the list that a tab shows.

    Parameters
    ----------
    value : Value
        As it is written, in the case or in the change that brings it.
    id : str
        Its id; may be empty.
    base : int
        Its position in the case's list; -1 if the reading adds it.
    added, replaced, moved : int
        Positions, in the reading's changes, of those that add it, rewrite it and move it; else -1.
    """

    value: Value
    id: str
    base: int = -1
    added: int = -1
    replaced: int = -1
    moved: int = -1

    @property
    def key(self) -> int:
        """What tells it from the others: the position in the case's list, or that of its change."""
        return self.base if self.added < 0 else ~self.added


@dataclass(frozen=True, slots=True)
class Sheet:
    """The statements of a DM in a reading, or in the case as written.

    Parameters
    ----------
    dm : str
    path : tuple of str or int
        Path of the list in the text: the case's, or the reading's if that states it anew.
    kind : str
        ``prioritise``, ``weigh``, ``rank``, another key, or an empty text if nothing is given.
    base : list of Value
        The list at the path, where it is one of statements.
    given : dict
        What stands at the path otherwise: weights by option; else empty.
    changes : dict of int to dict
        Those changes of the reading that concern the list, by position.
    rows : list of Row
    anew : int
        Position of the change that states the preferences anew; else -1.
    reading : str
        The reading; empty for the case as written.
    """

    dm: str
    path: Path
    kind: str
    base: list[Value]
    given: dict[str, Any]
    changes: dict[int, dict[str, Any]]
    rows: list[Row]
    anew: int = -1
    reading: str = ""

    @property
    def changes_path(self) -> Path:
        """Path of the reading's changes."""
        return ("readings", self.reading, "changes")


def sheet(value: Mapping[str, Any], reading: str, dm: str) -> Sheet:
    """Give a DM's statements as a tab shows them.

    Parameters
    ----------
    value : mapping
        A case file's values.
    reading : str
        Id of a named reading; empty for the case as written.
    dm : str

    Returns
    -------
    Sheet

    Examples
    --------
    >>> value = {
    ...     "decision_makers": {
    ...         "us": {"preferences": {"prioritise": ["a", {"prefer": "b", "id": "b"}]}}
    ...     },
    ...     "readings": {"other": {"changes": [{"move": "b", "at": "first"}]}},
    ... }
    >>> [row.value for row in sheet(value, "other", "us").rows]
    [{'prefer': 'b', 'id': 'b'}, 'a']
    """
    path: Path = ("decision_makers", dm, "preferences")
    given = as_mapping(
        as_mapping(as_mapping(value.get("decision_makers")).get(dm)).get("preferences")
    )
    named = as_mapping(as_mapping(value.get("readings")).get(reading))
    changes = [_readable(change) for change in as_list(named.get("changes"))]
    whose = owners(value, changes)
    mine = {i: change for i, change in enumerate(changes) if whose[i] == dm}
    anew = max((i for i, change in mine.items() if "preferences" in change), default=-1)
    if anew >= 0:
        path = ("readings", reading, "changes", anew, "preferences")
        given = as_mapping(changes[anew]["preferences"])
        mine = {i: change for i, change in mine.items() if i > anew}
    kind = next((kind for kind in _KINDS if kind in given), next(iter(given), ""))
    base = as_list(given.get("prioritise"))
    changing = mine if kind == "prioritise" else {}
    made = rows(base, changing)
    whole = (*path, kind) if kind else path
    given = as_mapping(given.get(kind))
    return Sheet(dm, whole, kind, base, given, changing, made, anew, reading)


def rows(base: Sequence[Value], changes: Mapping[int, Mapping[str, Any]]) -> list[Row]:
    """Make changes to a list of statements, in order, as reading a case makes them.

    Parameters
    ----------
    base : sequence of Value
    changes : mapping of int to mapping
        Changes of this list alone, by position.

    Returns
    -------
    list of Row
    """
    made = [Row(value, _id(value), i) for i, value in enumerate(base)]
    for index, change in sorted(changes.items()):
        if "insert" in change:
            made = _placed(made, Row(_statement(change), _id(change), added=index), change)
            continue
        verb = next((verb for verb in ("drop", "replace", "move") if verb in change), "")
        at = next((i for i, row in enumerate(made) if verb and row.id == change[verb]), None)
        if at is None:
            continue
        row, rest = made[at], made[:at] + made[at + 1 :]
        if verb == "drop":
            made = rest
        elif verb == "move":
            made = _placed(rest, replace(row, moved=index), change)
        else:
            new = replace(row, value=_statement(change), id=_id(change) or row.id, replaced=index)
            made = [*made[:at], new, *made[at + 1 :]]
    return made


def place_of(change: Mapping[str, Any]) -> Place:
    """Say where a change puts its statement."""
    found = next(((key, str(change[key])) for key in ("before", "after") if key in change), None)
    return found or ("at", str(change.get("at", "last")))


def owners(value: Mapping[str, Any], changes: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give for each of a reading's changes the DM whose statements it concerns; else nothing."""
    known: dict[str, str] = {}
    for dm, party in as_mapping(value.get("decision_makers")).items():
        preferences = as_mapping(as_mapping(party).get("preferences"))
        for item in as_list(preferences.get("prioritise")):
            known.setdefault(_id(item), dm)
    known.pop("", None)
    found = []
    for change in changes:
        names = [change.get(key) for key in ("drop", "move", "replace", "before", "after", "for")]
        dm = next((known[name] for name in names[:5] if name in known), str(names[5] or ""))
        if _id(change):
            known.setdefault(_id(change), dm)
        found.append(dm)
    return found


def _readable(change: object) -> dict[str, Any]:
    """Take a change without what should be a text and is none."""
    given = as_mapping(change).items()
    return {key: item for key, item in given if key not in _TEXTS or isinstance(item, str)}


def _placed(items: list[Row], item: Row, change: Mapping[str, Any]) -> list[Row]:
    key, where = place_of(change)
    if (key, where) == ("at", "first"):
        return [item, *items]
    at = next((i for i, other in enumerate(items) if key != "at" and other.id == where), None)
    if at is None:
        return [*items, item]
    at += key == "after"
    return [*items[:at], item, *items[at:]]


def _statement(change: Mapping[str, Any]) -> Value:
    """Give what an inserting or replacing change says as the statement that it is."""
    hidden = ("insert", "replace", "before", "after", "at", "for")
    rest = {key: item for key, item in change.items() if key not in hidden}
    return {"prefer": change["insert"], **rest} if "insert" in change else rest


def _id(value: object) -> str:
    given = value.get("id") if isinstance(value, dict) else ""
    return given if isinstance(given, str) else ""


def as_mapping(value: object) -> dict[str, Any]:
    """Take a value as a mapping; an empty one if it is something else."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """Take a value as a list; an empty one if it is something else."""
    return value if isinstance(value, list) else []
