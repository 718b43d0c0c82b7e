"""Edit a case's text in one place and leave every other character as it was.

An edit is a change of one value, given by its path. It is made as a splice of the text, so that
comments, order, quotes and line breaks elsewhere stay. What comes out is read back: if it does
not mean exactly what the edit asked for, the edit is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from detente.case.rendering import render, scalar
from detente.case.tree import Path, Value, read_tree
from detente.errors import DetenteError

__all__ = ["Edit", "EditError", "edit_text"]


class EditError(DetenteError):
    """An edit names a place that the text does not have, or one that cannot be spliced."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a case's text.

    Parameters
    ----------
    kind : {"put", "insert", "remove", "move"}
        ``put`` replaces a value or adds a key; ``insert`` adds an entry to a list before the
        position that the path ends with; ``remove`` deletes an entry or key; ``move`` takes an
        entry of a list to the position `to`.
    path : tuple of str or int
        Keys and positions from the top of the file.
    value : Value
        What is put or inserted.
    to : int
        Position after a move.
    """

    kind: Literal["put", "insert", "remove", "move"]
    path: Path
    value: Value = None
    to: int = 0


def edit_text(text: str, edit: Edit) -> str:
    r"""Make an edit.

    Parameters
    ----------
    text : str
        Text of a case file that can be read as YAML; it need not be a sound case.
    edit : Edit

    Returns
    -------
    str
        The text with this one change.

    Raises
    ------
    EditError
        If the text cannot be read, has no such place, or cannot be edited there piece by piece.

    Examples
    --------
    >>> text = "rules:  # what cannot be\n  - never: a\n  # the second\n  - never: b\n"
    >>> print(edit_text(text, Edit("move", ("rules", 1), to=0)), end="")
    rules:  # what cannot be
      # the second
      - never: b
      - never: a
    """
    before = read_tree(text, "case")
    if before.problems or not isinstance(before.value, dict):
        raise EditError("the text cannot be read: mend it before editing it piece by piece")
    wanted = _changed(before.value, edit)
    root = yaml.compose(text, Loader=_LOADER)
    assert root is not None  # noqa: S101 - it has just been read as a mapping
    made = _SPLICES[edit.kind](_Text(text, root), edit)
    after = read_tree(made, "case")
    if after.problems or after.value != wanted or _order(after.value) != _order(wanted):
        raise EditError("this cannot be changed here piece by piece: change it in the text")
    return made


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Container = dict[str, Value] | list[Value]


def _order(value: Value) -> Any:  # noqa: ANN401 - a nest of lists
    """Give a value with its mappings as lists, so that their order counts."""
    if isinstance(value, dict):
        return [(key, _order(item)) for key, item in value.items()]
    return [_order(item) for item in value] if isinstance(value, list) else value


def _changed(value: Value, edit: Edit) -> Value:
    """Make the edit on the values: what the text has to mean afterwards."""
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
    elif edit.kind == "move" and isinstance(holder, list) and _within(edit.to, len(holder)):
        del holder[int(last)]
        holder.insert(edit.to, current)
    else:
        raise _nowhere(edit.path)
    return made


def _within(position: object, length: int) -> bool:
    return isinstance(position, int) and 0 <= position < length


def _step(holder: Value, step: str | int) -> Value:
    if isinstance(holder, dict) and isinstance(step, str) and step in holder:
        return holder[step]
    if isinstance(holder, list) and isinstance(step, int) and _within(step, len(holder)):
        return holder[step]
    raise _nowhere((step,))


def _nowhere(path: Path) -> EditError:
    return EditError(f"there is no place {'.'.join(map(str, path))} in the text")


class _Text:
    """A text with its nodes, and what can be cut out of it."""

    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.root = root

    def node(self, path: Path) -> Node:
        node = self.root
        for step in path:
            if isinstance(node, MappingNode):
                node = next(value for key, value in node.value if key.value == step)
            else:
                node = node.value[step]
        return node

    def holder(self, path: Path) -> CollectionNode:
        """Find the list or mapping that holds a path's last step."""
        node = self.node(path[:-1])
        if not isinstance(node, CollectionNode):
            raise _nowhere(path)
        return node

    def source(self, node: Node) -> str:
        return self.text[node.start_mark.index : node.end_mark.index]

    def replaced(self, start: int, end: int, words: str) -> str:
        return self.text[:start] + words + self.text[end:]

    def with_lines(self, lines: list[str]) -> str:
        if lines and not lines[-1].endswith("\n"):
            lines = [*lines[:-1], lines[-1] + "\n"]
        return "".join(lines)

    def chunks(self, holder: CollectionNode) -> list[tuple[int, int]]:
        """Lines of each entry of a block collection, with the comments directly above it."""
        column = holder.start_mark.column
        keyed = isinstance(holder, MappingNode)
        parts = [key for key, _ in holder.value] if keyed else holder.value
        if holder.flow_style or not parts:
            raise EditError("this cannot be cut line by line: change it in the text")
        heads = [self._head(part.start_mark.line, column, holder) for part in parts]
        starts = [heads[0]]
        for head in heads[1:]:
            line = head
            while self._is_comment(line - 1, column):
                line -= 1
            starts.append(line)
        first = starts[0]
        while self._is_comment(first - 1, column) and isinstance(holder, SequenceNode):
            first -= 1
        starts[0] = first
        return list(zip(starts, [*starts[1:], self._end(heads[-1], column)], strict=True))

    def _head(self, line: int, column: int, holder: CollectionNode) -> int:
        if isinstance(holder, SequenceNode):
            while not self.lines[line][column:].startswith("-"):
                line -= 1
        return line

    def _is_comment(self, line: int, column: int) -> bool:
        return line > 0 and self.lines[line].rstrip().startswith(" " * column + "#")

    def _end(self, line: int, column: int) -> int:
        """Line after the last one of the entry that starts at a line."""
        end = line + 1
        for number in range(line + 1, len(self.lines)):
            words = self.lines[number].strip()
            indent = len(self.lines[number]) - len(self.lines[number].lstrip())
            if words and indent <= column:
                break
            if words:
                end = number + 1
        return end


