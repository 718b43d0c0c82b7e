"""Preferences pair by pair: what a case says of them, and what follows in each extension."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detente.case import DecisionMaker, PairStatement, as_ranked
from detente.report.blocks import (
    Block,
    Bullets,
    Code,
    Inline,
    Paragraph,
    Section,
    Table,
    Words,
)
from detente.report.citing import cited
from detente.report.findings import Findings
from detente.report.verdicts import concept_words
from detente.stability import EXTENSIONS, PairAnalysis, analyze_pairwise

__all__ = ["pair_by_pair", "pairs_of"]

_MOST_STATES = 24

_UNKNOWN = (
    "The order of some pairs of states is unknown. In extensions a and c a party also leaves for "
    "states of unknown order, in c and d such a state also deters it (Li, Hipel, Kilgour and Fang "
    "2004). What holds in all four does not hinge on what is unknown."
)
_STRENGTH = (
    "Some states are greatly preferred to others. A state is strongly stable if every improvement "
    "is answered by a state that is much worse than the one left (Hamouda, Kilgour and Hipel 2004, "
    "2006)."
)


def pairs_of(dm: DecisionMaker) -> Iterator[Block]:
    """List what is said of pairs of states for one DM."""
    if dm.pairs is None:
        return
    if dm.pairs.statements:
        yield Paragraph(("Of pairs of states the case says:",))
        yield Bullets(tuple(_statement(statement) for statement in dm.pairs.statements))
    if dm.pairs.otherwise == "unknown":
        beyond = ", but for what follows from these" if dm.pairs.transitive else ""
        yield Paragraph((f"How it orders any other pair of states is not known{beyond}.",))
    elif dm.preferences is None:
        yield Paragraph(("Between any other states it is indifferent.",))


def _statement(statement: PairStatement) -> Words:
    prefer = statement.kind == "prefer"
    line: list[Inline] = []
    if prefer:
        line.append("It greatly prefers " if statement.greatly else "It prefers ")
    else:
        line.append("Not known is the order of ")
    line += [Code(statement.one.text), " to " if prefer else " and "]
    line.append(Code(statement.other.text) if statement.other else "whatever is not so")
    if statement.alike:
        line.append(", other things equal")
    support = cited(statement.evidence, reason=True)
    return (*line, " – ", *support) if support else tuple(line)


def pair_by_pair(findings: Findings) -> Section | None:
    """Write the section on preferences pair by pair; None if the case has none."""
    model = findings.model
    notice = as_ranked(findings.case)
    if notice is None:
        return None
    told = f"The other sections know rankings only: {notice.message.partition(': ')[2]}."
    blocks: list[Block] = [Paragraph((told,), "aside")]
    if model.by_pairs:
        conventions = findings.analysis.conventions
        found = analyze_pairwise(
            model.conflict.form,
            model.relations(),
            findings.analysis.concepts,
            opponents=conventions.opponents,
            status_quo_sanctions=conventions.status_quo_sanctions,
        )
        blocks += [Paragraph((_UNKNOWN,))] * found.unknown + [Paragraph((_STRENGTH,))] * found.great
        blocks += _table(findings, found)
    return Section("pairs", "Preferences pair by pair", tuple(blocks))


def _table(findings: Findings, found: PairAnalysis) -> Iterator[Block]:
    extensions = EXTENSIONS if found.unknown else EXTENSIONS[:1]
    held = {
        key: [np.all(found.stable(key, e), axis=0) for e in extensions] for key in found.concepts
    }
    firm = {
        key: [
            np.all(found.stable(key, e, "strong"), axis=0)
            if found.great and key != "nash"
            else np.zeros(found.form.n_states, dtype=bool)
            for e in extensions
        ]
        for key in found.concepts
    }
    states = np.flatnonzero(np.any([truth for rows in held.values() for truth in rows], axis=0))
    rows: list[tuple[Words, ...]] = []
    for state in states[:_MOST_STATES].tolist():
        cells: list[Words] = [(findings.words.state(state),)]
        for key in found.concepts:
            said = _where([bool(truth[state]) for truth in held[key]], found.unknown)
            strongly = _where([bool(truth[state]) for truth in firm[key]], found.unknown)
            cells.append((_cell(said, strongly),))
        rows.append(tuple(cells))
    heads = (concept_words(key) for key in found.concepts)
    caption = "Equilibria, pair by pair" + (": in which extensions" if found.unknown else "")
    yield Table(("State", *heads), tuple(rows), caption)
    if len(states) > _MOST_STATES:
        yield Paragraph((f"… and {len(states) - _MOST_STATES} more: “detente analyze” has all.",))


def _where(truths: list[bool], unknown: bool) -> str:
    """Name the extensions in which something is true; empty for none."""
    if not any(truths):
        return ""
    if not unknown:
        return "yes"
    letters = [e for e, truth in zip(EXTENSIONS, truths, strict=True) if truth]
    return "all four" if len(letters) == len(EXTENSIONS) else ", ".join(letters)


def _cell(held: str, strongly: str) -> str:
    if not held:
        return "–"
    if strongly == held:
        return "strongly" if held == "yes" else f"{held}, strongly"
    return f"{held}; strongly in {strongly}" if strongly else held
