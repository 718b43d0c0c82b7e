"""How DMs see a conflict, as case files say it, against the plain checker."""

# ruff: noqa: E501 - messages are given in full

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from detente.case import Perspectives, catalogue, check_results, load, loads, perspectives
from detente.case.editing import Edit, edit_text
from detente.errors import CaseError, DetenteError
from detente.explain import faults, leavings, reason_for, tell_leaving
from detente.stability import analyze
from plain.individual import stable
from plain.perspectives import believed, hidden, hold, perceiving, stays, surprises
from plain.random_conflicts import seeded
from seen_cases import OTHER, seen_case, seen_graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plain.individual import Concept
    from plain.model import PlainConflict
    from plain.perspectives import PlainView

CONCEPTS: tuple[Concept, ...] = ("nash", "gmr", "smr", "seq", "sseq")


def true_at(row: Any) -> set[int]:
    return set(np.flatnonzero(row).tolist())


def assert_same(seen: Perspectives, game: PlainConflict, views: Sequence[PlainView]) -> None:
    blind = [set(game.states) - set(view.seen_as) for view in views]
    plain = perceiving(game, blind)
    less = analyze(seen.perceived, CONCEPTS)
    for concept in CONCEPTS:
        found = seen.hypergame(concept)
        for dm, view in enumerate(views):
            assert true_at(found.known[dm]) == set(view.seen_as)
            assert true_at(found.stable[dm]) == stays(views, concept, dm)
            assert true_at(found.believed[dm]) == believed(views, concept, dm)
            assert true_at(less.stable(concept)[dm]) == stable(plain, concept, dm)
        assert set(found.equilibria.tolist()) == hold(views, concept)
        assert set(found.hidden.tolist()) == hidden(views, concept)
        expected = surprises(views, concept)
        assert {(s.state, s.believer, s.leaver) for s in found.surprises} == expected
        for one in leavings(found):
            assert {(one.state, who, one.leaver) for who in one.believers} <= expected
            certificate, target = reason_for(seen, one, concept)
            view = views[one.leaver]
            own = seen.sights[one.leaver].view.conflict if one.leaver in seen.sights else None
            assert faults(own or seen.model.conflict, certificate) == ()
            assert certificate.state == view.seen_as[one.state]
            assert certificate.improvement is not None
            assert view.game.prefers(one.leaver, certificate.improvement, certificate.state)
            back = {mine: state for state, mine in view.seen_as.items()}
            assert target == back.get(certificate.improvement, -1)
            assert all(tell_leaving(seen, one, concept))


@pytest.mark.concept("hypergame", "unperceived", evidence="checker")
@pytest.mark.parametrize("seed", range(150))
def test_views_by_definition(seed: int) -> None:
    drawn = seen_case(seeded(seed))
    case = loads(drawn.text())
    for reading in ("", OTHER):
        assert_same(perspectives(case, reading=reading), *drawn.expected(reading))


@pytest.mark.concept("hypergame", "unperceived", evidence="checker")
@pytest.mark.parametrize("seed", range(60))
def test_views_of_graphs_by_definition(seed: int) -> None:
    drawn = seen_graph(seeded(seed))
    assert_same(perspectives(loads(drawn.text)), drawn.actual, drawn.views)


def test_the_drawn_cases_say_everything() -> None:
    drawn = [seen_case(seeded(seed)) for seed in range(150)]
    given = [one for case in drawn for one in case.perspectives.values()]
    for key in ("as", "settle", "changes", "unseen"):
        assert sum(key in one for one in given) > 20
    changes = [change for one in given for change in one.get("changes", ())]
    for key in ("drop", "insert", "move", "replace", "unavailable", "preferences"):
        assert sum(key in change for change in changes) > 10
    sights = [s for case in drawn for s in perspectives(loads(case.text())).sights.values()]
    assert sum(len(sight.unknown) > 0 for sight in sights) > 20
    assert sum(bool(sight.differs) for sight in sights) > 40
    found = [perspectives(loads(case.text())).hypergame("nash") for case in drawn]
    assert sum(bool(one.surprises) for one in found) > 30
    assert sum(len(one.hidden) > 0 for one in found) > 10


# -- what must not matter ------------------------------------------------------------------------


