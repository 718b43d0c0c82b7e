"""Every kind of problem in a case file is reported at its place, with what would be right."""

# ruff: noqa: E501 - messages are given in full

from __future__ import annotations

from pathlib import Path

import pytest

import detente
from detente import CaseError
from detente.case import hollow_claims
from detente.case.tree import MAX_BYTES

HEAD = """\
detente: 1
title: T
"""

OPTIONS = """\
decision_makers:
  us:
    options: {talk: Talk, terms: {text: Terms, levels: [low, high]}}
  eu:
    options: {talk: Talk}
"""

GRAPH = """\
states: {a: A, b: B, c: C}
decision_makers:
  x:
"""

WITH_EU = "  eu:\n"


def preferring(preferences: str) -> str:
    """Give the first DM its preferences."""
    return OPTIONS.replace(WITH_EU, f"    preferences: {preferences}\n{WITH_EU}")


def problems(text: str) -> list[str]:
    with pytest.raises(CaseError) as caught:
        detente.loads(text, "c.yaml").model()
    return str(caught.value).split("\n")


CASES = {
    "not a mapping": (
        "- a\n",
        ["1:1: a case is expected: “detente: 1”, “title: …”, “decision_makers: …”"],
    ),
    "empty": ("", ["1:1: a case is expected: “detente: 1”, “title: …”, “decision_makers: …”"]),
    "scalar": (
        "hello\n",
        ["1:1: a case is expected: “detente: 1”, “title: …”, “decision_makers: …”"],
    ),
    "duplicate keys": (
        HEAD + "title: U\n" + OPTIONS,
        ["3:1: “title” is given twice: first on line 2"],
    ),
    "truth value": (
        HEAD + OPTIONS + "notes: yes\n",
        ['8:8: “yes” could mean a truth value: put it in quotes (for an option write "Y" or "N")'],
    ),
    "truth value key": (
        HEAD + OPTIONS + "on: x\n",
        ['8:1: “on” could mean a truth value: put it in quotes (for an option write "Y" or "N")'],
    ),
    "null": (
        HEAD + OPTIONS + "notes: ~\n",
        ["8:8: nothing stands where a text is expected (some text)"],
    ),
    "anchor": (
        HEAD + OPTIONS + "notes: &a text\n",
        ["8:8: anchors and aliases (& and *) are not read: write the value out"],
    ),
    "alias": (
        HEAD + OPTIONS + "notes: *a\n",
        ["8:8: anchors and aliases (& and *) are not read: write the value out"],
    ),
    "tag": (
        HEAD + OPTIONS + "notes: !!python/object/apply:os.system [ls]\n",
        ["8:8: tags such as tag:yaml.org,2002:python/object/apply:os are not read: leave it out"],
    ),
    "merge": (
        HEAD + OPTIONS + "<<: {a: b}\n",
        ["8:1: merge keys (<<) are not read: write the values out"],
    ),
    "tab": (
        HEAD + OPTIONS + "rules:\n\t- never: x\n",
        ["9:1: a character that cannot start a value: indent with spaces, put text in quotes"],
    ),
    "two documents": (
        HEAD + OPTIONS + "---\na: b\n",
        ["8:1: a second document starts here: one file, one case"],
    ),
    "NUL": (
        HEAD + OPTIONS + "notes: a\x00b\n",
        ["8:9: the character U+0000 is not allowed in YAML: remove it"],
    ),
    "BOM within": (
        HEAD + OPTIONS + "notes: a\ufeffb\n",
        ["8:9: the character U+FEFF is not allowed in YAML: remove it"],
    ),
    "surrogate": (
        HEAD + OPTIONS + "notes: a\ud800b\n",
        ["8:9: the character U+D800 is not allowed in YAML: remove it"],
    ),
    "unclosed quote": (
        HEAD + OPTIONS + 'notes: "a\n',
        ["8:10: the file ends inside a text in quotes"],
    ),
    "unclosed bracket": (
        HEAD + OPTIONS + "rules: [\n",
        ["8:9: a value is missing, or a bracket is not closed"],
    ),
    "no colon": (HEAD + OPTIONS + "notes\n", ["8:1: a “:” is missing after the name"]),
    "version": ("detente: 2\ntitle: T\n" + OPTIONS, ["1:10: “2” should be 1"]),
    "missing title": (
        "detente: 1\n" + OPTIONS,
        ["1:1: “title” is missing: what the case is about, in a line"],
    ),
    "unknown key": (
        HEAD + OPTIONS + "noets: x\n",
        ["8:1: “noets” is not known here: did you mean notes?"],
    ),
    "number for text": (
        HEAD + OPTIONS + "notes: 3\n",
        ["8:8: “3” stands where a text is expected: put it in quotes"],
    ),
    "bad id": (
        HEAD + OPTIONS.replace("eu:", "e u:"),
        [
            "6:3: “e u” is not a name here: a name of letters, digits and underscores that starts with a letter and is no word of the condition language"
        ],
    ),
    "reserved id": (
        HEAD + OPTIONS.replace("eu:", "only:"),
        [
            "6:3: “only” is not a name here: a name of letters, digits and underscores that starts with a letter and is no word of the condition language"
        ],
    ),
    "unknown name": (
        HEAD + OPTIONS + "rules:\n  - never: us.tlak\n",
        ["9:12: there is no name us.tlak: did you mean us.talk or eu.talk?"],
    ),
    "ambiguous": (
        HEAD + OPTIONS + "status_quo: talk\n",
        ["8:13: talk could mean us.talk or eu.talk: write the full name"],
    ),
    "condition": (
        HEAD + OPTIONS + "rules:\n  - never: us.talk and\n",
        ["9:23: the condition ends too early: expected a name, “(” or “not”"],
    ),
    "condition quoted": (
        HEAD + OPTIONS + "rules:\n  - never: 'us.talk & eu.talk'\n",
        ["9:21: unexpected character '&': write “and”"],
    ),
    "levels": (
        HEAD + OPTIONS + "rules:\n  - never: terms\n",
        ['9:12: terms has the levels low, high: compare it, as in terms == "high"'],
    ),
    "level": (
        HEAD + OPTIONS + "rules:\n  - never: terms == hihg\n",
        ["9:21: terms has no level hihg: did you mean high?"],
    ),
    "order": (
        HEAD + OPTIONS + "rules:\n  - never: terms > low\n",
        ["9:12: the levels of terms have no order: declare it (ordered: Y), or use == and !="],
    ),
    "two kinds": (
        HEAD + OPTIONS + "rules:\n  - {never: us.talk, always: eu.talk}\n",
        ["9:5: a rule is one of never, always, exclusive, at_least_one, requires: choose one"],
    ),
    "no kind": (
        HEAD + OPTIONS + "rules:\n  - because: none\n",
        ["9:5: a rule is one of never, always, exclusive, at_least_one, requires: none is given"],
    ),
    "requires three": (
        HEAD + OPTIONS + "rules:\n  - requires: [us.talk, eu.talk, us.talk]\n",
        ["9:15: at most 2 entries are possible here"],
    ),
    "source": (
        HEAD + OPTIONS + "rules:\n  - {never: us.talk, cite: nyt p3}\n",
        ["9:28: there is no source nyt: add it under “sources”"],
    ),
    "circular": (
        HEAD + OPTIONS + "outcomes:\n  a: b\n  b: not a\n",
        ["9:3: a is defined by itself: a → b → a", "10:3: b is defined by itself: b → a → b"],
    ),
    "both forms": (
        HEAD + OPTIONS + "states: {a: A}\n",
        ["8:1: a case has either options or states and moves: remove one of them"],
    ),
    "moves with options": (
        HEAD + OPTIONS + "  un:\n    moves: [a -> b]\n",
        [
            "9:5: moves are for a conflict given as a graph: add “states”, or use options",
            "9:13: there is no state a",
            "9:13: there is no state b",
        ],
    ),
    "no options": (
        HEAD + "decision_makers: {us: {}}\n",
        ["3:1: nobody has an option: give at least one DM options, or the case states"],
    ),
    "rules with graph": (
        HEAD + GRAPH + "    moves: [a -> b]\nrules: [{never: a}]\n",
        ["7:1: rules are for options: a graph lists just the states that exist"],
    ),
    "unknown state": (
        HEAD + GRAPH + "    moves: [a -> d]\n",
        ["6:13: there is no state d: choose from a, b, c"],
    ),
    "self move": (HEAD + GRAPH + "    moves: [a -> a]\n", ["6:13: a move leads from a to itself"]),
    "bad move": (
        HEAD + GRAPH + "    moves: [a to b]\n",
        [
            "6:13: “a to b” does not fit here: only for a conflict given as a graph: the DM's moves, such as “a -> b” or “a -> b, c”"
        ],
    ),
    "outcome is state": (
        HEAD + GRAPH + "    moves: [a -> b]\noutcomes: {a: b}\n",
        ["7:12: a is already the id of a state: choose another name"],
    ),
    "weigh unknown": (
        HEAD + preferring("{weigh: {tlak: 1}}"),
        ["6:27: there is no option tlak: did you mean us.talk?"],
    ),
    "weigh levels": (
        HEAD + preferring("{weigh: {terms: 1}}"),
        ["6:34: terms has the levels low, high: give a weight for each"],
    ),
    "weigh level": (
        HEAD + preferring("{weigh: {terms: {hi: 1}}}"),
        ["6:35: terms has no level hi: did you mean high?"],
    ),
    "weigh twice": (
        HEAD + preferring("{weigh: {terms: {low: 1}, us.terms: {low: 1}}}"),
        ["6:44: us.terms is weighed twice"],
    ),
    "statement ids": (
        HEAD + preferring("{prioritise: [{prefer: us.talk, id: a}, {prefer: eu.talk, id: a}]}"),
        ["6:19: two statements have the id a"],
    ),
    "result dm": (
        HEAD + OPTIONS + "results: [{concept: nash, dm: uk, states: []}]\n",
        ["8:31: there is no decision maker uk: choose from eu, us"],
    ),
    "result concept": (
        HEAD + OPTIONS + "results: [{concept: nsah, states: []}]\n",
        ["8:21: there is no concept nsah: did you mean nash?"],
    ),
    "no feasible": (
        HEAD + OPTIONS + "rules:\n  - never: us.talk\n  - always: us.talk\n",
        ["10:5: the rules leave no feasible state: at least one is needed"],
    ),
    "unranked": (
        HEAD + GRAPH + "    preferences: {rank: [a, b]}\n",
        ["6:29: x does not rank c: rank every state"],
    ),
    "ranked twice": (
        HEAD + GRAPH + "    preferences: {rank: [a, [b, c], a or b]}\n",
        ["6:37: “a or b” ranks again what is ranked: a, b"],
    ),
    "ranks nothing": (
        HEAD + GRAPH + "    preferences: {rank: [a, [b, c], a and b]}\n",
        ["6:37: “a and b” fits no feasible state"],
    ),
    "status quo several": (
        HEAD + OPTIONS + "status_quo: us.talk\n",
        ["8:13: “us.talk” fits 4 states (s2 Y0N, s4 Y1N, s6 Y0Y, s8 Y1Y): narrow it to one"],
    ),
    "status quo none": (
        HEAD + OPTIONS + "status_quo: us.talk and not us.talk\n",
        ["8:13: “us.talk and not us.talk” fits no feasible state: the status quo must be one"],
    ),
    "coalesced differ": (
        HEAD + preferring("{prioritise: [us.talk]}") + "coalesce: [eu.talk]\n",
        [
            "9:12: us does not rank the members of the coalesced state s5 alike: they cannot count as one"
        ],
    ),
    "overlap": (
        HEAD + OPTIONS + "coalesce: [eu.talk, us.talk]\n",
        ["8:21: two coalesced groups share a state: make them one group"],
    ),
    "weights": (
        HEAD + preferring("{weigh: {us.talk: 0.00000000000000001, eu.talk: 100000000000000000}}"),
        ["1:1: us: the weights are too far apart to be added exactly: round them"],
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_problem_is_placed(kind: str) -> None:
    text, expected = CASES[kind]
    assert problems(text) == [f"c.yaml:{problem}" for problem in expected]


def test_all_problems_come_in_one_go() -> None:
    text = (
        HEAD + OPTIONS + "rules:\n  - never: us.tlak\n  - always: eu.talk or\nstatus_quo: nobody\n"
    )
    assert [problem.split(":")[1:3] for problem in problems(text)] == [
        ["9", "12"],
        ["10", "23"],
        ["11", "13"],
    ]


def test_reading_stops_at_fifty_slips() -> None:
    text = HEAD + "".join(f"n{number}: yes\n" for number in range(400))
    assert len(problems(text)) == 50


def test_aliases_never_unfold() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert problems(bomb) == [
        "c.yaml:1:4: anchors and aliases (& and *) are not read: write the value out"
    ]


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_depth_is_bounded(opening: str) -> None:
    (problem,) = problems("x: \n  " + opening * 100_000)
    assert problem.endswith("nested more than 40 levels deep")


def test_quotes_make_any_text_a_text() -> None:
    case = detente.loads(HEAD + OPTIONS + "notes: 'yes'\nquestion: \"~\"\n")
    assert (case.notes, case.question) == ("yes", "~")


# -- files ---------------------------------------------------------------------------------------


def file_problem(path: Path) -> str:
    with pytest.raises(CaseError) as caught:
        detente.load(path)
    return str(caught.value).removeprefix(str(path))


def test_large_files_are_not_read(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    too_large = ": the file is larger than 2 MB: a case file is a few kB"
    assert file_problem(file) == too_large
    assert problems("a" * (MAX_BYTES + 1)) == [f"c.yaml{too_large}"]


def test_bad_utf_8_is_placed(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_bytes(b"detente: 1\ntitle: \xc3\xa9\xff\n")
    assert file_problem(file) == ":2:9: byte 0xff is not UTF-8: save the file as UTF-8"


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("\ufeff" + HEAD + OPTIONS, encoding="utf-8")
    assert detente.load(file).title == "T"


def test_what_is_no_case_is_refused(tmp_path: Path) -> None:
    assert "the folder holds no case.yaml" in file_problem(tmp_path)
    assert "did you mean chicken?" in file_problem(Path("chickn"))


CLAIM = HEAD + OPTIONS + "claims: {it: {text: So., assert: '%s'}}\n"


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (
            "not prefers(us, us.talk, us.talk and eu.talk)",
            "some states meet both conditions, and none is preferred to itself, so this cannot hold: let the conditions exclude each other",
        ),
        (
            "prefers(us, us.talk, eu.talk and not eu.talk)",
            "no feasible state is one that this prefers asks about",
        ),
        (
            "reachable(us.talk) or stable(us.talk and not us.talk)",
            "no feasible state is one that this stable asks about",
        ),
    ],
)
def test_claims_that_cannot_hold_are_told(claim: str, message: str) -> None:
    warned = hollow_claims(detente.loads(CLAIM % claim).model())
    assert f"case.yaml:8:34: {message}" in map(str, warned)


@pytest.mark.parametrize(
    "claim",
    ["prefers(us, us.talk, us.talk and eu.talk, some)", "prefers(us, us.talk, not us.talk)"],
)
def test_claims_that_can_hold_are_not(claim: str) -> None:
    warned = hollow_claims(detente.loads(CLAIM % claim).model())
    assert warned == ()
