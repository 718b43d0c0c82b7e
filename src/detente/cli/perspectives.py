"""`detente perspectives`: what each party believes to hold, what does, and who is surprised."""

from __future__ import annotations

from collections.abc import Sequence

import click
import numpy as np

from detente.case import Perspectives
from detente.cli.beliefs import Finding, Mask, record
from detente.cli.choices import (
    case_argument,
    grouped_pattern,
    json_option,
    limit_option,
    where_option,
    where_states,
)
from detente.cli.output import emit_json, fitting, heading, print_table, say, table
from detente.cli.ranked import load_ranked
from detente.errors import DetenteError
from detente.explain import leavings, listing, tell_leaving, tell_sight

__all__ = ["perspectives"]

_CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
_KEY = {
    "hypergame": "● believes that nobody leaves   ○ stays   → leaves   ? does not know of it",
    "moves": "○ stays   → leaves   ? does not perceive it, and stays",
}


@click.command()
@case_argument
@click.option("--reading", help="Take a named reading for the conflict as it is.")
@click.option(
    "--concept",
    "concepts",
    multiple=True,
    type=click.Choice(_CONCEPTS),
    help="A solution concept; repeat for several.  [default: seq]",
)
@click.option(
    "--sees",
    multiple=True,
    metavar="DM=READING",
    help="Let a party see the others as a named reading does, such as “ukraine=kyiv”; may "
    "be repeated.",
)
@click.option(
    "--treatment",
    type=click.Choice(tuple(_KEY)),
    default="hypergame",
    show_default=True,
    help="Each acts on a conflict of its own; or nobody moves into or out of what it does not "
    "perceive, and all else is as it is.",
)
@where_option
@limit_option(10)
@json_option
def perspectives(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    reading: str | None,
    concepts: tuple[str, ...],
    sees: tuple[str, ...],
    treatment: str,
    where: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find what each party of CASE believes to hold, what does hold, and who is surprised.

    Each party judges by the conflict that it sees: as “perspectives” in the case say, or --sees; a
    party that neither names sees it as it is.
    """
    from detente.case import perspectives as look

    loaded = load_ranked(case)
    seen = look(loaded, reading=reading or "", sees=_views(sees))
    if not seen.sights:
        message = "all see this case as it is: add “perspectives” to it, or give --sees DM=READING"
        raise DetenteError(message)
    chosen = where_states(seen.model, where)
    findings = [Finding(seen, concept, treatment) for concept in concepts or ("seq",)]
    if as_json:
        emit_json(record(seen, treatment, findings, chosen, limit))
        return
    _show_views(seen, treatment)
    for finding in findings:
        _show(seen, finding, chosen, limit)


def _views(sees: Sequence[str]) -> dict[str, str]:
    views: dict[str, str] = {}
    for part in sees:
        dm, equals, name = (word.strip() for word in part.partition("="))
        if not (dm and equals and name):
            raise DetenteError(f"--sees: “{part}” should be DM=READING, such as ukraine=kyiv")
        if dm in views:
            raise DetenteError(f"--sees: {dm} is named twice: it has one view")
        views[dm] = name
    return views


def _show_views(seen: Perspectives, treatment: str) -> None:
    from detente.cli.views import legend

    legend(seen.model)
    case = seen.model.case
    heading("How they see it")
    for dm, sight in seen.sights.items():
        view = sight.perspective
        who = case.decision_makers[dm].name
        named = case.readings.get(view.reading)
        parts = [" ".join(view.text.split())] if view.text else []
        if view.reading:
            name = named.name if named else view.reading
            parts.append(f"It sees the others by the reading “{name}”.")
        parts += tell_sight(seen, dm)
        say(f"{who}: {' '.join(parts)}", 2)
    rest = [one.name for dm, one in enumerate(case.decision_makers) if dm not in seen.sights]
    if rest:
        say(f"As it is: {listing(rest)}.", 2)
    if case.uncertainties:
        say("What is open counts as in the case as written, in every view.", 2)
    if treatment == "moves":
        say(
            "By this treatment only the moves into and out of what a party does not know of fall "
            "away; all know all preferences, and nobody has a conflict of its own.",
            2,
        )


def _show(seen: Perspectives, finding: Finding, chosen: Mask, limit: int) -> None:
    heading(f"\nUnder {finding.concept}")
    hidden = 0 if finding.game is None else int(chosen[finding.game.hidden].sum())
    holding = int((finding.holds & chosen).sum())
    equal = "the same" if np.array_equal(finding.holds, finding.alike) else "not the same"
    alike = int((finding.alike & chosen).sum())
    number = "1 equilibrium" if holding == 1 else f"{holding or 'No'} equilibria"
    hid = f", {hidden} of them hidden from somebody" if hidden else ""
    say(f"{number}{hid}; {alike} if all saw it as it is, {equal}.")
    states = _ordered(finding, chosen)
    if states:
        _table(seen, finding, states[: limit or None])
        click.echo(_KEY["moves" if finding.game is None else "hypergame"])
        _more(len(states), limit)
    if finding.game is not None:
        _show_surprises(seen, finding, chosen, limit)


def _ordered(finding: Finding, chosen: Mask) -> list[int]:
    """List the states that matter: those that hold first, then by how many believe in them."""
    states = np.flatnonzero(finding.matters & chosen)
    held = finding.holds[states].astype(int)
    believers = np.zeros(len(states), dtype=int)
    if finding.game is not None:
        believers = finding.game.believed[:, states].sum(axis=0)
    order: list[int] = states[np.lexsort((states, -believers, -held))].tolist()
    return order


def _table(seen: Perspectives, finding: Finding, states: Sequence[int]) -> None:
    from detente.cli.views import outcome_names

    model = seen.model
    conflict = model.conflict
    made = table([("state", False), ("options", False), ("outcomes", True)])
    for dm in fitting(conflict.decision_makers, 40 + len(conflict.options) + conflict.n_dms):
        made.add_column(dm, justify="center", header_style="bold", no_wrap=True)
    for name in ("holds", "alike"):
        made.add_column(name, justify="center", header_style="bold", no_wrap=True)
    print_table(
        made,
        [
            [
                conflict.state_id(state),
                grouped_pattern(model.case, conflict.pattern(state)),
                outcome_names(model, state),
                *(finding.sign(dm, state) for dm in range(conflict.n_dms)),
                *("●" if truth[state] else "·" for truth in (finding.holds, finding.alike)),
            ]
            for state in states
        ],
    )


def _show_surprises(seen: Perspectives, finding: Finding, chosen: Mask, limit: int) -> None:
    assert finding.game is not None  # noqa: S101 - the other treatment has no beliefs
    found = [one for one in leavings(finding.game) if chosen[one.state]]
    if not found:
        click.echo("No surprises: nobody leaves what another believes to be an equilibrium.")
        return
    heading(f"\nSurprises ({len(found)})")
    for one in found[: limit or None]:
        first, *reasons = tell_leaving(seen, one, finding.concept)
        say(first, 2)
        for reason in reasons:
            say(reason, 4)
    _more(len(found), limit)


def _more(number: int, limit: int) -> None:
    if limit and number > limit:
        click.echo(f"… {number - limit} more: --limit 0 shows all")
