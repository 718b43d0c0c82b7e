"""The truth of claims in each of many readings."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from detente.claims.predicates import PREDICATE_TRUTHS, Scene, Truths
from detente.claims.structure import structural
from detente.conditions import Expression, Predicate, Vocabulary, bind
from detente.conditions.syntax import Always, Binary, Call, Junction, Negation
from detente.readings import Profiles, Readings, distinct_rows

__all__ = ["Evaluator"]

_REMEMBERED = 1 << 18

_CELLS = 1 << 19
"""States of all readings together that are evaluated at once: what bounds memory."""


class Evaluator:
    """Evaluates the same claims in any readings, each distinct conflict once.

    Parameters
    ----------
    readings : Readings
        The space of readings.
    claims : sequence of Expression
        Claims in which `~detente.conditions.check_claim` finds no fault.
    words : Vocabulary
        What the names in their conditions stand for.

    Examples
    --------
    >>> from detente.case import load
    >>> from detente.conditions import parse
    >>> case = load("chicken")
    >>> claim = parse("equilibrium(a.swerve and b.swerve, seq)")
    >>> Evaluator(case.space(), [claim], case.vocabulary).truths(np.zeros((1, 0), np.int64))
    array([[False]])
    """

    def __init__(self, readings: Readings, claims: Sequence[Expression], words: Vocabulary) -> None:
        self.readings = readings
        self.claims = tuple(claims)
        self._words = words
        self._known: dict[tuple[int, ...], dict[bytes, bytes]] = {}
        self._structure: dict[tuple[int, ...], tuple[bool | None, ...]] = {}

    @property
    def structure(self) -> list[bool | None]:
        """For each claim whether states and moves alone decide it; only if all have been met."""
        space = self.readings.space
        n_frames = prod(space.factors[i].size for i in self.readings.shaping)
        if len(self._structure) < n_frames:
            return [None] * len(self.claims)
        return [
            known[0] if all(k == known[0] for k in known) else None
            for known in zip(*self._structure.values(), strict=True)
        ]

    def truths(self, choices: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Evaluate the claims in some readings.

        Parameters
        ----------
        choices : ndarray of int64, shape (B, number of factors)
            Answers of each reading.

        Returns
        -------
        ndarray of bool, shape (B, number of claims)
        """
        first, where = distinct_rows(choices)
        distinct = choices[first]
        truths = np.empty((len(distinct), len(self.claims)), dtype=bool)
        n_together = max(1, _CELLS // self.readings.base_frame.form.n_states)
        for start in range(0, len(distinct), n_together):
            part = slice(start, start + n_together)
            for profiles in self.readings.profiles(distinct[part]):
                if profiles.key not in self._structure:
                    scene = Scene(profiles, self._words)
                    self._structure[profiles.key] = tuple(structural(scene, c) for c in self.claims)
                truths[part][profiles.members] = self._of_profiles(profiles)[profiles.profile_of]
        return truths[where]

    def _of_profiles(self, profiles: Profiles) -> NDArray[np.bool_]:
        """Evaluate the claims in each profile, shape (d, number of claims); memory is bounded."""
        if sum(map(len, self._known.values())) > _REMEMBERED:
            self._known.clear()
        known = self._known.setdefault(profiles.key, {})
        keys = [row.tobytes() for row in profiles.rows]
        new = [i for i, key in enumerate(keys) if key not in known]
        if new:
            scene = Scene(profiles.only(np.array(new)), self._words)
            predicates: dict[Predicate, Truths] = {}
            found = np.column_stack([_truth(scene, predicates, claim) for claim in self.claims])
            known.update((keys[i], row.tobytes()) for i, row in zip(new, found, strict=True))
        truths = np.frombuffer(b"".join(known[key] for key in keys), dtype=np.bool_)
        return truths.reshape(len(keys), len(self.claims))


def _truth(scene: Scene, known: dict[Predicate, Truths], node: Expression) -> Truths:
    """Evaluate a claim or a part of one; predicates are remembered in `known`."""
    match node:
        case Always(value=value):
            return np.full(scene.n_profiles, value)
        case Negation(operand=operand):
            return ~_truth(scene, known, operand)
        case Junction(operator=word, parts=parts):
            joined = np.stack([_truth(scene, known, part) for part in parts])
            join = np.logical_and if word == "and" else np.logical_or
            result: Truths = join.reduce(joined, axis=0)
            return result
        case Binary(operator=word, left=left, right=right):
            first, second = _truth(scene, known, left), _truth(scene, known, right)
            if word == "implies":
                return ~first | second
            return first ^ second if word == "xor" else ~(first ^ second)
        case Call():
            predicate = bind(node)
            if predicate not in known:
                known[predicate] = PREDICATE_TRUTHS[predicate.name](scene, predicate)
            return known[predicate]
        case _:
            raise AssertionError(node)  # check_claim() has refused it
