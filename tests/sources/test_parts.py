"""The parts of the reading, each by itself."""

from __future__ import annotations

from importlib import resources

import pytest

from detente.sources import Document, read_text, suggest
from detente.sources.conditions import find_conditions
from detente.sources.dates import parse_time
from detente.sources.gazetteer import gazetteer
from detente.sources.hedges import find_hedges
from detente.sources.options import find_options
from detente.sources.quotations import find_quoted
from detente.sources.sentences import split_sentences

BODY = "The two towns met again on Monday. Nothing came of it, and both went home."


def blocks(text: str) -> list[tuple[str, str]]:
    document = read_text(text)
    return [(block.id, block.kind or block.role.value) for block in document.blocks]


def speech(text: str) -> list[tuple[str, str]]:
    document = read_text(f"A headline here\n\n{text}\n\n{BODY}")
    return [
        (document.slice(n.start, n.end).strip('“”"‘’.,'), n.detail("speaker"))
        for n in document.annotations
        if n.kind == "quotation"
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [("Share", "share"), ("Facebook Twitter LinkedIn Email", "share"), ("Share this article",
     "share"),
     ("Home > World > Europe", "navigation"), ("News | Sport | Opinion", "navigation"),
     ("Advertisement", "advertisement"), ("Sign up for our daily newsletter", "newsletter"),
     ("© 2024 The Paper. All rights reserved.", "legal"), ("Photo: A. Low / Agency", "credit"),
     ("Tags: river, dam", "tags"), ("5 min read", "tools"), ("12 comments", "counts"),
     ("1,204 views | 3 comments", "counts"), ("May 3, 1976", "time"), ("14:05 GMT", "time"),
     ("By Ann Low", "byline"), ("Source: The Gazette", "source"), ("Leave a comment", "comments"),
     ("We use cookies to make this site work", "cookies"), ("Read more: The long drought",
     "teaser"),
     ("* * *", "separator"),
     ("The views of the author do not represent those of the paper.", "disclaimer")],
)  # fmt: skip
def test_furniture_lines(line: str, kind: str) -> None:
    found = dict(blocks(f"Towns part\n\n{BODY}\n\n{line}\n\n{BODY}"))
    assert found["f01"] == kind


@pytest.mark.parametrize(
    "line",
    ["Share prices fell on Monday.", "Like many before it, the pact failed.",
     "By noon they had gone.",
     "Sources close to the mayor said so.", "Photographs, taken from the air, show the wall.",
     "In 1976 it ended.", "1976", "Read more closely, the letter says the opposite.",
     "Home is where the dam is.", "Comments by the minister did not help.",
     "Related parties must sign."],
)  # fmt: skip
def test_text_is_never_taken_for_furniture(line: str) -> None:
    document = read_text(f"Towns part\n\n{BODY}\n\n{line}\n\n{BODY}")
    assert not document.furniture


def test_bare_numbers_under_the_date_are_two_counts() -> None:
    found = read_text(f"Towns part\n\nMay 3, 1976\n 4  212\n\n{BODY}").metadata
    assert (found.comments.value, found.views.value) == ("4", "212")


def test_what_is_doubtful_is_suspect_and_stays_in_the_text() -> None:
    document = read_text(f"Towns part\n\n{BODY}\n\nA stray line\n\nAnother stray line")
    assert [block.role.value for block in document.blocks[2:]] == ["suspect", "suspect"]
    assert [block.id for block in document.blocks[1:]] == ["p01", "p02", "p03"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [("26 April 2025", "2025-04-26"), ("Apr. 26, 2025 | 8:56 pm", "2025-04-26T20:56"),
     ("2025-04-26 08:56", "2025-04-26T08:56"), ("08:56, 26 April 2025", "2025-04-26T08:56"),
     ("Saturday, 26 April 2025", "2025-04-26"), ("31 June 2025", None), ("26/04/2025", None),
     ("3 May 1976, 14:05 +0200", "1976-05-03T14:05+02:00")],
)  # fmt: skip
def test_times(text: str, iso: str | None) -> None:
    assert parse_time(text) == iso


