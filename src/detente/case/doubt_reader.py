"""Read the open questions of a case, its named readings and its claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from detente.case.change_reader import Owners, read_changes, read_option
from detente.case.changes import changed
from detente.case.doubts import Answer, Claim, NamedReading, Question, Uncertainty
from detente.case.item_reader import Reader, about, read_chance, read_probabilities
from detente.case.model import Case, Clause, Prioritise
from detente.case.settling import under
from detente.case.tree import Path, Place
from detente.conditions import check_claim, did_you_mean, parse
from detente.errors import ConditionError

__all__ = ["check_ids", "read_doubts", "read_settled"]

_ALL = "all"


def read_doubts(reader: Reader, case: Case) -> Case:
    """Read the questions, named readings and claims of a case whose other parts have been read."""
    value = reader.value
    owners = _owners(reader, case)
    questions = (
        _question(reader, ("uncertain", key), given, owners)
        for key, given in value.get("uncertain", {}).items()
    )
    case = replace(case, questions=tuple(question for question in questions if question))
    known = check_ids(reader, case)
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
            check_ids(reader, under(case, key))
    return case


def _owners(reader: Reader, case: Case) -> Owners:
    owners: Owners = {}
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


def _question(reader: Reader, path: Path, given: dict[str, Any], owners: Owners) -> Question | None:
    said = about(reader, path, given)
    if ("option" in given) == ("answers" in given):
        both = "choose one" if "option" in given else "none is given"
        reader.problem(path, f"an uncertainty is one of option, answers: {both}")
        return None
    key = str(path[-1])
    if "option" in given:
        option = read_option(reader, (*path, "option"), given["option"])
        chance = given.get("probability")
        probabilities: tuple[Fraction, ...] | None = None
        if chance is not None:
            share = read_chance(reader, (*path, "probability"), chance)
            probabilities = (share, 1 - share)
        return Question(key, option, (), probabilities, **said) if option else None
    if "probability" in given:
        reader.problem((*path, "probability"), "give a probability with each answer", key=True)
    answers = []
    for name, entry in given["answers"].items():
        where: Path = (*path, "answers", name)
        changes = read_changes(reader, (*where, "changes"), entry.get("changes", ()), dict(owners))
        evidence = reader.evidence(where, entry)
        answers.append(Answer(name, entry.get("text", ""), changes, evidence))
    shares = [entry.get("probability") for entry in given["answers"].values()]
    probabilities = read_probabilities(reader, (*path, "answers"), shares)
    return Question(key, "", tuple(answers), probabilities, **said)


def check_ids(reader: Reader, case: Case) -> dict[str, Uncertainty]:
    """Give what a case leaves open by its ids; an id that is used twice is a problem."""
    known: dict[str, Uncertainty] = {}
    for uncertainty in case.uncertainties:
        if uncertainty.id in known:
            place = uncertainty.place
            error = ConditionError(f"{uncertainty.id} is already the id of something uncertain")
            reader.clauses.note(Place(place.line, place.column), error)
        known[uncertainty.id] = uncertainty
    return known


def _reading(
    reader: Reader,
    path: Path,
    given: dict[str, Any],
    within: tuple[Owners, dict[str, Uncertainty], Case],
) -> NamedReading:
    owners, known, case = within
    key = str(path[-1])
    if key == _ALL:
        reader.problem(path, "“all” means all readings: choose another name", key=True)
    changes = read_changes(reader, (*path, "changes"), given.get("changes", ()), dict(owners))
    if key == "base" and (changes or "settle" in given):
        message = "“base” is the case as written: it changes nothing, choose another name"
        reader.problem(path, message, key=True)
    if not reader.clauses.problems:
        known = {u.id: u for u in changed(case, changes).uncertainties} | known
    settle = read_settled(reader, path, given, known)
    evidence = reader.evidence(path, given)
    name, text = given.get("name", key), given.get("text", "")
    return NamedReading(key, name, text, settle, changes, evidence, reader.tree.place(path))


def read_settled(
    reader: Reader, path: Path, given: dict[str, Any], known: dict[str, Uncertainty]
) -> dict[str, int]:
    """Read answers to some of the known uncertainties."""
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
    return settle


def _answer(uncertainty: Uncertainty, given: str | float) -> int | None:
    """Find the position of an answer given by its label, or of the nearest possible weight."""
    interval = uncertainty.interval
    if interval is not None:
        try:
            value = Fraction(str(given))
        except (ValueError, ZeroDivisionError):
            return None
        if not interval.low <= value <= interval.high or interval.low == interval.high:
            return None
        return round((value - interval.low) / (interval.high - interval.low) * (interval.steps - 1))
    labels = [" ".join(label.split()) for label in uncertainty.labels]
    text = " ".join(str(given).split())
    return labels.index(text) if text in labels else None


# Claims


def _claim(
    reader: Reader, path: Path, given: str | dict[str, Any], readings: Sequence[str]
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
