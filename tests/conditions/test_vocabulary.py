"""What names may stand for, and what is said where they stand for nothing."""

from __future__ import annotations

import pytest

from detente.conditions import OptionName, check, did_you_mean, parse, vocabulary

OPTIONS = {
    "us.withhold": OptionName(0),
    "us.talk": OptionName(1),
    "eu.talk": OptionName(2),
    "us.crimea": OptionName(3, ("none", "de facto", "de jure"), ordered=True),
    "ru.tone": OptionName(4, ("mild", "harsh", "rude")),
}
WORDS = vocabulary(OPTIONS, (), {"deal": parse("us.talk"), "tone": parse("us.withhold")})
GRAPH = vocabulary({}, ["calm", "war"])


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("us.withhold and deal", []),
        ("withhold", []),
        ("us.witthold", [(1, 1, "there is no name us.witthold: did you mean us.withhold?")]),
        ("deal and witthold", [(1, 10, "there is no name witthold: did you mean withhold?")]),
        ("talk", [(1, 1, "talk could mean us.talk or eu.talk: write the full name")]),
        (
            "xyz or\n qqq",
            [
                (1, 1, "there is no name xyz: choose from crimea, deal, tone, withhold"),
                (2, 2, "there is no name qqq: choose from crimea, deal, tone, withhold"),
            ],
        ),
        (
            "us.crimea",
            [
                (
                    1,
                    1,
                    "us.crimea has the levels none, de facto, de jure: compare it, as in ",
                )
            ],
        ),
        ('crimea >= "de facto"', []),
        (
            'us.crimea == "de iure"',
            [(1, 14, "us.crimea has no level de iure: did you mean de jure?")],
        ),
        ("us.talk == Y or us.talk != 'N'", []),
        ("us.talk == high", [(1, 12, "us.talk has no level high: choose from N, Y")]),
        (
            "us.talk >= Y",
            [
                (
                    1,
                    1,
                    "the levels of us.talk have no order: declare it (ordered: Y), or use == ",
                )
            ],
        ),
        (
            "ru.tone < hrsh",
            [
                (
                    1,
                    1,
                    "the levels of ru.tone have no order: declare it (ordered: Y), or use == ",
                ),
                (1, 11, "ru.tone has no level hrsh: did you mean harsh?"),
            ],
        ),
        ("tone == mild", [(1, 1, "tone is not an option: it has no levels")]),
        ("talk == Y", [(1, 1, "talk could mean us.talk or eu.talk: write the full name")]),
        ("us.tone == mild", [(1, 1, "there is no name us.tone: did you mean ")]),
        ("atleast(2, deal, us.talk)", []),
        (
            "atleast(deal, us.talk)",
            [
                (
                    1,
                    1,
                    "atleast takes a number, then conditions: write atleast(2, a, b, c)",
                )
            ],
        ),
        (
            "exactly(1)",
            [(1, 1, "exactly takes a number, then conditions: write exactly(2, a, b, c)")],
        ),
        ("atmost(1.5, deal, tone)", [(1, 8, "atmost counts in whole numbers")]),
        ("atleast(1, 2, deal)", [(1, 12, "a condition is expected here")]),
        ('atleast(1, "a", deal)', [(1, 12, "a condition is expected here")]),
        (
            "atleast(1, deal, n=2)",
            [(1, 1, "atleast takes no named arguments: write atleast(2, a, b, c)")],
        ),
        (
            "atlest(1, deal)",
            [(1, 1, "there is no function atlest in conditions: did you mean atleast")],
        ),
        (
            "only(deal)",
            [(1, 1, 'only takes options, as in only(us.talk, us.terms == "full")')],
        ),
        (
            "only(us.talk, ru.tone != mild)",
            [(1, 1, 'only takes options, as in only(us.talk, us.terms == "full")')],
        ),
    ],
)
def test_faults_in_names(text: str, faults: list[tuple[int, int, str]]) -> None:
    found = check(parse(text), WORDS)
    assert [(fault.line, fault.column) for fault in found] == [
        (line, column) for line, column, _ in faults
    ]
    for fault, (_, _, message) in zip(found, faults, strict=True):
        assert fault.message.startswith(message)


def test_states_have_no_levels() -> None:
    (fault,) = check(parse("war == Y"), GRAPH)
    assert fault.message == "war is not an option: it has no levels"
    assert check(parse("war or not calm"), GRAPH) == []


def test_a_definition_wins_over_a_short_name() -> None:
    assert "tone" in WORDS.definitions
    assert "tone" not in WORDS.options
    assert "tone" not in WORDS.ambiguous


def test_vocabulary_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        WORDS.options["x"] = OptionName(9)  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "valid", "hint"),
    [
        ("talk", ["us.talk"], ": did you mean us.talk?"),
        ("US.TALK", ["us.talk"], ": did you mean us.talk?"),
        ("seq", ["sseq", "seq2"], ": did you mean sseq or seq2?"),
        ("zzz", [f"n{number}" for number in range(9)], ""),
        ("zzz", [], ""),
        ("", ["a"], ": choose from a"),
    ],
)
def test_suggestions(name: str, valid: list[str], hint: str) -> None:
    assert did_you_mean(name, valid) == hint
