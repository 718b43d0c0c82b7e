"""`detente inverse`: what would have to change for an outcome to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.case import Prioritise, fewest_changes
from detente.cli.choices import Whole, case_argument, json_option, limit_option, reading_option
from detente.cli.output import emit_json, heading, plain, say
from detente.cli.ranked import load_ranked
from detente.cli.telling import concept_option, counted, find_state, ids, members, naming_of
from detente.errors import SizeError
from detente.explain import listing
from detente.inverse import MAX_STATES, fewest_edits, fewest_reversals, offers

if TYPE_CHECKING:
    from detente.case import Change, Changes, Model
    from detente.explain import Naming
    from detente.inverse import Edit, Edits, Offers, Reversals

__all__ = ["inverse"]


@click.command()
@case_argument
@click.argument("state", metavar="STATE")
@concept_option("nash", "gmr", "smr", "seq", "sseq")
@click.option(
    "--vary",
    metavar="DM,…",
    help="Edit and reverse only these parties' preferences.  [default: all]",
)
@click.option(
    "--max-edits",
    default=2,
    show_default=True,
    type=Whole(0),
    help="Most edits of statements tried.",
)
@click.option(
    "--reversals",
    "with_reversals",
    is_flag=True,
    help="Search for the fewest reversed pairs too; needs the extra “inverse”.",
)
@reading_option
@limit_option(10, "Most ways listed.", least=1)
@json_option
def inverse(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    state: str,
    concept: str,
    vary: str | None,
    max_edits: int,
    with_reversals: bool,
    reading: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find the smallest changes that make STATE of CASE an equilibrium.

    Offers: which better states STATE would have to match, for whom. Edits: preference statements
    to drop, reverse or move. Changes: rules to drop, options to bind at their level in STATE or to
    make reversible. Reversals: pairs of states to compare differently.
    """
    from detente.coalitions import as_coalition

    model = load_ranked(case, reading).model()
    conflict = model.conflict
    at = find_state(model, state)
    dms = range(conflict.n_dms) if vary is None else as_coalition(conflict, members(vary) or [])
    offered = offers(conflict, at, concept)
    edits, refused = _edits(model, list(dms), at, concept, max_edits)
    changes = None if model.case.states else fewest_changes(model, at, concept)
    reversals = None
    if with_reversals:
        reversals = fewest_reversals(conflict, at, concept, vary=dms, limit=limit)
    if as_json:
        emit_json(_record(model, offered, edits, changes, reversals))
        return
    words = naming_of(model)
    heading(plain(f"For {words.state(at)} to be an equilibrium under {concept}"))
    _show_offers(offered, words)
    _show_edits(model, edits, refused, limit)
    _show_changes(model, changes, limit)
    if reversals is not None:
        _show_reversals(reversals, words)
    elif conflict.n_states <= MAX_STATES:
        click.echo("\n--reversals also finds the fewest reversed pairs of states.")


def _edits(
    model: Model, dms: list[int], state: int, concept: str, max_edits: int
) -> tuple[Edits | None, str]:
    statements = {
        dm: [model.holds(one.clause.expression) for one in preferences.statements]
        for dm in dms
        if isinstance(preferences := model.case.decision_makers[dm].preferences, Prioritise)
    }
    if not statements:
        return None, "no party that may change has its preferences as statements"
    try:
        found = fewest_edits(model.conflict, statements, state, concept, max_edits=max_edits)
    except SizeError as error:
        return None, str(error)
    return found, ""


def _show_offers(found: Offers, words: Naming) -> None:
    if not found.offers:
        click.echo("It is one already.")
        return
    click.echo("\nIt would have to be as good")
    for offer in found.offers:
        best = words.state(offer.matched[0])
        more = f" (and {len(offer.matched) - 1} more below that)" if len(offer.matched) > 1 else ""
        say(f"for {words.dm(offer.dm)}: as {best}{more}", 2)
    enough = (
        "Together that is enough." if found.enough else "Even all together, that is not enough."
    )
    click.echo(enough)


