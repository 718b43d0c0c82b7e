"""The figures of the model: its moves and its rankings."""

from __future__ import annotations

import numpy as np

from detente.conflict import Path
from detente.explain import listing
from detente.figures import rank_table, state_graph
from detente.report.blocks import Block, Picture, Section
from detente.report.findings import Findings
from detente.report.verdicts import concept_words

__all__ = ["pictures"]

_MOST_RANKED = 20


def pictures(findings: Findings) -> Section | None:
    """Write the section of figures; None where none are wanted."""
    if not findings.options.figures:
        return None
    stable = findings.equilibria()
    graph = state_graph(findings.model, equilibria=stable, path=_path(findings, stable))
    ranks = rank_table(findings.model, findings.analysis, limit=_MOST_RANKED)
    words = f"{graph.title}. An arrow leads to the state that the mover prefers."
    if findings.model.conflict.options:
        words += " Letters say which options are taken, in the order of the model: Y is yes, N no."
    columns = listing([f"{key}: {concept_words(key)}" for key in findings.analysis.concepts])
    blocks: list[Block] = [
        Picture("graph", graph, words),
        Picture("ranks", ranks, f"{ranks.title} in the rankings, equilibria first; {columns}."),
    ]
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
