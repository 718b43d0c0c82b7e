"""The truth of conditions at all states at once is their truth at each state."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import ConditionError
from detente.conditions import OptionName, check, evaluate, names_used, parse, vocabulary
from detente.conditions.syntax import Expression
from plain.conditions import holds

LEVELS = ("none", "some", "de jure")
OPTIONS = {
    "us.talk": OptionName(0),
    "us.arm": OptionName(1),
    "eu.talk": OptionName(2),
    "eu.terms": OptionName(3, LEVELS, ordered=True),
    "ru.tone": OptionName(4, ("mild", "harsh")),
}
DEFINED = {
    "thaw": parse("us.talk and eu.talk"),
    "chill": parse("not thaw or tone == harsh"),
    "arm": parse("us.arm xor thaw"),
}
WORDS = vocabulary(OPTIONS, (), DEFINED)
STATES = np.array(list(product((0, 1), (0, 1), (0, 1), (0, 1, 2), (0, 1))))


def truth(expression: Expression) -> list[bool]:
    found = evaluate(expression, WORDS, STATES.T.__getitem__, len(STATES))
    assert found.dtype == bool
    assert found.shape == (len(STATES),)
    return list(found.tolist())


def plainly(expression: Expression) -> list[bool]:
    return [holds(expression, levels, WORDS) for levels in STATES.tolist()]


ATOMS = st.sampled_from(
    [
        *("true", "false", "us.talk", "eu.talk", "us.arm", "arm", "thaw", "chill"),
        *(f'terms {op} "de jure"' for op in ("==", "!=", "<", "<=", ">", ">=")),
        *("eu.terms == none", "eu.terms > 'none'", "ru.tone != mild", "us.talk == Y", "arm"),
        *("only()", "only(us.talk, us.arm)", 'only(eu.terms == "some")', "us.arm == 'N'"),
    ]
)


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(inner, min_size=1, max_size=4)
    word = st.sampled_from(["and", "or", "xor", "implies", "iff"])
    return st.one_of(
        inner.map("not {}".format),
        inner.map("({})".format),
        st.tuples(inner, word, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda two: f"if {two[0]} then ({two[1]})"),
        st.tuples(st.sampled_from(["atleast", "atmost", "exactly"]), st.integers(0, 5), some).map(
            lambda call: f"{call[0]}({call[1]}, {', '.join(call[2])})"
        ),
    ).map("({})".format)


@settings(max_examples=400, deadline=None)
@given(st.recursive(ATOMS, compound, max_leaves=20))
def test_all_states_at_once_and_one_by_one(text: str) -> None:
    expression = parse(text)
    assert check(expression, WORDS) == []
    assert truth(expression) == plainly(expression)


@settings(max_examples=100, deadline=None)
@given(st.recursive(ATOMS, compound, max_leaves=8))
def test_a_condition_depends_on_the_options_it_names(text: str) -> None:
    if "only" in text:
        return
    expression = parse(text)
    used = names_used(expression, WORDS)
    by_used: dict[tuple[int, ...], bool] = {}
    for levels, value in zip(STATES.tolist(), truth(expression), strict=True):
        seen = tuple(levels[option] for option in sorted(used))
        assert by_used.setdefault(seen, value) == value


A, B = "us.talk", "eu.talk"


@pytest.mark.parametrize(
    ("text", "table"),
    [
        # at (not A, not B), (A, not B), (not A, B), (A, B)
        (f"{A} and {B}", "NNNY"),
        (f"{A} or {B}", "NYYY"),
        (f"{A} xor {B}", "NYYN"),
        (f"{A} implies {B}", "YNYY"),
        (f"if {A} then {B}", "YNYY"),
        (f"{A} iff {B}", "YNNY"),
        (f"not {A}", "YNYN"),
        (f"atleast(1, {A}, {B})", "NYYY"),
        (f"atmost(1, {A}, {B})", "YYYN"),
        (f"exactly(1, {A}, {B})", "NYYN"),
        (f"atleast(0, {A})", "YYYY"),
        (f"atleast(2, {A}, {A})", "NYNY"),
        (f"only({A})", "NYNN"),
        ("only()", "YNNN"),
        ("thaw", "NNNY"),
        ("true", "YYYY"),
    ],
)
def test_truth_tables(text: str, table: str) -> None:
    corners = np.array([[0, 1, 0, 1], [0] * 4, [0, 0, 1, 1], [0] * 4, [0] * 4])
    found = evaluate(parse(text), WORDS, corners.__getitem__, 4)
    assert "".join("NY"[int(value)] for value in found) == table


def test_only_leaves_levels_at_the_lowest() -> None:
    found = evaluate(parse('only(eu.terms == "some")'), WORDS, STATES.T.__getitem__, len(STATES))
    assert STATES[found].tolist() == [[0, 0, 0, 1, 0]]


def test_states_of_a_graph_are_conditions() -> None:
    words = vocabulary({}, ["calm", "war"], {"bad": parse("war")})
    found = evaluate(parse("not bad"), words, STATES.T.__getitem__, 2)
    assert found.tolist() == [True, False]


def test_counting_does_not_overflow() -> None:
    text = f"atleast(900, {', '.join(['us.talk'] * 900)})"
    found = evaluate(parse(text), WORDS, STATES.T.__getitem__, len(STATES))
    assert found.tolist() == (STATES[:, 0] == 1).tolist()


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("not n{0}", [False, True]),
        ("n{0} xor n{0}", [False, False]),
        ("n{0} and n{0}", [False, True]),
    ],
)
def test_definitions_may_rest_on_each_other_a_thousand_deep(
    step: str, expected: list[bool]
) -> None:
    defined = {"n0": parse("x")}
    defined |= {f"n{i}": parse(step.format(i - 1)) for i in range(1, 1001)}
    words = vocabulary({"a.x": OptionName(0)}, (), defined)
    corner = np.array([[0, 1]])
    last = evaluate(parse("n1000"), words, corner.__getitem__, 2).tolist()
    assert last == expected
    assert names_used(parse("n1000"), words) == {0}


def test_a_name_defined_by_itself_is_refused() -> None:
    words = vocabulary({}, ["s"], {"a": parse("b or s"), "b": parse("not c"), "c": parse("a")})
    with pytest.raises(ConditionError, match=r"^a is defined by itself: a → b → c → a$"):
        evaluate(parse("s and a"), words, STATES.T.__getitem__, 1)


def test_a_level_may_be_called_like_a_definition() -> None:
    words = vocabulary({"a.x": OptionName(0, ("none", "full"))}, (), {"full": parse("x == full")})
    assert evaluate(parse("full"), words, np.array([[0, 1]]).__getitem__, 2).tolist() == [
        False,
        True,
    ]
