"""What the workbench's browser and server say to each other.

The browser holds the text that is being edited and its history; the server turns a text into
what is shown of it. The server remembers nothing between requests: each carries what it needs.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from detente.case.tree import MAX_BYTES

__all__ = [
    "Answer",
    "CaseEntry",
    "CaseFile",
    "CaseId",
    "CaseText",
    "Cited",
    "ClaimView",
    "Concept",
    "Conflicting",
    "DecisionMaker",
    "EditRequest",
    "Evidence",
    "Fault",
    "OpenQuestion",
    "Opponents",
    "Option",
    "Outcome",
    "Outline",
    "Query",
    "QueryRequest",
    "Request",
    "Results",
    "Rule",
    "SaveRequest",
    "Short",
    "Source",
    "Statement",
    "TextRequest",
    "Version",
]

CaseText = Annotated[str, Field(max_length=MAX_BYTES)]
CaseId = Annotated[str, Field(min_length=1, max_length=500)]
Short = Annotated[str, Field(max_length=500)]
Step = str | int
Opponents = Literal["legal", "once", "single"]


class Request(BaseModel):
    """What the browser asks; nothing but the fields below is taken."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(BaseModel):
    """What the server answers."""

    model_config = ConfigDict(frozen=True)


class EditRequest(Request):
    """One change of a case's text; see `detente.case.Edit`."""

    kind: Literal["put", "insert", "remove", "move", "rename", "wrap", "unwrap"]
    path: Annotated[list[Step], Field(max_length=20)]
    value: Any = None
    to: int = 0


class TextRequest(Request):
    """A text, and the reading of it that is asked about: by id, or as written.

    Answers to open questions, by position, are taken as given on top of the reading.
    """

    id: CaseId
    text: CaseText
    reading: Annotated[str, Field(max_length=64)] = ""
    answers: Annotated[dict[str, int], Field(max_length=100)] = {}


class SaveRequest(Request):
    """A text to be saved, and the version of the file that it was made from."""

    id: CaseId
    text: CaseText
    version: str


class QueryRequest(TextRequest):
    """A condition to be evaluated over the states of a text."""

    condition: Annotated[str, Field(max_length=10_000)]


class CaseEntry(Answer):
    """A case in the list; with `trouble`, it could not be read."""

    id: str
    title: str
    file: str
    question: str = ""
    trouble: str = ""


class Version(Answer):
    """Fingerprint of a case file as it is on disk."""

    version: str


class CaseFile(Version):
    """A case file as it is on disk."""

    id: str
    file: str
    text: str
    writable: bool


class Conflicting(CaseFile):
    """The file as somebody else has changed it, told to who wanted to save over it."""

    message: str


class Fault(Answer):
    """Something wrong, as the command line prints it, with the path of the value it is about."""

    severity: Literal["error", "warning"]
    line: int
    column: int
    message: str
    path: list[Step]


class Cited(Answer):
    """A passage as an element cites it; see `detente.case.Citation`."""

    source: str
    at: str = ""
    quote: str = ""
    after: str = ""


class Evidence(Answer):
    """Why an element is in the case."""

    cite: list[Cited] = []
    listed: bool = Field(default=False, description="The citations are a list in the text.")
    because: str = ""
    standing: str = ""


class Statement(Answer):
    """A preference statement."""

    condition: str
    id: str = ""
    plain: bool = Field(description="Written as a bare condition, without id or evidence.")
    open: str = Field(description="What is uncertain about it; empty if nothing is.")
    fixed: bool = Field(description="Of a form that is changed in the text only.")
    evidence: Evidence


class DecisionMaker(Answer):
    """A DM and what it wants."""

    id: str
    name: str
    notes: str
    preferences: Literal["prioritise", "weigh", "rank", "pairs", "other", "none"]
    statements: list[Statement]
    pairs: list[str] = Field(description="What is said of pairs of states; a line each.")
    evidence: Evidence


class Option(Answer):
    """What a DM can do."""

    dm: str
    id: str
    text: str
    plain: bool
    levels: list[str]
    change: str
    evidence: Evidence


class Rule(Answer):
    """A feasibility rule."""

    kind: str
    conditions: list[str]
    listed: bool = Field(description="Its conditions are a list.")
    reason: str
    evidence: Evidence


class Outcome(Answer):
    """A name for a condition."""

    id: str
    condition: str
    text: str
    plain: bool
    evidence: Evidence


class Source(Answer):
    """What the case rests on."""

    id: str
    title: str
    details: dict[str, str]
    defects: list[str]


class ClaimView(Answer):
    """What an argument asserts."""

    id: str
    text: str
    condition: str
    plain: bool
    expect: str
    evidence: Evidence


class Outline(Answer):
    """What a text says, element by element, even where conditions in it are faulty."""

    title: str
    question: str
    notes: str
    decision_makers: list[DecisionMaker]
    options: list[Option]
    rules: list[Rule]
    outcomes: list[Outcome]
    sources: list[Source]
    claims: list[ClaimView]
    readings: dict[str, str] = Field(description="Names of the readings by id.")
    status_quo: str


class Concept(Answer):
    """A solution concept's verdict on every state."""

    key: str
    title: str
    equilibria: list[int]
    stable: list[str] = Field(description="For each DM a text of 0 and 1, a character a state.")


class Results(Answer):
    """States, rankings and stability of a text; states by index, in columns."""

    conflict: str
    n_states: int
    n_combinations: int
    decision_makers: list[str]
    options: list[str]
    ids: list[str]
    patterns: list[str] = Field(description="Options of one DM together, a space between DMs.")
    names: list[str] = Field(description="Texts of the states of a graph; else empty.")
    outcomes: dict[str, list[int]]
    status_quo: int | None
    places: list[list[int]] = Field(description="For each DM the states' places; 1 is best.")
    concepts: list[Concept]
    not_applicable: dict[str, str]


class Query(Answer):
    """The states that fulfil a condition, or what is wrong with it."""

    states: list[int]
    faults: list[Fault]


class OpenQuestion(Answer):
    """What a reading leaves open, and the answers that it can have."""

    id: str
    question: str
    answers: dict[int, str] = Field(description="In words, by position.")
    written: int = Field(description="Position of the answer that the case has as written.")
    line: int
