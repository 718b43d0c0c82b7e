"""Hypergames of level 1 (Bennett 1977; Fraser and Hipel 1984), and moves not perceived (GMCR+).

Each DM plays a game of its own. A state is an equilibrium if it is stable for each DM in the game
that this DM sees; a DM who does not know of a state neither stays at it nor leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plain.individual import equilibria, stable
from plain.model import graph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plain.individual import Concept
    from plain.model import PlainConflict


@dataclass(frozen=True)
class PlainView:
    """The game that a DM sees, and for each actual state that it knows the state of that game."""

    game: PlainConflict
    seen_as: Mapping[int, int]


def stays(views: Sequence[PlainView], concept: Concept, dm: int) -> set[int]:
    """Return the actual states that are stable for `dm` in its own game."""
    view = views[dm]
    own = stable(view.game, concept, dm)
    return {state for state, seen in view.seen_as.items() if seen in own}


def leaves(views: Sequence[PlainView], concept: Concept, dm: int) -> set[int]:
    """Return the actual states that `dm` knows of and leaves."""
    return set(views[dm].seen_as) - stays(views, concept, dm)


def believed(views: Sequence[PlainView], concept: Concept, dm: int) -> set[int]:
    """Return the actual states that `dm` takes for equilibria."""
    view = views[dm]
    found = equilibria(view.game, concept)
    return {state for state, seen in view.seen_as.items() if seen in found}


def hold(views: Sequence[PlainView], concept: Concept) -> set[int]:
    """Return the equilibria of the hypergame."""
    found = stays(views, concept, 0)
    for dm in range(1, len(views)):
        found &= stays(views, concept, dm)
    return found


def hidden(views: Sequence[PlainView], concept: Concept) -> set[int]:
    """Return the equilibria that some DM does not take for one."""
    return {
        state
        for state in hold(views, concept)
        if any(state not in believed(views, concept, dm) for dm in range(len(views)))
    }


def surprises(views: Sequence[PlainView], concept: Concept) -> set[tuple[int, int, int]]:
    """Return (state, believer, leaver): one takes it for an equilibrium, another leaves it."""
    dms = range(len(views))
    return {
        (state, believer, leaver)
        for believer in dms
        for leaver in dms
        for state in believed(views, concept, believer) & leaves(views, concept, leaver)
    }


def perceiving(conflict: PlainConflict, blind: Sequence[set[int]]) -> PlainConflict:
    """Take away each DM's moves into and out of the states that it does not perceive."""
    moves = [
        {(s, t) for s, t in conflict.moves[dm] if s not in blind[dm] and t not in blind[dm]}
        for dm in conflict.dms
    ]
    return graph(conflict.n_states, moves, conflict.rank)
