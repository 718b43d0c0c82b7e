"""What the workbench's browser and server say to each other.

The browser holds the text that is being edited and its history; the server turns a text into
what is shown of it. Nothing here refers to a session: every request carries what it needs.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from detente.case.tree import MAX_BYTES

__all__ = [
    "Annotation",
    "Block",
    "CaseEntry",
    "CaseFile",
    "ClaimView",
    "Concept",
    "Conflicting",
    "DecisionMaker",
    "Document",
    "Documents",
    "Done",
    "EditRequest",
    "Evidence",
    "Fault",
    "Graph",
    "GraphRequest",
    "JudgeEvent",
    "JudgeRequest",
    "JudgedClaim",
    "Look",
    "LookRequest",
    "OpenQuestion",
    "Option",
    "Outcome",
    "Outline",
    "Query",
    "QueryRequest",
    "ReadingView",
    "Results",
    "Rule",
    "SaveRequest",
    "Segment",
    "Settlement",
    "SettlementRequest",
    "Source",
    "Standing",
    "StateDetails",
    "StateRequest",
    "Statement",
    "Suggested",
    "TextRequest",
    "TornadoBar",
    "Treaty",
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
    limit: Annotated[int, Field(ge=1, le=300)] = 60


class TextRequest(_Request):
    """A text, for what is computed from all of it."""

    id: CaseId
    text: CaseText


class SettlementRequest(TextRequest):
    """Which settlements of a text are asked for: of an outcome, or any, and how firm."""

    where: Annotated[str, Field(max_length=10_000)] = ""
    grade: Literal["agreed", "self-enforcing", "spoiler-proof"] = "self-enforcing"


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
    open: str = Field(description="What is uncertain about it; empty if nothing is.")
    fixed: bool = Field(description="Of a form that is changed in the text only.")
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


class ClaimView(_Answer):
    """What an argument asserts."""

    id: str
    text: str
    condition: str
    expect: str
    evidence: Evidence


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
    claims: list[ClaimView]
    readings: dict[str, str] = Field(description="Names of the readings by id.")
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


class Segment(_Answer):
    """A stretch of a document between two boundaries of annotations."""

    text: str
    sentence: str = Field(description="Locator of the sentence that it is part of.")
    marks: list[int] = Field(description="Indices of the annotations on it.")


class Block(_Answer):
    """A block of a document: a paragraph, a headline, or a piece of furniture."""

    id: str
    role: str
    kind: str
    speaker: str
    segments: list[Segment]


class Annotation(_Answer):
    """What a rule or model found in a document."""

    kind: str
    passage: str
    confidence: float
    details: dict[str, str]


class Suggested(_Answer):
    """An element that a document suggests, until a person accepts it."""

    kind: str
    name: str
    words: str
    actor: str
    cite: list[str]
    because: str
    confidence: float


class Document(_Answer):
    """A source's text as it was read."""

    source: str
    changed: bool = Field(description="It is not the text whose hash the case records.")
    blocks: list[Block]
    annotations: list[Annotation]
    suggestions: list[Suggested]
    warnings: list[str]


class Documents(_Answer):
    """The texts attached to a case, and the sources whose text is not there."""

    documents: list[Document]
    missing: list[str]


class Treaty(_Answer):
    """What one coalition can settle by itself."""

    coalition: list[int]
    counts: dict[str, int] = Field(description="Number of settlements by grade.")
    examples: list[int]


class Standing(_Answer):
    """How settlements depend on one DM."""

    dm: int
    needed: bool
    without: bool = Field(description="Others can settle without it.")
    spoils: bool
    shapley_shubik: str
    banzhaf: str


class Settlement(_Answer):
    """Who can settle with whom, and whom it depends on; with `trouble`, why nobody can tell."""

    trouble: str = ""
    treaties: list[Treaty] = []
    minimal: list[list[int]] = []
    standings: list[Standing] = []


class OpenQuestion(_Answer):
    """What a reading leaves open."""

    id: str
    question: str


class ReadingView(_Answer):
    """A named reading, and what holds in it with everything as written."""

    id: str
    name: str
    size: str = Field(description="Number of combinations, which may be beyond any number type.")
    open: list[OpenQuestion]
    as_written: dict[str, bool]


class TornadoBar(_Answer):
    """How far an uncertainty moves the share of readings in which a claim holds."""

    id: str
    question: str
    low: float
    high: float
    at_low: str
    at_high: str
    cite: list[str]


class JudgedClaim(_Answer):
    """A claim over all combinations of a reading."""

    claim: str
    reading: str
    verdict: Literal["holds", "fails", "depends"]
    share: float
    exact: str = Field(description="The share as a fraction; empty if it is an estimate.")
    interval: tuple[float, float] | None
    bars: list[TornadoBar]
    turns: list[dict[str, str]] = Field(description="Fewest changes that turn it, as answers.")


class JudgeRequest(TextRequest):
    """A text whose claims are to be judged: as written, or in a sweep over what is open."""

    sweep: bool = False


class JudgeEvent(_Answer):
    """A line of the answer: a reading as written, progress, verdicts, or what went wrong."""

    reading: ReadingView | None = None
    judged: list[JudgedClaim] = []
    done: int = 0
    total: int = 0
    message: str = ""
