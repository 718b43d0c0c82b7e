"""From where things stand: what improvements lead to, and which named outcomes are reached."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.conflict import Path
from detente.evolution import Evolution, evolve
from detente.explain import listing
from detente.figures import evolution_chart
from detente.report.blocks import (
    Block,
    Bullets,
    Inline,
    Paragraph,
    Picture,
    Section,
    Strong,
    Subsection,
    Table,
    Words,
)
from detente.report.findings import Findings

__all__ = ["paths"]

_MOST_WAYS = 5
_MOST_STEPS = 6


def paths(findings: Findings) -> Section | None:
    """Write the section on what can come of the status quo; None where paths were not followed."""
    found = findings.evolution
    if found is None:
        return None
    sets = found.level_sets()
    reached = sum(len(level) for level in sets[1:])
    if not reached:
        said = "Nobody can improve on the status quo by a move of its own: it stays where it is."
        blocks: list[Block] = [Paragraph((said,))]
    else:
        blocks = [Paragraph((_reached(findings, sets, reached),)), *_ways(findings, found)]
        if findings.options.figures:
            chart = evolution_chart(findings.model, found, equilibria=findings.equilibria())
            words = "What improvements lead to from the status quo, in how many moves at least."
            blocks.append(Picture("evolution", chart, words))
    if findings.model.outcomes:
        blocks.append(_outcomes(findings, found))
    return Section("paths", "From where things stand", tuple(blocks))


def _reached(findings: Findings, sets: Sequence[Sequence[int]], reached: int) -> str:
    states = "one state" if reached == 1 else f"{reached:,} states"
    most = len(sets) - 1
    moves = "one move" if most == 1 else f"at most {most} moves"
    stable = set(findings.equilibria())
    held = sum(state in stable for level in sets[1:] for state in level)
    said = f"Improvements, each by one party at a time, lead to {states} in {moves}. "
    if not stable:
        return said + "None of them can hold."
    if not held:
        return said + "No state that can hold is among them."
    if held == len(stable):
        every = "The one state" if held == 1 else f"All {held:,} states"
        return f"{said}{every} that can hold {'is' if held == 1 else 'are'} among them."
    verb = "is" if held == 1 else "are"
    return f"{said}Among them {verb} {held:,} of the {len(stable):,} that can hold."


def _ways(findings: Findings, found: Evolution) -> list[Block]:
    """Tell a shortest way to each equilibrium that is reached, move by move, with the reason."""
    stable = set(findings.equilibria())
    arrivals = [
        arrival
        for level in found.level_sets()[1:]
        for state in level
        if state in stable and (arrival := found.arrival(state)) is not None
    ]
    if not arrivals:
        return []
    items = [_way(findings, arrival.path) for arrival in arrivals[:_MOST_WAYS]]
    blocks: list[Block] = [Bullets(tuple(items))]
    if len(arrivals) > _MOST_WAYS:
        more = len(arrivals) - _MOST_WAYS
        blocks.append(Paragraph((f"… and {more} more: “detente evolve” lists them.",)))
    return blocks


def _way(findings: Findings, path: Path) -> Words:
    words = findings.words
    line: list[Inline] = ["To ", Strong(words.state(path.end)), ": "]
    at = path.start
    for number, step in enumerate(path.steps):
        if number == _MOST_STEPS:
            line.append(f", and so on, {len(path.steps)} moves in all")
            break
        cited = words.citation(step.mover, step.state, at)
        then = ", then " if number else ""
        line.append(f"{then}{words.dm(step.mover)} {words.move(step.mover, at, step.state)}{cited}")
        at = step.state
    return (*line, ".")


def _outcomes(findings: Findings, found: Evolution) -> Subsection:
    """Set out which outcomes can be reached, by improvements and by any moves."""
    anywhere = evolve(findings.model.conflict, kind="moves")
    rows: list[tuple[Words, ...]] = []
    for key, truth in findings.model.outcomes.items():
        if not truth.any():
            continue
        name: Words = (Strong(key.replace("_", " ")),)
        if truth[found.start]:
            rows.append((name, ("it holds at the status quo",), ("–",)))
            continue
        wanted = np.asarray(truth)
        better = found.search.path_to_any(wanted)
        any_way = anywhere.search.path_to_any(wanted)
        rows.append((name, _arrival(findings, better), _arrival(findings, any_way)))
    head = ("Outcome", "By improvements", "By any moves")
    said = "The fewest moves, and whose they are. A way that is no improvement somebody must want."
    return Subsection(
        ("Which outcomes can be reached",), (Table(head, tuple(rows)), Paragraph((said,), "aside"))
    )


def _arrival(findings: Findings, path: Path | None) -> Words:
    if path is None:
        return ("not at all",)
    movers = list(dict.fromkeys(findings.words.dm(step.mover) for step in path.steps))
    moves = "1 move" if len(path.steps) == 1 else f"{len(path.steps)} moves"
    return (f"{moves} of {listing(movers)}, to {findings.words.state(path.end)}",)
