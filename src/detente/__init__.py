"""Test an argument about a conflict: model it, find what is stable and why, judge each claim."""

from importlib import import_module
from typing import TYPE_CHECKING

from detente._version import __version__

if TYPE_CHECKING:
    from detente.case import Case, Model, load, loads
    from detente.claims import Checked, check
    from detente.conflict import Conflict
    from detente.errors import (
        CaseError,
        ConditionError,
        ConflictError,
        DetenteError,
        Problem,
        SizeError,
    )
    from detente.stability import Analysis, analyze, analyze_many

__all__ = [
    "Analysis",
    "Case",
    "CaseError",
    "Checked",
    "ConditionError",
    "Conflict",
    "ConflictError",
    "DetenteError",
    "Model",
    "Problem",
    "SizeError",
    "__version__",
    "analyze",
    "analyze_many",
    "check",
    "load",
    "loads",
]

_HOME = {
    "Analysis": "detente.stability",
    "Case": "detente.case",
    "CaseError": "detente.errors",
    "Checked": "detente.claims",
    "ConditionError": "detente.errors",
    "Conflict": "detente.conflict",
    "ConflictError": "detente.errors",
    "DetenteError": "detente.errors",
    "Model": "detente.case",
    "Problem": "detente.errors",
    "SizeError": "detente.errors",
    "analyze": "detente.stability",
    "check": "detente.claims",
    "analyze_many": "detente.stability",
    "load": "detente.case",
    "loads": "detente.case",
}


def __getattr__(name: str) -> object:
    """Import a public name from its room when it is first used, so that importing stays instant."""
    if name not in _HOME:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
