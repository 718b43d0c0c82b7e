"""What is done to the whole of a case or of a reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from detente.case.edits import EditError
from detente.case.pen import Pen
from detente.case.renaming import rename
from detente.case.rows import as_list, as_mapping
from detente.case.tree import Path

if TYPE_CHECKING:
    from detente.case.acts import Act

__all__ = ["ON_WHOLE"]


def _changes(pen: Pen, reading: str) -> list[dict[str, Any]]:
    changes = as_list(pen.at(("readings", reading, "changes")))
    return [as_mapping(change) for change in changes]


def _status_quo(pen: Pen, act: Act, reading: str) -> None:
    text = act.value or None
    if not reading:
        pen.put(("status_quo",), text)
        return
    path: Path = ("readings", reading, "changes")
    held = [i for i, change in enumerate(_changes(pen, reading)) if "status_quo" in change]
    if text is None or text == pen.value.get("status_quo"):
        for index in reversed(held):
            pen.remove((*path, index))
    elif held:
        pen.put((*path, held[-1], "status_quo"), text)
    else:
        pen.append(path, {"status_quo": text, "standing": "assumed"})


def _available(pen: Pen, act: Act, reading: str) -> None:
    option = str(act.path[0])
    if not reading:
        raise EditError("in the case as written every option is there: say that it is uncertain")
    names = {option, option.partition(".")[2]}
    changes = _changes(pen, reading)
    held = [i for i, change in enumerate(changes) if change.get("unavailable") in names]
    path: Path = ("readings", reading, "changes")
    if act.value == "Y":
        for index in reversed(held):
            pen.remove((*path, index))
    elif not held:
        pen.append(path, {"unavailable": option, "standing": "assumed"})


def _settle(pen: Pen, act: Act, reading: str) -> None:
    if not reading:
        raise EditError("the case as written settles nothing: make a reading that does")
    pen.put(("readings", reading, "settle", str(act.path[0])), act.value)


def _copy(pen: Pen, act: Act, reading: str) -> None:
    new = str(act.path[0])
    if new in as_mapping(pen.value.get("readings")):
        raise EditError(f"there is a reading {new} already")
    held = as_mapping(pen.at(("readings", reading))) if reading else {}
    rest = {key: value for key, value in held.items() if key != "name"}
    pen.put(("readings", new), {"name": act.value, **rest})


def _forget(pen: Pen, act: Act, _: str) -> None:
    """Remove a reading, and what claims expect of it."""
    gone = str(act.path[0])
    for key, claim in as_mapping(pen.value.get("claims")).items():
        if gone in as_mapping(as_mapping(claim).get("expect")):
            pen.remove(("claims", key, "expect", gone))
    pen.remove(("readings", gone))


def _rename(pen: Pen, act: Act, _: str) -> None:
    rename(pen, act.path, str(act.value))


ON_WHOLE: dict[str, Callable[[Pen, Act, str], None]] = {
    "status_quo": _status_quo,
    "available": _available,
    "settle": _settle,
    "copy": _copy,
    "forget": _forget,
    "rename": _rename,
}
