"""Edits of a case's text: one place changes, everything else stays as it was written."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case import Edit, EditError, catalogue, edit_text
from detente.case.rendering import render, scalar
from detente.case.saving import ChangedOnDiskError, fingerprint, save_text
from detente.case.tree import read_tree
from detente.errors import DetenteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.case.tree import Path as Place
    from detente.case.tree import Value

TEXT = """\
# top
title: Two   # kept

list:
  # about one
  - one: 1
    more: 'x'

  # about two
  - two
  - {three: 3, four: [a, b]}   # flow
folded: >
  Some words
  in two lines.
last: end"""


def places(value: Value, path: Place = ()) -> Iterator[tuple[Place, Value]]:
    items: Iterable[tuple[str | int, Value]] = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, item in items:
        yield (*path, key), item
        yield from places(item, (*path, key))


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (Edit("put", ("title",), "Three"), ["- title: Two   # kept", "+ title: Three   # kept"]),
        (Edit("put", ("list", 0, "more"), "y"), ["-     more: 'x'", '+     more: "y"']),
        (Edit("put", ("list", 1), "a: b"), ["-   - two", '+   - "a: b"']),
        (Edit("put", ("list", 0, "new"), ["p", "q"]), ["+     new: [p, q]"]),
        (Edit("put", ("list", 1), {"a": "b", "c": "d"}), ["-   - two", "+   - a: b", "+     c: d"]),
        (Edit("put", ("last",), "(a)"), ["- last: end", "+ last: (a)"]),
        (Edit("put", ("new",), "yes"), ['+ new: "yes"']),
        (Edit("remove", ("list", 1)), ["-   # about two", "-   - two"]),
        (
            Edit("remove", ("list", 0, "one")),
            ["-   - one: 1", "-     more: 'x'", "+   - more: 'x'"],
        ),
        (Edit("insert", ("list", 3), "five"), ["+   - five"]),
        (
            Edit("move", ("list", 2, "four", 0), to=1),
            [
                "-   - {three: 3, four: [a, b]}   # flow",
                "+   - {three: 3, four: [b, a]}   # flow",
            ],
        ),
    ],
    ids=str,
)
def test_only_these_lines_change(edit: Edit, lines: list[str]) -> None:
    assert changed_lines(TEXT, edit_text(TEXT, edit)) == lines


def test_a_folded_text_is_replaced_whole() -> None:
    made = edit_text(TEXT, Edit("put", ("folded",), "New words"))
    assert "folded: New words\nlast: end" in made


def test_comments_move_with_what_they_are_about() -> None:
    made = edit_text(TEXT, Edit("move", ("list", 1), to=0))
    assert made.index("# about two\n  - two") < made.index("# about one\n  - one: 1")
    assert edit_text(made, Edit("move", ("list", 0), to=1)) == TEXT


@pytest.mark.parametrize(
    "edit",
    [
        Edit("put", ("nowhere", "x"), "y"),
        Edit("remove", ("list", 9)),
        Edit("move", ("list", 0), to=3),
        Edit("insert", ("list", -1), "x"),
        Edit("insert", ("title", 0), "x"),
        Edit("move", ("title",), to=0),
        Edit("put", (), "x"),
    ],
    ids=str,
)
def test_a_place_that_is_not_there_is_refused(edit: Edit) -> None:
    with pytest.raises(EditError):
        edit_text(TEXT, edit)


@pytest.mark.parametrize("text", ["", "- a", "a: &x b", "a: [", "a: b\na: c"])
def test_a_text_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(EditError, match="cannot be read"):
        edit_text(text, Edit("put", ("a",), "b"))


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_value_of_the_catalogue_can_be_replaced(name: str) -> None:
    """What comes out is read back inside `edit_text`, so that no refusal means the right value."""
    text = (catalogue()[name] / "case.yaml").read_text(encoding="utf-8")
    for path, value in places(read_tree(text, name).value):
        if not isinstance(value, dict | list):
            lines = changed_lines(text, edit_text(text, Edit("put", path, "a new: value")))
            assert len([line for line in lines if line[0] == "+"]) == 1
        elif isinstance(value, list) and len(value) > 1:
            moved = edit_text(text, Edit("move", (*path, 0), to=len(value) - 1))
            assert sorted(moved.split()) == sorted(text.split()) or "[" in moved


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.recursive(WORDS | st.integers(-999, 999), lambda inner: st.lists(inner, max_size=3)))
def test_what_is_written_reads_back(value: Value) -> None:
    tree = read_tree(f"x:\n  y: {render(value, 4, flow=True)}\n", "value")
    assert tree.problems == []
    assert tree.value == {"x": {"y": value}}


@given(WORDS)
def test_a_text_reads_back_wherever_it_stands(text: str) -> None:
    assert read_tree(f"x: {scalar(text)}\n", "value").value == {"x": text}
    assert edit_text("a: b # c\n", Edit("put", ("a",), text)).endswith(" # c\n")


def test_saving_is_refused_over_a_change(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("a", encoding="utf-8")
    seen = fingerprint(b"a")
    assert save_text(file, "b", seen) == fingerprint(b"b")
    with pytest.raises(ChangedOnDiskError, match="nothing was saved"):
        save_text(file, "c", seen)
    assert file.read_text(encoding="utf-8") == "b"
    with pytest.raises(DetenteError, match="cannot be read"):
        save_text(tmp_path / "none.yaml", "c", seen)
