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

__all__ = [
    "CONCEPTS",
    "DEFAULT_CONCEPTS",
    "MAX_HORIZON",
    "Analysis",
    "Concept",
    "Conventions",
    "Keep",
    "LimitedMove",
    "Opponents",
    "analyze",
    "analyze_many",
    "answers_to",
    "best_escape",
    "concept",
    "departures",
    "limited_move",
    "non_myopic",
    "sequential",
    "stackelberg",
]
