"""Feasible states found from the rules are those found by trying all."""

from __future__ import annotations

from functools import partial
from math import comb
from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente import ConflictError, SizeError
from detente.conditions import Expression, Vocabulary, parse, vocabulary
from detente.conflict import Option, feasible_form, lay_out, memory, states
from detente.conflict.diagrams import Diagram
from plain.random_conflicts import seeded

if TYPE_CHECKING:
    import random


def yes_no(n_options: int) -> tuple[tuple[Option, ...], Vocabulary]:
    return named([Option(0, f"a.x{index}") for index in range(n_options)])


def named(specs: list[Option]) -> tuple[tuple[Option, ...], Vocabulary]:
    options = lay_out(specs, 1)
    words = {option.name: option.as_name(i) for i, option in enumerate(options)}
    return options, vocabulary(words, (), {"both": parse("x0 and not x1")})


def random_rule(rng: random.Random, options: tuple[Option, ...], depth: int) -> str:
    def inner() -> str:
        return random_rule(rng, options, depth - 1)

    kind = rng.randrange(9) if depth else rng.randrange(2)
    option = rng.choice(options)
    if kind == 0 or not option.yes_no:
        if option.yes_no:
            return option.name
        sign = rng.choice(["==", "!=", "<", "<=", ">", ">="])
        return f'{option.name} {sign} "{rng.choice(option.levels)}"'
    if kind == 1:
        return rng.choice(["true", "false", "both", option.name])
    if kind == 2:
        return f"not ({inner()})"
    if kind in (3, 4):
        return f"({inner()}) {rng.choice(['and', 'or', 'xor', 'iff', 'implies'])} ({inner()})"
    if kind == 5:
        return f"if {inner()} then {inner()}"
    count = rng.choice(["atleast", "atmost", "exactly"])
    terms = ", ".join(inner() for _ in range(rng.randint(1, 4)))
    return f"{count}({rng.randint(0, 4)}, {terms})"


def test_equal_to_trying_all() -> None:
    for seed in range(300):
        rng = seeded(seed)
        levels: list[tuple[str, ...]] = [("N", "Y")] * 2
        levels += [tuple("abcd")[: rng.randint(2, 4)] for _ in range(2)] + [("N", "Y")] * 3
        rng.shuffle(levels)
        specs = [Option(0, f"a.x{i}", level, ordered=True) for i, level in enumerate(levels)]
        for index in range(2):
            specs[index] = Option(0, f"a.x{index}")
        options, words = named(specs)
        rules = [parse(random_rule(rng, options, 3)) for _ in range(rng.randint(0, 3))]
        diagram = Diagram(options, rules, words)
        tried = states._sieve(options, rules, words)
        assert diagram.count() == len(tried), seed
        assert np.array_equal(diagram.codes(), tried), seed


def crowd(n_options: int, *rules: str) -> tuple[tuple[Option, ...], list[Expression], Vocabulary]:
    options, words = yes_no(n_options)
    everybody = ", ".join(option.name for option in options)
    return options, [parse(rule.replace("everybody", everybody)) for rule in rules], words


def test_sixty_options() -> None:
    options, rules, words = crowd(60, "atmost(4, everybody)", "x0 iff x59", "x1 implies x2")
    form = feasible_form(("a",), options, rules, words)
    # The ends are both at N or both at Y; x1 is at Y only with x2.
    pairs = [
        (left, left + with_x1 + with_x2)
        for left in (0, 2)
        for with_x1, with_x2 in ((0, 0), (0, 1), (1, 1))
    ]
    assert form.n_states == sum(comb(56, more) for _, n in pairs for more in range(max(0, 5 - n)))
    assert (np.diff(form.codes) > 0).all()
    truth = np.ones(form.n_states, dtype=bool)
    for rule in rules:
        truth &= form.holds(rule, words)
    assert truth.all()


def test_options_that_share_rules_are_moved_together() -> None:
    """With each of 20 options equal to one 20 further on, the order of the case is hopeless."""
    options, rules, words = crowd(
        60, *(f"x{i} iff x{i + 20}" for i in range(20)), *(f"x{i} iff x{i + 40}" for i in range(20))
    )
    diagram = Diagram(options, rules, words, max_nodes=500)
    assert diagram.count() == 1 << 20


def test_count_without_listing() -> None:
    options, rules, words = crowd(60, "x0 or x1")
    assert Diagram(options, rules, words).count() == 3 << 58


def test_nothing_feasible() -> None:
    options, rules, words = crowd(60, "x0", "not x0")
    with pytest.raises(ConflictError, match="no feasible state"):
        feasible_form(("a",), options, rules, words)


def test_too_many_states_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free_memory", lambda: 10_000_000_000)
    options, rules, words = crowd(60, "x0 or x1")
    with pytest.raises(SizeError, match=r"listing 864,691,128,455,135,232 feasible states needs"):
        feasible_form(("a",), options, rules, words)


def test_entangled_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that make no small diagram: few options are tried one by one, many are refused."""
    monkeypatch.setattr(states, "Diagram", partial(Diagram, max_nodes=20))
    options, rules, words = crowd(15, "exactly(7, everybody)")
    assert feasible_form(("a",), options, rules, words).n_states == comb(15, 7)
    options, rules, words = crowd(40, "exactly(7, everybody)")
    with pytest.raises(SizeError, match="too entangled"):
        feasible_form(("a",), options, rules, words)
