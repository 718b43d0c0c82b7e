"""From YAML text to plain values, each with its place, refusing whatever YAML leaves to guesswork.

The text is read event by event, without recursion, so neither depth nor aliases can hurt. A value
is a string unless it is plainly a number; what other YAML versions read as a truth value or as
nothing (``yes``, ``on``, ``~``) must be quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import yaml
from yaml.events import (
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from detente.errors import Problem

__all__ = ["MAX_BYTES", "Path", "Place", "Tree", "Value", "read_tree"]

MAX_BYTES = 2_000_000
"""Largest case file read."""

_MAX_DEPTH = 40
_MAX_PROBLEMS = 50
_MOST_KEPT = 200_000
"""Longest text of which what was read is kept for who asks again."""

Value: TypeAlias = "str | int | float | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]

_FORBIDDEN = re.compile(
    r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?")
_DISGUISED = re.compile(r"yes|no|on|off|true|false", re.IGNORECASE)
_NOTHING = re.compile(r"|~|null", re.IGNORECASE)


class Place(NamedTuple):
    """Where a value starts: line and column from 1, and whether its text follows at once."""

    line: int
    column: int
    block: bool = False
    quoted: bool = False


@dataclass(slots=True)
class Tree:
    """A file's values and their places.

    Parameters
    ----------
    value : Value
        Mappings, lists, strings and numbers.
    places : dict
        For each path its value's place; under ``(*path, "key:")`` the place of its key.
    problems : list of Problem
        Everything that could not be read as meant.
    """

    value: Value = None
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Find the place of a path, or of its nearest parent that has one."""
        if key and (*path, "key:") in self.places:
            return self.places[*path, "key:"]
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(1, 1))


def read_tree(text: str, file: str) -> Tree:
    r"""Read YAML text.

    Parameters
    ----------
    text : str
        Contents of the file.
    file : str
        Its name, for the problems.

    Returns
    -------
    Tree
        Values and places, not to be changed: who asks again is given the same. With problems, the
        values are those that could be read.

    Examples
    --------
    >>> tree = read_tree("title: Chicken\nplayers: [a, b]\n", "case.yaml")
    >>> tree.value
    {'title': 'Chicken', 'players': ['a', 'b']}
    >>> print(*read_tree("talk: yes\n", "case.yaml").problems)
    case.yaml:1:7: “yes” could mean a truth value: put it in quotes (for an option write "Y" or "N")
    """
    # An edit reads the text before and after it several times over, not always under its name.
    tree = _read_again(text) if len(text) < _MOST_KEPT else _read(text)
    return replace(tree, problems=[replace(one, file=file) for one in tree.problems])


@lru_cache(maxsize=16)
def _read_again(text: str) -> Tree:
    return _read(text)


def _read(text: str) -> Tree:
    reader = _Reader()
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        message = f"the character U+{ord(forbidden[0]):04X} is not allowed in YAML: remove it"
        reader.problem(_place_of(text, forbidden.start()), message)
        return reader.tree
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
            if len(reader.tree.problems) >= _MAX_PROBLEMS:
                break
    except _StopReading:
        pass
    except yaml.MarkedYAMLError as error:
        what = str(error.problem or error.context)
        mark = error.problem_mark or error.context_mark
        if what.startswith("could not find expected ':'"):
            mark = error.context_mark or mark  # the name; the other is where the search ended
        at_end = mark is None or mark.index >= len(text)
        place = _place_of(text, len(text.rstrip())) if at_end else _at(mark)
        reader.problem(place, _plain_words(what))
    return reader.tree


# The parser of libyaml is a tenth of the cost; both give the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StopReading(Exception):  # noqa: N818 - a signal, not an error
    """Nothing after this point can be trusted."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that has not ended."""

    value: dict[str, Value] | list[Value]
    path: Path
    key: str | None = None
    first: dict[str, int] = field(default_factory=dict)


def _at(mark: object) -> Place:
    return Place(getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1)


def _place_of(text: str, index: int) -> Place:
    lines = _BREAK.split(text[:index])
    return Place(len(lines), len(lines[-1]) + 1)


