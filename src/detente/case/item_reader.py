"""Read lists of preference statements, rankings and weights, some of them perhaps uncertain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from detente.case.clauses import ClauseReader
from detente.case.doubts import FINE, AnyOrder, Either, Interval, Maybe, OpenRanking
from detente.case.model import Clause, Evidence, Item, Preferences, Statement
from detente.case.tree import Path, Tree
from detente.conditions import Vocabulary

__all__ = [
    "Reader",
    "about",
    "read_chance",
    "read_interval",
    "read_items",
    "read_probabilities",
    "read_ranked",
]


class Reader(Protocol):
    """What is used here of the reader of the whole case."""

    tree: Tree
    clauses: ClauseReader
    words: Vocabulary
    value: dict[str, Any]

    def problem(self, path: Path, message: str, *, key: bool = False) -> None:
        """Note a fault of the value at a path, or of its key."""

    def evidence(self, path: Path, given: Mapping[str, Any]) -> Evidence:
        """Read why the element at a path is in the case."""

    def preferences(self, path: Path, given: dict[str, Any] | None) -> Preferences | None:
        """Read how a DM ranks the states."""


def read_items(reader: Reader, path: Path, given: Sequence[Any]) -> tuple[Item, ...]:
    """Read a list of preference statements, some of them perhaps uncertain."""
    items: list[Item | None] = []
    for index, entry in enumerate(given):
        where: Path = (*path, index)
        details = entry if isinstance(entry, dict) else {"prefer": entry}
        if "either" in details:
            items.append(_either(reader, where, details))
        elif "any_order" in details:
            several = _statements(reader, (*where, "any_order"), details["any_order"])
            items.append(AnyOrder(details["id"], several, **about(reader, where, details)))
        else:
            items.append(read_statement(reader, where, entry))
    return tuple(item for item in items if item is not None)


def read_ranked(
    reader: Reader, path: Path, given: str | list[str] | dict[str, Any]
) -> tuple[Clause, ...] | OpenRanking:
    """Read one place of a direct ranking: a state, states that tie, or states in any order."""
    if isinstance(given, dict):
        groups = tuple(
            _group(reader, (*path, "any_order", index), group)
            for index, group in enumerate(given["any_order"])
        )
        said = about(reader, path, given)
        return OpenRanking(given["id"], groups, given.get("ties") == "Y", **said)
    return _group(reader, path, given)


def read_interval(reader: Reader, path: Path, name: str, given: dict[str, Any]) -> Interval:
    """Read a weight of which the bounds are known."""
    low, high = (Fraction(str(bound)) for bound in given["between"])
    if low >= high:
        reader.problem((*path, "between"), "the lowest weight comes first, and is less")
    said = about(reader, path, given)
    return Interval(name, low, high, given.get("steps", FINE), **said)


def about(reader: Reader, path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Read what every uncertainty says of itself: question, evidence and place."""
    return {
        "question": given.get("question", ""),
        "evidence": reader.evidence(path, given),
        "place": reader.tree.place(path),
    }


def read_statement(reader: Reader, path: Path, given: str | dict[str, Any]) -> Statement | None:
    details = given if isinstance(given, dict) else {"prefer": given}
    at = (*path, "prefer") if isinstance(given, dict) else path
    clause = reader.clauses.read(at, details["prefer"], reader.words)
    maybe = None
    if "maybe" in details:
        chance = details["maybe"]
        probability = None if chance == "open" else read_chance(reader, (*path, "maybe"), chance)
        maybe = Maybe(probability, details.get("question", ""))
        if "id" not in details:
            reader.problem(path, "an uncertain statement needs a name: add “id”")
    elif "question" in details:
        reader.problem((*path, "question"), "what is not uncertain has no question", key=True)
    evidence = reader.evidence(path, details)
    greatly = details.get("greatly") == "Y"
    return Statement(clause, details.get("id", ""), evidence, maybe, greatly) if clause else None


def _statements(reader: Reader, path: Path, given: Sequence[Any]) -> tuple[Statement, ...]:
    read = (read_statement(reader, (*path, index), entry) for index, entry in enumerate(given))
    return tuple(statement for statement in read if statement is not None)


def _group(reader: Reader, path: Path, given: str | list[str]) -> tuple[Clause, ...]:
    if isinstance(given, str):
        clause = reader.clauses.read(path, given, reader.words)
        return (clause,) if clause else ()
    read = (reader.clauses.read((*path, i), text, reader.words) for i, text in enumerate(given))
    return tuple(clause for clause in read if clause is not None)


def _either(reader: Reader, path: Path, given: dict[str, Any]) -> Either:
    entries = given["either"]
    said = about(reader, path, given)
    statements = _statements(reader, (*path, "either"), entries)
    shares = [entry.get("probability") if isinstance(entry, dict) else None for entry in entries]
    probabilities = read_probabilities(reader, (*path, "either"), shares)
    return Either(given["id"], statements, probabilities, **said)


def read_chance(reader: Reader, path: Path, given: float | str) -> Fraction:
    """Read a probability."""
    try:
        chance = Fraction(str(given))
    except ZeroDivisionError:
        chance = Fraction(2)
    if not 0 <= chance <= 1:
        reader.problem(path, f"“{given}” is no probability: it lies between 0 and 1")
        return Fraction(0)
    return chance


def read_probabilities(
    reader: Reader, path: Path, given: Sequence[float | str | None]
) -> tuple[Fraction, ...] | None:
    """Read the probabilities of some answers: all of them or none."""
    if all(share is None for share in given):
        return None
    if any(share is None for share in given):
        reader.problem(path, "some answers have a probability, others none: give all or none")
        return None
    shares = tuple(read_chance(reader, path, share) for share in given if share is not None)
    if sum(shares) != 1:
        message = f"the probabilities add up to {float(sum(shares)):g}, not to 1"
        reader.problem(path, f"{message}: fractions such as “1/3” are exact")
        return None
    return shares
