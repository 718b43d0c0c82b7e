"""How a model's states are shown: legend, outcomes, ranks, and their JSON form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from detente.case import Model
from detente.cli.output import heading, plain, print_table, table

__all__ = ["legend", "outcome_names", "places", "state_records", "title"]


def title(model: Model) -> None:
    """Print what the case is about."""
    heading(model.case.title)
    if model.case.question:
        click.echo(plain(model.case.question))


def legend(model: Model) -> None:
    """Print the options in the order of the patterns, DM by DM."""
    case = model.case
    title(model)
    if not case.options:
        return
    rows = []
    position = 0
    for index, dm in enumerate(case.decision_makers):
        for option in case.options:
            if option.dm != index:
                continue
            position += 1
            short = option.name.partition(".")[2]
            levels = (
                "Y or N"
                if option.yes_no
                else ", ".join(f"{option.symbol(i)} {name}" for i, name in enumerate(option.levels))
            )
            rows.append([str(position), option.name, dm.options[short].text, levels])
    made = table([("", False), ("option", False), ("meaning", True), ("values", True)])
    print_table(made, rows)
    click.echo()


def outcome_names(model: Model, state: int) -> str:
    """Name the outcomes that hold at a state, and the status quo."""
    names = [name for name, truth in model.outcomes.items() if truth[state]]
    if model.conflict.status_quo == state:
        names.append("(status quo)")
    if model.case.states:
        names.insert(0, list(model.case.states.values())[state])
    return ", ".join(names)


def places(ranks: NDArray[np.int32]) -> NDArray[np.intp]:
    """Turn ranks, higher better, into places, of which 1 is best; ties share a place."""
    return np.stack(
        [
            len(levels) - np.searchsorted(levels, row)
            for row, levels in ((row, np.unique(row)) for row in ranks)
        ]
    )


def state_records(model: Model, states: Iterable[int]) -> list[dict[str, Any]]:
    """Give states in their JSON form: id, pattern, values by option, outcomes."""
    conflict = model.conflict
    levels = conflict.levels
    records = []
    for state in map(int, states):
        values = {
            option.name: option.levels[level] if (level := int(levels[state, i])) >= 0 else None
            for i, option in enumerate(conflict.options)
        }
        records.append(
            {
                "id": conflict.state_id(state),
                "pattern": conflict.pattern(state),
                "values": values,
                "outcomes": [name for name, truth in model.outcomes.items() if truth[state]],
            }
        )
    return records
