"""What a person does on the tab of a reading, as edits of the case's text.

On a named reading's tab an act changes what that reading says (its `changes` and `settle`), never
the case as written; on the tab of the case as written it changes the case. Conditions are not
looked at, so that an act is possible while another condition is being typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from detente.case.editing import edit_text
from detente.case.edits import EditError
from detente.case.loading import loads
from detente.case.path_acts import ON_PATH, act_at_path
from detente.case.pen import Pen
from detente.case.reworking import act_in_reading
from detente.case.rows import sheet
from detente.case.tree import Path, Value, read_tree
from detente.case.whole_acts import ON_WHOLE
from detente.case.written_lists import act_directly
from detente.errors import CaseError

__all__ = ["Act", "ActKind", "act"]

ActKind = Literal[
    "move", "drop", "rewrite", "add", "doubt", "back", "restore",
    "group", "ungroup", "drop_part",
    "set", "append", "discard", "shift", "tie", "untie",
    "status_quo", "available", "settle", "copy", "forget", "rename",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """What is done, once.

    Parameters
    ----------
    kind : str
        On a DM's list of statements, as its tab shows it: ``move`` the statement at `at` to `to`,
        ``drop`` it, ``rewrite`` its condition, ``add`` one at the end, ``doubt`` it (`value`:
        “open”, a probability, or nothing), take ``back`` what a reading changes about it,
        ``restore`` the one that a reading drops from position `at` of the case; ``group`` those
        from `at` to the one before `to` under “either” or “any_order”, ``ungroup`` them,
        ``drop_part`` the one at `to`.

        On any value, by its path: ``set``, ``append`` to a list, ``discard``, ``shift`` to
        another position, ``tie`` an entry of a ranking with the next, ``untie`` the part at `to`
        of an entry. With a `dm`, the path starts at its preferences as the reading has them.

        On the whole: ``status_quo``, ``available`` (the option `path`, `value` “Y” or “N”),
        ``settle`` (the uncertainty `path`; without a value it is open), ``copy`` (a new reading
        `path`, named `value`, after the reading at hand), ``forget`` the reading `path`,
        ``rename`` the element at `path` to the id `value`, wherever the case speaks of it.
    dm : str
    at, to : int
    path : tuple of str or int
    value : Value
    """

    kind: ActKind
    dm: str = ""
    at: int = 0
    to: int = 0
    path: Path = ()
    value: Value = None


def act(text: str, acts: Iterable[Act], reading: str = "") -> str:
    r"""Do something on the tab of a reading.

    Parameters
    ----------
    text : str
        Text of a case file that can be read as YAML; it need not be a sound case.
    acts : iterable of Act
        What is done, in order.
    reading : str
        Id of a named reading; empty for the case as written.

    Returns
    -------
    str
        The text with as little changed as that takes; comments stay.

    Raises
    ------
    EditError
        If the text cannot be read, or the reading or the act has no place in it.

    Examples
    --------
    >>> text = '''decision_makers:
    ...   us:
    ...     preferences:
    ...       prioritise:
    ...         - prefer: a
    ...         - prefer: b  # the second
    ... readings:
    ...   other: {}
    ... '''
    >>> print(act(text, [Act("move", "us", at=1, to=0)], "other"), end="")
    decision_makers:
      us:
        preferences:
          prioritise:
            - prefer: a
            - prefer: b  # the second
              id: b
    readings:
      other: {changes: [{move: b, at: first}]}
    """
    tree = read_tree(text, "case")
    if tree.problems or not isinstance(tree.value, dict):
        raise EditError("the text cannot be read: mend it before editing it piece by piece")
    pen = Pen(tree.value)
    if reading and pen.at(("readings", reading)) is None:
        raise EditError(f"there is no reading {reading}")
    done = tuple(acts)
    for one in done:
        _do(pen, one, "" if reading == "base" else reading)
    made = text
    for edit in pen.edits:
        made = edit_text(made, edit)
    if any(one.kind == "rename" for one in done):
        _check_renamed(text, made)
    return made


def _check_renamed(text: str, made: str) -> None:
    """Refuse a new id that leaves a sound case unsound: one that is none, or is used otherwise."""
    try:
        loads(text)
    except CaseError:
        return
    try:
        loads(made)
    except CaseError as error:
        raise EditError(f"this id is not possible: {error.problems[0].message}") from None


def _do(pen: Pen, act: Act, reading: str) -> None:
    if act.kind in {*ON_PATH, *ON_WHOLE} - {"status_quo"} and not act.path:
        raise EditError("say where: a path is needed")
    if act.kind in ON_WHOLE:
        ON_WHOLE[act.kind](pen, act, reading)
    elif act.kind in ON_PATH:
        act_at_path(pen, act, reading)
    else:
        page = sheet(pen.value, reading, act.dm)
        if not reading or page.anew >= 0:
            act_directly(pen, act, page)
        else:
            act_in_reading(pen, act, reading, page)
