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
from detente.stability.listed import departures

__all__ = [
    "CONCEPTS",
    "DEFAULT_CONCEPTS",
    "Analysis",
    "Concept",
    "Conventions",
    "Opponents",
    "analyze",
    "answers_to",
    "best_escape",
    "concept",
    "departures",
    "sequential",
]
