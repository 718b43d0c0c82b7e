"""Check a case's published results against what the analysis finds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from detente.case.model import PublishedResult
from detente.case.perspectives import Perspectives, perspectives
from detente.stability import Analysis, analyze

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
        seen = f" ({self.result.treatment})" if self.result.treatment else ""
        head = f"line {self.result.place.line}: {self.result.concept}{who}{seen}"
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
    results = model.case.results
    analyses = {
        opponents: analyze(
            model.conflict,
            dict.fromkeys(r.concept for r in results if r.opponents == opponents),
            opponents=opponents,
        )
        for opponents in {result.opponents for result in results}
    }
    seen = perspectives(model.case) if any(result.treatment for result in results) else None
    return tuple(
        _check_seen(seen, result)
        if seen and result.treatment
        else _check(model, result, analyses[result.opponents])
        for result in results
    )


def _check(model: Model, result: PublishedResult, analysis: Analysis) -> ResultCheck:
    published = _published(model, result)
    if result.concept in analysis.not_applicable:
        return ResultCheck(result, published, (), analysis.not_applicable[result.concept])
    if result.dm:
        dm = model.conflict.decision_makers.index(result.dm)
        found = np.flatnonzero(analysis.stable(result.concept)[dm])
    else:
        found = analysis.equilibria(result.concept)
    return ResultCheck(result, published, _ids(model, found))


def _check_seen(seen: Perspectives, result: PublishedResult) -> ResultCheck:
    """Check a result of the conflict as each DM sees it."""
    by_moves = result.treatment == "moves"
    conflict = seen.perceived if by_moves else seen.model.conflict
    analysis = analyze(conflict, [result.concept], opponents=result.opponents)
    if by_moves or result.concept in analysis.not_applicable:
        return _check(seen.model, result, analysis)
    stable = seen.hypergame(result.concept, opponents=result.opponents).stable
    holds = stable[conflict.decision_makers.index(result.dm)] if result.dm else stable.all(axis=0)
    published = _published(seen.model, result)
    return ResultCheck(result, published, _ids(seen.model, np.flatnonzero(holds)))


def _published(model: Model, result: PublishedResult) -> tuple[str, ...]:
    nowhere = np.zeros(model.conflict.n_states, dtype=bool)
    truths = (model.holds(clause.expression) for clause in result.states)
    return _ids(model, np.flatnonzero(reduce(np.logical_or, truths, nowhere)))


def _ids(model: Model, states: NDArray[np.intp]) -> tuple[str, ...]:
    return tuple(model.conflict.state_id(int(state)) for state in states)
