"""Read what a case leaves open, its named readings and its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, Protocol

from detente.case.changes import changed
from detente.case.clauses import ClauseReader
from detente.case.doubts import (
    FINE,
    Answer,
    AnyOrder,
    Change,
    Claim,
    Either,
    Interval,
    Maybe,
    NamedReading,
    OpenRanking,
    Question,
    Uncertainty,
)
from detente.case.model import (
    Case,
    Clause,
    Evidence,
    Item,
    Preferences,
    Prioritise,
    Statement,
)
from detente.case.settling import under
from detente.case.tree import Path, Tree
from detente.conditions import Vocabulary, check_claim, did_you_mean, parse
from detente.errors import ConditionError

__all__ = ["read_doubts", "read_interval", "read_items", "read_ranked"]

_VERBS = ("drop", "insert", "move", "replace", "unavailable", "status_quo", "preferences")
_ALL = "all"


class _Reader(Protocol):
    """What is used here of the reader of the whole case."""

    tree: Tree
    clauses: ClauseReader
    words: Vocabulary
    value: dict[str, Any]

    def problem(self, path: Path, message: str, *, key: bool = False) -> None: ...
    def evidence(self, path: Path, given: Mapping[str, Any]) -> Evidence: ...
    def preferences(self, path: Path, given: dict[str, Any] | None) -> Preferences | None: ...


def read_items(reader: _Reader, path: Path, given: Sequence[Any]) -> tuple[Item, ...]:
    """Read a list of preference statements, some of them perhaps uncertain."""
    items: list[Item | None] = []
    for index, entry in enumerate(given):
        where: Path = (*path, index)
        details = entry if isinstance(entry, dict) else {"prefer": entry}
        if "either" in details:
            items.append(_either(reader, where, details))
        elif "any_order" in details:
            several = _statements(reader, (*where, "any_order"), details["any_order"])
            items.append(AnyOrder(details["id"], several, **_about(reader, where, details)))
        else:
            items.append(_statement(reader, where, entry))
    return tuple(item for item in items if item is not None)


def read_ranked(
    reader: _Reader, path: Path, given: str | list[str] | dict[str, Any]
) -> tuple[Clause, ...] | OpenRanking:
    """Read one place of a direct ranking: a state, states that tie, or states in any order."""
    if isinstance(given, dict):
        groups = tuple(
            _group(reader, (*path, "any_order", index), group)
            for index, group in enumerate(given["any_order"])
        )
        about = _about(reader, path, given)
        return OpenRanking(given["id"], groups, given.get("ties") == "Y", **about)
    return _group(reader, path, given)


def read_interval(reader: _Reader, path: Path, name: str, given: dict[str, Any]) -> Interval:
    """Read a weight of which the bounds are known."""
    low, high = (Fraction(str(bound)) for bound in given["between"])
    if low >= high:
        reader.problem((*path, "between"), "the lowest weight comes first, and is less")
    about = _about(reader, path, given)
    return Interval(name, low, high, given.get("steps", FINE), **about)


def read_doubts(reader: _Reader, case: Case) -> Case:
    """Read the questions, named readings and claims of a case whose other parts have been read."""
    value = reader.value
    owners = _owners(reader, case)
    questions = (
        _question(reader, ("uncertain", key), given, owners)
        for key, given in value.get("uncertain", {}).items()
    )
    case = replace(case, questions=tuple(question for question in questions if question))
    known = _by_id(reader, case)
    readings = {
        key: _reading(reader, ("readings", key), given, (owners, known, case))
        for key, given in value.get("readings", {}).items()
    }
    case = replace(case, readings=readings)
    valid = [_ALL, case.base, *readings]
    claims = {}
    for key, given in value.get("claims", {}).items():
        claim = _claim(reader, ("claims", key), given, valid)
        if claim is not None:
            claims[key] = claim
    case = replace(case, claims=claims)
    if not reader.clauses.problems:
        for key in readings:
            _by_id(reader, under(case, key))
    return case


def _about(reader: _Reader, path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "question": given.get("question", ""),
        "evidence": reader.evidence(path, given),
        "place": reader.tree.place(path),
    }


# Statements


def _statement(reader: _Reader, path: Path, given: str | dict[str, Any]) -> Statement | None:
    details = given if isinstance(given, dict) else {"prefer": given}
    at = (*path, "prefer") if isinstance(given, dict) else path
    clause = reader.clauses.read(at, details["prefer"], reader.words)
    maybe = None
    if "maybe" in details:
        chance = details["maybe"]
        probability = None if chance == "open" else _chance(reader, (*path, "maybe"), chance)
        maybe = Maybe(probability, details.get("question", ""))
        if "id" not in details:
            reader.problem(path, "an uncertain statement needs a name: add “id”")
    elif "question" in details:
        reader.problem((*path, "question"), "what is not uncertain has no question", key=True)
    evidence = reader.evidence(path, details)
    return Statement(clause, details.get("id", ""), evidence, maybe) if clause else None


def _statements(reader: _Reader, path: Path, given: Sequence[Any]) -> tuple[Statement, ...]:
    read = (_statement(reader, (*path, index), entry) for index, entry in enumerate(given))
    return tuple(statement for statement in read if statement is not None)


def _group(reader: _Reader, path: Path, given: str | list[str]) -> tuple[Clause, ...]:
    if isinstance(given, str):
        clause = reader.clauses.read(path, given, reader.words)
        return (clause,) if clause else ()
    read = (reader.clauses.read((*path, i), text, reader.words) for i, text in enumerate(given))
    return tuple(clause for clause in read if clause is not None)


def _either(reader: _Reader, path: Path, given: dict[str, Any]) -> Either:
    entries = given["either"]
    about = _about(reader, path, given)
    statements = _statements(reader, (*path, "either"), entries)
    shares = [entry.get("probability") if isinstance(entry, dict) else None for entry in entries]
    probabilities = _probabilities(reader, (*path, "either"), shares)
    return Either(given["id"], statements, probabilities, **about)


def _chance(reader: _Reader, path: Path, given: float | str) -> Fraction:
    try:
        chance = Fraction(str(given))
    except ZeroDivisionError:
        chance = Fraction(2)
    if not 0 <= chance <= 1:
        reader.problem(path, f"“{given}” is no probability: it lies between 0 and 1")
        return Fraction(0)
    return chance


def _probabilities(
    reader: _Reader, path: Path, given: Sequence[float | str | None]
) -> tuple[Fraction, ...] | None:
    if all(share is None for share in given):
        return None
    if any(share is None for share in given):
        reader.problem(path, "some answers have a probability, others none: give all or none")
        return None
    shares = tuple(_chance(reader, path, share) for share in given if share is not None)
    if sum(shares) != 1:
        message = f"the probabilities add up to {float(sum(shares)):g}, not to 1"
        reader.problem(path, f"{message}: fractions such as “1/3” are exact")
        return None
    return shares


# Questions, readings and their changes

_Owners = dict[str, str]
"""The DM to whom each statement belongs, by the statement's id."""


