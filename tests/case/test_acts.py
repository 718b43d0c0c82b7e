"""What is done on a tab: the case's text then says just that, and nothing else in it changes."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case import Act, ActKind, Case, EditError, Prioritise, act, load, loads
from detente.case.changes import changed
from detente.case.rows import sheet
from detente.case.tree import read_tree

N_OPTIONS = 8


def spoken(case: Case, reading: str = "", dm: str = "us") -> list[str]:
    """List the conditions that a reading has, with what it leaves open left open."""
    named = case.readings.get(reading)
    under = changed(case, named.changes) if named else case
    (party,) = [party for party in under.decision_makers if party.id == dm]
    if party.preferences is None:
        return []
    assert isinstance(party.preferences, Prioritise)
    return [
        f"{statement.clause.text}{'?' if statement.maybe else ''}"
        for statement in party.preferences.statements
    ]


def changes_of(text: str, reading: str = "r") -> list[dict[str, Any]]:
    value: Any = read_tree(text, "case").value
    given: list[dict[str, Any]] = value["readings"][reading].get("changes", [])
    return given


def case_text(statements: list[str], reading: str = "{}", more: str = "") -> str:
    options = ", ".join(f"o{i}: Do {i}" for i in range(N_OPTIONS))
    listed = "".join(f"        # about {i}\n{line}" for i, line in enumerate(statements))
    return (
        "# top\ndetente: 1\ntitle: Acts  # kept\ndecision_makers:\n"
        f"  us:\n    options: {{{options}}}\n    preferences:\n      prioritise:\n{listed}"
        "  them:\n    options: {x: Do x}\n    preferences: {prioritise: [them.x, us.o0]}\n"
        f"readings:\n  # other\n  r: {reading}\n{more}"
    )


@st.composite
def lists(draw: st.DrawFn) -> list[str]:
    """Statements in all the forms in which they are written."""
    made = []
    for i in range(draw(st.integers(1, 6))):
        form = draw(st.sampled_from(["bare", "plain", "named", "open"]))
        text = f"us.o{i}"
        made.append(
            f"        - {text}  # bare {i}\n"
            if form == "bare"
            else f"        - prefer: {text}  # plain {i}\n"
            + (f"          id: s{i}\n" if form in ("named", "open") else "")
            + ("          maybe: open\n" if form == "open" else "")
        )
    return made


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["move", "move", "move", "drop", "rewrite", "add"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=6,
)


def intended(now: list[str], deed: tuple[str, int, int], number: int) -> tuple[list[str], Act]:
    """Do the same to a plain list."""
    kind, at, to = deed
    made, word = list(now), f"not us.o{number}"
    if kind == "add" or not made:
        return [*made, word], Act("add", "us", value=word)
    at, to = at % len(made), to % len(made)
    if kind == "drop":
        del made[at]
        return made, Act("drop", "us", at)
    if kind == "rewrite":
        made[at] = word + ("?" if made[at].endswith("?") else "")
        return made, Act("rewrite", "us", at, value=word)
    made.insert(to, made.pop(at))
    return made, Act("move", "us", at, to)


def longest_ascending(order: list[int]) -> int:
    return max(
        size
        for size in range(len(order) + 1)
        for part in combinations(order, size)
        if list(part) == sorted(part)
    )


@settings(max_examples=60, deadline=None)
@given(lists(), DEEDS)
def test_a_reading_says_what_was_done_on_its_tab(statements: list[str], deeds: Any) -> None:
    text = case_text(statements)
    written = loads(text)
    wanted = spoken(written)
    for number, deed in enumerate(deeds):
        wanted, doing = intended(wanted, deed, number + 1)
        text = act(text, [doing], "r")
        case = loads(text)
        assert spoken(case, "r") == wanted
        assert spoken(case) == spoken(written)
        assert spoken(case, "r", "them") == ["them.x", "us.o0"]
    # As few changes as can be: those that stay are a longest ascending part.
    made = changes_of(text)
    base = [line.split("us.o")[1][0] for line in statements]
    ours = [change for change in made if "move" in change]
    still = [int(w[4]) for w in wanted if w.startswith("us.o")]
    if not any("replace" in change for change in made):
        assert len(ours) == len(still) - longest_ascending(still)
        gone = {int(b) for b in base} - set(still)
        assert len([c for c in made if "drop" in c]) == len(gone)
    for index, line in enumerate(statements):
        assert f"# about {index}" in text
        assert line.partition("#")[2].splitlines()[0] in text
    assert "# other" in text
    assert "title: Acts  # kept" in text


@settings(max_examples=30, deadline=None)
@given(lists(), DEEDS)
def test_on_the_tab_of_the_case_the_case_changes(statements: list[str], deeds: Any) -> None:
    text = case_text(statements, "{name: R}")
    wanted = spoken(loads(text))
    for number, deed in enumerate(deeds):
        wanted, doing = intended(wanted, deed, number + 1)
        text = act(text, [doing])
        assert spoken(loads(text)) == wanted
    assert "# top" in text


@settings(max_examples=30, deadline=None)
@given(lists(), DEEDS)
def test_whatever_was_done_can_be_taken_back(statements: list[str], deeds: Any) -> None:
    text = case_text(statements)
    written = spoken(loads(text))
    for number, deed in enumerate(deeds):
        _, doing = intended(spoken(loads(text), "r"), deed, number + 1)
        text = act(text, [doing], "r")
    for _ in range(20):
        page = sheet(dict(read_tree(text, "case").value), "r", "us")  # type: ignore[arg-type]
        differing = [i for i, row in enumerate(page.rows) if row.key < 0 or row.moved >= 0]
        differing += [i for i, row in enumerate(page.rows) if row.replaced >= 0]
        dropped = set(range(len(page.base))) - {row.base for row in page.rows}
        if differing:
            text = act(text, [Act("back", "us", differing[0])], "r")
        elif dropped:
            text = act(text, [Act("restore", "us", min(dropped))], "r")
    assert changes_of(text) == []
    assert spoken(loads(text), "r") == written


NAMED = [f"        - {{prefer: us.o{i}, id: s{i}}}\n" for i in range(5)]
REASONED = """
    name: R
    changes:
      # why this comes first
      - move: s3
        before: s0
        because: It matters most.
      - insert: not us.o7  # new
        after: s1
        id: extra
