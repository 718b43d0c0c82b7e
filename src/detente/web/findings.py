"""What is asked of a text beyond its results, and what is answered: see `detente.web.contract`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from detente.web.contract import Answer, Short, TextRequest

__all__ = [
    "Done",
    "Graph",
    "GraphRequest",
    "JudgeEvent",
    "JudgeRequest",
    "JudgedClaim",
    "MoveKind",
    "OrderRequest",
    "ReadingView",
    "Settlement",
    "SettlementRequest",
    "Standing",
    "StateDetails",
    "StateRequest",
    "TogetherMoved",
    "TornadoBar",
    "Treaty",
    "Verdict",
    "Written",
]


MoveKind = Literal["best", "better", "other"]
"""One of the DM's best improvements from the state (`detente.figures.best_between`); another
improvement; neither."""


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
    draws: Annotated[int, Field(ge=0, le=1 << 16)] = Field(
        default=0, description="Draw so many where a reading has more combinations; 0 for all."
    )
    seed: Annotated[int, Field(ge=0, lt=1 << 32)] = 0


class OrderRequest(TextRequest):
    """A document to be made of a text: by the name of what is made, and a claim for a chart."""

    what: Short
    claim: Short = ""


class Graph(Answer):
    """States with their positions, and the moves between them."""

    states: list[int]
    x: list[float]
    y: list[float]
    moves: list[tuple[int, int, int, MoveKind]] = Field(
        description="Source, target, index of the DM, and what the move is to that DM."
    )
    path: list[int] = Field(description="States on the way from the status quo to the focus.")
    hidden: int = Field(description="States left out.")
    around: int | None = Field(description="The state that those shown are nearest to.")


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
    spoils: Literal["no", "alone", "with others"]
    accepts: Literal["no", "yes", "unwillingly"]
    shapley_shubik: str
    banzhaf: str


class Settlement(Answer):
    """Who can settle with whom, and whom it depends on; with `trouble`, why nobody can tell."""

    trouble: str = ""
    treaties: list[Treaty] = Field(default_factory=list)
    minimal: list[list[int]] = Field(default_factory=list)
    standings: list[Standing] = Field(default_factory=list)


class ReadingView(Answer):
    """A named reading, and what holds in it with everything as written."""

    id: str
    name: str
    size: str = Field(description="Number of combinations, which may be beyond any number type.")
    open: list[str] = Field(description="What it leaves open.")
    as_written: dict[str, bool]


class Written(Answer):
    """Which claims of a text hold in one reading, with everything as written."""

    holds: dict[str, bool] = Field(description="By the claims' ids.")


class TornadoBar(Answer):
    """How far an uncertainty moves the share of readings in which a claim holds."""

    id: str
    question: str
    low: float
    high: float
    at_low: str
    at_high: str
    clear: bool = Field(description="It is more than the noise of a sample.")
    cite: list[str]


class TogetherMoved(Answer):
    """Two uncertainties that move the share further together than either does alone."""

    questions: tuple[str, str]
    moved: str = Field(description="How far: the rest of a sentence that begins with the two.")


class JudgedClaim(Answer):
    """A claim over the combinations of a reading: all of them, or those judged so far."""

    claim: str
    reading: str
    verdict: Literal["holds", "fails", "depends"]
    share: float
    exact: str = Field(description="The share as a fraction; empty if it is an estimate.")
    interval: tuple[float, float] | None
    done: int = Field(description="Number of combinations judged.")
    of: str = Field(description="Number of combinations that were to be judged.")
    complete: bool
    bars: list[TornadoBar]
    pairs: list[TogetherMoved] = Field(description="The furthest first; none of a sample.")
    turns: list[dict[str, str]] = Field(description="Fewest changes that turn it, as answers.")


class JudgeEvent(Answer):
    """A line of the answer: a reading as written, progress, verdicts, or what went wrong."""

    reading: ReadingView | None = None
    judged: list[JudgedClaim] = Field(default_factory=list)
    done: int = 0
    total: int = 0
    left: float = Field(default=0, description="Seconds that are probably left.")
    seconds: float = Field(default=0, description="Seconds after which it is stopped.")
    message: str = ""
