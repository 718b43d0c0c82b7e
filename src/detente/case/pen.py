"""Note edits of a case's values one after another, each against what those before it left."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from detente.case.edits import Edit, edited, nowhere
from detente.case.tree import Path, Value

__all__ = ["Pen", "id_from"]

_BARE = (
    (("decision_makers", None, "options", None), "text"),
    (("prioritise", None), "prefer"),
    (("either", None), "prefer"),
    (("any_order", None), "prefer"),
    (("outcomes", None), "when"),
    (("claims", None), "assert"),
)
_ELEMENTS = {(2, "decision_makers"), (2, "readings"), (2, "perspectives"), (4, "uncertain")}
"""Depth and first key of elements that may say nothing: they stay when emptied."""

_WORDS = {"and", "or", "not", "xor", "iff", "implies", "if", "then", "true", "false"}
_WORDS |= {"atleast", "atmost", "exactly", "only"}


class Pen:
    """Edits of a case, and the values that they lead to.

    Parameters
    ----------
    value : dict
        A case file's values.

    Examples
    --------
    >>> pen = Pen({"outcomes": {"deal": "a and b"}})
    >>> pen.put(("outcomes", "deal", "text"), "They agree")
    >>> pen.value["outcomes"]
    {'deal': {'when': 'a and b', 'text': 'They agree'}}
    >>> pen.remove(("outcomes", "deal"))
    >>> pen.value
    {}
    """

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = deepcopy(value)
        self.edits: list[Edit] = []

    def at(self, path: Path) -> Any:  # noqa: ANN401 - any value
        """Find what stands at a path; None if there is nothing."""
        found: Any = self.value
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def put(self, path: Path, value: Value) -> None:
        """Put a value, with the mappings that are to hold it; nothing is put by removing."""
        if value is None:
            if self.at(path) is not None:
                self.remove(path)
            return
        self._widen(path[:-1])
        while len(path) > 1 and self.at(path[:-1]) is None:
            last = path[-1]
            if not isinstance(last, str):
                raise nowhere(path)
            path, value = path[:-1], {last: value}
        self._note(Edit("put", path, value))

    def append(self, path: Path, value: Value) -> None:
        """Add an entry to the end of a list, which is made if it is not there."""
        held = self.at(path)
        if isinstance(held, list):
            self._note(Edit("insert", (*path, len(held)), value))
        else:
            self.put(path, [value])

    def insert(self, path: Path, value: Value) -> None:
        """Add an entry to a list before the position that the path ends with."""
        self._note(Edit("insert", path, value))

    def move(self, path: Path, to: int) -> None:
        """Move an entry of a list."""
        self._note(Edit("move", path, to=to))

    def rename(self, path: Path, name: str) -> None:
        """Give a key another name."""
        self._note(Edit("rename", path, name))

    def wrap(self, path: Path, said: dict[str, Value], to: int) -> None:
        """Make one entry of several of a list; see `Edit`."""
        self._note(Edit("wrap", path, said, to))

    def unwrap(self, path: Path) -> None:
        """Put the entries of an entry in its stead; see `Edit`."""
        self._note(Edit("unwrap", path))

    def remove(self, path: Path) -> None:
        """Remove an entry; what held nothing else goes with it, but for an element of its own."""
        while len(path) > 1 and self.at(path) is not None and len(self.at(path[:-1])) == 1:
            path = path[:-1]
            if (len(path), path[0]) in _ELEMENTS:
                self._note(Edit("put", path, {}))
                return
        self._note(Edit("remove", path))

    def id_for(self, words: str) -> str:
        """Derive an id that nothing in the case has yet."""
        return id_from(words, set(_ids(self.value)))

    def _widen(self, path: Path) -> None:
        """Write an element that is given short, as a bare text, in full."""
        held = self.at(path)
        if not isinstance(held, str):
            return
        for shape, key in _BARE:
            tail = path[-len(shape) :]
            if len(tail) == len(shape) and all(
                b is None or a == b for a, b in zip(tail, shape, strict=True)
            ):
                self._note(Edit("put", path, {key: held}))
                return

    def _note(self, edit: Edit) -> None:
        self.value = edited(self.value, edit)
        self.edits.append(edit)


def id_from(words: str, taken: set[str]) -> str:
    """Derive an id from a name or a condition.

    Parameters
    ----------
    words : str
    taken : set of str
        Ids that are in use.

    Returns
    -------
    str
        Letters, digits and underscores; numbered where it would be taken.

    Examples
    --------
    >>> id_from("not us.escalate", set()), id_from("Norland", {"norland"}), id_from("7 days", set())
    ('not_us_escalate', 'norland_2', 'x7_days')
    """
    folded = unicodedata.normalize("NFKD", words).casefold()
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    plain = re.sub(r"[^a-z0-9]+", "_", folded).strip("_")[:40].strip("_") or "item"
    name = plain if plain[0].isalpha() else f"x{plain}"
    number = 1
    made = f"{name}_is" if name in _WORDS else name
    while made in taken:
        number += 1
        made = f"{name}_{number}"
    return made


def _ids(value: object) -> Iterator[str]:
    """List every name in use: ids, and the keys of mappings, which name elements."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            if key == "id" and isinstance(item, str):
                yield item
            yield from _ids(item)
    elif isinstance(value, list):
        for item in value:
            yield from _ids(item)
