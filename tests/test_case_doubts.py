"""What a case leaves open: read, counted, settled, and refused with its place."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from detente.case import Case, loads
from detente.errors import CaseError, DetenteError

HEAD = """\
detente: 1
title: A dispute
decision_makers:
  a:
    options: {x: Do x, y: Do y}
    preferences:
"""
TAIL = """\
  b:
    options: {z: Do z}
    preferences: {prioritise: [{prefer: z, id: wants_z}]}
status_quo: NNN
"""


def case(preferences: str, rest: str = "") -> Case:
    body = "".join(f"      {line}\n" for line in preferences.splitlines())
    return loads(HEAD + body + TAIL + rest)


def problems(preferences: str, rest: str = "") -> list[str]:
    with pytest.raises(CaseError) as caught:
        case(preferences, rest)
    return [str(problem) for problem in caught.value.problems]


def ranks(made: Case) -> list[list[list[int]]]:
    readings = made.space()
    numbers = range(readings.space.size)
    return [
        readings.conflict(readings.space.choices(np.array([n]))[0].tolist()).ranks.tolist()
        for n in numbers
    ]


def test_a_statement_that_may_not_hold() -> None:
    made = case("prioritise:\n  - {prefer: x, id: wants_x, maybe: 0.25}\n  - y")
    (doubt,) = made.uncertainties
    assert (doubt.id, doubt.probabilities) == ("wants_x", (Fraction(1, 4), Fraction(3, 4)))
    assert [one[0] for one in ranks(made)] == [
        [0, 2, 1, 3, 0, 2, 1, 3],
        [0, 0, 1, 1, 0, 0, 1, 1],
    ]
    assert made.model().conflict.ranks[0].tolist() == [0, 2, 1, 3, 0, 2, 1, 3]


def test_alternatives_and_orders() -> None:
    made = case(
        "prioritise:\n"
        "  - {either: [x, not x, y], id: first}\n"
        "  - {any_order: [{prefer: y, id: b}, {prefer: z, id: c}], id: second}"
    )
    assert [(d.id, d.size, d.labels) for d in made.uncertainties] == [
        ("first", 3, ("1", "2", "3")),
        ("second", 2, ("b > c", "c > b")),
    ]
    assert made.space().space.size == 6
    settled = made.settled({"first": 1, "second": 1})
    assert settled.uncertainties == ()
    preferences = settled.decision_makers[0].preferences
    assert [s.clause.text for s in preferences.statements] == ["not x", "z", "y"]  # type: ignore[union-attr]


def test_pairs_of_states_whose_order_is_unknown() -> None:
    made = case("rank:\n  - {any_order: [x and y, [x and not y, y and not x]], id: top}\n  - NN-")
    assert [one[0][:4] for one in ranks(made)] == [[0, 1, 1, 2], [0, 2, 2, 1]]
    tied = case("rank:\n  - {any_order: [x, y and not x], ties: Y, id: top}\n  - NN-")
    assert tied.uncertainties[0].labels == (
        "x > y and not x",
        "x = y and not x",
        "y and not x > x",
    )
    assert [one[0][:4] for one in ranks(tied)] == [[0, 2, 1, 2], [0, 1, 1, 1], [0, 1, 2, 1]]


def test_weights_between_bounds() -> None:
    made = case("weigh:\n  x: {between: [1, 3], steps: 5}\n  y: 2")
    (doubt,) = made.uncertainties
    assert [doubt.label(answer) for answer in range(5)] == ["1", "1.5", "2", "2.5", "3"]
    assert [one[0][:4] for one in ranks(made)][::2] == [[0, 1, 2, 3], [0, 1, 1, 2], [0, 2, 1, 3]]
    assert made.model().conflict.ranks[0, :4].tolist() == [0, 1, 1, 2]
    continuous = case("weigh:\n  x: {between: [1, 3]}\n  y: 2").space().space
    assert not continuous.enumerable
    assert continuous.size == 1 << 20


def test_an_option_that_may_not_be_available() -> None:
    made = case("prioritise: [x]", "uncertain: {scarce: {option: z, probability: 1/3}}\n")
    readings = made.space()
    assert [readings.conflict([answer]).n_states for answer in (0, 1)] == [8, 4]
    assert readings.space.factors[0].probabilities == (Fraction(1, 3), Fraction(2, 3))


QUESTION = """\
uncertain:
  course:
    question: Which way?
    answers:
      stays: {}
      turns:
        changes:
          - replace: wants_z
            prefer: not z
          - insert: z
            before: wants_x
