"""A case: what an analyst says about a conflict, each element with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from detente.case.doubts import (
    AnyOrder,
    Claim,
    Either,
    Maybe,
    NamedReading,
    Question,
    Uncertainty,
)
from detente.case.preferences import Pairs, PairStatement, Preferences, Prioritise, Rank, Weigh
from detente.case.tree import Place
from detente.conditions import Expression, Vocabulary
from detente.conflict import Option
from detente.stability import Degree

if TYPE_CHECKING:
    from detente.case.building import Model
    from detente.case.perspectives import Perspective
    from detente.conflict import Conflict
    from detente.readings import Readings

__all__ = [
    "Case",
    "Citation",
    "Clause",
    "DecisionMaker",
    "Evidence",
    "Outcome",
    "PairStatement",
    "Pairs",
    "Preferences",
    "Prioritise",
    "PublishedResult",
    "Rank",
    "Rule",
    "Source",
    "Standing",
    "Statement",
    "Weigh",
]

Standing = Literal["stated", "implied", "assumed"]
"""How a source supports an element."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage: the source's id, a locator within it, and quoted words.

    Parameters
    ----------
    source, at : str
    quote : str
        A few words of the passage; “first … last” for a longer stretch.
    after : str
        Words right before them, where they stand in the passage more than once.
    place : Place
        Where it stands in the file: no part of what is cited.
    """

    source: str
    at: str = ""
    quote: str = ""
    after: str = ""
    place: Place = field(default=Place(1, 1), compare=False)

    def __str__(self) -> str:
        return f"{self.source} {self.at}".strip()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an element is in the case: citations, the analyst's reason, and how it is supported."""

    cite: tuple[Citation, ...] = ()
    because: str = ""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition as written, with its place in the file."""

    text: str
    expression: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class Source:
    """What the case rests on."""

    id: str
    title: str
    author: str = ""
    outlet: str = ""
    affiliation: str = ""
    kind: str = ""
    published: str = ""
    events: str = ""
    retrieved: str = ""
    reference: str = ""
    sha256: str = ""
    file: str = ""
    defects: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class OptionText:
    """An option's wording and evidence; what it does is in `~detente.conflict.Option`."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Statement:
    """A preference statement: a condition that a DM would rather see true, or may."""

    clause: Clause
    id: str = ""
    evidence: Evidence = Evidence()
    maybe: Maybe | None = None
    greatly: bool = False


Item: TypeAlias = Statement | Either | AnyOrder
"""What stands in a list of preference statements."""


@dataclass(frozen=True, slots=True)
class DecisionMaker:
    """A party that can act or has a stake.

    Parameters
    ----------
    id, name, notes : str
        Its id, its name for readers, and who is meant.
    options : mapping of str to OptionText
        Wording of its options, by their short id.
    moves : tuple of (int, int)
        Its moves, where the conflict is given as a graph.
    preferences : Prioritise, Weigh, Rank or None
        How it ranks the states; None if it does not.
    pairs : Pairs or None
        What is said of pairs of states; without it and without a ranking it is indifferent.
    evidence : Evidence
        Why it is in the case.
    place : Place
        Where it stands.
    """

    id: str
    name: str
    notes: str
    options: Mapping[str, OptionText]
    moves: tuple[tuple[int, int], ...]
    preferences: Preferences | None
    evidence: Evidence
    place: Place
    pairs: Pairs | None = None

    @property
    def by_pairs(self) -> bool:
        """Whether its preferences say more than a ranking can."""
        if self.pairs is not None:
            return True
        found = self.preferences
        return isinstance(found, Prioritise) and any(s.greatly for s in found.statements)


@dataclass(frozen=True, slots=True)
class Rule:
    """A feasibility rule.

    Parameters
    ----------
    kind : str
        ``never``, ``always``, ``exclusive``, ``at_least_one`` or ``requires``.
    clauses : tuple of Clause
        The conditions as written.
    allowed : Expression
        What every feasible state fulfils.
    reason : {"logical", "preferential", ""}
        Why the states that it removes cannot be.
    place : Place
        Where the rule stands.
    evidence : Evidence
        Why it is in the case.
    """

    kind: str
    clauses: tuple[Clause, ...]
    allowed: Expression
    reason: str
    place: Place
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Outcome:
    """A name for a condition."""

    id: str
    clause: Clause
    text: str = ""
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """A published result: exactly these states are stable for a DM, or equilibria.

    Where it is about unknown pairs, `extension` has the letters of the extensions that it holds in;
    without them it is about what holds in all four. `degree` is that of strength.
    """

    concept: str
    dm: str
    states: tuple[Clause, ...]
    opponents: Literal["legal", "once", "single"]
    place: Place
    evidence: Evidence
    treatment: Literal["", "hypergame", "moves"] = ""
    extension: str = ""
    degree: Degree = "general"

    @property
    def qualified(self) -> str:
        """Extensions and degree, to follow the name of the concept; empty where none is named."""
        words = [self.extension] * bool(self.extension)
        words += [self.degree] * (self.degree != "general")
        return "".join(f" {word}" for word in words)


