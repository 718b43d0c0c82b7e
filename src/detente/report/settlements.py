"""Who can settle what with whom, what stands against it, and what each party counts for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.coalitions import GRADES, Breach, Grade, Leverage, Party, Settlements, breaches
from detente.explain import listing, tell_breach, tell_spoiling
from detente.figures import settlement_lattice
from detente.report.blocks import (
    Block,
    Bullets,
    Paragraph,
    Picture,
    Section,
    Strong,
    Subsection,
    Table,
    Words,
)
from detente.report.findings import Findings

__all__ = ["settling"]

_MOST_DMS = 6
_MOST_COALITIONS = 8
_MOST_STATES = 4
_MOST_OUTCOMES = 8


def settling(findings: Findings) -> Section | None:
    """Write the section on settlements; None where nothing was worked out."""
    found = findings.leverage
    if found is None:
        return None
    blocks: list[Block] = [Paragraph((_WHAT,)), *_who(findings, found)]
    if findings.model.outcomes:
        blocks.append(_by_outcome(findings, found))
    if findings.options.figures and findings.model.conflict.n_dms <= _MOST_DMS and found.minimal:
        lattice = settlement_lattice(findings.model, found)
        words = "Coalitions, the smaller below the larger, with the firmest settlement of each."
        blocks.append(Picture("settlements", lattice, words))
    blocks.append(_leverage(findings, found))
    return Section("settlements", "Who can settle with whom", tuple(blocks))


_WHAT = (
    "A settlement is a state that some can bring about by their own moves, everybody else "
    "standing still, and that all of them like better than the status quo: agreed. It is "
    "self-enforcing if in addition none of them, alone or together, would leave it, and "
    "spoiler-proof if no improvements by outsiders can lead to what one of them likes less than "
    "the status quo. A party that settles “alone” simply gains by moving."
)


def _who(findings: Findings, found: Leverage) -> list[Block]:
    firm = [one for one in found.settlements if one.best is not None]
    if not firm:
        said = (
            "Nobody, alone or together, can bring about by their own moves what all of them like "
            "better than the status quo."
        )
        return [Paragraph((said,))]
    # The firmest first; among equals the order of the coalitions, which is by size.
    ordered = sorted(firm, key=lambda one: -GRADES.index(one.best or "agreed"))
    rows = []
    for one in ordered[:_MOST_COALITIONS]:
        grade = one.best or "agreed"
        states = np.flatnonzero(one.of(grade))
        rows.append(((_names(findings, one),), (grade,), (_states(findings, states),)))
    blocks: list[Block] = [Table(("Who", "At best", "On"), tuple(rows))]
    if len(firm) > len(rows):
        more = len(firm) - len(rows)
        blocks.append(
            Paragraph((f"… and {more} more of the {len(found.settlements)} coalitions.",))
        )
    return blocks


def _names(findings: Findings, found: Settlements) -> str:
    names = [findings.words.dm(dm) for dm in found.coalition]
    return listing(names) if len(names) > 1 else f"{names[0]} alone"


def _states(findings: Findings, states: NDArray[np.intp]) -> str:
    shown = "; ".join(findings.words.state(int(state)) for state in states[:_MOST_STATES])
    more = len(states) - _MOST_STATES
    return shown + (f" and {more} more" if more > 0 else "")


def _by_outcome(findings: Findings, found: Leverage) -> Subsection:
    rows = []
    outcomes = [(key, truth) for key, truth in findings.model.outcomes.items() if truth.any()]
    for key, truth in outcomes[:_MOST_OUTCOMES]:
        rows.append(((Strong(key.replace("_", " ")),), *_outcome(findings, found, truth)))
    head = ("Outcome", "Who can settle on it", "How firmly", "What stands against it")
    blocks: list[Block] = [Table(head, tuple(rows))]
    if len(outcomes) > _MOST_OUTCOMES:
        more = len(outcomes) - _MOST_OUTCOMES
        blocks.append(Paragraph((f"{more} more outcomes are left to “detente settle”.",)))
    return Subsection(("Outcome by outcome",), tuple(blocks), "settlements-outcomes")


def _outcome(
    findings: Findings, found: Leverage, truth: NDArray[np.bool_]
) -> tuple[Words, Words, Words]:
    """Give the smallest coalitions with the firmest settlement of an outcome, and its breaches."""
    grade: Grade | None = None
    for wanted in GRADES:
        if any((one.of(wanted) & truth).any() for one in found.settlements):
            grade = wanted
    if grade is None:
        return ("nobody",), ("–",), (_unsettled(findings, found, truth),)
    firm = [one for one in found.settlements if (one.of(grade) & truth).any()]
    least = [one for one in firm if not any(set(o.coalition) < set(one.coalition) for o in firm)]
    names = "; or ".join(_names(findings, one) for one in least[:3])
    more = f"; or {len(least) - 3} more" if len(least) > 3 else ""
    state = int(np.flatnonzero(least[0].of(grade) & truth)[0])
    against = [_breach(findings, one, state) for one in breaches(least[0], state)[:2]]
    return (names + more,), (grade,), (" ".join(against) or "nothing",)


def _unsettled(findings: Findings, found: Leverage, truth: NDArray[np.bool_]) -> str:
    """Say why nobody settles on an outcome: who does not want it, or that no moves lead there."""
    if truth[found.bargaining.start]:
        return "The status quo is one; of no other one all who could bring it about like it better."
    if not (found.settlements[-1].reachable & truth).any():
        return "No moves lead there, whoever joins."
    # Of its states one that the fewest would refuse, taken by the smallest coalition that can.
    able = [one for one in found.settlements if (one.reachable & truth).any()]
    ranks = findings.model.conflict.ranks
    start = found.bargaining.start
    least: tuple[int, Settlements, int] | None = None
    for one in able:
        members = list(one.coalition)
        states = np.flatnonzero(one.reachable & truth)
        refusing = (ranks[members][:, states] <= ranks[members][:, [start]]).sum(axis=0)
        best = int(np.argmin(refusing))
        if least is None or int(refusing[best]) < least[0]:
            least = int(refusing[best]), one, int(states[best])
    assert least is not None  # noqa: S101 - something is reached
    _, one, state = least
    lead = f"{_names(findings, one)} can bring it about. "
    return lead + " ".join(_breach(findings, breach, state) for breach in breaches(one, state)[:2])


def _breach(findings: Findings, breach: Breach, state: int) -> str:
    """Tell a breach, with the passage that shows that a party does not want the state."""
    said = tell_breach(breach, state, findings.words)
    if breach.kind != "refused":
        return said
    start = findings.model.conflict.status_quo
    cited = [findings.words.citation(dm, start or 0, state) for dm in breach.who]
    return said.rstrip(".") + "".join(dict.fromkeys(filter(None, cited))) + "."


def _leverage(findings: Findings, found: Leverage) -> Subsection:
    rows = [
        (
            (Strong(findings.words.dm(party.dm)),),
            (_needed(party, found),),
            (_spoils(party),),
            (_accepts(party, findings),),
            (str(party.shapley_shubik),),
        )
        for party in found.parties
    ]
    head = ("Party", "Needed for one", "Can undo one", "Puts up with one", "Power")
    blocks: list[Block] = [Paragraph((_POWER,)), Table(head, tuple(rows))]
    spoilers: list[Words] = [
        (tell_spoiling(party.spoils, findings.words),) for party in found.parties if party.spoils
    ]
    if spoilers:
        blocks.append(Bullets(tuple(spoilers)))
    return Subsection(("What each party counts for",), tuple(blocks), "leverage")


_POWER = (
    "Among the settlements that last, being self-enforcing at least: whether there is any without "
    "the party, whether it can undo one that others make, and which one made without it it would "
    "not leave by itself. Power is the Shapley–Shubik index: the share of all orders of joining in "
    "which it is this party that makes a settlement possible."
)


def _needed(party: Party, found: Leverage) -> str:
    if not found.able:
        return "there is none"
    return "yes" if party.needed else "no"


def _spoils(party: Party) -> str:
    if party.spoils is None:
        return "no"
    return "yes, alone" if party.spoils.alone else "yes, with others"


def _accepts(party: Party, findings: Findings) -> str:
    if party.accepts is None:
        return "none"
    state = findings.words.state(party.accepts.treaty.state)
    worse = ", though it likes the status quo better" if party.accepts.worse else ""
    return f"{state}{worse}"