"""


def test_a_question_with_answers_changes_several_parties() -> None:
    made = case("prioritise: [{prefer: x, id: wants_x}]", QUESTION)
    (doubt,) = made.uncertainties
    assert (doubt.dms, doubt.labels) == (("a", "b"), ("stays", "turns"))
    turned = made.settled({"course": 1})
    texts = [
        [s.clause.text for s in dm.preferences.statements]  # type: ignore[union-attr]
        for dm in turned.decision_makers
    ]
    assert texts == [["z", "x"], ["not z"]]
    assert made.space().conflict([1]).ranks.tolist() == turned.model().conflict.ranks.tolist()


def test_named_readings() -> None:
    made = case(
        "prioritise: [{prefer: x, id: wants_x, maybe: open}, {prefer: y, id: wants_y}]",
        "readings:\n"
        "  plain: {name: As it stands}\n"
        "  other:\n"
        "    settle: {wants_x: absent}\n"
        "    changes:\n"
        "      - {move: wants_y, at: first}\n"
        "      - {insert: not z, id: spites_z, for: a}\n"
        "      - {drop: wants_z}\n"
        "      - {unavailable: a.y}\n"
        "      - {status_quo: only(x)}\n",
    )
    assert made.base == "plain"
    assert made.under("plain") is made
    other = made.under("other")
    assert other.uncertainties == ()
    assert [s.id for s in other.decision_makers[0].preferences.statements] == [  # type: ignore[union-attr]
        "wants_y",
        "spites_z",
    ]
    model = other.model()
    assert model.conflict.n_states == 4
    assert model.conflict.status_quo == 1
    with pytest.raises(DetenteError, match="did you mean other"):
        made.under("otter")


PLAIN = "prioritise: [{prefer: x, id: wants_x}]"


@pytest.mark.parametrize(
    ("preferences", "rest", "expected"),
    [
        ("prioritise: [{prefer: x, maybe: open}]", "", "7:20: an uncertain statement needs a name"),
        ("prioritise: [{prefer: x, id: i, maybe: 1.5}]", "", "7:46: “1.5” does not fit here"),
        (
            "prioritise: [{either: [{prefer: x, probability: 0.5}, y], id: i}]",
            "",
            "some answers have a probability, others none",
        ),
        ("prioritise: [{either: [x], id: i}]", "", "at least 2 entries are needed here"),
        ("weigh: {x: {between: [3, 1]}}", "", "the lowest weight comes first"),
        ("weigh: {x: {between: 1, steps: 2}}", "", "give a number, or {between: [low, high]}"),
        (
            "weigh: {x: {between: [1, 1]}}",
            "readings: {r: {settle: {x: 1}}}\n",
            "x has no answer “1”",
        ),
        (
            "weigh: {x: {between: [1, 3]}}",
            "readings: {r: {settle: {x: 1/0}}}\n",
            "x has no answer “1/0”",
        ),
        (PLAIN, "uncertain: {q: {option: w}}\n", "there is no option w"),
        (PLAIN, "uncertain: {q: {question: What}}\n", "one of option, answers: none is given"),
        (PLAIN, "readings: {r: {changes: [{drop: want_x}]}}\n", "did you mean wants_x"),
        (PLAIN, "readings: {r: {changes: [{drop: wants_x, id: y}]}}\n", "drop takes no “id”"),
        (PLAIN, "readings: {r: {changes: [{move: wants_x}]}}\n", "say where to move it"),
        (PLAIN, "readings: {r: {changes: [{insert: x}]}}\n", "say where to insert it"),
        (PLAIN, "readings: {all: {name: All}}\n", "“all” means all readings"),
        (PLAIN, "readings: {r: {settle: {wants_x: holds}}}\n", "nothing uncertain has the id"),
        (PLAIN, "claims: {c: x}\n", "a claim is made of predicates"),
        (PLAIN, "claims: {c: equilibrium(w)}\n", "12:25: there is no name w"),
        (PLAIN, "claims: {c: 'equilibrium(x, sqe)'}\n", "did you mean seq"),
        (PLAIN, "claims: {c: settle(x)}\n", "settle needs by"),
        (PLAIN, "claims: {c: equilibria(x)}\n", "did you mean equilibrium"),
        (PLAIN, "claims: {c: 'blocks(c, x)'}\n", "there is no decision maker c"),
        (
            PLAIN,
            "claims: {c: {assert: reachable(x), expect: {al: holds}}}\n",
            "there is no reading al: did you mean all",
        ),
    ],
)
def test_faults_are_placed(preferences: str, rest: str, expected: str) -> None:
    found = problems(preferences, rest)
    assert any(expected in problem for problem in found), found


def test_one_id_for_two_uncertainties() -> None:
    found = problems(
        "prioritise: [{prefer: x, id: i, maybe: open}]", "uncertain: {i: {option: z}}\n"
    )
    assert any("i is already the id of something uncertain" in problem for problem in found)


def test_a_reading_that_is_no_conflict_says_which() -> None:
    taken = loads(
        (HEAD + "      prioritise: [x]\n" + TAIL).replace("status_quo: NNN", "status_quo: NNY")
        + "uncertain: {scarce: {option: z}}\n"
    )
    with pytest.raises(CaseError, match="with scarce = unavailable: “NNY” fits no feasible state"):
        taken.space().conflict([1])