def _owners(reader: _Reader, case: Case) -> _Owners:
    owners: _Owners = {}
    for dm in case.decision_makers:
        items = dm.preferences.items if isinstance(dm.preferences, Prioritise) else ()
        for item in items:
            if item.id and owners.get(item.id, dm.id) != dm.id:
                path: Path = ("decision_makers", dm.id, "preferences")
                message = f"{item.id} is already the id of a statement of {owners[item.id]}"
                reader.problem(path, message, key=True)
            if item.id:
                owners[item.id] = dm.id
    return owners


def _question(
    reader: _Reader, path: Path, given: dict[str, Any], owners: _Owners
) -> Question | None:
    about = _about(reader, path, given)
    if ("option" in given) == ("answers" in given):
        both = "choose one" if "option" in given else "none is given"
        reader.problem(path, f"an uncertainty is one of option, answers: {both}")
        return None
    key = str(path[-1])
    if "option" in given:
        option = _option(reader, (*path, "option"), given["option"])
        chance = given.get("probability")
        probabilities: tuple[Fraction, ...] | None = None
        if chance is not None:
            share = _chance(reader, (*path, "probability"), chance)
            probabilities = (share, 1 - share)
        return Question(key, option, (), probabilities, **about) if option else None
    if "probability" in given:
        reader.problem((*path, "probability"), "give a probability with each answer", key=True)
    answers = []
    for name, entry in given["answers"].items():
        where: Path = (*path, "answers", name)
        changes = _changes(reader, (*where, "changes"), entry.get("changes", ()), dict(owners))
        evidence = reader.evidence(where, entry)
        answers.append(Answer(name, entry.get("text", ""), changes, evidence))
    shares = [entry.get("probability") for entry in given["answers"].values()]
    probabilities = _probabilities(reader, (*path, "answers"), shares)
    return Question(key, "", tuple(answers), probabilities, **about)


