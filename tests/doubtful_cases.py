"""Random cases that leave something open, each with every complete case that it stands for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

PREDICATES = (
    "stable({a}, {concept}, {mode})",
    "stable({a}, {concept}, {mode}, by={dm})",
    "equilibrium({a}, {concept}, {mode})",
    "settle({a}, by={dm}, {grade})",
    "settle({a}, by=d0 and d1, {grade}, {coalition_concept})",
    "settle({a}, by=d0, without=d1, {grade})",
    "reachable({a}, {way})",
    "reachable({a}, {way}, by={dm})",
    "prefers({dm}, {a}, {b}, {mode})",
    "prefers({dm}, {a}, {b}, alike)",
    "blocks({dm}, {a}, {way})",
    "indispensable({dm}, {a}, {grade})",
)


@dataclass(frozen=True)
class Slot:
    """One place in a list of statements: how it is written, and what it may come to."""

    written: Any
    answers: tuple[tuple[str, ...], ...]
    weights: tuple[Fraction, ...]


@dataclass(frozen=True)
class Doubtful:
    """A case as written, with the complete cases it stands for, in the order of its readings."""

    text: str
    complete: tuple[str, ...]
    weights: tuple[Fraction, ...]


def condition(random: Random, options: list[str]) -> str:
    picked = [random.choice(("", "not ")) + random.choice(options) for _ in range(2)]
    return random.choice(
        (picked[0], " and ".join(picked), " or ".join(picked), f"if {picked[0]} then {picked[1]}")
    )


def claim(random: Random, options: list[str], n_dms: int) -> str:
    def one() -> str:
        return random.choice(PREDICATES).format(
            a=condition(random, options),
            b=condition(random, options),
            dm=f"d{random.randrange(n_dms)}",
            mode=random.choice(("some", "every")),
            way=random.choice(("moves", "improvements")),
            concept=random.choice(("nash", "gmr", "smr", "seq", "sseq")),
            coalition_concept=random.choice(("nash", "gmr", "smr", "seq")),
            grade=random.choice(("agreed", "self_enforcing", "spoiler_proof")),
        )

    joined = random.choice(("{}", "not {}", "{} and {}", "{} or not {}", "{} implies {}"))
    return joined.format(*(one() for _ in range(2)))


def doubtful(random: Random, n_doubts: int, n_claims: int) -> Doubtful:
    """Draw a case with some uncertainties."""
    n_dms = random.choice((2, 2, 3))
    owned = [random.choice((1, 2)) if n_dms == 2 else 1 for _ in range(n_dms)]
    options = [f"d{d}.o{o}" for d in range(n_dms) for o in range(owned[d])]
    holders = [random.randrange(n_dms) for _ in range(n_doubts)]
    lists = [[_certain(random, options)] for _ in range(n_dms)]
    for number, dm in enumerate(holders):
        lists[dm].append(_slot(random, options, f"u{number}"))
        lists[dm].append(_certain(random, options))
    question = random.choice((None, random.choice(options)))
    claims = {f"c{i}": claim(random, options, n_dms) for i in range(n_claims)}
    uncertain = {"scarce": {"option": question, "probability": "1/3"}} if question else {}
    text = _case(owned, [[slot.written for slot in own] for own in lists], [], claims, uncertain)
    slots = [slot for own in lists for slot in own]
    complete, weights = [], []
    for picked in product(*(range(len(slot.answers)) for slot in slots)):
        left: Iterator[int] = iter(picked)
        chosen = [[s for slot in own for s in slot.answers[next(left)]] for own in lists]
        weight = Fraction(1)
        for slot, answer in zip(slots, picked, strict=True):
            weight *= slot.weights[answer]
        for gone, share in (([], Fraction(1, 3)), ([question], Fraction(2, 3))):
            if question:
                complete.append(_case(owned, chosen, [{"never": o} for o in gone], claims, {}))
                weights.append(weight * share)
        if not question:
            complete.append(_case(owned, chosen, [], claims, {}))
            weights.append(weight)
    return Doubtful(text, tuple(complete), tuple(weights))


def _certain(random: Random, options: list[str]) -> Slot:
    statement = condition(random, options)
    return Slot(statement, ((statement,),), (Fraction(1),))


def _slot(random: Random, options: list[str], name: str) -> Slot:
    statements = [condition(random, options) for _ in range(random.choice((2, 3)))]
    kind = random.choice(("open", "maybe", "either", "weighted", "any_order"))
    if kind in ("open", "maybe"):
        share = Fraction(1, 2) if kind == "open" else Fraction(random.randrange(1, 9), 10)
        maybe = "open" if kind == "open" else str(share)
        written: Any = {"prefer": statements[0], "id": name, "maybe": maybe}
        return Slot(written, ((statements[0],), ()), (share, 1 - share))
    n = len(statements)
    if kind == "any_order":
        answers = tuple(tuple(order) for order in permutations(statements))
        return Slot(
            {"any_order": statements, "id": name},
            answers,
            (Fraction(1, len(answers)),) * len(answers),
        )
    answers = tuple((statement,) for statement in statements)
    if kind == "either":
        return Slot({"either": statements, "id": name}, answers, (Fraction(1, n),) * n)
    shares = (Fraction(0), *[Fraction(1, n - 1)] * (n - 1))
    entries = [
        {"prefer": s, "probability": int(w) if w in (0, 1) else str(w)}
        for s, w in zip(statements, shares, strict=True)
    ]
    return Slot({"either": entries, "id": name}, answers, shares)


def _case(
    owned: list[int], lists: list[list[Any]], rules: list[Any], claims: Any, uncertain: Any
) -> str:
    value: dict[str, Any] = {
        "detente": 1,
        "title": "Drawn",
        "decision_makers": {
            f"d{d}": {
                "options": {f"o{o}": "Do it" for o in range(owned[d])},
                "preferences": {"prioritise": lists[d]},
            }
            for d in range(len(owned))
        },
        "rules": rules,
        "status_quo": "N" * sum(owned),
        "claims": claims,
    }
    if uncertain:
        value["uncertain"] = uncertain
    return json.dumps(value)
