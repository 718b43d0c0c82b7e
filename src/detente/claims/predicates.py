"""The truth of each predicate, over many readings of the same states and moves at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from detente.coalitions import Bargaining, Coalition, as_grade, coalitions_of, improvable
from detente.conditions import Expression, Predicate, Vocabulary
from detente.conditions.vocabulary import names_used
from detente.conflict import Conflict, OptionForm, alike, search
from detente.errors import ConflictError
from detente.readings import Profiles
from detente.stability import CONCEPTS, analyze, analyze_many

__all__ = ["PREDICATE_TRUTHS", "Scene", "Truths"]

Truths = NDArray[np.bool_]
"""One truth value for each profile, shape (d,)."""

Mask = NDArray[np.bool_]


class Scene:
    """Profiles of one frame, with what their claims have in common worked out once.

    Parameters
    ----------
    profiles : Profiles
        d rankings of the same states and moves.
    words : Vocabulary
        What the names in conditions stand for.
    """

    def __init__(self, profiles: Profiles, words: Vocabulary) -> None:
        self.form = profiles.frame.form
        self.ranks = profiles.ranks
        self.words = words
        self._profiles = profiles
        self._start = profiles.frame.status_quo
        self._holds: dict[Expression, Mask] = {}
        self._tables: dict[str, NDArray[np.bool_]] = {}
        self._reached: dict[Coalition, Mask] = {}
        self._bargaining: dict[tuple[int, str], Bargaining] = {}

    @property
    def n_profiles(self) -> int:
        """Number of profiles, d."""
        return len(self.ranks)

    @property
    def everybody(self) -> Coalition:
        """All DMs."""
        return tuple(range(self.form.n_dms))

    @property
    def start(self) -> int:
        """The status quo.

        Raises
        ------
        ConflictError
            If there is none.
        """
        if self._start is None:
            raise ConflictError(
                "the claims speak of what can come about from here, and the case has no status "
                "quo: add “status_quo”"
            )
        return self._start

    def dm(self, name: str) -> int:
        """Give the index of a DM."""
        return self.form.decision_makers.index(name)

    def holds(self, condition: Expression) -> Mask:
        """Tell where a condition holds, shape (n,)."""
        if condition not in self._holds:
            self._holds[condition] = self.form.holds(condition, self.words)
        return self._holds[condition]

    def stable(self, concept: str) -> NDArray[np.bool_]:
        """Tell where each DM is stable in each profile, shape (d, m, n)."""
        if concept not in self._tables:
            if CONCEPTS[concept].needs_options:
                tables = [
                    analyze(self.conflict(profile), [concept]).stable(concept)
                    for profile in range(self.n_profiles)
                ]
                self._tables[concept] = np.stack(tables)
            else:
                many = analyze_many(self.form, self.ranks, [concept], keep="stable")
                self._tables[concept] = many[concept]
        return self._tables[concept]

    def conflict(self, profile: int) -> Conflict:
        """Give the conflict of one profile."""
        return self._profiles.conflict(profile)

    def reached(self, coalition: Coalition) -> Mask:
        """Tell which states some DMs can bring about by their own moves, shape (n,).

        The status quo is not among them.
        """
        if coalition not in self._reached:
            arcs = [self.form.moves(dm) for dm in coalition]
            found = (
                search(arcs, coalition, self.start).reached
                if coalition
                else np.zeros(self.form.n_states, dtype=bool)
            )
            self._reached[coalition] = found
        return self._reached[coalition]

    def at_start(self) -> Mask:
        """Mark the status quo, shape (n,)."""
        mark: Mask = np.arange(self.form.n_states) == self.start
        return mark

    def bargaining(self, profile: int, concept: str) -> Bargaining:
        """Give the settlement queries of one profile."""
        key = profile, concept
        if key not in self._bargaining:
            self._bargaining[key] = Bargaining(self.conflict(profile), self.start, concept)
        return self._bargaining[key]

    def settles(
        self, coalition: Coalition, where: Mask, words: Mapping[str, str], asked: Truths
    ) -> Truths:
        """Tell in which of the profiles asked about a coalition has a settlement of a kind."""
        grade, concept = as_grade(words["grade"].replace("_", "-")), words["concept"]
        members, states = np.array(coalition), np.flatnonzero(where & self.reached(coalition))
        profiles = np.flatnonzero(asked)
        ranks = self.ranks[np.ix_(profiles, members, states)]
        start = self.ranks[np.ix_(profiles, members, np.array([self.start]))]
        found = _all(ranks > start, axis=1)
        if grade != "agreed":
            stable = self.stable(concept)[np.ix_(profiles, members, states)]
            found &= _all(stable, axis=1)
        settled = np.zeros(self.n_profiles, dtype=np.bool_)
        left = _any(found)
        if grade == "agreed" or (grade == "self-enforcing" and len(coalition) == 1):
            settled[profiles[left]] = True
            return settled
        profiles = profiles[left]
        held = np.zeros((len(profiles), self.form.n_states), dtype=np.bool_)
        held[:, states] = found[left]
        for group in coalitions_of(coalition, min_size=2):
            held &= self._stable_together(group, concept, profiles, held)
        for position, profile in enumerate(profiles.tolist()):
            if grade == "spoiler-proof" and held[position].any():
                query = self.bargaining(profile, concept)
                held[position] &= ~query.spoiled(coalition, query.others(coalition))
        settled[profiles] = _any(held)
        return settled

    def _stable_together(
        self, group: Coalition, concept: str, profiles: NDArray[np.int64], asked: Mask
    ) -> Mask:
        """Tell where a coalition is stable in some profiles; only the entries asked for are meant.

        Shapes are (number of those profiles, n).
        """
        doubtful = asked
        if isinstance(self.form, OptionForm):
            concerned = np.flatnonzero(_any(asked))
            ranks = self.ranks[np.ix_(profiles[concerned], np.array(group))]
            doubtful = np.zeros_like(asked)
            doubtful[concerned] = improvable(self.form, group, ranks, asked[concerned])
            if concept == "nash":
                return ~doubtful
        stable = ~doubtful
        for position in np.flatnonzero(_any(doubtful)).tolist():
            query = self.bargaining(int(profiles[position]), concept)
            stable[position] |= query.stable(group, doubtful[position])
        return stable


def _any(table: NDArray[np.bool_]) -> Truths:
    found: Truths = np.logical_or.reduce(table, axis=-1)
    return found


def _all(table: NDArray[np.bool_], axis: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.logical_and.reduce(table, axis=axis)
    return found


def _same(scene: Scene, truth: bool) -> Truths:
    return np.full(scene.n_profiles, truth)


def _stable(scene: Scene, claim: Predicate) -> Truths:
    where = scene.holds(claim.conditions[0])
    if not where.any():
        return _same(scene, False)
    rows = [scene.dm(dm) for dm in claim.by] or list(scene.everybody)
    stable = _all(scene.stable(claim.words["concept"])[:, rows], axis=1)[:, where]
    return _all(stable, axis=1) if claim.words["mode"] == "every" else _any(stable)


def _equilibrium(scene: Scene, claim: Predicate) -> Truths:
    where = scene.holds(claim.conditions[0])
    equilibria = _all(scene.stable(claim.words["concept"]), axis=1)
    within = _any(equilibria & where)
    if claim.words["mode"] == "some":
        return within
    return within & ~_any(equilibria & ~where)


def _settle(scene: Scene, claim: Predicate) -> Truths:
    where = scene.holds(claim.conditions[0])
    members = [scene.dm(dm) for dm in claim.by]
    rest = [dm for dm in scene.everybody if dm not in members]
    left_out = [scene.dm(dm) for dm in claim.without] or rest
    free = [dm for dm in rest if dm not in left_out]
    joined = [tuple(sorted((*members, *more))) for more in ((), *coalitions_of(free))]
    return _some_settles(scene, joined, where, claim)


def _some_settles(
    scene: Scene, coalitions: Iterable[Coalition], where: Mask, claim: Predicate
) -> Truths:
    found = _same(scene, False)
    for coalition in coalitions:
        if found.all():
            break
        found |= scene.settles(coalition, where, claim.words, ~found)
    return found


def _reachable(scene: Scene, claim: Predicate) -> Truths:
    where = scene.holds(claim.conditions[0])
    if where[scene.start]:
        return _same(scene, True)
    movers = tuple(sorted(scene.dm(dm) for dm in claim.by)) or scene.everybody
    possible = bool((scene.reached(movers) & where).any())
    if claim.words["way"] == "moves" or not possible:
        return _same(scene, possible)
    found = _same(scene, False)
    for profile, ranks in enumerate(scene.ranks):
        arcs = [scene.form.moves(dm).improving(ranks[dm]) for dm in movers]
        reached = search(arcs, movers, scene.start, goal=where).reached
        found[profile] = (reached & where).any()
    return found


def _prefers(scene: Scene, claim: Predicate) -> Truths:
    better, worse = map(scene.holds, claim.conditions)
    rank = scene.ranks[:, scene.dm(claim.dm)]
    if not better.any() or not worse.any():
        return _same(scene, False)
    truth: Truths
    if claim.words["mode"] == "every":
        truth = rank[:, better].min(axis=1) > rank[:, worse].max(axis=1)
    elif claim.words["mode"] == "some":
        truth = rank[:, better].max(axis=1) > rank[:, worse].min(axis=1)
    else:
        truth = _prefers_alike(scene, claim, rank, (better, worse))
    return truth


def _prefers_alike(
    scene: Scene, claim: Predicate, rank: NDArray[np.int32], sides: tuple[Mask, Mask]
) -> Truths:
    """Compare states that are alike in every option that neither condition names."""
    named = reduce(frozenset.union, (names_used(c, scene.words) for c in claim.conditions))
    group = alike(scene.form, named)
    truth = _same(scene, True)
    compared = False
    for number in range(int(group.max(initial=0)) + 1):
        better, worse = (side & (group == number) for side in sides)
        if better.any() and worse.any():
            compared = True
            truth &= rank[:, better].min(axis=1) > rank[:, worse].max(axis=1)
    return truth & compared


def _blocks(scene: Scene, claim: Predicate) -> Truths:
    where = scene.holds(claim.conditions[0])
    dm = scene.dm(claim.dm)
    if not (where & (scene.reached(scene.everybody) | scene.at_start())).any():
        return _same(scene, False)
    others = tuple(other for other in scene.everybody if other != dm)
    brought = np.flatnonzero(where & (scene.reached(others) | scene.at_start()))
    arcs = scene.form.moves(dm)
    leaving = arcs.keep(~where[arcs.targets])
    rank = scene.ranks[:, dm]
    truth = _same(scene, True)
    for state in brought.tolist():
        targets = leaving.of(state)
        if claim.words["way"] == "moves":
            truth &= len(targets) > 0
        else:
            truth &= _any(rank[:, targets] > rank[:, [state]])
    return truth


def _indispensable(scene: Scene, claim: Predicate) -> Truths:
    where = scene.holds(claim.conditions[0])
    dm = scene.dm(claim.dm)
    every = coalitions_of(scene.everybody)
    without = _some_settles(scene, (c for c in every if dm not in c), where, claim)
    if without.all():
        return ~without
    return ~without & _some_settles(scene, (c for c in every if dm in c), where, claim)


PREDICATE_TRUTHS: Mapping[str, Callable[[Scene, Predicate], Truths]] = {
    "stable": _stable,
    "equilibrium": _equilibrium,
    "settle": _settle,
    "reachable": _reachable,
    "prefers": _prefers,
    "blocks": _blocks,
    "indispensable": _indispensable,
}
"""For each predicate of `detente.conditions.PREDICATES` its truth in each profile of a scene."""
