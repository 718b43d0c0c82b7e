"""Paths from the status quo: what can be reached, how, by whom, and how likely."""

from detente.evolution.chain import Destination, Drift, drift
from detente.evolution.paths import (
    MOVES,
    Arrival,
    Evolution,
    MoveKind,
    Paths,
    all_paths,
    evolve,
    moves_of_kind,
)
from detente.evolution.returns import ClosingMove, closing_moves, out_of_reach

__all__ = [
    "MOVES",
    "Arrival",
    "ClosingMove",
    "Destination",
    "Drift",
    "Evolution",
    "MoveKind",
    "Paths",
    "all_paths",
    "closing_moves",
    "drift",
    "evolve",
    "moves_of_kind",
    "out_of_reach",
]
