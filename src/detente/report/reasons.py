"""Why: who would leave what, and what deters them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from detente.explain import Certificate, certify, listing, tell
from detente.report.blocks import (
    Block,
    Bullets,
    Paragraph,
    Section,
    Strong,
    Subsection,
    Words,
)
from detente.report.findings import MAIN, Findings
from detente.report.verdicts import concept_words

__all__ = ["reasons"]

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
        blocks.append(_state(findings, conflict.status_quo, "Where things stand: {}"))
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
        if certificate.stable and (leaving_only or not certificate.sanctions):
            continue
        first, *rest = tell(certificate, findings.words)
        items.append((Strong(first), " ", " ".join(rest)))
    if not leaving_only:
        items += _content(findings, certificates)
    blocks.append(Bullets(tuple(items)))
    return Subsection((why.replace("{}", findings.words.state(state)),), tuple(blocks))


def _content(findings: Findings, certificates: list[Certificate]) -> Iterator[Words]:
    """Say in one line who stays because no move of its own is better, or because it has none."""
    for basis, why in (
        ("no improvement", "nothing that {} can do alone is better for {}."),
        ("no move", "{} no move there, whatever anybody wants."),
    ):
        names = [findings.words.dm(c.dm) for c in certificates if c.basis == basis]
        if names:
            many = len(names) > 1
            words = ("they", "them") if many else ("it", "it")
            if basis == "no move":
                words = ("they have", "") if many else ("it has", "")
            said = f"{listing(names)} {'stay' if many else 'stays'}:"
            yield (Strong(said), f" {why.format(*words)}")


def _count(names: list[str]) -> str:
    return listing(names) if names else "nobody"