@pytest.mark.concept("hypergame", evidence="property")
@pytest.mark.parametrize("seed", range(20))
def test_empty_views_change_nothing(seed: int) -> None:
    drawn = seen_case(seeded(seed))
    drawn.perspectives = {dm: {} for dm in drawn.owned}
    seen = perspectives(loads(drawn.text()))
    plain = analyze(seen.model.conflict, CONCEPTS)
    for concept in CONCEPTS:
        found = seen.hypergame(concept)
        assert np.array_equal(found.stable, plain.stable(concept))
        assert (found.surprises, len(found.hidden)) == ((), 0)
        assert np.array_equal(
            analyze(seen.perceived, [concept]).stable(concept), plain.stable(concept)
        )


@pytest.mark.concept("hypergame", evidence="property")
@pytest.mark.parametrize("seed", range(20))
def test_names_and_order_do_not_matter(seed: int) -> None:
    drawn = seen_case(seeded(seed))
    value = json.loads(drawn.text())
    value["decision_makers"] = dict(reversed(value["decision_makers"].items()))
    value["perspectives"] = dict(reversed(value.get("perspectives", {"d0": {}}).items()))
    turned = json.dumps(value).replace("d0", "zed").replace("o1", "ohm")

    def named(text: str) -> dict[str, Any]:
        seen = perspectives(loads(text))
        conflict = seen.model.conflict

        def state(index: int) -> frozenset[str]:
            levels = conflict.levels[index]
            names = (o.name for o, level in zip(conflict.options, levels, strict=True) if level)
            return frozenset(name.replace("zed", "d0").replace("ohm", "o1") for name in names)

        def who(dm: int) -> str:
            return conflict.decision_makers[dm].replace("zed", "d0")

        found = {concept: seen.hypergame(concept) for concept in CONCEPTS}
        return {
            concept: (
                {state(s) for s in one.equilibria},
                {(state(s.state), who(s.believer), who(s.leaver)) for s in one.surprises},
            )
            for concept, one in found.items()
        }

    assert named(turned) == named(drawn.text())


# -- coalesced states, levels, examples ----------------------------------------------------------


def test_coalesced_states_are_seen_where_a_member_is() -> None:
    text = (catalogue()["elmira"] / "case.yaml").read_text(encoding="utf-8")
    views = """
perspectives:
  moe: {changes: [{unavailable: uniroyal.abandon}]}
  lg: {unseen: [uniroyal.accept]}
  uniroyal: {changes: [{unavailable: moe.modify}]}
"""
    seen = perspectives(loads(text.replace("\nresults:", views + "\nresults:")))
    conflict = seen.model.conflict
    unknown = {
        conflict.decision_makers[dm]: [conflict.pattern(int(s)) for s in sight.unknown]
        for dm, sight in seen.sights.items()
    }
    assert unknown["moe"] == ["-NNY-"]
    assert unknown["lg"] == ["NNYNN", "YNYNN", "NNYNY", "YNYNY"]
    # Where Uniroyal abandons, nobody tells whether the order was modified: the state is known.
    assert unknown["uniroyal"] == ["YYNNN", "YNYNN", "YYNNY", "YNYNY"]
    assert seen.hypergame("nash").equilibria.tolist() == [4]


LEVELS = """
detente: 1
title: Levels
decision_makers:
  us:
    name: The US
    options: {terms: {text: Terms, levels: [none, some, all], ordered: "Y"}}
    preferences: {rank: ["terms == some", "terms == all", "terms == none"]}
  eu:
    name: The EU
    options: {block: Block}
    preferences: {prioritise: [{prefer: "if terms == all then block", id: firm}, not block]}
readings:
  soft: {name: Soft, changes: [{drop: firm}]}
perspectives:
  us:
    text: It thinks that the EU gives way.
    as: soft
    unseen: [terms == none]
    standing: assumed
"""


RANKED = '["terms == some", "terms == all", "terms == none"]'


def test_a_view_by_hand() -> None:
    # At all the terms the US thinks that the EU gives way; the EU blocks.
    best = "terms == all and not block", "terms == some", "terms == all and block", "terms == none"
    case = loads(LEVELS.replace(RANKED, json.dumps(best)))
    seen = perspectives(case)
    sight = seen.sights[0]
    conflict = seen.model.conflict
    assert [conflict.pattern(int(s)) for s in sight.unknown] == ["0N", "0Y"]
    assert [case.decision_makers[dm].id for dm in sight.differs] == ["eu"]
    found = seen.hypergame("nash")
    show = conflict.pattern
    assert [show(int(s)) for s in np.flatnonzero(found.believed[0])] == ["2N"]
    assert not found.believed[1].any()
    assert len(found.equilibria) == 0
    (one,) = leavings(found)
    assert show(reason_for(seen, one, "nash")[1]) == "2Y"
    assert tell_leaving(seen, one, "nash")[:2] == (
        "The US believes that nobody leaves s3 (2N); The EU does.",
        "It takes “Block”: that brings s6 (2Y), which it likes better [wants “if terms == all then block”].",
    )


