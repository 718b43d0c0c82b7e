"""The model as a reading has it, and what differs there from the case as written."""

from __future__ import annotations

from math import prod
from typing import Any, cast

from detente.case import Case, Uncertainty
from detente.case.changes import changed
from detente.case.rows import Row, Sheet, sheet
from detente.case.tree import Path, Tree, Value
from detente.web.contract import Step
from detente.web.editor import (
    AnswerView,
    Doubt,
    Dropped,
    Part,
    QuestionView,
    Tab,
    TabParty,
    TabStatement,
)
from detente.web.outline import evidence_of, list_of, mapping_of, text_of
from detente.web.scales import ranking, weights

__all__ = ["tab"]

_MOST_ANSWERS = 130


def tab(tree: Tree, reading: str, case: Case | None) -> Tab | None:
    r"""Show a file's values as a reading has them, even where conditions are faulty.

    Parameters
    ----------
    tree : Tree
    reading : str
        Id of a named reading; one that is not there counts as none.
    case : Case or None
        The case as it was loaded, if it is sound.

    Returns
    -------
    Tab or None
        None if the text has no decision makers to be shown.

    Examples
    --------
    >>> from detente.case.tree import read_tree
    >>> text = "decision_makers: {a: {preferences: {prioritise: [x, y]}}}\n"
    >>> [one.condition for one in tab(read_tree(text, "case.yaml"), "", None).parties[0].statements]
    ['x', 'y']
    """
    value = tree.value
    if tree.problems or not isinstance(value, dict) or not mapping_of(value.get("decision_makers")):
        return None
    named = mapping_of(mapping_of(value.get("readings")).get(reading))
    known = reading if reading in mapping_of(value.get("readings")) else ""
    changes = [mapping_of(change) for change in list_of(named.get("changes"))]
    places = [i for i, change in enumerate(changes) if "status_quo" in change]
    written = text_of(value.get("status_quo"))
    held = text_of(changes[places[-1]]["status_quo"]) if places else written
    unavailable = [text_of(c["unavailable"]) for c in changes if "unavailable" in c]
    pages = [sheet(value, known, dm) for dm in mapping_of(value["decision_makers"])]
    settled = {key: text_of(answer) for key, answer in mapping_of(named.get("settle")).items()}
    quo: Path = ("readings", known, "changes", places[-1]) if places else ()
    return Tab(
        reading=known,
        name=text_of(named.get("name")) or known,
        text=text_of(named.get("text")),
        evidence=evidence_of(named),
        parties=[_party(value, page) for page in pages],
        status_quo=held,
        status_quo_was=written if held != written else "",
        status_quo_path=[*quo, "status_quo"],
        unavailable=unavailable,
        questions=[
            _question(key, mapping_of(given))
            for key, given in mapping_of(value.get("uncertain")).items()
        ],
        settled=settled,
        doubts=_doubts(case, known, settled) if case else None,
        readings=_count(case.under(known) if known else case) if case else "",
        changes=[_said(change) for change in changes],
    )


def _party(value: dict[str, Value], page: Sheet) -> TabParty:
    kept = {row.base for row in page.rows}
    home = page.path[:-1] if page.kind else page.path
    return TabParty(
        id=page.dm,
        kind=page.kind,
        anew=page.anew >= 0,
        home=list(home),
        statements=[_statement(page, row) for row in page.rows],
        dropped=[
            Dropped(base=i, condition=_condition(given))
            for i, given in enumerate(page.base)
            if i not in kept
        ],
        weights=weights(value, page),
        ranking=ranking(value, page),
    )


def _statement(page: Sheet, row: Row) -> TabStatement:
    details = mapping_of(row.value)
    kind: Any = next((kind for kind in ("either", "any_order") if kind in details), "statement")
    path: Path = (*page.path, row.base)
    words: Path = (*path, "prefer") if details else path
    index = row.replaced if row.replaced >= 0 else row.added
    if index >= 0:
        path = (*page.changes_path, index)
        words = (*path, "prefer" if row.replaced >= 0 else "insert")
    was = page.base[row.base] if row.base >= 0 and row.replaced >= 0 else None
    maybe = details.get("maybe")
    return TabStatement(
        kind=kind,
        condition=_condition(row.value),
        id=row.id,
        parts=[
            _part((*path, kind, i), given) for i, given in enumerate(list_of(details.get(kind)))
        ],
        chance=text_of(maybe),
        question=text_of(details.get("question")),
        evidence=evidence_of(details),
        path=list(path),
        words=list(words),
        plain=not details,
        base=row.base,
        added=row.added >= 0,
        moved=row.moved >= 0,
        rewritten=row.replaced >= 0,
        was=_condition(was),
    )


def _part(path: Path, given: object) -> Part:
    details = mapping_of(given)
    return Part(
        condition=_condition(cast("Value", given)),
        id=text_of(details.get("id")),
        probability=text_of(details.get("probability")),
        path=cast("list[Step]", list((*path, "prefer") if details else path)),
    )


def _condition(given: Value) -> str:
    details = mapping_of(given)
    inside = next((details[key] for key in ("either", "any_order") if key in details), None)
    if inside is not None:
        return " | ".join(_condition(one) for one in list_of(inside))
    return text_of(details.get("prefer") if details else given)


# What is open


def _question(key: str, given: dict[str, Any]) -> QuestionView:
    return QuestionView(
        id=key,
        question=text_of(given.get("question")),
        option=text_of(given.get("option")),
        probability=text_of(given.get("probability")),
        answers=[
            AnswerView(
                id=name,
                text=text_of(mapping_of(answer).get("text")),
                probability=text_of(mapping_of(answer).get("probability")),
                changes=[_said(mapping_of(c)) for c in list_of(mapping_of(answer).get("changes"))],
            )
            for name, answer in mapping_of(given.get("answers")).items()
        ],
        evidence=evidence_of(given),
    )


def _said(change: dict[str, Any]) -> str:
    """Give a change as it is written, evidence apart."""
    hidden = ("id", "cite", "because", "standing")
    said = ((key, text_of(item) or "…") for key, item in change.items() if key not in hidden)
    return ", ".join(f"{key}: {item}" for key, item in said)


def _doubts(case: Case, reading: str, settled: dict[str, str]) -> list[Doubt]:
    """List what the reading may settle, also what it has settled."""
    under = changed(case, case.readings[reading].changes) if reading else case
    return [_doubt(one, settled) for one in under.uncertainties]


def _doubt(one: Uncertainty, settled: dict[str, str]) -> Doubt:
    weight = one.interval
    few = weight is None and one.size <= _MOST_ANSWERS
    return Doubt(
        id=one.id,
        question=one.question,
        kind=one.kind,
        dms=list(one.dms),
        answers=[one.label(i) for i in range(one.size)] if few else [],
        low=text_of(float(weight.low)) if weight else "",
        high=text_of(float(weight.high)) if weight else "",
        settled=" ".join(settled.get(one.id, "").split()),
    )


def _count(case: Case) -> str:
    """Count the ways to settle all that is open; nothing where a weight is continuous."""
    doubts = case.uncertainties
    return "" if any(one.continuous for one in doubts) else str(prod(one.size for one in doubts))
