"""Joint moves, coalition stability, settlements without a party, and who is needed for them."""

from detente.coalitions.analysis import (
    CoalitionAnalysis,
    Jump,
    analyze_coalitions,
    equilibrium_jumps,
)
from detente.coalitions.breaches import Breach, breaches
from detente.coalitions.groups import (
    MAX_DMS,
    Coalition,
    as_coalition,
    as_partition,
    coalitions_of,
)
from detente.coalitions.joint import JointMoves
from detente.coalitions.leverage import (
    Accepted,
    Leverage,
    Party,
    Spoiling,
    Swing,
    Treaty,
    leverage,
)
from detente.coalitions.settlement import (
    GRADES,
    Bargaining,
    Grade,
    Settlements,
    as_grade,
    settlements,
)
from detente.coalitions.stability import (
    COALITION_CONCEPTS,
    Answers,
    CoalitionConcept,
    improvable,
    stable_for,
    unsanctioned_from,
)

__all__ = [
    "COALITION_CONCEPTS",
    "GRADES",
    "MAX_DMS",
    "Accepted",
    "Answers",
    "Bargaining",
    "Breach",
    "Coalition",
    "CoalitionAnalysis",
    "CoalitionConcept",
    "Grade",
    "JointMoves",
    "Jump",
    "Leverage",
    "Party",
    "Settlements",
    "Spoiling",
    "Swing",
    "Treaty",
    "analyze_coalitions",
    "as_coalition",
    "as_grade",
    "as_partition",
    "breaches",
    "coalitions_of",
    "equilibrium_jumps",
    "improvable",
    "leverage",
    "settlements",
    "stable_for",
    "unsanctioned_from",
]
