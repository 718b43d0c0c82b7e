"""The file an analyst writes: its schema, loading with every problem placed, building the model."""

from detente.case.acts import Act, ActKind, act
from detente.case.building import Model, build
from detente.case.catalogue import CASE_FILE, catalogue, find_case
from detente.case.doubting import DOUBTED, Doubt, doubted
from detente.case.doubts import (
    Claim,
    NamedReading,
    Question,
    Uncertainty,
    VerdictWord,
)
from detente.case.editing import Edit, EditError, edit_text
from detente.case.hollow import hollow_claims
from detente.case.loading import load, loads
from detente.case.model import (
    Case,
    Citation,
    Clause,
    DecisionMaker,
    Evidence,
    Outcome,
    Pairs,
    PairStatement,
    Prioritise,
    PublishedResult,
    Rank,
    Rule,
    Source,
    Statement,
    Weigh,
)
from detente.case.pairing import as_ranked
from detente.case.perspectives import Perspective, Perspectives, Sight, perspectives
from detente.case.rejections import Rejection, reject, rejections
from detente.case.results import ResultCheck, check_results
from detente.case.saving import ChangedOnDiskError, fingerprint, save_text, write_whole
from detente.case.validation import schema, schema_text
from detente.case.variations import Change, Changes, fewest_changes, possible_changes

__all__ = [
    "CASE_FILE",
    "DOUBTED",
    "Act",
    "ActKind",
    "Case",
    "Change",
    "ChangedOnDiskError",
    "Changes",
    "Citation",
    "Claim",
    "Clause",
    "DecisionMaker",
    "Doubt",
    "Edit",
    "EditError",
    "Evidence",
    "Model",
    "NamedReading",
    "Outcome",
    "PairStatement",
    "Pairs",
    "Perspective",
    "Perspectives",
    "Prioritise",
    "PublishedResult",
    "Question",
    "Rank",
    "Rejection",
    "ResultCheck",
    "Rule",
    "Sight",
    "Source",
    "Statement",
    "Uncertainty",
    "VerdictWord",
    "Weigh",
    "act",
    "as_ranked",
    "build",
    "catalogue",
    "check_results",
    "doubted",
    "edit_text",
    "fewest_changes",
    "find_case",
    "fingerprint",
    "hollow_claims",
    "load",
    "loads",
    "perspectives",
    "possible_changes",
    "reject",
    "rejections",
    "save_text",
    "schema",
    "schema_text",
    "write_whole",
]
