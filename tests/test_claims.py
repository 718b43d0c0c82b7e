"""Claims in many readings at once, against complete cases taken one by one."""

from __future__ import annotations

import gc
from fractions import Fraction
from itertools import combinations, product
from math import comb
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from detente.case import load, loads
from detente.claims import (
    Evaluator,
    Options,
    Tally,
    check,
    clopper_pearson,
    hinges,
    probes_of,
    share,
    turns,
)
from detente.claims.predicates import Scene
from detente.coalitions import coalitions_of, settlements
from detente.conditions import bind
from detente.conditions.syntax import Binary, Call, Junction, Negation
from detente.readings import Factor, Space
from doubtful_cases import doubtful
from plain.claims import (
    blocks_claim,
    equilibrium_claim,
    indispensable_claim,
    prefers_claim,
    reachable_claim,
    stable_claim,
)
from plain.model import PlainConflict, option_form

if TYPE_CHECKING:
    from detente.case import Model
    from detente.conditions import Expression, Predicate


def plain(model: Model) -> PlainConflict:
    conflict = model.conflict
    owned = [sum(o.dm == d for o in conflict.options) for d in range(conflict.n_dms)]
    codes = [int(code) for code in conflict.form.codes]  # type: ignore[union-attr]
    return option_form(owned, codes, conflict.ranks.tolist())


def truth(model: Model, node: Expression) -> bool:
    """Evaluate a claim in one complete case by the plain definitions."""
    match node:
        case Negation(operand=operand):
            return not truth(model, operand)
        case Junction(operator=word, parts=parts):
            values = [truth(model, part) for part in parts]
            return all(values) if word == "and" else any(values)
        case Binary(operator="implies", left=left, right=right):
            return not truth(model, left) or truth(model, right)
        case Call():
            return predicate(model, bind(node))
    raise AssertionError(node)


def predicate(model: Model, claim: Predicate) -> bool:
    conflict, words = plain(model), claim.words
    phis = [frozenset(np.flatnonzero(model.holds(c)).tolist()) for c in claim.conditions]
    start = model.conflict.status_quo
    assert start is not None
    ids = model.conflict.decision_makers
    by = [ids.index(name) for name in claim.by]
    dm = ids.index(claim.dm) if claim.dm else -1

    def settles(group: Any, without: Any = None) -> bool:
        where = model.holds(claim.conditions[0])
        names = {"self_enforcing": "self-enforcing", "spoiler_proof": "spoiler-proof"}
        grade: Any = names.get(words["grade"], words["grade"])
        found = settlements(
            model.conflict, group, without=without, where=where, concept=words["concept"]
        )
        return any(one.of(grade).any() for one in found)

    every, improving = words.get("mode") == "every", words.get("way") == "improvements"
    match claim.name:
        case "stable":
            who = by or conflict.dms
            return stable_claim(conflict, phis[0], words["concept"], every=every, by=who)
        case "equilibrium":
            return equilibrium_claim(conflict, phis[0], words["concept"], every=every)
        case "reachable":
            who = by or conflict.dms
            return reachable_claim(conflict, phis[0], start, by=who, improving=improving)
        case "prefers" if words["mode"] == "alike":
            return alike(model, conflict, claim, phis)
        case "prefers":
            return prefers_claim(conflict, dm, phis[0], phis[1], every=every)
        case "blocks":
            return blocks_claim(conflict, dm, phis[0], start, improving=improving)
        case "indispensable":
            return indispensable_claim(conflict, dm, settles)
        case _:
            left_out = [ids.index(name) for name in claim.without] or None
            return settles(by, left_out)


def alike(model: Model, conflict: PlainConflict, claim: Predicate, phis: Any) -> bool:
    from detente.conditions.vocabulary import names_used

    words = model.case.vocabulary
    named = frozenset[int]().union(*(names_used(c, words) for c in claim.conditions))
    dm = model.conflict.decision_makers.index(claim.dm)
    levels = model.conflict.levels
    rest = [i for i in range(levels.shape[1]) if i not in named]
    pairs = [(s, t) for s, t in product(*phis) if (levels[s, rest] == levels[t, rest]).all()]
    return bool(pairs) and all(conflict.prefers(dm, s, t) for s, t in pairs)


