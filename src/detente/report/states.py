"""States in words, and the glossary of those that a report names."""

from __future__ import annotations

from collections.abc import Iterable

from detente.report.blocks import Paragraph, Section, Strong, Table, Words
from detente.report.findings import Findings

__all__ = ["glossary", "state_words"]


def state_words(findings: Findings, state: int) -> Words:
    """Name a state and say what each DM does there."""
    name = Strong(findings.words.state(state))
    if not findings.model.conflict.options:
        return (name,)
    levels = findings.model.conflict.levels[state].tolist()
    said = [f"{name_}: {words}" for name_, words in _doing(findings, levels)]
    return (name, f" – {' · '.join(said)}")


def glossary(findings: Findings) -> Section | None:
    """Write the table of the states named so far; None for a conflict without options."""
    conflict = findings.model.conflict
    if not conflict.options or not findings.mentioned:
        return None
    rows = []
    for state in sorted(findings.mentioned):
        levels = conflict.levels[state].tolist()
        cells: list[Words] = [(Strong(findings.words.state(state)),)]
        cells += [(words,) for _, words in _doing(findings, levels)]
        rows.append(tuple(cells))
    head = ("State", *(findings.name_of(dm) for dm in range(conflict.n_dms)))
    said = "What each decision maker does at the states that this report names; – is none of it."
    return Section("states", "States", (Paragraph((said,)), Table(head, tuple(rows))))


def _doing(findings: Findings, levels: Iterable[int]) -> list[tuple[str, str]]:
    levels = list(levels)
    return [
        (findings.name_of(dm), "; ".join(_taken(findings, dm, levels)) or "–")
        for dm in range(findings.model.conflict.n_dms)
    ]


def _taken(findings: Findings, dm: int, levels: Iterable[int]) -> list[str]:
    taken = []
    for option, level in zip(findings.model.conflict.options, levels, strict=True):
        if option.dm != dm:
            continue
        short = option.name.partition(".")[2]
        text = findings.case.decision_makers[dm].options[short].text or short
        if level < 0:
            taken.append(f"{text} (or not)")
        elif not option.yes_no:
            taken.append(f"{text}: {option.levels[level]}")
        elif level:
            taken.append(text)
    return taken
