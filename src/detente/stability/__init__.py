"""Solution concepts: pure functions from a conflict to a table of booleans, with their kernels."""

from detente.stability.analysis import Analysis, analyze
from detente.stability.answers import answers_to, best_escape, sequential
from detente.stability.concepts import (
    CONCEPTS,
    DEFAULT_CONCEPTS,
    Concept,
    Conventions,
    Opponents,
    concept,
)
from detente.stability.limited_move import (
    MAX_HORIZON,
    LimitedMove,
    limited_move,
    non_myopic,
    stackelberg,
)
from detente.stability.listed import departures
from detente.stability.many import Keep, analyze_many
from detente.stability.pair_analysis import (
    PairAnalysis,
    analyze_pairwise,
    on_pairs,
    stable_pairwise,
)
from detente.stability.pairwise import (
    BETTER,
    DEGREES,
    EQUAL,
    EXTENSIONS,
    MAX_PAIRED,
    MUCH_BETTER,
    MUCH_WORSE,
    UNKNOWN,
    WORSE,
    Degree,
    Extension,
    Relations,
    pairwise,
    require_pairs,
)
from detente.stability.perspectives import (
    Hypergame,
    Surprise,
    View,
    hypergame,
    only_states,
    without_states,
)

__all__ = [
    "BETTER",
    "CONCEPTS",
    "DEFAULT_CONCEPTS",
    "DEGREES",
    "EQUAL",
    "EXTENSIONS",
    "MAX_HORIZON",
    "MAX_PAIRED",
    "MUCH_BETTER",
    "MUCH_WORSE",
    "UNKNOWN",
    "WORSE",
    "Analysis",
    "Concept",
    "Conventions",
    "Degree",
    "Extension",
    "Hypergame",
    "Keep",
    "LimitedMove",
    "Opponents",
    "PairAnalysis",
    "Relations",
    "Surprise",
    "View",
    "analyze",
    "analyze_many",
    "analyze_pairwise",
    "answers_to",
    "best_escape",
    "concept",
    "departures",
    "hypergame",
    "limited_move",
    "non_myopic",
    "on_pairs",
    "only_states",
    "pairwise",
    "require_pairs",
    "sequential",
    "stable_pairwise",
    "stackelberg",
    "without_states",
]
