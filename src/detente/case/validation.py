"""Check a file's values against the schema of cases, and word what is wrong for its writer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from detente.case.tree import Path, Tree, Value
from detente.conditions import did_you_mean
from detente.errors import Problem

__all__ = ["schema", "schema_problems", "schema_text"]


def schema_text() -> str:
    """Give the published JSON Schema of case files, as text."""
    return files("detente.case").joinpath("schema.json").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Give the published JSON Schema of case files.

    Returns
    -------
    dict
        Draft 2020-12; every part carries a description.

    Examples
    --------
    >>> schema()["properties"]["title"]["description"]
    'What the case is about, in a line.'
    """
    parsed: dict[str, Any] = json.loads(schema_text())
    return parsed


@lru_cache(maxsize=1)
def _validator() -> Any:  # noqa: ANN401 - the library does not name the type
    return jsonschema_rs.validator_for(schema())


def schema_problems(tree: Tree, file: str) -> list[Problem]:
    r"""Find everything in a file that the schema does not allow.

    Parameters
    ----------
    tree : Tree
        The file's values and places.
    file : str
        Its name, for the problems.

    Returns
    -------
    list of Problem
        In the order of the file.

    Examples
    --------
    >>> from detente.case.tree import read_tree
    >>> text = "detente: 1\ntitle: X\ndecision_makers: {us: {nmae: US}}\n"
    >>> tree = read_tree(text, "case.yaml")
    >>> print(*schema_problems(tree, "case.yaml"))
    case.yaml:3:24: “nmae” is not known here: did you mean name?
    """
    if not isinstance(tree.value, dict):
        place = tree.place(())
        message = "a case is expected: “detente: 1”, “title: …”, “decision_makers: …”"
        return [Problem(file, place.line, place.column, message)]
    problems = []
    for path, message, at_key in _faults(_validator().iter_errors(tree.value)):
        place = tree.place(path, key=at_key)
        problems.append(Problem(file, place.line, place.column, message))
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.line, problem.column))


def _faults(errors: Any) -> Iterator[tuple[Path, str, bool]]:  # noqa: ANN401
    for error in errors:
        path = tuple(error.instance_path)
        kind = error.kind.name
        if kind == "anyOf":
            yield from _faults(_meant(error))
        elif kind == "additionalProperties":
            for key in error.kind.unexpected:
                hint = did_you_mean(key, _part_of_schema(error.schema_path[:-1])["properties"])
                yield (*path, key), f"“{key}” is not known here{hint}", True
        elif kind == "propertyNames":
            key = error.kind.error.instance
            yield (*path, key), f"“{key}” is not a name here: {_name_rule(error)}", True
        else:
            yield path, _WORDS.get(kind, _other)(error), False


def _meant(error: Any) -> list[Any]:  # noqa: ANN401
    """Out of a choice, take the faults of the branch that the writer seems to have meant."""
    branches = error.kind.context
    depth = len(tuple(error.instance_path))

    def off_type(branch: list[Any]) -> bool:
        return any(
            fault.kind.name == "type" and len(tuple(fault.instance_path)) == depth
            for fault in branch
        )

    def off_key(branch: list[Any]) -> int:
        kinds = ("additionalProperties", "required")
        return sum(
            fault.kind.name in kinds and len(tuple(fault.instance_path)) == depth
            for fault in branch
        )

    fitting = [branch for branch in branches if not off_type(branch)]
    return list(min(fitting or branches, key=lambda branch: off_key(list(branch))))


def _part_of_schema(path: list[str | int]) -> Any:  # noqa: ANN401
    part: Any = schema()
    for step in path:
        part = part[step]
    return part


def _name_rule(error: Any) -> str:  # noqa: ANN401
    rule = _part_of_schema(error.schema_path[:-1]) if error.schema_path[0] == "$defs" else {}
    words = str(rule.get("description", "use letters, digits and underscores"))
    return f"{words[0].lower()}{words[1:].rstrip('.')}"


def _shown(value: Value) -> str:
    text = (
        f"“{value}”"
        if isinstance(value, str | int | float)
        else {dict: "a mapping", list: "a list", type(None): "nothing"}[type(value)]
    )
    return text if len(text) <= 60 else f"{text[:57]}…”"


def _description(error: Any) -> str:  # noqa: ANN401
    """Say what is expected at a place, in the schema's own words."""
    path = list(error.schema_path)
    while path:
        part = _part_of_schema(path)
        if isinstance(part, dict) and isinstance(part.get("description"), str):
            words: str = part["description"]
            return f"{words[0].lower()}{words[1:].rstrip('.')}"
        path.pop()
    return ""


_TYPES = {
    "string": "a text",
    "object": "a mapping (name: value)",
    "array": "a list",
    "number": "a number",
    "integer": "a whole number",
}


def _wrong_type(error: Any) -> str:  # noqa: ANN401
    expected = " or ".join(_TYPES.get(name, name) for name in error.kind.types)
    quote = (
        ": put it in quotes"
        if isinstance(error.instance, int | float) and "string" in error.kind.types
        else ""
    )
    meaning = _description(error)
    about = f" ({meaning})" if meaning and not quote else ""
    return f"{_shown(error.instance)} stands where {expected} is expected{about}{quote}"


def _not_listed(error: Any) -> str:  # noqa: ANN401
    options = [str(option) for option in error.kind.options]
    hint = did_you_mean(str(error.instance), options)
    choice = "" if hint else f": one of {', '.join(options)}"
    return f"{_shown(error.instance)} is not possible here{hint or choice}"


def _other(error: Any) -> str:  # noqa: ANN401
    meaning = _description(error)
    return f"{_shown(error.instance)} does not fit here{': ' + meaning if meaning else ''}"


_WORDS: dict[str, Callable[[Any], str]] = {
    "type": _wrong_type,
    "enum": _not_listed,
    "const": lambda error: f"{_shown(error.instance)} should be {error.kind.expected_value}",
    "required": lambda error: f"“{error.kind.property}” is missing: {_missing(error)}",
    "minItems": lambda error: f"at least {error.kind.limit} entries are needed here",
    "maxItems": lambda error: f"at most {error.kind.limit} entries are possible here",
    "minLength": lambda _: "the text is empty",
    "maxLength": lambda error: f"the text is too long: at most {error.kind.limit} characters",
    "minProperties": lambda error: f"the mapping is empty: {_description(error)}",
    "maxProperties": lambda error: (
        f"at most {error.kind.limit} entries are possible here: {_description(error)}"
    ),
    "uniqueItems": lambda _: "an entry is given twice",
}


def _missing(error: Any) -> str:  # noqa: ANN401
    properties = _part_of_schema(error.schema_path[:-1]).get("properties", {})
    words = properties.get(error.kind.property, {})
    words = words.get("description", "add it")
    return f"{words[0].lower()}{words[1:].rstrip('.')}"
