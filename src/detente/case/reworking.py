"""What is done to a list of statements on a named reading's tab, as changes of the reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from detente.case.edits import EditError
from detente.case.pen import Pen
from detente.case.placing import Plan, Wish, planned
from detente.case.rows import Row, Sheet, sheet
from detente.case.tree import Path, Value

if TYPE_CHECKING:
    from detente.case.acts import Act

__all__ = ["act_in_reading"]


def act_in_reading(pen: Pen, act: Act, reading: str, page: Sheet) -> None:
    """Write an act on a DM's statements to a reading's changes.

    Parameters
    ----------
    pen : Pen
    act : Act
    reading : str
    page : Sheet
        The statements as the reading has them.

    Raises
    ------
    EditError
        If there is no such statement, or a reading's changes cannot say this.
    """
    if act.kind in ("group", "ungroup", "drop_part"):
        raise EditError("a reading settles alternatives: make and change them as written")
    if act.kind in ("add", "restore"):
        _ACTS[act.kind](pen, act, reading, page)
        return
    if not 0 <= act.at < len(page.rows):
        raise EditError(f"{act.dm} has no statement {act.at + 1} in this reading")
    _ACTS[act.kind](pen, act, reading, page)


def _path(reading: str, *rest: str | int) -> Path:
    return ("readings", reading, "changes", *rest)


def _order(page: Sheet) -> list[int]:
    return [row.key for row in page.rows]


# The order


def _move(pen: Pen, act: Act, reading: str, page: Sheet) -> None:
    order = _order(page)
    if not 0 <= act.to < len(order):
        raise EditError(f"{act.dm} has no place {act.to + 1}")
    key = order.pop(act.at)
    order.insert(act.to, key)
    _arrange(pen, reading, page, Wish(tuple(order), key))


def _drop(pen: Pen, act: Act, reading: str, page: Sheet) -> None:
    order = _order(page)
    key = order.pop(act.at)
    _arrange(pen, reading, page, Wish(tuple(order), key))


def _restore(pen: Pen, act: Act, reading: str, page: Sheet) -> None:
    if not 0 <= act.at < len(page.base) or act.at in _order(page):
        raise EditError(f"the reading drops no statement {act.at + 1} of {act.dm}")
    _arrange(pen, reading, page, Wish(_returned(page.rows, act.at), act.at))


def _returned(rows: list[Row], key: int) -> tuple[int, ...]:
    """Put a statement of the case back where it stands there, among those that have not moved."""
    order = [row.key for row in rows if row.key != key]
    still = {row.key for row in rows if row.moved < 0 and row.added < 0}
    above = [k for k in order if k in still and k < key]
    below = [k for k in order if k in still and k > key]
    at = order.index(above[-1]) + 1 if above else order.index(below[0]) if below else len(order)
    return (*order[:at], key, *order[at:])


def _back(pen: Pen, act: Act, reading: str, page: Sheet) -> None:
    row = page.rows[act.at]
    if row.added >= 0:
        _drop(pen, act, reading, page)
        return
    if row.replaced >= 0:
        _strike(pen, reading, page, row.replaced)
        page = sheet(pen.value, reading, act.dm)
        row = next(other for other in page.rows if other.key == row.key)
    if row.moved >= 0:
        _arrange(pen, reading, page, Wish(_returned(page.rows, row.key), row.key))


def _add(pen: Pen, act: Act, reading: str, page: Sheet) -> None:
    if not page.kind:
        first: Value = {"prioritise": [{"prefer": act.value, "standing": "assumed"}]}
        pen.append(_path(reading), {"preferences": first, "for": act.dm})
        return
    if page.kind != "prioritise":
        raise EditError(f"{act.dm} has no preference statements but “{page.kind}”")
    key = ~len(pen.at(_path(reading)) or ())
    new = {"insert": act.value}
    _arrange(pen, reading, page, Wish((*_order(page), key), key, new))


def _arrange(pen: Pen, reading: str, page: Sheet, wish: Wish) -> None:
    """Rewrite the changes so that the list is as wished; no others are touched."""
    plan = planned(page.base, page.changes, wish, lambda row: pen.id_for(_words(row.value)))
    wanted = [_mark(page.rows, key, wish) for key in wish.order]
    _carry_out(pen, reading, page, plan)
    after = sheet(pen.value, reading, page.dm)
    found = [row.base if row.added < 0 else _words(row.value) for row in after.rows]
    if found != wanted:
        raise EditError("this order cannot be said by changes here: change it in the text")


def _mark(rows: list[Row], key: int, wish: Wish) -> int | str:
    if key >= 0:
        return key
    if key == wish.touched and wish.new is not None:
        return str(wish.new["insert"])
    return next(_words(row.value) for row in rows if row.key == key)


def _carry_out(pen: Pen, reading: str, page: Sheet, plan: Plan) -> None:
    for key, name in plan.named.items():
        pen.put((*page.path, key, "id") if key >= 0 else _path(reading, ~key, "id"), name)
    for index, (how, where) in plan.placed.items():
        change = pen.at(_path(reading, index))
        pen.put(_path(reading, index, how), where)
        for old in {"before", "after", "at"} & change.keys() - {how}:
            pen.remove(_path(reading, index, old))
        if how == "at" and "insert" in change:
            pen.put(_path(reading, index, "for"), page.dm)
    for index in reversed(plan.removed):
        _strike(pen, reading, page, index)
    for change in plan.added:
        whose = {"for": page.dm} if "insert" in change and "at" in change else {}
        said = {"standing": "assumed"} if "insert" in change else {}
        pen.append(_path(reading), {**change, **whose, **said})


def _strike(pen: Pen, reading: str, page: Sheet, index: int) -> None:
    """Remove a change, and what is settled of a doubt that it brought."""
    change = pen.at(_path(reading, index))
    pen.remove(_path(reading, index))
    name = str(change.get("id") or change.get("replace", ""))
    if "maybe" not in change or not name:
        return
    left = any(isinstance(v, dict) and v.get("id") == name and "maybe" in v for v in page.base)
    if not left and pen.at(("readings", reading, "settle", name)) is not None:
        pen.remove(("readings", reading, "settle", name))


# What is said


def _rewrite(pen: Pen, act: Act, reading: str, page: Sheet) -> None:
    row = page.rows[act.at]
    index, key = (row.replaced, "prefer") if row.replaced >= 0 else (row.added, "insert")
    if index >= 0:
        pen.put(_path(reading, index, key), act.value)
    elif act.value != _words(row.value):
        said: dict[str, Value] = {"prefer": act.value, "standing": "assumed"}
        if isinstance(row.value, dict) and "maybe" in row.value:
            said = {"prefer": act.value, "maybe": row.value["maybe"], "standing": "assumed"}
        _replace(pen, reading, page, row, said)
    _drop_if_as_written(pen, reading, page, row)


def _doubt(pen: Pen, act: Act, reading: str, page: Sheet) -> None:
    row = page.rows[act.at]
    held: dict[str, Value] = row.value if isinstance(row.value, dict) else {}
    index = row.replaced if row.replaced >= 0 else row.added
    settled: Path = ("readings", reading, "settle", row.id)
    if index >= 0:
        if act.value is not None and not row.id:
            pen.put(_path(reading, index, "id"), pen.id_for(_words(row.value)))
        pen.put(_path(reading, index, "maybe"), act.value)
        if act.value is None and row.id and pen.at(settled) is not None:
            pen.remove(settled)
    elif act.value is None:
        if "maybe" in held:
            pen.put(settled, "holds")
    elif act.value == held.get("maybe"):
        pen.put(settled, None)
    else:
        kept = {key: held[key] for key in ("cite", "because", "standing") if key in held}
        said: dict[str, Value] = {"prefer": _words(row.value), "maybe": act.value}
        _replace(pen, reading, page, row, said | kept)
    _drop_if_as_written(pen, reading, page, row)


def _replace(pen: Pen, reading: str, page: Sheet, row: Row, said: dict[str, Any]) -> None:
    name = row.id
    if not name:
        name = pen.id_for(_words(row.value))
        pen.put((*page.path, row.base, "id"), name)
    pen.append(_path(reading), {"replace": name, **said})


def _drop_if_as_written(pen: Pen, reading: str, page: Sheet, row: Row) -> None:
    """Take a change back that says just what the case says, if it gives no reason of its own."""
    if row.added >= 0:
        return
    after = sheet(pen.value, reading, page.dm)
    found = next((other for other in after.rows if other.key == row.key), None)
    if found is None or found.replaced < 0:
        return
    change, written = pen.at(_path(reading, found.replaced)), after.base[row.base]
    given = written if isinstance(written, dict) else {"prefer": written}
    own = [key for key in ("cite", "because") if key in change and change[key] != given.get(key)]
    same = all(change.get(key) == given.get(key) for key in ("prefer", "maybe"))
    if same and not own and change.get("id", found.id) == given.get("id", ""):
        _strike(pen, reading, after, found.replaced)


def _words(value: Value) -> str:
    """Give what a statement, or a group of them, is known by."""
    if not isinstance(value, dict):
        return str(value)
    if "prefer" in value:
        return str(value["prefer"])
    inside = next((value[key] for key in ("either", "any_order") if key in value), None)
    return _words(inside[0]) if isinstance(inside, list) and inside else ""


_ACTS: dict[str, Callable[[Pen, Act, str, Sheet], None]] = {
    "move": _move,
    "drop": _drop,
    "rewrite": _rewrite,
    "add": _add,
    "doubt": _doubt,
    "back": _back,
    "restore": _restore,
}
