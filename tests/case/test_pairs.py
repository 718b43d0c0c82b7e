"""Preferences pair by pair in case files, against the plain checker and in every corner."""

from __future__ import annotations

import json
import re
from difflib import ndiff
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from case_texts import PAIRS
from detente.case import Edit, as_ranked, catalogue, check_results, edit_text, load, loads
from detente.case.evidence import elements
from detente.errors import CaseError
from detente.stability import DEFAULT_CONCEPTS, EXTENSIONS, analyze, analyze_pairwise
from pair_cases import NUMBERS, random_case
from plain import relations as plain
from plain.random_conflicts import seeded

if TYPE_CHECKING:
    from detente.case import Model
    from detente.stability import PairAnalysis

CASES = 150


def analysed(model: Model) -> PairAnalysis:
    return analyze_pairwise(model.conflict.form, model.relations())


def sound(seed: int) -> tuple[Model, plain.PairwiseConflict]:
    """Draw cases until one does not contradict itself."""
    rng = seeded(seed)
    while True:
        drawn = random_case(rng)
        if all(table is not None for table in drawn.tables):
            return loads(drawn.text).model(), drawn.plain


@pytest.mark.concept("unknown_preference", "strength", evidence="checker")
@pytest.mark.parametrize("seed", range(CASES))
def test_what_is_said_of_pairs_means_what_it_says(seed: int) -> None:
    drawn = random_case(seeded(seed))
    if any(table is None for table in drawn.tables):
        with pytest.raises(CaseError, match=r"keep one|change one|to itself"):
            loads(drawn.text).model()
        return
    found = loads(drawn.text).model().relations()
    expected = [[[NUMBERS[r] for r in row] for row in table or ()] for table in drawn.tables]
    assert found.tolist() == expected


def test_the_drawn_cases_contradict_themselves_sometimes_only() -> None:
    drawn = [random_case(seeded(seed)) for seed in range(CASES)]
    contradicting = sum(None in case.tables for case in drawn)
    assert CASES // 10 < contradicting < CASES * 2 // 3
    assert {len(case.tables) for case in drawn} == {1, 2, 3, 4}
    assert min(case.conflict.n_states for case in drawn) == 1
    assert any(not own for case in drawn for own in case.conflict.moves)


