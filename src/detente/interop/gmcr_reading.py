"""Reading the files of GMCR+: those without a version and those of versions 0.3.1 to 0.3.12."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import jsonschema_rs

from detente.errors import CaseError, Problem
from detente.interop.gmcr import (
    DIRECTIONS,
    GmcrConflict,
    GmcrOption,
    GmcrParty,
    Pattern,
    Statement,
)

__all__ = ["MAX_BYTES", "parse_gmcr"]

MAX_BYTES = 20_000_000
"""Largest file read."""
_MAX_OPTIONS = 62
_KNOWN = {
    "coalitions",
    "coalitionsFull",
    "decisionMakers",
    "infeasibles",
    "options",
    "program",
    "useManualPreferenceRanking",
    "useManualPreferenceVectors",
    "version",
}


def parse_gmcr(text: str, file: str) -> GmcrConflict:
    """Read the text of a file.

    Parameters
    ----------
    text : str
        JSON.
    file : str
        Its name, for the problems.

    Returns
    -------
    GmcrConflict

    Raises
    ------
    CaseError
        If the text is no JSON, or does not hold what GMCR+ writes; all problems are listed.

    Examples
    --------
    >>> text = '{"options": [{"name": "Talk"}], "decisionMakers": [{"name": "A", "options": [0]}]}'
    >>> parse_gmcr(text, "talk.gmcr").parties[0].name
    'A'
    """
    value = _json(text, file)
    try:
        problems = [
            Problem(file, 1, 1, f"{_path(error.instance_path)}: {_short(error.message)}")
            for error in _validator().iter_errors(value)
        ]
    except UnicodeEncodeError:
        message = "the file holds half of a Unicode surrogate pair, which is no character"
        raise CaseError([Problem(file, 1, 1, message)]) from None
    problems = problems or [Problem(file, 1, 1, message) for message in _misfits(value)]
    if problems:
        raise CaseError(problems[:50])
    manual = value.get("useManualPreferenceRanking", value.get("useManualPreferenceVectors", False))
    return GmcrConflict(
        tuple(
            GmcrOption(o["name"], DIRECTIONS[o.get("permittedDirection", "both")])
            for o in value["options"]
        ),
        tuple(_party(given) for given in value["decisionMakers"]),
        tuple(_pattern(row) for row in value.get("infeasibles", [])),
        manual,
        str(value.get("version", "")),
        any(isinstance(entry, list) and len(entry) > 1 for entry in value.get("coalitions", [])),
        tuple(sorted(set(value) - _KNOWN)),
    )


def _json(text: str, file: str) -> Any:  # noqa: ANN401 - any JSON
    if len(text) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES / 1e6:g} MB: a conflict is a few kB"
        raise CaseError([Problem(file, 1, 1, message)])
    try:
        return json.loads(text, object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        message = f"this is not the JSON of a .gmcr file: {error.msg.lower()}"
        raise CaseError([Problem(file, error.lineno, error.colno, message)]) from None
    except RecursionError:
        message = "the lists are nested too deeply for a .gmcr file"
        raise CaseError([Problem(file, 1, 1, message)]) from None
    except ValueError as error:
        raise CaseError([Problem(file, 1, 1, _short(str(error)))]) from None


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        message = f"“{twice}” is given twice"
        raise ValueError(message)
    return found


def _path(steps: list[str | int]) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return path.lstrip(".") or "the file"


def _short(message: str) -> str:
    return message if len(message) <= 200 else f"{message[:120]} … {message[-60:]}"


def _misfits(value: dict[str, Any]) -> list[str]:
    """Find what the schema cannot see: indices out of range, options of nobody or of two."""
    n_options = len(value["options"])
    found = []
    owner: dict[int, int] = {}
    for dm, party in enumerate(value["decisionMakers"]):
        for position, option in enumerate(map(int, party["options"])):
            path = f"decisionMakers[{dm}].options[{position}]"
            if option >= n_options:
                found.append(f"{path}: there is no option {option}: they are 0 to {n_options - 1}")
            elif option in owner:
                who = f"decisionMakers[{owner[option]}]"
                found.append(f"{path}: option {option} already belongs to {who}")
            owner.setdefault(option, dm)
        for key in ("preferences", "misperceptions"):
            for position, entry in enumerate(party.get(key, [])):
                patterns = entry["members"] if isinstance(entry, dict) else [entry]
                path = f"decisionMakers[{dm}].{key}[{position}]"
                found += _pattern_misfits(path, patterns, n_options)
    for option in sorted(set(range(n_options)) - set(owner)):
        found.append(f"options[{option}]: it belongs to no decision maker: give it to one")
    for position, row in enumerate(value.get("infeasibles", [])):
        found += _pattern_misfits(f"infeasibles[{position}]", [row], n_options)
    return found


def _pattern_misfits(path: str, patterns: list[Any], n_options: int) -> list[str]:
    found = []
    for pattern in patterns:
        values: dict[int, str] = {}
        for option, value in pattern:
            if option >= n_options:
                found.append(f"{path}: there is no option {option}: they are 0 to {n_options - 1}")
            if values.setdefault(option, value) != value:
                found.append(f"{path}: option {option} cannot be both Y and N")
    return found


def _party(given: dict[str, Any]) -> GmcrParty:
    ranking = given.get("preferenceRanking", given.get("preferenceVector"))
    return GmcrParty(
        given["name"],
        tuple(map(int, given["options"])),
        tuple(_statement(entry) for entry in given.get("preferences", [])),
        None
        if ranking is None
        else tuple(
            tuple(map(int, group)) if isinstance(group, list) else (int(group),)
            for group in ranking
        ),
        tuple(_pattern(row) for row in given.get("misperceptions", [])),
    )


def _statement(entry: Any) -> Statement:  # noqa: ANN401
    patterns = entry["members"] if isinstance(entry, dict) else [entry]
    return tuple(_pattern(row) for row in patterns)


def _pattern(row: list[Any]) -> Pattern:
    return tuple({int(option): value == "Y" for option, value in row}.items())


@lru_cache(maxsize=1)
def _validator() -> Any:  # noqa: ANN401 - the library does not name the type
    name = {"type": "string", "maxLength": 1000}
    literal = {
        "type": "array",
        "prefixItems": [{"type": "integer", "minimum": 0}, {"enum": ["Y", "N"]}],
        "items": False,
        "minItems": 2,
    }
    pattern = {"type": "array", "minItems": 1, "maxItems": 200, "items": literal}
    patterns = {"type": "array", "items": pattern}
    number = {"type": "integer", "minimum": 1}
    ranking = {
        "type": "array",
        "minItems": 1,
        "items": {"anyOf": [number, {"type": "array", "minItems": 1, "items": number}]},
    }
    compound = {
        "type": "object",
        "required": ["members"],
        "properties": {"members": {**patterns, "minItems": 1}},
    }
    option = {
        "type": "object",
        "required": ["name"],
        "properties": {"name": name, "permittedDirection": {"enum": list(DIRECTIONS)}},
    }
    party = {
        "type": "object",
        "required": ["name", "options"],
        "properties": {
            "name": name,
            "options": {"type": "array", "items": {"type": "integer", "minimum": 0}},
            "preferences": {"type": "array", "items": {"anyOf": [pattern, compound]}},
            "preferenceRanking": ranking,
            "preferenceVector": ranking,
            "misperceptions": patterns,
        },
    }
    return jsonschema_rs.validator_for(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": ["options", "decisionMakers"],
            "properties": {
                "options": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": _MAX_OPTIONS,
                    "items": option,
                },
                "decisionMakers": {"type": "array", "minItems": 1, "maxItems": 20, "items": party},
                "infeasibles": {**patterns, "maxItems": 100_000},
                "useManualPreferenceRanking": {"type": "boolean"},
                "useManualPreferenceVectors": {"type": "boolean"},
                "coalitions": {"type": "array"},
                "version": {"type": "string", "maxLength": 100},
            },
        }
    )
