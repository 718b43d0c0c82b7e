"""What a case leaves open, how others read it, and what is claimed of it: the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, Literal, TypeAlias

from detente.case.tree import Place

if TYPE_CHECKING:
    from detente.case.model import Clause, Evidence, Pairs, Preferences, Statement
    from detente.conditions import Expression

__all__ = [
    "FINE",
    "Answer",
    "AnyOrder",
    "Change",
    "Claim",
    "Either",
    "Interval",
    "Maybe",
    "NamedReading",
    "OpenRanking",
    "Question",
    "Uncertainty",
    "VerdictWord",
    "weak_orders",
]

VerdictWord = Literal["holds", "fails", "depends"]

FINE = 1 << 20
"""Number of equally spaced weights that stand for a continuous interval."""


@dataclass(frozen=True, slots=True)
class Maybe:
    """That a statement may not hold: with a probability that it does, or without."""

    probability: Fraction | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Either:
    """Alternative statements of which one holds."""

    id: str
    alternatives: tuple[Statement, ...]
    probabilities: tuple[Fraction, ...] | None
    question: str
    evidence: Evidence
    place: Place


@dataclass(frozen=True, slots=True)
class AnyOrder:
    """Statements whose order of importance is not known."""

    id: str
    statements: tuple[Statement, ...]
    question: str
    evidence: Evidence
    place: Place


@dataclass(frozen=True, slots=True)
class OpenRanking:
    """Groups of states, in a direct ranking, whose order is not known."""

    id: str
    groups: tuple[tuple[Clause, ...], ...]
    ties: bool
    question: str
    evidence: Evidence
    place: Place


@dataclass(frozen=True, slots=True)
class Interval:
    """A weight of which only the bounds are known; `steps` values stand for it."""

    id: str
    low: Fraction
    high: Fraction
    steps: int
    question: str
    evidence: Evidence
    place: Place

    def value(self, answer: int) -> Fraction:
        """Give one of the weights, the lowest first."""
        return self.low + (self.high - self.low) * Fraction(answer, self.steps - 1)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a case.

    Parameters
    ----------
    verb : str
        ``drop``, ``insert``, ``move``, ``replace``, ``unavailable``, ``status_quo`` or
        ``preferences``.
    target : str
        Id of the statement, or name of the option.
    dm : str
        The DM concerned, where it is one.
    statement : Statement or None
        What is inserted, or put in another's stead.
    where : {"before", "after", "first", "last"}
        Where to insert or to move.
    anchor : str
        Id of the statement that ``before`` and ``after`` refer to.
    clause : Clause or None
        The status quo.
    preferences : Preferences or None
        A DM's preferences anew.
    pairs : Pairs or None
        What they say of pairs of states.
    place : Place
        Where it stands in the file.
    evidence : Evidence
    """

    verb: str
    target: str
    dm: str
    place: Place
    evidence: Evidence
    statement: Statement | None = None
    where: Literal["before", "after", "first", "last"] = "last"
    anchor: str = ""
    clause: Clause | None = None
    preferences: Preferences | None = None
    pairs: Pairs | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to an open question: what it changes in the case."""

    id: str
    text: str
    changes: tuple[Change, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Question:
    """An open question about more than one statement: its answers, or an option's availability."""

    id: str
    option: str
    answers: tuple[Answer, ...]
    probabilities: tuple[Fraction, ...] | None
    question: str
    evidence: Evidence
    place: Place


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What is not known, whatever its kind, as a choice among answers.

    Parameters
    ----------
    id : str
        Its id in the case.
    kind : {"statement", "alternatives", "order", "weight", "option", "question"}
        What is uncertain.
    dms : tuple of str
        DMs whose preferences depend on it.
    size : int
        Number of answers.
    labels : tuple of str
        The answers in words; empty for a weight.
    base : int
        Answer of the case as written.
    probabilities : tuple of Fraction or None
        Probability of each answer; None if each counts alike.
    interval : Interval or None
        Of an uncertain weight.
    shapes_form : bool
        Whether states, moves or the status quo depend on it.
    question : str
    evidence : Evidence
    place : Place
    """

    id: str
    kind: Literal["statement", "alternatives", "order", "weight", "option", "question"]
    dms: tuple[str, ...]
    size: int
    labels: tuple[str, ...]
    base: int
    probabilities: tuple[Fraction, ...] | None
    question: str
    evidence: Evidence
    place: Place
    interval: Interval | None = None
    shapes_form: bool = False

    @property
    def continuous(self) -> bool:
        """Whether it stands for a continuum, so that readings can be drawn but not enumerated."""
        return self.interval is not None and self.size == FINE

    def label(self, answer: int) -> str:
        """Give an answer in words."""
        if self.interval is not None:
            value = self.interval.value(answer)
            return str(value) if value.denominator == 1 else f"{float(value):.6g}"
        return self.labels[answer]


@dataclass(frozen=True, slots=True)
class NamedReading:
    """How somebody reads the conflict: what is changed in the case, and which doubts are settled.

    Parameters
    ----------
    id, name, text : str
    settle : mapping of str to int
        Answer to each uncertainty that is settled.
    changes : tuple of Change
    evidence : Evidence
    place : Place
    """

    id: str
    name: str
    text: str
    settle: Mapping[str, int]
    changes: tuple[Change, ...]
    evidence: Evidence
    place: Place


@dataclass(frozen=True, slots=True)
class Claim:
    """What an argument asserts.

    Parameters
    ----------
    id, text : str
    clause : Clause
        The assertion as written.
    expect : mapping of str to str
        Verdict expected for a reading's id, or for ``all``; may be empty.
    evidence : Evidence
    place : Place
    """

    id: str
    text: str
    clause: Clause
    expect: Mapping[str, VerdictWord]
    evidence: Evidence
    place: Place

    @property
    def expression(self) -> Expression:
        """The assertion, parsed."""
        return self.clause.expression


_Order: TypeAlias = tuple[tuple[int, ...], ...]


@lru_cache(maxsize=16)
def weak_orders(n_items: int, *, ties: bool) -> tuple[_Order, ...]:
    """List the orders of some items, the order as given first.

    Parameters
    ----------
    n_items : int
        Number of items.
    ties : bool
        Whether some may be equal.

    Returns
    -------
    tuple of tuple of tuple of int
        Each order as groups of equal items, best first.

    Examples
    --------
    >>> weak_orders(2, ties=True)
    (((0,), (1,)), ((0, 1),), ((1,), (0,)))
    """
    if not ties:
        return tuple(tuple((i,) for i in order) for order in permutations(range(n_items)))
    found = {
        tuple(_grouped(order, cut))
        for order in permutations(range(n_items))
        for cut in range(1 << (n_items - 1))
    }
    straight = tuple((i,) for i in range(n_items))
    return (straight, *sorted(found - {straight}))


def _grouped(order: tuple[int, ...], cut: int) -> list[tuple[int, ...]]:
    groups: list[list[int]] = [[order[0]]]
    for position, item in enumerate(order[1:]):
        if cut >> position & 1:
            groups.append([item])
        else:
            groups[-1].append(item)
    return [tuple(sorted(group)) for group in groups]