@pytest.mark.parametrize(
    ("text", "number"),
    [("Mr. Low left. He ran.", 2), ("The U.S. envoy met Gen. Ash on Jan. 3. It rained.", 2),
     ("“No!” he said. She went.", 2), ("It cost 3.5 million. So be it.", 2), ("J. R. Low came.", 1),
     ("It ended in the U.S. The rest is known.", 2), ("Wait... what? Yes.", 2)],
)  # fmt: skip
def test_sentences(text: str, number: int) -> None:
    assert len(split_sentences(text, 0, len(text))) == number


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("He said “no” and “yes”.", ["no", "yes"]), ('She said "no".', ["no"]),
     ("It’s the towns’ affair, ‘over’, he said.", ["over"]),
     ("“He told me ‘no’ twice”", ["He told me ‘no’ twice"]),
     ("In the '90s it wasn't so.", []), ("“never closed", ["never closed"]),
     ("«non» he said", ["non"]),
     ("6'2\" tall and 'fine'", ["fine"])],
)  # fmt: skip
def test_quotation_marks(text: str, quoted: list[str]) -> None:
    assert [text[q.inner_start : q.inner_end] for q in find_quoted(text, 0, len(text))] == quoted


@pytest.mark.parametrize(
    ("text", "expected"),
    [("“The dam will stay where it is,” said Ann Low, the mayor of Grau.",
     ("The dam will stay where it is", "Ann Low")),
     ("Ann Low, the mayor, called it “a farce”. ", ("a farce", "Ann Low")),
     ("Ann Low left early. She called it “a farce”.", ("a farce", "Ann Low")),
     ("According to Ann Low, it was “a farce” from the start.", ("a farce", "Ann Low")),
     ("It was, as Ann Low put it, “a farce” from the start.", ("a farce", "Ann Low")),
     ("A spokesman for the board called it “a farce”.", ("a farce", "A spokesman for the board")),
     ("Ann Low’s remark that it was “a farce” hurt.", ("a farce", "Ann Low")),
     ("The so-called “farce” went on.", ("farce", "")),
     ("Ann “The Wall” Low left the room.", ("The Wall", ""))],
)  # fmt: skip
def test_speakers(text: str, expected: tuple[str, str]) -> None:
    assert speech(text) == [expected]


@pytest.mark.parametrize(
    ("text", "cues"),
    [("It may rain in May.", ["may"]), ("Military might decides.", []), ("It could not fly.", []),
     ("They suggested a truce.", []), ("Perhaps it is unclear.", ["Perhaps", "unclear"]),
     ("He is said to like it.", ["is said to"])],
)  # fmt: skip
def test_hedges(text: str, cues: list[str]) -> None:
    assert [
        text[f.start : f.end] for f in find_hedges(text, 0, len(text)) if f.kind == "hedge"
    ] == cues


@pytest.mark.parametrize(
    ("text", "form"),
    [("If it rains, they stay.", "if"), ("Unless paid, they stay.", "unless"),
     ("They asked if it rained.", ""),
     ("It looked as if it rained.", ""), ("Even if it rains, they go.", "concessive"),
     ("Had it rained, they would stay.", "inverted"), ("Should they stay?", ""),
     ("He should be here.", "")],
)  # fmt: skip
def test_conditions(text: str, form: str) -> None:
    assert [f.details[0][1] for f in find_conditions(text, 0, len(text))] == (
        [form] if form else []
    )


def annotated(text: str) -> Document:
    return read_text(f"A headline here\n\n{text} Orvania's minister met Brask's minister.")