@pytest.mark.concept("unknown_preference", "strength", evidence="checker")
@pytest.mark.parametrize("seed", range(CASES // 2))
def test_cases_agree_with_the_plain_checker(seed: int) -> None:
    model, expected = sound(1000 + seed)
    found = analysed(model)
    concept: Any
    for concept in DEFAULT_CONCEPTS:
        degrees: Any = ("general",) if concept == "nash" else ("general", "strong", "weak")
        for extension in EXTENSIONS:
            for degree in degrees:
                rows = found.stable(concept, extension, degree)
                for dm, row in enumerate(rows):
                    wanted = plain.stable(expected, concept, dm, extension=extension, degree=degree)
                    assert set(np.flatnonzero(row).tolist()) == wanted


@pytest.mark.concept("unknown_preference", "strength", evidence="property")
@pytest.mark.parametrize("seed", range(40))
def test_what_is_stable_in_one_extension_is_stable_in_the_more_cautious(seed: int) -> None:
    found = analysed(sound(2000 + seed)[0])
    for concept in DEFAULT_CONCEPTS:
        for degree in ("general",) if concept == "nash" else ("general", "strong"):
            a, b, c, d = (found.stable(concept, e, degree) for e in EXTENSIONS)  # type: ignore[arg-type]
            assert not (a & ~b).any()
            assert not (a & ~c).any()
            assert not (b & ~d).any()
            assert not (c & ~d).any()
            assert (found.stable(concept, None, degree) == a).all()  # type: ignore[arg-type]


@pytest.mark.concept("unknown_preference", "strength", evidence="property")
@pytest.mark.parametrize("seed", range(40))
def test_without_unknown_pairs_all_extensions_are_the_ordinary_concepts(seed: int) -> None:
    drawn = random_case(seeded(3000 + seed))
    value = json.loads(drawn.text)
    for party in value["decision_makers"].values():
        party.get("preferences", {}).pop("pairs", None)
        party.get("preferences", {}).pop("otherwise", None)
        party.get("preferences", {}).pop("transitive", None)
        if not party.get("preferences", {"rank": 0}):
            del party["preferences"]
    model = loads(json.dumps(value)).model()
    ordinary, found = analyze(model.conflict), analysed(model)
    for concept in DEFAULT_CONCEPTS:
        for extension in EXTENSIONS:
            assert (found.stable(concept, extension) == ordinary.stable(concept)).all()


@pytest.mark.parametrize("seed", range(20))
def test_names_and_the_order_of_what_is_said_make_no_difference(seed: int) -> None:
    rng = seeded(4000 + seed)
    while None in (drawn := random_case(rng)).tables:
        pass
    value = json.loads(drawn.text)
    for party in value["decision_makers"].values():
        party.get("preferences", {}).get("pairs", []).reverse()
    renamed = re.sub(r"\bd(\d)\b", r"party\1", re.sub(r"\bo(\d)\b", r"act\1", json.dumps(value)))
    one, other = loads(drawn.text).model(), loads(renamed).model()
    assert (one.relations() == other.relations()).all()


@pytest.mark.concept("unknown_preference", "strength", evidence="property")
@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_parties_makes_no_difference(seed: int) -> None:
    rng = seeded(5000 + seed)
    while None in (drawn := random_case(rng)).tables or '"rank"' in drawn.text:
        pass
    value = json.loads(drawn.text)
    turned = dict(value, decision_makers=dict(reversed(value["decision_makers"].items())))
    one, other = (loads(json.dumps(v)).model() for v in (value, turned))
    n = one.conflict.n_states
    where = [
        next(
            t
            for t in range(n)
            if dict(
                zip(
                    [o.name for o in other.conflict.options],
                    other.conflict.levels[t].tolist(),
                    strict=True,
                )
            )
            == dict(
                zip(
                    [o.name for o in one.conflict.options],
                    one.conflict.levels[s].tolist(),
                    strict=True,
                )
            )
        )
        for s in range(n)
    ]
    first, second = analysed(one), analysed(other)
    for concept in DEFAULT_CONCEPTS:
        for extension in EXTENSIONS:
            turned_rows = second.stable(concept, extension)[::-1, where]
            assert (first.stable(concept, extension) == turned_rows).all()


# -- published -----------------------------------------------------------------------------------


@pytest.mark.concept("unknown_preference", evidence="published")
def test_gisborne_as_it_is_published() -> None:
    model = load("gisborne").model()
    provincial = model.relations()[1]
    known = {(0, 4), (1, 5), (2, 6), (3, 7)}
    for s in range(8):
        for t in range(8):
            if s != t:
                wanted = 1 if (s, t) in known else -1 if (t, s) in known else 9
                assert provincial[s, t] == wanted
    found = analysed(model)
    ids = model.conflict.state_id
    nash = {e: [ids(int(s)) for s in found.equilibria("nash", e)] for e in EXTENSIONS}
    assert nash == {"a": [], "b": ["s4", "s6"], "c": [], "d": ["s4", "s6"]}
    assert [ids(int(s)) for s in found.equilibria("seq", "c")] == ["s4", "s6"]
    assert [ids(int(s)) for s in found.equilibria("seq", "d")] == ["s4", "s6", "s8"]


def test_a_wrong_result_about_an_extension_is_caught() -> None:
    text = (catalogue()["gisborne"] / "case.yaml").read_text(encoding="utf-8")
    wrong = text.replace(
        "extension: bd\n    states: [YYN, YNY]\n", "extension: abd\n    states: [YYN, YNY]\n", 1
    )
    (differing,) = [check for check in check_results(loads(wrong).model()) if not check.agrees]
    assert str(differing).endswith("nash abd: s4, s6 published, none found")


def test_a_result_without_an_extension_is_about_all_four() -> None:
    text = (catalogue()["gisborne"] / "case.yaml").read_text(encoding="utf-8")
    head = text[: text.index("results:")]
    given = "results:\n  - {concept: smr, dm: support, states: [NYN, YYN, NNY, YNY, NYY, YYY]}\n"
    assert [check.agrees for check in check_results(loads(head + given).model())] == [True]
    strong = given.replace("concept: smr", "concept: nash, degree: strong")
    (check,) = check_results(loads(head + strong).model())
    assert not check.agrees
    assert "neither strong nor weak" in str(check)


# -- faults --------------------------------------------------------------------------------------

CIRCLE = """\
      pairs: [{prefer: YY, to: YN}, {prefer: YN, to: NN}, {prefer: NN, to: YY}]
      otherwise: unknown
      transitive: Y
"""
KEEP = ": keep one of the two"
HEAD = """\
detente: 1
title: Pairs
decision_makers:
  a:
    options: {x: Do x, y: Do y}
    preferences:
"""


def problems(text: str) -> list[str]:
    with pytest.raises(CaseError) as error:
        loads(HEAD + text, "case.yaml").model()
    return [str(problem).removeprefix("case.yaml:") for problem in error.value.problems]


def warned(text: str) -> list[str]:
    model = loads(HEAD + text, "case.yaml").model()
    return [str(problem).removeprefix("case.yaml:") for problem in model.warnings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "      pairs:\n        - prefer: x\n        - {prefer: not x, alike: Y}\n",
            ["9:11: s1 is preferred to s2 here, and s2 to s1 in line 8: keep one of the two"],
        ),
        (
            "      pairs:\n        - {prefer: x, alike: Y}\n        - unknown: x\n",
            [f"9:11: the order of s1 and s2 is unknown here, but given in line 8{KEEP}"],
        ),
        (
            "      pairs:\n        - unknown: x\n        - prefer: x\n",
            [f"9:11: s2 is preferred to s1 here, but their order is unknown in line 8{KEEP}"],
        ),
        (
            "      pairs:\n        - {prefer: x, to: y}\n",
            ["8:11: s4 fulfils both conditions: no state is preferred to itself"],
        ),
        (
            "      prioritise: [x]\n      pairs:\n        - {prefer: not x, alike: Y}\n",
            ["9:11: s1 is preferred to s2 here, but ranked below it: change one"],
        ),
        (
            "      prioritise: [x]\n      weigh: {x: 1}\n",
            ["8:7: a ranking is one of prioritise, weigh: choose one"],
        ),
        (
            "      prioritise: [x]\n      otherwise: unknown\n",
            ["8:7: “prioritise” compares all pairs, nothing is left over: remove one of the two"],
        ),
        (
            "      otherwise: maybe\n",
            ["7:18: “maybe” is not possible here: choose from equal, unknown"],
        ),
        (
            "      pairs: [{prefer: x, and: y}]\n",
            None,
        ),
        ("      pairs: [{unknown: z}]\n", ["7:25: there is no name z: choose from x, y"]),
        ("      pairs: [{greatly: Y}]\n", None),
        ("      pairs: [{unknown: x, greatly: Y}]\n", None),
        ("      pairs: []\n", ["7:14: at least 1 entries are needed here"]),
        (
            "      transitive: Y\n      pairs: [{prefer: x}]\n",
            ["7:7: “transitive” concludes what is left unknown: it needs “otherwise: unknown”"],
        ),
        (
            CIRCLE,
            ["4:3: a prefers states to one another in a circle: look at s1, s2, s4"],
        ),
    ],
)  # fmt: skip
def test_faults_have_a_place_and_a_remedy(text: str, found: list[str] | None) -> None:
    shown = problems(text)
    if found is not None:
        assert shown == found
    assert all(re.match(r"\d+:\d+: ", problem) for problem in shown)


