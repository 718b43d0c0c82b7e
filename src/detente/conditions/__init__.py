"""One small language over options: parse, check the names, evaluate over all states at once.

The same language serves feasibility rules, preference statements, named outcomes, queries and
claims.
"""

from detente.conditions.evaluation import Columns, evaluate
from detente.conditions.parsing import caret, parse
from detente.conditions.predicates import (
    PREDICATES,
    Predicate,
    bind,
    check_claim,
    predicates_in,
)
from detente.conditions.suggestions import did_you_mean
from detente.conditions.syntax import Expression
from detente.conditions.vocabulary import (
    OptionName,
    Vocabulary,
    check,
    definitions_used,
    names_used,
    vocabulary,
)

__all__ = [
    "PREDICATES",
    "Columns",
    "Expression",
    "OptionName",
    "Predicate",
    "Vocabulary",
    "bind",
    "caret",
    "check",
    "check_claim",
    "definitions_used",
    "did_you_mean",
    "evaluate",
    "names_used",
    "parse",
    "predicates_in",
    "vocabulary",
]