def test_what_there_is_only_in_a_view_is_called_so() -> None:
    text = """
detente: 1
title: A bluff
decision_makers:
  a:
    options: {stay: Stay, strike: Strike}
    preferences: {prioritise: [a.strike, a.stay]}
  b:
    options: {give: Give}
    preferences: {prioritise: [not b.give]}
readings:
  weak: {changes: [{unavailable: a.strike}]}
perspectives:
  a: {as: base}
"""
    seen = perspectives(loads(text), reading="weak")
    sight = seen.sights[0]
    assert (len(sight.unknown), (sight.actual < 0).sum()) == (0, 4)
    (one, *_) = leavings(seen.hypergame("nash"))
    _, target = reason_for(seen, one, "nash")
    assert target == -1
    assert "that brings what cannot be in fact (YYN)" in tell_leaving(seen, one, "nash")[1]


def test_a_dm_knows_what_it_wants_itself() -> None:
    case = load("us-russia-2025")
    seen = perspectives(case, reading="kyiv")
    us = seen.model.conflict.decision_makers.index("us")
    sight = seen.sights[us]
    assert sight.perspective.reading == "author"
    assert us not in sight.differs
    assert np.array_equal(sight.view.conflict.ranks[us], seen.model.conflict.ranks[us])


def test_a_view_settles_only_what_is_open_in_it() -> None:
    text = """
detente: 1
title: T
decision_makers:
  a:
    options: {x: X, y: Y}
    preferences: {prioritise: [{either: [x, y, not x], id: u}]}
readings:
  two: {changes: [{preferences: {prioritise: [{either: [y, not y], id: u}]}, for: a}]}
  none: {changes: [{drop: u}]}
perspectives:
  a: {settle: {u: "3"}}
"""
    case = loads(text)
    # As written the third statement counts; where there are only two, the first of these.
    for reading, best in (("", [0, 2]), ("two", [2, 3]), ("none", [0, 1, 2, 3])):
        seen = perspectives(case, reading=reading)
        ranks = seen.sights[0].view.conflict.ranks[0]
        assert np.flatnonzero(ranks == ranks.max()).tolist() == best


def test_who_is_surprised_in_the_flagship_case() -> None:
    text = (catalogue()["us-russia-2025"] / "case.yaml").read_text(encoding="utf-8")
    careless = "readings:\n  careless: {settle: {us_follows_through: absent}}\n  author:"
    case = loads(text.replace("readings:\n  author:", careless))
    found = {}
    for reading in ("author", "kyiv", "linked", "careless"):
        seen = perspectives(case, reading=reading)
        ids, state = seen.model.conflict.decision_makers, seen.model.conflict.state_id
        found[reading] = [
            (ids[who], state(one.state), ids[one.leaver])
            for one in leavings(seen.hypergame("seq"))
            for who in one.believers
            if who in seen.sights
        ]
    assert found == {
        "author": [("ukraine", "s143", "us"), ("ukraine", "s161", "us")],
        "kyiv": [("russia", "s151", "us"), ("russia", "s169", "us")],
        "linked": [("ukraine", "s143", "us"), ("ukraine", "s161", "us"), ("russia", "s169", "us")],
        "careless": [],
    }


# -- published, and by hand ----------------------------------------------------------------------


@pytest.mark.concept("unperceived", evidence="checker")
def test_what_syria_and_iraq_do_not_perceive() -> None:
    case = load("syria-iraq-1975")
    assert [check for check in check_results(case.model()) if not check.agrees] == []
    assert {r.treatment for r in case.results} == {"", "moves", "hypergame"}
    seen = perspectives(case)
    conflict = seen.perceived
    assert [conflict.moves(dm).pairs().tolist() for dm in (0, 1)] == [
        [[0, 2], [2, 0], [3, 5], [5, 3]],
        [[1, 4], [2, 5], [4, 1], [5, 2]],
    ]


