"""Counts over readings that come in blocks, in any order."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.claims.hinges import Hinge, hinge
from detente.claims.intervals import clopper_pearson
from detente.readings import Space, distinct_rows

__all__ = ["Tally"]

_PARTS = 10
_MOST_ANSWERS = 64
_DIGIT = 32
"""Bits of weights that are added up at a time: floats hold sums of 2^20 such numbers exactly."""


class Tally:
    """Adds up in how many readings each claim holds, and in how many given each answer.

    Parameters
    ----------
    space : Space
        Of the readings.
    n_claims : int
        Number of claims.
    exact : bool
        Whether the readings are listed, each once, and so weigh what they are probable. Otherwise
        they are drawn: the probable ones come more often, and each counts as one.

    Attributes
    ----------
    counted : int
        Number of readings.
    possible : int
        Number of those that are not ruled out by a probability of 0.
    true : ndarray of int64, shape (number of claims,)
        In how many of the possible ones each claim holds.

    Notes
    -----
    Counts and weights are whole numbers: they do not depend on the order of the blocks. Of an
    uncertainty with more than 64 answers ten parts are told apart.

    Examples
    --------
    >>> from detente.readings import Factor
    >>> tally = Tally(Space((Factor("a", 2),)), 1)
    >>> tally.add(np.array([[0], [1]]), np.array([[True], [False]]))
    >>> tally.share(0), tally.hinges(0)[0].effect
    (Fraction(1, 2), Fraction(1, 1))
    """

    def __init__(self, space: Space, n_claims: int, *, exact: bool = False) -> None:
        self.counted = 0
        self.possible = 0
        self.true = np.zeros(n_claims, dtype=np.int64)
        self._space, self._exact = space, exact
        dtype = space.exact if exact else np.int64
        sizes = [f.size if f.size <= _MOST_ANSWERS else _PARTS for f in space.factors]
        self._all: int = 0
        self._share = np.zeros(n_claims, dtype=dtype)
        self._met = [np.zeros(size, dtype=dtype) for size in sizes]
        self._true = [np.zeros((n_claims, size), dtype=dtype) for size in sizes]

    def add(self, choices: NDArray[np.int64], truths: NDArray[np.bool_]) -> None:
        """Count some more readings.

        Parameters
        ----------
        choices : ndarray of int64, shape (b, number of factors)
            Their answers; b is at most 2^20.
        truths : ndarray of bool, shape (b, number of claims)
            Where each claim holds.
        """
        self.counted += len(choices)
        weights = None
        if self._exact and self._space.weighted:
            weights = self._space.weights(choices)
            possible = weights > 0
            choices, truths, weights = choices[possible], truths[possible], weights[possible]
        self.possible += len(choices)
        # The claims come true in few patterns: readings are counted by pattern, not claim by claim.
        first, pattern_of = distinct_rows(truths)
        patterns = truths[first].astype(self._share.dtype)
        self.true += _sums(pattern_of, len(first), None) @ patterns.astype(np.int64)
        whole = _sums(pattern_of, len(first), weights)
        self._all += int(whole.sum())
        self._share += whole @ patterns
        for position, factor in enumerate(self._space.factors):
            answers, size = choices[:, position], len(self._met[position])
            if size < factor.size:
                answers = answers * size // factor.size
            cells = _sums(answers * len(first) + pattern_of, size * len(first), weights)
            counts = cells.reshape(size, len(first))
            self._met[position] += counts.sum(axis=1)
            self._true[position] += (counts @ patterns).T

    def merge(self, other: Tally) -> None:
        """Count what another tally over the same space and claims has counted, too."""
        self.counted += other.counted
        self.possible += other.possible
        self.true += other.true
        self._all += other._all
        self._share += other._share
        for position, met in enumerate(other._met):
            self._met[position] += met
            self._true[position] += other._true[position]

    def share(self, claim: int) -> Fraction:
        """Give the share of the readings counted in which a claim holds."""
        return Fraction(int(self._share[claim]), max(1, self._all))

    def hinges(self, claim: int) -> tuple[Hinge, ...]:
        """Tell how a claim's share hinges on each uncertainty, over the readings counted.

        Of drawn readings this is an estimate, as it is of listed ones as long as some are missing.
        """
        found = []
        for position, met in enumerate(self._met):
            shares = tuple(
                Fraction(int(t), int(m)) if m else None
                for t, m in zip(self._true[position][claim], met, strict=True)
            )
            chances = [Fraction(int(m), max(1, self._all)) for m in met]
            made = hinge(position, self.share(claim), shares, chances, None)
            found.append(replace(made, clear=self._exact or self._clear(claim, position)))
        return tuple(found)

    def _clear(self, claim: int, position: int) -> bool:
        """Tell whether the shares given two answers differ by more than their intervals.

        All the intervals of a claim together hold at the level of 95 %.
        """
        met, true = self._met[position], self._true[position][claim]
        level = 1 - 0.05 / sum(map(len, self._met))
        bounds = [
            clopper_pearson(int(t), int(m), level) for t, m in zip(true, met, strict=True) if m
        ]
        return max(low for low, _ in bounds) > min(high for _, high in bounds)


def _sums(cells: NDArray[np.int64], n_cells: int, weights: NDArray[Any] | None) -> NDArray[Any]:
    """Add up the weights of the readings in each cell, exactly; without weights, count them."""
    if weights is None:
        return np.bincount(cells, minlength=n_cells)
    total = np.zeros(n_cells, dtype=weights.dtype)
    shift = 0
    while weights.any():
        digit = (weights & ((1 << _DIGIT) - 1)).astype(np.float64)
        sums = np.bincount(cells, digit, minlength=n_cells).astype(np.int64)
        total += sums.astype(weights.dtype) << shift
        weights, shift = weights >> _DIGIT, shift + _DIGIT
    return total
