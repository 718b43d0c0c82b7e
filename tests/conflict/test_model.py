"""Conflicts from arrays and graphs: options, states, moves, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import detente
from detente import Conflict, ConflictError, SizeError
from detente.conditions import parse, vocabulary
from detente.conflict import Option, OptionForm, all_codes, coalesce, feasible_form, lay_out

PRISONERS: dict[str, Any] = {"options": [1, 1], "ranks": [[1, 0, 3, 2], [1, 3, 0, 2]]}


# -- options and states --------------------------------------------------------------------------


def test_options_are_laid_out_from_the_lowest_bit() -> None:
    options = lay_out(
        [
            Option(0, "a.x"),
            Option(0, "a.y", ("none", "some", "all")),
            Option(2, "c.z", tuple("pqrst")),
            Option(2, "c.w"),
        ],
        3,
    )
    assert [(o.shift, o.width, o.mask) for o in options] == [
        (0, 1, 0b1),
        (1, 2, 0b110),
        (3, 3, 0b111000),
        (6, 1, 0b1000000),
    ]
    codes = all_codes(options)
    assert len(codes) == 2 * 3 * 5 * 2
    assert (np.diff(codes) > 0).all()
    assert codes[:8].tolist() == [0, 1, 2, 3, 4, 5, 8, 9]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([Option(1, "b.x"), Option(0, "a.x")], "group options by DM, in order"),
        ([Option(2, "c.x")], "group options by DM, in order"),
        ([Option(0, "a.x", ("one",))], "has 1 levels: it needs 2 to 36"),
        ([Option(0, "a.x", tuple(map(str, range(37))))], "has 37 levels: it needs 2 to 36"),
        ([Option(0, f"a.x{i}") for i in range(63)], "need 63 bits a state: at most 62"),
    ],
)
def test_layouts_that_are_refused(options: list[Option], message: str) -> None:
    with pytest.raises(ConflictError, match=message):
        lay_out(options, 2)


def test_too_many_combinations_are_refused() -> None:
    with pytest.raises(SizeError, match="too many to list"):
        all_codes(lay_out([Option(0, f"a.x{i}") for i in range(27)], 1))


@pytest.mark.concept("infeasible", evidence="property")
def test_rules_remove_states() -> None:
    options = lay_out([Option(0, "a.x"), Option(0, "a.y", ("n", "s", "a"), ordered=True)], 1)
    words = vocabulary({o.name: o.as_name(i) for i, o in enumerate(options)})
    rules = [parse("not (x and y == a)"), parse("x or y >= s")]
    form = feasible_form(("a",), options, rules, words)
    assert form.levels.tolist() == [[1, 0], [0, 1], [1, 1], [0, 2]]
    with pytest.raises(ConflictError, match="leave no feasible state"):
        feasible_form(("a",), options, [parse("x"), parse("not x")], words)


# -- moves ---------------------------------------------------------------------------------------


@pytest.mark.concept("one_way", evidence="property")
def test_one_way_options_change_one_way() -> None:
    ranks = np.zeros((2, 8), int)
    conflict = Conflict.from_arrays(options=[2, 1], ranks=ranks, one_way={0: "on", 2: "off"})
    assert conflict.moves(0).of(0).tolist() == [1, 2, 3]
    assert conflict.moves(0).of(1).tolist() == [3]
    assert conflict.moves(0).of(3).tolist() == [1]
    assert conflict.moves(1).of(0).tolist() == []
    assert conflict.moves(1).of(4).tolist() == [0]


# The published moves, states s1 to s9 (Hipel, Fang, Kilgour and Haight 1993).
ELMIRA_MOVES = {
    "moe": [(1, 2), (3, 4), (5, 6), (7, 8)],
    "uniroyal": [
        *[(1, 3), (1, 9), (2, 4), (2, 9), (3, 9), (4, 9)],
        *[(5, 7), (5, 9), (6, 8), (6, 9), (7, 9), (8, 9)],
    ],
    "lg": [(1, 5), (2, 6), (3, 7), (4, 8), (5, 1), (6, 2), (7, 3), (8, 4)],
}


@pytest.mark.concept("coalescing", "one_way", "infeasible", evidence="published")
def test_moves_of_elmira_are_the_published_ones() -> None:
    conflict = detente.load("elmira").conflict()
    patterns = [conflict.pattern(state) for state in range(conflict.n_states)]
    published = ["NYNNN", "YYNNN", "NNYNN", "YNYNN", "NYNNY", "YYNNY", "NNYNY", "YNYNY", "-NNY-"]
    assert sorted(patterns) == sorted(published)
    number = {state: published.index(pattern) + 1 for state, pattern in enumerate(patterns)}
    for dm, key in enumerate(conflict.decision_makers):
        moves = conflict.moves(dm).pairs().tolist()
        assert sorted((number[s], number[t]) for s, t in moves) == ELMIRA_MOVES[key]


@pytest.mark.concept("coalescing", evidence="property")
def test_a_coalesced_state_that_can_be_left_draws_a_warning() -> None:
    form = Conflict.from_arrays(**PRISONERS).form
    assert isinstance(form, OptionForm)
    graph, warnings = coalesce(form, [np.array([False, True, False, True])])
    assert graph.member_of.tolist() == [0, 2, 1, 2]
    assert graph.levels.tolist() == [[0, 0], [0, 1], [1, -1]]
    assert warnings == (
        "the coalesced state s3 can be left by dm1: it has every move that any of its members has",
    )
    one = np.array([True, True, False, False])
    with pytest.raises(ConflictError, match="two coalesced groups share a state"):
        coalesce(form, [one, one])


# -- arrays and graphs that are refused ----------------------------------------------------------


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"options": [], "ranks": []}, "at least one DM"),
        ({"options": [-1], "ranks": [[0]]}, "-1 is not a whole number from 0 up"),
        ({"options": [True], "ranks": [[0, 1]]}, "True is not a whole number"),
        ({"options": [1.5], "ranks": [[0]]}, "1.5 is not a whole number"),
        ({"options": [1], "ranks": [[0]]}, r"shape \(1, 1\): it should be \(1, 2\), DMs first"),
        ({"options": [1], "ranks": [0, 1]}, r"shape \(2,\): it should be \(1, 2\)"),
        ({"options": [1], "ranks": [[0.5, 1]]}, "type float64: they should be whole numbers"),
        ({"options": [1], "ranks": [["a", "b"]]}, "they should be whole numbers"),
        ({"options": [29], "ranks": [[0]]}, r"all 2\^29 states do not fit"),
        ({"options": [63], "ranks": [[0]], "feasible": [0]}, "need 63 bits"),
        ({"options": [1], "ranks": [[]], "feasible": []}, "at least one"),
        ({"options": [1], "ranks": [[0]], "feasible": [2]}, r"codes outside 0 to 2\^1 − 1"),
        ({"options": [1], "ranks": [[0]], "feasible": [-1]}, "codes outside"),
        ({"options": [1], "ranks": [[0, 1]], "feasible": [1, 0]}, "not strictly ascending"),
        ({"options": [1], "ranks": [[0, 1]], "feasible": [1, 1]}, "not strictly ascending"),
        ({"options": [1], "ranks": [[0]], "feasible": [0.0]}, "whole numbers"),
        ({"options": [1], "ranks": [[0, 1]], "one_way": {1: "on"}}, "names option 1: there are 1"),
        ({"options": [1], "ranks": [[0, 1]], "one_way": {0: "up"}}, "'up': it is 'on' or 'off'"),
        ({"options": [1, 0], "ranks": [[0, 1], [0]]}, "ranks differ in length from row to row"),
        ({"options": 2, "ranks": [[0]]}, "`options` is 2: give a number of options for each DM"),
        ({"options": {"a": "xy"}, "ranks": [[0]]}, "the options of a need a list of names"),
        ({"options": {"a": ["x", "x"]}, "ranks": [[0]]}, "each of them once"),
        ({"options": {}, "ranks": [[0]]}, "at least one DM"),
        ({"options": [1], "ranks": [[0, 1]], "status_quo": 2}, "is 2: the states are 0 to 1"),
    ],
)
def test_arrays_that_are_refused(arrays: dict[str, Any], message: str) -> None:
    with pytest.raises(ConflictError, match=message):
        Conflict.from_arrays(**arrays)


@pytest.mark.parametrize(
    ("moves", "ranks", "message"),
    [
        ([], [], "at least one DM"),
        ([[]], [0, 1], "ranks need two dimensions"),
        ([[]], [[0, 1], [0, 1]], r"shape \(2, 2\): it should be \(1, 2\)"),
        ([[]], [[0, 1], [0]], "ranks differ in length"),
        ([[(0, 1), (1,)]], [[0, 1]], "moves differ in length"),
        ([[(0, 2)]], [[0, 1]], "names state 2: the states are 0 to 1"),
        ([[(-1, 0)]], [[0, 1]], "names state -1"),
        ([[(1, 1)]], [[0, 1]], "leads from state 1 to itself"),
        ([[(0, 1, 1)]], [[0, 1]], r"shape \(number of moves, 2\)"),
        ([[(0.0, 1.0)]], [[0, 1]], "whole numbers"),
    ],
)
def test_graphs_that_are_refused(moves: Any, ranks: Any, message: str) -> None:
    with pytest.raises(ConflictError, match=message):
        Conflict.from_graph(moves=moves, ranks=ranks)


def test_names_and_the_status_quo_go_in_with_the_arrays() -> None:
    by_options = Conflict.from_arrays(
        options={"north": ["offer"], "south": ["accept", "attack"], "un": []},
        ranks=[range(8)] * 3,
        status_quo=5,
    )
    numbered = Conflict.from_arrays(options=[1, 2, 0], ranks=[range(8)] * 3)
    assert by_options.decision_makers == ("north", "south", "un")
    assert [one.name for one in by_options.options] == [
        "north.offer",
        "south.accept",
        "south.attack",
    ]
    assert [one.name for one in numbered.options] == ["dm1.o1", "dm2.o2", "dm2.o3"]
    assert by_options.status_quo == 5
    assert by_options.moves(1).pairs().tolist() == numbered.moves(1).pairs().tolist()
    graph = Conflict.from_graph(moves={"a": [(0, 1)], "b": []}, ranks=[[0, 1]] * 2, status_quo=0)
    assert (graph.decision_makers, graph.status_quo) == (("a", "b"), 0)


@pytest.mark.parametrize("name", ["s0", "s5", "s01", "S1", "s", "1", "s１", "s" + "9" * 30])
def test_what_is_no_id_names_no_state(name: str) -> None:
    assert Conflict.from_arrays(**PRISONERS).state_of(name) is None


def test_states_have_ids_and_ids_states() -> None:
    prisoners = Conflict.from_arrays(**PRISONERS)
    assert [prisoners.state_of(prisoners.state_id(state)) for state in range(4)] == [0, 1, 2, 3]
    for state in (-1, 4):
        with pytest.raises(IndexError, match=f"there is no state {state}: they are 0 to 3"):
            prisoners.state_id(state)


def test_a_repeated_move_counts_once() -> None:
    conflict = Conflict.from_graph(moves=[[(0, 1), (0, 1)], []], ranks=[[0, 1], [0, 0]])
    assert conflict.moves(0).pairs().tolist() == [[0, 1]]


# -- immutability, hash, notebooks ----------------------------------------------------------------


def arrays_of(conflict: Conflict) -> list[Any]:
    arrays: list[Any] = [conflict.ranks, conflict.levels]
    for dm in range(conflict.n_dms):
        arrays += [conflict.moves(dm).starts, conflict.moves(dm).targets]
    return [*arrays, conflict.form.codes] if isinstance(conflict.form, OptionForm) else arrays


@pytest.mark.parametrize("name", ["prisoners", "graph", "elmira"])
def test_arrays_cannot_be_written_to(name: str) -> None:
    conflict = {
        "prisoners": lambda: Conflict.from_arrays(**PRISONERS),
        "graph": lambda: Conflict.from_graph(moves=[[(0, 1)]], ranks=[[0, 1]]),
        "elmira": lambda: detente.load("elmira").conflict(),
    }[name]()
    for array in arrays_of(conflict):
        assert not array.flags.writeable


def test_arrays_given_stay_the_callers() -> None:
    ranks = np.array(PRISONERS["ranks"], dtype=np.int32)
    codes = np.arange(4)
    conflict = Conflict.from_arrays(options=[1, 1], ranks=ranks, feasible=codes)
    ranks[:] = 0
    codes[:] = 0
    assert conflict.ranks.tolist() == PRISONERS["ranks"]
    assert conflict.pattern(3) == "YY"
    assert ranks.flags.writeable


def test_hash_is_stable_and_tells_conflicts_apart() -> None:
    one = Conflict.from_arrays(**PRISONERS)
    assert one.hash == Conflict.from_arrays(**PRISONERS).hash
    assert len(one.hash) == 64
    others = [
        Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 3]]),
        Conflict.from_arrays(**PRISONERS, one_way={0: "on"}),
        Conflict.from_arrays(options=[2, 0], ranks=PRISONERS["ranks"]),
        Conflict.from_arrays(options=[1, 2], ranks=PRISONERS["ranks"], feasible=[0, 1, 2, 4]),
        Conflict(one.form, one.ranks, 0),
        Conflict(one.form, one.ranks, 1),
        Conflict.from_graph(moves=[[(0, 1)], [(0, 2)]], ranks=PRISONERS["ranks"]),
        Conflict.from_graph(moves=[[(0, 1), (0, 2)], []], ranks=PRISONERS["ranks"]),
    ]
    assert len({one.hash, *(other.hash for other in others)}) == 1 + len(others)


def test_names_are_escaped_in_a_notebook() -> None:
    text = "<script>&"
    options = lay_out([Option(0, f"{text}.x")], 1)
    form = OptionForm((text,), options, np.arange(2))
    shown = Conflict(form, np.zeros((1, 2), np.int32))._repr_html_()
    assert "<th>&lt;script&gt;&amp;</th>" in shown
    assert "<script>" not in shown


def test_a_notebook_shows_the_first_states_only() -> None:
    shown = Conflict.from_arrays(options=[6], ranks=np.zeros((1, 64), int))._repr_html_()
    assert shown.count("<tr>") == 1 + 20
    assert "… of 64 states" in shown