@pytest.mark.concept("readings", "claims", evidence="checker")
@pytest.mark.parametrize("seed", range(40))
def test_truths_and_shares_equal_brute_force(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - repeatable
    drawn = doubtful(random, random.choice((1, 2, 3)), 6)
    case = loads(drawn.text)
    readings = case.space()
    assert readings.space.size == len(drawn.complete)
    evaluator = Evaluator(readings, [c.expression for c in case.claims.values()], case.vocabulary)
    truths = evaluator.truths(readings.space.choices(np.arange(readings.space.size)))
    for number, text in enumerate(drawn.complete):
        complete = loads(text)
        model = complete.model()
        expected = [truth(model, claim.expression) for claim in complete.claims.values()]
        assert truths[number].tolist() == expected, text
    checked = check(case)
    for position, key in enumerate(case.claims):
        expected_share = sum(
            (w for w, t in zip(drawn.weights, truths[:, position], strict=True) if t), Fraction(0)
        )
        verdict = checked.overall(key)
        assert verdict.exact
        assert verdict.share == expected_share
        possible = {bool(t) for w, t in zip(drawn.weights, truths[:, position], strict=True) if w}
        assert verdict.word == (
            "depends" if len(possible) > 1 else "holds" if True in possible else "fails"
        )
        if verdict.structural:
            assert len(set(truths[:, position].tolist())) == 1


def some_space(random: Random) -> Space:
    factors = []
    for number in range(random.randrange(1, 6)):
        size = random.choice((2, 2, 3, 4))
        weights = [random.randrange(4) for _ in range(size - 1)] + [1]
        shares = tuple(Fraction(w, sum(weights)) for w in weights)
        base = random.randrange(size)
        factors.append(Factor(f"f{number}", size, base, random.choice((None, shares))))
    return Space(tuple(factors))


@pytest.mark.concept("claims", evidence="checker")
@pytest.mark.parametrize("seed", range(60))
def test_hinges_equal_brute_force(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - repeatable
    space = some_space(random)
    table = np.array([random.random() < 0.3 for _ in range(space.size)])
    readings = list(product(*(range(f.size) for f in space.factors)))
    chance = [[Fraction(w, sum(f.weights)) for w in f.weights] for f in space.factors]
    weight = {r: Fraction(1) for r in readings}
    for r in readings:
        for f, answer in enumerate(r):
            weight[r] *= chance[f][answer]
    true = {r: bool(t) for r, t in zip(readings, table, strict=True)}
    whole = sum(weight[r] for r in readings if true[r])
    assert share(space, table) == whole
    found, pairs = hinges(space, table)
    for f, hinge in enumerate(found):
        shares = [
            sum(weight[r] for r in readings if true[r] and r[f] == a) / chance[f][a]
            if chance[f][a]
            else None
            for a in range(space.factors[f].size)
        ]
        assert list(hinge.shares) == shares
        met = [s for s in shares if s is not None]
        assert hinge.effect == max(met) - min(met)
        swung = [
            r
            for r in readings
            if weight[r]
            and any(
                true[(*r[:f], a, *r[f + 1 :])] != true[r]
                for a in range(space.factors[f].size)
                if chance[f][a]
            )
        ]
        assert hinge.swing == sum(weight[r] for r in swung)
        risk = sum(chance[f][a] * min(s, 1 - s) for a, s in enumerate(shares) if s is not None)
        assert hinge.value == min(whole, 1 - whole) - risk
        assert hinge.value >= 0
    for pair in pairs:
        f, g = pair.factors
        joint = [
            sum(weight[r] for r in readings if true[r] and r[f] == a and r[g] == b)
            / (chance[f][a] * chance[g][b])
            for a in range(space.factors[f].size)
            for b in range(space.factors[g].size)
            if chance[f][a] * chance[g][b]
        ]
        assert pair.effect == max(joint) - min(joint)


@pytest.mark.parametrize("seed", range(60))
def test_turns_equal_brute_force(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - repeatable
    space = some_space(random)
    table = np.array([random.random() < random.choice((0.05, 0.5)) for _ in range(space.size)])
    readings = list(product(*(range(f.size) for f in space.factors)))
    base = table[readings.index(space.base)]
    expected: set[tuple[tuple[int, int], ...]] = set()
    for size in range(1, len(space.factors) + 1):
        for group in combinations(range(len(space.factors)), size):
            for r, t in zip(readings, table, strict=True):
                if t == base or any(not space.factors[f].weights[r[f]] for f in group):
                    continue
                if {f for f in range(len(r)) if r[f] != space.base[f]} == set(group):
                    expected.add(tuple((f, r[f]) for f in group))
        if expected:
            break
    assert {turn.answers for turn in turns(space, table)} == expected


def test_intervals_cover() -> None:
    random = np.random.default_rng(7)
    shares = random.random(1000) ** 2
    trials = 200
    seen = random.binomial(trials, shares)
    covered = 0
    for true_share, successes in zip(shares, seen, strict=True):
        low, high = clopper_pearson(int(successes), trials)
        covered += low <= true_share <= high
    assert covered >= 940


def test_intervals_are_those_of_the_tables() -> None:
    low, high = clopper_pearson(5, 20)
    assert (round(low, 5), round(high, 5)) == (0.08657, 0.49105)
    low, high = clopper_pearson(500_000, 1_000_000)
    assert (round(low, 6), round(high, 6)) == (0.49902, 0.50098)


@pytest.mark.parametrize("trials", [1, 15, 40])
def test_intervals_end_where_what_was_seen_becomes_improbable(trials: int) -> None:
    def chance(p: float, counts: range) -> float:
        return sum(comb(trials, n) * p**n * (1 - p) ** (trials - n) for n in counts)

    for successes in range(trials + 1):
        low, high = clopper_pearson(successes, trials)
        assert low == 0 or chance(low, range(successes, trials + 1)) == pytest.approx(0.025, 1e-11)
        assert high == 1 or chance(high, range(successes + 1)) == pytest.approx(0.025, 1e-11)
        assert (low == 0, high == 1) == (successes == 0, successes == trials)


@pytest.mark.concept("readings", "claims", evidence="checker")
def test_drawn_shares_cover_the_exact_ones() -> None:
    random = Random(11)  # noqa: S311 - repeatable
    covered = counted = 0
    while counted < 1000:
        case = loads(doubtful(random, 4, 8).text)
        evaluator = Evaluator(
            case.space(), [c.expression for c in case.claims.values()], case.vocabulary
        )
        space = evaluator.readings.space
        truths = evaluator.truths(space.choices(np.arange(space.size)))
        exact = [share(space, np.ascontiguousarray(truth)) for truth in truths.T]
        for seed in range(10):
            tally = Tally(space, len(case.claims))
            choices = space.draw(seed, counted)
            tally.add(choices, evaluator.truths(choices))
            for position, truth in enumerate(exact):
                low, high = clopper_pearson(int(tally.true[position]), tally.counted)
                if truth in (0, 1):
                    assert low <= truth <= high
                else:
                    covered += low <= truth <= high
                    counted += 1
    assert 0.94 * counted <= covered < counted


def test_a_check_that_draws_covers_one_that_enumerates() -> None:
    random = Random(12)  # noqa: S311 - repeatable
    for _ in range(12):
        case = loads(doubtful(random, 3, 8).text)
        exact, sampled = check(case), check(case, Options(limit=1, draws=1024, level=0.9999))
        for key in case.claims:
            share, verdict = exact.overall(key).share, sampled.overall(key)
            low, high = verdict.interval or (float(verdict.share),) * 2
            assert low <= share <= high


NEVER = """
detente: 1
title: A dispute
decision_makers:
  a:
    options: {x: Do x, y: Do y}
    preferences:
      prioritise:
        - either: [{prefer: x, probability: 1}, {prefer: not x, probability: 0}]
          id: settled
        - {prefer: y, id: open, maybe: open}
  b:
    options: {z: Do z}
    preferences:
      prioritise:
        - either: [{prefer: z, probability: 0}, {prefer: not z, probability: 1}]
          id: written_otherwise
status_quo: NNN
claims:
  comes: equilibrium(x, nash, every)
  spreads: equilibrium(z, nash, every)
"""


@pytest.mark.parametrize("limit", [1, 64])
def test_what_is_improbable_altogether_decides_nothing(limit: int) -> None:
    (reading,) = check(loads(NEVER), Options(limit=limit)).readings
    comes, spreads = reading.judged["comes"], reading.judged["spreads"]
    assert (comes.verdict.word, comes.base, comes.turns) == ("holds", True, ())
    assert (spreads.verdict.word, spreads.base) == ("fails", True)
    assert [turn.answers for turn in spreads.turns] == [((2, 1),)]
    assert not any(hinge.pivotal for one in (comes, spreads) for hinge in one.hinges)


def test_probes_change_answers_that_can_be_and_no_others() -> None:
    space = Space(
        (
            Factor("orders", 120),
            Factor("known", 2, probabilities=(Fraction(1), Fraction(0))),
            Factor("weight", 1 << 20, 1 << 19, continuous=True),
        )
    )
    probes = probes_of(space).tolist()
    top, last = (1 << 20) - 1, 1 << 19
    assert probes == [
        [119, 0, last],
        [0, 0, 0],
        [0, 0, top],
        [119, 0, 0],
        [119, 0, top],
    ]


def test_chance_is_not_taken_for_a_hinge() -> None:
    factors = tuple(Factor(f"f{number}", 2) for number in range(12))
    space = Space(factors)
    clear = 0
    for seed in range(40):
        choices = np.concatenate([space.draw(seed, unit) for unit in range(4)])
        tally = Tally(space, 1)
        tally.add(choices, choices[:, :1] == 1)
        first, *others = tally.hinges(0)
        assert first.pivotal
        clear += any(hinge.pivotal for hinge in others)
    assert clear <= 2


def test_every_coalition_is_looked_at() -> None:
    assert len(coalitions_of(range(3))) == 7


def test_what_a_batch_needed_is_let_go_without_a_collection() -> None:
    case = load("us-russia-2025")
    claims = [claim.expression for claim in case.claims.values()]
    evaluator = Evaluator(case.space(), claims, case.vocabulary)
    gc.collect()
    gc.disable()
    try:
        evaluator.truths(evaluator.readings.space.choices(np.arange(64)))
        assert not [found for found in gc.get_objects() if type(found) is Scene]
    finally:
        gc.enable()
