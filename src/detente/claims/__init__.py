"""Claims: what an argument asserts, judged in every reading, and what the verdict hinges on."""

from detente.claims.evaluation import Evaluator
from detente.claims.hinges import Hinge, Pair, Turn, hinges, share, turns
from detente.claims.intervals import clopper_pearson
from detente.claims.verdicts import ALL, Checked, Judged, Options, Reading, Verdict, check

__all__ = [
    "ALL",
    "Checked",
    "Evaluator",
    "Hinge",
    "Judged",
    "Options",
    "Pair",
    "Reading",
    "Turn",
    "Verdict",
    "check",
    "clopper_pearson",
    "hinges",
    "share",
    "turns",
]
