"""The file an analyst writes: its schema, loading with every problem placed, building the model."""

from detente.case.building import Model, build
from detente.case.catalogue import CASE_FILE, catalogue, find_case
from detente.case.doubts import (
    Claim,
    NamedReading,
    Question,
    Uncertainty,
    VerdictWord,
)
from detente.case.loading import load, loads
from detente.case.model import (
    Case,
    Citation,
    Clause,
    DecisionMaker,
    Evidence,
    Outcome,
    Prioritise,
    PublishedResult,
    Rank,
    Rule,
    Source,
    Statement,
    Weigh,
)
from detente.case.results import ResultCheck, check_results
from detente.case.validation import schema, schema_text

__all__ = [
    "CASE_FILE",
    "Case",
    "Citation",
    "Claim",
    "Clause",
    "DecisionMaker",
    "Evidence",
    "Model",
    "NamedReading",
    "Outcome",
    "Prioritise",
    "PublishedResult",
    "Question",
    "Rank",
    "ResultCheck",
    "Rule",
    "Source",
    "Statement",
    "Uncertainty",
    "VerdictWord",
    "Weigh",
    "build",
    "catalogue",
    "check_results",
    "find_case",
    "load",
    "loads",
    "schema",
    "schema_text",
]
