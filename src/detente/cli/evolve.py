"""`detente evolve`: what can come of the status quo, by whose moves, and how likely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import numpy as np

from detente.cli.choices import (
    Whole,
    case_argument,
    json_option,
    limit_option,
    reading_option,
    states_of,
)
from detente.cli.output import emit_json, heading, plain, say
from detente.cli.ranked import load_ranked
from detente.cli.telling import (
    concept_option,
    counted,
    from_option,
    ids,
    naming_of,
    path_record,
    start_of,
)
from detente.errors import DetenteError
from detente.evolution import MOVES, all_paths, closing_moves, drift, out_of_reach
from detente.explain import listing, tell_path

if TYPE_CHECKING:
    from detente.case import Model
    from detente.evolution import Drift, Evolution
    from detente.explain import Naming

__all__ = ["evolve"]


@click.command()
@case_argument
@from_option
@click.option(
    "--to", metavar="STATES", help="List the paths to these states: an id, a pattern, a condition."
)
@click.option(
    "--kind-of-moves",
    "kind",
    type=click.Choice(MOVES),
    default="improvements",
    show_default=True,
    help="Follow any moves, improvements, or improvements that nothing sanctions.",
)
@concept_option("nash", "gmr", "smr", "seq", "sseq")
@click.option(
    "--max-moves",
    default=6,
    show_default=True,
    type=Whole(0),
    help="Most moves of a path listed.",
)
@reading_option
@limit_option(10, "Most paths listed, and most closing moves.", least=1)
@click.option(
    "--chance",
    metavar="DM=WEIGHT,…",
    help="Draw who moves next by these weights (others 1), such as “us=2”; “” for all equal.",
)
@json_option
def evolve(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    start: str | None,
    to: str | None,
    kind: str,
    concept: str,
    max_moves: int,
    reading: str | None,
    limit: int,
    chance: str | None,
    as_json: bool,
) -> None:
    """Follow CASE from the status quo: which states come next, after how many moves, by whom."""
    from detente.evolution import evolve as follow

    model = load_ranked(case, reading).model()
    found = follow(model.conflict, start_of(model, start), kind=kind, concept=concept)
    goal = None if to is None else _goal(model, to)
    drawn = None
    if chance is not None:
        weights = _weights(model, chance)
        drawn = drift(model.conflict, found.start, weights=weights, kind=kind, concept=concept)
    if as_json:
        emit_json(_record(model, found, goal, drawn, (max_moves, limit)))
        return
    words = naming_of(model)
    _show_levels(found, words)
    if goal is not None:
        _show_paths(found, goal, words, max_moves, limit)
    if drawn is not None:
        _show_drift(drawn, words)


def _goal(model: Model, to: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    goal, fault = states_of(model, to)
    if fault:
        raise DetenteError(f"--to: {fault}")
    if not goal.any():
        raise DetenteError(f"--to: no feasible state fulfils “{to}”")
    return goal


def _weights(model: Model, chance: str) -> dict[int, float]:
    from detente.coalitions import as_coalition

    weights = {}
    for part in chance.split(",") if chance.strip() else ():
        dm, _equals, weight = part.partition("=")
        (index,) = as_coalition(model.conflict, [dm.strip()])
        try:
            weights[index] = float(weight)
        except ValueError:
            message = f"--chance: “{part}” should be DM=WEIGHT, such as us=2"
            raise DetenteError(message) from None
    return weights


def _show_levels(found: Evolution, words: Naming) -> None:
    heading(plain(f"From {words.state(found.start)} by {_kind(found)}"))
    for moves, states in enumerate(found.level_sets()):
        if moves == 0:
            continue
        click.echo(f"after {counted(moves, 'move')} or more:")
        for state in states[:20]:
            arrival = found.arrival(state)
            assert arrival is not None  # noqa: S101 - the state is in a level set
            last = listing([words.dm(dm) for dm in arrival.last_movers], "or")
            say(f"{words.state(state)}, the last move by {last}", 2)
        if len(states) > 20:
            click.echo(f"  … {len(states) - 20} more")
    if len(found.level_sets()) == 1:
        click.echo("Nobody moves: it stays as it is.")


def _kind(found: Evolution) -> str:
    if found.kind == "unsanctioned":
        return f"improvements not sanctioned under {found.concept}"
    return found.kind


def _show_paths(
    found: Evolution,
    goal: np.ndarray[Any, np.dtype[np.bool_]],
    words: Naming,
    max_moves: int,
    limit: int,
) -> None:
    listed = all_paths(found, goal, max_moves=max_moves, limit=limit)
    more = "" if listed.complete else " (the first of more)"
    heading(f"\nPaths of at most {counted(max_moves, 'move')}: {len(listed.paths)}{more}")
    for path in listed.paths:
        say(f"{tell_path(path, words)}: {words.state(path.end)}", 2)
    closing = closing_moves(found, goal)
    lost = int(out_of_reach(found, goal).sum())
    where = counted(lost, "state") if lost else "no state"
    click.echo(f"\nOut of reach from {where}.")
    if closing:
        heading("Moves after which it is out of reach")
    for move in closing[:limit]:
        act = words.move(move.mover, move.source, move.target)
        say(f"at {words.state(move.source)} {words.dm(move.mover)} {act}", 2)
    if len(closing) > limit:
        click.echo(f"  … {len(closing) - limit} more")


def _show_drift(found: Drift, words: Naming) -> None:
    heading(f"\nIf chance decides who moves: {found.expected_moves:.2f} moves on average, then")
    for end in found.destinations[:20]:
        where = " ⇄ ".join(words.state(state) for state in end.states[:5])
        cycle = f" (a cycle of {len(end.states)} states)" if end.cycle else ""
        click.echo(plain(f"  {end.probability:7.2%}  {where}{cycle}"))
    if len(found.destinations) > 20:
        click.echo(f"  … {len(found.destinations) - 20} more")
    if found.cycles:
        click.echo(
            f"Cycles on the way: {len(found.cycles)}, the largest of "
            f"{max(map(len, found.cycles))} states."
        )


def _record(
    model: Model,
    found: Evolution,
    goal: np.ndarray[Any, np.dtype[np.bool_]] | None,
    drawn: Drift | None,
    bounds: tuple[int, int],
) -> dict[str, Any]:
    conflict = model.conflict

    def named(states: tuple[int, ...]) -> list[str]:
        return [conflict.state_id(state) for state in states]

    record: dict[str, Any] = {
        "format": "detente-evolution/1",
        "conflict": conflict.hash,
        "start": conflict.state_id(found.start),
        "by": found.kind,
        "concept": found.concept if found.kind == "unsanctioned" else None,
        "levels": [named(states) for states in found.level_sets()],
    }
    if goal is not None:
        listed = all_paths(found, goal, max_moves=bounds[0], limit=bounds[1])
        record["paths"] = [path_record(model, path) for path in listed.paths]
        record["complete"] = listed.complete
        record["out_of_reach"] = named(tuple(np.flatnonzero(out_of_reach(found, goal)).tolist()))
        record["closing_moves"] = [
            {
                "by": conflict.decision_makers[move.mover],
                "from": conflict.state_id(move.source),
                "to": conflict.state_id(move.target),
            }
            for move in closing_moves(found, goal)
        ]
    if drawn is not None:
        weights = zip(ids(model, range(conflict.n_dms)), drawn.weights, strict=True)
        record["chance"] = {
            "weights": dict(weights),
            "expected_moves": drawn.expected_moves,
            "destinations": [
                {"states": named(end.states), "probability": end.probability}
                for end in drawn.destinations
            ],
            "cycles": [named(cycle) for cycle in drawn.cycles],
        }
    return record