def _option(reader: _Reader, path: Path, name: str) -> str:
    options = {n: o for n, o in reader.words.options.items() if "." in n}
    if name not in reader.words.options:
        reader.problem(path, f"there is no option {name}{did_you_mean(name, options)}")
        return ""
    index = reader.words.options[name].index
    return next(full for full, option in options.items() if option.index == index)


def _changes(
    reader: _Reader, path: Path, given: Sequence[dict[str, Any]], owners: _Owners
) -> tuple[Change, ...]:
    read = (_change(reader, (*path, i), entry, owners) for i, entry in enumerate(given))
    return tuple(change for change in read if change is not None)


_TAKES = {
    "drop": set[str](),
    "insert": {"before", "after", "for", "at", "id", "maybe"},
    "move": {"before", "after", "at"},
    "replace": {"prefer", "id", "maybe"},
    "unavailable": set[str](),
    "status_quo": set[str](),
    "preferences": {"for"},
}


def _change(reader: _Reader, path: Path, given: dict[str, Any], owners: _Owners) -> Change | None:
    verbs = [verb for verb in _VERBS if verb in given]
    if len(verbs) != 1:
        message = f"a change is one of {', '.join(_VERBS)}"
        reader.problem(path, f"{message}: {'choose one' if verbs else 'none is given'}")
        return None
    verb = verbs[0]
    for key in given.keys() - {verb, "cite", "because", "standing"} - _TAKES[verb]:
        reader.problem((*path, key), f"{verb} takes no “{key}”", key=True)
    change = Change(verb, "", "", reader.tree.place(path), reader.evidence(path, given))
    if verb == "unavailable":
        return replace(change, target=_option(reader, (*path, verb), given[verb]))
    if verb == "status_quo":
        clause = reader.clauses.read((*path, verb), given[verb], reader.words)
        return replace(change, clause=clause)
    if verb == "preferences":
        preferences = reader.preferences((*path, verb), given[verb])
        return replace(change, preferences=preferences, dm=_dm(reader, path, given))
    return _of_statement(reader, path, given, owners, change)


def _of_statement(
    reader: _Reader, path: Path, given: dict[str, Any], owners: _Owners, change: Change
) -> Change | None:
    verb = change.verb
    places = [key for key in ("before", "after", "at") if key in given]
    if verb in ("insert", "move"):
        if len(places) != 1 and not (verb == "insert" and not places and "for" in given):
            reader.problem(path, f"say where to {verb} it: by one of before, after, at")
            return None
        if places and places[0] != "at":
            change = replace(change, where=places[0], anchor=given[places[0]])
        elif places:
            change = replace(change, where=given["at"])
    named = given.get(verb) if verb != "insert" else None
    for name, key in ((named, verb), (change.anchor or None, change.where)):
        if name is not None and name not in owners:
            message = f"there is no statement {name}{did_you_mean(name, owners)}"
            reader.problem((*path, key), message)
            return None
    dm = owners[named] if named else owners[change.anchor] if change.anchor else ""
    dm = dm or _dm(reader, path, given)
    if change.anchor and named and owners[change.anchor] != dm:
        reader.problem(path, f"{change.anchor} is a statement of another decision maker")
    statement = None
    if verb in ("insert", "replace"):
        statement = _new_statement(reader, path, given, verb)
        if statement is not None and statement.id:
            owners[statement.id] = dm
    return replace(change, target=named or "", dm=dm, statement=statement)


def _new_statement(
    reader: _Reader, path: Path, given: dict[str, Any], verb: str
) -> Statement | None:
    key = "insert" if verb == "insert" else "prefer"
    if key not in given:
        reader.problem(path, "say what holds in its stead: add “prefer”")
        return None
    clause = reader.clauses.read((*path, key), given[key], reader.words)
    name = given.get("id", given["replace"] if verb == "replace" else "")
    maybe = None
    if "maybe" in given:
        chance = given["maybe"]
        maybe = Maybe(None if chance == "open" else _chance(reader, (*path, "maybe"), chance))
        if not name:
            reader.problem(path, "an uncertain statement needs a name: add “id”")
    return Statement(clause, name, reader.evidence(path, given), maybe) if clause else None


