"""The fewest changes that turn a case's list of statements into the one that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from detente.case.rows import Place, Row, place_of, rows
from detente.case.tree import Value

__all__ = ["Plan", "Wish", "kept_in_place", "planned"]


@dataclass(frozen=True, slots=True)
class Wish:
    """The list that is wanted.

    Parameters
    ----------
    order : tuple of int
        What is in it, by `Row.key`.
    touched : int
        The one that was just moved or put in.
    new : dict or None
        The change that puts `touched` in, if it is not there yet; its place is left open.
    """

    order: tuple[int, ...]
    touched: int
    new: dict[str, Any] | None = None


@dataclass(slots=True)
class Plan:
    """What becomes of the changes that concern a list.

    Parameters
    ----------
    removed : list of int
        Positions of changes that are no longer needed.
    placed : dict of int to (str, str)
        New places of changes that stay, by position.
    added : list of dict
        Further changes, after all others.
    named : dict of int to str
        Ids that statements need so that changes can speak of them, by `Row.key`.
    """

    removed: list[int] = field(default_factory=list)
    placed: dict[int, Place] = field(default_factory=dict)
    added: list[dict[str, Any]] = field(default_factory=list)
    named: dict[int, str] = field(default_factory=dict)


def planned(
    base: Sequence[Value],
    changes: Mapping[int, Mapping[str, Any]],
    wish: Wish,
    name: Callable[[Row], str],
) -> Plan:
    """Plan the fewest changes that give the list that is wanted.

    Parameters
    ----------
    base : sequence of Value
        The case's list.
    changes : mapping of int to mapping
        The reading's changes of it, by position.
    wish : Wish
    name : callable
        Gives an id to a statement that has none.

    Returns
    -------
    Plan

    Notes
    -----
    What stays in the case's order is a longest ascending part of the list wanted, so that no
    fewer moves can give it; all else is placed next to what stays, in the order in which changes
    are made. A move that says on what it rests (``cite`` or ``because``) stays until its own
    statement is moved, even where it could be spared.

    Examples
    --------
    >>> base = [{"prefer": x, "id": x} for x in "abc"]
    >>> up = planned(base, {}, Wish((2, 0, 1), touched=2), lambda row: "")
    >>> up.added
    [{'move': 'c', 'before': 'a'}]
    >>> planned(base, {0: up.added[0]}, Wish((0, 1, 2), touched=2), lambda row: "").removed
    [0]
    """
    return _Planner(base, changes, wish, name).plan()


def kept_in_place(order: Sequence[int], light: Collection[int] = ()) -> set[int]:
    """Find the most entries of an order that need not move: a longest ascending part of it.

    Parameters
    ----------
    order : sequence of int
        Distinct numbers.
    light : collection of int
        Those that should rather move where there is a choice.

    Returns
    -------
    set of int

    Notes
    -----
    A longest increasing subsequence ([Schensted1961][]), the one with fewest light entries; in
    quadratic time, for lists of a few dozen.

    Examples
    --------
    >>> sorted(kept_in_place([2, 0, 1])), sorted(kept_in_place([1, 0], light=[1]))
    ([0, 1], [0])
    """
    best: list[tuple[int, int, int]] = []  # length, weight, position of the one before
    for i, entry in enumerate(order):
        length, weight, before = max(
            ((*best[j][:2], j) for j in range(i) if order[j] < entry), default=(0, 0, -1)
        )
        best.append((length + 1, weight + (entry not in light), before))
    at = max(range(len(best)), key=lambda i: best[i][:2], default=-1)
    kept = set()
    while at >= 0:
        kept.add(order[at])
        at = best[at][2]
    return kept


class _Planner:
    """Goes through the changes in their order, keeping what serves."""

    def __init__(
        self,
        base: Sequence[Value],
        changes: Mapping[int, Mapping[str, Any]],
        wish: Wish,
        name: Callable[[Row], str],
    ) -> None:
        self.changes = dict(sorted(changes.items()))
        self.wish = wish
        self.name = name
        self.targets = _targets(base, self.changes)
        self.rows = {row.key: row for row in rows(base, {})}
        added = (i for i, change in self.changes.items() if "insert" in change)
        for i in added:
            self.rows[~i] = rows((), {i: self.changes[i]})[0]
        self.ids = {key: row.id for key, row in self.rows.items()}
        self.moves = {
            self.targets[i]: i for i, change in self.changes.items() if "move" in change
        }  # the last one of each counts
        self.settled = self._stable()
        self.made = Plan()

    def _stable(self) -> set[int]:
        reasoned = {
            key
            for key, i in self.moves.items()
            if key != self.wish.touched and self.changes[i].keys() & {"cite", "because"}
        }
        order = [key for key in self.wish.order if key >= 0 and key not in reasoned]
        return kept_in_place(order, {self.wish.touched, *(k for k in self.moves if k is not None)})

    def plan(self) -> Plan:
        dropped = set()
        for index, change in self.changes.items():
            key = self.targets[index]
            if key is None or not self._serves(index, change, key):
                self.made.removed.append(index)
            elif "drop" in change:
                dropped.add(key)
            elif "replace" in change:
                self.ids[key] = str(change.get("id") or self.ids[key])
            else:
                place = self._place(key, change)
                if place != place_of(change) or not change.keys() & {"before", "after", "at"}:
                    self.made.placed[index] = place
        wanted = set(self.wish.order)
        for key in (key for key in self.rows if key >= 0 and key not in wanted | dropped):
            self.made.added.append({"drop": self._id(key)})
        for key in self.wish.order:
            if key in self.settled:
                continue
            verb = self.wish.new if key == self.wish.touched and self.wish.new else None
            change = dict(verb) if verb else {"move": self._id(key)}
            before, where = self._place(key, None)
            self.made.added.append({**change, before: where})
        return self.made

    def _serves(self, index: int, change: Mapping[str, Any], key: int) -> bool:
        """Tell whether a change is still needed."""
        if key not in self.wish.order:
            return "drop" in change and key >= 0
        if "move" in change:
            return self.moves[key] == index and key not in self.settled and key >= 0
        return "drop" not in change

    def _place(self, key: int, change: Mapping[str, Any] | None) -> Place:
        """Choose a place between what is settled before and after; as it was, if that serves."""
        order = self.wish.order
        at = order.index(key)
        before = next((k for k in reversed(order[:at]) if k in self.settled), None)
        after = next((k for k in order[at + 1 :] if k in self.settled), None)
        self.settled.add(key)
        serving: list[Place] = []
        if after is not None and self.ids[after]:
            serving.append(("before", self.ids[after]))
        if after is None:
            serving.append(("at", "last"))
        if before is not None and self.ids[before]:
            serving.append(("after", self.ids[before]))
        if before is None:
            serving.append(("at", "first"))
        if change is not None and place_of(change) in serving:
            return place_of(change)
        return serving[0] if serving or after is None else ("before", self._id(after))

    def _id(self, key: int) -> str:
        if not self.ids[key]:
            self.ids[key] = self.made.named[key] = self.name(self.rows[key])
        return self.ids[key]


def _targets(
    base: Sequence[Value], changes: Mapping[int, Mapping[str, Any]]
) -> dict[int, int | None]:
    """Give for each change the key of the statement that it is about, if there is one by then."""
    found: dict[int, int | None] = {}
    for index, change in changes.items():
        if "insert" in change:
            found[index] = ~index
            continue
        name = next((change[verb] for verb in ("drop", "move", "replace") if verb in change), None)
        by_then = rows(base, {i: other for i, other in changes.items() if i < index})
        found[index] = next((row.key for row in by_then if name and row.id == name), None)
    return found