class _Reader:
    """Builds the tree from events."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.open: list[_Open] = []
        self.documents = 0

    def problem(self, mark: object, message: str) -> None:
        place = mark if isinstance(mark, Place) else _at(mark)
        # Under which name the text was read is for who asks to say.
        self.tree.problems.append(Problem("", place.line, place.column, message))

    def take(self, event: Event) -> None:
        if isinstance(event, NodeEvent):  # first, since most are
            self._refuse_references(event)
            holder = self.open[-1] if self.open else None
            if holder and holder.key is None and isinstance(holder.value, dict):
                self._key(event, holder)
            else:
                self._value(event, holder)
        elif isinstance(event, CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.problem(event.start_mark, "a second document starts here: one file, one case")
                raise _StopReading

    def _refuse_references(self, event: NodeEvent) -> None:
        if event.anchor:  # an alias has one, too
            message = "anchors and aliases (& and *) are not read: write the value out"
            self.problem(event.start_mark, message)
            raise _StopReading
        tag = getattr(event, "tag", None)
        if tag is not None:
            message = f"tags such as {str(tag)[:40]} are not read: leave it out"
            self.problem(event.start_mark, message)

    def _key(self, event: NodeEvent, holder: _Open) -> None:
        if not isinstance(event, ScalarEvent):
            self.problem(event.start_mark, "a name is expected before “:”, not a list or mapping")
            raise _StopReading
        key = event.value
        place = _at(event.start_mark)
        line = place.line
        if not event.style:
            self._refuse_disguised(event)
        if key == "<<":
            self.problem(event.start_mark, "merge keys (<<) are not read: write the values out")
            key = f"<<{line}"
        if key in holder.first:
            self.problem(
                event.start_mark, f"“{key}” is given twice: first on line {holder.first[key]}"
            )
            key = f"{key}\0{line}"  # kept apart so that the first one stays
        holder.first[key] = line
        holder.key = key
        self.tree.places[*holder.path, key, "key:"] = place

    def _value(self, event: NodeEvent, holder: _Open | None) -> None:
        place = _at(event.start_mark)
        if isinstance(event, ScalarEvent):
            value: Value = event.value
            if event.style:
                block = event.style in ("|", ">")
                place = Place(place.line, place.column, block=block, quoted=True)
            else:
                value = self._plain(event)
            self.tree.places[self._put(value, holder)] = place
            return
        made: dict[str, Value] | list[Value] = {} if isinstance(event, MappingStartEvent) else []
        path = self._put(made, holder)
        self.tree.places[path] = place
        if len(self.open) >= _MAX_DEPTH:
            self.problem(place, f"nested more than {_MAX_DEPTH} levels deep")
            raise _StopReading
        self.open.append(_Open(made, path))

    def _put(self, value: Value, holder: _Open | None) -> Path:
        """Put a value where it belongs; give its path."""
        if holder is None:
            self.tree.value = value
            return ()
        if isinstance(holder.value, list):
            holder.value.append(value)
            return (*holder.path, len(holder.value) - 1)
        key = holder.key
        assert key is not None  # noqa: S101 - take() has read the key
        holder.key = None
        if "\0" not in key:
            holder.value[key] = value
        return (*holder.path, key)

    def _plain(self, event: ScalarEvent) -> Value:
        """Read a value without quotes."""
        text: str = event.value
        if _NUMBER.fullmatch(text):
            return float(text) if "." in text else int(text)
        if _NOTHING.fullmatch(text):
            return None
        self._refuse_disguised(event)
        return text

    def _refuse_disguised(self, event: ScalarEvent) -> None:
        if not _DISGUISED.fullmatch(event.value):
            return
        message = (
            f"“{event.value}” could mean a truth value: put it in quotes "
            '(for an option write "Y" or "N")'
        )
        self.problem(event.start_mark, message)


_REWORDED = {
    "mapping values are not allowed": (
        "a “:” is not expected here: put the text in quotes, or check the indentation"
    ),
    "found character that cannot start any token": (
        "a character that cannot start a value: indent with spaces, put text in quotes"
    ),
    "found a tab character": "a tab: indent with spaces",
    "could not find expected ':'": "a “:” is missing after the name",
    "did not find expected key": "a name is expected here: check the indentation",
    "did not find expected '-' indicator": "a “-” is expected here: check the indentation",
    "did not find expected node content": "a value is missing, or a bracket is not closed",
    "found unexpected end of stream": "the file ends inside a text in quotes",
}


def _plain_words(message: str) -> str:
    for start, words in _REWORDED.items():
        if message.startswith(start):
            return words
    return f"this is not YAML: {message}"
