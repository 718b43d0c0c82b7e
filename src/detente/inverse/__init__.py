"""What would have to change for a state to hold: rankings, statements, offers; exact counts."""

from detente.inverse.counts import Support, supporting_profiles, supporting_rankings
from detente.inverse.edits import Edit, Edits, fewest_edits
from detente.inverse.offers import Offer, Offers, offers
from detente.inverse.requirements import (
    Requirement,
    equilibrium_at,
    fulfilled,
    requirements,
)
from detente.inverse.reversals import (
    MAX_STATES,
    PairChange,
    Proposal,
    Reversals,
    fewest_reversals,
)

__all__ = [
    "MAX_STATES",
    "Edit",
    "Edits",
    "Offer",
    "Offers",
    "PairChange",
    "Proposal",
    "Requirement",
    "Reversals",
    "Support",
    "equilibrium_at",
    "fewest_edits",
    "fewest_reversals",
    "fulfilled",
    "offers",
    "requirements",
    "supporting_profiles",
    "supporting_rankings",
]
