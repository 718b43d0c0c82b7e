"""States in words, and the glossary of those that a report names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.report.blocks import Block, Bullets, Paragraph, Section, Strong, Table, Words
from detente.report.findings import Findings

__all__ = ["glossary", "state_table", "state_words"]

_NOTHING = "–"


def state_words(findings: Findings, state: int) -> Words:
    """Name a state and say what each DM does there."""
    name = Strong(findings.words.state(state))
    if not findings.model.conflict.options:
        return (name,)
    levels = findings.model.conflict.levels[state].tolist()
    doing = [f"{name_}: {words}" for name_, words in _doing(findings, levels) if words != _NOTHING]
    return (name, f" – {' · '.join(doing) or 'nobody takes any option'}")


def state_table(findings: Findings, states: Sequence[int]) -> Block:
    """Set out what each DM does at some states; a list of names for a graph without options."""
    if not findings.model.conflict.options:
        return Bullets(tuple((Strong(findings.words.state(state)),) for state in states))
    conflict = findings.model.conflict
    rows = []
    for state in states:
        levels = conflict.levels[state].tolist()
        cells: list[Words] = [(Strong(findings.words.state(state)),)]
        cells += [(words,) for _, words in _doing(findings, levels)]
        rows.append(tuple(cells))
    head = ("State", *(findings.name_of(dm) for dm in range(conflict.n_dms)))
    return Table(head, tuple(rows))


def glossary(findings: Findings) -> Section | None:
    """Write the table of the states named so far; None for a conflict without options."""
    if not findings.model.conflict.options or not findings.mentioned:
        return None
    said = "What each decision maker does at the states that this report names; – is none of it."
    table = state_table(findings, sorted(findings.mentioned))
    return Section("states", "States", (Paragraph((said,)), table))


def _doing(findings: Findings, levels: Iterable[int]) -> list[tuple[str, str]]:
    levels = list(levels)
    return [
        (findings.name_of(dm), "; ".join(_taken(findings, dm, levels)) or _NOTHING)
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