def _put(text: _Text, edit: Edit) -> str:
    holder = text.holder(edit.path)
    last = edit.path[-1]
    if isinstance(holder, MappingNode) and all(key.value != last for key, _ in holder.value):
        return _add_key(text, holder, str(last), edit.value)
    node = text.node(edit.path)
    if isinstance(node, ScalarNode) and not isinstance(edit.value, dict | list):
        quoted = node.style in ("'", '"')
        words = scalar(edit.value, flow=bool(holder.flow_style), quoted=quoted)
        ending = "\n" if text.source(node).endswith("\n") else ""
        gap = " " if text.text[node.start_mark.index - 1] == ":" else ""
        return text.replaced(node.start_mark.index, node.end_mark.index, gap + words + ending)
    if holder.flow_style:
        words = render(edit.value, 0, flow=True)
        return text.replaced(node.start_mark.index, node.end_mark.index, words)
    return _rewritten(text, holder, edit)


def _rewritten(text: _Text, holder: CollectionNode, edit: Edit) -> str:
    """Write an entry of a block collection anew, keeping the comments above it."""
    last = edit.path[-1]
    if isinstance(holder, MappingNode):
        position = [key.value for key, _ in holder.value].index(str(last))
        head = f"{scalar(last)}:"
    else:
        position = int(last)
        head = "-"
    start, end = text.chunks(holder)[position]
    column = holder.start_mark.column
    while text.lines[start].strip().startswith("#"):
        start += 1
    before = text.lines[start][:column]
    entry = before + _entry(head, edit.value, column) + "\n"
    tail = [line for line in text.lines[start + 1 : end] if not line.strip()]
    return text.with_lines([*text.lines[:start], entry, *tail, *text.lines[end:]])


