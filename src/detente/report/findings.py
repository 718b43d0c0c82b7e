"""Everything that a report tells, worked out before a word is written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.case import Case, Model
from detente.claims import Checked, check
from detente.claims import Options as CheckOptions
from detente.coalitions import Leverage, leverage
from detente.errors import DetenteError
from detente.evolution import Evolution, evolve
from detente.explain import Naming, listing, naming_of
from detente.stability import Analysis, analyze

__all__ = ["MAIN", "Findings", "Options", "find_out"]

MAIN = "seq"
"""The concept by which reasons are given and settlements judged."""


_MOST_STATES = 1 << 16


@dataclass(frozen=True, slots=True)
class Options:
    """How to make a report.

    Parameters
    ----------
    limit, draws, seed : int
        For the claims: see `detente.claims.Options`.
    date : str
        Date to print; by default none, so that the same case gives the same bytes.
    figures : bool
        Whether to draw figures.
    text : str
        The case's text, if it was not read from its file; then its hash is told, not the file's.
    reading : str
        Id of the named reading that the case was taken in, if in one.
    """

    limit: int = 1 << 16
    draws: int = 1 << 12
    seed: int = 0
    date: str = ""
    figures: bool = True
    text: str = ""
    reading: str = ""


@dataclass(frozen=True, eq=False)
class Findings:
    """The results that a report rests on.

    Parameters
    ----------
    case, model : Case, Model
        The case as written.
    options : Options
        How the report was asked for.
    analysis : Analysis
        Stability of every state.
    checked : Checked or None
        Verdicts on the claims; None if the case makes none.
    leverage : Leverage or None
        Who can settle with whom; None without a status quo, or where it was too much work.
    evolution : Evolution or None
        What improvements lead to; None without a status quo.
    skipped : tuple of str
        What was left out, and why.
    words : Naming
        How to speak of the case.
    mentioned : set of int
        States that the report has named so far; the glossary explains them.
    """

    case: Case
    model: Model
    options: Options
    analysis: Analysis
    checked: Checked | None
    leverage: Leverage | None
    evolution: Evolution | None
    skipped: tuple[str, ...]
    words: Naming
    mentioned: set[int]

    @property
    def large(self) -> bool:
        """Whether moves are too many to be followed one by one in a report."""
        return self.model.conflict.n_states > _MOST_STATES

    def name_of(self, dm: int) -> str:
        """Name of a DM for readers."""
        found = self.case.decision_makers[dm]
        return found.name or found.id

    def equilibria(self, concept: str = MAIN) -> list[int]:
        """List the equilibria under a concept."""
        return [int(state) for state in self.analysis.equilibria(concept)]


def find_out(case: Case, options: Options) -> Findings:
    """Work out what a report tells.

    Parameters
    ----------
    case : Case
    options : Options

    Returns
    -------
    Findings

    Raises
    ------
    CaseError
        If the case describes no conflict.
    """
    model = case.model()
    conflict = model.conflict
    analysis = analyze(conflict)
    checked = None
    if case.claims:
        checked = check(case, CheckOptions(options.limit, options.draws, options.seed))
    skipped = []
    found: Leverage | None = None
    evolution: Evolution | None = None
    if conflict.n_states > _MOST_STATES:
        skipped.append(
            f"With {conflict.n_states:,} states, paths, settlements and reasons are left out: "
            "“detente evolve”, “detente leverage” and “detente explain” work them out."
        )
    elif conflict.status_quo is not None:
        try:
            evolution = evolve(conflict, kind="improvements")
            found = leverage(conflict, concept=MAIN)
        except DetenteError as error:
            skipped.append(f"Settlements were left out: {error}.")
    else:
        skipped.append("The case names no status quo, so settlements and paths are left out.")
    mentioned: set[int] = set()
    words = _recording(naming_of(model), model, mentioned)
    return Findings(
        case, model, options, analysis, checked, found, evolution, tuple(skipped), words, mentioned
    )


def _recording(words: Naming, model: Model, mentioned: set[int]) -> Naming:
    """Name states by id and outcomes, and take down which were named."""
    texts = list(model.case.states.values())

    def state(index: int) -> str:
        mentioned.add(int(index))
        named = [texts[index]] if texts and texts[index] else []
        named += [key.replace("_", " ") for key, truth in model.outcomes.items() if truth[index]]
        if model.conflict.status_quo == index:
            named.append("the status quo")
        label = model.conflict.state_id(index)
        return f"{label} ({listing(named)})" if named else label

    return replace(words, state=state)
