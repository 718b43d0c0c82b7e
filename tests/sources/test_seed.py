"""The real column that started the flagship case; only a few of its words may stand here."""

from __future__ import annotations

from detente.sources.document import Role, Status
from typing import TYPE_CHECKING

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