def test_options_with_their_actor() -> None:
    found = suggest(
        annotated("Orvania threatened to close the port, and Brask refused to sign the pact.")
    )
    assert [(o.actor, o.name) for o in found.options] == [
        ("Orvania", "close_port"), ("Brask", "sign_pact"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "actors"),
    [("Iran has enriched uranium despite pressure from Israel. It may expel inspectors.", ["Iran"]),
     ("China shut its ports to ships from Japan. It could seize them. It may also raise tariffs.",
      ["China", "China"]),
     ("After Israel signed the accord, Egypt left its talks with Jordan. It could return.",
      ["Egypt"]),
     ("Under pressure from Israel, Egypt closed the canal. It might reopen it.", ["Egypt"]),
     ("The Iranian government rejected the draft of Israel. It may block the strait.", ["Iran"]),
     ("But China, whose ships had left Japan, said no. It could lift the ban.", ["China"]),
     ("On Monday Egypt, which had met Sudan and Libya, walked out. It may withdraw.",
      ["Egypt"]),
     ("The talks in Norway stalled because Sweden walked out. It may come back.", ["Sweden"]),
     ("“No,” said Per Lund, a spokesman for Norway, of talks with Sweden. It may leave them.",
      ["Norway"]),
     ("Norway's minister Per Lund met Olof Berg of Sweden. He may refuse to sign.", ["Per Lund"])],
)  # fmt: skip
def test_it_at_the_start_of_a_sentence_is_the_subject_before(text: str, actors: list[str]) -> None:
    document = read_text(f"A headline here\n\n{text}")
    options = [note for note in document.annotations if note.kind == "option"]
    assert [option.detail("actor") for option in options] == actors


@pytest.mark.parametrize(
    ("text", "owner"),
    [("Mira Tolk, foreign minister of Norway, was there.", "Norway"),
     ("Mira Tolk, an aide to the prime minister of Norway, was there.", "Norway"),
     ("Mira Tolk, an adviser to the Norwegian government, was there.", "Norway"),
     ("Mira Tolk, who speaks for Norway at the talks, was there.", "Norway"),
     ("Foreign Minister Mira Tolk of Norway was there.", "Norway"),
     ("Speaking for Norway, Mira Tolk urged them to stay.", "Norway"),
     ("A spokeswoman for Norway, Mira Tolk, said that it was late.", "Norway"),
     ("Norway left the talks with Sweden. Its foreign minister, Mira Tolk, called it over.",
      "Norway"),
     ("Mira Tolk, deputy spokesperson of the Port Company, said that it was late.", "Port Company"),
     ("Mira Tolk, the envoy to Norway, said that it was late.", ""),
     ("Mira Tolk, a rival of Norway's minister, said that it was late.", ""),
     ("Mira Tolk, an expert at the Port Company, said that it was late.", ""),
     ("Norway left the talks. Its former minister, Mira Tolk, said that it was late.", ""),
     ("She met the minister of Norway, Mira Tolk said.", "")],
)  # fmt: skip
def test_who_speaks_for_a_party_stands_for_it(text: str, owner: str) -> None:
    document = read_text(f"A headline here\n\n{text} Mira Tolk told them so.")
    stands_for = {actor.name: actor.stands_for for actor in document.actors}
    assert stands_for["Mira Tolk"] == owner


def test_option_rules_give_nothing_for_plain_narration() -> None:
    from detente.sources.mentions import Index

    text = "It rained all day on the empty quay."
    assert list(find_options(text, 0, len(text), Index([]))) == []


def test_the_gazetteer_names_each_thing_once() -> None:
    text = resources.files("detente.sources").joinpath("gazetteer.txt").read_text("utf-8")
    rows = [line.split("|") for line in text.splitlines() if not line.startswith("#")]
    assert {len(row) for row in rows} == {5}
    codes = [row[0] for row in rows]
    assert len(set(codes)) == len(codes)
    names = [name for row in rows for name in ",".join(row[1:]).split(",") if name]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert len(gazetteer()) == len(names)


def test_every_adjective_and_capital_leads_to_its_state() -> None:
    table = gazetteer()
    expected = {
        "Dutch": "Netherlands", "Kyiv": "Ukraine", "Kremlin": "Russia", "Icelanders": "Iceland",
        "Pretoria": "South Africa", "Burmese": "Myanmar", "Downing Street": "United Kingdom",
        "U.S.": "United States", "North Korean": "North Korea", "West German": "West Germany",
    }  # fmt: skip
    assert {name: table[name].actor for name in expected} == expected
