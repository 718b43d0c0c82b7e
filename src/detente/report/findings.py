"""Everything that a report tells, worked out before a word is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod

from detente.case import Case, Model
from detente.claims import Checked, check
from detente.claims import Options as CheckOptions
from detente.coalitions import Leverage, leverage
from detente.errors import DetenteError
from detente.evolution import Evolution, evolve
from detente.explain import Naming, listing, naming_of
from detente.report.attachments import Attachments
from detente.stability import Analysis, analyze

__all__ = ["MAIN", "Findings", "Options", "affords", "find_out"]

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
    quotes : bool
        Whether to quote the passages cited, a sentence at most, where a source's text is given.
    seconds : float
        What is estimated to take longer than this is left out, and the report says so. The
        estimate depends on the case alone, so that the same case gives the same report anywhere.
    reading : str
        Id of the named reading that the case was taken in, if in one.
    """

    limit: int = 1 << 16
    draws: int = 1 << 12
    seed: int = 0
    date: str = ""
    figures: bool = True
    quotes: bool = True
    seconds: float = 30.0
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
    attached : Attachments
        What was given along with the case.
    analysis : Analysis
        Stability of every state.
    checked : Checked or None
        Verdicts on the claims; None if the case makes none, or they were too much work.
    leverage : Leverage or None
        Who can settle with whom; None without a status quo, or where it was too much work.
    evolution : Evolution or None
        What improvements lead to; None without a status quo.
    left_out : list of str
        What was left out, and why; sections add to it.
    words : Naming
        How to speak of the case.
    mentioned : set of int
        States that the report has named so far; the glossary explains them.
    """

    case: Case
    model: Model
    options: Options
    attached: Attachments
    analysis: Analysis
    checked: Checked | None
    leverage: Leverage | None
    evolution: Evolution | None
    left_out: list[str]
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


def find_out(case: Case, options: Options, attached: Attachments) -> Findings:
    """Work out what a report tells.

    Parameters
    ----------
    case : Case
    options : Options
    attached : Attachments

    Returns
    -------
    Findings

    Raises
    ------
    CaseError
        If the case describes no conflict.
    """
    model = case.model()
    left_out: list[str] = []
    checked = _checked(model, options, left_out)
    power, evolution = _settling(model, options, left_out)
    mentioned: set[int] = set()
    words = _recording(naming_of(model), model, mentioned)
    analysis = analyze(model.conflict)
    return Findings(
        case,
        model,
        options,
        attached,
        analysis,
        checked,
        power,
        evolution,
        left_out,
        words,
        mentioned,
    )


def affords(options: Options, left_out: list[str], seconds: float, what: str, command: str) -> bool:
    """Tell whether some work is within what was allowed; if not, note what is left out."""
    if seconds <= options.seconds:
        return True
    left_out.append(
        f"{what} were left out: about {seconds:,.0f} seconds of work on this model, where "
        f"{options.seconds:g} are allowed (--seconds). “detente {command}” works them out."
    )
    return False


def _checked(model: Model, options: Options, left_out: list[str]) -> Checked | None:
    case, conflict = model.case, model.conflict
    if not case.claims:
        return None
    wanted = CheckOptions(options.limit, options.draws, options.seed)
    judged = 0
    for name in dict.fromkeys((case.base, *case.readings)):
        size = prod(doubt.size for doubt in case.under(name).uncertainties)
        judged += size if size <= options.limit else wanted.n_drawn
    # Measured: a reading takes some 50 ns for each state and decision maker, 30 µs for each claim.
    each = 5e-8 * conflict.n_states * conflict.n_dms + 3e-5 * len(case.claims)
    afforded = affords(options, left_out, judged * each, "Verdicts on the claims", "check")
    return check(case, wanted) if afforded else None


def _settling(
    model: Model, options: Options, left_out: list[str]
) -> tuple[Leverage | None, Evolution | None]:
    conflict = model.conflict
    if conflict.n_states > _MOST_STATES:
        left_out.append(
            f"With {conflict.n_states:,} states, paths, settlements and reasons are left out: "
            "“detente evolve”, “detente leverage” and “detente explain” work them out."
        )
        return None, None
    if conflict.status_quo is None:
        left_out.append("The case names no status quo, so settlements and paths are left out.")
        return None, None
    evolution = evolve(conflict, kind="improvements")
    # Measured: some half a microsecond for each state and each pair of a coalition and a part.
    work = 5e-7 * 3.0**conflict.n_dms * conflict.n_states
    if not affords(options, left_out, work, "Settlements", "leverage"):
        return None, evolution
    try:
        return leverage(conflict, concept=MAIN), evolution
    except DetenteError as error:
        left_out.append(f"Settlements were left out: {error}.")
        return None, evolution


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
