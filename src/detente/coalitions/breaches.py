"""Breaches: the moves that break a settlement, and who makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.coalitions.groups import Coalition, coalitions_of
from detente.coalitions.settlement import Bargaining, Grade, Settlements
from detente.coalitions.stability import unsanctioned_from
from detente.conflict import Arcs, Path, search
from detente.stability import CONCEPTS, Conventions, departures

__all__ = ["Breach", "breaches"]

Kind = Literal["unreachable", "refused", "left", "spoiled"]


@dataclass(frozen=True, slots=True)
class Breach:
    """One reason why a state is not a settlement, or not one of a higher grade.

    Parameters
    ----------
    kind : {"unreachable", "refused", "left", "spoiled"}
        The members' moves do not lead there; some do not prefer it to the status quo; some would
        leave it and nothing deters them; outsiders' improvements take it from a member.
    grade : str
        The lowest grade that it rules out.
    who : tuple of int
        Who breaks it: those who refuse, those who leave, those who move when it is spoiled.
    path : Path or None
        The moves that break it, from the state; None where no move does.
    hurt : tuple of int
        Members whom the path, if it spoils, leaves worse off than at the status quo.
    """

    kind: Kind
    grade: Grade
    who: Coalition
    path: Path | None = None
    hurt: Coalition = ()


def breaches(found: Settlements, state: int) -> tuple[Breach, ...]:
    """List what keeps a state from being a settlement of the highest grade.

    Parameters
    ----------
    found : Settlements
        A coalition's settlements.
    state : int
        Any state.

    Returns
    -------
    tuple of Breach
        Empty iff the state is a spoiler-proof settlement, apart from the kind of state asked for.
        Every member and every coalition of members that would leave is listed unless a smaller
        one within it would; of the outsiders' sequences a shortest one.

    Examples
    --------
    >>> from detente.coalitions import settlements
    >>> from detente.conflict import Conflict
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> (both,) = settlements(prisoners, [0, 1], start=0, concept="nash")
    >>> [(breach.kind, breach.who, breach.path.end) for breach in breaches(both, 3)]
    [('left', (0,), 2), ('left', (1,), 1)]
    """
    query = found.bargaining
    ranks = query.conflict.ranks
    refusing = tuple(dm for dm in found.coalition if ranks[dm, state] <= ranks[dm, query.start])
    reasons = []
    if query.reach(found.coalition).path(state) is None or state == query.start:
        reasons.append(Breach("unreachable", "agreed", found.coalition))
    if refusing:
        reasons.append(Breach("refused", "agreed", refusing))
    if reasons:
        return tuple(reasons)
    return (*_left(query, found.coalition, state), *_spoiled(query, found.coalition, state))


def _left(query: Bargaining, coalition: Coalition, state: int) -> list[Breach]:
    leaving: list[Breach] = []
    for group in coalitions_of(coalition):
        if any(set(breach.who) <= set(group) for breach in leaving):
            continue
        if len(group) == 1:
            arcs = _departures(query, group[0])
            targets = np.zeros(query.conflict.n_states, dtype=bool)
            targets[arcs.of(state)] = True
        else:
            targets = unsanctioned_from(query.answers, group, query.concept, state)
        if targets.any():
            path = query.joint.reach(group, state, goal=targets).path_to_any(targets)
            leaving.append(Breach("left", "self-enforcing", group, path))
    return leaving


def _departures(query: Bargaining, dm: int) -> Arcs:
    conflict = query.conflict
    arcs = [conflict.moves(other) for other in range(conflict.n_dms)]
    return departures(arcs, conflict.ranks, dm, CONCEPTS[query.concept], Conventions())


def _spoiled(query: Bargaining, coalition: Coalition, state: int) -> list[Breach]:
    outsiders = query.others(coalition)
    if not outsiders:
        return []
    bad = query.hurt(coalition)
    path = search(query.improving(outsiders), outsiders, state, goal=bad).path_to_any(bad)
    if path is None:
        return []
    ranks = query.conflict.ranks
    hurt = tuple(dm for dm in coalition if ranks[dm, path.end] < ranks[dm, query.start])
    return [Breach("spoiled", "spoiler-proof", path.movers, path, hurt)]
