"""The figures of a report."""

from __future__ import annotations

import numpy as np

from detente.conflict import Path
from detente.figures import (
    evolution_chart,
    rank_table,
    settlement_lattice,
    state_graph,
    tornado_of,
)
from detente.report.blocks import Block, Picture, Section
from detente.report.findings import Findings
from detente.report.verdicts import claim_words

__all__ = ["pictures"]

_MOST_DMS = 6
_MOST_TORNADOES = 6


def pictures(findings: Findings) -> Section | None:
    """Write the section of figures; None where none are wanted."""
    if not findings.options.figures:
        return None
    stable = findings.equilibria()
    graph = state_graph(findings.model, equilibria=stable, path=_path(findings, stable))
    ranks = rank_table(findings.model, findings.analysis)
    blocks: list[Block] = [
        Picture(
            "graph",
            graph,
            f"{graph.title}. An arrow leads to the state that the mover prefers.",
        ),
        Picture("ranks", ranks, f"{ranks.title} in the rankings, equilibria first."),
    ]
    if findings.evolution is not None:
        chart = evolution_chart(findings.model, findings.evolution, equilibria=stable)
        words = "What improvements lead to from the status quo, in how many moves at least."
        blocks.append(Picture("evolution", chart, words))
    blocks += _tornadoes(findings)
    if findings.leverage is not None and findings.model.conflict.n_dms <= _MOST_DMS:
        lattice = settlement_lattice(findings.model, findings.leverage)
        words = "Coalitions, the smaller below the larger, with the firmest settlement of each."
        blocks.append(Picture("settlements", lattice, words))
    return Section("figures", "Figures", tuple(blocks))


def _path(findings: Findings, stable: list[int]) -> Path | None:
    """Find the shortest way by improvements from the status quo to an equilibrium."""
    if findings.evolution is None or not stable:
        return None
    goal = np.zeros(findings.model.conflict.n_states, dtype=bool)
    goal[stable] = True
    if findings.evolution.start in stable:
        return None
    return findings.evolution.search.path_to_any(goal)


def _tornadoes(findings: Findings) -> list[Block]:
    checked = findings.checked
    if checked is None:
        return []
    reading = checked.readings[0]
    drawn: list[Block] = []
    for key, judged in reading.judged.items():
        if any(hinge.pivotal for hinge in judged.hinges):
            chart = tornado_of(reading, key)
            words = (
                f"What the verdict on {claim_words(judged.claim)} turns on, in “{reading.name}”."
            )
            drawn.append(Picture(f"claim-{key}", chart, words))
    return drawn[:_MOST_TORNADOES]