def _dm(reader: _Reader, path: Path, given: dict[str, Any]) -> str:
    dms = list(reader.value["decision_makers"])
    if "for" not in given:
        reader.problem(path, "say whose preferences these are: add “for”")
        return ""
    dm = str(given["for"])
    if dm not in dms:
        message = f"there is no decision maker {dm}{did_you_mean(dm, dms)}"
        reader.problem((*path, "for"), message)
    return dm


def _by_id(reader: _Reader, case: Case) -> dict[str, Uncertainty]:
    known: dict[str, Uncertainty] = {}
    for uncertainty in case.uncertainties:
        if uncertainty.id in known:
            place = uncertainty.place
            error = ConditionError(f"{uncertainty.id} is already the id of something uncertain")
            reader.clauses.note(replace(place, block=False, quoted=False), error)
        known[uncertainty.id] = uncertainty
    return known


def _reading(
    reader: _Reader,
    path: Path,
    given: dict[str, Any],
    within: tuple[_Owners, dict[str, Uncertainty], Case],
) -> NamedReading:
    owners, known, case = within
    key = str(path[-1])
    if key == _ALL:
        reader.problem(path, "“all” means all readings: choose another name", key=True)
    changes = _changes(reader, (*path, "changes"), given.get("changes", ()), dict(owners))
    if key == "base" and (changes or "settle" in given):
        message = "“base” is the case as written: it changes nothing, choose another name"
        reader.problem(path, message, key=True)
    if not reader.clauses.problems:
        known = {u.id: u for u in changed(case, changes).uncertainties} | known
    settle = {}
    for name, answer in given.get("settle", {}).items():
        where: Path = (*path, "settle", name)
        if name not in known:
            message = f"nothing uncertain has the id {name}{did_you_mean(name, known)}"
            reader.problem(where, message, key=True)
            continue
        found = _answer(known[name], answer)
        if found is None:
            labels = [known[name].label(i) for i in range(min(known[name].size, 40))]
            hint = did_you_mean(str(answer), labels)
            reader.problem(where, f"{name} has no answer “{answer}”{hint}")
        else:
            settle[name] = found
    evidence = reader.evidence(path, given)
    name, text = given.get("name", key), given.get("text", "")
    return NamedReading(key, name, text, settle, changes, evidence, reader.tree.place(path))


def _answer(uncertainty: Uncertainty, given: str | float) -> int | None:
    """Find the position of an answer given by its label, or of the nearest possible weight."""
    interval = uncertainty.interval
    if interval is not None:
        try:
            value = Fraction(str(given))
        except ValueError:
            return None
        if not interval.low <= value <= interval.high:
            return None
        return round((value - interval.low) / (interval.high - interval.low) * (interval.steps - 1))
    labels = [" ".join(label.split()) for label in uncertainty.labels]
    text = " ".join(str(given).split())
    return labels.index(text) if text in labels else None


# Claims


def _claim(
    reader: _Reader, path: Path, given: str | dict[str, Any], readings: Sequence[str]
) -> Claim | None:
    details = given if isinstance(given, dict) else {"assert": given}
    where = (*path, "assert") if isinstance(given, dict) else path
    text = details["assert"]
    place = reader.tree.place(where)
    try:
        expression = parse(text)
    except ConditionError as error:
        reader.clauses.note(place, error)
        return None
    dms = list(reader.value["decision_makers"])
    for fault in check_claim(expression, reader.words, dms):
        reader.clauses.note(place, fault)
    expect: Any = details.get("expect", {})
    if isinstance(expect, str):
        expect = {_ALL: expect}
    for name in expect:
        if name not in readings:
            message = f"there is no reading {name}{did_you_mean(name, readings)}"
            reader.problem((*path, "expect", name), message, key=True)
    clause = Clause(" ".join(text.split()), expression, place)
    evidence = reader.evidence(path, details)
    return Claim(str(path[-1]), details.get("text", ""), clause, expect, evidence, place)
