"""Conditions as patterns: the few combinations of options that together say the same."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from detente.conditions import Expression, Vocabulary, evaluate, names_used
from detente.errors import SizeError

__all__ = ["patterns"]

_MOST_OPTIONS = 10
_MOST_IF_SINGLE = 16


def patterns(condition: Expression, words: Vocabulary) -> tuple[tuple[tuple[int, bool], ...], ...]:
    """Write a condition over yes/no options as patterns of which at least one must fit.

    Parameters
    ----------
    condition : Expression
        A condition in which no fault was found.
    words : Vocabulary
        What its names stand for; yes/no options only.

    Returns
    -------
    tuple of tuple of (int, bool)
        Each pattern lists options, by index, with whether they are taken. None at all if the
        condition is never true; one empty pattern if it is always true.

    Raises
    ------
    SizeError
        If the condition names more than 10 options, or 16 where one combination alone fits.

    Notes
    -----
    Prime implicants by the method of [Quine1952][] and [McCluskey1956][]; of these those are kept
    that cover the truth table, the widest first. Time grows with 3 to the number of options.

    Examples
    --------
    >>> from detente.conditions import OptionName, parse, vocabulary
    >>> words = vocabulary({"a.x": OptionName(0), "b.y": OptionName(1)})
    >>> patterns(parse("if x then y"), words)
    (((0, False),), ((1, True),))
    """
    used = sorted(names_used(condition, words))
    if len(used) > _MOST_IF_SINGLE:
        raise _too_many(used)
    rows = np.arange(1 << len(used))
    truth = evaluate(condition, words, lambda option: rows >> used.index(option) & 1, len(rows))
    minterms = np.flatnonzero(truth).tolist()
    if len(minterms) > 1 and len(used) > _MOST_OPTIONS:
        raise _too_many(used)
    full = (1 << len(used)) - 1
    chosen = _cover(minterms, _primes({(m, full) for m in minterms}))
    return tuple(
        tuple((used[b], bool(value >> b & 1)) for b in range(len(used)) if care >> b & 1)
        for value, care in chosen
    )


def _too_many(used: list[int]) -> SizeError:
    message = f"a condition over {len(used)} options has too many combinations to list as patterns"
    return SizeError(message)


def _primes(implicants: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Merge implicants (value, bits that matter) that differ in one bit, as long as any do."""
    primes: set[tuple[int, int]] = set()
    while implicants:
        merged: set[tuple[int, int]] = set()
        absorbed: set[tuple[int, int]] = set()
        for value, care in implicants:
            for bit in _bits(care):
                other = (value ^ bit, care)
                if other in implicants:
                    merged.add((value & ~bit, care & ~bit))
                    absorbed |= {(value, care), other}
        primes |= implicants - absorbed
        implicants = merged
    return primes


def _cover(minterms: list[int], primes: set[tuple[int, int]]) -> list[tuple[int, int]]:
    left = set(minterms)
    fits = {
        (value, care): {m for m in minterms if m & care == value} for value, care in sorted(primes)
    }
    chosen = []
    while left:
        best = max(fits, key=lambda prime: (len(fits[prime] & left), -prime[1].bit_count()))
        chosen.append(best)
        left -= fits[best]
    return sorted(chosen, key=lambda prime: (prime[1].bit_count(), prime[1], -prime[0]))


def _bits(mask: int) -> Iterable[int]:
    while mask:
        yield mask & -mask
        mask &= mask - 1
