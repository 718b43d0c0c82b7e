"""What an analysis shows of states: equilibria first, then who leaves the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
import numpy as np
from numpy.typing import NDArray

from detente._version import __version__
from detente.cli.choices import grouped_pattern
from detente.cli.output import fitting, print_table, say, table
from detente.cli.telling import counted
from detente.cli.views import outcome_names, state_records
from detente.conflict import places
from detente.explain import listing

if TYPE_CHECKING:
    from detente.case import Model
    from detente.conflict import Arcs
    from detente.stability import Conventions

__all__ = [
    "by_count",
    "common_record",
    "named",
    "show_conventions",
    "show_departures",
    "show_first",
]

Mask = NDArray[np.bool_]
States = NDArray[np.intp]

_ANSWERS = {
    "legal": "any legal sequence of moves",
    "once": "each opponent at most once",
    "single": "a single move",
}


def show_conventions(model: Model, conventions: Conventions) -> None:
    """Print how large the conflict is, and how opponents answer."""
    conflict = model.conflict
    feasible = f"{conflict.n_states} feasible states"
    if model.n_combinations != conflict.n_states:
        feasible += f" of {model.n_combinations} combinations"
    answers = _ANSWERS[conventions.opponents]
    n_dms = counted(conflict.n_dms, "decision maker")
    click.echo(f"{n_dms}, {feasible}.\nOpponents answer by {answers}.")
    silent = [
        dm.id for dm in model.case.decision_makers if dm.preferences is None and dm.pairs is None
    ]
    if silent:
        names = listing(silent)
        say(f"No preferences are stated for {names}: all states count as equally good there.")


def by_count(count: NDArray[np.integer], chosen: Mask) -> tuple[States, States]:
    """Order the states by how often each holds; those that hold, and those that never do."""
    order = np.argsort(-count.astype(np.int16), kind="stable")
    order = order[chosen[order]]
    return order[count[order] > 0], order[count[order] == 0]


def show_first(
    model: Model, marks: Mapping[str, Callable[[int], str]], states: States, limit: int
) -> None:
    """Print states with what each concept says of them, so many at most; 0 for all."""
    conflict = model.conflict
    made = table([("state", False), ("options", False), ("outcomes", True)])
    taken = 27 + len(conflict.options) + conflict.n_dms + sum(len(key) + 1 for key in marks)
    for dm in fitting(conflict.decision_makers, taken):
        made.add_column(dm, justify="right", header_style="bold", no_wrap=True)
    for concept in marks:
        made.add_column(concept, justify="center", header_style="bold", no_wrap=True)
    place = places(conflict.ranks)
    ranked = [dm.preferences is not None or dm.pairs is None for dm in model.case.decision_makers]
    print_table(
        made,
        [
            [
                conflict.state_id(state),
                grouped_pattern(model.case, conflict.pattern(state)),
                outcome_names(model, state),
                *(str(place[dm, state]) if ranked[dm] else "–" for dm in range(conflict.n_dms)),
                *(mark(state) for mark in marks.values()),
            ]
            for state in _first(states, limit)
        ],
    )
    _more(states, limit)


def show_departures(model: Model, leaving: Sequence[Arcs], states: States, limit: int) -> None:
    """Print who leaves states and where to: the best state where a ranking tells which it is."""
    conflict = model.conflict
    made = table([("state", False), ("options", False), ("outcomes", True), ("who leaves", True)])
    rows = []
    for state in _first(states, limit):
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
    _more(states, limit)


def _first(states: States, limit: int) -> list[int]:
    found: list[int] = (states[:limit] if limit else states).tolist()
    return found


def _more(states: States, limit: int) -> None:
    if limit and len(states) > limit:
        click.echo(f"… {len(states) - limit} more: --limit 0 shows all")


def named(model: Model, truth: Mask) -> list[str]:
    """Give the ids of the states at which something is true."""
    return [model.conflict.state_id(int(state)) for state in np.flatnonzero(truth)]


def common_record(model: Model, conventions: Conventions, chosen: Mask) -> dict[str, Any]:
    """Give what every analysis has in its JSON form, before the stable states."""
    conflict = model.conflict
    kept = np.flatnonzero(chosen)
    start = conflict.status_quo
    return {
        "format": "detente-analysis/1",
        "detente": __version__,
        "case": model.case.file,
        "title": model.case.title,
        "conflict": conflict.hash,
        "opponents": conventions.opponents,
        "status_quo_sanctions": conventions.status_quo_sanctions,
        "decision_makers": list(conflict.decision_makers),
        "options": [option.name for option in conflict.options],
        "states": state_records(model, kept),
        "status_quo": None if start is None else conflict.state_id(start),
        "outcomes": {key: named(model, truth & chosen) for key, truth in model.outcomes.items()},
        "ranks": {
            dm: conflict.ranks[i, kept].tolist() for i, dm in enumerate(conflict.decision_makers)
        },
    }
