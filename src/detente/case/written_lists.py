"""What is done to a list of statements that is written out: the case's, or a reading's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from detente.case.edits import EditError
from detente.case.pen import Pen
from detente.case.rows import Sheet, as_list, as_mapping
from detente.case.tree import Path, Value

if TYPE_CHECKING:
    from detente.case.acts import Act

__all__ = ["act_directly"]


def act_directly(pen: Pen, act: Act, page: Sheet) -> None:
    """Write an act on a DM's statements into the list itself.

    Raises
    ------
    EditError
        If there is no such statement, or nothing of the kind can be done with it.
    """
    if act.kind == "add":
        path = page.path if page.kind else (*page.path, "prioritise")
        if page.kind not in ("", "prioritise"):
            raise EditError(f"{act.dm} has no preference statements but “{page.kind}”")
        pen.append(path, {"prefer": act.value, "standing": "assumed"})
        return
    if not 0 <= act.at < len(page.base):
        raise EditError(f"{act.dm} has no statement {act.at + 1}")
    where = (*page.path, act.at)
    given = page.base[act.at]
    if act.kind == "move":
        pen.move(where, act.to)
    elif act.kind == "drop":
        if page.anew >= 0 and len(page.base) == 1:
            raise EditError("the reading needs a statement here, or take its change back")
        pen.remove(where)
    elif act.kind == "rewrite":
        pen.put((*where, "prefer") if isinstance(given, dict) else where, act.value)
    elif act.kind == "doubt":
        _doubt(pen, where, act.value)
    elif act.kind in _ON_GROUPS:
        _ON_GROUPS[act.kind](pen, act, where)
    else:
        raise EditError("there is nothing to take back here")


def _doubt(pen: Pen, where: Path, chance: Value) -> None:
    given = pen.at(where)
    if chance is None:
        for key in ("maybe", "question"):
            pen.put((*where, key), None)
        _unsettle(pen, given)
        return
    if not isinstance(given, dict) or not given.get("id"):
        words = given.get("prefer") if isinstance(given, dict) else given
        pen.put((*where, "id"), pen.id_for(str(words)))
    pen.put((*where, "maybe"), chance)


def _unsettle(pen: Pen, given: Value) -> None:
    """Where readings or DMs say that a statement holds, that need no longer be said."""
    name = given.get("id") if isinstance(given, dict) and "maybe" in given else None
    for top in ("readings", "perspectives"):
        for key in as_mapping(pen.value.get(top)):
            where: Path = (top, key, "settle", str(name))
            if pen.at(where) == "holds":
                pen.remove(where)


def _group(pen: Pen, act: Act, where: Path) -> None:
    """Make alternatives or an open order of statements: what was doubtful in them is said by it."""
    held = cast("list[Any]", pen.at(where[:-1]))
    members = held[act.at : act.to]
    if len(members) < 2 or any(isinstance(m, dict) and "prefer" not in m for m in members):
        raise EditError("two or more single statements are needed, one after another")
    questions = [m["question"] for m in members if isinstance(m, dict) and "question" in m]
    for index in range(act.at, act.to):
        _doubt(pen, (*where[:-1], index), None)
    kind = str(act.value)
    words = members[0]["prefer"] if isinstance(members[0], dict) else members[0]
    name = pen.id_for(f"{'which' if kind == 'either' else 'order'} {words}")
    said = {kind: None, "id": name, **({"question": questions[0]} if questions else {})}
    pen.wrap(where, said, act.to)


def _ungroup(pen: Pen, _: Act, where: Path) -> None:
    kind = _group_kind(pen, where)
    for index, member in enumerate(as_list(pen.at((*where, kind)))):
        if isinstance(member, dict) and "probability" in member:
            pen.remove((*where, kind, index, "probability"))
    pen.unwrap(where)


def _drop_part(pen: Pen, act: Act, where: Path) -> None:
    """Drop one of several; the last two leave one, which is a statement like others."""
    kind = _group_kind(pen, where)
    if len(as_list(pen.at((*where, kind)))) > 2:
        pen.remove((*where, kind, act.to))
        return
    _ungroup(pen, act, where)
    pen.remove((*where[:-1], act.at + act.to))


def _group_kind(pen: Pen, where: Path) -> str:
    given = pen.at(where)
    kind = next((k for k in ("either", "any_order") if isinstance(given, dict) and k in given), "")
    if not kind:
        raise EditError("this is no group of statements")
    if next(iter(given)) != kind:
        raise EditError(f"“{kind}” does not come first here: change it in the text")
    return kind


_ON_GROUPS: dict[str, Callable[[Pen, Act, Path], None]] = {
    "group": _group,
    "ungroup": _ungroup,
    "drop_part": _drop_part,
}
