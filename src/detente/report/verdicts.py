"""The first thing a reader wants: what becomes of the claims, and what can hold."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case import Claim
from detente.claims import Checked, Verdict, per_cent
from detente.explain import listing
from detente.explain.shares import fraction
from detente.report.blocks import (
    Badge,
    Block,
    Link,
    Paragraph,
    Section,
    Strong,
    Subsection,
    Table,
    Words,
)
from detente.report.findings import MAIN, Findings
from detente.report.states import state_table
from detente.stability import CONCEPTS

__all__ = [
    "badge_of",
    "claim_words",
    "concept_words",
    "reading_anchor",
    "verdicts",
]

_MOST_EQUILIBRIA = 12


_CAUTION = (
    "A verdict says what follows from a reading. Whether a reading is true it does not say. "
    "“Depends” comes with the share of a reading's combinations in which the claim holds."
)


def verdicts(findings: Findings) -> Section:
    """Write the section of verdicts: the claims where there are any, then what can hold."""
    blocks: list[Block] = []
    if findings.checked:
        blocks += _table(findings.checked)
    blocks.append(_what_can_hold(findings))
    return Section("verdicts", "Verdicts", tuple(blocks))


def claim_words(claim: Claim) -> str:
    """Quote a claim: it is the source's, not the program's."""
    return f"“{claim.text or claim.clause.text}”"


def concept_words(key: str) -> str:
    """Write a concept's name within a sentence."""
    title = CONCEPTS[key].title
    name = title.partition(" ")[0]
    return title if name == "Nash" else title[:1].lower() + title[1:]


def reading_anchor(reading: str) -> str:
    """Name the place of a reading within a report."""
    return f"reading-{reading}"


def badge_of(verdict: Verdict) -> Badge:
    """Show a verdict, with the share of readings where it depends."""
    if verdict.word != "depends":
        return Badge(verdict.word, verdict.word)
    return Badge(f"depends {_share(verdict)}", "depends", float(verdict.share))


def _share(verdict: Verdict) -> str:
    if verdict.interval is None:
        return fraction(verdict.share)
    return f"{per_cent(verdict.interval)} %"


def _table(checked: Checked) -> Iterator[Block]:
    rows: list[tuple[Words, ...]] = []
    for key in checked.claims:
        claim = checked.case.claims[key]
        rows.append(
            (
                (Link(claim_words(claim), f"claim-{key}"),),
                *((badge_of(reading.judged[key].verdict),) for reading in checked.readings),
                (badge_of(checked.overall(key)),),
            )
        )
    head = ("Claim", *(reading.name for reading in checked.readings), "Over all")
    yield Table(head, tuple(rows), "What becomes of each claim, reading by reading")
    yield Paragraph((_CAUTION,), "aside")


def _what_can_hold(findings: Findings) -> Subsection:
    model, analysis = findings.model, findings.analysis
    conflict = model.conflict
    found = findings.equilibria()
    title = concept_words(MAIN)
    count = f"{len(found) or 'None'} of {conflict.n_states} states"
    verb = "is an equilibrium" if len(found) == 1 else "are equilibria"
    lead = (
        f"With everything as the case is written, {count} {verb} under {title}: nobody has a "
        "reason to leave, once it reckons with the answers that others have reason to give."
    )
    blocks: list[Block] = [Paragraph((lead,))]
    if found:
        blocks.append(state_table(findings, found[:_MOST_EQUILIBRIA]))
        if len(found) > _MOST_EQUILIBRIA:
            blocks.append(Paragraph((f"… and {len(found) - _MOST_EQUILIBRIA} more.",)))
    counts = [
        f"{len(analysis.equilibria(key))} under {concept_words(key)}"
        for key in analysis.concepts
        if key != MAIN
    ]
    blocks.append(Paragraph((f"By other ways of looking ahead: {listing(counts)}.",)))
    if model.outcomes:
        blocks.append(_outcomes(findings))
    return Subsection(("What can hold, as the case is written",), tuple(blocks), "what-can-hold")


def _outcomes(findings: Findings) -> Table:
    n_states = findings.model.conflict.n_states
    rows = []
    for key, truth in findings.model.outcomes.items():
        outcome = findings.case.outcomes[key]
        cells: list[Words] = [(Strong(key.replace("_", " ")), f": {outcome.text}")]
        if not outcome.text:
            cells = [(Strong(key.replace("_", " ")),)]
        cells.append((f"{int(truth.sum()):,}",))
        for concept in findings.analysis.concepts:
            count = sum(bool(truth[state]) for state in findings.equilibria(concept))
            cells.append((str(count) if count else "–",))
        rows.append(tuple(cells))
    titles = (CONCEPTS[key].title for key in findings.analysis.concepts)
    return Table(
        ("Outcome", "States", *titles),
        tuple(rows),
        f"Of {n_states:,} states those at which each outcome holds, and equilibria among them",
    )
