"""`detente cases`: the catalogue."""

from __future__ import annotations

import click

from detente.cli.choices import json_option
from detente.cli.output import emit_json, print_table, table

__all__ = ["cases"]


@click.command()
@json_option
def cases(as_json: bool) -> None:
    """List the cases that come with the program; each can be used by its name."""
    from detente.case import catalogue, load

    rows = []
    for name in catalogue():
        case = load(name)
        model = case.model()
        rows.append(
            {
                "name": name,
                "title": case.title,
                "decision_makers": len(case.decision_makers),
                "options": len(case.options),
                "states": model.conflict.n_states,
                "published_results": len(case.results),
                "sources": [source.reference or source.title for source in case.sources.values()],
            }
        )
    if as_json:
        emit_json({"format": "detente-cases/1", "cases": rows})
        return
    made = table([("case", False), ("title", True), ("DMs", False), ("options", False)])
    made.add_column("states", header_style="bold")
    print_table(
        made,
        [
            [str(row[key]) for key in ("name", "title", "decision_makers", "options", "states")]
            for row in rows
        ],
    )
