"""Give an element another id, wherever a case speaks of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from detente.case.edits import EditError
from detente.case.pen import Pen
from detente.case.rows import as_mapping
from detente.case.tree import Path

__all__ = ["rename"]

_CONDITIONS = {
    *("prefer", "prioritise", "either", "any_order", "rank", "insert", "states", "assert", "when"),
    *("never", "always", "exclusive", "at_least_one", "requires"),
    *("status_quo", "coalesce", "unseen"),
}
"""Keys under which conditions stand, also in lists."""

_IN_PAIRS = {"to", "and", "unknown"}

_NAMES_STATEMENT = {"drop", "move", "replace", "before", "after", "id"}
_NAMES_OPTION = {"option", "unavailable"}
_NAMES_PARTY = {"for", "dm"}
_TOKEN = re.compile(
    r"(?P<by>\b(?:by|without)\s*=\s*)?(?P<level>[=<>]\s*)?(?P<name>[A-Za-z]\w*(?:\.[A-Za-z]\w*)*)"
)

_Words = Callable[[Path, str], str]


def rename(pen: Pen, path: Path, new: str) -> None:
    """Give an element another id.

    Parameters
    ----------
    pen : Pen
    path : tuple of str or int
        Path of a party, option, outcome, claim, reading, question or answer, or of a statement's
        ``id``.
    new : str

    Raises
    ------
    EditError
        If there is no such element, or another one has that id.

    Examples
    --------
    >>> pen = Pen({"outcomes": {"deal": "a.x", "peace": "deal and not b.y"}})
    >>> rename(pen, ("outcomes", "deal"), "pact")
    >>> pen.value["outcomes"]
    {'pact': 'a.x', 'peace': 'pact and not b.y'}
    """
    old = str(pen.at(path)) if path[-1:] == ("id",) else str(path[-1])
    if pen.at(path) is None or not isinstance(path[-1], str):
        raise EditError(f"there is nothing to rename at {'.'.join(map(str, path))}")
    if old == new:
        return
    if path[-1] == "id":
        pen.put(path, new)
        _speak(pen, lambda where, text: _of_statement(where, text, old, new))
        _settle(pen, lambda name: new if name == old else name)
        return
    if new in as_mapping(pen.at(path[:-1])):
        raise EditError(f"{new} is already there: choose another id")
    pen.rename(path, new)
    _follow(pen, path, old, new)


def _follow(pen: Pen, path: Path, old: str, new: str) -> None:
    """Change what speaks of the element that a key names."""
    if path[0] == "readings":
        for key in [*as_mapping(pen.value.get("claims"))]:
            if isinstance(pen.at(("claims", key)), dict):
                _rekey(pen, ("claims", key, "expect"), lambda name: new if name == old else name)
        for where in list(_holders(pen.value, "as")):
            if pen.at(where) == old:
                pen.put(where, new)
    elif path[0] == "uncertain" and len(path) == 2:
        _settle(pen, lambda name: new if name == old else name)
    elif path[0] == "uncertain":
        for where in list(_holders(pen.value, "settle")):
            if pen.at((*where, path[1])) == old:
                pen.put((*where, path[1]), new)
    elif path[0] == "outcomes":
        _speak(pen, _in_conditions(lambda name, _: new if name == old else name))
    elif path[0] == "decision_makers":
        names = _option_names(pen, str(path[1]), old, new) if len(path) == 4 else None
        swap = names or _party_names(old, new)
        _speak(pen, _in_conditions(swap))
        _settle(pen, lambda name: _swapped(name, lambda token: swap(token, ())))
        _weights(pen, lambda name: swap(name, ()))
        if len(path) == 2:
            _rekey(pen, ("perspectives",), lambda name: new if name == old else name)


def _option_names(pen: Pen, dm: str, old: str, new: str) -> Callable[[str, Path], str]:
    """Name an option as before: in full, or by its own id where only one thing has that."""
    parties = as_mapping(pen.value["decision_makers"])
    taken = [*as_mapping(pen.value.get("outcomes")), *parties]
    for party in parties.values():
        taken += as_mapping(as_mapping(party).get("options"))
    short = old not in taken
    brief = new if taken.count(new) == 1 else f"{dm}.{new}"

    def swap(name: str, _: Path) -> str:
        if name == f"{dm}.{old}":
            return f"{dm}.{new}"
        return brief if short and name == old else name

    return swap


def _party_names(old: str, new: str) -> Callable[[str, Path], str]:
    def swap(name: str, where: Path) -> str:
        first, dot, rest = name.partition(".")
        alone = not dot and where and where[0] != "claims"
        return f"{new}{dot}{rest}" if first == old and not alone else name

    return swap


def _in_conditions(swap: Callable[[str, Path], str]) -> _Words:
    def words(where: Path, text: str) -> str:
        key = _key(where)
        if key in _NAMES_OPTION or (key in _NAMES_PARTY and where[0] != "outcomes"):
            return swap(text, () if key in _NAMES_PARTY else where)
        bare = len(where) == 2 and where[0] in ("outcomes", "claims")
        paired = "pairs" in where and key in _IN_PAIRS
        if where[2:3] == ("options",) or not (bare or paired or key in _CONDITIONS):
            return text
        return _swapped(text, lambda name: swap(name, where))

    return words


def _swapped(text: str, swap: Callable[[str], str]) -> str:
    """Swap the names in a condition; what a level is compared with is none."""

    def one(found: re.Match[str]) -> str:
        return found[0] if found["level"] else f"{found['by'] or ''}{swap(found['name'])}"

    return _TOKEN.sub(one, text)


def _of_statement(where: Path, text: str, old: str, new: str) -> str:
    if "changes" in where and _key(where) in _NAMES_STATEMENT and text == old:
        return new
    if "settle" in where:  # an answer may name statements, in an order
        return " > ".join(new if one.strip() == old else one.strip() for one in text.split(">"))
    return text


def _speak(pen: Pen, words: _Words) -> None:
    for where, text in list(_texts(pen.value)):
        said = words(where, text)
        if said != text and pen.at(where) == text:
            pen.put(where, said)


def _settle(pen: Pen, swap: Callable[[str], str]) -> None:
    for where in list(_holders(pen.value, "settle")):
        _rekey(pen, where, swap)


def _weights(pen: Pen, swap: Callable[[str], str]) -> None:
    for where in list(_holders(pen.value, "weigh")):
        _rekey(pen, where, swap)


def _rekey(pen: Pen, path: Path, swap: Callable[[str], str]) -> None:
    held = pen.at(path)
    for key in [*held] if isinstance(held, dict) else []:
        if swap(key) != key:
            pen.rename((*path, key), swap(key))


def _key(where: Path) -> str:
    return next((step for step in reversed(where) if isinstance(step, str)), "")


def _inside(value: Any) -> Iterator[tuple[str | int, Any]]:  # noqa: ANN401 - any value
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:  # noqa: ANN401
    for step, item in _inside(value):
        if isinstance(item, str):
            yield (*path, step), item
        else:
            yield from _texts(item, (*path, step))


def _holders(value: Any, key: str, path: Path = ()) -> Iterator[Path]:  # noqa: ANN401
    for step, item in _inside(value):
        if step == key:
            yield (*path, step)
        yield from _holders(item, key, (*path, step))
