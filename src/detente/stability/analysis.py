"""Analyse a conflict: which states are stable, for whom, under which concepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from detente.conditions import did_you_mean
from detente.conflict import Conflict, OptionForm
from detente.errors import ConflictError
from detente.stability.concepts import (
    CONCEPTS,
    DEFAULT_CONCEPTS,
    Concept,
    Conventions,
    Opponents,
    distinct,
)
from detente.stability.kernels import Progress, no_progress, stable_in_options
from detente.stability.listed import stable_by_moves
from detente.stability.simultaneous import stable_if_simultaneous

__all__ = ["Analysis", "analyze", "judging"]

Table = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Analysis:
    """The stability of every state, with all that is needed to repeat the analysis.

    Parameters
    ----------
    conflict : Conflict
        What was analysed.
    conventions : Conventions
        How opponents answer, and whether the status quo sanctions.
    tables : mapping of str to ndarray of bool, shape (m, n)
        For each concept where each DM is stable.
    not_applicable : mapping of str to str
        Concepts asked for that are not defined on this conflict, with the reason.
    """

    conflict: Conflict
    conventions: Conventions
    tables: Mapping[str, Table] = field(repr=False)
    not_applicable: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def conflict_hash(self) -> str:
        """Fingerprint of the conflict that was analysed."""
        return self.conflict.hash

    @property
    def concepts(self) -> tuple[str, ...]:
        """Keys of the concepts analysed."""
        return tuple(self.tables)

    def stable(self, concept: str) -> Table:
        """Give where each DM is stable under a concept.

        Parameters
        ----------
        concept : str
            Key of a concept that was analysed.

        Returns
        -------
        ndarray of bool, shape (m, n)

        Raises
        ------
        ConflictError
            If the concept was not analysed or is not applicable.
        """
        if concept in self.not_applicable:
            raise ConflictError(f"{concept} is not applicable: {self.not_applicable[concept]}")
        if concept not in self.tables:
            hint = did_you_mean(str(concept), self.tables)
            raise ConflictError(f"the concept {concept!r} was not analysed{hint}")
        return self.tables[concept]

    def equilibria(self, concept: str | Mapping[str, str]) -> NDArray[np.intp]:
        """List the states that are stable for every DM.

        Parameters
        ----------
        concept : str or mapping of str to str
            Key of a concept; or for each DM's id the key of the concept by which it is judged.

        Returns
        -------
        ndarray of int
            Indices of the equilibria, ascending.

        Raises
        ------
        ConflictError
            If a concept was not analysed, or a DM is missing or unknown.

        Examples
        --------
        >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
        >>> analyze(chicken).equilibria({"dm1": "gmr", "dm2": "nash"})
        array([1, 2])
        """
        if isinstance(concept, str):
            return np.flatnonzero(self.stable(concept).all(axis=0))
        keys = judging(self.conflict.decision_makers, concept)
        rows = [self.stable(key)[dm] for dm, key in enumerate(keys)]
        return np.flatnonzero(np.all(rows, axis=0))

    def _repr_html_(self) -> str:
        rows = []
        for key in self.tables:
            found = self.equilibria(key)
            ids = ", ".join(escape(self.conflict.state_id(int(state))) for state in found[:50])
            more = f" … ({len(found)} in all)" if len(found) > 50 else ""
            rows.append(f"<tr><th>{escape(CONCEPTS[key].title)}</th><td>{ids}{more}</td></tr>")
        return f"<table><caption>Equilibria</caption><tbody>{''.join(rows)}</tbody></table>"


def judging(decision_makers: Sequence[str], concepts: Mapping[str, str]) -> list[str]:
    """Give each DM the concept by which it is judged, in their order.

    Raises
    ------
    ConflictError
        If a DM is missing or unknown.
    """
    for dm in concepts:
        if dm not in decision_makers:
            hint = did_you_mean(dm, decision_makers)
            raise ConflictError(f"there is no decision maker {dm}{hint}")
    missing = [dm for dm in decision_makers if dm not in concepts]
    if missing:
        raise ConflictError(f"no concept is given for {', '.join(missing)}: name one for each")
    return [concepts[dm] for dm in decision_makers]


def analyze(
    conflict: Conflict,
    concepts: Iterable[str] = DEFAULT_CONCEPTS,
    *,
    opponents: Opponents = "legal",
    status_quo_sanctions: bool = True,
    progress: Progress = no_progress,
) -> Analysis:
    """Find which states are stable for each DM under each concept.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    concepts : iterable of str
        Keys out of ``nash gmr smr seq sseq sim fraser_hipel``.
    opponents : {"legal", "once", "single"}
        How several opponents may answer: see `Conventions`.
    status_quo_sanctions : bool
        Whether being brought back to the state left is a sanction: see `Conventions`.
    progress : callable
        Called, from any thread, with a concept's key, a DM's index and where the DM is stable under
        the concept, an ndarray of bool of shape (n,), as soon as that is found.

    Returns
    -------
    Analysis

    Raises
    ------
    ConflictError
        If a concept or convention does not exist.

    Notes
    -----
    Write R_i(s) for the states DM i can move to from s, R⁺_i(s) for those it prefers to s, N−i
    for the other DMs, and s2 ≼ s for "s2 is not better than s for i". State s is stable for i

    - under *nash* iff R⁺_i(s) is empty ([Nash1950][]);
    - under *gmr* iff for every s1 in R⁺_i(s) some s2 in R_{N−i}(s1) has s2 ≼ s ([Howard1971][]);
    - under *smr* iff in addition s3 ≼ s for all s3 in R_i(s2) ([Howard1971][]);
    - under *seq* and *sseq* iff the same holds with R⁺_{N−i}, where each move improves on the state
      it leaves for its mover ([FraserHipel1979][]; [RegoVieira2015][], [RegoVieira2017][]);
    - under *sim* iff every s1 in R⁺_i(s) is sanctioned by others who improve from s at the same
      time ([FraserHipel1984][]);
    - under *fraser_hipel* iff it is nash or seq, or else sim with only those others acting for whom
      s is not seq ([FraserHipel1984][]).

    A state stable for every DM is an equilibrium.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> result = analyze(prisoners, ["nash", "seq"])
    >>> result.equilibria("nash"), result.equilibria("seq")
    (array([0]), array([0, 3]))
    """
    if not isinstance(conflict, Conflict):
        what = type(conflict).__name__
        raise ConflictError(
            f"a Conflict is analysed, not a {what}: a case gives one by .conflict()"
        )
    conventions = Conventions(opponents, status_quo_sanctions)
    wanted = distinct(concepts)
    refused = {}
    if not isinstance(conflict.form, OptionForm):
        refused = {concept.key: _NO_OPTIONS for concept in wanted if concept.needs_options}
    applicable = [concept for concept in wanted if concept.key not in refused]
    tables = _tables(conflict, applicable, conventions, progress)
    for table in tables.values():
        table.flags.writeable = False
    return Analysis(conflict, conventions, MappingProxyType(tables), MappingProxyType(refused))


_NO_OPTIONS = (
    "simultaneous moves are defined between options, and this conflict is given by its states and "
    "moves, or has coalesced states"
)


def _tables(
    conflict: Conflict, concepts: Sequence[Concept], conventions: Conventions, progress: Progress
) -> dict[str, Table]:
    """Fill the tables of the concepts, in their order."""
    one_by_one = [concept for concept in concepts if not concept.needs_options]
    sequential = CONCEPTS["seq"]
    if CONCEPTS["fraser_hipel"] in concepts and sequential not in one_by_one:
        one_by_one.append(sequential)
    form = conflict.form
    if isinstance(form, OptionForm):
        tables = stable_in_options(conflict, one_by_one, conventions, progress=progress)
    else:
        tables = {}
        for concept in one_by_one:
            rows = (
                stable_by_moves(form.arcs, conflict.ranks, dm, concept, conventions)
                for dm in range(form.n_dms)
            )
            tables[concept.key] = _filled(concept.key, rows, progress)
    for concept in concepts:
        if concept.key == "sim":
            everybody = np.ones_like(conflict.ranks, dtype=bool)
            tables["sim"] = _filled("sim", _simultaneous(conflict, everybody), progress)
        elif concept.key == "fraser_hipel":
            seq = tables["seq"]
            others = _simultaneous(conflict, ~seq)
            rows = (row | other for row, other in zip(seq, others, strict=True))
            tables["fraser_hipel"] = _filled("fraser_hipel", rows, progress)
    return {concept.key: tables[concept.key] for concept in concepts}


def _simultaneous(conflict: Conflict, movers: Table) -> Iterator[Table]:
    assert isinstance(conflict.form, OptionForm)  # noqa: S101 - analyze() has told them apart
    for dm in range(conflict.n_dms):
        yield stable_if_simultaneous(conflict.form, conflict.ranks, dm, movers)


def _filled(concept: str, rows: Iterable[Table], progress: Progress) -> Table:
    """Fill the table of a concept, DM by DM."""
    filled = []
    for dm, row in enumerate(rows):
        filled.append(row)
        progress(concept, dm, row)
    return np.stack(filled)
