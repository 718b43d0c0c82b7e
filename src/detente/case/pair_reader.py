"""Read what is said of pairs of states, beyond a ranking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.case.item_reader import Reader
from detente.case.model import Pairs, PairStatement
from detente.case.tree import Path

__all__ = ["read_pairs"]

_RANKINGS = ("prioritise", "weigh", "rank")


def read_pairs(reader: Reader, path: Path, given: Mapping[str, Any] | None) -> Pairs | None:
    """Read the part of some preferences that compares states pair by pair.

    Parameters
    ----------
    reader : Reader
    path : tuple of str or int
        Where the preferences stand in the file.
    given : mapping or None
        The preferences.

    Returns
    -------
    Pairs or None
        None if they say nothing of pairs.
    """
    if given is None or not given.keys() & {"pairs", "otherwise", "transitive"}:
        return None
    ranking = next((kind for kind in _RANKINGS if kind in given), None)
    if ranking and "otherwise" in given:
        message = f"“{ranking}” compares all pairs, nothing is left over: remove one of the two"
        reader.problem((*path, "otherwise"), message, key=True)
    transitive = given.get("transitive") == "Y"
    if transitive and given.get("otherwise") != "unknown":
        message = "“transitive” concludes what is left unknown: it needs “otherwise: unknown”"
        reader.problem((*path, "transitive"), message, key=True)
    read = (
        _statement(reader, (*path, "pairs", index), entry)
        for index, entry in enumerate(given.get("pairs", ()))
    )
    statements = tuple(statement for statement in read if statement is not None)
    return Pairs(statements, given.get("otherwise", ""), transitive)


def _statement(reader: Reader, path: Path, given: dict[str, Any]) -> PairStatement | None:
    first, second = ("prefer", "to") if "prefer" in given else ("unknown", "and")
    one = reader.clauses.read((*path, first), given[first], reader.words)
    other = None
    if second in given:
        other = reader.clauses.read((*path, second), given[second], reader.words)
    if "alike" in given and "states" in reader.value:
        message = "“alike” compares options, and a graph has none: name the states"
        reader.problem((*path, "alike"), message, key=True)
    if one is None or (second in given and other is None):
        return None
    return PairStatement(
        "prefer" if first == "prefer" else "unknown",
        one,
        other,
        given.get("alike") == "Y",
        given.get("greatly") == "Y",
        reader.tree.place(path),
        reader.evidence(path, given),
    )
