"""`detente analyze`: the main job."""

from __future__ import annotations

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
from detente.cli.ranked import load_reading
from detente.errors import DetenteError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.case import Model
    from detente.conflict import Arcs
    from detente.stability import Analysis

__all__ = ["analyze", "record"]

_CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq", "sim", "fraser_hipel")
_MOST_LISTED = 100_000
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
    as_json: bool,
) -> None:
    """Find which states of CASE are stable under which concept, and who would leave the others."""
    from detente.stability import Conventions
    from detente.stability import analyze as solve

    model = load_reading(case, reading).model()
    chosen = where_states(model, where)
    judges = _judges(judge)
    wanted = tuple(dict.fromkeys((concepts or _DEFAULT) + tuple(judges.values())))
    conventions = Conventions(cast("Any", opponents), status_quo_sanctions)
    if model.by_pairs or unknown or strength:
        from detente.cli.analyze_pairs import Asked, pair_record, show_pairs, solve_pairs

        asked = Asked(cast("Any", unknown), cast("Any", strength))
        by_name = (*concepts, *judges.values())
        pairs = solve_pairs(model, wanted, conventions, asked, named_concepts=by_name)
        if as_json:
            emit_json(pair_record(model, pairs, chosen, judges))
        else:
            show_pairs(model, pairs, chosen, limit, judges)
        return
    result = solve(
        model.conflict,
        wanted,
        opponents=conventions.opponents,
        status_quo_sanctions=conventions.status_quo_sanctions,
    )
    if as_json:
        emit_json(record(model, result, chosen, judges))
        return
    found = result.equilibria(judges) if judges else ()
    _show(model, result, chosen, limit)
    if judges:
        ids = [model.conflict.state_id(int(state)) for state in found if chosen[state]]
        by = ", ".join(f"{dm} by {concept}" for dm, concept in judges.items())
        click.echo()
        say(f"Equilibria judging {by}: {', '.join(ids) or 'none'}")


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


def _show(model: Model, result: Analysis, chosen: NDArray[np.bool_], limit: int) -> None:
    import numpy as np

    from detente.cli.stability_tables import (
        by_count,
        show_conventions,
        show_departures,
        show_first,
    )
    from detente.cli.views import legend

    legend(model)
    equilibrium = {key: result.stable(key).all(axis=0) for key in result.concepts}
    count = np.zeros(model.conflict.n_states, dtype=int)
    for truth in equilibrium.values():
        count += truth
    equilibria, others = by_count(count, chosen)
    show_conventions(model, result.conventions)
    for concept, reason in result.not_applicable.items():
        click.echo(f"{concept}: not applicable, {reason}.")
    heading(f"\nEquilibria ({len(equilibria)}; ● stable for every DM; place 1 is a DM's best)")
    if equilibria:
        marks = {key: np.where(truth, "●", "·").tolist() for key, truth in equilibrium.items()}
        show_first(model, marks, equilibria, limit)
    if others and model.conflict.n_states > _MOST_LISTED:
        click.echo(f"\nNot stable under any of these: {len(others)} states, too many to follow.")
    elif others:
        concept = _sharpest(result)
        heading(
            f"\nNot stable under any of these ({len(others)}), and who would leave under {concept}"
        )
        show_departures(model, _leaving(model, result, concept), others, limit)


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
