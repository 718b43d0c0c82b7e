"""Counts over readings that come in blocks, in any order."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from detente.claims.hinges import Hinge, hinge
from detente.claims.intervals import clopper_pearson
from detente.readings import Space

__all__ = ["Tally"]

_PARTS = 10
_MOST_ANSWERS = 64


class Tally:
    """Counts in how many readings each claim holds, and in how many given each answer.

    Parameters
    ----------
    space : Space
        Of the readings.
    n_claims : int
        Number of claims.

    Notes
    -----
    The counts are whole numbers: they do not depend on the order of the blocks. Of an uncertainty
    with more than 64 answers ten parts are told apart.

    Examples
    --------
    >>> from detente.readings import Factor
    >>> tally = Tally(Space((Factor("a", 2),)), 1)
    >>> tally.add(np.array([[0], [1]]), np.array([[True], [False]]))
    >>> tally.share(0), tally.hinges(0)[0].effect
    (Fraction(1, 2), Fraction(1, 1))
    """

    def __init__(self, space: Space, n_claims: int) -> None:
        self.counted = 0
        self._space = space
        self.true = np.zeros(n_claims, dtype=np.int64)
        sizes = [f.size if f.size <= _MOST_ANSWERS else _PARTS for f in space.factors]
        self._met = [np.zeros(size, dtype=np.int64) for size in sizes]
        self._true = [np.zeros((n_claims, size), dtype=np.int64) for size in sizes]

    def add(self, choices: NDArray[np.int64], truths: NDArray[np.bool_]) -> None:
        """Count some more readings.

        Parameters
        ----------
        choices : ndarray of int64, shape (b, number of factors)
            Their answers.
        truths : ndarray of bool, shape (b, number of claims)
            Where each claim holds.
        """
        self.counted += len(choices)
        self.true += truths.sum(axis=0)
        for position, factor in enumerate(self._space.factors):
            answers, size = choices[:, position], len(self._met[position])
            if size < factor.size:
                answers = answers * size // factor.size
            self._met[position] += np.bincount(answers, minlength=size)
            for claim, truth in enumerate(truths.T):
                self._true[position][claim] += np.bincount(answers[truth], minlength=size)

    def merge(self, other: Tally) -> None:
        """Count what another tally over the same space and claims has counted, too."""
        self.counted += other.counted
        self.true += other.true
        for position, met in enumerate(other._met):
            self._met[position] += met
            self._true[position] += other._true[position]

    def share(self, claim: int) -> Fraction:
        """Give the share of the readings counted in which a claim holds."""
        return Fraction(int(self.true[claim]), max(1, self.counted))

    def hinges(self, claim: int) -> tuple[Hinge, ...]:
        """Estimate how a claim's share hinges on each uncertainty, from the readings counted."""
        found = []
        for position, met in enumerate(self._met):
            shares = tuple(
                Fraction(int(t), int(m)) if m else None
                for t, m in zip(self._true[position][claim], met, strict=True)
            )
            chances = [Fraction(int(m), max(1, self.counted)) for m in met]
            made = hinge(position, self.share(claim), shares, chances, None)
            found.append(replace(made, clear=self._clear(claim, position)))
        return tuple(found)

    def _clear(self, claim: int, position: int) -> bool:
        """Tell whether the shares given two answers differ by more than their intervals."""
        met, true = self._met[position], self._true[position][claim]
        bounds = [clopper_pearson(int(t), int(m)) for t, m in zip(true, met, strict=True) if m]
        return max(low for low, _ in bounds) > min(high for _, high in bounds)
