"""Verdicts on cases of up to 2^12 readings, against going through all of them plainly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from math import prod
from random import Random

import numpy as np
import pytest

from detente.case import loads
from detente.claims import Evaluator, Judged, check, worth_finding_out
from open_cases import MOST, OpenCase, open_case

Reading = tuple[int, ...]

CASES = [seed for seed in range(24) if open_case(Random(seed)).size >= 64]  # noqa: S311


@dataclass(frozen=True)
class Force:
    """All readings of a case: answers, probability in whole numbers, and truth of one claim."""

    sizes: tuple[int, ...]
    base: Reading
    weight: dict[Reading, int]
    chances: list[tuple[Fraction, ...]]
    true: dict[Reading, bool]

    @property
    def whole(self) -> int:
        return sum(self.weight.values())

    @property
    def share(self) -> Fraction:
        return Fraction(sum(w for r, w in self.weight.items() if self.true[r]), self.whole)

    def shares(self, doubt: int) -> list[Fraction | None]:
        """Give the share in the readings with each answer to a doubt."""
        met, true = ([0] * self.sizes[doubt] for _ in range(2))
        for r, w in self.weight.items():
            met[r[doubt]] += w
            true[r[doubt]] += w * self.true[r]
        return [Fraction(t, m) if m else None for t, m in zip(true, met, strict=True)]

    def others(self, reading: Reading, doubt: int) -> list[Reading]:
        """Give the readings with the possible answers to a doubt."""
        answers = [answer for answer, chance in enumerate(self.chances[doubt]) if chance]
        return [(*reading[:doubt], answer, *reading[doubt + 1 :]) for answer in answers]


def assert_verdict(found: Judged, force: Force) -> None:
    possible = [r for r, w in force.weight.items() if w]
    true = sum(force.true[r] for r in possible)
    word = "holds" if true == len(possible) else "depends" if true else "fails"
    verdict = found.verdict
    assert verdict.exact
    assert (verdict.word, verdict.true, verdict.counted) == (word, true, len(possible))
    assert verdict.share == force.share
    assert found.base == force.true[force.base]


def assert_hinges(found: Judged, force: Force) -> None:
    whole = found.verdict.share
    for doubt, hinge in enumerate(found.hinges):
        shares = force.shares(doubt)
        chances = force.chances[doubt]
        met = [(s, w) for s, w in zip(shares, chances, strict=True) if s is not None]
        assert list(hinge.shares) == shares
        assert hinge.effect == max(s for s, _ in met) - min(s for s, _ in met)
        swung = [
            w
            for r, w in force.weight.items()
            if len({force.true[other] for other in force.others(r, doubt)}) == 2
        ]
        assert hinge.swing == Fraction(sum(swung), force.whole)
        assert hinge.pivotal == any(swung)
        assert hinge.settles == sum(w for s, w in met if s in (0, 1))
        blind = min(whole, 1 - whole)
        assert hinge.value == blind - sum(w * min(s, 1 - s) for s, w in met)
        assert hinge.value >= 0


def assert_pairs(found: Judged, force: Force) -> None:
    expected = {}
    for i, j in combinations(range(len(force.sizes)), 2):
        cells: dict[tuple[int, int], list[int]] = {}
        for r, w in force.weight.items():
            cell = cells.setdefault((r[i], r[j]), [0, 0])
            cell[0] += w
            cell[1] += w * force.true[r]
        shares = [Fraction(true, met) for met, true in cells.values() if met]
        effect = max(shares) - min(shares)
        one, other = found.hinges[i], found.hinges[j]
        if one.pivotal and other.pivotal and effect > max(one.effect, other.effect):
            expected[i, j] = effect
    assert {pair.factors: pair.effect for pair in found.pairs} == expected
    effects = [pair.effect for pair in found.pairs]
    assert effects == sorted(effects, reverse=True)


def assert_turns(found: Judged, force: Force) -> None:
    turning = [r for r in force.true if force.true[r] != force.true[force.base]]
    every = [{(f, a) for f, a in enumerate(r) if a != force.base[f]} for r in turning]
    changed = [one for one in every if all(force.chances[f][a] for f, a in one)]
    fewest = min(map(len, changed), default=0)
    expected = {tuple(sorted(one)) for one in changed if len(one) == fewest}
    assert len(found.turns) == min(len(expected), 100)
    assert {turn.answers for turn in found.turns} <= expected


def plainly(case: OpenCase, names: list[str]) -> dict[Reading, list[bool]]:
    """Judge the claims in each reading, each distinct conflict once."""
    judged = lru_cache(maxsize=None)(case.truths)
    truths = {}
    for reading in product(*(range(len(case.weights[name])) for name in names)):
        truths[reading] = judged(case.reading(dict(zip(names, reading, strict=True))))
    return truths


@pytest.mark.concept("readings", "claims", evidence="checker")
@pytest.mark.parametrize("seed", CASES)
def test_verdicts_equal_brute_force(seed: int) -> None:
    drawn = open_case(Random(seed))  # noqa: S311 - repeatable
    case = loads(drawn.text)
    readings = case.space()
    space = readings.space
    names = [factor.id for factor in space.factors]
    assert {factor.id: factor.size for factor in space.factors} == {
        name: len(weights) for name, weights in drawn.weights.items()
    }
    assert space.size == drawn.size <= MOST
    assert space.base == tuple(drawn.base[name] for name in names)

    truths = plainly(drawn, names)
    evaluator = Evaluator(readings, [c.expression for c in case.claims.values()], case.vocabulary)
    found = evaluator.truths(space.choices(np.arange(space.size)))
    assert found.tolist() == list(truths.values())

    chances = [drawn.weights[name] for name in names]
    common = prod(share.denominator for shares in chances for share in shares)
    weight = {
        r: int(common * prod((chances[f][a] for f, a in enumerate(r)), start=Fraction(1)))
        for r in truths
    }
    whole = check(case)
    checked = whole.readings[0]
    worth: dict[str, Fraction] = {}
    for position, key in enumerate(case.claims):
        true = {r: one[position] for r, one in truths.items()}
        force = Force(space.sizes, space.base, weight, chances, true)
        judged = checked.judged[key]
        assert_verdict(judged, force)
        assert_hinges(judged, force)
        assert_pairs(judged, force)
        assert_turns(judged, force)
        blind = min(force.share, 1 - force.share)
        for doubt, name in enumerate(names):
            met = [
                (s or Fraction(0), w)
                for s, w in zip(force.shares(doubt), chances[doubt], strict=True)
            ]
            seeing = sum(w * min(s, 1 - s) for s, w in met)
            worth[name] = worth.get(name, Fraction(0)) + blind - seeing
        if judged.verdict.structural:
            assert judged.verdict.word != "depends"
    found_out = {one.doubt.id: one.value for one in worth_finding_out(whole)}
    assert {key: value for key, value in found_out.items() if value} == {
        key: value for key, value in worth.items() if value
    }
    assert list(found_out.values()) == sorted(found_out.values(), reverse=True)