def test_a_wrong_treated_result_is_caught() -> None:
    text = (catalogue()["syria-iraq-1975"] / "case.yaml").read_text(encoding="utf-8")
    wrong = text.replace(
        "treatment: moves\n    states: [NNN, YNN, NYY]", "treatment: moves\n    states: [NYY]", 1
    )
    (caught,) = [c for c in check_results(loads(wrong).model()) if not c.agrees]
    assert str(caught).endswith("nash (moves): s6 published, s1, s2, s6 found")
    sim = text.replace("concept: gmr\n    treatment: moves", "concept: sim\n    treatment: moves")
    (caught,) = [c for c in check_results(loads(sim).model()) if not c.agrees]
    assert "sim (moves): not applicable" in str(caught)


# -- editing -------------------------------------------------------------------------------------


def test_perspectives_are_edited_like_everything_else() -> None:
    text = (catalogue()["us-russia-2025"] / "case.yaml").read_text(encoding="utf-8")
    made = edit_text(text, Edit("put", ("perspectives", "ukraine", "as"), "critics"))
    assert loads(made).perspectives["ukraine"].reading == "critics"
    made = edit_text(made, Edit("put", ("perspectives", "europe"), {"as": "linked"}))
    assert list(loads(made).perspectives) == ["us", "russia", "ukraine", "europe"]
    made = edit_text(made, Edit("remove", ("perspectives", "us")))
    assert list(loads(made).perspectives) == ["russia", "ukraine", "europe"]


# -- problems ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("views", "message"),
    [
        ("uss: {}", "3: there is no decision maker uss: did you mean us?"),
        ("us: {as: sotf}", "12: there is no reading sotf: did you mean soft?"),
        ("us: {az: soft}", "8: “az” is not known here: choose from as, because, changes, cite, settle, standing, text, unseen"),
        ("us: {unsen: [block]}", "8: “unsen” is not known here: did you mean unseen?"),
        ("us: {unseen: [blok]}", "17: there is no name blok: did you mean block?"),
        ("us: {unseen: []}", "16: at least 1 entries are needed here"),
        ("us: {settle: {gone: holds}}", "17: nothing uncertain has the id gone"),
        ("us: {changes: [{drop: frim}]}", "25: there is no statement frim: did you mean firm?"),
        ("us: {changes: [{unavailable: eu.blok}]}", "32: there is no option eu.blok: did you mean eu.block?"),
        ("us: {changes: [{status_quo: block}]}", "18: what is stable does not depend on where one starts: leave the status quo out"),
        ("us: {unseen: [block, not block]}", "24: us sees no state at all: leave it one that it perceives"),
        ("us: {unseen: [block and not block]}", "17: “block and not block” fits no state that us would see, so that it hides nothing: change it, or leave it out"),
        ("us: {changes: [{preferences: {rank: [block]}, for: eu}]}", "40: as us sees it: eu does not rank s1 0N, s2 1N, s3 2N: rank every state"),
    ],
)  # fmt: skip
def test_problems_are_placed(views: str, message: str) -> None:
    head, _, _ = LEVELS.strip().partition("perspectives:")
    text = f"{head}perspectives:\n  {views}\n"
    with pytest.raises(CaseError) as caught:
        perspectives(loads(text, "c"))
    assert str(caught.value).split("\n") == [f"c:15:{message}"]


def test_a_view_without_states_is_refused_where_it_stands() -> None:
    text = LEVELS.strip() + "\n    changes: [{unavailable: eu.block}]\nrules: []\n"
    perspectives(loads(text))
    text = text.replace("rules: []\n", "").replace(
        "readings:", "rules: [{at_least_one: [block, block]}]\nreadings:"
    )
    with pytest.raises(CaseError) as caught:
        perspectives(loads(text, "c"))
    assert str(caught.value) == (
        "c:16:3: as us sees it, by the reading soft: the rules leave no feasible state: at least "
        "one is needed"
    )


def test_a_result_needs_perspectives() -> None:
    head, _, _ = LEVELS.strip().partition("perspectives:")
    text = f"{head}results: [{{concept: nash, states: [], treatment: moves}}]\n"
    with pytest.raises(CaseError, match="the case has no perspectives: add “perspectives”"):
        loads(text)


def test_unknown_views_are_refused() -> None:
    case = loads(LEVELS)
    with pytest.raises(DetenteError, match="there is no decision maker ue: choose from eu, us"):
        perspectives(case, sees={"ue": "soft"})
    with pytest.raises(DetenteError, match="there is no reading sotf: did you mean soft"):
        perspectives(case, sees={"eu": "sotf"})
    with pytest.raises(DetenteError, match="there is no reading sotf: did you mean soft"):
        perspectives(case, reading="sotf")
    assert perspectives(case, sees={"us": "base"}).sights[0].differs == ()
