"""`detente coalitions`: which outcomes withstand coalitions, and who would jump."""

from __future__ import annotations

import click
import numpy as np

from detente.cli.choices import case_argument, json_option, reading_option
from detente.cli.output import emit_json, heading, say
from detente.cli.ranked import load_ranked
from detente.cli.telling import ids, members, naming_of, path_record
from detente.coalitions import COALITION_CONCEPTS, analyze_coalitions, equilibrium_jumps
from detente.explain import listing, tell_path

__all__ = ["coalitions"]


@click.command()
@case_argument
@click.option(
    "--partition",
    metavar="DM,…;DM,…",
    help="Let each group act as one player, such as “us,russia;europe”, instead of all coalitions.",
)
@click.option(
    "--jumps",
    type=click.Choice(("nash", "gmr", "smr", "seq", "sseq")),
    default="seq",
    show_default=True,
    help="The concept whose equilibria coalitions may jump between.",
)
@reading_option
@json_option
def coalitions(
    case: str, partition: str | None, jumps: str, reading: str | None, as_json: bool
) -> None:
    """Find which states of CASE no coalition can profitably leave, and the equilibrium jumps."""
    from detente.stability import analyze

    model = load_ranked(case, reading).model()
    conflict = model.conflict
    blocks = None if partition is None else [members(part) or [] for part in partition.split(";")]
    found = analyze_coalitions(conflict, partition=blocks)
    equilibria = analyze(conflict, [jumps]).equilibria(jumps)
    leaps = equilibrium_jumps(conflict, equilibria.tolist())
    universal = {
        concept: [conflict.state_id(s) for s in np.flatnonzero(found.universal(concept)).tolist()]
        for concept in COALITION_CONCEPTS
    }
    if as_json:
        out = {
            "format": "detente-coalitions/1",
            "conflict": conflict.hash,
            "coalitions": [ids(model, coalition) for coalition in found.coalitions],
            "partition": found.partition,
            "universally_stable": universal,
            "jumps": [
                {
                    "from": conflict.state_id(leap.source),
                    "to": conflict.state_id(leap.target),
                    "by": ids(model, leap.coalition),
                    "path": path_record(model, leap.path),
                }
                for leap in leaps
            ],
        }
        emit_json(out)
        return
    words = naming_of(model)
    kind = "block of the partition" if found.partition else "coalition"
    heading(f"Stable for every {kind} ({len(found.coalitions)})")
    for concept, names in universal.items():
        shown = ", ".join(names[:20]) + (f" … ({len(names)} in all)" if len(names) > 20 else "")
        say(f"{concept:5}{shown or 'none'}", 2)
    heading(f"\nJumps between equilibria under {jumps}")
    for leap in leaps:
        who = listing([words.dm(dm) for dm in leap.coalition])
        say(f"{who}: {words.state(leap.source)} → {words.state(leap.target)}", 2)
        say(f"{tell_path(leap.path, words)}.", 4)
    if not leaps:
        click.echo("  none")
