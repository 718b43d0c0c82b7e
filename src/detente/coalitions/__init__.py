"""Joint moves, coalition stability, settlements without a party, and who is needed for them."""

from detente.coalitions.analysis import (
    CoalitionAnalysis,
    Jump,
    analyze_coalitions,
    equilibrium_jumps,
)
from detente.coalitions.groups import (
    MAX_DMS,
    Coalition,
    as_coalition,
    as_partition,
    coalitions_of,
)
from detente.coalitions.joint import JointMoves
from detente.coalitions.stability import (
    COALITION_CONCEPTS,
    Answers,
    CoalitionConcept,
    stable_for,
    unsanctioned_from,
)

__all__ = [
    "COALITION_CONCEPTS",
    "MAX_DMS",
    "Answers",
    "Coalition",
    "CoalitionAnalysis",
    "CoalitionConcept",
    "JointMoves",
    "Jump",
    "analyze_coalitions",
    "as_coalition",
    "as_partition",
    "coalitions_of",
    "equilibrium_jumps",
    "stable_for",
    "unsanctioned_from",
]
