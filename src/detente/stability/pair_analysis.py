"""Stability where preferences are given pair by pair: four extensions, and two degrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detente.conditions import did_you_mean
from detente.conflict import Arcs, Form
from detente.errors import ConflictError
from detente.stability.analysis import judging
from detente.stability.concepts import DEFAULT_CONCEPTS, Concept, Conventions, Opponents
from detente.stability.concepts import concept as look_up
from detente.stability.pair_kernels import Bits, answered, bits, met, somewhere, unpacked
from detente.stability.pairwise import (
    DEGREES,
    EQUAL,
    EXTENSIONS,
    MUCH_BETTER,
    UNKNOWN,
    Degree,
    Extension,
    Relations,
    check_relations,
)

__all__ = ["PairAnalysis", "analyze_pairwise", "on_pairs", "stable_pairwise"]

Table = NDArray[np.bool_]


def on_pairs(key: str, degree: str = "general") -> str:
    """Say why a concept is not defined on pairs of states, to a degree; empty if it is.

    Raises
    ------
    ConflictError
        If there is no such concept or degree.

    Examples
    --------
    >>> on_pairs("seq", "strong"), on_pairs("nash", "strong")
    ('', 'Nash stability is neither strong nor weak')
    """
    _known(degree, DEGREES, "degree")
    meant = look_up(key)
    if meant.sanction == "simultaneous":
        return "it is not defined on pairs of states: choose nash, gmr, smr, seq or sseq"
    if meant.sanction == "none" and degree != "general":
        return "Nash stability is neither strong nor weak"
    return ""


def _known(name: str, names: Sequence[str], what: str) -> None:
    if name not in names:
        raise ConflictError(f"there is no {what} {name!r}{did_you_mean(name, names)}")


class _Judge:
    """What one DM makes of each state, worked out as it is asked for and kept."""

    def __init__(self, form: Form, relations: Relations, dm: int, conventions: Conventions) -> None:
        self._form = form
        self._relations = relations
        self._own = relations[dm]
        self._dm = dm
        self._conventions = conventions
        self._moves = form.moves(dm)
        self._responses: dict[bool, Bits] = {}
        self._deterred: dict[tuple[bool, bool, bool, bool], Table] = {}
        self._sanctions: dict[tuple[bool, bool, bool], Bits] = {}

    @cached_property
    def leaving(self) -> Arcs:
        """Moves to better states and to states of unknown order."""
        return _improving(self._moves, self._own)

    @cached_property
    def _certain(self) -> Table:
        """Which of them lead to better states."""
        certain: Table = self._own[self.leaving.targets, self.leaving.sources] != UNKNOWN
        return certain

    def departures(self, meant: Concept, extension: Extension, degree: Degree) -> Arcs:
        """List the moves by which the DM leaves, for nothing deters it."""
        bold, strong = extension in ("a", "c"), degree == "strong"
        free = np.ones(len(self.leaving.targets), dtype=bool) if bold else self._certain
        if meant.sanction == "none":
            return self.leaving.keep(free)
        deterred = self.deterred(meant, strong=strong, uncertain=extension in ("c", "d"))
        return self.leaving.keep(free & ~deterred)

    def stable(self, meant: Concept, extension: Extension, degree: Degree) -> Table:
        """Tell where the DM is stable, shape (n,)."""
        if degree == "weak":
            general = self.stable(meant, extension, "general")
            return general & ~self.stable(meant, extension, "strong")
        departures = self.departures(meant, extension, degree)
        return np.equal(departures.degrees, 0)

    def deterred(self, meant: Concept, *, strong: bool, uncertain: bool) -> Table:
        """Tell which of the moves in `leaving` are answered by a state that sanctions them."""
        credible = meant.sanction == "credible"
        key = (credible, meant.symmetric, strong, uncertain)
        if key not in self._deterred and not self._responding(credible).any():
            self._deterred[key] = np.zeros(len(self.leaving.targets), dtype=bool)
        if key not in self._deterred:
            sanctions = self._sanctioning(
                symmetric=meant.symmetric, strong=strong, uncertain=uncertain
            )
            self._deterred[key] = met(self.leaving, self._responding(credible), sanctions)
        return self._deterred[key]

    def _responding(self, credible: bool) -> Bits:
        """For each state a bit for each that opponents can bring about from there."""
        if credible not in self._responses:
            arcs = []
            for other in range(self._form.n_dms):
                if other != self._dm:
                    moves = self._form.moves(other)
                    arcs.append(_improving(moves, self._relations[other]) if credible else moves)
            opponents = self._conventions.opponents
            self._responses[credible] = answered(arcs, self._form.n_states, opponents)
        return self._responses[credible]

    def _sanctioning(self, *, symmetric: bool, strong: bool, uncertain: bool) -> Bits:
        """For each state a bit for each that sanctions leaving it."""
        key = (symmetric, strong, uncertain)
        if key not in self._sanctions:
            # How the row's state, the one left, compares with the column's, the sanction.
            own = self._own
            bad = own == MUCH_BETTER if strong else (own >= EQUAL) & (own != UNKNOWN)
            if uncertain:
                bad |= own == UNKNOWN
            if symmetric:
                free = somewhere(self._moves, bits(np.logical_not(bad.T, order="C")))
                bad &= ~np.ascontiguousarray(unpacked(free, len(bad)).T)
            if not self._conventions.status_quo_sanctions:
                np.fill_diagonal(bad, val=False)
            self._sanctions[key] = bits(bad)
        return self._sanctions[key]


def _improving(arcs: Arcs, own: Relations) -> Arcs:
    """Keep the moves to better states and those of unknown order."""
    return arcs.keep(own[arcs.targets, arcs.sources] > EQUAL)


def stable_pairwise(
    form: Form,
    relations: Relations,
    concept: str,
    dm: int,
    *,
    extension: Extension = "a",
    degree: Degree = "general",
) -> NDArray[np.bool_]:
    """Tell where a DM is stable, with unknown pairs and two degrees of strength.

    Parameters
    ----------
    form : OptionForm or GraphForm
        States and moves.
    relations : ndarray of int8, shape (m, n, n)
        As from `pairwise`.
    concept : str
        Out of ``nash gmr smr seq sseq``.
    dm : int
        Index of the DM.
    extension : {"a", "b", "c", "d"}
        Attitude to unknown pairs; without any, all four agree.
    degree : {"general", "strong", "weak"}
        Which stability is meant; Nash stability has no degree.

    Returns
    -------
    ndarray of bool, shape (n,)

    Raises
    ------
    ConflictError
        If a name is wrong, the relations contradict themselves, or Nash is asked for by degree.

    Notes
    -----
    In extensions a and c the DM may also leave for a state of unknown order, and in c and d a state
    of unknown order also sanctions; opponents who must improve may always move into unknown
    ([LiHipelKilgourFang2004][]; [XuHipelKilgourChen2010][]). Strong stability asks that sanctions,
    and in the symmetric concepts all that the DM can respond with, leave it much worse off;
    weak is general but not strong ([HamoudaKilgourHipel2004][], [HamoudaKilgourHipel2006][]). Where
    a DM has no improvement, its stability is strong. Opponents answer by legal sequences, and
    being brought back counts as a sanction. The time grows with the states times the moves.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> from detente.stability import pairwise
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> relations = pairwise(prisoners.ranks, greatly=[[(3, 1)]])
    >>> stable_pairwise(prisoners.form, relations, "seq", 0, degree="general")
    array([ True, False,  True,  True])
    >>> stable_pairwise(prisoners.form, relations, "seq", 0, degree="strong")
    array([ True, False,  True, False])
    """
    _known(extension, EXTENSIONS, "extension")
    if reason := on_pairs(concept, degree):
        raise ConflictError(reason if reason.startswith("Nash") else f"{concept}: {reason}")
    check_relations(form, relations)
    judge = _Judge(form, relations, dm, Conventions())
    return judge.stable(look_up(concept), extension, degree)


@dataclass(frozen=True, eq=False)
class PairAnalysis:
    """The stability of every state where preferences are given pair by pair.

    Parameters
    ----------
    form : OptionForm or GraphForm
        States and moves.
    conventions : Conventions
        How opponents answer, and whether the status quo sanctions.
    concepts : tuple of str
        Keys of the concepts analysed.
    not_applicable : mapping of str to str
        Concepts asked for that are not defined on pairs, with the reason.
    unknown, great : bool
        Whether some DM leaves a pair unknown, and whether one greatly prefers a state to another.
    """

    form: Form
    conventions: Conventions
    concepts: tuple[str, ...]
    not_applicable: Mapping[str, str]
    unknown: bool
    great: bool
    _judges: tuple[_Judge, ...] = field(repr=False)

    def stable(
        self, concept: str, extension: Extension | None = None, degree: Degree = "general"
    ) -> Table:
        """Give where each DM is stable.

        Parameters
        ----------
        concept : str
            Key of a concept that was analysed.
        extension : {"a", "b", "c", "d"}, optional
            Attitude to unknown pairs; without it, what holds in all four.
        degree : {"general", "strong", "weak"}

        Returns
        -------
        ndarray of bool, shape (m, n)

        Raises
        ------
        ConflictError
            If the concept was not analysed, or has no degrees.
        """
        meant = self._meant(concept, degree)
        if extension is not None:
            _known(extension, EXTENSIONS, "extension")
            return np.stack([judge.stable(meant, extension, degree) for judge in self._judges])
        everywhere: Table = np.all([self.stable(concept, e, degree) for e in EXTENSIONS], axis=0)
        return everywhere

    def equilibria(
        self,
        concept: str | Mapping[str, str],
        extension: Extension | None = None,
        degree: Degree = "general",
    ) -> NDArray[np.intp]:
        """List the states that are stable for every DM.

        Parameters
        ----------
        concept : str or mapping of str to str
            Key of a concept; or for each DM's id the key of the concept by which it is judged.
        extension, degree
            See `stable`.
        """
        if isinstance(concept, str):
            return np.flatnonzero(self.stable(concept, extension, degree).all(axis=0))
        keys = judging(self.form.decision_makers, concept)
        rows = [self.stable(key, extension, degree)[dm] for dm, key in enumerate(keys)]
        return np.flatnonzero(np.all(rows, axis=0))

    def departures(
        self, concept: str, dm: int, extension: Extension = "a", degree: Degree = "general"
    ) -> Arcs:
        """List the moves by which a DM leaves, for nothing deters it."""
        return self._judges[dm].departures(self._meant(concept, degree), extension, degree)

    def _meant(self, concept: str, degree: Degree) -> Concept:
        if concept not in self.concepts:
            reason = self.not_applicable.get(concept)
            hint = did_you_mean(concept, self.concepts)
            raise ConflictError(
                f"{concept} is not applicable: {reason}"
                if reason
                else f"the concept {concept!r} was not analysed{hint}"
            )
        if reason := on_pairs(concept, degree):
            raise ConflictError(reason)
        return look_up(concept)


def analyze_pairwise(
    form: Form,
    relations: Relations,
    concepts: Iterable[str] = DEFAULT_CONCEPTS,
    *,
    opponents: Opponents = "legal",
    status_quo_sanctions: bool = True,
) -> PairAnalysis:
    """Find which states are stable for each DM, in each extension and to each degree.

    Parameters
    ----------
    form : OptionForm or GraphForm
        States and moves.
    relations : ndarray of int8, shape (m, n, n)
        As from `pairwise`.
    concepts : iterable of str
        Keys of solution concepts.
    opponents : {"legal", "once", "single"}
        How several opponents may answer, see `Conventions`.
    status_quo_sanctions : bool
        Whether being brought back to the state left counts as a sanction.

    Returns
    -------
    PairAnalysis
        Which works out what it is asked for, and keeps it.

    Raises
    ------
    ConflictError
        If a concept does not exist, or the relations contradict themselves.

    Notes
    -----
    The definitions are those of `stable_pairwise`. What opponents can answer depends neither on the
    extension nor on the degree: it is worked out once for each DM and each kind of answer, as
    *n*² bits. Time grows with the moves times the states.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> from detente.stability import pairwise
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> relations = pairwise(prisoners.ranks, unknown=[[(0, 1)], [(0, 2)]])
    >>> found = analyze_pairwise(prisoners.form, relations, ["nash"])
    >>> {extension: found.equilibria("nash", extension).tolist() for extension in "abcd"}
    {'a': [], 'b': [0, 1, 2], 'c': [], 'd': [0, 1, 2]}
    """
    conventions = Conventions(opponents, status_quo_sanctions)
    wanted = tuple(dict.fromkeys(concepts))
    reasons = {key: on_pairs(key) for key in wanted}
    check_relations(form, relations)
    return PairAnalysis(
        form,
        conventions,
        tuple(key for key in wanted if not reasons[key]),
        {key: reason for key, reason in reasons.items() if reason},
        bool((relations == UNKNOWN).any()),
        bool((relations == MUCH_BETTER).any()),
        tuple(_Judge(form, relations, dm, conventions) for dm in range(form.n_dms)),
    )
