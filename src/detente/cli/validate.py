"""`detente validate`: whether a case is sound, and on what it rests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from detente.cli.choices import case_argument
from detente.cli.output import heading, plain

if TYPE_CHECKING:
    from detente.case import Case, Evidence

__all__ = ["validate"]


@click.command()
@case_argument
def validate(case: str) -> None:
    """Check CASE: its file, its conflict and its evidence. All problems are listed in one go."""
    from detente.case import load

    loaded = load(case)
    model = loaded.model()
    heading(loaded.title)
    click.echo(
        f"{len(loaded.decision_makers)} decision makers, {len(loaded.options)} options, "
        f"{model.conflict.n_states} states of {model.n_combinations}, "
        f"{len(loaded.rules)} rules, {len(loaded.outcomes)} outcomes, {len(loaded.sources)} sources"
    )
    _show_evidence(loaded)
    for warning in model.warnings:
        click.echo(plain(f"warning: {warning}"))
    click.echo("The case is sound.")


def _show_evidence(case: Case) -> None:
    elements = _elements(case)
    cited = sum(1 for evidence in elements if evidence.cite)
    standing = Counter(evidence.standing or "not said" for evidence in elements)
    parts = ", ".join(
        f"{standing[word]} {word}"
        for word in ("stated", "implied", "assumed", "not said")
        if standing[word]
    )
    click.echo(f"Evidence: {cited} of {len(elements)} elements cite a source ({parts}).")


def _elements(case: Case) -> list[Evidence]:
    from detente.case import Prioritise

    elements = []
    for dm in case.decision_makers:
        elements.append(dm.evidence)
        elements.extend(option.evidence for option in dm.options.values())
        if isinstance(dm.preferences, Prioritise):
            elements.extend(statement.evidence for statement in dm.preferences.statements)
    elements.extend(rule.evidence for rule in case.rules)
    elements.extend(outcome.evidence for outcome in case.outcomes.values())
    return elements