def _show_edits(model: Model, found: Edits | None, refused: str, limit: int) -> None:
    if found is None:
        click.echo()
        say(f"Edits of statements: {refused}.")
        return
    if found.number is None:
        click.echo("\nNo edits of statements within the number allowed do it: see --max-edits.")
        return
    if found.number == 0:
        return
    ways = counted(len(found.ways), "way")
    click.echo(f"\n{counted(found.number, 'edit')} of statements, {ways}:")
    for way in found.ways[:limit]:
        say(f"{listing([_edit(model, edit) for edit in way])}", 2)
    if len(found.ways) > limit:
        click.echo(f"  … {len(found.ways) - limit} more")


def _edit(model: Model, edit: Edit) -> str:
    dm = model.case.decision_makers[edit.dm]
    assert isinstance(dm.preferences, Prioritise)  # noqa: S101 - only such lists are edited
    text = dm.preferences.statements[edit.statement].clause.text
    place = f" to place {edit.place + 1}" if edit.place is not None else ""
    return f"{dm.id}: {edit.change} “{text}”{place}"


def _show_changes(model: Model, found: Changes | None, limit: int) -> None:
    if found is None or found.number == 0:
        return
    if found.number is None:
        click.echo("\nNo two changes of rules or options do it.")
        return
    number, ways = counted(found.number, "change"), counted(len(found.ways), "way")
    click.echo(f"\n{number} of rules or options, {ways}:")
    for way in found.ways[:limit]:
        say(f"{listing([_change(model, change) for change in way])}", 2)
    if len(found.ways) > limit:
        click.echo(f"  … {len(found.ways) - limit} more")


def _change(model: Model, change: Change) -> str:
    if change.kind == "drop rule":
        rule = model.case.rules[change.index]
        return f"drop the rule “{rule.kind} {', '.join(clause.text for clause in rule.clauses)}”"
    name = model.case.options[change.index].name
    return f"let {name} be changed both ways" if change.kind == "allow return" else f"bind {name}"


def _show_reversals(found: Reversals, words: Naming) -> None:
    if found.distance is None:
        click.echo("\nNo rankings of these parties do it.")
        return
    more = "" if found.complete else " (the first of more)"
    ways = counted(len(found.proposals), "way")
    click.echo(f"\n{counted(str(found.distance), 'reversal')}, {ways}{more}:")
    for number, proposal in enumerate(found.proposals, 1):
        click.echo(f"  way {number}")
        for change in proposal.changes:
            pair = f"{words.state(change.first)} {change.after} than {words.state(change.second)}"
            pair = pair.replace(" equal than ", " equal to ")
            say(f"{words.dm(change.dm)}: {pair} (was {change.before})", 4)


def _record(
    model: Model,
    offered: Offers,
    edits: Edits | None,
    changes: Changes | None,
    reversals: Reversals | None,
) -> dict[str, Any]:
    conflict = model.conflict
    name, state_id = conflict.decision_makers, conflict.state_id
    record: dict[str, Any] = {
        "format": "detente-inverse/1",
        "conflict": conflict.hash,
        "state": state_id(offered.state),
        "offers": [
            {"to": name[offer.dm], "matched": [state_id(s) for s in offer.matched]}
            for offer in offered.offers
        ],
        "enough": offered.enough,
    }
    if edits is not None:
        record["edits"] = {
            "number": edits.number,
            "ways": [
                [
                    {
                        "by": ids(model, [edit.dm])[0],
                        "change": edit.change,
                        "statement": edit.statement,
                        "place": edit.place,
                    }
                    for edit in way
                ]
                for way in edits.ways
            ],
        }
    if changes is not None:
        record["changes"] = {
            "number": changes.number,
            "ways": [
                [{"change": one.kind, "index": one.index} for one in way] for way in changes.ways
            ],
        }
    if reversals is not None:
        distance = reversals.distance
        record["reversals"] = {
            "distance": None if distance is None else str(distance),
            "complete": reversals.complete,
            "ways": [
                [
                    {
                        "by": name[change.dm],
                        "first": state_id(change.first),
                        "second": state_id(change.second),
                        "before": change.before,
                        "after": change.after,
                    }
                    for change in proposal.changes
                ]
                for proposal in reversals.proposals
            ],
        }
    return record
