"""Why: who would leave what, what deters them, and who can settle with whom."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.coalitions import Party
from detente.explain import certify, listing, tell, tell_spoiling
from detente.report.blocks import (
    Block,
    Bullets,
    Paragraph,
    Section,
    Strong,
    Subsection,
    Table,
    Words,
)
from detente.report.findings import MAIN, Findings
from detente.report.verdicts import concept_words

__all__ = ["reasons", "settling"]

_MOST_EQUILIBRIA = 3
_MOST_OUTCOMES = 6


def reasons(findings: Findings) -> Section | None:
    """Write the section of reasons; None where the moves are too many to be followed."""
    if findings.large:
        return None
    conflict = findings.model.conflict
    said = (
        "Reasons are given for the case as it is written, under "
        f"{concept_words(MAIN)}. What a party wants is what the case states of it, with "
        "the passage that supports it."
    )
    blocks: list[Block] = [Paragraph((said,))]
    stable = findings.equilibria()
    if conflict.status_quo is not None:
        blocks.append(_state(findings, conflict.status_quo, "The status quo: {}"))
    blocks += [
        _state(findings, state, "Why {} holds")
        for state in stable[:_MOST_EQUILIBRIA]
        if state != conflict.status_quo
    ]
    unmet = [
        (key, truth)
        for key, truth in findings.model.outcomes.items()
        if truth.any() and not truth[stable].any()
    ]
    for key, truth in unmet[:_MOST_OUTCOMES]:
        state = _nearest(findings, truth)
        if state != conflict.status_quo:
            words = f"Why “{key.replace('_', ' ')}” does not hold: {{}}"
            blocks.append(_state(findings, state, words, leaving_only=True))
    return Section("reasons", "Reasons", tuple(blocks))


def _nearest(findings: Findings, truth: NDArray[np.bool_]) -> int:
    """Pick the state of an outcome that the fewest DMs would leave."""
    states = np.flatnonzero(truth)
    leaving = (~findings.analysis.stable(MAIN)[:, states]).sum(axis=0)
    return int(states[np.argmin(leaving)])


def _state(findings: Findings, state: int, why: str, *, leaving_only: bool = False) -> Subsection:
    conflict = findings.model.conflict
    certificates = [certify(conflict, dm, state, MAIN) for dm in range(conflict.n_dms)]
    leaving = [findings.words.dm(c.dm) for c in certificates if not c.stable]
    blocks: list[Block] = []
    if leaving_only:
        blocks.append(
            Paragraph(
                (f"Of its states this is one that the fewest would leave: {_count(leaving)}.",)
            )
        )
    items: list[Words] = []
    for certificate in certificates:
        if leaving_only and certificate.stable:
            continue
        first, *rest = tell(certificate, findings.words)
        items.append((Strong(first), " ", " ".join(rest)))
    blocks.append(Bullets(tuple(items)))
    return Subsection((why.replace("{}", findings.words.state(state)),), tuple(blocks))


def _count(names: list[str]) -> str:
    return listing(names) if names else "nobody"


def settling(findings: Findings) -> Section | None:
    """Write the section on settlements; None where nothing was worked out."""
    found = findings.leverage
    if found is None:
        return None
    blocks: list[Block] = [Paragraph((_WHAT,))]
    rows = []
    for one in found.settlements:
        if one.best is None:
            continue
        names = listing([findings.words.dm(dm) for dm in one.coalition])
        states = [int(s) for s in np.flatnonzero(one.of(one.best))]
        shown = "; ".join(findings.words.state(s) for s in states[:4])
        more = f" and {len(states) - 4} more" if len(states) > 4 else ""
        rows.append(((names,), (one.best,), (shown + more,)))
    if rows:
        blocks.append(Table(("Who", "At best", "On"), tuple(rows)))
    else:
        blocks.append(
            Paragraph(
                (
                    (
                        "Nobody, alone or together, can bring about by their own moves what all of "
                        "them like better than the status quo."
                    ),
                )
            )
        )
    blocks.append(_leverage(findings))
    return Section("settlements", "Who can settle with whom", tuple(blocks))


_WHAT = (
    "A settlement is a state that some can bring about by their own moves, everybody else "
    "standing still, and that all of them like better than the status quo: agreed. It is "
    "self-enforcing if in addition none of them, alone or together, would leave it, and "
    "spoiler-proof if no improvements by outsiders can lead to what one of them likes less than "
    "the status quo. A party that settles “alone” simply gains by moving."
)


def _leverage(findings: Findings) -> Subsection:
    found = findings.leverage
    assert found is not None  # noqa: S101 - settling() has looked
    rows = []
    for party in found.parties:
        needed = "yes" if party.needed else "no"
        if party.without is None and not party.needed:
            needed = "no settlement at all"
        rows.append(
            (
                (Strong(findings.words.dm(party.dm)),),
                (needed,),
                (_spoils(party, findings),),
                (_accepts(party, findings),),
                (str(party.shapley_shubik),),
            )
        )
    head = ("Party", "Needed", "Can spoil one of others", "Accepts one of others", "Shapley–Shubik")
    table = Table(head, tuple(rows), f"What each party counts for, among {found.grade} settlements")
    spoilers = [
        (tell_spoiling(party.spoils, findings.words),) for party in found.parties if party.spoils
    ]
    blocks: list[Block] = [table]
    if spoilers:
        blocks.append(Bullets(tuple(spoilers)))
    return Subsection(("Leverage",), tuple(blocks))


def _spoils(party: Party, _: Findings) -> str:
    if party.spoils is None:
        return "no"
    return "yes, alone" if party.spoils.alone else "yes, with others"


def _accepts(party: Party, findings: Findings) -> str:
    if party.accepts is None:
        return "no"
    state = findings.words.state(party.accepts.treaty.state)
    worse = ", though it likes the status quo better" if party.accepts.worse else ""
    return f"{state}{worse}"
