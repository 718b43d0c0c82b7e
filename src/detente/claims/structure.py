"""What follows from states and moves alone, whatever anybody prefers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.claims.predicates import Scene
from detente.coalitions import coalitions_of
from detente.conditions import Expression, Predicate, bind
from detente.conditions.syntax import Always, Binary, Call, Junction, Negation

__all__ = ["structural"]

Known = bool | None
"""True or false whatever the preferences; None where it may depend on them."""


def structural(scene: Scene, claim: Expression) -> Known:
    """Tell whether states and moves alone decide a claim.

    Parameters
    ----------
    scene : Scene
        States, moves and status quo.
    claim : Expression
        A claim in which `~detente.conditions.check_claim` finds no fault.

    Returns
    -------
    bool or None
        Its truth under all preferences whatsoever; None where that is not shown.

    Notes
    -----
    Predicates are joined by Kleene's strong logic, so the answer is safe but not complete: a claim
    may be decided by its structure although no part of it is. The rules for each predicate are in
    the documentation (Claims).
    """
    match claim:
        case Always(value=value):
            return value
        case Negation(operand=operand):
            return _not(structural(scene, operand))
        case Junction(operator=word, parts=parts):
            known = [structural(scene, part) for part in parts]
            return _all(known) if word == "and" else _not(_all([_not(k) for k in known]))
        case Binary(operator=word, left=left, right=right):
            first, second = structural(scene, left), structural(scene, right)
            if word == "implies":
                return _not(_all([first, _not(second)]))
            if first is None or second is None:
                return None
            return (first == second) == (word == "iff")
        case Call():
            predicate = bind(claim)
            return _RULES[predicate.name](scene, predicate)
        case _:
            raise AssertionError(claim)  # check_claim() has refused it


def _not(known: Known) -> Known:
    return None if known is None else not known


def _all(known: Sequence[Known]) -> Known:
    if any(k is False for k in known):
        return False
    return None if any(k is None for k in known) else True


def _immovable(scene: Scene, dms: Sequence[int]) -> NDArray[np.bool_]:
    """Tell where none of some DMs has a move, shape (n,)."""
    still = np.ones(scene.form.n_states, dtype=bool)
    for dm in dms:
        still &= scene.form.moves(dm).degrees == 0
    return still


def _stable(scene: Scene, claim: Predicate) -> Known:
    where = scene.holds(claim.conditions[0])
    if not where.any():
        return False
    dms = [scene.dm(dm) for dm in claim.by] or list(scene.everybody)
    still = _immovable(scene, dms)[where]
    return True if (still.all() if claim.words["mode"] == "every" else still.any()) else None


def _equilibrium(scene: Scene, claim: Predicate) -> Known:
    where = scene.holds(claim.conditions[0])
    still = _immovable(scene, scene.everybody)
    if not where.any():
        return False
    if claim.words["mode"] == "some":
        return True if (still & where).any() else None
    if (still & ~where).any():
        return False
    return True if where.all() and still.any() else None


def _settle(scene: Scene, claim: Predicate) -> Known:
    where = scene.holds(claim.conditions[0])
    members = [scene.dm(dm) for dm in claim.by]
    left_out = [scene.dm(dm) for dm in claim.without]
    most = tuple(dm for dm in scene.everybody if dm in members or (left_out and dm not in left_out))
    return None if (scene.reached(most) & where).any() else False


def _reachable(scene: Scene, claim: Predicate) -> Known:
    where = scene.holds(claim.conditions[0])
    movers = tuple(sorted(scene.dm(dm) for dm in claim.by)) or scene.everybody
    if where[scene.start]:
        return True
    if not (scene.reached(movers) & where).any():
        return False
    return True if claim.words["way"] == "moves" else None


def _prefers(scene: Scene, claim: Predicate) -> Known:
    better, worse = map(scene.holds, claim.conditions)
    if not better.any() or not worse.any():
        return False
    if claim.words["mode"] == "every" and (better & worse).any():
        return False
    return None


def _blocks(scene: Scene, claim: Predicate) -> Known:
    where = scene.holds(claim.conditions[0])
    dm = scene.dm(claim.dm)
    if not (where & (scene.reached(scene.everybody) | scene.at_start())).any():
        return False
    others = tuple(other for other in scene.everybody if other != dm)
    brought = np.flatnonzero(where & (scene.reached(others) | scene.at_start()))
    if len(brought) == 0:
        return True
    arcs = scene.form.moves(dm)
    leaving = arcs.keep(~where[arcs.targets]).degrees[brought] > 0
    if not leaving.all():
        return False
    return True if claim.words["way"] == "moves" else None


def _indispensable(scene: Scene, claim: Predicate) -> Known:
    where = scene.holds(claim.conditions[0])
    for coalition in coalitions_of(scene.everybody):
        if (scene.reached(coalition) & where).any():
            return None
    return False


_RULES: Mapping[str, Callable[[Scene, Predicate], Known]] = {
    "stable": _stable,
    "equilibrium": _equilibrium,
    "settle": _settle,
    "reachable": _reachable,
    "prefers": _prefers,
    "blocks": _blocks,
    "indispensable": _indispensable,
}
