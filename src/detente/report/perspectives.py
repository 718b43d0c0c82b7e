"""The conflict as each sees it: what each believes to hold, what does, and who is surprised."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detente.case import Perspectives, perspectives
from detente.explain import Naming, leavings, listing, naming_in, tell_leaving, tell_sight
from detente.report.blocks import (
    Block,
    Bullets,
    Inline,
    Link,
    Paragraph,
    Section,
    Strong,
    Subsection,
    Table,
    Words,
)
from detente.report.citing import cited
from detente.report.findings import MAIN, Findings
from detente.report.verdicts import concept_words, reading_anchor
from detente.stability import Hypergame

__all__ = ["as_each_sees_it"]

_MOST_STATES = 12
_MOST_SURPRISES = 8


def as_each_sees_it(findings: Findings) -> Section | None:
    """Write the section on the parties' own views; None where all see the conflict as it is."""
    if not findings.case.perspectives or findings.large:
        return None
    seen = perspectives(findings.case)
    game = seen.hypergame(MAIN)
    blocks: list[Block] = [
        Paragraph((_WHAT.format(concept_words(MAIN)),)),
        Bullets(tuple(_view(findings, seen, dm) for dm in seen.sights)),
        *_compared(findings, game),
        *_surprises(findings, seen, game),
    ]
    return Section("perspectives", "As each sees it", tuple(blocks))


_WHAT = (
    "Here each party judges by the conflict that it sees, under {}. A state holds if every party "
    "knows of it and stays there, each by its own view. A state that one party takes for an "
    "equilibrium and another leaves is a surprise. Who sees right is not decided here: what is "
    "called the conflict as it is, is the case as written."
)


def _view(findings: Findings, seen: Perspectives, dm: int) -> Words:
    view = seen.sights[dm].perspective
    line: list[Inline] = [Strong(findings.words.dm(dm)), ": "]
    if view.text:
        line.append(f"{' '.join(view.text.split())} ")
    if view.reading:
        named = findings.case.readings.get(view.reading)
        name = named.name if named else view.reading
        shown = findings.checked is not None and named is not None
        anchored = Link(name, reading_anchor(view.reading)) if shown else f"“{name}”"
        line += ["It sees the others by the reading ", anchored, ". "]
    line.append(" ".join(tell_sight(seen, dm, findings.words.state)))
    support = cited(view.evidence, reason=True)
    return (*line, *((" ", *support) if support else ()))


def _compared(findings: Findings, game: Hypergame) -> list[Block]:
    holds = np.logical_and.reduce(game.stable, axis=0)
    alike = np.zeros_like(holds)
    alike[findings.equilibria()] = True
    believers = game.believed.sum(axis=0)
    states = np.flatnonzero(holds | alike | (believers > 0))
    if not len(states):
        return [Paragraph(("No state holds, and nobody believes that one does.",))]
    order = states[np.lexsort((states, -believers[states], ~holds[states]))].tolist()
    rows = [
        (
            (Strong(findings.words.state(state)),),
            (_names(findings, game.believed[:, state]),),
            (_names(findings, game.known[:, state] & ~game.stable[:, state]),),
            (_names(findings, ~game.known[:, state]),),
            ("yes" if holds[state] else "no",),
            ("yes" if alike[state] else "no",),
        )
        for state in order[:_MOST_STATES]
    ]
    head = (
        "State",
        "Believe that nobody leaves",
        "Leave",
        "Do not know of it",
        "Holds",
        "Would hold if all saw it as it is",
    )
    left = len(order) - len(rows)
    caption = f"{left} more states are left out" if left else ""
    return [Table(head, tuple(rows), caption)]


def _names(findings: Findings, truth: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> str:
    return listing([findings.words.dm(int(dm)) for dm in np.flatnonzero(truth)]) or "–"


def _surprises(findings: Findings, seen: Perspectives, game: Hypergame) -> list[Block]:
    found = leavings(game)
    if not found:
        return [Paragraph(("Nobody leaves what another takes for an equilibrium.",))]

    def naming(views: Perspectives, dm: int) -> Naming:
        words = naming_in(views, dm)
        sight = views.sights.get(dm)
        if sight is None:
            return findings.words
        actual = sight.actual

        def state(index: int) -> str:
            at = int(actual[index])
            return findings.words.state(at) if at >= 0 else words.state(index)

        return replace(words, state=state)

    items: list[Words] = []
    for one in found[:_MOST_SURPRISES]:
        first, *rest = tell_leaving(seen, one, MAIN, naming)
        items.append((Strong(first), " ", " ".join(rest)))
    blocks: list[Block] = [Bullets(tuple(items))]
    if len(found) > _MOST_SURPRISES:
        said = f"{len(found) - _MOST_SURPRISES} more: “detente perspectives --limit 0” tells all."
        blocks.append(Paragraph((said,)))
    return [Subsection((f"Surprises ({len(found)})",), tuple(blocks), "surprises")]
