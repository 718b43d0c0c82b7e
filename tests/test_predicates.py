"""Each predicate in every mode against the plain checker, on random conflicts of either form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from detente.claims import Evaluator
from detente.conditions import check_claim, parse, predicates_in
from detente.conditions.predicates import PREDICATES
from detente.readings import Factor, Frame, Readings, Space
from engine import as_conflict
from plain.claims import (
    States,
    blocks_claim,
    equilibrium_claim,
    indispensable_claim,
    prefers_alike_claim,
    prefers_claim,
    reachable_claim,
    settle_claim,
    stable_claim,
)
from plain.coalition import COALITION_CONCEPTS
from plain.individual import CONCEPTS
from plain.model import taken
from plain.random_conflicts import random_conflict, random_rank, seeded
from plain.settlement import GRADES, settlements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from detente.conflict import Conflict
    from plain.model import PlainConflict

Holds = Callable[["PlainConflict"], bool]
Claim = tuple[str, Holds]

JOINS: dict[str, Callable[[bool, bool], bool]] = {
    "and": lambda a, b: a and b,
    "or": lambda a, b: a or b,
    "xor": lambda a, b: a != b,
    "iff": lambda a, b: a == b,
    "implies": lambda a, b: not a or b,
}

PROFILES = 3
"""Rankings of the same states and moves that are judged at once."""

SMALL = {"max_dms": 3, "max_states": 16}


@dataclass(frozen=True)
class Phi:
    """A condition as text, and the states that fulfil it."""

    text: str
    states: frozenset[int]
    named: frozenset[int]


def names(plain: PlainConflict) -> list[str]:
    """Name the options as `detente.Conflict.from_arrays` does."""
    assert plain.owned is not None
    owners = [dm for dm, count in enumerate(plain.owned) for _ in range(count)]
    return [f"dm{dm + 1}.o{o + 1}" for o, dm in enumerate(owners)]


def condition(rng: Random, plain: PlainConflict) -> Phi:
    """Draw a condition: over options, over a list of states, always or never true."""
    kind = rng.choice(("options", "options", "states", "states", "all", "none"))
    if kind in ("all", "none"):
        states = frozenset(plain.states if kind == "all" else ())
        return Phi("true" if kind == "all" else "false", states, frozenset())
    if kind == "states" or plain.codes is None or plain.owned is None:
        chosen = sorted(rng.sample(range(plain.n_states), rng.randint(1, min(3, plain.n_states))))
        text = " or ".join(state_text(plain, s) for s in chosen)
        n_options = 0 if plain.owned is None else sum(plain.owned)
        return Phi(f"({text})", frozenset(chosen), frozenset(range(n_options)))
    picked = [rng.randrange(sum(plain.owned)) for _ in range(2)]
    signs = [rng.random() < 0.5 for _ in range(2)]
    word = rng.choice(list(JOINS))
    options = names(plain)
    parts = [("" if s else "not ") + options[o] for o, s in zip(picked, signs, strict=True)]
    states = frozenset(
        s
        for s, code in enumerate(plain.codes)
        if JOINS[word](*(taken(code, o) == sign for o, sign in zip(picked, signs, strict=True)))
    )
    return Phi(f"({parts[0]} {word} {parts[1]})", states, frozenset(picked))


def state_text(plain: PlainConflict, state: int) -> str:
    if plain.codes is None or plain.owned is None:
        return f"s{state + 1}"
    code = plain.codes[state]
    words = [("" if taken(code, o) else "not ") + name for o, name in enumerate(names(plain))]
    return f"({' and '.join(words)})"


def some_dms(rng: Random, among: list[int]) -> list[int]:
    return sorted(rng.sample(among, rng.randint(1, len(among))))


def listed(key: str, dms: list[int] | None) -> str:
    return f", {key}={' and '.join(f'dm{dm + 1}' for dm in dms)}" if dms else ""


def claims(rng: Random, plain: PlainConflict, start: int) -> list[Claim]:
    """Put every predicate in every mode, with a condition and DMs of its own each time."""
    made = [*stabilities(rng, plain), *ways(rng, plain, start), *bargains(rng, plain, start)]
    for dm, mode in product(plain.dms, ("every", "some", "alike")):
        a, b = condition(rng, plain), condition(rng, plain)
        text = f"prefers(dm{dm + 1}, {a.text}, {b.text}, {mode})"
        holds = partial(prefers_claim, dm=dm, a=a.states, b=b.states, every=mode == "every")
        if mode == "alike":
            named = a.named | b.named
            holds = partial(prefers_alike_claim, dm=dm, a=a.states, b=b.states, named=named)
        made.append((text, holds))
    return made


def stabilities(rng: Random, plain: PlainConflict) -> Iterator[Claim]:
    everybody = list(plain.dms)
    for concept, mode in product(CONCEPTS, ("some", "every")):
        if plain.codes is None and concept in ("sim", "fraser_hipel"):
            continue
        judged_by: Any = {"concept": concept, "every": mode == "every"}
        for by in (None, some_dms(rng, everybody)):
            phi = condition(rng, plain)
            yield (
                f"stable({phi.text}, {concept}, {mode}{listed('by', by)})",
                partial(stable_claim, phi=phi.states, by=by or everybody, **judged_by),
            )
        phi = condition(rng, plain)
        yield (
            f"equilibrium({phi.text}, {concept}, {mode})",
            partial(equilibrium_claim, phi=phi.states, **judged_by),
        )


def ways(rng: Random, plain: PlainConflict, start: int) -> Iterator[Claim]:
    everybody = list(plain.dms)
    for way in ("moves", "improvements"):
        going: Any = {"start": start, "improving": way == "improvements"}
        for by in (None, some_dms(rng, everybody)):
            phi = condition(rng, plain)
            yield (
                f"reachable({phi.text}, {way}{listed('by', by)})",
                partial(reachable_claim, phi=phi.states, by=by or everybody, **going),
            )
        for dm in everybody:
            phi = condition(rng, plain)
            yield (
                f"blocks(dm{dm + 1}, {phi.text}, {way})",
                partial(blocks_claim, dm=dm, phi=phi.states, **going),
            )


def bargains(rng: Random, plain: PlainConflict, start: int) -> Iterator[Claim]:
    everybody = list(plain.dms)
    for concept, grade in product(COALITION_CONCEPTS, GRADES):
        words = f"{grade.replace('-', '_')}, {concept}"
        kind: Any = {"start": start, "concept": concept, "grade": grade}
        for leaving_out in (False, True):
            phi, by = condition(rng, plain), some_dms(rng, everybody)
            rest = [dm for dm in everybody if dm not in by]
            without = some_dms(rng, rest) if leaving_out and rest else []
            yield (
                f"settle({phi.text}, {words}{listed('by', by)}{listed('without', without)})",
                partial(settles, phi=phi.states, by=by, without=without, **kind),
            )
        phi, dm = condition(rng, plain), rng.choice(everybody)
        yield (
            f"indispensable(dm{dm + 1}, {phi.text}, {words})",
            partial(needs, dm=dm, phi=phi.states, **kind),
        )


def settles(
    conflict: PlainConflict, phi: States, by: list[int], without: list[int], **kind: Any
) -> bool:
    return settle_claim(
        conflict, by, without, lambda group: bool(phi & settlements(conflict, group, **kind))
    )


def needs(conflict: PlainConflict, dm: int, phi: States, **kind: Any) -> bool:
    return indispensable_claim(
        conflict, dm, lambda group: bool(phi & settlements(conflict, group, **kind))
    )


def joined(rng: Random, made: list[Claim]) -> list[Claim]:
    """Join some claims by each connective."""
    found: list[Claim] = []
    for word, holds in JOINS.items():
        (first, one), (second, two) = rng.choice(made), rng.choice(made)
        found.append(
            (
                f"not ({first} {word} not {second})",
                lambda c, h=holds, one=one, two=two: not h(one(c), not two(c)),  # type: ignore[misc]
            )
        )
    return found


def rankings(rng: Random, plain: PlainConflict) -> list[PlainConflict]:
    """Give the same states and moves several rankings."""
    others = [
        replace(plain, rank=tuple(tuple(random_rank(rng, plain.n_states)) for _ in plain.dms))
        for _ in range(PROFILES - 1)
    ]
    return [plain, *others]


def judged(texts: list[str], profiles: list[PlainConflict], start: int) -> Evaluator:
    """Read claims about conflicts of the same states and moves."""
    conflicts: list[Conflict] = [as_conflict(plain) for plain in profiles]
    form = conflicts[0].form
    frame = Frame(form, start, lambda dm, choice: conflicts[choice[0]].ranks[dm])
    space = Space((Factor("ranking", len(profiles)),))
    readings = Readings(space, (), [(0,)] * form.n_dms, lambda _: frame)
    expressions = [parse(text) for text in texts]
    for text, expression in zip(texts, expressions, strict=True):
        assert not check_claim(expression, form.vocabulary, form.decision_makers), text
    return Evaluator(readings, expressions, form.vocabulary)


def agree(rng: Random, form: Any, *, share: float = 1, **sizes: int) -> tuple[list[str], int]:
    """Judge claims about one random conflict both ways; give their texts, and how many hold."""
    plain = random_conflict(rng, form=form, **sizes)
    start = rng.randrange(plain.n_states)
    profiles = rankings(rng, plain)
    made = claims(rng, plain, start)
    made += joined(rng, made)
    made = [one for one in made if share == 1 or rng.random() < share] or made[:1]
    texts = [text for text, _ in made]
    evaluator = judged(texts, profiles, start)
    found = evaluator.truths(np.arange(len(profiles))[:, None])
    for number, one in enumerate(profiles):
        expected = [holds(one) for _, holds in made]
        wrong = [t for t, f, e in zip(texts, found[number], expected, strict=True) if f != e]
        assert not wrong, (one, start, wrong)
    for position, known in enumerate(evaluator.structure):
        if known is not None:
            assert (found[:, position] == known).all(), (plain, start, texts[position])
    return texts, int(found.sum())


@pytest.mark.concept("claims", evidence="checker")
@pytest.mark.parametrize("form", ["option", "graph"])
@pytest.mark.parametrize("seed", range(8))
def test_every_predicate_in_every_mode_agrees_with_the_plain_checker(form: str, seed: int) -> None:
    rng = seeded(seed)
    for _ in range(2):
        agree(rng, form, **SMALL)


def test_all_modes_of_all_predicates_are_put_to_the_test() -> None:
    rng = seeded(1)
    plain = random_conflict(rng, form="option", **SMALL)
    while len(plain.dms) < 3:
        plain = random_conflict(rng, form="option", **SMALL)
    met: dict[str, set[tuple[Any, ...]]] = {key: set() for key in PREDICATES}
    for text, _ in claims(rng, plain, 0):
        (bound,) = predicates_in(parse(text))
        met[bound.name].add((*bound.words.values(), bool(bound.by)))
    for key, signature in PREDICATES.items():
        named = (True,) if "by!" in signature.dms else (False, True) if signature.dms else (False,)
        assert met[key] == set(product(*signature.words.values(), named)), key
