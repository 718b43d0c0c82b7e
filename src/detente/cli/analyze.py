"""`detente analyze`: the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import click

from detente._version import __version__
from detente.cli.choices import (
    case_argument,
    grouped_pattern,
    json_option,
    where_option,
    where_states,
)
from detente.cli.output import fitting, heading, print_table, table
from detente.errors import DetenteError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.case import Model
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
@where_option
@click.option("--limit", default=10, show_default=True, help="Most states a table; 0 for all.")
@json_option
def analyze(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    concepts: tuple[str, ...],
    opponents: str,
    status_quo_sanctions: bool,
    judge: str | None,
    where: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find which states of CASE are stable, for whom, under which concept; equilibria first."""
    from detente.case import load
    from detente.stability import analyze as solve

    model = load(case).model()
    chosen = where_states(model, where)
    judges = _judges(judge)
    wanted = tuple(dict.fromkeys((concepts or _DEFAULT) + tuple(judges.values())))
    result = solve(
        model.conflict,
        wanted,
        opponents=cast("Any", opponents),
        status_quo_sanctions=status_quo_sanctions,
    )
    if as_json:
        import json

        click.echo(json.dumps(record(model, result, chosen, judges), indent=1))
        return
    _show(model, result, chosen, limit)
    if judges:
        found = result.equilibria(judges)
        ids = [model.conflict.state_id(int(state)) for state in found if chosen[state]]
        by = ", ".join(f"{dm} by {concept}" for dm, concept in judges.items())
        click.echo(f"\nEquilibria judging {by}: {', '.join(ids) or 'none'}")


def _judges(judge: str | None) -> dict[str, str]:
    judges = {}
    for part in judge.split(",") if judge else ():
        dm, equals, concept = part.partition("=")
        if not equals:
            raise DetenteError(f"--judge: “{part}” should be DM=CONCEPT, such as us=seq")
        judges[dm.strip()] = concept.strip()
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
    import numpy as np

    from detente.cli.views import state_records

    conflict = model.conflict
    kept = np.flatnonzero(chosen)
    ids = {int(state): conflict.state_id(int(state)) for state in kept}

    def named(truth: NDArray[np.bool_]) -> list[str]:
        return [ids[int(state)] for state in np.flatnonzero(truth & chosen)]

    record: dict[str, Any] = {
        "format": "detente-analysis/1",
        "detente": __version__,
        "case": model.case.file,
        "title": model.case.title,
        "conflict": conflict.hash,
        "opponents": result.conventions.opponents,
        "status_quo_sanctions": result.conventions.status_quo_sanctions,
        "decision_makers": list(conflict.decision_makers),
        "options": [option.name for option in conflict.options],
        "states": state_records(model, kept),
        "status_quo": None
        if conflict.status_quo is None
        else conflict.state_id(conflict.status_quo),
        "outcomes": {name: named(truth) for name, truth in model.outcomes.items()},
        "ranks": {
            dm: conflict.ranks[i, kept].tolist() for i, dm in enumerate(conflict.decision_makers)
        },
        "stable": {
            concept: {
                dm: named(result.stable(concept)[i])
                for i, dm in enumerate(conflict.decision_makers)
            }
            for concept in result.concepts
        },
        "equilibria": {
            concept: named(np.all(result.stable(concept), axis=0)) for concept in result.concepts
        },
        "not_applicable": dict(result.not_applicable),
    }
    if judges:
        by_judges = result.equilibria(judges)
        record["judged_by"] = judges
        record["judged_equilibria"] = [ids[int(s)] for s in by_judges if chosen[s]]
    return record


