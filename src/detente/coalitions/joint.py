"""Joint moves and improvements of coalitions, each worked out once for a conflict."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from detente.coalitions.groups import Coalition
from detente.coalitions.regions import Region, region
from detente.conflict import Arcs, Conflict, OptionForm, Search, search

__all__ = ["JointMoves"]

_CELLS = 1 << 24
"""Most pairs of states compared at once."""

Mask = NDArray[np.bool_]


class JointMoves:
    """What coalitions can bring about by their own moves.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.

    Notes
    -----
    R_H(s) are the states to which legal sequences of members of H lead from s
    ([FangHipelKilgour1993][]); a coalition improvement is one of them that every member prefers to
    s ([KilgourHipelPengFang2001][]). Members need not all move, and a member may be worse off on
    the way.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> joint = JointMoves(prisoners)
    >>> joint.reach((0, 1), 0).reached, joint.improvements((0, 1)).of(0)
    (array([False,  True,  True,  True]), array([3]))
    """

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self._moves: dict[Coalition, Arcs] = {}
        self._improvements: dict[Coalition, Arcs] = {}

    def arcs(self, coalition: Coalition) -> list[Arcs]:
        """List the moves of each member."""
        return [self.conflict.moves(dm) for dm in coalition]

    def reach(self, coalition: Coalition, state: int, goal: Mask | None = None) -> Search:
        """Search for what a coalition can reach from one state, and how."""
        return search(self.arcs(coalition), coalition, state, goal=goal)

    def region(self, coalition: Coalition) -> Region:
        """Give the regions in which a coalition moves; on option form only."""
        assert isinstance(self.conflict.form, OptionForm)  # noqa: S101 - callers ask first
        return region(self.conflict.form, coalition)

    def moves(self, coalition: Coalition) -> Arcs:
        """List R_H(s) for every state s."""
        if len(coalition) == 1:
            return self.conflict.moves(coalition[0])
        if coalition not in self._moves:
            self._moves[coalition] = self._listed(coalition, improving=False)
        return self._moves[coalition]

    def improvements(self, coalition: Coalition) -> Arcs:
        """List the coalition improvements from every state."""
        if coalition not in self._improvements:
            if len(coalition) == 1:
                dm = coalition[0]
                arcs = self.conflict.moves(dm).improving(self.conflict.ranks[dm])
            else:
                arcs = self._listed(coalition, improving=True)
            self._improvements[coalition] = arcs
        return self._improvements[coalition]

    def better(self, coalition: Coalition, state: int) -> Mask:
        """Tell which states every member prefers to one state, shape (n,)."""
        ranks = self.conflict.ranks[list(coalition)]
        preferred: Mask = np.logical_and.reduce(ranks > ranks[:, [state]], axis=0)
        return preferred

    def improvements_from(self, coalition: Coalition, state: int) -> Mask:
        """Tell which states are coalition improvements from one state, shape (n,)."""
        return self.reach(coalition, state).reached & self.better(coalition, state)

    def _listed(self, coalition: Coalition, *, improving: bool) -> Arcs:
        n_states = self.conflict.n_states
        blocks: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        searched = np.ones(n_states, dtype=bool)
        if isinstance(self.conflict.form, OptionForm):
            where = self.region(coalition)
            searched = ~where.exact
            blocks.extend(self._by_region(coalition, where, improving=improving))
        for state in np.flatnonzero(searched).tolist():
            kept = self.reach(coalition, state).reached
            if improving:
                kept &= self.better(coalition, state)
            target = np.flatnonzero(kept)
            blocks.append((np.full(len(target), state), target))
        source = np.concatenate([np.empty(0, np.int64), *(block[0] for block in blocks)])
        target = np.concatenate([np.empty(0, np.int64), *(block[1] for block in blocks)])
        # Each source comes in one run, with its targets in ascending order.
        counts = np.bincount(source, minlength=n_states)
        starts = np.concatenate(([0], np.cumsum(counts)))
        run = np.flatnonzero(np.diff(source, prepend=-1))
        length = np.diff(run, append=len(source))
        by_source = np.argsort(source[run], kind="stable")
        offset = np.repeat(run[by_source] - starts[source[run][by_source]], length[by_source])
        return Arcs(starts, target[np.arange(len(source)) + offset])

    def _by_region(
        self, coalition: Coalition, where: Region, *, improving: bool
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """List the moves within exactly known regions, those of equal size together."""
        by_label = np.argsort(where.label, kind="stable")
        by_label = by_label[where.exact[by_label]]
        if len(by_label) == 0:
            return
        first = np.flatnonzero(np.diff(where.label[by_label], prepend=-1))
        sizes = np.diff(first, append=len(by_label))
        ranks = self.conflict.ranks[list(coalition)]
        for size in np.unique(sizes).tolist():
            members = by_label[first[sizes == size][:, None] + np.arange(size)]
            n_sources = max(1, min(size, _CELLS // size))
            n_regions = max(1, _CELLS // (size * n_sources))
            for top in range(0, len(members), n_regions):
                to = members[top : top + n_regions]
                for left in range(0, size, n_sources):
                    at = to[:, left : left + n_sources]
                    kept = at[:, :, None] != to[:, None, :]
                    if improving:
                        for rank in ranks:
                            kept &= rank[to][:, None, :] > rank[at][:, :, None]
                    for level in where.order:
                        kept &= level[to][:, None, :] >= level[at][:, :, None]
                    row, column = np.divmod(np.flatnonzero(kept), size)
                    yield at.ravel()[row], to[row // at.shape[1], column]
