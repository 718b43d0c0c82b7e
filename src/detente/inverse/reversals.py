"""Fewest reversals of preference that make a state an equilibrium, found by a solver.

Needs PySAT (a MaxSAT solver): ``pip install detente[inverse]``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Conflict
from detente.conflict.preferences import as_ranks
from detente.errors import ConflictError, DetenteError, SizeError
from detente.inverse.encoding import Encoding, encode
from detente.inverse.requirements import as_state
from detente.stability import sequential

__all__ = ["MAX_STATES", "PairChange", "Proposal", "Reversals", "fewest_reversals"]

MAX_STATES = 40
"""Most states of which whole rankings are handed to the solver."""

Relation = Literal["better", "equal", "worse"]


@dataclass(frozen=True, slots=True)
class PairChange:
    """How one DM would have to compare two states differently.

    Parameters
    ----------
    dm : int
        Whose comparison.
    first, second : int
        The states.
    before, after : {"better", "equal", "worse"}
        What the first is in comparison with the second.
    """

    dm: int
    first: int
    second: int
    before: Relation
    after: Relation


@dataclass(frozen=True, eq=False)
class Proposal:
    """Rankings under which the state is an equilibrium.

    Parameters
    ----------
    ranks : ndarray of int32, shape (m, n)
        Of all DMs; higher is better.
    changes : tuple of PairChange
        All pairs that are compared differently.
    """

    ranks: NDArray[np.int32] = field(repr=False)
    changes: tuple[PairChange, ...]


@dataclass(frozen=True, eq=False)
class Reversals:
    """The smallest changes of preference that make a state an equilibrium.

    Parameters
    ----------
    state : int
        The state wanted.
    concept : str
        Key of the concept.
    distance : Fraction or None
        Number of reversed pairs, a pair that becomes a tie or stops being one counting one half;
        None if no rankings of the DMs that may change do it.
    proposals : tuple of Proposal
        Rankings at that distance.
    complete : bool
        Whether these are all of them.
    """

    state: int
    concept: str
    distance: Fraction | None
    proposals: tuple[Proposal, ...]
    complete: bool


def fewest_reversals(
    conflict: Conflict,
    state: int,
    concept: str = "seq",
    *,
    vary: Iterable[int] | None = None,
    limit: int = 20,
) -> Reversals:
    """Find the smallest change of rankings that makes a state an equilibrium.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    state : int
        The state wanted.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        The concept.
    vary : iterable of int, optional
        Indices of the DMs whose rankings may change; by default all.
    limit : int
        Most proposals listed.

    Returns
    -------
    Reversals

    Raises
    ------
    ConflictError
        If a state, DM or concept does not exist.
    SizeError
        If there are more than `MAX_STATES` states.
    DetenteError
        If PySAT is not installed.

    Notes
    -----
    The distance is Kendall's tau with ties at one half ([KemenySnell1962][];
    [FaginKumarMahdianSivakumarVee2006][]). Each comparison "a is better than b" becomes a Boolean,
    rankings being the relations in which a better than c implies a better than b or b better than
    c. Stability becomes clauses on them; under SEQ and SSEQ sanctioning sequences are followed move
    by move, so the opponents' rankings may change in order to make a sanction credible. A MaxSAT
    solver then minimises the number of changes: the answer is exact. The question is that of
    inverse GMCR ([KinsaraKilgourHipel2015][]).

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> found = fewest_reversals(prisoners, 3, "nash")
    >>> found.distance, found.complete
    (Fraction(1, 1), True)
    >>> found.proposals[0].changes[0]
    PairChange(dm=0, first=2, second=3, before='better', after='equal')
    """
    as_state(conflict, state)
    meant = sequential(concept)
    varying = sorted(set(range(conflict.n_dms) if vary is None else vary))
    for dm in varying:
        if not 0 <= dm < conflict.n_dms:
            message = f"there is no decision maker {dm}: they are 0 to {conflict.n_dms - 1}"
            raise ConflictError(message)
    if conflict.n_states > MAX_STATES:
        message = (
            f"rankings of {conflict.n_states} states are too long for the solver: at most "
            f"{MAX_STATES} are handled. Ask for the fewest edits of statements, or for offers"
        )
        raise SizeError(message)
    encoding = encode(conflict, state, meant, varying)
    with _solver(encoding) as solver:
        proposals: list[Proposal] = []
        best: int | None = None
        while len(proposals) <= limit and (model := solver.compute()) is not None:
            if best is not None and solver.cost > best:
                break
            best = solver.cost
            true = {literal for literal in model if literal > 0}
            proposals.append(_proposal(conflict, encoding, true))
            if not encoding.comparisons:
                break
            solver.add_clause([-v if v in true else v for v in encoding.comparisons.values()])
    distance = None if best is None else Fraction(best, 2)
    complete = len(proposals) <= limit
    return Reversals(state, concept, distance, tuple(proposals[:limit]), complete)


def _solver(encoding: Encoding) -> Any:  # noqa: ANN401 - PySAT has no types
    try:
        from pysat.examples.rc2 import RC2
        from pysat.formula import WCNF
    except ImportError:
        message = "this needs PySAT: install it with  pip install 'detente[inverse]'"
        raise DetenteError(message) from None
    formula = WCNF()
    formula.extend(encoding.hard)
    formula.extend(encoding.soft, weights=[1] * len(encoding.soft))
    return RC2(formula)


def _proposal(conflict: Conflict, encoding: Encoding, true: set[int]) -> Proposal:
    n_states = conflict.n_states
    rows = list(conflict.ranks)
    for dm in encoding.varying:
        # A state ranks by how many others it is better than.
        wins = np.zeros(n_states, dtype=np.int64)
        for (whose, better, _), variable in encoding.comparisons.items():
            wins[better] += whose == dm and variable in true
        rows[dm] = np.unique(wins, return_inverse=True)[1].reshape(-1)
    ranks = as_ranks(np.stack(rows), conflict.n_dms, n_states)
    changes = tuple(
        PairChange(dm, a, b, before, after)
        for dm in encoding.varying
        for a in range(n_states)
        for b in range(a + 1, n_states)
        if (before := _relation(conflict.ranks[dm], a, b)) != (after := _relation(ranks[dm], a, b))
    )
    return Proposal(ranks, changes)


def _relation(rank: NDArray[np.int32], a: int, b: int) -> Relation:
    if rank[a] == rank[b]:
        return "equal"
    return "better" if rank[a] > rank[b] else "worse"
