"""The product space of what is uncertain: count it, enumerate it, draw from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import ConflictError

__all__ = ["UNIT", "Factor", "Space"]

UNIT = 1024
"""Readings in a unit: each unit is drawn from a seed of its own."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing uncertain, as a choice among answers.

    Parameters
    ----------
    id : str
        What it is called.
    size : int
        Number of answers.
    base : int
        The answer that is taken unless another is said.
    probabilities : tuple of Fraction or None
        Probability of each answer; None if each counts alike.
    continuous : bool
        Whether the answers stand for a continuum: they can be drawn, but not enumerated.
    """

    id: str
    size: int
    base: int = 0
    probabilities: tuple[Fraction, ...] | None = None
    continuous: bool = False

    def __post_init__(self) -> None:
        if self.size < 1 or not 0 <= self.base < self.size:
            message = f"{self.id} has {self.size} answers, of which {self.base} is the base"
            raise ConflictError(message)
        if self.probabilities is not None and (
            len(self.probabilities) != self.size
            or sum(self.probabilities) != 1
            or min(self.probabilities) < 0
        ):
            message = f"{self.id} needs {self.size} probabilities that add up to 1"
            raise ConflictError(message)

    @property
    def weights(self) -> tuple[int, ...]:
        """Whole numbers in proportion to the answers' probabilities."""
        if self.probabilities is None:
            return (1,) * self.size
        common = lcm(*(share.denominator for share in self.probabilities))
        return tuple(int(share * common) for share in self.probabilities)

    @property
    def possible(self) -> tuple[int, ...]:
        """Answers that are not ruled out by a probability of 0."""
        return tuple(answer for answer, weight in enumerate(self.weights) if weight)


@dataclass(frozen=True)
class Space:
    """All combinations of answers; one combination is a reading.

    Parameters
    ----------
    factors : tuple of Factor
        What is uncertain; their answers are independent.

    Notes
    -----
    A reading counts as a combination of answers, also where two combinations come to the same.
    Readings are numbered as the digits of a number count up: the last factor changes fastest.

    Examples
    --------
    >>> space = Space((Factor("a", 2), Factor("b", 3)))
    >>> space.size
    6
    >>> space.choices(np.array([0, 1, 5])).tolist()
    [[0, 0], [0, 1], [1, 2]]
    """

    factors: tuple[Factor, ...]

    @cached_property
    def size(self) -> int:
        """Number of readings, exactly."""
        return prod(factor.size for factor in self.factors)

    @property
    def enumerable(self) -> bool:
        """Whether the readings can be listed one by one: nothing stands for a continuum."""
        return not any(factor.continuous for factor in self.factors)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of answers of each factor."""
        return tuple(factor.size for factor in self.factors)

    @property
    def base(self) -> tuple[int, ...]:
        """Answers that are taken unless others are said."""
        return tuple(factor.base for factor in self.factors)

    @property
    def weighted(self) -> bool:
        """Whether some answers have probabilities."""
        return any(factor.probabilities is not None for factor in self.factors)

    @property
    def weight(self) -> int:
        """Sum of the weights of all readings."""
        return prod(sum(factor.weights) for factor in self.factors)

    @property
    def exact(self) -> type[np.int64] | type[object]:
        """Type of array that holds sums of weights exactly: machine numbers where they suffice."""
        return np.int64 if self.weight < 1 << 62 else object

    def weights(self, choices: NDArray[np.int64]) -> NDArray[Any]:
        """Give whole numbers in proportion to the probabilities of readings.

        Parameters
        ----------
        choices : ndarray of int64, shape (b, number of factors)
            Their answers.

        Returns
        -------
        ndarray of `exact`, shape (b,)
            All readings' add up to `weight`.

        Examples
        --------
        >>> space = Space((Factor("a", 2, probabilities=(Fraction(1, 3), Fraction(2, 3))),))
        >>> space.weights(np.array([[0], [1]])).tolist()
        [1, 2]
        """
        product = np.ones(len(choices), dtype=self.exact)
        for position, factor in enumerate(self.factors):
            if factor.probabilities is not None:
                product *= np.array(factor.weights, dtype=self.exact)[choices[:, position]]
        return product

    def possible(self, choices: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which readings are not ruled out by a probability of 0, shape (b,)."""
        possible: NDArray[np.bool_] = self.weights(choices) > 0
        return possible

    def index(self, choices: Sequence[int]) -> int:
        """Give the number of the reading with some answers."""
        number = 0
        for factor, choice in zip(self.factors, choices, strict=True):
            number = number * factor.size + choice
        return number

    def choices(self, numbers: NDArray[np.integer]) -> NDArray[np.int64]:
        """Give the answers of readings.

        Parameters
        ----------
        numbers : ndarray of int, shape (B,)
            Their numbers, from 0.

        Returns
        -------
        ndarray of int64, shape (B, number of factors)

        Raises
        ------
        ConflictError
            If the readings are too many to be numbered.
        """
        if self.size > 1 << 62:
            raise ConflictError(f"{self.size:.3g} readings are too many to number: draw them")
        left = np.asarray(numbers, dtype=np.int64)
        columns = np.empty((len(left), len(self.factors)), dtype=np.int64, order="F")
        for position in range(len(self.factors) - 1, -1, -1):
            left, columns[:, position] = np.divmod(left, self.factors[position].size)
        return columns

    def draw(self, seed: int, unit: int) -> NDArray[np.int64]:
        """Draw one unit of readings, by the probabilities of their answers.

        Parameters
        ----------
        seed : int
            From 0 up.
        unit : int
            Which unit, from 0: each has a stream of random numbers of its own, so that it does not
            matter who draws which unit, or in what order.

        Returns
        -------
        ndarray of int64, shape (UNIT, number of factors)

        Examples
        --------
        >>> space = Space((Factor("a", 2), Factor("b", 3)))
        >>> bool((space.draw(7, 3) == space.draw(7, 3)).all())
        True
        """
        random = np.random.Generator(
            np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(unit,)))
        )
        columns = np.empty((UNIT, len(self.factors)), dtype=np.int64, order="F")
        for position, factor in enumerate(self.factors):
            if factor.probabilities is None:
                columns[:, position] = random.integers(factor.size, size=UNIT)
            else:
                upper = np.cumsum([float(share) for share in factor.probabilities])
                upper[np.flatnonzero(factor.weights)[-1] :] = np.inf
                columns[:, position] = np.searchsorted(upper, random.random(UNIT), side="right")
        return columns