"""


def test_a_move_of_what_is_moved_rewrites_it() -> None:
    text = act(case_text(NAMED), [Act("move", "us", 4, 0)], "r")
    assert changes_of(text) == [{"move": "s4", "before": "s0"}]
    text = act(text, [Act("move", "us", 0, 2)], "r")
    assert changes_of(text) == [{"move": "s4", "before": "s2"}]
    text = act(text, [Act("move", "us", 2, 4)], "r")
    assert "changes" not in text
    assert text == case_text(NAMED)


def test_neighbours_swap_by_moving_the_one_that_was_moved() -> None:
    up = act(case_text(NAMED), [Act("move", "us", 2, 1)], "r")
    assert changes_of(up) == [{"move": "s2", "before": "s1"}]
    down = act(case_text(NAMED), [Act("move", "us", 1, 2)], "r")
    assert changes_of(down) == [{"move": "s1", "before": "s3"}]


def test_a_change_that_says_why_stays() -> None:
    """Its reason is lost only with itself."""
    text = case_text(NAMED, REASONED)
    assert spoken(loads(text), "r") == [
        "us.o3", "us.o0", "us.o1", "not us.o7", "us.o2", "us.o4",
    ]  # fmt: skip
    text = act(text, [Act("move", "us", 1, 5)], "r")
    assert spoken(loads(text), "r")[-1] == "us.o0"
    assert changes_of(text)[0]["because"] == "It matters most."
    assert "# why this comes first" in text
    assert "# new" in text
    back = act(text, [Act("back", "us", 0)], "r")
    assert [next(iter(change)) for change in changes_of(back)] == ["insert", "move"]


def test_only_the_lines_of_the_reading_change() -> None:
    text = case_text(NAMED, REASONED)
    made = act(text, [Act("rewrite", "us", 1, value="us.o6")], "r")
    before, after = text.splitlines(), made.splitlines()
    assert [line for line in after if line not in before] == [
        "      - replace: s0",
        "        prefer: us.o6",
        "        standing: assumed",
    ]
    assert act(made, [Act("rewrite", "us", 1, value="us.o0")], "r") == text


OPEN = ["        - {prefer: us.o0, id: s0, maybe: open}\n", *NAMED[1:]]


def test_a_doubt_is_settled_opened_and_given_a_probability() -> None:
    text = case_text(OPEN)
    assert len(loads(text).uncertainties) == 1
    sure = act(text, [Act("doubt", "us", 0)], "r")
    assert loads(sure).readings["r"].settle == {"s0": 0}
    assert act(sure, [Act("doubt", "us", 0, value="open")], "r") == text
    other = act(text, [Act("doubt", "us", 1, value="2/3")], "r")
    assert [u.id for u in loads(other).under("r").uncertainties] == ["s0", "s1"]
    assert len(loads(other).uncertainties) == 1
    assert act(other, [Act("doubt", "us", 1)], "r") == text
    gone = act(text, [Act("settle", path=("s0",), value="absent")], "r")
    assert "us.o0" not in spoken(loads(gone).under("r"))
    base = act(text, [Act("doubt", "us", 2, value=0.4)])
    assert [str(u.probabilities) for u in loads(base).uncertainties][1].startswith(
        "(Fraction(2, 5)"
    )
    assert act(base, [Act("doubt", "us", 2)]) == text


@pytest.mark.parametrize("kind", ["either", "any_order"])
def test_statements_are_grouped_and_parted_with_their_comments(kind: str) -> None:
    text = case_text(NAMED)
    made = act(text, [Act("group", "us", 1, 3, value=kind)])
    (doubt,) = loads(made).uncertainties
    assert (doubt.kind, doubt.size) == ("alternatives" if kind == "either" else "order", 2)
    assert [line.strip() for line in made.splitlines() if "# about" in line] == [
        f"# about {i}" for i in range(5)
    ]
    assert act(made, [Act("ungroup", "us", 1)]) == text
    one = act(made, [Act("drop_part", "us", 1, 1)])
    assert spoken(loads(one)) == ["us.o0", "us.o1", "us.o3", "us.o4"]


def test_what_is_open_in_a_statement_is_not_open_twice() -> None:
    made = act(case_text(OPEN), [Act("group", "us", 0, 2, value="either")])
    assert [u.kind for u in loads(made).uncertainties] == ["alternatives"]


def test_status_quo_and_options_of_a_reading() -> None:
    text = case_text(NAMED, more="status_quo: only(us.o0)\n")
    made = act(text, [Act("status_quo", value="only(us.o1)")], "r")
    assert loads(made).under("r").conflict().pattern(0)
    assert [c["status_quo"] for c in changes_of(made)] == ["only(us.o1)"]
    assert act(made, [Act("status_quo", value="only(us.o0)")], "r") == text
    assert act(made, [Act("status_quo", value="")], "r") == text
    taken = act(text, [Act("available", path=("us.o3",), value="N")], "r")
    assert loads(taken).under("r").unavailable == (3,)
    assert act(taken, [Act("available", path=("us.o3",), value="Y")], "r") == text


WEIGHED = """\
detente: 1
title: Weights
decision_makers:
  us:
    options: {x: Do x, y: Do y}
    preferences:
      weigh:
        us.x: 2  # much
        us.y: {between: [1, 3], steps: 3}
  them:
    options: {z: Do z}
    preferences:
      # best first
      rank: [NNN, [YNN, NYN], "--Y", YYN]
