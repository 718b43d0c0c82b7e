"""GMCR+ files: every generation is read, broken ones are refused, what is written reads back."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case import Model, load, loads, perspectives
from detente.conflict import Conflict
from detente.errors import DetenteError
from detente.interop import export_gmcr, import_gmcr
from detente.stability import analyze
from interop.gmcr_files import BAN, CUBA, ELMIRA, OLD_RANKING, OLD_STATEMENTS, SYRIA_IRAQ

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = {
    "old statements": OLD_STATEMENTS,
    "old ranking": OLD_RANKING,
    "0.3.1": CUBA,
    "0.3.6": ELMIRA,
    "0.3.12": SYRIA_IRAQ,
    "hard names": BAN,
}


def imported(value: Any) -> Model:
    return loads(import_gmcr(json.dumps(value), "test.gmcr").text).model()


def warnings(value: Any) -> list[str]:
    return [w.message for w in import_gmcr(json.dumps(value), "test.gmcr").warnings]


def stable(conflict: Conflict, concept: str) -> list[list[int]]:
    table = analyze(conflict, [concept]).stable(concept)
    return [(np.flatnonzero(row) + 1).tolist() for row in table]


def best_first(conflict: Conflict, dm: int) -> list[list[int]]:
    ranks = conflict.ranks[dm]
    return [(np.flatnonzero(ranks == r) + 1).tolist() for r in np.unique(ranks)[::-1]]


def test_old_statements() -> None:
    model = imported(OLD_STATEMENTS)
    conflict = model.conflict
    assert [dm.id for dm in model.case.decision_makers] == ["prisoner", "prisoner_2"]
    assert [dm.name for dm in model.case.decision_makers] == ["Prisoner", "prisoner"]
    assert [o.name for o in conflict.options] == ["prisoner.keep_silent", "prisoner_2.keep_silent"]
    assert conflict.ranks.tolist() == [[1, 0, 3, 2], [1, 3, 0, 2]]
    assert stable(conflict, "nash") == [[1, 3], [1, 2]]
    assert stable(conflict, "seq") == [[1, 3, 4], [1, 2, 4]]


def test_old_ranking() -> None:
    model = imported(OLD_RANKING)
    conflict = model.conflict
    assert [conflict.pattern(s) for s in range(4)] == ["NNYN", "YNYN", "NYNY", "YYNY"]
    assert [best_first(conflict, dm) for dm in range(3)] == [
        [[2], [1, 3], [4]],
        [[1, 3], [4], [2]],
        [[1, 2, 3, 4]],
    ]


def test_statements_score_to_the_published_vectors() -> None:
    conflict = imported(CUBA).conflict
    assert [s for (s,) in best_first(conflict, 0)] == [5, 7, 6, 8, 3, 2, 4, 1, 12, 10, 11, 9]
    assert [s for (s,) in best_first(conflict, 1)] == [1, 5, 7, 3, 6, 2, 8, 4, 12, 10, 11, 9]
    assert [o.one_way for o in conflict.options] == ["on", None, None, None]
    assert analyze(conflict, ["nash"]).equilibria("nash").tolist() == [5]


@pytest.mark.concept("ranking", evidence="published")
def test_rankings_count_where_the_file_says_so() -> None:
    model = imported(ELMIRA)
    conflict = model.conflict
    assert conflict.n_states == 12
    assert best_first(conflict, 1) == [[1], [4], [10], [7], [5, 6, 11, 12], [2], [3], [9], [8]]
    assert [o.one_way for o in conflict.options] == ["on", "off", None, "on", None]
    assert [rule.kind for rule in model.case.rules] == ["exclusive", "at_least_one"]
    assert "the statements of decisionMakers[0] are left out: the ranking counts" in warnings(
        ELMIRA
    )


def test_coalescing_elmira_gives_the_equilibria_of_the_literature() -> None:
    text = import_gmcr(json.dumps(ELMIRA), "elmira.gmcr").text
    conflict = loads(text + "\ncoalesce: [uniroyal.abandon]\n").conflict()
    result = analyze(conflict)
    found = {c: [conflict.pattern(int(s)) for s in result.equilibria(c)] for c in ("nash", "gmr")}
    assert found == {
        "nash": ["NYNNY", "YNYNY", "-NNY-"],
        "gmr": ["NYNNN", "YNYNN", "NYNNY", "YNYNY", "-NNY-"],
    }


# Individual stability of the test data of GMCR+, which perceives everything.
@pytest.mark.parametrize(
    ("concept", "expected"),
    [
        ("nash", [[1, 6], [2, 4, 6]]),
        ("gmr", [[1, 3, 6], [1, 2, 4, 5, 6]]),
        ("smr", [[1, 3, 6], [2, 4, 6]]),
        ("seq", [[1, 3, 6], [2, 4, 5, 6]]),
        ("sim", [[1, 3, 6], [2, 4, 5, 6]]),
    ],
)
def test_syria_and_iraq_agree_with_the_peer(concept: str, expected: list[list[int]]) -> None:
    assert stable(imported(SYRIA_IRAQ).conflict, concept) == expected


def test_misperceptions_are_taken_over() -> None:
    seen = perspectives(imported(SYRIA_IRAQ).case)
    assert [(sight.unknown + 1).tolist() for sight in seen.sights.values()] == [[2, 5], [1, 4]]
    for concept in ("nash", "gmr", "smr", "seq"):
        assert stable(seen.perceived, concept) == [[1, 2, 5, 6], [1, 2, 4, 6]]


def test_misperceptions_that_hide_nothing_or_everything_are_said_to_be_left_out() -> None:
    value = copy.deepcopy(SYRIA_IRAQ)
    row = value["decisionMakers"][0]["misperceptions"][0]
    both = value["infeasibles"][0]
    value["decisionMakers"][0]["misperceptions"] = [both, row, row]
    nothing = [[option, "N"] for option, _ in row[:1]]
    everything = [nothing, [[option, "Y"] for option, _ in row[:1]]]
    value["decisionMakers"][1]["misperceptions"] = everything
    first, _, third = warnings(value)
    assert first == "1 of decisionMakers[0].misperceptions are left out: they fit no feasible state"
    assert third == "decisionMakers[1].misperceptions are left out: they leave iraq no state"
    seen = perspectives(imported(value).case)
    assert [(sight.unknown + 1).tolist() for sight in seen.sights.values()] == [[2, 5]]


def test_misperceptions_and_coalitions_are_never_silently_dropped() -> None:
    value = {**SYRIA_IRAQ, "coalitions": [[0, 1]], "attitudes": 1}
    aside = "“detente perspectives” takes them into account, the other analyses leave them aside"
    assert warnings(value) == [
        f"decisionMakers[0].misperceptions are what syria does not perceive: {aside}",
        f"decisionMakers[1].misperceptions are what iraq does not perceive: {aside}",
        "coalitions are left out: every party is analysed on its own",
        "attitudes is left out: its meaning is not known",
    ]
    text = import_gmcr(json.dumps(value), "test.gmcr").text
    notes = loads(text).notes
    assert all(message in notes for message in warnings(value))


def test_a_party_without_preferences_is_indifferent_and_said_to_be() -> None:
    value = copy.deepcopy(OLD_STATEMENTS)
    value["decisionMakers"][1]["preferences"] = []
    assert imported(value).conflict.ranks[1].tolist() == [0, 0, 0, 0]
    assert "prisoner_2 is taken to be indifferent" in warnings(value)[0]


def test_hard_names() -> None:
    model = imported(BAN)
    assert [dm.id for dm in model.case.decision_makers] == ["union", "yes", "yes_2"]
    assert [o.name for o in model.conflict.options] == [
        "union.option_1st_lift_31mban",
        "union.option_4",
        "yes.no",
        "yes_2.not_",
    ]
    assert (
        model.case.decision_makers[0].options["option_1st_lift_31mban"].text == "1st: lift [31mban"
    )
    # The numbers of states follow the options in the order of the parties.
    assert model.conflict.ranks[2].tolist() == list(range(15, -1, -1))


def test_rules_are_those_an_analyst_would_write() -> None:
    text = import_gmcr(json.dumps(OLD_RANKING), "test.gmcr").text
    assert text.partition("rules:\n")[2] == (
        "  - exclusive: [board.advise_for, board.advise_against]\n"
        "  - at_least_one: [board.advise_for, board.advise_against]\n"
        "  - requires: [citizens.sue, board.advise_against]\n"
        "  - requires: [board.advise_against, citizens.sue]\n"
    )


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_reads_the_same(name: str) -> None:
    model = imported(FILES[name])
    text = export_gmcr(model).text
    again = imported(json.loads(text))
    assert np.array_equal(again.conflict.ranks, model.conflict.ranks)
    assert again.conflict.options == model.conflict.options
    assert [again.conflict.pattern(s) for s in range(again.conflict.n_states)] == [
        model.conflict.pattern(s) for s in range(model.conflict.n_states)
    ]
    assert export_gmcr(again).text == text


def canonical(value: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing about the conflict, or says it twice."""
    value = copy.deepcopy(value)
    for key in ("program", "version", "coalitions", "coalitionsFull"):
        value.pop(key, None)
    value["manual"] = value.pop("useManualPreferenceRanking", None) or value.pop(
        "useManualPreferenceVectors", False
    )
    value["infeasibles"].sort()
    for party in value["decisionMakers"]:
        party.pop("payoffs", None)
        if not party.get("misperceptions"):
            party.pop("misperceptions", None)
        for entry in party["preferences"]:
            if isinstance(entry, dict):
                entry["members"].sort()
    return value


