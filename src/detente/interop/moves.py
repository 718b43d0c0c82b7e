"""The moves of a conflict one by one, for formats that list them."""

from __future__ import annotations

from collections.abc import Iterator

from detente.conflict import Conflict
from detente.errors import SizeError

__all__ = ["MOST_MOVES", "listed_moves"]

MOST_MOVES = 1_000_000
"""Most moves written to a file; no program draws more."""


def listed_moves(conflict: Conflict) -> Iterator[tuple[int, int, int, bool]]:
    """List every DM's moves.

    Parameters
    ----------
    conflict : Conflict

    Yields
    ------
    tuple of (int, int, int, bool)
        DM, source, target, and whether the move is an improvement for the DM.

    Raises
    ------
    SizeError
        If there are more than `MOST_MOVES`.

    Examples
    --------
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> next(listed_moves(chicken))
    (0, 0, 1, True)
    """
    arcs = [conflict.moves(dm) for dm in range(conflict.n_dms)]
    n_moves = sum(len(own.targets) for own in arcs)
    if n_moves > MOST_MOVES:
        message = f"{n_moves} moves are too many for a graph file: at most {MOST_MOVES} are written"
        raise SizeError(message)
    for dm, own in enumerate(arcs):
        rank = conflict.ranks[dm]
        for source, target in own.pairs().tolist():
            yield dm, source, target, bool(rank[target] > rank[source])
