"""Stability where preferences are given pair by pair: unknown, or of two degrees of strength."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.conditions import did_you_mean
from detente.conflict import Arcs, Form, search
from detente.errors import ConflictError, SizeError
from detente.stability.concepts import Concept
from detente.stability.concepts import concept as look_up

__all__ = [
    "BETTER",
    "EQUAL",
    "MUCH_BETTER",
    "MUCH_WORSE",
    "UNKNOWN",
    "WORSE",
    "Degree",
    "Extension",
    "pairwise",
    "stable_pairwise",
]

MUCH_BETTER, BETTER, EQUAL, WORSE, MUCH_WORSE, UNKNOWN = 2, 1, 0, -1, -2, 9
"""How the first state of a pair compares with the second."""

Extension = Literal["a", "b", "c", "d"]
"""Attitude to unknown pairs, from the most aggressive to the most conservative."""

Degree = Literal["general", "strong", "weak"]
"""Whether sanctions must leave the DM worse off or no better, or much worse off."""

Relations: TypeAlias = NDArray[np.int8]
Pairs: TypeAlias = Iterable[tuple[int, int]]

_MAX_STATES = 8192


def pairwise(
    ranks: ArrayLike, *, unknown: Sequence[Pairs] = (), greatly: Sequence[Pairs] = ()
) -> Relations:
    """Turn ranks into relations between pairs of states, with some pairs given apart.

    Parameters
    ----------
    ranks : array_like of int, shape (m, n)
        Rank of each state for each DM; higher is better.
    unknown : sequence of iterable of (int, int)
        For each DM the pairs whose order is unknown.
    greatly : sequence of iterable of (int, int)
        For each DM the pairs of which the first state is greatly preferred. A pair that is also
        unknown is unknown.

    Returns
    -------
    ndarray of int8, shape (m, n, n)
        How the row's state compares with the column's, for each DM: one of `MUCH_BETTER`,
        `BETTER`, `EQUAL`, `WORSE`, `MUCH_WORSE`, `UNKNOWN`.

    Raises
    ------
    SizeError
        If there are too many states for a table of pairs.

    Notes
    -----
    The relations need not be transitive, and nothing is concluded from them: a is better than b
    and b than c, and the order of a and c may be unknown.

    Examples
    --------
    >>> pairwise([[0, 1, 2]], unknown=[[(0, 1)]], greatly=[[(2, 0)]])[0]
    array([[ 0,  9, -2],
           [ 9,  0, -1],
           [ 2,  1,  0]], dtype=int8)
    """
    table = np.asarray(ranks)
    n_states = table.shape[-1]
    if n_states > _MAX_STATES:
        message = f"{n_states} states are too many for pairs: at most {_MAX_STATES} are handled"
        raise SizeError(message)
    relations: Relations = np.sign(table[:, :, None] - table[:, None, :]).astype(np.int8)
    for own, pairs in zip(relations, greatly, strict=False):
        for better, worse in pairs:
            own[better, worse], own[worse, better] = MUCH_BETTER, MUCH_WORSE
    for own, pairs in zip(relations, unknown, strict=False):
        for one, other in pairs:
            own[one, other] = own[other, one] = UNKNOWN
    return relations


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
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> relations = pairwise(prisoners.ranks, greatly=[[(3, 1)]])
    >>> stable_pairwise(prisoners.form, relations, "seq", 0, degree="general")
    array([ True, False,  True,  True])
    >>> stable_pairwise(prisoners.form, relations, "seq", 0, degree="strong")
    array([ True, False,  True, False])
    """
    meant = _checked(form, relations, concept, extension, degree)
    if degree == "weak":
        general, strong = (
            stable_pairwise(form, relations, concept, dm, extension=extension, degree=one)
            for one in ("general", "strong")
        )
        return general & ~strong
    own, moves = relations[dm], form.moves(dm)
    leaving = _kept(moves, own, uncertain=extension in ("a", "c"))
    if meant.sanction == "none":
        return np.equal(leaving.starts[1:], leaving.starts[:-1])
    bad: NDArray[np.bool_] = own <= (MUCH_WORSE if degree == "strong" else EQUAL)
    if extension in ("c", "d"):
        bad |= own == UNKNOWN
    if meant.symmetric:
        bad &= _everywhere(moves, bad)
    others = [other for other in range(form.n_dms) if other != dm]
    answers = [
        _kept(form.moves(other), relations[other], uncertain=True)
        if meant.sanction == "credible"
        else form.moves(other)
        for other in others
    ]
    return _sanctioned(leaving, answers, others, bad)


def _checked(form: Form, relations: Relations, key: str, extension: str, degree: str) -> Concept:
    meant = look_up(key)
    if meant.sanction == "simultaneous":
        raise ConflictError(f"{key} is not defined on pairs: choose nash, gmr, smr, seq or sseq")
    for name, valid in ((extension, "abcd"), (degree, ("general", "strong", "weak"))):
        if name not in tuple(valid):
            raise ConflictError(f"there is no {name!r} here{did_you_mean(name, valid)}")
    if meant.sanction == "none" and degree != "general":
        raise ConflictError("Nash stability is neither strong nor weak")
    shape = (form.n_dms, form.n_states, form.n_states)
    if relations.shape != shape:
        message = f"the relations have the shape {relations.shape}: it should be {shape}"
        raise ConflictError(message)
    turned = np.where(relations == UNKNOWN, UNKNOWN, -relations)
    if not (relations.transpose(0, 2, 1) == turned).all():
        message = "some pair compares one way and not the other: give both, or use pairwise()"
        raise ConflictError(message)
    return meant


def _kept(arcs: Arcs, own: Relations, *, uncertain: bool) -> Arcs:
    """Keep the moves to better states, and if wanted those of unknown order."""
    compared = own[arcs.targets, arcs.sources]
    kept = (compared > EQUAL) & (compared != UNKNOWN)
    return arcs.keep(kept | (compared == UNKNOWN) if uncertain else kept)


def _everywhere(moves: Arcs, bad: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell for which pairs of states all moves from the first are bad seen from the second."""
    held = np.ones_like(bad)
    filled = moves.starts[:-1] < moves.starts[1:]
    if filled.any():
        held[filled] = np.logical_and.reduceat(bad[moves.targets], moves.starts[:-1][filled])
    return held


def _sanctioned(
    leaving: Arcs, answers: Sequence[Arcs], others: Sequence[int], bad: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell where every way of leaving is answered by a state that is bad seen from there."""
    stable = np.ones(len(bad), dtype=bool)
    sources = leaving.sources
    for target in np.unique(leaving.targets).tolist():
        left = sources[leaving.targets == target]
        if not others:
            stable[left] = False
            continue
        reached = search(answers, others, target).reached
        stable[left] &= np.logical_or.reduce(bad[np.ix_(reached, left)], axis=0)
    return stable
