"""Why a verdict is what it is: certificates, their independent check, and words."""

from detente.explain.breaches import tell_breach, tell_spoiling
from detente.explain.cases import naming_of
from detente.explain.certificates import Basis, Certificate, Futile, Sanction, certify
from detente.explain.checking import faults
from detente.explain.perspectives import (
    Leaving,
    leavings,
    naming_in,
    reason_for,
    tell_leaving,
    tell_sight,
)
from detente.explain.words import Naming, changes, listing, naming, tell, tell_path

__all__ = [
    "Basis",
    "Certificate",
    "Futile",
    "Leaving",
    "Naming",
    "Sanction",
    "certify",
    "changes",
    "faults",
    "leavings",
    "listing",
    "naming",
    "naming_in",
    "naming_of",
    "reason_for",
    "tell",
    "tell_breach",
    "tell_leaving",
    "tell_path",
    "tell_sight",
    "tell_spoiling",
]
