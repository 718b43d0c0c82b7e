"""The same conflict for the engine as for the plain checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente import Conflict

if TYPE_CHECKING:
    from plain.model import PlainConflict

__all__ = ["as_conflict", "as_graph"]


def as_conflict(plain: PlainConflict) -> Conflict:
    """Give a plain conflict to the engine, in the form in which it was given."""
    if plain.codes is None or plain.owned is None:
        return as_graph(plain)
    return Conflict.from_arrays(
        options=plain.owned, ranks=plain.rank, feasible=plain.codes, one_way=plain.one_way
    )


def as_graph(plain: PlainConflict) -> Conflict:
    """Give a plain conflict to the engine by its states and moves."""
    return Conflict.from_graph(moves=[sorted(own) for own in plain.moves], ranks=plain.rank)
