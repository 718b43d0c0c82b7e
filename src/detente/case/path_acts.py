"""What is done to values of a case by their path, also to preferences as a reading has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from detente.case.edits import EditError, nowhere
from detente.case.pen import Pen
from detente.case.rows import Sheet, sheet
from detente.case.tree import Path, Value

if TYPE_CHECKING:
    from detente.case.acts import Act

__all__ = ["ON_PATH", "act_at_path"]


def act_at_path(pen: Pen, act: Act, reading: str) -> None:
    """Edit a value; where a DM is named, one of its preferences as the reading has them.

    Raises
    ------
    EditError
        If there is no such place.
    """
    path = act.path
    if act.dm:
        page = sheet(pen.value, reading, act.dm)
        if reading and page.anew < 0:
            page = _anew(pen, reading, page)
        home = page.path[:-1] if page.kind else page.path
        ON_PATH[act.kind](pen, act, (*home, *path))
        _drop_if_as_written(pen, reading, page)
    else:
        ON_PATH[act.kind](pen, act, path)


def _anew(pen: Pen, reading: str, page: Sheet) -> Sheet:
    """Let a reading state a DM's preferences anew, at first just as the case does."""
    if page.changes:
        raise EditError("the reading changes single statements here: edit those")
    given = pen.at(("decision_makers", page.dm, "preferences")) or {}
    change = {"preferences": given, "for": page.dm, "standing": "assumed"}
    pen.append(("readings", reading, "changes"), change)
    return sheet(pen.value, reading, page.dm)


def _drop_if_as_written(pen: Pen, reading: str, page: Sheet) -> None:
    change = pen.at(("readings", reading, "changes", page.anew)) if page.anew >= 0 else None
    written = pen.at(("decision_makers", page.dm, "preferences")) or {}
    if change and change.get("preferences") == written and not change.keys() & {"cite", "because"}:
        pen.remove(("readings", reading, "changes", page.anew))


def _set(pen: Pen, act: Act, path: Path) -> None:
    pen.put(path, _quoted(pen, act, path) if path[-1:] == ("cite",) else act.value)


def _quoted(pen: Pen, act: Act, path: Path) -> Value:
    """Give citations by their words; those that are there with a quotation keep it."""
    held = pen.at(path)
    known = {
        f"{one.get('source')} {one.get('at', '')}".strip(): one
        for one in (held if isinstance(held, list) else [held])
        if isinstance(one, dict)
    }
    if isinstance(act.value, list):
        return [known.get(str(one), one) for one in act.value]
    return known.get(str(act.value), act.value)


def _append(pen: Pen, act: Act, path: Path) -> None:
    pen.append(path, act.value)


def _discard(pen: Pen, _: Act, path: Path) -> None:
    if pen.at(path) is not None:
        pen.remove(path)


def _shift(pen: Pen, act: Act, path: Path) -> None:
    pen.move(path, act.to)


def _tie(pen: Pen, _: Act, path: Path) -> None:
    """Let the states of two neighbouring places of a ranking be equally good."""
    holder, at = _position(path)
    next_one = (*holder, at + 1)
    given = [pen.at(path), pen.at(next_one)]
    if any(one is None or isinstance(one, dict) for one in given):
        raise EditError("only states that are ranked can tie")
    both = [part for one in given for part in (one if isinstance(one, list) else [one])]
    pen.put(path, both)
    pen.remove(next_one)


def _position(path: Path) -> tuple[Path, int]:
    if not isinstance(path[-1], int):
        raise nowhere(path)
    return path[:-1], path[-1]


def _untie(pen: Pen, act: Act, path: Path) -> None:
    """Put one of some equally good states just below the others."""
    holder, at = _position(path)
    given = pen.at(path)
    if not isinstance(given, list) or not 0 <= act.to < len(given) or len(given) < 2:
        raise EditError("there is no tie here")
    rest = [part for i, part in enumerate(given) if i != act.to]
    pen.put(path, rest if len(rest) > 1 else rest[0])
    pen.insert((*holder, at + 1), given[act.to])


ON_PATH: dict[str, Callable[[Pen, Act, Path], None]] = {
    "set": _set,
    "append": _append,
    "discard": _discard,
    "shift": _shift,
    "tie": _tie,
    "untie": _untie,
}
