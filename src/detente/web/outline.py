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

__all__ = ["evidence_of", "list_of", "mapping_of", "outline", "text_of"]

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
    parties = mapping_of(value.get("decision_makers"))
    if not parties:
        return None
    return Outline(
        title=text_of(value.get("title")),
        question=text_of(value.get("question")),
        notes=text_of(value.get("notes")),
        decision_makers=[_decision_maker(key, mapping_of(given)) for key, given in parties.items()],
        options=[
            _option(dm, key, given)
            for dm, party in parties.items()
            for key, given in mapping_of(mapping_of(party).get("options")).items()
        ],
        rules=[_rule(mapping_of(given)) for given in list_of(value.get("rules"))],
        outcomes=[_outcome(key, given) for key, given in mapping_of(value.get("outcomes")).items()],
        sources=[
            _source(key, mapping_of(given))
            for key, given in mapping_of(value.get("sources")).items()
        ],
        claims=[_claim(key, given) for key, given in mapping_of(value.get("claims")).items()],
        readings={
            key: text_of(mapping_of(given).get("name")) or key
            for key, given in mapping_of(value.get("readings")).items()
        },
        status_quo=text_of(value.get("status_quo")),
    )


def mapping_of(value: object) -> _Mapping:
    """Take a value as a mapping; an empty one if it is something else."""
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[Any]:
    """Take a value as a list; an empty one if it is something else."""
    return value if isinstance(value, list) else []


def text_of(value: object) -> str:
    """Take a value as a text; an empty one if it is a mapping or list."""
    return "" if value is None or isinstance(value, dict | list) else str(value)


def evidence_of(given: _Mapping) -> Evidence:
    """Take what an element says of its evidence."""
    cite = given.get("cite")
    several = cite if isinstance(cite, list) else [cite] if cite is not None else []
    return Evidence(
        cite=[_citation(citation) for citation in several],
        listed=isinstance(cite, list),
        because=text_of(given.get("because")),
        standing=text_of(given.get("standing")),
    )


def _citation(given: object) -> Cited:
    if isinstance(given, dict):
        fields = {name: text_of(given.get(name)) for name in ("source", "at", "quote", "after")}
        return Cited(**fields)
    source, _, at = text_of(given).strip().partition(" ")
    return Cited(source=source, at=at.strip())


def _decision_maker(key: str, given: _Mapping) -> DecisionMaker:
    preferences = mapping_of(given.get("preferences"))
    kind: Any = next(
        (kind for kind in ("prioritise", "weigh", "rank", "pairs") if kind in preferences),
        "other" if preferences else "none",
    )
    return DecisionMaker(
        id=key,
        name=text_of(given.get("name")) or key,
        notes=text_of(given.get("notes")),
        preferences=kind,
        statements=[_statement(item) for item in list_of(preferences.get("prioritise"))],
        pairs=_pairs(preferences),
        evidence=evidence_of(given),
    )


def _statement(given: object) -> Statement:
    details = mapping_of(given)
    several = {} if "prefer" in details else {k: v for k, v in details.items() if k != "cite"}
    choices = [_statement(one).condition for v in several.values() for one in list_of(v)]
    return Statement(
        condition=" | ".join(filter(None, choices))
        or text_of(details.get("prefer") if details else given),
        id=text_of(details.get("id")),
        plain=not isinstance(given, dict),
        open=text_of(details.get("question")) or ("open" if details.get("maybe") else ""),
        fixed=bool(details) and "prefer" not in details,
        evidence=evidence_of(details),
    )


def _pairs(preferences: _Mapping) -> list[str]:
    lines = []
    for given in map(mapping_of, list_of(preferences.get("pairs"))):
        shown = ("prefer", "to", "unknown", "and", "alike", "greatly")
        lines.append(", ".join(f"{key}: {text_of(given[key])}" for key in shown if key in given))
    rest = (key for key in ("otherwise", "transitive") if key in preferences)
    return [*lines, *(f"{key}: {text_of(preferences[key])}" for key in rest)]


def _option(dm: str, key: str, given: object) -> Option:
    details = mapping_of(given)
    return Option(
        dm=dm,
        id=key,
        text=text_of(details.get("text")) if details else text_of(given),
        plain=not isinstance(given, dict),
        levels=[text_of(level) for level in list_of(details.get("levels"))],
        change=text_of(details.get("change")),
        evidence=evidence_of(details),
    )


def _rule(given: _Mapping) -> Rule:
    kind = next((kind for kind in _RULES if kind in given), "")
    body = given.get(kind)
    return Rule(
        kind=kind,
        conditions=[text_of(item) for item in body] if isinstance(body, list) else [text_of(body)],
        listed=isinstance(body, list),
        reason=text_of(given.get("reason")),
        evidence=evidence_of(given),
    )


def _outcome(key: str, given: object) -> Outcome:
    details = mapping_of(given)
    return Outcome(
        id=key,
        condition=text_of(details.get("when")) if details else text_of(given),
        text=text_of(details.get("text")),
        plain=not isinstance(given, dict),
        evidence=evidence_of(details),
    )


def _claim(key: str, given: object) -> ClaimView:
    details = mapping_of(given)
    expect = details.get("expect")
    several = [f"{name}: {text_of(word)}" for name, word in mapping_of(expect).items()]
    return ClaimView(
        id=key,
        text=text_of(details.get("text")),
        condition=text_of(details.get("assert") if details else given),
        plain=not isinstance(given, dict),
        expect=", ".join(several) or text_of(expect),
        evidence=evidence_of(details),
    )


def _source(key: str, given: _Mapping) -> Source:
    hidden = ("title", "defects", "sha256")
    return Source(
        id=key,
        title=text_of(given.get("title")),
        details={name: text_of(value) for name, value in given.items() if name not in hidden},
        defects=[text_of(defect) for defect in list_of(given.get("defects"))],
    )
