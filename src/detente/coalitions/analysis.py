"""Analyse every coalition, or the blocks of a fixed partition; find equilibrium jumps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from detente.coalitions.groups import Coalition, as_coalition, as_partition, coalitions_of
from detente.coalitions.joint import JointMoves
from detente.coalitions.stability import (
    COALITION_CONCEPTS,
    Answers,
    CoalitionConcept,
    as_concept,
    stable_for,
)
from detente.conflict import Conflict, Path
from detente.errors import ConflictError

__all__ = ["CoalitionAnalysis", "Jump", "analyze_coalitions", "equilibrium_jumps"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class CoalitionAnalysis:
    """The stability of every state for several coalitions.

    Parameters
    ----------
    conflict : Conflict
        What was analysed.
    coalitions : tuple of tuple of int
        The coalitions, in the order of the rows below.
    partition : bool
        Whether they are the blocks of a fixed partition, each acting as one player.
    tables : mapping of str to ndarray of bool, shape (c, n)
        For each concept where each coalition is stable.
    """

    conflict: Conflict
    coalitions: tuple[Coalition, ...]
    partition: bool
    tables: Mapping[CoalitionConcept, Mask] = field(repr=False)

    def stable(self, concept: str, coalition: Iterable[int | str]) -> Mask:
        """Give where one coalition is stable, shape (n,)."""
        members = as_coalition(self.conflict, coalition)
        if members not in self.coalitions:
            names = ", ".join(self.conflict.decision_makers[dm] for dm in members)
            raise ConflictError(f"the coalition of {names} was not analysed")
        row: Mask = self._table(concept)[self.coalitions.index(members)]
        return row

    def stable_for_dm(self, concept: str, dm: int | str) -> Mask:
        """Give where every coalition with a DM in it is stable, shape (n,)."""
        (index,) = as_coalition(self.conflict, [dm])
        rows = [index in coalition for coalition in self.coalitions]
        everywhere: Mask = np.logical_and.reduce(self._table(concept)[rows], axis=0)
        return everywhere

    def universal(self, concept: str) -> Mask:
        """Give where every coalition analysed is stable, shape (n,)."""
        everywhere: Mask = np.logical_and.reduce(self._table(concept), axis=0)
        return everywhere

    def _table(self, concept: str) -> Mask:
        key = as_concept(concept)
        if key not in self.tables:
            raise ConflictError(f"the concept {concept!r} was not analysed")
        return self.tables[key]


def analyze_coalitions(
    conflict: Conflict,
    concepts: Iterable[str] = COALITION_CONCEPTS,
    *,
    coalitions: Iterable[Iterable[int | str]] | None = None,
    partition: Sequence[Iterable[int | str]] | None = None,
) -> CoalitionAnalysis:
    """Find which states are stable for coalitions.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    concepts : iterable of str
        Out of ``nash gmr smr seq``.
    coalitions : iterable of coalitions, optional
        Members by index or id; by default every coalition, of up to eight DMs.
    partition : sequence of coalitions, optional
        Analyse instead the blocks of this partition, each of which acts as one player: it improves
        when every member does, and others answer block by block. A DM not named is its own block.

    Returns
    -------
    CoalitionAnalysis

    Raises
    ------
    ConflictError
        If a concept or a DM does not exist, or both `coalitions` and `partition` are given.
    SizeError
        If there are too many DMs to look at every coalition.

    Notes
    -----
    For definitions see `detente.coalitions.stable_for`. Being brought back to the state left
    counts as a sanction. All coalitions and a fixed partition are different questions: in the
    first, those outside may form any coalition in answer.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> found = analyze_coalitions(prisoners, ["nash", "seq"])
    >>> np.flatnonzero(found.universal("nash")), np.flatnonzero(found.universal("seq"))
    (array([], dtype=int64), array([3]))
    """
    if coalitions is not None and partition is not None:
        raise ConflictError("give either coalitions or a partition, not both")
    wanted = tuple(dict.fromkeys(as_concept(concept) for concept in concepts))
    blocks = None if partition is None else as_partition(conflict, partition)
    if blocks is not None:
        groups = blocks
    elif coalitions is not None:
        groups = tuple(dict.fromkeys(as_coalition(conflict, group) for group in coalitions))
    else:
        groups = coalitions_of(range(conflict.n_dms))
    answers = Answers(JointMoves(conflict), blocks)
    tables = {}
    for concept in wanted:
        rows = [stable_for(answers, group, concept) for group in groups]
        tables[concept] = np.array(rows, dtype=bool).reshape(len(groups), conflict.n_states)
        tables[concept].flags.writeable = False
    return CoalitionAnalysis(conflict, groups, blocks is not None, MappingProxyType(tables))


@dataclass(frozen=True, slots=True)
class Jump:
    """A coalition improvement from one equilibrium to another.

    Parameters
    ----------
    source, target : int
        The equilibria.
    coalition : tuple of int
        Who jumps.
    path : Path
        A shortest sequence of its moves that gets there.
    """

    source: int
    target: int
    coalition: Coalition
    path: Path


def equilibrium_jumps(
    conflict: Conflict, equilibria: Iterable[int], *, min_size: int = 2
) -> tuple[Jump, ...]:
    """List the jumps by which coalitions can upset equilibria.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    equilibria : iterable of int
        The states to jump between, as a rule the equilibria under some concept.
    min_size : int
        Fewest members of a coalition.

    Returns
    -------
    tuple of Jump
        By source, target, and size of the coalition.

    Notes
    -----
    An equilibrium is vulnerable to a coalition that has an improvement from it to another
    equilibrium ([KilgourHipelPengFang2001][]).

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> [(jump.source, jump.target) for jump in equilibrium_jumps(prisoners, [0, 3])]
    [(0, 3)]
    """
    joint = JointMoves(conflict)
    among = np.unique(np.fromiter(equilibria, dtype=np.int64))
    jumps = []
    for source in among.tolist():
        for coalition in coalitions_of(range(conflict.n_dms), min_size):
            better = joint.better(coalition, source)
            if not better[among].any():
                continue
            found = joint.reach(coalition, source)
            for target in among[better[among]].tolist():
                path = found.path(target)
                if path is not None:
                    jumps.append(Jump(source, target, coalition, path))
    return tuple(sorted(jumps, key=lambda jump: (jump.source, jump.target, len(jump.coalition))))