def test_alike_needs_options() -> None:
    text = (
        "detente: 1\ntitle: G\nstates: {s: One, t: Other}\ndecision_makers:\n"
        "  a: {moves: [s -> t], preferences: {pairs: [{prefer: s, alike: Y}]}}\n"
    )
    with pytest.raises(CaseError, match="“alike” compares options, and a graph has none"):
        loads(text)


def test_too_many_states_are_refused() -> None:
    options = ", ".join(f"o{i}: Do it" for i in range(14))
    text = HEAD.replace("x: Do x, y: Do y", options) + "      otherwise: unknown\n"
    with pytest.raises(CaseError, match=r"16384 states are too many for pairs: at most 8192"):
        loads(text).model()


def test_what_says_nothing_draws_a_warning() -> None:
    text = "      pairs:\n        - {unknown: x, and: x and not x}\n        - prefer: x\n"
    assert warned(text) == ["8:11: this compares no two feasible states: it says nothing"]


@pytest.mark.concept("strength", evidence="property")
def test_strength_that_does_not_carry_over_draws_a_warning() -> None:
    text = (
        "      rank: [YY, YN, NY, NN]\n      pairs:\n        - {prefer: YY, to: YN, greatly: Y}\n"
    )
    (warning,) = warned(text)
    assert warning.startswith(
        "4:3: a greatly prefers s4 to s2, and prefers s2 to s1, but does not greatly "
    )
    whole = text.replace("to: YN", "to: not YY").replace("not YY", "not (x and y)")
    assert warned(whole) == []
    # Statements in two blocks, the great first, carry over by themselves.
    assert warned("      prioritise: [{prefer: x, greatly: Y}, y]\n") == []
    assert len(warned("      prioritise: [x, {prefer: y, greatly: Y}]\n")) == 1