readings:
  r: {}
"""


def test_weights_and_rankings_of_the_case_and_of_a_reading() -> None:
    base = act(WEIGHED, [Act("set", "us", path=("weigh", "us.x"), value=5)])
    assert base == WEIGHED.replace("us.x: 2", "us.x: 5")
    ours = act(WEIGHED, [Act("set", "us", path=("weigh", "us.x"), value=5)], "r")
    assert "us.x: 2  # much" in ours
    assert changes_of(ours)[0]["preferences"]["weigh"]["us.x"] == 5
    assert act(ours, [Act("set", "us", path=("weigh", "us.x"), value=2)], "r") == WEIGHED
    tied = act(WEIGHED, [Act("tie", "them", path=("rank", 0))])
    assert 'rank: [[NNN, YNN, NYN], "--Y", YYN]' in tied
    untied = act(tied, [Act("untie", "them", path=("rank", 0), to=0)])
    assert 'rank: [[YNN, NYN], NNN, "--Y", YYN]' in untied
    assert "# best first" in untied
    shifted = act(untied, [Act("shift", "them", path=("rank", 1), to=0)])
    assert shifted == WEIGHED
    assert loads(act(WEIGHED, [Act("tie", "them", path=("rank", 2))], "r")).under("r").model()


def test_readings_are_made_copied_and_forgotten() -> None:
    claims = "claims:\n  c:\n    assert: equilibrium(us.o0)\n    expect: {r: holds, all: depends}\n"
    text = case_text(NAMED, REASONED, more=claims)
    made = act(text, [Act("copy", path=("second",), value="A second")], "r")
    case = loads(made)
    assert case.readings["second"].name == "A second"
    assert spoken(case, "second") == spoken(case, "r")
    assert act(made, [Act("forget", path=("second",))]) == text
    gone = loads(act(made, [Act("forget", path=("r",))]))
    assert list(gone.readings) == ["second"]
    assert dict(gone.claims["c"].expect) == {"all": "depends"}


def test_a_citation_keeps_its_quotation() -> None:
    held = "{cite: {source: a, at: p01, quote: So it is}}"
    made = act(
        case_text(NAMED, held), [Act("set", path=("readings", "r", "cite"), value=["a p01", "b"])]
    )
    assert "cite: [{source: a, at: p01, quote: So it is}, b]" in made


def test_elements_are_added_and_removed_with_what_holds_them() -> None:
    text = case_text(NAMED)
    made = act(text, [Act("append", path=("rules",), value={"never": "us.o0 and us.o1"})])
    made = act(made, [Act("set", path=("outcomes", "peace"), value="us.o2")])
    made = act(made, [Act("set", path=("outcomes", "peace", "text"), value="They settle")])
    case = loads(made)
    assert (len(case.rules), case.outcomes["peace"].text) == (1, "They settle")
    made = act(
        made, [Act("discard", path=("outcomes", "peace")), Act("discard", path=("rules", 0))]
    )
    assert made == text


@pytest.mark.parametrize(
    ("deed", "message"),
    [
        (Act("move", "us", 9, 0), "no statement 10"),
        (Act("move", "us", 0, 9), "no place"),
        (Act("restore", "us", 0), "drops no statement"),
        (Act("group", "us", 0, 2, value="either"), "settles alternatives"),
        (Act("set", path=("readings", "r", "changes", 3, "x"), value="y"), "no place"),
    ],
    ids=lambda one: one.kind if isinstance(one, Act) else "",
)
def test_what_has_no_place_is_refused(deed: Act, message: str) -> None:
    with pytest.raises(EditError, match=message):
        act(case_text(NAMED), [deed], "r")


def test_the_case_as_written_settles_nothing_and_has_every_option() -> None:
    with pytest.raises(EditError, match="settles nothing"):
        act(case_text(OPEN), [Act("settle", path=("s0",), value="holds")])
    with pytest.raises(EditError, match="every option is there"):
        act(case_text(OPEN), [Act("available", path=("us.o0",), value="N")])


@pytest.mark.parametrize(
    ("path", "new"),
    [
        (("decision_makers", "us"), "america"),
        (("decision_makers", "us", "options", "offer"), "terms"),
        (("decision_makers", "russia", "options", "accept"), "take"),
        (("outcomes", "settlement"), "peace"),
        (("uncertain", "tracks"), "link"),
        (("uncertain", "tracks", "answers", "linked"), "joined"),
        (("readings", "critics"), "doves"),
        (("claims", "headline"), "title"),
        (("decision_makers", "us", "preferences", "prioritise", 2, "id"), "ends_war"),
        (("decision_makers", "ukraine", "preferences", "prioritise", 0, "id"), "resolve"),
        (
            ("decision_makers", "ukraine", "preferences", "prioritise", 0, "any_order", 0, "id"),
            "stays",
        ),
        (("decision_makers", "europe", "preferences", "prioritise", 0, "either", 0, "id"), "firm"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_renamed_element_is_renamed_wherever_the_case_speaks_of_it(path: Any, new: str) -> None:
    text = Path(load("us-russia-2025").file).read_text(encoding="utf-8")
    made = act(text, [Act("rename", path=path, value=new)])
    before, after = loads(text), loads(made)
    assert made != text
    assert len(made.splitlines()) == len(text.splitlines())
    assert [u.size for u in after.uncertainties] == [u.size for u in before.uncertainties]
    assert len(after.readings) == len(before.readings)
    for old, reading in zip(["", *before.readings], ["", *after.readings], strict=True):
        one = (before.under(old) if old else before).conflict()
        two = (after.under(reading) if reading else after).conflict()
        assert (one.ranks == two.ranks).all()
        assert one.status_quo == two.status_quo
    old_id = path[-1] if path[-1] != "id" else ""
    back = (*path[:-1], new) if old_id else path
    was = old_id or read_at(text, path)
    assert act(made, [Act("rename", path=back, value=was)]) == text


def read_at(text: str, path: Any) -> Any:
    value: Any = read_tree(text, "case").value
    for step in path:
        value = value[step]
    return value


def test_weights_and_short_names_follow_a_renamed_option() -> None:
    text = WEIGHED.replace('rank: [NNN, [YNN, NYN], "--Y", YYN]', "prioritise: [x and us.y]")
    made = act(text, [Act("rename", path=("decision_makers", "us", "options", "x"), value="act")])
    assert "prioritise: [act and us.y]" in made
    assert "us.act: 2  # much" in made
    again = act(made, [Act("rename", path=("decision_makers", "us"), value="usa")])
    assert "prioritise: [act and usa.y]" in again
    assert loads(again).options[0].name == "usa.act"
    for name, message in (("them", "already there"), ("7", "not a name here")):
        with pytest.raises(EditError, match=message):
            act(text, [Act("rename", path=("decision_makers", "us"), value=name)])


NAMES = [
    *("decision_makers", "us", "readings", "r", "changes", "preferences", "prioritise", "rank"),
    *("weigh", "us.x", "options", "o0", "claims", "settle", "uncertain", "either", "id", "x"),
]
STEPS = st.integers(-2, 4) | st.sampled_from(NAMES)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)
MALFORMED = """\
decision_makers: {us: [x], them: {preferences: {prioritise: {a: b}}, options: [c]}}
readings: {r: {changes: [x, {move: [y]}, {drop: us}], settle: [z]}}
claims: [a]
uncertain: {x: y}
outcomes: [o]
"""


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([case_text(OPEN, REASONED), WEIGHED, MALFORMED]),
    st.builds(
        Act,
        st.sampled_from(get_args(ActKind)),
        st.sampled_from(["us", "them", "", "nobody"]),
        st.integers(-2, 6),
        st.integers(-2, 6),
        st.lists(STEPS, max_size=6).map(tuple),
        VALUES,
    ),
    st.sampled_from(["", "r", "base", "nobody"]),
)
def test_whatever_is_asked_is_done_or_refused(text: str, deed: Act, reading: str) -> None:
    try:
        made = act(text, [deed], reading)
    except EditError:
        return
    assert not read_tree(made, "case").problems
