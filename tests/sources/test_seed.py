"""The real column that started the flagship case; only a few of its words may stand here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.sources import cite_passage, resolve, search, suggest, uncited, voice_balance
from detente.sources.document import Role, Status

if TYPE_CHECKING:
    from detente.sources import Document


def test_every_character_is_accounted_for(seed: Document, seed_bytes: bytes) -> None:
    assert seed.reassemble() == seed_bytes.decode()
    assert seed.raw == seed_bytes


def test_metadata(seed: Document) -> None:
    found = seed.metadata
    assert found.title.value is not None
    assert found.title.value.startswith("Thanks but no, Kiev")
    assert found.published.value == "2025-04-26T08:56"
    assert (found.comments.value, found.views.value) == ("0", "1")
    assert found.comments.status is Status.INFERRED
    assert found.author.status is found.outlet.status is Status.ABSENT
    assert found.kind.value == "opinion"
    assert found.language.value == "en"
    assert found.standfirst.value is not None
    assert found.standfirst.value.startswith("Steve Witkoff’s Moscow visit")


def test_reactions_and_teasers(seed: Document) -> None:
    kinds = {block.kind: block for block in seed.furniture}
    assert dict(kinds["reactions"].values) == dict.fromkeys(
        ["like", "dislike", "love", "funny", "angry", "sad", "wow"], 0
    )
    teasers = [block for block in seed.furniture if block.kind == "teaser"]
    parts = [{part.name: seed.slice(part.start, part.end) for part in b.parts} for b in teasers]
    assert [part["caption"] for part in parts] == ["RT", "US President Donald Trump"]
    assert parts[0]["title"].endswith("As it happened")
    assert parts[1]["title"].endswith("CNN")


def test_the_body_is_ten_paragraphs_free_of_furniture(seed: Document) -> None:
    body = [block for block in seed.blocks if block.role is Role.BODY]
    assert [block.id for block in body] == [f"p{number:02d}" for number in range(1, 11)]
    assert all(len(seed.slice(b.start, b.end).split()) > 25 for b in body)
    assert [len(block.sentences) for block in body] == [3, 4, 6, 8, 3, 4, 3, 3, 2, 5]


def test_every_direct_quotation_has_its_speaker(seed: Document) -> None:
    found = [
        (seed.slice(n.start, n.end).strip("“”.").split()[0], n.detail("form"), n.detail("speaker"))
        for n in seed.annotations
        if n.kind == "quotation"
    ]
    assert found == [
        ("constructive", "fragment", "Yuri Ushakov"),
        ("useful", "direct", "Yuri Ushakov"),
        ("no", "fragment", "Donald Trump"),
        ("breaking", "direct", "Mark Rutte"),
        ("Thank", "nickname", ""),
        ("I", "nickname", ""),
        ("done", "fragment", "Marco Rubio"),
    ]


def test_who_stands_for_whom_comes_from_the_words_of_the_text(seed: Document) -> None:
    stands_for = {actor.name: actor.stands_for for actor in seed.actors}
    assert stands_for["Donald Trump"] == "United States"
    assert stands_for["Vladimir Putin"] == "Russia"
    assert stands_for["Vladimir Zelensky"] == "Ukraine"
    assert stands_for["Jens Stoltenberg"] == ""  # a former office stands for nobody
    assert stands_for["Marco Rubio"] == ""  # an office of a country that the text does not name
    assert "Crimea" not in stands_for


def test_open_questions_and_conditions(seed: Document) -> None:
    passages = {
        kind: [n.passage for n in seed.annotations if n.kind == kind]
        for kind in ("question", "condition")
    }
    assert passages["question"] == ["p07.s1", "p07.s2", "p10.s1"]
    assert set(passages["condition"]) >= {"p05.s3", "p07.s1", "p10.s4"}


def test_suggestions_cite_without_carrying_the_text(seed: Document) -> None:
    found = suggest(seed)
    assert [one.name for one in found.decision_makers[:4]] == ["us", "russia", "ukraine", "europe"]
    citations = [c for option in found.options for c in option.citations]
    assert citations
    assert all(not citation.exact for citation in citations)
    assert {"p04.s6", "p07.s1"} <= {citation.locator for citation in citations}
    assert {"p05.s3"} <= {c.locator for term in found.terms for c in term.citations}
    assert found.source.kind == "opinion"


def test_passages_that_bear_on_an_element(seed: Document) -> None:
    expected = {
        "us.withhold": "p07.s1", "us recognise crimea": "p10.s3", "two tracks diverge": "p10.s1",
        "europe block peace": "p07.s3", "ukraine leverage": "p03.s6", "us escalate": "p04.s6",
    }  # fmt: skip
    assert {query: search([seed], query)[0].locator for query in expected} == expected


def test_a_citation_by_hash_resolves(seed: Document) -> None:
    citation = cite_passage(seed, "p07.s2", words=False)
    assert resolve(seed, citation).state == "exact"


def test_voice_balance(seed: Document) -> None:
    balance = {one.actor: one for one in voice_balance(seed)}
    assert balance["Ukraine"].mentions > 10
    assert balance["Ukraine"].statements == 0
    assert balance["Russia"].statements > 0


def test_passages_of_weight_that_nothing_cites(seed: Document) -> None:
    left = [one.locator for one in uncited(seed, ["headline", "deck", "p07", "p10.s2"])]
    assert "p04.s6" in left[:6]
    assert not {"headline.s1", "p07.s1", "p10.s2"} & set(left)
