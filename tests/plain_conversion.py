"""The plain checker's conflicts as the package's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.conflict import Conflict

if TYPE_CHECKING:
    from plain.model import PlainConflict


def to_conflict(plain: PlainConflict) -> Conflict:
    """Build the same conflict for the package."""
    if plain.codes is not None and plain.owned is not None:
        return Conflict.from_arrays(
            options=plain.owned, ranks=plain.rank, feasible=plain.codes, one_way=plain.one_way
        )
    return Conflict.from_graph(moves=[sorted(own) for own in plain.moves], ranks=plain.rank)
