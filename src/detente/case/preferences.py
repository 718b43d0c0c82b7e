"""How a DM ranks the states, and what is said of pairs of them: the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from detente.case.doubts import AnyOrder, Either, Interval, OpenRanking
from detente.case.tree import Place

if TYPE_CHECKING:
    from detente.case.model import Clause, Evidence, Item, Statement

__all__ = ["PairStatement", "Pairs", "Preferences", "Prioritise", "Rank", "Weigh"]


@dataclass(frozen=True, slots=True)
class Prioritise:
    """Preference statements, the most important first, some of them perhaps uncertain."""

    items: tuple[Item, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of the case as written, every doubt aside."""
        return tuple(statement for item in self.items for statement in _as_written(item))


def _as_written(item: Item) -> tuple[Statement, ...]:
    if isinstance(item, Either):
        return item.alternatives[:1]
    return item.statements if isinstance(item, AnyOrder) else (item,)


@dataclass(frozen=True, slots=True)
class Weigh:
    """A weight for each level of the weighted options, by the option's index.

    Parameters
    ----------
    weights : mapping of int to tuple of Fraction
        As written; of an uncertain weight the middle.
    intervals : mapping of (int, int) to Interval
        The uncertain weights, by option and level.
    """

    weights: Mapping[int, tuple[Fraction, ...]]
    intervals: Mapping[tuple[int, int], Interval] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rank:
    """States from best to worst; each group's conditions together make one tie."""

    items: tuple[tuple[Clause, ...] | OpenRanking, ...]

    @property
    def groups(self) -> tuple[tuple[Clause, ...], ...]:
        """The groups of the case as written, every doubt aside."""
        return tuple(
            group
            for item in self.items
            for group in (item.groups if isinstance(item, OpenRanking) else (item,))
        )


Preferences: TypeAlias = Prioritise | Weigh | Rank


@dataclass(frozen=True, slots=True)
class PairStatement:
    """What is said of the pairs of a state that fulfils one condition and one that fulfils another.

    Parameters
    ----------
    kind : {"prefer", "unknown"}
        Whether the first of each pair is preferred, or their order is unknown.
    one : Clause
    other : Clause or None
        None for the negation of the first.
    alike : bool
        Whether only states are meant that agree in every option that neither condition names.
    greatly : bool
        Whether the first is greatly preferred.
    place : Place
    evidence : Evidence
    """

    kind: Literal["prefer", "unknown"]
    one: Clause
    other: Clause | None
    alike: bool
    greatly: bool
    place: Place
    evidence: Evidence

    def __str__(self) -> str:
        first, second = ("prefer", "to") if self.kind == "prefer" else ("unknown:", "and")
        words = [first, self.one.text, second, self.other.text if self.other else "what is not so"]
        words += ["(greatly)"] * self.greatly + ["(other things equal)"] * self.alike
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Pairs:
    """What is said of pairs of states, beyond a ranking or without one.

    Parameters
    ----------
    statements : tuple of PairStatement
    otherwise : {"", "equal", "unknown"}
        How pairs compare that are not given, where there is no ranking; empty for equal.
    transitive : bool
        Whether pairs are concluded that follow from those given.
    """

    statements: tuple[PairStatement, ...]
    otherwise: Literal["", "equal", "unknown"] = ""
    transitive: bool = False