def _entry(head: str, value: Value, column: int) -> str:
    body = render(value, column + 2)
    inline = not isinstance(value, dict | list) or not value or body.startswith(("[", "{"))
    if head == "-" or inline:
        return f"{head} {body}"
    return f"{head}\n{' ' * (column + 2)}{body}"


def _add_key(text: _Text, holder: CollectionNode, key: str, value: Value) -> str:
    if holder.flow_style:
        parts = [f"{text.source(k)}: {text.source(v)}" for k, v in holder.value]
        parts.append(f"{scalar(key, flow=True)}: {render(value, 0, flow=True)}")
        words = "{" + ", ".join(parts) + "}"
        return text.replaced(holder.start_mark.index, holder.end_mark.index, words)
    end = text.chunks(holder)[-1][1]
    column = holder.start_mark.column
    entry = " " * column + _entry(f"{scalar(key)}:", value, column) + "\n"
    return text.with_lines([*_closed(text.lines[:end]), entry, *text.lines[end:]])


def _closed(lines: list[str]) -> list[str]:
    """Make sure that the last line ends, so that another can follow."""
    if lines and not lines[-1].endswith("\n"):
        return [*lines[:-1], lines[-1] + "\n"]
    return lines


def _listed(text: _Text, holder: CollectionNode, change: Callable[[list[str]], None]) -> str:
    """Change a list in brackets, taking its entries as they are written."""
    inside = text.source(holder)
    if "#" in inside:
        raise EditError("this list holds a comment: change it in the text")
    parts = [text.source(part) for part in holder.value]
    change(parts)
    words = "[" + ", ".join(parts) + "]"
    return text.replaced(holder.start_mark.index, holder.end_mark.index, words)


def _insert(text: _Text, edit: Edit) -> str:
    holder, position = text.holder(edit.path), int(edit.path[-1])
    if holder.flow_style or not holder.value:
        words = render(edit.value, 0, flow=True)
        return _listed(text, holder, lambda parts: parts.insert(position, words))
    chunks = text.chunks(holder)
    line = chunks[position][0] if position < len(chunks) else chunks[-1][1]
    column = holder.start_mark.column
    entry = " " * column + _entry("-", edit.value, column) + "\n"
    return text.with_lines([*_closed(text.lines[:line]), entry, *text.lines[line:]])


def _remove(text: _Text, edit: Edit) -> str:
    holder, last = text.holder(edit.path), edit.path[-1]
    if holder.flow_style and isinstance(holder, SequenceNode):
        return _listed(text, holder, lambda parts: parts.__delitem__(int(last)))
    keys = [key.value for key, _ in holder.value] if isinstance(holder, MappingNode) else []
    position = keys.index(str(last)) if keys else int(last)
    if len(holder.value) == 1:
        raise EditError("this is the only entry: remove what holds it, or change it in the text")
    start, end = text.chunks(holder)[position]
    head = text.lines[start][: holder.start_mark.column]
    if not head.strip():
        return text.with_lines([*text.lines[:start], *text.lines[end:]])
    following = head + text.lines[end][holder.start_mark.column :]  # a “- ” stands before it
    return text.with_lines([*text.lines[:start], following, *text.lines[end + 1 :]])


def _move(text: _Text, edit: Edit) -> str:
    holder, position = text.holder(edit.path), int(edit.path[-1])

    def moved(parts: list[str]) -> None:
        parts.insert(edit.to, parts.pop(position))

    if holder.flow_style:
        return _listed(text, holder, moved)
    chunks = text.chunks(holder)
    parts = ["".join(_closed(text.lines[start:end])) for start, end in chunks]
    moved(parts)
    return "".join([*text.lines[: chunks[0][0]], *parts, *text.lines[chunks[-1][1] :]])


_SPLICES: dict[str, Callable[[_Text, Edit], str]] = {
    "put": _put,
    "insert": _insert,
    "remove": _remove,
    "move": _move,
}
