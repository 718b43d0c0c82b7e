"""`detente states`: the states of a case."""

from __future__ import annotations

import click

from detente.cli.choices import (
    case_argument,
    grouped_pattern,
    json_option,
    limit_option,
    reading_option,
    where_option,
    where_states,
)
from detente.cli.output import emit_json, fitting, print_table, table
from detente.cli.ranked import load_ranked

__all__ = ["states"]


@click.command()
@case_argument
@where_option
@reading_option
@limit_option(50, "Most states shown; 0 for all.")
@json_option
def states(case: str, where: str | None, reading: str | None, limit: int, as_json: bool) -> None:
    """List the feasible states of CASE: options, named outcomes, places (1 is a DM's best)."""
    import numpy as np

    from detente.cli.views import legend, outcome_names, state_records
    from detente.conflict import places

    model = load_ranked(case, reading).model()
    chosen = np.flatnonzero(where_states(model, where))
    if as_json:
        emit_json({"format": "detente-states/1", "states": state_records(model, chosen)})
        return
    shown = chosen if limit == 0 else chosen[:limit]
    legend(model)
    made = table([("state", False), ("options", False), ("outcomes", True)])
    taken = 24 + len(model.conflict.options) + model.conflict.n_dms
    for dm in fitting(model.conflict.decision_makers, taken):
        made.add_column(dm, justify="right", header_style="bold", no_wrap=True)
    place = places(model.conflict.ranks)
    print_table(
        made,
        [
            [
                model.conflict.state_id(int(state)),
                grouped_pattern(model.case, model.conflict.pattern(int(state))),
                outcome_names(model, int(state)),
                *(str(place[dm, state]) for dm in range(model.conflict.n_dms)),
            ]
            for state in shown
        ],
    )
    if len(shown) < len(chosen):
        click.echo(f"… {len(chosen) - len(shown)} more: --limit 0 shows all {len(chosen)}")
    click.echo(f"{len(chosen)} of {model.conflict.n_states} states")