def test_a_file_survives_the_round_trip() -> None:
    for value in (OLD_STATEMENTS, SYRIA_IRAQ):
        written = json.loads(export_gmcr(imported(value)).text)
        expected = canonical(value)
        if value is OLD_STATEMENTS:
            assert [p["name"] for p in written["decisionMakers"]] == ["Prisoner", "prisoner"]
        assert canonical(written) == expected


@pytest.mark.parametrize(
    "name",
    [
        "battle-of-the-sexes",
        "chicken",
        "cuban-missile-1962",
        "garrison-diversion",
        "gisborne",
        "north-korea-2017",
        "syria-iraq-1975",
    ],
)
def test_cases_survive_the_round_trip(name: str) -> None:
    model = load(name).model()
    exported = export_gmcr(model)
    again = imported(json.loads(exported.text)).conflict
    assert np.array_equal(again.ranks, model.conflict.ranks)
    assert [again.pattern(s) for s in range(again.n_states)] == [
        model.conflict.pattern(s) for s in range(model.conflict.n_states)
    ]
    assert [o.one_way for o in again.options] == [o.one_way for o in model.conflict.options]
    assert "notes" in exported.left_out


@pytest.mark.parametrize(
    ("name", "reason"),
    [("elmira", "coalesced states"), ("strength-example", "its states and moves")],
)
def test_what_a_file_cannot_hold_is_named(name: str, reason: str) -> None:
    with pytest.raises(DetenteError, match=reason):
        export_gmcr(load(name).model())