def _show(model: Model, result: Analysis, chosen: NDArray[np.bool_], limit: int) -> None:
    import numpy as np

    from detente.cli.views import legend

    conflict = model.conflict
    legend(model)
    equilibrium: dict[str, NDArray[np.bool_]] = {
        concept: np.all(result.stable(concept), axis=0) for concept in result.concepts
    }
    count = (
        np.sum([*equilibrium.values()], axis=0)
        if equilibrium
        else np.zeros(conflict.n_states, dtype=int)
    )
    order = np.lexsort((np.arange(conflict.n_states), -count))
    equilibria = [int(s) for s in order if count[s] and chosen[s]]
    others = [int(s) for s in order if not count[s] and chosen[s]]
    feasible = f"{conflict.n_states} feasible states"
    if model.n_combinations != conflict.n_states:
        feasible += f" of {model.n_combinations} combinations"
    answers = {
        "legal": "any legal sequence of moves",
        "once": "each opponent at most once",
        "single": "a single move",
    }[result.conventions.opponents]
    click.echo(f"{conflict.n_dms} decision makers, {feasible}.\nOpponents answer by {answers}.")
    for concept, reason in result.not_applicable.items():
        click.echo(f"{concept}: not applicable, {reason}.")
    heading(f"\nEquilibria ({len(equilibria)}; ● stable for every DM; place 1 is a DM's best)")
    if equilibria:
        _equilibria_table(model, equilibrium, _first(equilibria, limit))
        _more(equilibria, limit)
    if others and conflict.n_states > _MOST_LISTED:
        click.echo(f"\nNot stable under any of these: {len(others)} states, too many to follow.")
    elif others:
        concept = _sharpest(result)
        heading(
            f"\nNot stable under any of these ({len(others)}), and who would leave under {concept}"
        )
        _departures_table(model, result, concept, _first(others, limit))
        _more(others, limit)


def _first(states: list[int], limit: int) -> list[int]:
    return states if limit == 0 else states[:limit]


def _more(states: list[int], limit: int) -> None:
    if limit and len(states) > limit:
        click.echo(f"… {len(states) - limit} more: --limit 0 shows all")


def _sharpest(result: Analysis) -> str:
    """Pick the concept whose departures are shown: the last of these that was analysed."""
    return next(c for c in ("seq", "sseq", "smr", "gmr", *result.concepts) if c in result.concepts)


def _equilibria_table(
    model: Model, equilibrium: dict[str, NDArray[np.bool_]], states: list[int]
) -> None:
    from detente.cli.views import outcome_names
    from detente.conflict import places

    conflict = model.conflict
    made = table([("state", False), ("options", False), ("outcomes", True)])
    made.columns[2].min_width = max(map(len, (*model.outcomes, "(status quo)"))) + 1
    taken = 27 + len(conflict.options) + conflict.n_dms + sum(len(key) + 1 for key in equilibrium)
    for dm in fitting(conflict.decision_makers, taken):
        made.add_column(dm, justify="right", header_style="bold", no_wrap=True)
    for concept in equilibrium:
        made.add_column(concept, justify="center", header_style="bold", no_wrap=True)
    place = places(conflict.ranks)
    print_table(
        made,
        [
            [
                conflict.state_id(state),
                grouped_pattern(model.case, conflict.pattern(state)),
                outcome_names(model, state),
                *(str(place[dm, state]) for dm in range(conflict.n_dms)),
                *("●" if truth[state] else "·" for truth in equilibrium.values()),
            ]
            for state in states
        ],
    )


def _departures_table(model: Model, result: Analysis, concept: str, states: list[int]) -> None:
    import numpy as np

    from detente.cli.views import outcome_names
    from detente.stability import CONCEPTS, departures

    conflict = model.conflict
    if CONCEPTS[concept].needs_options:
        leaving = [conflict.moves(dm).improving(conflict.ranks[dm]) for dm in range(conflict.n_dms)]
    else:
        arcs = [conflict.moves(dm) for dm in range(conflict.n_dms)]
        leaving = [
            departures(arcs, conflict.ranks, dm, CONCEPTS[concept], result.conventions)
            for dm in range(conflict.n_dms)
        ]
    made = table([("state", False), ("options", False), ("outcomes", True), ("who leaves", True)])
    rows = []
    for state in states:
        ways = []
        for dm, name in enumerate(conflict.decision_makers):
            targets = leaving[dm].of(state)
            if len(targets):
                best = int(targets[np.argmax(conflict.ranks[dm, targets])])
                more = f" (+{len(targets) - 1})" if len(targets) > 1 else ""
                ways.append(f"{name} → {conflict.state_id(best)}{more}")
        rows.append(
            [
                conflict.state_id(state),
                grouped_pattern(model.case, conflict.pattern(state)),
                outcome_names(model, state),
                ", ".join(ways),
            ]
        )
    print_table(made, rows)
