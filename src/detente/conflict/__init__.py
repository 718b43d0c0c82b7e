"""Decision makers, options, feasible states, moves and rankings: immutable, array-backed."""

from detente.conflict.arcs import Arcs, arcs_from_pairs
from detente.conflict.forms import MAX_ARCS, Form, GraphForm, OptionForm, alike
from detente.conflict.memory import free_memory, in_words, require_memory
from detente.conflict.model import Conflict
from detente.conflict.options import MAX_BITS, YES_NO, OneWay, Option, lay_out
from detente.conflict.preferences import from_groups, from_statements, from_weights, places
from detente.conflict.sequences import (
    Path,
    Search,
    Step,
    can_reach,
    search,
    worst_downstream,
    worst_reachable,
)
from detente.conflict.states import all_codes, coalesce, feasible_form

__all__ = [
    "MAX_ARCS",
    "MAX_BITS",
    "YES_NO",
    "Arcs",
    "Conflict",
    "Form",
    "GraphForm",
    "OneWay",
    "Option",
    "OptionForm",
    "Path",
    "Search",
    "Step",
    "alike",
    "all_codes",
    "arcs_from_pairs",
    "can_reach",
    "coalesce",
    "feasible_form",
    "free_memory",
    "from_groups",
    "from_statements",
    "from_weights",
    "in_words",
    "lay_out",
    "places",
    "require_memory",
    "search",
    "worst_downstream",
    "worst_reachable",
]
