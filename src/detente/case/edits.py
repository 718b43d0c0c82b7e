"""Edits of a case file, and what they do to its values."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from detente.case.tree import Path, Value
from detente.errors import DetenteError

__all__ = ["Edit", "EditError", "edited", "nowhere"]


class EditError(DetenteError):
    """An edit names a place that the text does not have, or one that cannot be spliced."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a case's text.

    Parameters
    ----------
    kind : {"put", "insert", "remove", "move", "rename", "wrap", "unwrap"}
        ``put`` replaces a value or adds a key; ``insert`` adds an entry to a list before the
        position that the path ends with; ``remove`` deletes an entry or key; ``move`` takes an
        entry of a list to the position `to`; ``rename`` gives a key the name `value`; ``wrap``
        makes one entry, a mapping, of those from the path's to the one before `to`: they become the
        list under the first key of `value`, and the other keys follow; ``unwrap`` puts the list
        under the first key of an entry in its stead.
    path : tuple of str or int
        Keys and positions from the top of the file.
    value : Value
        What is put or inserted, or what an entry that wraps others says besides.
    to : int
        Position after a move, or after the last entry that is wrapped.
    """

    kind: Literal["put", "insert", "remove", "move", "rename", "wrap", "unwrap"]
    path: Path
    value: Value = None
    to: int = 0


def edited(value: dict[str, Any], edit: Edit) -> dict[str, Any]:
    """Make an edit on a case file's values: what its text has to mean afterwards.

    Parameters
    ----------
    value : dict
        Left as it is.
    edit : Edit

    Returns
    -------
    dict

    Raises
    ------
    EditError
        If there is no such place.

    Examples
    --------
    >>> edited({"rules": ["a", "b"]}, Edit("wrap", ("rules", 0), {"any": None}, to=2))
    {'rules': [{'any': ['a', 'b']}]}
    """
    made = deepcopy(value)
    if not edit.path:
        raise EditError("an edit needs a path")
    holder: Any = made
    for step in edit.path[:-1]:
        holder = _step(holder, step)
    last = edit.path[-1]
    if edit.kind == "put" and isinstance(holder, dict) and isinstance(last, str):
        holder[last] = edit.value
        return made
    if edit.kind == "insert" and isinstance(holder, list) and _within(last, len(holder) + 1):
        holder.insert(int(last), edit.value)
        return made
    current = _step(holder, last)
    if edit.kind == "put":
        holder[last] = edit.value
    elif edit.kind == "remove":
        del holder[last]
    elif edit.kind == "rename" and isinstance(holder, dict) and edit.value not in holder:
        renamed = {edit.value if key == last else key: item for key, item in holder.items()}
        holder.clear()
        holder.update(renamed)
    elif isinstance(holder, list):
        _relist(holder, int(last), current, edit)
    else:
        raise nowhere(edit.path)
    return made


def _relist(holder: list[Value], at: int, current: Value, edit: Edit) -> None:
    """Move, wrap or unwrap an entry of a list."""
    if edit.kind == "move" and _within(edit.to, len(holder)):
        del holder[at]
        holder.insert(edit.to, current)
    elif edit.kind == "wrap" and isinstance(edit.value, dict) and at < edit.to <= len(holder):
        first, *others = edit.value
        held: dict[str, Value] = {first: holder[at : edit.to]}
        holder[at : edit.to] = [{**held, **{key: edit.value[key] for key in others}}]
    elif edit.kind == "unwrap" and isinstance(current, dict):
        inside = next(iter(current.values()), None)
        if not isinstance(inside, list):
            raise nowhere(edit.path)
        holder[at : at + 1] = inside
    else:
        raise nowhere(edit.path)


def _within(position: object, length: int) -> bool:
    return isinstance(position, int) and 0 <= position < length


def _step(holder: Value, step: str | int) -> Value:
    if isinstance(holder, dict) and isinstance(step, str) and step in holder:
        return holder[step]
    if isinstance(holder, list) and isinstance(step, int) and _within(step, len(holder)):
        return holder[step]
    raise nowhere((step,))


def nowhere(path: Path) -> EditError:
    """Say that a path leads nowhere."""
    return EditError(f"there is no place {'.'.join(map(str, path))} in the text")
