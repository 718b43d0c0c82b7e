"""`detente analyze` where preferences are given pair by pair: four extensions, two degrees."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click
import numpy as np
from numpy.typing import NDArray

from detente.cli.output import heading, plain, say
from detente.cli.stability_tables import (
    by_count,
    common_record,
    named,
    show_conventions,
    show_departures,
    show_first,
)
from detente.cli.views import legend
from detente.errors import DetenteError
from detente.stability import (
    EXTENSIONS,
    MUCH_BETTER,
    UNKNOWN,
    Conventions,
    Degree,
    Extension,
    PairAnalysis,
    Relations,
    analyze_pairwise,
    on_pairs,
)

if TYPE_CHECKING:
    from detente.case import Model

__all__ = ["Asked", "PairResult", "pair_record", "show_pairs", "solve_pairs"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about pairs: one extension or all four, one degree or both."""

    extension: Extension | None = None
    degree: Degree | None = None

    @property
    def extensions(self) -> tuple[Extension, ...]:
        """The extensions asked for."""
        return EXTENSIONS if self.extension is None else (self.extension,)

    def degree_of(self, concept: str) -> tuple[Degree, ...]:
        """Give the degrees that are shown of a concept, the one asked for first."""
        if self.degree is not None:
            return (self.degree,)
        return ("general",) if concept == "nash" else ("general", "strong")


@dataclass(frozen=True, eq=False)
class PairResult:
    """An analysis pair by pair, with what was asked."""

    analysis: PairAnalysis
    relations: Relations
    asked: Asked
    not_applicable: Mapping[str, str]

    @property
    def concepts(self) -> tuple[str, ...]:
        """Concepts that are defined on pairs to the degree asked for."""
        return tuple(key for key in self.analysis.concepts if key not in self.not_applicable)

    def stable(self, concept: str, extension: Extension, degree: Degree | None = None) -> Mask:
        """Give where each DM is stable, shape (m, n)."""
        shown = degree or self.asked.degree_of(concept)[0]
        return self.analysis.stable(concept, extension, shown)

    def everywhere(self, concept: str) -> Mask:
        """Give where each DM is stable in every extension asked for, shape (m, n)."""
        found: Mask = np.all([self.stable(concept, e) for e in self.asked.extensions], axis=0)
        return found


def solve_pairs(
    model: Model,
    wanted: Sequence[str],
    conventions: Conventions,
    asked: Asked,
    *,
    named_concepts: Sequence[str] = (),
) -> PairResult:
    """Analyse a case pair by pair.

    Parameters
    ----------
    model : Model
    wanted : sequence of str
        Keys of the concepts.
    conventions : Conventions
    asked : Asked
    named_concepts : sequence of str
        Those that somebody asked for by name: where one is not defined on pairs, that is an error.

    Raises
    ------
    DetenteError
        If a concept named is not defined on pairs, or there are too many states.
    """
    degree = asked.degree or "general"
    reasons = {key: reason for key in wanted if (reason := on_pairs(key, degree))}
    for key in named_concepts:
        if key in reasons:
            raise DetenteError(f"{key}: {reasons[key]}")
    relations = model.relations()
    analysis = analyze_pairwise(
        model.conflict.form,
        relations,
        [key for key in wanted if key not in reasons],
        opponents=conventions.opponents,
        status_quo_sanctions=conventions.status_quo_sanctions,
    )
    return PairResult(analysis, relations, asked, reasons)


def pair_record(
    model: Model, result: PairResult, chosen: Mask, judges: Mapping[str, str]
) -> dict[str, Any]:
    """Give an analysis pair by pair in its JSON form; see docs/reference/json.md."""
    ids = model.conflict.decision_makers
    asked = result.asked

    def tables(stable: Mapping[str, Mask]) -> dict[str, Any]:
        return {
            "stable": {
                key: {dm: named(model, own & chosen) for dm, own in zip(ids, rows, strict=True)}
                for key, rows in stable.items()
            },
            "equilibria": {
                key: named(model, rows.all(axis=0) & chosen) for key, rows in stable.items()
            },
        }

    record = common_record(model, result.analysis.conventions, chosen)
    for dm in model.case.decision_makers:
        if dm.preferences is None and dm.pairs is not None:
            record["ranks"][dm.id] = None
    record |= tables({key: result.everywhere(key) for key in result.concepts})
    record["not_applicable"] = dict(result.not_applicable)
    degrees: tuple[Degree, ...] = (asked.degree,) if asked.degree else ("general", "strong")
    unknown, great = _counts(result.relations, UNKNOWN), _counts(result.relations, MUCH_BETTER)
    record["pairs"] = {
        "sha256": hashlib.sha256(np.ascontiguousarray(result.relations).data).hexdigest(),
        "extensions": list(asked.extensions),
        "degrees": list(degrees),
        "unknown": dict(zip(ids, unknown, strict=True)),
        "great": dict(zip(ids, great, strict=True)),
        "by_extension": {
            extension: {
                degree: tables(
                    {
                        key: result.stable(key, extension, degree)
                        for key in result.concepts
                        if degree in asked.degree_of(key)
                    }
                )
                for degree in degrees
            }
            for extension in asked.extensions
        },
    }
    if judges:
        record["judged_by"] = dict(judges)
        record["judged_equilibria"] = named(model, _judged(result, judges) & chosen)
    return record


