"""What a case rests on, and what it states: sources, parties, options, rules, preferences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from detente.case import Case, DecisionMaker, Prioritise, Rank, Source, Statement, Weigh
from detente.case.doubts import AnyOrder, Either
from detente.case.evidence import elements
from detente.explain import listing
from detente.report.blocks import (
    Badge,
    Block,
    Bullets,
    Code,
    Inline,
    Paragraph,
    Section,
    Strong,
    Subsection,
    Table,
    Words,
)
from detente.report.citing import cited, source_anchor
from detente.report.findings import Findings
from detente.report.pairs import pairs_of
from detente.report.passages import passages
from detente.report.states import state_words

__all__ = ["model", "sources"]

_OPINION = ("opinion", "interview", "statement")
"""Kinds of sources in which somebody speaks for a side."""


def sources(findings: Findings) -> Section:
    """Write the section of sources and their standing."""
    case = findings.case
    counts: Counter[str] = Counter()
    for element in elements(case):
        counts.update({citation.source for citation in element.evidence.cite})
    for evidence in [other.evidence for other in case.claims.values()] + [
        other.evidence for other in case.results
    ]:
        counts.update({citation.source for citation in evidence.cite})
    if not case.sources:
        words = "The case names no sources: everything in it is the analyst's own assumption."
        return Section("sources", "Sources and their standing", (Paragraph((words,)),))
    blocks: list[Block] = [_support(case)]
    blocks += [_source(findings, source, counts[key]) for key, source in case.sources.items()]
    return Section("sources", "Sources and their standing", tuple(blocks))


def _support(case: Case) -> Block:
    found = elements(case)
    standings: Counter[str] = Counter(element.evidence.standing or "not said" for element in found)
    citing = sum(1 for element in found if element.evidence.cite)
    parts = [
        f"{standings[word]} {words}"
        for word, words in (
            ("stated", "stated by a source"),
            ("implied", "implied by one"),
            ("assumed", "assumed by the analyst"),
            ("not said", "without a standing"),
        )
        if standings[word]
    ]
    said = f"{citing} of the {len(found)} elements of the model cite a source: {listing(parts)}."
    if not citing:
        said = f"None of the {len(found)} elements of the model cites a source of its own."
    return Paragraph((said,))


def _source(findings: Findings, source: Source, count: int) -> Subsection:
    title: list[Inline] = [source.title]
    if source.kind:
        badge = Badge(source.kind, "note" if source.kind in _OPINION else "plain")
        title += [" ", badge]
    facts = [
        ("Cited as", f"{source.id}, by {count} {'element' if count == 1 else 'elements'}"),
        ("Author", source.author or ("not named" if source.kind in _OPINION else "")),
        ("Outlet", source.outlet),
        ("Affiliation, as the case gives it", source.affiliation),
        ("Published", source.published),
        ("Events of", source.events),
        ("Retrieved", source.retrieved),
        ("Reference", source.reference),
        ("Known defects", ", ".join(source.defects)),
        ("SHA-256 of the text", source.sha256),
    ]
    rows: list[tuple[Words, ...]] = [((Strong(key),), (value,)) for key, value in facts if value]
    blocks: list[Block] = [Table((), tuple(rows))]
    if source.kind in _OPINION:
        words = "It speaks for a side: what it asserts is given here as its reading, not as fact."
        blocks.append(Paragraph((words,), "aside"))
    if source.notes:
        blocks.append(Paragraph((source.notes,)))
    blocks += passages(findings, source.id)
    return Subsection(tuple(title), tuple(blocks), source_anchor(source.id))


def model(findings: Findings) -> Section:
    """Write the section of the model."""
    case = findings.case
    conflict = findings.model.conflict
    size = f"{conflict.n_states} feasible states"
    if findings.model.n_combinations != conflict.n_states:
        size += f" of {findings.model.n_combinations} combinations of options"
    blocks: list[Block] = []
    if case.notes:
        blocks.append(Paragraph((case.notes,)))
    n_options = f", {len(case.options)} options" if case.options else ""
    blocks.append(Paragraph((f"{conflict.n_dms} decision makers{n_options}, {size}.",)))
    if conflict.status_quo is not None:
        now = state_words(findings, conflict.status_quo)
        blocks.append(Paragraph(("Where things stand: ", *now, ".")))
    blocks += [_party(dm, case) for dm in case.decision_makers]
    if case.rules:
        items = tuple(_rule(case, index) for index in range(len(case.rules)))
        blocks.append(Subsection(("What cannot happen",), (Bullets(items),)))
    if case.coalesce:
        codes: list[Inline] = ["States counted as one: "]
        for index, clause in enumerate(case.coalesce):
            codes += [", ", Code(clause.text)] if index else [Code(clause.text)]
        blocks.append(Paragraph(tuple(codes)))
    if case.outcomes:
        named = tuple(_outcome(case, key) for key in case.outcomes)
        blocks.append(Subsection(("Named outcomes",), (Bullets(named),)))
    if findings.model.warnings:
        warned: tuple[Words, ...] = tuple(
            (f"Line {problem.line}: {problem.message}.",) for problem in findings.model.warnings
        )
        blocks.append(Subsection(("What to look at in the case",), (Bullets(warned),)))
    return Section("model", "The model", tuple(blocks))


def _party(dm: DecisionMaker, case: Case) -> Subsection:
    blocks: list[Block] = []
    support = cited(dm.evidence, reason=True)
    if dm.notes or support:
        blocks.append(Paragraph((*((dm.notes, " ") if dm.notes else ()), *support)))
    if dm.options:
        rows = []
        specs = {option.name: option for option in case.options}
        for short, text in dm.options.items():
            name = f"{dm.id}.{short}"
            option = specs[name]
            kept = {"on": " (cannot be undone)", "off": " (once given up, it is gone)"}
            levels = "" if option.yes_no else f" ({', '.join(option.levels)})"
            rows.append(
                (
                    (text.text or short, levels + kept.get(option.one_way or "", "")),
                    (Code(name),),
                    cited(text.evidence, reason=True),
                )
            )
        if not any(support for _, _, support in rows):
            blocks.append(Table(("It can", "Option"), tuple(row[:2] for row in rows)))
        else:
            blocks.append(Table(("It can", "Option", "Support"), tuple(rows)))
    else:
        blocks.append(Paragraph(("It has no options of its own.",)))
    blocks += _preferences(dm)
    return Subsection((dm.name or dm.id,), tuple(blocks))


def _preferences(dm: DecisionMaker) -> Iterator[Block]:
    found = dm.preferences
    if found is None and dm.pairs is None:
        yield Paragraph(("No preferences are given: it is indifferent between all states.",))
    elif isinstance(found, Prioritise):
        yield Paragraph(("What it wants, as the case has it, the most important first:",))
        yield Bullets(tuple(_item(item) for item in found.items), numbered=True)
    elif isinstance(found, Weigh):
        yield Paragraph(("Its options and those of others are weighed, not ordered.",))
    elif isinstance(found, Rank):
        yield Paragraph(("States from its best to its worst:",))
        yield Bullets(
            tuple(tuple(_tied([clause.text for clause in group])) for group in found.groups),
            numbered=True,
        )
    yield from pairs_of(dm)


def _tied(texts: list[str]) -> Iterator[Inline]:
    for index, text in enumerate(texts):
        if index:
            yield ", tied with "
        yield Code(text)


def _item(item: Statement | Either | AnyOrder) -> Words:
    if isinstance(item, Statement):
        return _statement(item)
    parts = item.alternatives if isinstance(item, Either) else item.statements
    line: list[Inline] = [Badge("open", "depends"), " "]
    line.append("one of these: " if isinstance(item, Either) else "in an order not known: ")
    for index, statement in enumerate(parts):
        line += ["; ", *_statement(statement)] if index else _statement(statement)
        if isinstance(line[-1], str):
            line[-1] = line[-1].removesuffix(".")
    return (*line, f". {item.question}") if item.question else (*line, ".")


def _statement(statement: Statement) -> Words:
    line: list[Inline] = [Code(statement.clause.text)]
    if statement.maybe is not None:
        line += [" ", Badge("open", "depends")]
        if statement.maybe.question:
            line.append(f" {statement.maybe.question}")
    if statement.greatly:
        line.append(" (greatly)")
    support = cited(statement.evidence, reason=True)
    return (*line, " – ", *support) if support else tuple(line)


_RULES = {
    "never": "Never ",
    "always": "Always ",
    "exclusive": "At most one of ",
    "at_least_one": "At least one of ",
    "requires": "Requires: ",
}


def _rule(case: Case, index: int) -> Words:
    rule = case.rules[index]
    line: list[Inline] = [_RULES.get(rule.kind, f"{rule.kind}: ")]
    for place, clause in enumerate(rule.clauses):
        line += [", ", Code(clause.text)] if place else [Code(clause.text)]
    if rule.reason:
        line.append(f" ({rule.reason})")
    support = cited(rule.evidence, reason=True)
    return (*line, " – ", *support) if support else tuple(line)


def _outcome(case: Case, key: str) -> Words:
    outcome = case.outcomes[key]
    line: list[Inline] = [Strong(key.replace("_", " "))]
    if outcome.text:
        line.append(f": {outcome.text}")
    line += [" – ", Code(outcome.clause.text)]
    support = cited(outcome.evidence, reason=True)
    return (*line, " – ", *support) if support else tuple(line)
