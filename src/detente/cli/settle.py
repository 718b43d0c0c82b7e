"""`detente settle`: what some can settle without others, and what breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import numpy as np

from detente.cli.choices import (
    case_argument,
    json_option,
    limit_option,
    reading_option,
    where_states,
)
from detente.cli.output import emit_json, heading, plain, say
from detente.cli.ranked import load_ranked
from detente.cli.telling import (
    concept_option,
    counted,
    from_option,
    ids,
    members,
    naming_of,
    path_record,
    start_of,
)
from detente.coalitions import COALITION_CONCEPTS, GRADES, breaches, settlements
from detente.explain import Naming, listing, tell_breach, tell_path

if TYPE_CHECKING:
    from detente.case import Model
    from detente.coalitions import Settlements

__all__ = ["settle"]


@click.command()
@case_argument
@click.option("--by", required=True, metavar="DM,…", help="Who settles, such as us,russia.")
@click.option(
    "--without",
    metavar="DM,…",
    help="Who is left out; anyone named in neither may join.  [default: everybody else]",
)
@click.option("--where", metavar="CONDITION", help="Count only settlements of this kind.")
@from_option
@concept_option(*COALITION_CONCEPTS)
@reading_option
@limit_option(5, "Most states told of; 0 for all.")
@json_option
def settle(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    by: str,
    without: str | None,
    where: str | None,
    start: str | None,
    concept: str,
    reading: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find what some parties of CASE can settle by themselves, and how firmly.

    Agreed: their own moves lead there, and each of them prefers it to where they start.
    Self-enforcing: besides, none of them and no group of them would leave it. Spoiler-proof:
    besides, no improvements of outsiders can leave one of them worse off than at the start.
    """
    model = load_ranked(case, reading).model()
    found = settlements(
        model.conflict,
        members(by) or [],
        without=members(without),
        where=where_states(model, where),
        start=start_of(model, start),
        concept=concept,
    )
    if as_json:
        out = {
            "format": "detente-settlements/1",
            "conflict": model.conflict.hash,
            "start": model.conflict.state_id(found[0].bargaining.start),
            "concept": concept,
            "coalitions": [_record(model, one, limit) for one in found],
        }
        emit_json(out)
        return
    words = naming_of(model)
    heading(f"From {plain(words.state(found[0].bargaining.start))}, judged by {concept}")
    for one in found:
        _show(one, words, limit)


def _order(found: Settlements) -> list[int]:
    """List the settlements, firmest first, then by the gain of the member that gains least."""
    ranks = found.bargaining.conflict.ranks[list(found.coalition)]
    states = np.flatnonzero(found.agreed)
    firmness = np.sum([found.of(grade)[states] for grade in GRADES], axis=0)
    gain = np.min(ranks[:, states] - ranks[:, [found.bargaining.start]], axis=0)
    order: list[int] = states[np.lexsort((states, -gain, -firmness))].tolist()
    return order


def _show(found: Settlements, words: Naming, limit: int) -> None:
    who = listing([words.dm(dm) for dm in found.coalition])
    rest = listing([words.dm(dm) for dm in found.outsiders])
    heading(f"\n{who}" + (f" without {rest}" if rest else ""))
    if not found.reachable.any():
        click.echo("  No state of this kind can be reached by their moves alone.")
        return
    counts = ", ".join(f"{int(found.of(grade).sum())} {grade}" for grade in GRADES)
    reached = counted(int(found.reachable.sum()), "state")
    click.echo(f"  {reached} can be reached; of them {counts}.")
    states = _order(found)
    shown = states if limit == 0 else states[:limit]
    query = found.bargaining
    for state in shown:
        path = query.reach(found.coalition).path(state)
        assert path is not None  # noqa: S101 - agreed settlements are reachable
        say(f"{found.grade(state)}: {words.state(state)}", 2)
        say(f"{tell_path(path, words)}.", 4)
        for breach in breaches(found, state):
            say(f"But {tell_breach(breach, state, words)}", 4)
    if len(states) > len(shown):
        click.echo(f"  … {len(states) - len(shown)} more: --limit 0 shows all")
    if not states:
        ranks = query.conflict.ranks
        for dm in found.coalition:
            refused = found.reachable & (ranks[dm] <= ranks[dm, query.start])
            count = int(refused.sum())
            if count:
                say(f"{words.dm(dm)} does not prefer {count} of them.", 2)


def _record(model: Model, found: Settlements, limit: int) -> dict[str, Any]:
    conflict = model.conflict
    query = found.bargaining

    def named(truth: np.ndarray[Any, np.dtype[np.bool_]]) -> list[str]:
        return [conflict.state_id(state) for state in np.flatnonzero(truth).tolist()]

    told = _order(found) if limit == 0 else _order(found)[:limit]
    details = {}
    for state in told:
        path = query.reach(found.coalition).path(state)
        details[conflict.state_id(state)] = {
            "grade": found.grade(state),
            "path": path_record(model, path) if path else None,
            "breaches": [
                {
                    "kind": breach.kind,
                    "rules_out": breach.grade,
                    "who": ids(model, breach.who),
                    "path": path_record(model, breach.path) if breach.path else None,
                    "hurt": ids(model, breach.hurt),
                }
                for breach in breaches(found, state)
            ],
        }
    return {
        "by": ids(model, found.coalition),
        "without": ids(model, found.outsiders),
        "reachable": int(found.reachable.sum()),
        **{grade.replace("-", "_"): named(found.of(grade)) for grade in GRADES},
        "states": details,
    }
