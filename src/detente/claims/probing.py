"""The fewest changes that turn a claim, where the readings are too many to go through them all."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from detente.claims.hinges import Turn
from detente.readings import Factor, Space

__all__ = ["probed_turns", "probes_of"]

_MOST_PROBES = 1 << 12
_MOST_ANSWERS = 64


def probes_of(space: Space) -> NDArray[np.int64]:
    """List the readings that differ from the base in one answer, and in two if they are few.

    Parameters
    ----------
    space : Space

    Returns
    -------
    ndarray of int64, shape (at most 4,096, number of factors)
        Answers of each, none of probability 0; of an uncertainty with more than 64 answers only the
        first and the last that are possible.

    Examples
    --------
    >>> from detente.readings import Factor
    >>> probes_of(Space((Factor("a", 2), Factor("b", 2)))).tolist()
    [[1, 0], [0, 1], [1, 1]]
    """
    answers = [_other_answers(factor) for factor in space.factors]
    found: list[list[int]] = []
    for size in (1, 2):
        groups = list(combinations(range(len(answers)), size))
        n_probes = sum(int(np.prod([len(answers[f]) for f in group])) for group in groups)
        if len(found) + n_probes > _MOST_PROBES:
            break
        for group in groups:
            for picked in product(*(answers[f] for f in group)):
                probe = list(space.base)
                for factor, answer in zip(group, picked, strict=True):
                    probe[factor] = answer
                found.append(probe)
    return np.array(found, dtype=np.int64).reshape(len(found), len(space.factors))


def _other_answers(factor: Factor) -> list[int]:
    if factor.continuous:  # too many to list; none of them is ruled out
        return [0, factor.size - 1]
    possible = factor.possible
    if len(possible) > _MOST_ANSWERS:
        possible = (possible[0], possible[-1])
    return [answer for answer in possible if answer != factor.base]


def probed_turns(
    space: Space, probes: NDArray[np.int64], turned: NDArray[np.bool_]
) -> tuple[Turn, ...]:
    """Give the fewest changes of answers, among some probed, that turn a claim.

    Parameters
    ----------
    space : Space
    probes : ndarray of int64, shape (p, number of factors)
        Readings that were tried; see `probes_of`.
    turned : ndarray of bool, shape (p,)
        In which of them the claim is another than in the base.

    Returns
    -------
    tuple of Turn
        All of the smallest size.
    """
    changed = probes[turned] != np.array(space.base)
    size = changed.sum(axis=1)
    if len(size) == 0:
        return ()
    return tuple(
        Turn(tuple((int(f), int(probe[f])) for f in np.flatnonzero(change)))
        for probe, change in zip(probes[turned], changed, strict=True)
        if change.sum() == size.min()
    )