def _counts(relations: Relations, value: int) -> list[int]:
    """Count the pairs of one kind, for each DM; a pair of unknown order once."""
    counts = (int((own == value).sum()) for own in relations)
    return [count // 2 if value == UNKNOWN else count for count in counts]


def _judged(result: PairResult, judges: Mapping[str, str]) -> Mask:
    degree: Degree = result.asked.degree or "general"
    size = result.relations.shape[1]
    held = np.ones(size, dtype=bool)
    for extension in result.asked.extensions:
        found = result.analysis.equilibria(judges, extension, degree)
        held &= np.isin(np.arange(size), found)
    return held


def show_pairs(
    model: Model, result: PairResult, chosen: Mask, limit: int, judges: Mapping[str, str]
) -> None:
    """Print what holds in which extensions, and how strongly; then who leaves the rest."""
    asked, concepts = result.asked, result.concepts
    judged = _judged(result, judges) & chosen if judges else chosen
    legend(model)
    show_conventions(model, result.analysis.conventions)
    _show_pairs_given(model, result)
    for key, reason in result.not_applicable.items():
        click.echo(f"{key}: not applicable, {reason}.")
    marks = {key: _marks(result, key).__getitem__ for key in concepts}
    count = np.zeros(model.conflict.n_states, dtype=int)
    for key in concepts:
        for extension in asked.extensions:
            count += result.stable(key, extension).all(axis=0)
    holding, others = by_count(count, chosen)
    heading(f"\nEquilibria ({len(holding)}; place 1 is a DM's best)")
    for line in _explained(result):
        click.echo(line)
    if len(holding):
        show_first(model, marks, holding, limit)
    if len(others):
        _show_others(model, result, others, limit)
    if judges:
        ids = named(model, judged)
        by = ", ".join(f"{dm} by {concept}" for dm, concept in judges.items())
        where = " in all four extensions" if asked.extension is None else ""
        click.echo()
        say(f"Equilibria{where} judging {by}: {', '.join(ids) or 'none'}")


def _show_pairs_given(model: Model, result: PairResult) -> None:
    n_states = model.conflict.n_states
    rows = zip(
        model.conflict.decision_makers,
        _counts(result.relations, UNKNOWN),
        _counts(result.relations, MUCH_BETTER),
        strict=True,
    )
    for dm, unknown, great in rows:
        said = [f"{unknown} of {n_states * (n_states - 1) // 2} pairs unknown"] * bool(unknown)
        said += [f"{great} greatly preferred"] * bool(great)
        if said:
            click.echo(plain(f"{dm}: {', '.join(said)}."))
    if not result.analysis.unknown and result.asked.extension:
        click.echo("No pair of states is unknown: all four extensions agree.")
    if not result.analysis.great and result.asked.degree in ("strong", "weak"):
        click.echo(
            "No state is greatly preferred to another: only what needs no sanction is strong."
        )


def _explained(result: PairResult) -> list[str]:
    asked, lines = result.asked, []
    if asked.degree is not None:
        lines.append(f"Stability is {asked.degree}.")
    if asked.extension is not None:
        lines.append(f"● in extension {asked.extension} of unknown preference")
    elif result.analysis.unknown:
        lines.append("● in all four extensions of unknown preference; letters: in these only")
    else:
        lines.append("● stable for every DM")
    if asked.degree is None and result.analysis.great:
        capitals = result.analysis.unknown and asked.extension is None
        lines[-1] += f"; ◆{' or capitals' if capitals else ''}: strongly"
    return lines


def _marks(result: PairResult, concept: str) -> list[str]:
    """Write for each state in which extensions it is an equilibrium, and where strongly."""
    asked = result.asked
    degrees = asked.degree_of(concept)
    both = len(degrees) == 2 and result.analysis.great
    general = [result.stable(concept, e).all(axis=0) for e in asked.extensions]
    strong = [
        result.stable(concept, e, "strong").all(axis=0) if both else np.zeros_like(held)
        for e, held in zip(asked.extensions, general, strict=True)
    ]
    marks = []
    for held, firm in zip(
        np.transpose(general).tolist(), np.transpose(strong).tolist(), strict=True
    ):
        if not any(held):
            marks.append("·")
        elif all(held) and len(set(firm)) == 1:
            marks.append("◆" if firm[0] else "●")
        else:
            letters = zip(asked.extensions, held, firm, strict=True)
            marks.append("".join(e.upper() if f else e for e, h, f in letters if h))
    return marks


def _show_others(model: Model, result: PairResult, others: NDArray[np.intp], limit: int) -> None:
    """Print who leaves the states that are equilibria in no extension, in the most cautious one."""
    asked = result.asked
    concept = next(
        (key for key in ("seq", "sseq", "smr", "gmr", "nash") if key in result.concepts), None
    )
    if concept is None or asked.degree == "weak":
        return  # a state that is not weakly stable may be strongly so: nobody need leave it
    cautious = asked.extensions[-1]
    # What is not strongly stable may be stable: it is left in the strong sense only.
    degree: Degree = "strong" if asked.degree == "strong" else "general"
    leaving = [
        result.analysis.departures(concept, dm, cautious, degree)
        for dm in range(model.conflict.n_dms)
    ]
    where = f" in extension {cautious}" if result.analysis.unknown else ""
    leavers = f"who would leave under {concept}{where}"
    heading(f"\nNot stable under any of these ({len(others)}), and {leavers}")
    show_departures(model, leaving, others, limit)
