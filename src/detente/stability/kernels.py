"""Which code does the work for a conflict in option form, and the memory that it takes."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.conflict import OptionForm, require_memory
from detente.stability.fibres import Grid, fibres_of
from detente.stability.implicit import stable_in_fibres
from detente.stability.ladders import VectorImprovements, ladders_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.conflict import Conflict
    from detente.stability.concepts import Concept, Conventions
    from detente.stability.fibres import Fibres
    from detente.stability.implicit import Answers

__all__ = ["Kernel", "Progress", "memory_needed", "no_progress", "quicker", "stable_in_options"]

Kernel = Literal["numpy", "compiled"]
"""The code that follows improvements: array operations, or compiled loops (the extra `fast`)."""

Progress: TypeAlias = Callable[[str, int, NDArray[np.bool_]], None]
"""Called, from any thread, as soon as it is found where a DM is stable under a concept: with the
concept's key, the DM's index, and the row of the table."""

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class _Run(Protocol):
    def __call__(
        self, function: Callable[[_Task], _Result], tasks: Iterable[_Task], /
    ) -> list[_Result]: ...


_PAYS = 1 << 24
"""States times pairs of DMs from which compiled loops repay the start of the compiler."""

_THREADS_PAY = 1 << 16
"""States from which several threads repay their start."""


def no_progress(_concept: str, _dm: int, _row: NDArray[np.bool_]) -> None:
    """Tell nobody."""


def stable_in_options(
    conflict: Conflict,
    concepts: Sequence[Concept],
    conventions: Conventions,
    kernel: Kernel | None = None,
    progress: Progress = no_progress,
) -> dict[str, NDArray[np.bool_]]:
    """Tell where each DM of a conflict in option form is stable under each concept.

    Parameters
    ----------
    conflict : Conflict
        Its form is an option form.
    concepts : sequence of Concept
        Any but the simultaneous ones.
    conventions : Conventions
        How opponents answer. That the status quo sanctions makes no difference in option form.
    kernel : {"numpy", "compiled"}, optional
        Which code to use; by default what is quicker. The result is the same.
    progress : callable
        See `Progress`.

    Returns
    -------
    dict of str to ndarray of bool, shape (m, n)
        For each concept's key where each DM is stable.

    Raises
    ------
    SizeError
        If the work does not fit in memory.
    """
    form, ranks = conflict.form, conflict.ranks
    assert isinstance(form, OptionForm)  # noqa: S101 - analyze() has told the forms apart
    credible = any(concept.sanction == "credible" for concept in concepts) and form.n_dms > 1
    kernel = kernel or quicker(form)
    n_bytes = memory_needed(form, concepts, kernel)
    require_memory(n_bytes, f"the analysis of {form.n_states:,} states by {form.n_dms} DMs")
    dms = range(form.n_dms)
    with _workers(form.n_states) as run:
        moves = run(lambda dm: fibres_of(form, dm), dms)
        improvements: list[Answers] = []
        if credible:
            improvements = run(
                lambda dm: _improvements(form, dm, moves[dm], ranks[dm], kernel), dms
            )
        finish = _finish(form, moves, ranks) if credible and kernel == "compiled" else None
        tables = {c.key: np.empty((form.n_dms, form.n_states), dtype=bool) for c in concepts}

        def judge(task: tuple[int, Concept]) -> None:
            dm, concept = task
            answers = improvements if concept.sanction == "credible" else moves
            others = [answers[other] for other in dms if other != dm]
            tables[concept.key][dm] = stable_in_fibres(
                ranks[dm],
                moves[dm],
                others,
                concept,
                conventions.opponents,
                partial(finish, dm) if finish and concept.sanction == "credible" else None,
            )
            progress(concept.key, dm, tables[concept.key][dm])

        run(judge, [(dm, concept) for concept in reversed(concepts) for dm in dms])
    return tables


def memory_needed(form: OptionForm, concepts: Sequence[Concept], kernel: Kernel) -> int:
    """Estimate the peak of the memory that `stable_in_options` allocates, in bytes."""
    n_dms, dense = form.n_dms, isinstance(fibres_of(form, 0), Grid)
    kept = 0.0 if dense else 24.0 * n_dms
    sorting = 0.0
    if n_dms > 1 and any(concept.sanction == "credible" for concept in concepts):
        for dm in range(n_dms):
            own = [option for option in form.options if option.dm == dm]
            directed = [option for option in own if option.one_way is not None]
            # Each level occurs with those behind it: 1.5 times on average for a yes/no option.
            copies = math.prod((len(option.levels) + 1) / 2 for option in directed)
            size = math.prod(len(option.levels) for option in own)
            if kernel == "compiled" and dense and not directed:
                kept += 1 if size <= 128 else 2 if size <= 1 << 15 else 4
            else:
                kept += copies * (6 if kernel == "compiled" else 10)
                sorting = max(sorting, 34 * copies + 16)
    sorting *= min(n_threads(), n_dms)
    judging = 20 * n_threads() + n_dms * len(concepts)
    return int((kept + max(sorting, judging)) * form.n_states) + (1 << 20)


def n_threads() -> int:
    """Give the number of threads to use: the processors there are, or OMP_NUM_THREADS if fewer.

    Workers of a sweep share the processors among themselves; they and Dask's set it to 1.
    """
    bound = os.environ.get("OMP_NUM_THREADS", "")
    if hasattr(os, "sched_getaffinity"):
        processors = len(os.sched_getaffinity(0))
    else:
        processors = os.cpu_count() or 1
    return max(1, min(processors, int(bound))) if bound.isdecimal() else processors


def quicker(form: OptionForm) -> Kernel:
    """Tell which kernel is quicker for a form, of those that are installed."""
    pays = form.n_states * form.n_dms * (form.n_dms - 1) >= _PAYS
    return "compiled" if pays and find_spec("numba") is not None else "numpy"


def _improvements(
    form: OptionForm, dm: int, fibres: Fibres, rank: NDArray[np.int32], kernel: Kernel
) -> Answers:
    if kernel == "numpy":
        return VectorImprovements(ladders_of(form, dm, fibres, rank))
    from detente.stability import compiled

    if isinstance(fibres, Grid) and not any(option.one_way for option in fibres.own):
        return compiled.GridImprovements(fibres, np.ascontiguousarray(rank))
    return compiled.LadderImprovements(ladders_of(form, dm, fibres, rank))


def _finish(
    form: OptionForm, moves: Sequence[Fibres], ranks: NDArray[np.int32]
) -> Callable[[int, NDArray[Any]], bool]:
    from detente.stability import compiled

    return compiled.Labelling(lambda dm: ladders_of(form, dm, moves[dm], ranks[dm]), ranks).finish


@contextmanager
def _workers(n_states: int) -> Iterator[_Run]:
    """Run tasks on all processors if there is enough to do, else one after the other."""
    if n_states < _THREADS_PAY or n_threads() == 1:
        yield lambda function, tasks: [function(task) for task in tasks]
        return
    with ThreadPoolExecutor(n_threads()) as pool:
        yield lambda function, tasks: list(pool.map(function, tasks))