@pytest.mark.concept("unknown_preference", evidence="property")
def test_what_follows_is_concluded_only_if_asked_for() -> None:
    text = (
        "      pairs: [{prefer: YY, to: YN}, {prefer: YN, to: NN, greatly: Y}, {unknown: NY}]\n"
        "      otherwise: unknown\n"
    )
    assert loads(HEAD + text).model().relations()[0, 3].tolist() == [9, 1, 9, 0]
    text += "      transitive: Y\n"
    assert loads(HEAD + text).model().relations()[0, 3].tolist() == [2, 1, 9, 0]


def test_coalesced_states_are_compared_as_their_members() -> None:
    text = HEAD + "      pairs: [{prefer: not x}]\n      otherwise: unknown\ncoalesce: [x]\n"
    model = loads(text).model()
    assert model.relations()[0].tolist() == [[0, 9, 1], [9, 0, 1], [-1, -1, 0]]
    with pytest.raises(CaseError, match="does not compare the members of the coalesced states"):
        loads(text.replace("prefer: not x", "prefer: y")).model()


# -- how the rest of a case sees them ------------------------------------------------------------


def test_who_knows_rankings_only_is_told_how_pairs_are_treated() -> None:
    assert as_ranked(load("chicken")) is None
    notice = as_ranked(load("strength-example"))
    assert notice is not None
    assert notice.message.endswith("a_side as ranked, without unknown pairs or strength")
    text = HEAD + "      prioritise: [x]\nreadings:\n  other:\n    changes:\n"
    text += "      - {preferences: {otherwise: unknown}, for: a}\n"
    notice = as_ranked(loads(text))
    assert notice is not None
    assert notice.message.endswith(
        "a, who has no ranking, counts as indifferent between all states"
    )


def test_a_reading_may_give_preferences_pair_by_pair() -> None:
    text = HEAD + "      prioritise: [x]\nreadings:\n  other:\n    changes:\n"
    text += "      - {preferences: {pairs: [{prefer: y}]}, for: a}\n"
    case = loads(text)
    assert not case.model().by_pairs
    assert case.under("other").model().relations()[0].tolist() == [
        [0, 0, -1, -1],
        [0, 0, -1, -1],
        [1, 1, 0, 0],
        [1, 1, 0, 0],
    ]
    back = HEAD + "      otherwise: unknown\nuncertain:\n  asked:\n    answers:\n      no: {}\n"
    back = back.replace("no: {}", "wants: {changes: [{preferences: {prioritise: [x]}, for: a}]}")
    back += "      rest: {text: As written}\n"
    assert not loads(back).settled({"asked": 0}).model().by_pairs
    assert loads(back).settled({"asked": 1}).model().by_pairs


def test_editing_keeps_what_is_said_of_pairs() -> None:
    place = ("decision_makers", "us", "preferences", "pairs")
    for edit, lines in (
        (Edit("put", (*place, 0, "and"), "us.talk"), 2),
        (Edit("insert", (*place, 1), {"prefer": "us.talk", "greatly": "Y"}), 2),
        (Edit("put", ("decision_makers", "eu", "preferences", "transitive"), "N"), 2),
    ):
        made = edit_text(PAIRS, edit)
        changed = [line for line in ndiff(PAIRS.splitlines(), made.splitlines()) if line[0] in "+-"]
        assert len(changed) == lines
        assert "# what nobody knows" in made
        assert loads(made).decision_makers[1].by_pairs
    gone = edit_text(PAIRS, Edit("remove", place))
    assert loads(gone).decision_makers[0].pairs is None


def test_the_pairs_of_a_case_are_elements_with_evidence() -> None:
    found = {item.name: item for item in elements(loads(PAIRS))}
    assert found["us:pair:1"].words == (
        "unknown: us.leave and us.talk and not us.leave (other things equal)"
    )
    assert [str(cite) for cite in found["us:pair:1"].evidence.cite] == ["s1 p2"]
    assert found["eu:pair:1"].words.endswith("(greatly)")
