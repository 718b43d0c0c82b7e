"""The seven rules of neutrality, each with a test."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from detente.sources import (
    Document,
    independent,
    read_text,
    source_record,
    suggest,
    voice_balance,
    voices,
)
from detente.sources.gazetteer import gazetteer

TEXT = """The border must open, whatever Norway wants

Norway's foreign minister, Per Lund, said that the border would open if Sweden paid. “It is a fair
price for a long road,” Lund said. Sweden could refuse to pay. It may also close the bridge.

The reckless threat of Norway is unlikely to work. Sweden's premier, Ola Berg, admitted that the
bridge was old. Norway claimed that it was new. Stockholm will talk to Oslo unless it rains.
"""
SWAP = {"Norway": "Sweden", "Sweden": "Norway", "Oslo": "Stockholm", "Stockholm": "Oslo"}


def swapped(text: str, table: dict[str, str]) -> str:
    return re.sub("|".join(table), lambda match: table[match[0]], text)


def profile(document: Document) -> Counter[tuple[str, str, str]]:
    return Counter((n.kind, n.rule, n.detail("framing")) for n in document.annotations)


def voice_of(document: Document, words: str) -> tuple[str, str, str]:
    for sentence in voices(document):
        if words in document.passage(sentence.passage).text:
            return sentence.speaker, sentence.framing, sentence.certainty
    raise AssertionError(words)


def test_1_nothing_is_called_true_and_every_claim_has_voice_framing_certainty() -> None:
    document = read_text(TEXT)
    assert voice_of(document, "admitted")[:2] == ("Ola Berg", "factive")
    assert voice_of(document, "claimed")[:2] == ("Norway", "distancing")
    certainties = {sentence.certainty for sentence in voices(document)}
    assert certainties <= {
        "asserted", "unknown", "reported", "possible", "apparent", "held", "probable",
    }  # fmt: skip
    assert "true" not in repr(document.annotations).lower()


def test_1_a_factive_cue_or_a_booster_never_upgrades_a_claim() -> None:
    body = "It is unclear what follows. The two towns met again on Monday and went home."
    weak = read_text(f"A head\n\nPer Lund said that the bridge may be old. {body}")
    strong = read_text(f"A head\n\nPer Lund revealed that of course the bridge may be old. {body}")
    assert voices(weak)[1].certainty == voices(strong)[1].certainty == "possible"


def test_2_a_republication_corroborates_nothing() -> None:
    again = read_text("Another headline\n\n" + TEXT.split("\n\n", 1)[1] + "\n\nRead more")
    other = read_text(
        "Weather\n\nIt rained all day on the quay. Nobody came to see the ship leave."
    )
    groups = independent([read_text(TEXT), again, other])
    assert [len(group) for group in groups] == [2, 1]


def test_3_the_genre_has_its_evidence_and_the_outlet_no_affiliation_of_ours() -> None:
    opinion = read_text(
        "Opinion: open it\n\nI think the border should be open. We all know it, my friends."
    )
    assert (opinion.metadata.kind.value, opinion.metadata.kind.because) == ("opinion", "label")
    record = source_record(opinion)
    assert record.affiliation == ""
    assert "opinion" in record.defects


def test_4_surface_forms_are_kept_and_loaded_words_are_no_names() -> None:
    for capital in ("Kiev", "Kyiv"):
        document = read_text(
            f"Talks\n\n{capital} refused to sign. Ukraine's minister left the room."
        )
        assert capital in document.actors[0].aliases
        assert capital in document.text
        assert document.actors[0].name == "Ukraine"
    found = suggest(
        read_text(
            "Talks\n\nNorway threatened to start a reckless and foolish blockade of the bridge."
        )
    )
    assert [option.name for option in found.options] == ["start_blockade_bridge"]
    assert {word for word, _ in found.loaded} == {"reckless", "foolish"}


def test_5_voice_balance_counts_mentions_and_statements() -> None:
    balance = {one.actor: (one.mentions, one.statements) for one in voice_balance(read_text(TEXT))}
    assert balance["Norway"][1] == 3
    assert balance["Sweden"][1] == 1


@pytest.mark.parametrize(
    "table",
    [SWAP, {"Norway": "Russia", "Sweden": "Ukraine", "Oslo": "Moscow", "Stockholm": "Kiev"},
     {"Norway": "Ukraine", "Sweden": "Russia", "Oslo": "Kyiv", "Stockholm": "Moscow"},
     {"Norway": "Iran", "Sweden": "Israel", "Oslo": "Tehran", "Stockholm": "Jerusalem"},
     {"Norway": "China", "Sweden": "Taiwan", "Oslo": "Beijing", "Stockholm": "Taipei"}],
)  # fmt: skip
def test_6_opposing_sides_score_alike(table: dict[str, str]) -> None:
    one, two = read_text(TEXT), read_text(swapped(TEXT, table))
    assert profile(one) == profile(two)
    assert [a.kind for a in one.actors] == [a.kind for a in two.actors]
    assert [b.statements for b in voice_balance(one)] == [b.statements for b in voice_balance(two)]
    assert one.metadata.kind == two.metadata.kind


def test_7_standing_for_comes_from_the_text_never_from_a_table_of_leaders() -> None:
    bare = read_text("Talks\n\nVladimir Putin said that it rained. Donald Trump agreed to talk.")
    assert {actor.name: actor.stands_for for actor in bare.actors} == {
        "Vladimir Putin": "", "Donald Trump": "",
    }  # fmt: skip
    told = read_text("Talks\n\nSwedish President Ola Berg said that it rained.")
    assert next(a for a in told.actors if a.name == "Ola Berg").stands_for == "Sweden"
    assert not {"Putin", "Trump", "Zelensky", "Biden"} & set(gazetteer())
