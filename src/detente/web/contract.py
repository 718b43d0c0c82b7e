"""What the workbench's browser and server say to each other.

The browser holds the text that is being edited and its history; the server turns a text into
what is shown of it. Nothing here refers to a session: every request carries what it needs.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from detente.case.tree import MAX_BYTES

__all__ = [
    "CaseEntry",
    "CaseFile",
    "Concept",
    "Conflicting",
    "DecisionMaker",
    "Done",
    "EditRequest",
    "Evidence",
    "Fault",
    "Graph",
    "GraphRequest",
    "Look",
    "LookRequest",
    "Option",
    "Outcome",
    "Outline",
    "Query",
    "QueryRequest",
    "Results",
    "Rule",
    "SaveRequest",
    "Source",
    "StateDetails",
    "StateRequest",
    "Statement",
    "Verdict",
    "Version",
]

CaseText = Annotated[str, Field(max_length=MAX_BYTES)]
CaseId = Annotated[str, Field(min_length=1, max_length=500)]
Step = str | int
Opponents = Literal["legal", "once", "single"]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class EditRequest(_Request):
    """One change of a case's text; see `detente.case.Edit`."""

    kind: Literal["put", "insert", "remove", "move"]
    path: Annotated[list[Step], Field(max_length=20)]
    value: Any = None
    to: int = 0


class LookRequest(_Request):
    """A text, and edits to be made before looking at it."""

    id: CaseId
    text: CaseText
    edits: Annotated[list[EditRequest], Field(max_length=100)] = []
    opponents: Opponents = "legal"


class SaveRequest(_Request):
    """A text to be saved, and the version of the file that it was made from."""

    id: CaseId
    text: CaseText
    version: str


class QueryRequest(_Request):
    """A condition to be evaluated over the states of a text."""

    id: CaseId
    text: CaseText
    condition: Annotated[str, Field(max_length=10_000)]


class GraphRequest(_Request):
    """Which part of a text's graph to lay out: states around one, if there are too many."""

    id: CaseId
    text: CaseText
    focus: int | None = None
    limit: Annotated[int, Field(ge=1, le=1000)] = 300
    opponents: Opponents = "legal"


class StateRequest(_Request):
    """A state of a text, to be explained under a concept."""

    id: CaseId
    text: CaseText
    state: int
    concept: Literal["nash", "gmr", "smr", "seq", "sseq"] = "seq"


class CaseEntry(_Answer):
    """A case in the list; with `trouble`, it could not be read."""

    id: str
    title: str
    file: str
    trouble: str = ""


class Version(_Answer):
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


class Fault(_Answer):
    """Something wrong, as the command line prints it, with the path of the value it is about."""

    severity: Literal["error", "warning"]
    line: int
    column: int
    message: str
    path: list[Step]


class Evidence(_Answer):
    """Why an element is in the case."""

    cite: list[str] = []
    because: str = ""
    standing: str = ""


class Statement(_Answer):
    """A preference statement."""

    condition: str
    id: str = ""
    plain: bool = Field(description="Written as a bare condition, without id or evidence.")
    evidence: Evidence


class DecisionMaker(_Answer):
    """A DM and what it wants."""

    id: str
    name: str
    notes: str
    preferences: Literal["prioritise", "weigh", "rank", "other", "none"]
    statements: list[Statement]
    other: list[str] = Field(description="Preferences in another form, a line each.")
    evidence: Evidence


class Option(_Answer):
    """What a DM can do."""

    dm: str
    id: str
    text: str
    plain: bool
    levels: list[str]
    change: str
    evidence: Evidence


class Rule(_Answer):
    """A feasibility rule."""

    kind: str
    conditions: list[str]
    listed: bool = Field(description="Its conditions are a list.")
    reason: str
    evidence: Evidence


class Outcome(_Answer):
    """A name for a condition."""

    id: str
    condition: str
    text: str
    plain: bool
    evidence: Evidence


class Source(_Answer):
    """What the case rests on."""

    id: str
    title: str
    details: dict[str, str]
    defects: list[str]


class Outline(_Answer):
    """What a text says, element by element, even where conditions in it are faulty."""

    title: str
    question: str
    notes: str
    decision_makers: list[DecisionMaker]
    options: list[Option]
    rules: list[Rule]
    outcomes: list[Outcome]
    sources: list[Source]
    status_quo: str


class Concept(_Answer):
    """A solution concept's verdict on every state."""

    key: str
    title: str
    equilibria: list[int]
    stable: list[str] = Field(description="For each DM a text of 0 and 1, a character a state.")


class Results(_Answer):
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


class Look(_Answer):
    """All that is shown of a text: its faults, what it says, and what follows."""

    text: str
    faults: list[Fault]
    outline: Outline | None
    results: Results | None


class Query(_Answer):
    """The states that fulfil a condition, or what is wrong with it."""

    states: list[int]
    faults: list[Fault]


class Graph(_Answer):
    """States with their positions, and the moves between them."""

    states: list[int]
    x: list[float]
    y: list[float]
    moves: list[tuple[int, int, int, bool]] = Field(
        description="Source, target, index of the DM, whether it improves for the DM."
    )
    path: list[int] = Field(description="States on the way from the status quo to the focus.")
    hidden: int = Field(description="States left out.")


class Done(_Answer):
    """An option that is taken at a state."""

    dm: int
    option: str
    text: str


class Verdict(_Answer):
    """Whether a DM stays at a state, and why, a sentence each."""

    dm: int
    stable: bool
    sentences: list[str]
    to: int | None = Field(description="Where it goes, if it leaves.")


class StateDetails(_Answer):
    """A state in words."""

    outcomes: list[str]
    done: list[Done]
    verdicts: list[Verdict]
