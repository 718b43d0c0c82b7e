"""Edit a case's text in one place and leave every other character as it was.

An edit is a change of one value, given by its path. It is made as a splice of the text, so that
comments, order, quotes and line breaks elsewhere stay. What comes out is read back: if it does
not mean exactly what the edit asked for, the edit is refused.
"""

from __future__ import annotations

from typing import Any

from detente.case.edits import Edit, EditError, edited
from detente.case.splicing import spliced
from detente.case.tree import Value, read_tree

__all__ = ["Edit", "EditError", "edit_text"]


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
    wanted = edited(before.value, edit)
    made = spliced(text, edit)
    after = read_tree(made, "case")
    if after.problems or after.value != wanted or _order(after.value) != _order(wanted):
        raise EditError("this cannot be changed here piece by piece: change it in the text")
    return made


def _order(value: Value) -> Any:  # noqa: ANN401 - a nest of lists
    """Give a value with its mappings as lists, so that their order counts."""
    if isinstance(value, dict):
        return [(key, _order(item)) for key, item in value.items()]
    return [_order(item) for item in value] if isinstance(value, list) else value
