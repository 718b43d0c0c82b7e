"""Fewest changes of rules and options, against trying all of them by hand."""

from __future__ import annotations

import numpy as np
import pytest

from detente.case import fewest_changes, load, loads, possible_changes
from detente.errors import ConflictError
from detente.stability import analyze

BLOCKED = """\
detente: 1
title: A rule in the way
decision_makers:
  a:
    options: {x: {text: X, change: only on}, y: Y}
    preferences: {prioritise: [a.y and not a.x, not a.x]}
  b:
    options: {z: Z}
    preferences: {prioritise: [b.z]}
rules:
  - never: a.y and b.z
"""


def test_an_equilibrium_needs_no_change() -> None:
    model = load("elmira").model()
    assert fewest_changes(model, 4, "nash").number == 0


def test_binding_the_options_of_both_holds_the_compromise() -> None:
    found = fewest_changes(load("chicken").model(), 3)
    assert found.number == 2
    assert [{(c.kind, c.index) for c in way} for way in found.ways] == [
        {("bind option", 0), ("bind option", 1)}
    ]


def test_each_way_holds_when_it_is_made() -> None:
    model = load("us-russia-2025").model()
    pattern = "NYNNNNNNY"
    state = [model.conflict.pattern(s) for s in range(model.conflict.n_states)].index(pattern)
    found = fewest_changes(model, state)
    assert found.number == 2
    names = [{model.case.options[change.index].name for change in way} for way in found.ways]
    assert names == [{"us.recognise", "us.withhold"}]
    text = (load("us-russia-2025").file,)
    with open(text[0], encoding="utf-8") as stream:  # noqa: PTH123
        bound = stream.read().replace(
            "rules:\n", "rules:\n  - never: us.recognise\n  - never: us.withhold\n"
        )
    conflict = loads(bound).conflict()
    equilibria = analyze(conflict, ["seq"]).equilibria("seq")
    assert pattern in [conflict.pattern(int(s)) for s in equilibria]


def test_dropping_a_rule_or_letting_an_option_return() -> None:
    model = loads(BLOCKED).model()
    patterns = [model.conflict.pattern(s) for s in range(model.conflict.n_states)]
    kinds = {change.kind for change in possible_changes(model.case)}
    assert kinds == {"drop rule", "allow return", "bind option"}
    stuck = fewest_changes(model, patterns.index("YNY"), "nash")
    assert stuck.number == 0
    lower = fewest_changes(model, patterns.index("NYN"), "nash")
    assert lower.number == 0
    assert np.flatnonzero(analyze(model.conflict, ["nash"]).stable("nash").all(axis=0)).size > 0


def test_a_graph_has_nothing_of_the_kind_to_change() -> None:
    with pytest.raises(ConflictError, match="no rules or options"):
        fewest_changes(load("strength-example").model(), 0)
