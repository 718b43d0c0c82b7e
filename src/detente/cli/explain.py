"""`detente explain`: why an outcome holds or not, in words."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from detente.cli.choices import case_argument, json_option, reading_option
from detente.cli.output import emit_json, heading, say
from detente.cli.ranked import load_ranked
from detente.cli.telling import concept_option, find_state, naming_of
from detente.explain import certify, faults, tell

if TYPE_CHECKING:
    from detente.case import Model
    from detente.explain import Certificate

__all__ = ["explain"]


@click.command()
@case_argument
@click.argument("state", metavar="STATE")
@click.option("--dm", help="Only this party, by its id.")
@concept_option("nash", "gmr", "smr", "seq", "sseq")
@reading_option
@json_option
def explain(
    case: str, state: str, dm: str | None, concept: str, reading: str | None, as_json: bool
) -> None:
    """Say for each party of CASE why it would stay at STATE, or why not.

    STATE is an id such as s3, a pattern, or a condition that one state fulfils.
    """
    model = load_ranked(case, reading).model()
    conflict = model.conflict
    at = find_state(model, state)
    if dm is None:
        chosen = list(range(conflict.n_dms))
    else:
        from detente.coalitions import as_coalition

        chosen = list(as_coalition(conflict, [dm]))
    certificates = [certify(conflict, index, at, concept) for index in chosen]
    for certificate in certificates:
        wrong = faults(conflict, certificate)
        assert not wrong, wrong  # noqa: S101 - the engine would be at fault, not the input
    if as_json:
        records = [_record(model, certificate) for certificate in certificates]
        out = {"format": "detente-explanation/1", "conflict": conflict.hash, "verdicts": records}
        emit_json(out)
        return
    words = naming_of(model)
    heading(f"{words.state(at)} under {concept}")
    for certificate in certificates:
        verdict, *reasons = tell(certificate, words)
        click.echo()
        say(verdict)
        for reason in reasons:
            say(reason, 2)
    if dm is None:
        leaving = [words.dm(c.dm) for c in certificates if not c.stable]
        closing = "Nobody would leave: it is an equilibrium."
        if leaving:
            closing = f"It is no equilibrium: {', '.join(leaving)} would leave."
        click.echo()
        say(closing)


def _record(model: Model, certificate: Certificate) -> dict[str, Any]:
    name, state_id = model.conflict.decision_makers, model.conflict.state_id

    def named(key: str, value: Any) -> Any:  # noqa: ANN401 - any part of a certificate
        if isinstance(value, dict):
            return {inner: named(inner, part) for inner, part in value.items()}
        if isinstance(value, list | tuple):
            return [named(key, part) for part in value]
        if isinstance(value, bool) or not isinstance(value, int):
            return value
        return name[value] if key in ("dm", "mover") else state_id(value)

    parts = asdict(certificate)
    for sanction, told in zip(certificate.sanctions, parts["sanctions"], strict=True):
        told["path"] = {
            "start": sanction.path.start,
            "steps": [step._asdict() for step in sanction.path.steps],
        }
    record: dict[str, Any] = named("", parts)
    record["words"] = list(tell(certificate, naming_of(model)))
    return record