@dataclass(frozen=True)
class Case:
    """A conflict as an analyst states it; load one with `detente.load`.

    Parameters
    ----------
    file : str
        Path of the case file as it was given.
    title, question, notes : str
        What the case is about.
    sources : mapping of str to Source
        What it rests on.
    decision_makers : tuple of DecisionMaker
        In order.
    options : tuple of Option
        All options, grouped by DM, with their bits laid out.
    states : mapping of str to str
        Ids and texts of the states, where the conflict is given as a graph; else empty.
    rules : tuple of Rule
    outcomes : mapping of str to Outcome
    coalesce : tuple of Clause
    status_quo : Clause or None
    results : tuple of PublishedResult
    vocabulary : Vocabulary
        All names that conditions may use.
    questions : tuple of Question
        What is uncertain beyond single statements.
    readings : mapping of str to NamedReading
    claims : mapping of str to Claim
    unavailable : tuple of int
        Options that their DMs do not have.
    perspectives : mapping of str to Perspective
        How DMs, by id, see the conflict, where they see it otherwise than the case has it.

    Examples
    --------
    >>> from detente.case import load
    >>> case = load("elmira")
    >>> case.title
    'Elmira groundwater contamination'
    >>> case.conflict()
    Conflict(3 decision makers, 5 options, 9 states)
    """

    file: str
    title: str
    question: str = field(repr=False)
    notes: str = field(repr=False)
    sources: Mapping[str, Source] = field(repr=False)
    decision_makers: tuple[DecisionMaker, ...] = field(repr=False)
    options: tuple[Option, ...] = field(repr=False)
    states: Mapping[str, str] = field(repr=False)
    rules: tuple[Rule, ...] = field(repr=False)
    outcomes: Mapping[str, Outcome] = field(repr=False)
    coalesce: tuple[Clause, ...] = field(repr=False)
    status_quo: Clause | None = field(repr=False)
    results: tuple[PublishedResult, ...] = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)
    questions: tuple[Question, ...] = field(default=(), repr=False)
    readings: Mapping[str, NamedReading] = field(default_factory=dict, repr=False)
    claims: Mapping[str, Claim] = field(default_factory=dict, repr=False)
    unavailable: tuple[int, ...] = field(default=(), repr=False)
    perspectives: Mapping[str, Perspective] = field(default_factory=dict, repr=False)

    @property
    def uncertainties(self) -> tuple[Uncertainty, ...]:
        """Everything that is left open: DM by DM in the order of the file, then the questions."""
        from detente.case.settling import uncertainties

        return uncertainties(self)

    @property
    def base(self) -> str:
        """Id of the reading that is the case as written: one that changes nothing, if named."""
        unchanged = (key for key, r in self.readings.items() if not r.changes and not r.settle)
        return next(unchanged, "base")

    def under(self, reading: str) -> Case:
        """Give the case as a named reading has it; what that leaves open stays open.

        Raises
        ------
        DetenteError
            If there is no such reading.
        """
        from detente.case.settling import under

        return under(self, reading)

    def settled(self, answers: Mapping[str, int]) -> Case:
        """Settle some of the uncertainties, by id, each by the position of its answer."""
        from detente.case.settling import settled

        return settled(self, answers)

    def space(self) -> Readings:
        """Give the space of all readings that the case leaves open.

        Returns
        -------
        Readings

        Raises
        ------
        CaseError
            As for `model`.
        """
        from detente.case.readings import readings

        return readings(self)

    def model(self) -> Model:
        """Build states, moves and rankings, with the named outcomes as arrays over the states.

        Returns
        -------
        Model

        Raises
        ------
        CaseError
            If the case describes no conflict: no feasible state, states not ranked, a status quo
            that no state or several states fulfil. With the place in the file.
        """
        from detente.case.building import build

        return build(self)

    def conflict(self) -> Conflict:
        """Build the conflict that the case describes.

        Returns
        -------
        Conflict

        Raises
        ------
        CaseError
            As for `model`.
        """
        return self.model().conflict
