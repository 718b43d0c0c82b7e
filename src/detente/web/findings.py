"""What is asked of a text beyond its results, and what is answered: see `detente.web.contract`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from detente.web.contract import Answer, TextRequest

__all__ = [
    "Annotation",
    "Block",
    "Document",
    "Documents",
    "Done",
    "Graph",
    "GraphRequest",
    "JudgeEvent",
    "JudgeRequest",
    "JudgedClaim",
    "OpenQuestion",
    "ReadingView",
    "Segment",
    "Settlement",
    "SettlementRequest",
    "Standing",
    "StateDetails",
    "StateRequest",
    "Suggested",
    "TornadoBar",
    "Treaty",
    "Verdict",
]


class SettlementRequest(TextRequest):
    """Which settlements of a text are asked for: of an outcome, or any, and how firm."""

    where: Annotated[str, Field(max_length=10_000)] = ""
    grade: Literal["agreed", "self-enforcing", "spoiler-proof"] = "self-enforcing"


class StateRequest(TextRequest):
    """A state of a text, to be explained under a concept."""

    state: int
    concept: Literal["nash", "gmr", "smr", "seq", "sseq"] = "seq"


class GraphRequest(TextRequest):
    """Which part of a text's graph to lay out: states around one, if there are too many."""

    focus: int | None = None
    limit: Annotated[int, Field(ge=1, le=300)] = 60


class JudgeRequest(TextRequest):
    """A text whose claims are to be judged: as written, or in a sweep over what is open."""

    sweep: bool = False


class Graph(Answer):
    """States with their positions, and the moves between them."""

    states: list[int]
    x: list[float]
    y: list[float]
    moves: list[tuple[int, int, int, bool]] = Field(
        description="Source, target, index of the DM, whether it improves for the DM."
    )
    path: list[int] = Field(description="States on the way from the status quo to the focus.")
    hidden: int = Field(description="States left out.")


class Done(Answer):
    """An option that is taken at a state."""

    dm: int
    option: str
    text: str


class Verdict(Answer):
    """Whether a DM stays at a state, and why, a sentence each."""

    dm: int
    stable: bool
    sentences: list[str]
    to: int | None = Field(description="Where it goes, if it leaves.")


class StateDetails(Answer):
    """A state in words."""

    outcomes: list[str]
    done: list[Done]
    verdicts: list[Verdict]


class Segment(Answer):
    """A stretch of a document between two boundaries of annotations."""

    text: str
    sentence: str = Field(description="Locator of the sentence that it is part of.")
    marks: list[int] = Field(description="Indices of the annotations on it.")


class Block(Answer):
    """A block of a document: a paragraph, a headline, or a piece of furniture."""

    id: str
    role: str
    kind: str
    speaker: str
    segments: list[Segment]


class Annotation(Answer):
    """What a rule or model found in a document."""

    kind: str
    passage: str
    confidence: float
    details: dict[str, str]


class Suggested(Answer):
    """An element that a document suggests, until a person accepts it."""

    kind: str
    name: str
    words: str
    actor: str
    cite: list[str]
    because: str
    confidence: float


class Document(Answer):
    """A source's text as it was read."""

    source: str
    changed: bool = Field(description="It is not the text whose hash the case records.")
    blocks: list[Block]
    annotations: list[Annotation]
    suggestions: list[Suggested]
    warnings: list[str]


class Documents(Answer):
    """The texts attached to a case, and the sources whose text is not there."""

    documents: list[Document]
    missing: list[str]


class Treaty(Answer):
    """What one coalition can settle by itself."""

    coalition: list[int]
    counts: dict[str, int] = Field(description="Number of settlements by grade.")
    examples: list[int]


class Standing(Answer):
    """How settlements depend on one DM."""

    dm: int
    needed: bool
    without: bool = Field(description="Others can settle without it.")
    spoils: bool
    shapley_shubik: str
    banzhaf: str


class Settlement(Answer):
    """Who can settle with whom, and whom it depends on; with `trouble`, why nobody can tell."""

    trouble: str = ""
    treaties: list[Treaty] = Field(default_factory=list)
    minimal: list[list[int]] = Field(default_factory=list)
    standings: list[Standing] = Field(default_factory=list)


class OpenQuestion(Answer):
    """What a reading leaves open."""

    id: str
    question: str


class ReadingView(Answer):
    """A named reading, and what holds in it with everything as written."""

    id: str
    name: str
    size: str = Field(description="Number of combinations, which may be beyond any number type.")
    open: list[OpenQuestion]
    as_written: dict[str, bool]


class TornadoBar(Answer):
    """How far an uncertainty moves the share of readings in which a claim holds."""

    id: str
    question: str
    low: float
    high: float
    at_low: str
    at_high: str
    cite: list[str]


class JudgedClaim(Answer):
    """A claim over all combinations of a reading."""

    claim: str
    reading: str
    verdict: Literal["holds", "fails", "depends"]
    share: float
    exact: str = Field(description="The share as a fraction; empty if it is an estimate.")
    interval: tuple[float, float] | None
    bars: list[TornadoBar]
    turns: list[dict[str, str]] = Field(description="Fewest changes that turn it, as answers.")


class JudgeEvent(Answer):
    """A line of the answer: a reading as written, progress, verdicts, or what went wrong."""

    reading: ReadingView | None = None
    judged: list[JudgedClaim] = Field(default_factory=list)
    done: int = 0
    total: int = 0
    message: str = ""
