"""Rankings and stability as clauses over comparisons "a is better than b"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations, permutations

import numpy as np

from detente.conflict import Conflict, search
from detente.stability import Concept

__all__ = ["Encoding", "encode"]

_TRUE = 1
"""A variable that is true."""


@dataclass(slots=True)
class Encoding:
    """Clauses for a MaxSAT solver: literals are whole numbers, negative for "not".

    Parameters
    ----------
    varying : tuple of int
        Indices of the DMs whose rankings may change.
    comparisons : dict of (int, int, int) to int
        Variable of "DM d finds a better than b".
    hard, soft : list of list of int
        Clauses that must hold, and clauses each of which costs 1 if it does not.
    """

    varying: tuple[int, ...]
    comparisons: dict[tuple[int, int, int], int] = field(default_factory=dict)
    hard: list[list[int]] = field(default_factory=lambda: [[_TRUE]])
    soft: list[list[int]] = field(default_factory=list)
    variables: int = _TRUE

    def new(self) -> int:
        """Give a variable that has not been used."""
        self.variables += 1
        return self.variables

    def implies(self, condition: int, literal: int) -> None:
        """Require one literal where another is true."""
        self.hard.append([-condition, literal])


def encode(conflict: Conflict, state: int, concept: Concept, varying: Iterable[int]) -> Encoding:
    """Say in clauses that a state is an equilibrium and that rankings change little.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings.
    state : int
        The state wanted.
    concept : Concept
        Any but the simultaneous ones.
    varying : iterable of int
        Indices of the DMs whose rankings may change.

    Returns
    -------
    Encoding

    Notes
    -----
    For n states and v varying DMs there are about v n³ clauses for the rankings. A credible
    sequence is followed through as many moves as can be needed.

    Examples
    --------
    >>> from detente.stability import concept
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> encoding = encode(prisoners, 3, concept("nash"), [0])
    >>> len(encoding.comparisons), len(encoding.soft)
    (12, 12)
    """
    encoding = Encoding(tuple(varying))
    for dm in encoding.varying:
        _add_ranking(encoding, conflict, dm)
    for dm in range(conflict.n_dms):
        for move in conflict.moves(dm).of(state).tolist():
            clause = [-_better(encoding, conflict, dm, move, state)]
            if concept.sanction != "none" and conflict.n_dms > 1:
                clause += _sanctions(encoding, conflict, _Deviation(dm, state, move), concept)
            encoding.hard.append(clause)
    return encoding


@dataclass(frozen=True, slots=True)
class _Deviation:
    dm: int
    state: int
    move: int


def _better(encoding: Encoding, conflict: Conflict, dm: int, a: int, b: int) -> int:
    """Give the literal of "DM d finds a better than b"."""
    if a == b:
        return -_TRUE
    if dm in encoding.varying:
        return encoding.comparisons[dm, a, b]
    return _TRUE if conflict.ranks[dm, a] > conflict.ranks[dm, b] else -_TRUE


def _add_ranking(encoding: Encoding, conflict: Conflict, dm: int) -> None:
    states = range(conflict.n_states)
    better = {(a, b): encoding.new() for a, b in permutations(states, 2)}
    encoding.comparisons.update({(dm, a, b): v for (a, b), v in better.items()})
    for a, b in combinations(states, 2):
        encoding.hard.append([-better[a, b], -better[b, a]])
    for a, b, c in permutations(states, 3):
        encoding.hard.append([-better[a, c], better[a, b], better[b, c]])
    rank = conflict.ranks[dm]
    encoding.soft.extend(
        [variable] if rank[a] > rank[b] else [-variable] for (a, b), variable in better.items()
    )


def _sanctions(
    encoding: Encoding, conflict: Conflict, leaving: _Deviation, concept: Concept
) -> list[int]:
    """Give literals each of which, if true, means that one answer deters the DM."""
    others = [other for other in range(conflict.n_dms) if other != leaving.dm]
    arcs = [conflict.moves(other) for other in others]
    answers = np.flatnonzero(search(arcs, others, leaving.move).reached).tolist()
    credible: dict[int, list[int]] = {}
    if concept.sanction == "credible":
        credible = _credible(encoding, conflict, leaving.move, others, len(answers))
    deterring = []
    for answer in answers:
        deters = encoding.new()
        encoding.implies(deters, -_better(encoding, conflict, leaving.dm, answer, leaving.state))
        if concept.symmetric:
            for onward in conflict.moves(leaving.dm).of(answer).tolist():
                escape = _better(encoding, conflict, leaving.dm, onward, leaving.state)
                encoding.implies(deters, -escape)
        if concept.sanction == "credible":
            encoding.hard.append([-deters, *credible.get(answer, [])])
        deterring.append(deters)
    return deterring


def _credible(
    encoding: Encoding, conflict: Conflict, start: int, others: list[int], n_answers: int
) -> dict[int, list[int]]:
    """Give for each state literals that imply a sequence of improvements to it.

    A shortest sequence passes no state twice, or at most twice where moves are not transitive:
    the second time with another last mover.
    """
    longest = n_answers if conflict.form.transitive else 2 * n_answers + 2
    moves = {other: conflict.moves(other).pairs().tolist() for other in others}
    found: dict[int, list[int]] = {}
    reached: dict[tuple[int, int], int] = {}
    for depth in range(longest):
        supports: dict[tuple[int, int], list[int]] = {}
        for other in others:
            for source, target in moves[other]:
                improves = _better(encoding, conflict, other, target, source)
                if improves == -_TRUE:
                    continue
                if depth == 0:
                    if source == start:
                        supports.setdefault((target, other), []).append(improves)
                    continue
                before = [v for (s, last), v in reached.items() if s == source and last != other]
                for arrived in before:
                    both = encoding.new()
                    encoding.implies(both, arrived)
                    encoding.implies(both, improves)
                    supports.setdefault((target, other), []).append(both)
        reached = {}
        for key, ways in supports.items():
            reached[key] = encoding.new()
            encoding.hard.append([-reached[key], *ways])
            found.setdefault(key[0], []).append(reached[key])
        if not reached:
            break
    return found
