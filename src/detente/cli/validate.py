"""`detente validate`: whether a case is sound, and on what it rests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from detente.cli.choices import case_argument
from detente.cli.output import heading, plain, say
from detente.cli.telling import counted
from detente.errors import Problem

if TYPE_CHECKING:
    from detente.case import Case, Model

__all__ = ["validate"]

_SHOWN = 10


@click.command()
@case_argument
def validate(case: str) -> None:
    """Check CASE: its file, its conflict and its evidence. All problems are listed in one go."""
    from detente.case import hollow_claims, load, perspectives

    loaded = load(case)
    model = loaded.model()
    if loaded.perspectives:
        perspectives(loaded)  # each view must be a conflict
    heading(loaded.title)
    click.echo(
        ", ".join(
            (
                counted(len(loaded.decision_makers), "decision maker"),
                counted(len(loaded.options), "option"),
                f"{counted(model.conflict.n_states, 'state')} of {model.n_combinations}",
                counted(len(loaded.rules), "rule"),
                counted(len(loaded.outcomes), "outcome"),
                counted(len(loaded.sources), "source"),
            )
        )
    )
    _show_evidence(loaded)
    for warning in (*model.warnings, *hollow_claims(model)):
        click.echo(plain(f"warning: {warning}"))
    click.echo("The case is sound.")
    _check_results(model)


def _check_results(model: Model) -> None:
    """Compare published results with what is found; exit with 1 if one is not reproduced."""
    from detente.case import check_results

    checks = check_results(model)
    if not checks:
        return
    agreeing = sum(check.agrees for check in checks)
    click.echo(f"{agreeing} of {len(checks)} published results are reproduced.")
    for check in checks:
        if not check.agrees:
            click.echo(plain(str(check)))
    if agreeing < len(checks):
        raise click.exceptions.Exit(1)


def _show_evidence(case: Case) -> None:
    from detente.case.evidence import attached_texts, check_citations, elements, uncited

    found = elements(case)
    cited = sum(1 for item in found if item.evidence.cite)
    standing = Counter(item.evidence.standing or "not said" for item in found)
    parts = ", ".join(
        f"{standing[word]} {word}"
        for word in ("stated", "implied", "assumed", "not said")
        if standing[word]
    )
    click.echo(f"Evidence: {cited} of {len(found)} elements cite a source ({parts}).")
    without = [item.name for item in found if not item.evidence.cite]
    if without:
        say(f"Without a citation: {', '.join(without)}.")
    texts = attached_texts(case)
    for name in texts.missing:
        say(f"The text of {name} is not here: see “detente sources attach --help”.")
    for name in texts.changed:
        say(f"warning: the text of {name} is not the one whose hash is recorded")
    if not texts.documents:
        return
    checked = check_citations(case, texts)
    states = Counter(citation.state for citation in checked)
    click.echo(
        f"Citations: {states['found']} of {len(checked)} lead to their passage"
        + (f", {states['no text']} are to sources without a text." if states["no text"] else ".")
    )
    for citation in checked:
        if citation.message:
            place = citation.citation.place
            message = f"{citation.element}: {citation.citation}: {citation.message}"
            problem = Problem(case.file, place.line, place.column, message)
            click.echo(plain(f"warning: {problem}"))
    unused = uncited(case, texts)
    if unused:
        click.echo(f"Passages of weight in paragraphs that nothing cites: {len(unused)}")
        for name, passage in unused[:_SHOWN]:
            line = plain(f"  {name} {passage.id}: {passage.text}")
            click.echo(line if len(line) < 80 else f"{line[:78].rstrip()}…")
        if len(unused) > _SHOWN:
            click.echo(f"  … {len(unused) - _SHOWN} more")
