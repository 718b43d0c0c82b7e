"""What a sweep over very many readings has found."""

from __future__ import annotations

from detente.case import DOUBTED
from detente.claims import Swept, clopper_pearson, per_cent
from detente.explain.questions import question_words
from detente.report.blocks import Badge, Block, Code, Inline, Link, Paragraph, Section, Table, Words
from detente.report.findings import Findings
from detente.report.verdicts import claim_words

__all__ = ["over_many"]


def over_many(findings: Findings) -> Section | None:
    """Write the section on a sweep; None where none was given."""
    swept = findings.attached.swept
    if swept is None:
        return None
    rows = tuple(_row(findings, swept, position) for position in range(len(swept.plan.claims)))
    head = ("Claim", "Holds in", "Share", "Turns most on")
    blocks: list[Block] = [Paragraph(_what(findings, swept)), Table(head, rows)]
    if swept.plan.weighs(swept.space):
        said = "Shares weigh each combination by its probability."
        blocks.append(Paragraph((said,), "aside"))
    return Section("sweep", "Over many readings", tuple(blocks))


def _what(findings: Findings, swept: Swept) -> Words:
    plan = swept.plan
    named = findings.case.readings.get(plan.reading)
    reading = f"“{named.name}”" if named else "the case as written"
    if plan.draws is None:
        how = f"all {swept.size:,} combinations of what {reading} leaves open"
    else:
        how = f"{swept.size:,} combinations drawn from what {reading} leaves open, seed {plan.seed}"
    line: list[Inline] = [f"A sweep judged the claims in {how}."]
    if plan.doubt is not None:
        line.append(f" {DOUBTED[plan.doubt].capitalize()}.")
    if not swept.finished:
        line += [" ", Badge("unfinished", "depends"), f" So far {swept.done:,} have been judged."]
    if plan.draws is not None:
        line.append(" Shares come with their exact intervals at 95 % (Clopper and Pearson).")
    return tuple(line)


def _row(findings: Findings, swept: Swept, position: int) -> tuple[Words, ...]:
    key = swept.plan.claims[position]
    true, counted = int(swept.tally.true[position]), swept.done
    claim = findings.case.claims[key]
    name: Words = (claim_words(claim),)
    if findings.checked is not None:
        name = (Link(claim_words(claim), f"claim-{key}"),)
    if not counted:
        return name, ("–",), ("–",), ("–",)
    return (
        name,
        (f"{true:,} of {counted:,}",),
        (_share(swept, position),),
        _hinge(findings, swept, key),
    )


def _share(swept: Swept, position: int) -> str:
    true, counted = int(swept.tally.true[position]), swept.done
    said = f"{float(swept.tally.share(position)):.1%}".replace("%", " %")
    if swept.plan.draws is None and swept.finished:
        return said
    if swept.plan.draws is None:
        return f"{said} so far"
    return f"{said} ({per_cent(clopper_pearson(true, counted))} %)"


def _hinge(findings: Findings, swept: Swept, key: str) -> Words:
    hinges = swept.hinges(key)
    top = max(hinges, key=lambda hinge: hinge.effect, default=None)
    whole = swept.plan.draws is None and swept.finished
    if top is None or top.effect == 0 or not (whole or top.clear):
        return ("nothing alone",)
    name = swept.space.factors[top.factor].id
    doubts = {doubt.id: doubt for doubt in swept.plan.under(findings.case).uncertainties}
    moved = f" (moves the share by {float(top.effect) * 100:.1f} %)"
    asked = question_words(findings.case, doubts[name]) if name in doubts else None
    return (asked or Code(name), moved)
