"""`detente analyze`: the main job."""

from __future__ import annotations

from functools import partial
from math import prod
from typing import TYPE_CHECKING, Any, cast

import click

from detente.cli.choices import (
    case_argument,
    json_option,
    limit_option,
    reading_option,
    where_option,
    where_states,
)
from detente.cli.output import emit_json, heading, say
from detente.cli.progress import progress_bar, quiet_option
from detente.cli.ranked import load_reading
from detente.errors import DetenteError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from detente.case import Case, Model
    from detente.conflict import Arcs, Conflict
    from detente.stability import Analysis, Conventions

__all__ = ["analyze", "record"]

_CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq", "sim", "fraser_hipel")
_MOST_LISTED = 100_000
_LONG = 1 << 16
"""Combinations of options from which progress is shown."""

_DEFAULT = ("nash", "gmr", "smr", "seq", "sseq")


@click.command()
@case_argument
@click.option(
    "--concept",
    "concepts",
    multiple=True,
    type=click.Choice(_CONCEPTS),
    help="A solution concept; repeat for several.  [default: nash gmr smr seq sseq]",
)
@click.option(
    "--opponents",
    type=click.Choice(["legal", "once", "single"]),
    default="legal",
    show_default=True,
    help="How several opponents may answer: any legal sequence, each once, or a single move.",
)
@click.option(
    "--status-quo-sanctions/--no-status-quo-sanctions",
    default=True,
    show_default=True,
    help="Whether being brought back to the state left counts as a sanction.",
)
@click.option(
    "--judge",
    metavar="DM=CONCEPT,…",
    help="Judge each DM by its own concept, such as “us=seq,russia=nash”.",
)
@click.option(
    "--unknown",
    type=click.Choice(["a", "b", "c", "d"]),
    help="Attitude to pairs of unknown order: one of the four extensions.  [default: all four]",
)
@click.option(
    "--strength",
    type=click.Choice(["general", "strong", "weak"]),
    help="Stability of one degree only.  [default: general, with the strong marked]",
)
@where_option
@reading_option
@limit_option(10)
@quiet_option
@json_option
def analyze(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    concepts: tuple[str, ...],
    opponents: str,
    status_quo_sanctions: bool,
    judge: str | None,
    unknown: str | None,
    strength: str | None,
    where: str | None,
    reading: str | None,
    limit: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Find which states of CASE are stable under which concept, and who would leave the others.

    An analysis that is interrupted shows the concepts that it has finished.
    """
    from detente.stability import Conventions

    loaded = load_reading(case, reading)
    judges = _judges(judge)
    wanted = tuple(dict.fromkeys((concepts or _DEFAULT) + tuple(judges.values())))
    conventions = Conventions(cast("Any", opponents), status_quo_sanctions)
    with progress_bar("judgements", hidden=quiet or _is_quick(loaded)) as show:
        model = loaded.model()
        chosen = where_states(model, where)
        by_pairs = bool(model.by_pairs or unknown or strength)
        result = None if by_pairs else _solve(model.conflict, wanted, conventions, show)
    if result is None:
        from detente.cli.analyze_pairs import Asked, pair_record, show_pairs, solve_pairs

        asked = Asked(cast("Any", unknown), cast("Any", strength))
        by_name = (*concepts, *judges.values())
        pairs = solve_pairs(model, wanted, conventions, asked, named_concepts=by_name)
        if as_json:
            emit_json(pair_record(model, pairs, chosen, judges))
        else:
            show_pairs(model, pairs, chosen, limit, judges)
        return
    missing = [key for key in wanted if key not in {*result.concepts, *result.not_applicable}]
    if any(concept in missing for concept in judges.values()):
        judges = {}
    if as_json:
        emit_json(record(model, result, chosen, judges))
    else:
        _show(model, result, chosen, limit, judges)
    if missing:
        message = f"interrupted: {', '.join(missing)} not finished, and not shown"
        click.echo(message, err=True)
        raise click.exceptions.Exit(130)


def _is_quick(case: Case) -> bool:
    """Tell whether a case is so small that no progress need be shown."""
    return prod(len(option.levels) for option in case.options) < _LONG


def _solve(
    conflict: Conflict,
    wanted: Sequence[str],
    conventions: Conventions,
    show: Callable[[int, int], None],
) -> Analysis:
    """Analyse; if that is interrupted, give the concepts that are finished by then."""
    import numpy as np

    from detente.stability import Analysis
    from detente.stability import analyze as solve

    rows: dict[str, dict[int, NDArray[np.bool_]]] = {key: {} for key in wanted}

    def note(concept: str, dm: int, row: NDArray[np.bool_]) -> None:
        if concept in rows:
            rows[concept][dm] = row
            show(sum(map(len, rows.values())), len(rows) * conflict.n_dms)

    try:
        return solve(
            conflict,
            wanted,
            opponents=conventions.opponents,
            status_quo_sanctions=conventions.status_quo_sanctions,
            progress=note,
        )
    except KeyboardInterrupt:
        dms = range(conflict.n_dms)
        finished = {key: by_dm for key, by_dm in rows.items() if len(by_dm) == len(dms)}
        if not finished:
            raise
        tables = {key: np.stack([row[dm] for dm in dms]) for key, row in finished.items()}
        return Analysis(conflict, conventions, tables)


def _judges(judge: str | None) -> dict[str, str]:
    judges: dict[str, str] = {}
    for part in judge.split(",") if judge else ():
        name, equals, concept = part.partition("=")
        dm = name.strip()
        if not equals:
            raise DetenteError(f"--judge: “{part}” should be DM=CONCEPT, such as us=seq")
        if dm in judges:
            raise DetenteError(f"--judge: {dm} is named twice: give it one concept")
        judges[dm] = concept.strip()
    return judges


def record(
    model: Model,
    result: Analysis,
    chosen: NDArray[np.bool_],
    judges: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Give an analysis in its JSON form.

    Parameters
    ----------
    model : Model
        The case's model.
    result : Analysis
        Its analysis.
    chosen : ndarray of bool, shape (n,)
        Which states to give.
    judges : dict of str to str, optional
        For each DM the concept by which it is judged.

    Returns
    -------
    dict
        The fields that docs/reference/json.md lists.
    """
    from detente.cli.stability_tables import common_record, named

    tables = {key: result.stable(key) for key in result.concepts}
    ids = model.conflict.decision_makers
    record = common_record(model, result.conventions, chosen)
    record["stable"] = {
        key: {dm: named(model, own & chosen) for dm, own in zip(ids, rows, strict=True)}
        for key, rows in tables.items()
    }
    record["equilibria"] = {
        key: named(model, rows.all(axis=0) & chosen) for key, rows in tables.items()
    }
    record["not_applicable"] = dict(result.not_applicable)
    if judges:
        by_judges = result.equilibria(judges)
        record["judged_by"] = judges
        record["judged_equilibria"] = [
            model.conflict.state_id(int(state)) for state in by_judges if chosen[state]
        ]
    return record


def _show(
    model: Model,
    result: Analysis,
    chosen: NDArray[np.bool_],
    limit: int,
    judges: dict[str, str],
) -> None:
    import numpy as np

    from detente.cli.stability_tables import (
        by_count,
        show_conventions,
        show_departures,
        show_first,
    )
    from detente.cli.views import legend

    judged = result.equilibria(judges) if judges else ()
    legend(model)
    equilibrium: dict[str, NDArray[np.bool_]] = {
        key: np.logical_and.reduce(result.stable(key)) for key in result.concepts
    }
    count = np.zeros(model.conflict.n_states, dtype=int)
    for truth in equilibrium.values():
        count += truth
    equilibria, others = by_count(count, chosen)
    show_conventions(model, result.conventions)
    for concept, reason in result.not_applicable.items():
        click.echo(f"{concept}: not applicable, {reason}.")
    heading(f"\nEquilibria ({len(equilibria)}; ● stable for every DM; place 1 is a DM's best)")
    if len(equilibria):
        marks = {key: partial(_mark, truth) for key, truth in equilibrium.items()}
        show_first(model, marks, equilibria, limit)
    if len(others) and model.conflict.n_states > _MOST_LISTED:
        click.echo(f"\nNot stable under any of these: {len(others)} states, too many to follow.")
    elif len(others):
        concept = _sharpest(result)
        heading(
            f"\nNot stable under any of these ({len(others)}), and who would leave under {concept}"
        )
        show_departures(model, _leaving(model, result, concept), others, limit)
    if judges:
        ids = [model.conflict.state_id(int(state)) for state in judged if chosen[state]]
        by = ", ".join(f"{dm} by {concept}" for dm, concept in judges.items())
        click.echo()
        say(f"Equilibria judging {by}: {', '.join(ids) or 'none'}")


def _mark(truth: NDArray[np.bool_], state: int) -> str:
    return "●" if truth[state] else "·"


def _sharpest(result: Analysis) -> str:
    """Pick the concept whose departures are shown: the last of these that was analysed."""
    return next(c for c in ("seq", "sseq", "smr", "gmr", *result.concepts) if c in result.concepts)


def _leaving(model: Model, result: Analysis, concept: str) -> list[Arcs]:
    """List for each DM the moves by which it leaves, for nothing deters it."""
    from detente.stability import CONCEPTS, departures

    conflict = model.conflict
    if CONCEPTS[concept].needs_options:
        return [conflict.moves(dm).improving(conflict.ranks[dm]) for dm in range(conflict.n_dms)]
    arcs = [conflict.moves(dm) for dm in range(conflict.n_dms)]
    return [
        departures(arcs, conflict.ranks, dm, CONCEPTS[concept], result.conventions)
        for dm in range(conflict.n_dms)
    ]