LEVELS = """
detente: 1
title: Levels
decision_makers:
  a:
    options: {x: {text: How far, levels: [none, some, all]}}
    preferences: {weigh: {a.x: {all: 1}}}
"""


def test_levels_are_named() -> None:
    with pytest.raises(DetenteError, match=r"levels of a\.x \(none, some, all\)"):
        export_gmcr(loads(LEVELS).model())


def broken(change: Callable[[dict[str, Any]], object]) -> str:
    value = copy.deepcopy(ELMIRA)
    change(value)
    with pytest.raises(DetenteError) as raised:
        import_gmcr(json.dumps(value), "bad.gmcr")
    assert str(raised.value).startswith("bad.gmcr:1:1: ")
    return str(raised.value)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda v: v.pop("options"), "the file"),
        (lambda v: v["options"].append({"name": "x"}), "options[5]: it belongs to no decision"),
        (lambda v: v["decisionMakers"][0]["options"].append(4), "already belongs to"),
        (lambda v: v["decisionMakers"][0]["options"].append(9), "there is no option 9"),
        (lambda v: v["infeasibles"].append([[7, "Y"]]), "infeasibles[4]: there is no option 7"),
        (lambda v: v["infeasibles"].append([[1, "Y"], [1, "N"]]), "cannot be both Y and N"),
        (lambda v: v["infeasibles"].extend([[[0, "Y"]], [[0, "N"]]]), "no feasible state"),
        (lambda v: v["options"][0].update(permittedDirection="up"), "permittedDirection"),
        (lambda v: v["decisionMakers"][0]["preferenceRanking"].append(13), "state 13 of 12"),
        (lambda v: v["decisionMakers"][0]["preferenceRanking"].append(1), "state 1 twice"),
        (lambda v: v["decisionMakers"][0]["preferenceRanking"].pop(), "leaves out 5, 6, 11, 12"),
        (lambda v: v["decisionMakers"][0]["preferences"].append([]), "preferences[2]"),
        (lambda v: v["decisionMakers"][0].update(name=["x"]), "decisionMakers[0].name"),
        (lambda v: v.update(useManualPreferenceRanking="yes"), "useManualPreferenceRanking"),
        (lambda v: v["options"].extend([{"name": "x"}] * 100), "options"),
    ],
)
def test_broken_files_are_refused_with_the_place(
    change: Callable[[dict[str, Any]], object], expected: str
) -> None:
    assert expected in broken(change)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "bad.gmcr:1:1: this is not the JSON"),
        ('{"options": [,]}', "bad.gmcr:1:14: this is not the JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"options": [], "options": []}', "“options” is given twice"),
        ("3", "the file"),
        ("1" * 5_000, "bad.gmcr:1:1"),
        ('{"options": [], "decisionMakers": [], "\\ud800": 1}', "surrogate"),
        ('{"options": NaN, "decisionMakers": 1}', "options"),
    ],
)
def test_what_is_no_such_file_is_refused(text: str, expected: str) -> None:
    with pytest.raises(DetenteError) as raised:
        import_gmcr(text, "bad.gmcr")
    assert expected in str(raised.value)


