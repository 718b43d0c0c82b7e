"""Coalitions: groups of decision makers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TypeAlias

from detente.conditions import did_you_mean
from detente.conflict import Conflict
from detente.errors import ConflictError, SizeError

__all__ = ["MAX_DMS", "Coalition", "as_coalition", "as_partition", "coalitions_of"]

MAX_DMS = 8
"""Most DMs of which every coalition is looked at."""

Coalition: TypeAlias = tuple[int, ...]
"""Indices of the members, ascending."""


def coalitions_of(members: Iterable[int], min_size: int = 1) -> tuple[Coalition, ...]:
    """List the coalitions that some DMs can form, smaller ones first.

    Parameters
    ----------
    members : iterable of int
        Indices of the DMs.
    min_size : int
        Fewest members of a coalition.

    Returns
    -------
    tuple of tuple of int

    Raises
    ------
    SizeError
        If there are more than `MAX_DMS` DMs.

    Examples
    --------
    >>> coalitions_of([0, 2])
    ((0,), (2,), (0, 2))
    """
    own = sorted(set(members))
    if len(own) > MAX_DMS:
        message = f"{len(own)} decision makers form too many coalitions: at most {MAX_DMS} may"
        raise SizeError(message)
    sizes = range(min_size, len(own) + 1)
    return tuple(group for size in sizes for group in combinations(own, size))


def as_coalition(conflict: Conflict, members: Iterable[int | str]) -> Coalition:
    """Read a coalition given by indices or ids of its members.

    Parameters
    ----------
    conflict : Conflict
        Whose DMs are meant.
    members : iterable of int or str
        Each member once, in any order.

    Returns
    -------
    tuple of int
        Ascending.

    Raises
    ------
    ConflictError
        If there is no such DM, one is named twice, or none is named.

    Examples
    --------
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> as_coalition(chicken, ["dm2", 0])
    (0, 1)
    """
    found = [_dm(conflict, member) for member in members]
    if not found:
        raise ConflictError("a coalition needs at least one member: name a decision maker")
    for dm in found:
        if found.count(dm) > 1:
            raise ConflictError(f"{conflict.decision_makers[dm]} is named twice: once is enough")
    return tuple(sorted(found))


def as_partition(
    conflict: Conflict, blocks: Sequence[Iterable[int | str]]
) -> tuple[Coalition, ...]:
    """Read a partition of the DMs into blocks, each of which acts as one player.

    Parameters
    ----------
    conflict : Conflict
        Whose DMs are meant.
    blocks : sequence of iterable of int or str
        Members of each block; a DM that is not named is a block by itself.

    Returns
    -------
    tuple of tuple of int

    Raises
    ------
    ConflictError
        If a DM is in two blocks, or a block is not a coalition.

    Examples
    --------
    >>> trio = Conflict.from_arrays(options=[1, 1, 1], ranks=[[0] * 8] * 3)
    >>> as_partition(trio, [["dm3", "dm1"]])
    ((0, 2), (1,))
    """
    read = [as_coalition(conflict, block) for block in blocks]
    named = [dm for block in read for dm in block]
    for dm in named:
        if named.count(dm) > 1:
            raise ConflictError(f"{conflict.decision_makers[dm]} is in two blocks: leave it in one")
    alone = [(dm,) for dm in range(conflict.n_dms) if dm not in named]
    return tuple(sorted([*read, *alone]))


def _dm(conflict: Conflict, member: int | str) -> int:
    ids = conflict.decision_makers
    if isinstance(member, str):
        if member not in ids:
            raise ConflictError(f"there is no decision maker {member}{did_you_mean(member, ids)}")
        return ids.index(member)
    if not 0 <= member < len(ids):
        raise ConflictError(f"there is no decision maker {member}: they are 0 to {len(ids) - 1}")
    return int(member)
