"""What a verdict hinges on: exact shares, pivotal uncertainties, and the fewest changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from detente.readings import Space

__all__ = ["Hinge", "Pair", "Turn", "hinges", "share", "turns"]

_MOST_TURNS = 100

Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hinge:
    """How a verdict hinges on one uncertainty.

    Parameters
    ----------
    factor : int
        Which one.
    shares : tuple of Fraction or None
        Share of the readings in which the claim holds, given each answer; None for an answer that
        was never met.
    effect : Fraction
        By how much its answer moves the share: the greatest of `shares` less the least.
    swing : Fraction or None
        Share of the readings in which another answer to it alone, not of probability 0, would turn
        the claim; None if not known. It is pivotal iff this is positive.
    settles : Fraction
        Probability that finding it out settles the claim: that the answer is one with the share 0
        or 1.
    value : Fraction
        By how much finding it out lowers the risk of judging the claim wrongly.
    clear : bool
        Whether the effect is more than the noise of a sample; always so where it is exact.
    """

    factor: int
    shares: tuple[Fraction | None, ...]
    effect: Fraction
    swing: Fraction | None
    settles: Fraction
    value: Fraction
    clear: bool = True

    @property
    def pivotal(self) -> bool:
        """Whether an answer to it alone turns the claim in some reading, as far as is known."""
        return self.effect > 0 and self.clear if self.swing is None else self.swing > 0


@dataclass(frozen=True, slots=True)
class Pair:
    """How far two uncertainties together move the share of a claim."""

    factors: tuple[int, int]
    effect: Fraction


@dataclass(frozen=True, slots=True)
class Turn:
    """Changes of answers, by factor, that turn a claim's truth in the base reading."""

    answers: tuple[tuple[int, int], ...]


def share(space: Space, truth: Truth) -> Fraction:
    """Give the share of readings in which a claim holds, by their probabilities.

    Parameters
    ----------
    space : Space
    truth : ndarray of bool, shape (space.size,)
        Truth of the claim in every reading, in their order.

    Returns
    -------
    Fraction
        Exact.

    Examples
    --------
    >>> from detente.readings import Factor
    >>> space = Space((Factor("a", 2, probabilities=(Fraction(1, 3), Fraction(2, 3))),))
    >>> share(space, np.array([True, False]))
    Fraction(1, 3)
    """
    return Fraction(int(_summed(space, truth, ())[()]), space.weight)


def _summed(space: Space, truth: Truth, kept: Sequence[int]) -> NDArray[np.object_]:
    """Add up the weights of the true readings over all factors but those kept."""
    table = truth.reshape(space.sizes).astype(space.exact)
    for axis in range(len(space.factors) - 1, -1, -1):
        weights = np.array(space.factors[axis].weights, dtype=space.exact)
        if axis not in kept:
            table = np.tensordot(table, weights, axes=([axis], [0]))
        else:
            shape = [1] * table.ndim
            shape[axis] = len(weights)
            table = table * weights.reshape(shape)
    return np.asarray(table, dtype=object)


def _chances(space: Space, factor: int) -> tuple[Fraction, ...]:
    weights = space.factors[factor].weights
    return tuple(Fraction(weight, sum(weights)) for weight in weights)


def hinges(space: Space, truth: Truth) -> tuple[tuple[Hinge, ...], tuple[Pair, ...]]:
    """Find how the share of a claim hinges on each uncertainty, and on each two together.

    Parameters
    ----------
    space : Space
    truth : ndarray of bool, shape (space.size,)
        Truth of the claim in every reading, in their order.

    Returns
    -------
    hinges : tuple of Hinge
        One for each factor, in order.
    pairs : tuple of Pair
        Those two of which together move the share further than either alone, furthest first.

    Notes
    -----
    Let p be the share and p_a the share given answer a, which has the probability w_a. Who judges
    by the share alone and takes the likelier side is wrong with probability min(p, 1 − p). Finding
    the answer out lowers this to Σ w_a min(p_a, 1 − p_a); the difference is the value of finding it
    out. The definition is ours: the expected value of information ([Howard1966][]) where a wrong
    verdict costs 1 and a right one nothing.
    """
    whole = share(space, truth)
    grid = truth.reshape(space.sizes)
    found = []
    for factor in range(len(space.factors)):
        chances = _chances(space, factor)
        sums = _summed(space, truth, (factor,))
        shares = tuple(
            Fraction(int(part), space.weight) / chance if chance else None
            for part, chance in zip(sums, chances, strict=True)
        )
        held = np.take(grid, space.factors[factor].possible, axis=factor)
        swung = held.any(axis=factor, keepdims=True) & ~held.all(axis=factor, keepdims=True)
        swing = share(space, np.broadcast_to(swung, grid.shape).reshape(-1))
        found.append(hinge(factor, whole, shares, chances, swing))
    pairs = []
    for first, second in combinations(range(len(space.factors)), 2):
        if found[first].pivotal and found[second].pivotal:
            pair = _pair(space, truth, first, second)
            if pair.effect > max(found[first].effect, found[second].effect):
                pairs.append(pair)
    return tuple(found), tuple(sorted(pairs, key=lambda pair: (-pair.effect, pair.factors)))


def hinge(
    factor: int,
    whole: Fraction,
    shares: tuple[Fraction | None, ...],
    chances: Sequence[Fraction],
    swing: Fraction | None,
) -> Hinge:
    """Put together how a verdict hinges on one uncertainty, from the shares given its answers."""
    met = [(p, w) for p, w in zip(shares, chances, strict=True) if p is not None]
    risk = sum((w * min(p, 1 - p) for p, w in met), Fraction(0))
    return Hinge(
        factor,
        shares,
        max(p for p, _ in met) - min(p for p, _ in met),
        swing,
        sum((w for p, w in met if p in (0, 1)), Fraction(0)),
        min(whole, 1 - whole) - risk,
    )


def _pair(space: Space, truth: Truth, first: int, second: int) -> Pair:
    sums = _summed(space, truth, (first, second))
    left, right = _chances(space, first), _chances(space, second)
    shares = [
        Fraction(int(sums[i, j]), space.weight) / (left[i] * right[j])
        for i in range(len(left))
        for j in range(len(right))
        if left[i] * right[j]
    ]
    return Pair((first, second), max(shares) - min(shares))


def turns(space: Space, truth: Truth) -> tuple[Turn, ...]:
    """Find the fewest uncertainties whose answers, changed from the base, turn a claim.

    No answer is changed to one of probability 0.

    Parameters
    ----------
    space : Space
    truth : ndarray of bool, shape (space.size,)
        Truth of the claim in every reading, in their order.

    Returns
    -------
    tuple of Turn
        All of the smallest size, in the order of the readings, at most 100; empty if nothing turns
        the claim.
    """
    base = truth[space.index(space.base)]
    other = np.flatnonzero(truth != base)
    choices = space.choices(other)
    changed = choices != np.array(space.base)
    ruled_out = np.zeros(len(other), dtype=bool)
    for position, factor in enumerate(space.factors):
        impossible = ~np.isin(choices[:, position], factor.possible)
        ruled_out |= changed[:, position] & impossible
    choices, changed = choices[~ruled_out], changed[~ruled_out]
    if len(choices) == 0:
        return ()
    size = changed.sum(axis=1)
    fewest = np.flatnonzero(size == size.min())[:_MOST_TURNS]
    return tuple(
        Turn(tuple((int(f), int(choices[i, f])) for f in np.flatnonzero(changed[i])))
        for i in fewest
    )