def test_too_many_combinations_are_refused() -> None:
    value = {
        "options": [{"name": f"o{i}"} for i in range(60)],
        "decisionMakers": [{"name": "a", "options": list(range(60))}],
    }
    with pytest.raises(DetenteError, match="too many to list"):
        import_gmcr(json.dumps(value), "big.gmcr")


def test_what_does_not_fit_into_a_case_file_is_refused() -> None:
    value = copy.deepcopy(CUBA)
    members = [[[i % 2, "Y"], [2, "N"], [3, "N"]] for i in range(400)]
    value["decisionMakers"][0]["preferences"] = [{"compound": True, "members": members}]
    with pytest.raises(DetenteError, match=r"does not fit into a case file: .* too long"):
        import_gmcr(json.dumps(value), "long.gmcr")


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 20)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from("YN"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["name", "options", "members", "compound"]), inner)
    ),
    max_leaves=8,
)


@st.composite
def mutations(draw: st.DrawFn) -> dict[str, Any]:
    """Put any JSON in any place of a good file."""
    value: dict[str, Any] = copy.deepcopy(
        draw(st.sampled_from([ELMIRA, CUBA, SYRIA_IRAQ, OLD_RANKING]))
    )
    node: Any = value
    while True:
        key: Any = draw(
            st.sampled_from(sorted(node))
            if isinstance(node, dict)
            else st.integers(0, len(node) - 1)
        )
        inner = node[key]
        if not isinstance(inner, dict | list) or not inner or draw(st.booleans()):
            node[key] = draw(json_values)
            return value
        node = inner


@given(mutations())
def test_a_mutated_file_is_imported_soundly_or_refused(value: dict[str, Any]) -> None:
    try:
        text = import_gmcr(json.dumps(value), "mutated.gmcr").text
    except DetenteError:
        return
    model = loads(text).model()
    assert model.conflict.n_dms == len(value["decisionMakers"])


def test_what_is_open_and_claimed_is_said_to_be_left_out() -> None:
    left_out = export_gmcr(load("us-russia-2025").model()).left_out
    assert {"4 readings", "12 claims"} <= set(left_out)
    assert any(one.endswith("open questions") for one in left_out)
