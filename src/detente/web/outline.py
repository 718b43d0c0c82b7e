"""What a text says, element by element, even where its conditions are faulty.

Only the values are looked at, so the model can be shown and edited while a condition in it is
still being typed. Where values have another shape than the schema asks for, they are left out.
"""

from __future__ import annotations

from typing import Any

from detente.case.tree import Tree
from detente.web.contract import (
    Cited,
    ClaimView,
    DecisionMaker,
    Evidence,
    Option,
    Outcome,
    Outline,
    Rule,
    Source,
    Statement,
)

__all__ = ["outline"]

_RULES = ("never", "always", "exclusive", "at_least_one", "requires")
_Mapping = dict[str, Any]


def outline(tree: Tree) -> Outline | None:
    r"""Outline a file's values.

    Parameters
    ----------
    tree : Tree

    Returns
    -------
    Outline or None
        None if the text cannot be read as YAML or is no mapping with decision makers.

    Examples
    --------
    >>> from detente.case.tree import read_tree
    >>> text = "title: A\ndecision_makers: {a: {options: {x: Do it}}}"
    >>> outline(read_tree(text, "case.yaml")).options[0].text
    'Do it'
    """
    value = tree.value
    if tree.problems or not isinstance(value, dict):
        return None
    parties = _mapping(value.get("decision_makers"))
    if not parties:
        return None
    return Outline(
        title=_text(value.get("title")),
        question=_text(value.get("question")),
        notes=_text(value.get("notes")),
        decision_makers=[_decision_maker(key, _mapping(given)) for key, given in parties.items()],
        options=[
            _option(dm, key, given)
            for dm, party in parties.items()
            for key, given in _mapping(_mapping(party).get("options")).items()
        ],
        rules=[_rule(_mapping(given)) for given in _list(value.get("rules"))],
        outcomes=[_outcome(key, given) for key, given in _mapping(value.get("outcomes")).items()],
        sources=[
            _source(key, _mapping(given)) for key, given in _mapping(value.get("sources")).items()
        ],
        claims=[
            _claim(key, _mapping(given)) for key, given in _mapping(value.get("claims")).items()
        ],
        readings={
            key: _text(_mapping(given).get("name")) or key
            for key, given in _mapping(value.get("readings")).items()
        },
        status_quo=_text(value.get("status_quo")),
    )


def _mapping(value: object) -> _Mapping:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)


def _evidence(given: _Mapping) -> Evidence:
    cite = given.get("cite")
    several = cite if isinstance(cite, list) else [cite] if cite is not None else []
    return Evidence(
        cite=[_citation(citation) for citation in several],
        listed=isinstance(cite, list),
        because=_text(given.get("because")),
        standing=_text(given.get("standing")),
    )


def _citation(given: object) -> Cited:
    if isinstance(given, dict):
        fields = {name: _text(given.get(name)) for name in ("source", "at", "quote", "after")}
        return Cited(**fields)
    source, _, at = _text(given).strip().partition(" ")
    return Cited(source=source, at=at.strip())


def _decision_maker(key: str, given: _Mapping) -> DecisionMaker:
    preferences = _mapping(given.get("preferences"))
    kind: Any = next(
        (kind for kind in ("prioritise", "weigh", "rank", "pairs") if kind in preferences),
        "other" if preferences else "none",
    )
    return DecisionMaker(
        id=key,
        name=_text(given.get("name")) or key,
        notes=_text(given.get("notes")),
        preferences=kind,
        statements=[_statement(item) for item in _list(preferences.get("prioritise"))],
        other=[*_other(preferences, kind), *_pairs(preferences)],
        evidence=_evidence(given),
    )


def _statement(given: object) -> Statement:
    details = _mapping(given)
    several = {} if "prefer" in details else {k: v for k, v in details.items() if k != "cite"}
    choices = [_statement(one).condition for v in several.values() for one in _list(v)]
    return Statement(
        condition=" | ".join(filter(None, choices))
        or _text(details.get("prefer") if details else given),
        id=_text(details.get("id")),
        plain=not isinstance(given, dict),
        open=_text(details.get("question")) or ("open" if details.get("maybe") else ""),
        fixed=bool(details) and "prefer" not in details,
        evidence=_evidence(details),
    )


def _other(preferences: _Mapping, kind: str) -> list[str]:
    if kind == "weigh":
        weights = _mapping(preferences["weigh"])
        return [f"{name}: {_weight(weight)}" for name, weight in weights.items()]
    if kind == "rank":
        groups = _list(preferences["rank"])
        return [" = ".join(map(_text, g)) if isinstance(g, list) else _text(g) for g in groups]
    return []


def _pairs(preferences: _Mapping) -> list[str]:
    lines = []
    for given in map(_mapping, _list(preferences.get("pairs"))):
        shown = ("prefer", "to", "unknown", "and", "alike", "greatly")
        lines.append(", ".join(f"{key}: {_text(given[key])}" for key in shown if key in given))
    rest = (key for key in ("otherwise", "transitive") if key in preferences)
    return [*lines, *(f"{key}: {_text(preferences[key])}" for key in rest)]


def _weight(given: object) -> str:
    return ", ".join(f"{k} {v}" for k, v in _mapping(given).items()) or _text(given)


def _option(dm: str, key: str, given: object) -> Option:
    details = _mapping(given)
    return Option(
        dm=dm,
        id=key,
        text=_text(details.get("text")) if details else _text(given),
        plain=not isinstance(given, dict),
        levels=[_text(level) for level in _list(details.get("levels"))],
        change=_text(details.get("change")),
        evidence=_evidence(details),
    )


def _rule(given: _Mapping) -> Rule:
    kind = next((kind for kind in _RULES if kind in given), "")
    body = given.get(kind)
    return Rule(
        kind=kind,
        conditions=[_text(item) for item in body] if isinstance(body, list) else [_text(body)],
        listed=isinstance(body, list),
        reason=_text(given.get("reason")),
        evidence=_evidence(given),
    )


def _outcome(key: str, given: object) -> Outcome:
    details = _mapping(given)
    return Outcome(
        id=key,
        condition=_text(details.get("when")) if details else _text(given),
        text=_text(details.get("text")),
        plain=not isinstance(given, dict),
        evidence=_evidence(details),
    )


def _claim(key: str, given: _Mapping) -> ClaimView:
    expect = given.get("expect")
    several = [f"{name}: {_text(word)}" for name, word in _mapping(expect).items()]
    return ClaimView(
        id=key,
        text=_text(given.get("text")),
        condition=_text(given.get("assert")),
        expect=", ".join(several) or _text(expect),
        evidence=_evidence(given),
    )


def _source(key: str, given: _Mapping) -> Source:
    hidden = ("title", "defects", "sha256")
    return Source(
        id=key,
        title=_text(given.get("title")),
        details={name: _text(value) for name, value in given.items() if name not in hidden},
        defects=[_text(defect) for defect in _list(given.get("defects"))],
    )
