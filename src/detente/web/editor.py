"""What the editor of the model asks and is answered: see `detente.web.contract`.

A tab is the model as one reading has it, with what differs there from the case as written.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from detente.case import ActKind
from detente.web.contract import (
    Answer,
    EditRequest,
    Evidence,
    Fault,
    OpenQuestion,
    Opponents,
    Outline,
    Request,
    Results,
    Step,
    TextRequest,
)

__all__ = [
    "ActRequest",
    "AnswerView",
    "Doubt",
    "Dropped",
    "Look",
    "LookRequest",
    "Part",
    "Place",
    "QuestionView",
    "Tab",
    "TabParty",
    "TabStatement",
    "Weight",
]


class ActRequest(Request):
    """What is done on the tab of a reading; see `detente.case.Act`."""

    kind: ActKind
    dm: Annotated[str, Field(max_length=64)] = ""
    at: int = 0
    to: int = 0
    path: Annotated[list[Step], Field(default_factory=list, max_length=20)]
    value: Any = None


class LookRequest(TextRequest):
    """A text, with edits and acts on its reading to be made before looking at it."""

    edits: Annotated[list[EditRequest], Field(default_factory=list, max_length=100)]
    acts: Annotated[list[ActRequest], Field(default_factory=list, max_length=100)]
    opponents: Opponents = "legal"


class Part(Answer):
    """One of the statements of a group."""

    condition: str
    id: str
    probability: str
    path: list[Step] = Field(description="Where its condition is written.")


class TabStatement(Answer):
    """A statement, or a group of them, as a tab shows it."""

    kind: Literal["statement", "either", "any_order"]
    condition: str
    id: str
    parts: list[Part]
    chance: str = Field(description="“open”, the probability that it holds, or nothing.")
    question: str
    evidence: Evidence
    path: list[Step] = Field(description="Where it is written: in the case or in a change.")
    words: list[Step] = Field(description="Where its condition is written.")
    plain: bool = Field(description="Written as a bare condition, without id or evidence.")
    base: int = Field(description="Its position in the case as written; -1 if it is not there.")
    added: bool
    moved: bool
    rewritten: bool
    was: str = Field(description="Its condition as written, where that differs.")


class Dropped(Answer):
    """A statement of the case that a reading drops."""

    base: int
    condition: str


class Weight(Answer):
    """The weight of an option, or of one level of it."""

    option: str
    level: str
    number: str = Field(description="Empty where only bounds are given, or nothing.")
    low: str
    high: str
    steps: str
    path: list[Step] = Field(description="Where it is written, from the DM's preferences.")
    was: str = Field(description="What the case as written says, where that differs.")


class Place(Answer):
    """A place of a direct ranking: states that are equally good, or in any order."""

    states: list[str]
    open: bool


class TabParty(Answer):
    """What a DM wants, as a reading has it."""

    id: str
    kind: str = Field(description="prioritise, weigh, rank, another key, or nothing.")
    anew: bool = Field(description="The reading states its preferences anew.")
    home: list[Step] = Field(description="Where its preferences are written.")
    statements: list[TabStatement]
    dropped: list[Dropped]
    weights: list[Weight]
    ranking: list[Place]


class Doubt(Answer):
    """Something uncertain, and how the reading settles it."""

    id: str
    question: str
    kind: str
    dms: list[str]
    answers: list[str] = Field(description="In words; none for a weight, or if there are too many.")
    low: str
    high: str
    settled: str = Field(description="The answer that the reading gives; empty if it is open.")


class AnswerView(Answer):
    """An answer to an open question."""

    id: str
    text: str
    probability: str
    changes: list[str] = Field(description="What it changes in the case, in words.")


class QuestionView(Answer):
    """What is uncertain beyond single statements."""

    id: str
    question: str
    option: str
    probability: str
    answers: list[AnswerView]
    evidence: Evidence


class Tab(Answer):
    """The model as a reading has it."""

    reading: str = Field(description="Empty for the case as written.")
    name: str
    text: str
    evidence: Evidence
    parties: list[TabParty]
    status_quo: str
    status_quo_was: str = Field(description="As the case has it, where the reading has another.")
    status_quo_path: list[Step]
    unavailable: list[str]
    questions: list[QuestionView]
    settled: dict[str, str] = Field(description="Answers that the reading gives, by id.")
    doubts: list[Doubt] | None = Field(description="None while the text has faults.")
    readings: str = Field(description="How many ways there are to settle all that is open.")
    changes: list[str] = Field(description="The reading's changes in words, in their order.")


class Look(Answer):
    """All that is shown of a text: its faults, what it says, and what follows."""

    text: str
    faults: list[Fault]
    outline: Outline | None
    tab: Tab | None
    results: Results | None
    open: list[OpenQuestion]
