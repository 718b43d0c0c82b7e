"""Leverage: who is needed for a settlement, who can spoil one, who can be made to accept one."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.coalitions.groups import Coalition, coalitions_of
from detente.coalitions.settlement import Bargaining, Grade, Settlements, as_grade
from detente.conflict import Conflict, Path, search

__all__ = ["Accepted", "Leverage", "Party", "Spoiling", "Swing", "Treaty", "leverage"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Treaty:
    """One settlement, as an example.

    Parameters
    ----------
    coalition : tuple of int
        Who settles.
    state : int
        On what.
    path : Path
        Their moves from the status quo, as few as possible.
    """

    coalition: Coalition
    state: int
    path: Path


@dataclass(frozen=True, slots=True)
class Spoiling:
    """How a DM spoils a self-enforcing settlement of others.

    Parameters
    ----------
    treaty : Treaty
        What is spoiled.
    path : Path
        Improvements of outsiders, the DM's among them, that spoil it.
    alone : bool
        Whether the DM's own improvements are enough.
    hurt : tuple of int
        Members left worse off than at the status quo.
    """

    treaty: Treaty
    path: Path
    alone: bool
    hurt: Coalition


@dataclass(frozen=True, slots=True)
class Accepted:
    """A settlement of others that a DM has no unsanctioned improvement from.

    Parameters
    ----------
    treaty : Treaty
        What it accepts.
    worse : bool
        Whether the DM likes it less than the status quo.
    """

    treaty: Treaty
    worse: bool


@dataclass(frozen=True, slots=True)
class Swing:
    """A coalition that can settle with a DM and cannot without it.

    Parameters
    ----------
    dm : int
        Index of the DM.
    coalition : tuple of int
        The coalition, the DM included.
    treaty : Treaty
        A settlement that some of them, the DM included, reach; its path holds the moves.
    """

    dm: int
    coalition: Coalition
    treaty: Treaty


@dataclass(frozen=True, slots=True)
class Party:
    """How a conflict's settlements depend on one DM.

    Parameters
    ----------
    dm : int
        Index of the DM.
    without : Treaty or None
        A settlement that leaves it out; None if there is none.
    needed : bool
        Whether there are settlements, but none without it.
    spoils : Spoiling or None
        A self-enforcing settlement of others that it spoils, alone if possible.
    accepts : Accepted or None
        A settlement of others that it accepts, one that it likes less than the status quo if
        possible; None if there is none.
    shapley_shubik, banzhaf : Fraction
        Its power: see `leverage`.
    """

    dm: int
    without: Treaty | None
    needed: bool
    spoils: Spoiling | None
    accepts: Accepted | None
    shapley_shubik: Fraction
    banzhaf: Fraction


@dataclass(frozen=True, eq=False)
class Leverage:
    """Who can settle with whom, and what each DM counts for.

    Parameters
    ----------
    bargaining : Bargaining
        The conflict, the status quo and the concept.
    grade : str
        How firm a settlement was asked for.
    settlements : tuple of Settlements
        Of every coalition, smaller ones first.
    able : tuple of tuple of int
        Coalitions that contain one with a settlement of the kind and grade.
    minimal : tuple of tuple of int
        Those among them of which no proper part is able.
    parties : tuple of Party
        One for each DM.
    swings : tuple of Swing
        Behind the numbers: every coalition that a DM turns from unable to able.
    """

    bargaining: Bargaining = field(repr=False)
    grade: Grade
    settlements: tuple[Settlements, ...] = field(repr=False)
    able: tuple[Coalition, ...]
    minimal: tuple[Coalition, ...]
    parties: tuple[Party, ...]
    swings: tuple[Swing, ...] = field(repr=False)


def leverage(
    conflict: Conflict,
    *,
    grade: str = "self-enforcing",
    where: ArrayLike | None = None,
    start: int | None = None,
    concept: str = "seq",
) -> Leverage:
    """Find out whom a settlement depends on.

    Parameters
    ----------
    conflict : Conflict
        States, moves and rankings, of at most eight DMs.
    grade : {"agreed", "self-enforcing", "spoiler-proof"}
        How firm a settlement must be.
    where : array_like of bool, shape (n,), optional
        Kind of state wanted; by default any.
    start : int, optional
        The status quo; by default the conflict's own.
    concept : {"nash", "gmr", "smr", "seq"}
        By which members, coalitions of members, and acceptance are judged.

    Returns
    -------
    Leverage

    Raises
    ------
    ConflictError
        If a grade, state or concept does not exist.
    SizeError
        If there are too many DMs.

    Notes
    -----
    A coalition is *able* if it, or some of its members, have a settlement of the kind. That makes
    a simple game that grows with its coalitions. The Shapley–Shubik value of a DM is the share of
    all orders of arrival in which it makes those before it able ([ShapleyShubik1954][]); the
    Banzhaf value is the share of all coalitions of the others that it makes able ([Banzhaf1965][]).
    Both are exact. All are zero where no coalition is able.

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> found = leverage(prisoners, start=0)
    >>> [(party.needed, party.shapley_shubik) for party in found.parties]
    [(True, Fraction(1, 2)), (True, Fraction(1, 2))]
    """
    wanted = as_grade(grade)
    query = Bargaining(conflict, start, concept)
    everybody = coalitions_of(range(conflict.n_dms))
    table = {coalition: query.settle(coalition, where) for coalition in everybody}
    own = [coalition for coalition in everybody if table[coalition].of(wanted).any()]
    minimal = [c for c in own if not any(set(part) < set(c) for part in own)]
    able = [c for c in everybody if any(set(part) <= set(c) for part in minimal)]
    swings = tuple(_swings(query, table, wanted, able, minimal))
    parties = tuple(
        _party(query, table, wanted, own, [swing for swing in swings if swing.dm == dm], dm)
        for dm in range(conflict.n_dms)
    )
    settled = tuple(table.values())
    return Leverage(query, wanted, settled, tuple(able), tuple(minimal), parties, swings)


def _swings(
    query: Bargaining,
    table: dict[Coalition, Settlements],
    grade: Grade,
    able: list[Coalition],
    minimal: list[Coalition],
) -> list[Swing]:
    able_ones = set(able)
    treaties = {part: _treaty(query, table[part], grade) for part in minimal}
    swings = []
    for coalition in able:
        for dm in coalition:
            if tuple(other for other in coalition if other != dm) in able_ones:
                continue
            part = next(part for part in minimal if set(part) <= set(coalition))
            swings.append(Swing(dm, coalition, treaties[part]))
    return swings


def _party(
    query: Bargaining,
    table: dict[Coalition, Settlements],
    grade: Grade,
    own: list[Coalition],
    swings: list[Swing],
    dm: int,
) -> Party:
    n_dms = query.conflict.n_dms
    left_out = [coalition for coalition in own if dm not in coalition]
    without = _treaty(query, table[left_out[0]], grade) if left_out else None
    others = [found for coalition, found in table.items() if dm not in coalition]
    orders = sum(
        factorial(len(swing.coalition) - 1) * factorial(n_dms - len(swing.coalition))
        for swing in swings
    )
    return Party(
        dm,
        without,
        bool(own) and without is None,
        _spoiling(query, others, dm),
        _accepted(query, [table[coalition] for coalition in left_out], grade, dm),
        Fraction(orders, factorial(n_dms)),
        Fraction(len(swings), 2 ** (n_dms - 1)),
    )


def _treaty(query: Bargaining, found: Settlements, grade: Grade) -> Treaty:
    return _signed(query, found.coalition, found.of(grade))


def _signed(query: Bargaining, coalition: Coalition, states: Mask) -> Treaty:
    """Give the settlement among some states that takes the fewest moves."""
    path = query.joint.reach(coalition, query.start, goal=states).path_to_any(states)
    assert path is not None  # noqa: S101 - the states have been found by the same moves
    return Treaty(coalition, path.end, path)


def _spoiling(query: Bargaining, others: list[Settlements], dm: int) -> Spoiling | None:
    for alone in (True, False):
        for found in others:
            firm = found.self_enforcing
            if not firm.any():
                continue
            spoilers = (dm,) if alone else found.outsiders
            broken = firm & query.spoiled(found.coalition, spoilers)
            if not alone:
                rest = tuple(other for other in spoilers if other != dm)
                broken &= ~query.spoiled(found.coalition, rest)
            if broken.any():
                return _spoiled(query, found, broken, spoilers, alone=alone)
    return None


def _spoiled(
    query: Bargaining, found: Settlements, broken: Mask, spoilers: Coalition, *, alone: bool
) -> Spoiling:
    treaty = _signed(query, found.coalition, broken)
    bad = query.hurt(found.coalition)
    improving = query.improving(spoilers)
    path = search(improving, spoilers, treaty.state, goal=bad).path_to_any(bad)
    assert path is not None  # noqa: S101 - that a path exists is how the state was found
    ranks = query.conflict.ranks
    hurt = tuple(i for i in found.coalition if ranks[i, path.end] < ranks[i, query.start])
    return Spoiling(treaty, path, alone, hurt)


def _accepted(
    query: Bargaining, others: list[Settlements], grade: Grade, dm: int
) -> Accepted | None:
    rank = query.conflict.ranks[dm]
    worse = rank < rank[query.start]
    for unwelcome in (True, False):
        for found in others:
            signed = found.of(grade)
            accepted = signed & query.stable((dm,), signed) & (worse == unwelcome)
            if accepted.any():
                return Accepted(_signed(query, found.coalition, accepted), unwelcome)
    return None
