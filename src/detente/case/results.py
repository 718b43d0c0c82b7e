"""Check a case's published results against what the analysis finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from detente.case.model import PublishedResult
from detente.case.perspectives import Perspectives, perspectives
from detente.stability import (
    Analysis,
    Opponents,
    PairAnalysis,
    analyze,
    analyze_pairwise,
    on_pairs,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.case.building import Model

__all__ = ["ResultCheck", "check_results"]


@dataclass(frozen=True, slots=True)
class ResultCheck:
    """A published result beside what the analysis finds.

    Parameters
    ----------
    result : PublishedResult
        What was published.
    published, found : tuple of str
        Ids of the states, published and found, in the order of the states.
    not_applicable : str
        Why the concept is not defined on this conflict; empty where it is.
    """

    result: PublishedResult
    published: tuple[str, ...]
    found: tuple[str, ...]
    not_applicable: str = ""

    @property
    def agrees(self) -> bool:
        """Whether exactly the published states were found."""
        return not self.not_applicable and self.published == self.found

    def __str__(self) -> str:
        who = f" for {self.result.dm}" if self.result.dm else ""
        result = self.result
        seen = f" ({result.treatment})" if result.treatment else ""
        head = f"line {result.place.line}: {result.concept}{result.qualified}{who}{seen}"
        if self.not_applicable:
            return f"{head}: not applicable, {self.not_applicable}"
        published, found = (", ".join(ids) or "none" for ids in (self.published, self.found))
        return f"{head}: {published}" + ("" if self.agrees else f" published, {found} found")


def check_results(model: Model) -> tuple[ResultCheck, ...]:
    r"""Check each published result of a case.

    Parameters
    ----------
    model : Model
        The case's conflict.

    Returns
    -------
    tuple of ResultCheck
        In the order of the case.

    Raises
    ------
    ConflictError
        If a result names a concept that does not exist.
    CaseError
        If a result is of the conflict as DMs see it, and one sees none.

    Examples
    --------
    >>> from detente.case import load
    >>> print(*check_results(load("chicken").model()), sep="\n")
    line 47: nash: s2, s3
    line 50: fraser_hipel: s2, s3, s4
    line 54: seq: s2, s3
    """
    of_pairs = _Analyses[PairAnalysis](model, _analyze_pairs)
    of_ranks = _Analyses[Analysis](model, _analyze_ranks)
    results = model.case.results
    seen = perspectives(model.case) if any(result.treatment for result in results) else None
    made = []
    for result in results:
        nowhere = np.zeros(model.conflict.n_states, dtype=bool)
        truths = (model.holds(clause.expression) for clause in result.states)
        published = _ids(model, reduce(np.logical_or, truths, nowhere))
        if seen and result.treatment:
            made.append(_check_seen(seen, result, published))
        elif model.by_pairs or result.extension or result.degree != "general":
            made.append(_check_pairs(model, result, published, of_pairs.of(result)))
        else:
            made.append(_check_ranks(model, result, published, of_ranks.of(result)))
    return tuple(made)


_Found = TypeVar("_Found")


class _Analyses(Generic[_Found]):
    """Analyses of a case by how opponents answer, each made when it is first needed."""

    def __init__(
        self, model: Model, analyze: Callable[[Model, Sequence[str], Opponents], _Found]
    ) -> None:
        self._model = model
        self._analyze = analyze
        self._made: dict[Opponents, _Found] = {}

    def of(self, result: PublishedResult) -> _Found:
        opponents = result.opponents
        if opponents not in self._made:
            results = self._model.case.results
            concepts = dict.fromkeys(r.concept for r in results if r.opponents == opponents)
            self._made[opponents] = self._analyze(self._model, tuple(concepts), opponents)
        return self._made[opponents]


def _analyze_ranks(model: Model, concepts: Sequence[str], opponents: Opponents) -> Analysis:
    return analyze(model.conflict, concepts, opponents=opponents)


def _analyze_pairs(model: Model, concepts: Sequence[str], opponents: Opponents) -> PairAnalysis:
    form, relations = model.conflict.form, model.relations()
    return analyze_pairwise(form, relations, concepts, opponents=opponents)


def _check_ranks(
    model: Model, result: PublishedResult, published: tuple[str, ...], analysis: Analysis
) -> ResultCheck:
    if result.concept in analysis.not_applicable:
        return ResultCheck(result, published, (), analysis.not_applicable[result.concept])
    found = _concerned(model, result, analysis.stable(result.concept))
    return ResultCheck(result, published, _ids(model, found))


def _check_seen(
    seen: Perspectives, result: PublishedResult, published: tuple[str, ...]
) -> ResultCheck:
    """Check a result of the conflict as each DM sees it."""
    by_moves = result.treatment == "moves"
    conflict = seen.perceived if by_moves else seen.model.conflict
    analysis = analyze(conflict, [result.concept], opponents=result.opponents)
    if by_moves or result.concept in analysis.not_applicable:
        return _check_ranks(seen.model, result, published, analysis)
    stable = seen.hypergame(result.concept, opponents=result.opponents).stable
    found = _concerned(seen.model, result, stable)
    return ResultCheck(result, published, _ids(seen.model, found))


def _check_pairs(
    model: Model, result: PublishedResult, published: tuple[str, ...], analysis: PairAnalysis
) -> ResultCheck:
    """Compare with what is found in each extension named, or else in all four together."""
    if reason := on_pairs(result.concept, result.degree):
        return ResultCheck(result, published, (), reason)
    chosen: Sequence[Any] = result.extension or (None,)
    each = [
        _ids(
            model,
            _concerned(model, result, analysis.stable(result.concept, extension, result.degree)),
        )
        for extension in chosen
    ]
    differing = [found for found in each if found != published]
    return ResultCheck(result, published, differing[0] if differing else published)


def _concerned(
    model: Model, result: PublishedResult, stable: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Take the row of the DM that a result is about, or the equilibria."""
    if not result.dm:
        return np.array(stable.all(axis=0))
    row: NDArray[np.bool_] = stable[model.conflict.decision_makers.index(result.dm)]
    return row


def _ids(model: Model, truth: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(model.conflict.state_id(int(state)) for state in np.flatnonzero(truth))
