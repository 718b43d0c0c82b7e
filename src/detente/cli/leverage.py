"""`detente leverage`: whom a settlement depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.cli.choices import case_argument, json_option, reading_option, where_states
from detente.cli.output import emit_json, heading, plain, print_table, say, table
from detente.cli.ranked import load_ranked
from detente.cli.telling import concept_option, from_option, ids, naming_of, path_record, start_of
from detente.coalitions import COALITION_CONCEPTS, GRADES
from detente.explain import listing, tell_path, tell_spoiling

if TYPE_CHECKING:
    from detente.case import Model
    from detente.coalitions import Leverage, Party, Treaty
    from detente.explain import Naming

__all__ = ["leverage"]


@click.command()
@case_argument
@click.option(
    "--grade",
    type=click.Choice(GRADES),
    default="self-enforcing",
    show_default=True,
    help="How firm a settlement must be.",
)
@click.option("--where", metavar="CONDITION", help="Count only settlements of this kind.")
@from_option
@concept_option(*COALITION_CONCEPTS)
@reading_option
@json_option
def leverage(
    case: str,
    grade: str,
    where: str | None,
    start: str | None,
    concept: str,
    reading: str | None,
    as_json: bool,
) -> None:
    """Find for each party of CASE whether a settlement needs it, and what it can do about one."""
    from detente.coalitions import leverage as find

    model = load_ranked(case, reading).model()
    found = find(
        model.conflict,
        grade=grade,
        where=where_states(model, where),
        start=start_of(model, start),
        concept=concept,
    )
    if as_json:
        emit_json(_record(model, found))
        return
    _show(found, naming_of(model))


def _show(found: Leverage, words: Naming) -> None:
    begin = words.state(found.bargaining.start)
    judged = f"judged by {found.bargaining.concept}"
    heading(plain(f"Settlements that are {found.grade}, from {begin}, {judged}"))
    if not found.able:
        click.echo("No coalition has one.")
    for coalition in found.minimal:
        say(f"{listing([words.dm(dm) for dm in coalition])} can reach one.")
    click.echo()
    made = table([("party", True), ("needed", False), ("spoils", False), ("accepts", False)])
    made.add_column("Shapley–Shubik", justify="right", header_style="bold")
    made.add_column("Banzhaf", justify="right", header_style="bold")
    print_table(made, [_row(party, words) for party in found.parties])
    for party in found.parties:
        _tell(found, party, words)


def _row(party: Party, words: Naming) -> list[str]:
    spoils, accepts = party.spoils, party.accepts
    return [
        words.dm(party.dm),
        "yes" if party.needed else "no",
        "no" if spoils is None else "alone" if spoils.alone else "with others",
        "no" if accepts is None else "unwillingly" if accepts.worse else "yes",
        str(party.shapley_shubik),
        str(party.banzhaf),
    ]


def _tell(found: Leverage, party: Party, words: Naming) -> None:
    heading(plain(f"\n{words.dm(party.dm)}"))
    if party.needed:
        click.echo("  There is no such settlement without it.")
    elif party.without:
        say(f"Without it: {_treaty(party.without, words)}", 2)
    swings = [swing for swing in found.swings if swing.dm == party.dm]
    if swings:
        say(f"With it: {_treaty(swings[0].treaty, words)}", 2)
    if party.spoils:
        say(f"It spoils a settlement. {tell_spoiling(party.spoils, words)}", 2)
    if party.accepts:
        state = words.state(party.accepts.treaty.state)
        how = ", though it likes the status quo better" if party.accepts.worse else ""
        say(f"It would not act against {state}{how}.", 2)


def _treaty(treaty: Treaty, words: Naming) -> str:
    who = listing([words.dm(dm) for dm in treaty.coalition])
    return f"{who} settle on {words.state(treaty.state)}: {tell_path(treaty.path, words)}."


def _record(model: Model, found: Leverage) -> dict[str, Any]:
    def treaty(one: Treaty | None) -> dict[str, Any] | None:
        if one is None:
            return None
        state = model.conflict.state_id(one.state)
        path = path_record(model, one.path)
        return {"by": ids(model, one.coalition), "state": state, "path": path}

    parties = {
        model.conflict.decision_makers[party.dm]: {
            "needed": party.needed,
            "without": treaty(party.without),
            "spoils": party.spoils
            and {
                "settlement": treaty(party.spoils.treaty),
                "alone": party.spoils.alone,
                "path": path_record(model, party.spoils.path),
                "hurt": ids(model, party.spoils.hurt),
            },
            "accepts": party.accepts
            and {"settlement": treaty(party.accepts.treaty), "worse": party.accepts.worse},
            "shapley_shubik": str(party.shapley_shubik),
            "banzhaf": str(party.banzhaf),
            "swings": [
                {"coalition": ids(model, swing.coalition), "settlement": treaty(swing.treaty)}
                for swing in found.swings
                if swing.dm == party.dm
            ],
        }
        for party in found.parties
    }
    return {
        "format": "detente-leverage/1",
        "conflict": model.conflict.hash,
        "start": model.conflict.state_id(found.bargaining.start),
        "concept": found.bargaining.concept,
        "grade": found.grade,
        "able": [ids(model, coalition) for coalition in found.able],
        "minimal": [ids(model, coalition) for coalition in found.minimal],
        "parties": parties,
    }
