"""Analyse many rankings of one conflict's states at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import prod
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Conflict, OptionForm, require_memory
from detente.errors import ConflictError
from detente.stability.concepts import DEFAULT_CONCEPTS, Concept, Conventions, Opponents, distinct
from detente.stability.fibres import Grid, fibres_of
from detente.stability.implicit import stable_in_fibres
from detente.stability.kernels import n_threads, stable_in_options
from detente.stability.layers import LayeredImprovements, LayeredMoves
from detente.stability.listed import stable_by_moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.conflict import Form
    from detente.stability.implicit import Answers

Ranks = NDArray[np.unsignedinteger[Any]]
"""Rankings of a block, shape (m, n, rankings)."""

Stable = tuple[str, NDArray[np.bool_]]
"""A concept's key, and where each DM is stable, shape (m, n, rankings)."""

__all__ = ["Keep", "analyze_many"]

Keep = Literal["stable", "equilibria", "counts"]
"""What to keep of many analyses, see `analyze_many`."""

_BLOCK_BYTES = 1 << 17
"""Size of a block of ranks of one DM, for the processor's caches."""

_MAX_MOVES = 1 << 21
"""Moves up to which a block of rankings is followed together; else ranking by ranking."""


def analyze_many(
    form: Form | Conflict,
    ranks: NDArray[np.integer],
    concepts: Iterable[str] = DEFAULT_CONCEPTS,
    *,
    keep: Keep = "equilibria",
    opponents: Opponents = "legal",
    status_quo_sanctions: bool = True,
) -> dict[str, NDArray[Any]]:
    """Find what is stable under each of many rankings of the same states.

    Parameters
    ----------
    form : OptionForm, GraphForm or Conflict
        States and moves; of a conflict its own ranking does not count.
    ranks : ndarray of int, shape (B, m, n)
        B times the rank of each state for each DM, from 0; higher is better. Ranks below 255 are
        handled fastest.
    concepts : iterable of str
        Keys out of ``nash gmr smr seq sseq``.
    keep : {"stable", "equilibria", "counts"}
        Where each DM is stable, shape (B, m, n); which states are equilibria, shape (B, n); or in
        how many of the rankings each state is one, shape (n,).
    opponents, status_quo_sanctions
        Conventions, as in `analyze`.

    Returns
    -------
    dict of str to ndarray of bool, or of int64
        By concept; bool, for ``"counts"`` int64.

    Raises
    ------
    ConflictError
        If the ranks do not fit the form, or a concept is not handled for many rankings.
    SizeError
        If the work does not fit in memory.

    Notes
    -----
    Rankings are handled in blocks, so that memory follows what is kept. In a block each move is
    followed for all rankings by the same array operations, on all processors. Models with more than
    two million moves are analysed ranking by ranking, as by `analyze`.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> conflict = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> chicken, prisoners = [[0, 1, 3, 2], [0, 3, 1, 2]], [[1, 0, 3, 2], [1, 3, 0, 2]]
    >>> analyze_many(conflict, np.array([chicken, prisoners]), ["nash", "seq"], keep="counts")
    {'nash': array([1, 1, 1, 0]), 'seq': array([1, 1, 1, 1])}
    """
    if isinstance(form, Conflict):
        form = form.form
    conventions = Conventions(opponents, status_quo_sanctions)
    wanted = distinct(concepts)
    for concept in wanted:
        if concept.needs_options:
            message = f"{concept.key} is not handled for many rankings: analyse them one by one"
            raise ConflictError(message)
    if keep not in ("stable", "equilibria", "counts"):
        message = f"keep is {keep!r}: it is 'stable', 'equilibria' or 'counts'"
        raise ConflictError(message)
    table = np.asarray(ranks)
    follow = _Followed(form, conventions)
    dtype = _narrow(form, table)
    block = max(64, _BLOCK_BYTES // (form.n_states * dtype.itemsize) // 64 * 64)
    results = _Results(wanted, keep, table.shape)
    require_memory(
        results.n_bytes + n_threads() * follow.n_bytes(min(block, len(table)), dtype.itemsize),
        f"the analysis of {len(table):,} rankings of {form.n_states:,} states",
    )
    results.allocate()

    def work(first: int) -> None:
        chosen = table[first : first + block]
        columns = np.ascontiguousarray(chosen.transpose(1, 2, 0), dtype=dtype)
        for concept, stable in follow.stable(columns, wanted):
            results.put(concept, first, stable)

    starts = range(0, len(table), block)
    with ThreadPoolExecutor(n_threads()) as pool:
        list(pool.map(work, starts))
    return results.tables


def _narrow(form: Form, ranks: NDArray[np.integer]) -> np.dtype[Any]:
    """Check the ranks, and choose the narrowest type whose highest number is no rank."""
    shape = (form.n_dms, form.n_states)
    if ranks.ndim != 3 or ranks.shape[1:] != shape:
        message = f"ranks have the shape {ranks.shape}: it should be (B, {shape[0]}, {shape[1]})"
        raise ConflictError(message)
    if ranks.dtype.kind not in "iu":
        message = f"ranks are of type {ranks.dtype}: they should be whole numbers"
        raise ConflictError(message)
    highest = int(ranks.max(initial=0))
    if ranks.min(initial=0) < 0 or highest >= np.iinfo(np.int32).max:
        raise ConflictError("ranks lie outside 0 to 2**31 − 2: number them from 0 up")
    return np.min_scalar_type(highest + 1)


class _Followed:
    """A form made ready to be followed for blocks of rankings."""

    def __init__(self, form: Form, conventions: Conventions) -> None:
        self._form, self._conventions = form, conventions
        dms = range(form.n_dms)
        if not isinstance(form, OptionForm):
            self._n_moves = sum(len(form.moves(dm).targets) for dm in dms)
            self.stable = self._by_listed_moves
            return
        fibres = [fibres_of(form, dm) for dm in dms]
        self._n_moves = sum(int((np.bincount(own.number) ** 2).sum()) for own in fibres)
        if self._n_moves > _MAX_MOVES:
            self._n_moves = 0
            self.stable = self._one_by_one
            return
        commute = isinstance(fibres[0], Grid)
        self._moves = [LayeredMoves(form.moves(dm), commute=commute) for dm in dms]
        self.stable = self._in_layers

    def n_bytes(self, n_rankings: int, width: int) -> int:
        """Estimate the memory that a block takes."""
        per_dm = 4 * self._form.n_states * self._form.n_dms + 3 * self._n_moves
        return n_rankings * width * per_dm

    def _in_layers(self, ranks: Ranks, concepts: Sequence[Concept]) -> Iterator[Stable]:
        dms = range(len(ranks))
        answers: Sequence[Answers]
        improvements: list[LayeredImprovements] = []
        if any(concept.sanction == "credible" for concept in concepts):
            improvements = [LayeredImprovements(self._moves[dm], ranks[dm]) for dm in dms]
        for concept in concepts:
            answers = improvements if concept.sanction == "credible" else self._moves
            rows = []
            for dm in dms:
                others = [answers[other] for other in dms if other != dm]
                rows.append(
                    stable_in_fibres(
                        ranks[dm], self._moves[dm], others, concept, self._conventions.opponents
                    )
                )
            yield concept.key, np.stack(rows)

    def _by_listed_moves(self, ranks: Ranks, concepts: Sequence[Concept]) -> Iterator[Stable]:
        arcs = [self._form.moves(dm) for dm in range(len(ranks))]
        for concept in concepts:
            rows = [
                stable_by_moves(arcs, ranks, dm, concept, self._conventions)
                for dm in range(len(ranks))
            ]
            yield concept.key, np.stack(rows)

    def _one_by_one(self, ranks: Ranks, concepts: Sequence[Concept]) -> Iterator[Stable]:
        tables = [
            stable_in_options(
                Conflict(self._form, np.ascontiguousarray(ranks[:, :, index], dtype=np.int32)),
                concepts,
                self._conventions,
            )
            for index in range(ranks.shape[2])
        ]
        for concept in concepts:
            yield concept.key, np.stack([table[concept.key] for table in tables], axis=-1)


class _Results:
    """What is kept, for each concept."""

    def __init__(self, concepts: Sequence[Concept], keep: Keep, shape: tuple[int, ...]) -> None:
        self._keep, self._keys, self._lock = keep, [concept.key for concept in concepts], Lock()
        n_rankings, n_dms, n_states = shape
        self._shape = {
            "stable": (n_rankings, n_dms, n_states),
            "equilibria": (n_rankings, n_states),
            "counts": (n_states,),
        }[keep]
        self._dtype = np.dtype(np.int64 if keep == "counts" else np.bool_)
        self.n_bytes = len(concepts) * prod(self._shape) * self._dtype.itemsize

    def allocate(self) -> None:
        self.tables = {key: np.zeros(self._shape, dtype=self._dtype) for key in self._keys}

    def put(self, key: str, first: int, stable: NDArray[np.bool_]) -> None:
        """Keep what a block says; `stable` has the shape (m, n, rankings of the block)."""
        rows = slice(first, first + stable.shape[2])
        if self._keep == "stable":
            self.tables[key][rows] = stable.transpose(2, 0, 1)
        elif self._keep == "equilibria":
            self.tables[key][rows] = stable.all(axis=0).T
        else:
            with self._lock:
                self.tables[key] += stable.all(axis=0).sum(axis=1)
