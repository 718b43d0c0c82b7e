"""Check a case's published results against what the analysis finds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from detente.case.model import PublishedResult
from detente.case.perspectives import Perspectives, perspectives
from detente.stability import analyze

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
        If a result is of a perspective that describes no conflict.

    Examples
    --------
    >>> from detente.case import load
    >>> print(*check_results(load("chicken").model()), sep="\n")
    line 47: nash: s2, s3
    line 50: fraser_hipel: s2, s3, s4
    line 54: seq: s2, s3
    """
    results = model.case.results
    seen = perspectives(model.case) if any(result.treatment for result in results) else None
    tables: dict[tuple[str, str, str], NDArray[np.bool_] | str] = {}
    for result in results:
        key = (result.treatment, result.opponents, result.concept)
        if key not in tables:
            tables[key] = _stable(model, seen, result)
    return tuple(
        _check(model, result, tables[result.treatment, result.opponents, result.concept])
        for result in results
    )


def _stable(
    model: Model, seen: Perspectives | None, result: PublishedResult
) -> NDArray[np.bool_] | str:
    """Tell where each DM is stable, shape (m, n), or else why the concept is not defined."""
    conflict = seen.perceived if seen and result.treatment == "moves" else model.conflict
    analysis = analyze(conflict, [result.concept], opponents=result.opponents)
    if result.concept in analysis.not_applicable:
        return analysis.not_applicable[result.concept]
    if seen and result.treatment == "hypergame":
        return seen.hypergame(result.concept, opponents=result.opponents).stable
    return analysis.stable(result.concept)


def _check(model: Model, result: PublishedResult, stable: NDArray[np.bool_] | str) -> ResultCheck:
    nowhere = np.zeros(model.conflict.n_states, dtype=bool)
    truths = (model.holds(clause.expression) for clause in result.states)
    published = _ids(model, np.flatnonzero(reduce(np.logical_or, truths, nowhere)))
    if isinstance(stable, str):
        return ResultCheck(result, published, (), stable)
    dms = model.conflict.decision_makers
    holds = stable[dms.index(result.dm)] if result.dm else stable.all(axis=0)
    return ResultCheck(result, published, _ids(model, np.flatnonzero(holds)))


def _ids(model: Model, states: NDArray[np.intp]) -> tuple[str, ...]:
    return tuple(model.conflict.state_id(int(state)) for state in states)
