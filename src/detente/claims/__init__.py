"""Claims: what an argument asserts, judged in every reading, and what the verdict hinges on."""

from detente.claims.blocks import Plan, plan_of
from detente.claims.evaluation import Evaluator
from detente.claims.finding_out import Worth, worth_finding_out
from detente.claims.hinges import Hinge, Pair, Turn, hinges, share, turns
from detente.claims.intervals import clopper_pearson, per_cent
from detente.claims.probing import probed_turns, probes_of
from detente.claims.sweeping import Swept, sweep
from detente.claims.swept import swept_in
from detente.claims.tallies import Tally
from detente.claims.verdicts import ALL, Checked, Judged, Options, Reading, Verdict, check

__all__ = [
    "ALL",
    "Checked",
    "Evaluator",
    "Hinge",
    "Judged",
    "Options",
    "Pair",
    "Plan",
    "Reading",
    "Swept",
    "Tally",
    "Turn",
    "Verdict",
    "Worth",
    "check",
    "clopper_pearson",
    "hinges",
    "per_cent",
    "plan_of",
    "probed_turns",
    "probes_of",
    "share",
    "sweep",
    "swept_in",
    "turns",
    "worth_finding_out",
]
