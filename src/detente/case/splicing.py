"""Splice a case file's text: cut lines out and put lines in, keeping all the others."""

from __future__ import annotations

from collections.abc import Callable

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from detente.case.edits import Edit, EditError, nowhere
from detente.case.rendering import render, scalar
from detente.case.tree import Path, Value

__all__ = ["spliced"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def spliced(text: str, edit: Edit) -> str:
    """Make an edit in a text that can be read, where it holds the edit's place."""
    root = yaml.compose(text, Loader=_LOADER)
    assert root is not None  # noqa: S101 - it has been read as a mapping
    return _SPLICES[edit.kind](_Text(text, root), edit)


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
            raise nowhere(path)
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
    if holder.flow_style or _commented(text, node):
        words = render(edit.value, 0, flow=True)
        return text.replaced(node.start_mark.index, node.end_mark.index, words)
    return _rewritten(text, holder, edit)


def _commented(text: _Text, node: Node) -> bool:
    """Tell whether a text on one line has a comment behind it, to be kept there."""
    line = text.lines[node.end_mark.line] if node.end_mark.line < len(text.lines) else ""
    behind = line[node.end_mark.column :].lstrip()
    return isinstance(node, ScalarNode) and node.style not in ("|", ">") and behind.startswith("#")


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
    """Change a list or mapping in brackets, taking its entries as they are written."""
    inside = text.source(holder)
    if "#" in inside:
        raise EditError("what is in these brackets holds a comment: change it in the text")
    if isinstance(holder, MappingNode):
        parts = [f"{text.source(key)}: {text.source(item)}" for key, item in holder.value]
    else:
        parts = [text.source(part) for part in holder.value]
    change(parts)
    words = ", ".join(parts)
    words = f"{{{words}}}" if isinstance(holder, MappingNode) else f"[{words}]"
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
    keys = [key.value for key, _ in holder.value] if isinstance(holder, MappingNode) else []
    position = keys.index(str(last)) if keys else int(last)
    if holder.flow_style:
        return _listed(text, holder, lambda parts: parts.__delitem__(position))
    if len(holder.value) == 1:
        raise EditError("this is the only entry: remove what holds it, or change it in the text")
    start, end = text.chunks(holder)[position]
    head = text.lines[start][: holder.start_mark.column]
    if not head.strip():
        return text.with_lines([*text.lines[:start], *text.lines[end:]])
    following = head + text.lines[end][holder.start_mark.column :]  # a “- ” stands before it
    return text.with_lines([*text.lines[:start], following, *text.lines[end + 1 :]])


def _rename(text: _Text, edit: Edit) -> str:
    holder = text.holder(edit.path)
    key = next(key for key, _ in holder.value if key.value == edit.path[-1])
    words = scalar(edit.value, flow=bool(holder.flow_style))
    return text.replaced(key.start_mark.index, key.end_mark.index, words)


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


def _wrap(text: _Text, edit: Edit) -> str:
    """Set the lines of some entries further in, under a head of their own."""
    holder, position = text.holder(edit.path), int(edit.path[-1])
    assert isinstance(edit.value, dict)  # noqa: S101 - the values have been changed so
    first, *others = edit.value
    if holder.flow_style:
        inside = ", ".join(text.source(part) for part in holder.value[position : edit.to])
        said = "".join(f", {key}: {render(edit.value[key], 0, flow=True)}" for key in others)
        words = [f"{{{first}: [{inside}]{said}}}"]
        return _listed(
            text, holder, lambda parts: parts.__setitem__(slice(position, edit.to), words)
        )
    chunks = text.chunks(holder)
    start, end = chunks[position][0], chunks[edit.to - 1][1]
    column = " " * holder.start_mark.column
    while text.lines[start].strip().startswith("#"):
        start += 1  # comments above the first stay above all
    body = _closed(
        [line and f"    {line}" if line.strip() else line for line in text.lines[start:end]]
    )
    head = f"{column}- {first}:\n"
    tail = [f"{column}  {_entry(f'{key}:', edit.value[key], len(column) + 2)}\n" for key in others]
    blank: list[str] = []
    while not body[-1].strip():
        blank.insert(0, body.pop())
    return text.with_lines([*text.lines[:start], head, *body, *tail, *blank, *text.lines[end:]])


def _unwrap(text: _Text, edit: Edit) -> str:
    """Set the lines of the entries of an entry further out, in its stead."""
    holder, position = text.holder(edit.path), int(edit.path[-1])
    entry = text.node(edit.path)
    inner = entry.value[0][1]
    if holder.flow_style or inner.flow_style:
        parts = [text.source(part) for part in inner.value]
        if holder.flow_style:
            span = slice(position, position + 1)
            return _listed(text, holder, lambda held: held.__setitem__(span, parts))
        lines = [" " * holder.start_mark.column + f"- {part}\n" for part in parts]
    else:
        chunks = text.chunks(inner)
        shift = inner.start_mark.column - holder.start_mark.column
        body = _closed(text.lines[chunks[0][0] : chunks[-1][1]])
        lines = [line[shift:] if line[:shift].isspace() else line for line in body]
    start, end = text.chunks(holder)[position]
    while text.lines[start].strip().startswith("#"):
        start += 1
    return text.with_lines([*text.lines[:start], *lines, *text.lines[end:]])


_SPLICES: dict[str, Callable[[_Text, Edit], str]] = {
    "put": _put,
    "insert": _insert,
    "remove": _remove,
    "move": _move,
    "rename": _rename,
    "wrap": _wrap,
    "unwrap": _unwrap,
}
