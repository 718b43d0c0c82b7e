"""The report in a few lines: what becomes of the claims, what can hold, who can settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from detente.claims import Checked, worth_finding_out
from detente.coalitions import GRADES, Leverage
from detente.explain import certify, listing
from detente.explain.questions import question_words
from detente.report.blocks import Block, Bullets, Link, Paragraph, Section, Words
from detente.report.findings import MAIN, Findings

__all__ = ["in_short"]

_MOST_STATES = 3

_FIRM = {
    "agreed": "all of them like it better, but some would leave it again",
    "self-enforcing": "none of them would leave it, but others can undo it to their loss",
    "spoiler-proof": "none of them would leave it, and nobody else can undo it to their loss",
}


def in_short(findings: Findings) -> Section:
    """Write the section that somebody reads who reads no other."""
    items = [
        _holding(findings),
        *_status_quo(findings),
        *_settling(findings),
        *_outcomes(findings),
    ]
    said = "As the case is written, which is one reading among others:"
    blocks: list[Block] = [Paragraph((said,)), Bullets(tuple(items))]
    asked = _question(findings)
    if asked:
        blocks.insert(0, Paragraph(asked))
    if findings.checked is not None:
        blocks.insert(0, _claims(findings.checked))
    elif findings.case.claims:
        n_claims = len(findings.case.claims)
        made = f"The case makes {n_claims} claims" if n_claims > 1 else "The case makes one claim"
        why = Link("what was left out", "left-out")
        blocks.insert(0, Paragraph((f"{made}, not judged here: see ", why, "."), "lead"))
    return Section("short", "In short", tuple(blocks))


def _claims(checked: Checked) -> Paragraph:
    counts: Counter[str] = Counter(checked.overall(key).word for key in checked.claims)
    parts = [
        f"{counts[word]} {one if counts[word] == 1 else many}"
        for word, one, many in (
            ("holds", "holds in every reading", "hold in every reading"),
            ("fails", "fails in every reading", "fail in every reading"),
            ("depends", "depends on the reading", "depend on the reading"),
        )
        if counts[word]
    ]
    claims = f"{len(checked.claims)} {'claim' if len(checked.claims) == 1 else 'claims'}"
    readings = f"{len(checked.readings)} named readings of the conflict"
    if len(checked.readings) == 1:
        readings = "one reading of the conflict"
    said = f"Of {claims}, put to the test in {readings}, {listing(parts)}."
    return Paragraph((said,), "lead")


def _question(findings: Findings) -> Words:
    """Name the open question that tells most; nothing where none turns a claim."""
    checked = findings.checked
    found = worth_finding_out(checked) if checked else []
    if checked is None or not found:
        return ()
    asked = question_words(checked.case, found[0].doubt)
    return ("The ", Link("open question", "next"), f" that tells most: {asked}")


def _holding(findings: Findings) -> Words:
    found = findings.equilibria()
    n_states = findings.model.conflict.n_states
    if not found:
        return (f"None of the {n_states:,} states ", Link("can hold", "what-can-hold"), ".")
    shown = [findings.words.state(state) for state in found[:_MOST_STATES]]
    more = len(found) - len(shown)
    said = listing([*shown, f"{more:,} more"] if more else shown)
    states = "One" if len(found) == 1 else f"{len(found):,}"
    return (
        f"{states} of the {n_states:,} states ",
        Link("can hold", "what-can-hold"),
        f": {said}.",
    )


def _status_quo(findings: Findings) -> Iterator[Words]:
    conflict = findings.model.conflict
    now = conflict.status_quo
    if now is None or findings.large:
        return
    stable = findings.analysis.stable(MAIN)[:, now]
    leaving = [findings.words.dm(dm) for dm in range(conflict.n_dms) if not stable[dm]]
    link = Link("status quo", "reasons")
    if leaving:
        yield ("The ", link, f" does not hold: {listing(leaving)} would leave it.")
        return
    free = all(
        certify(conflict, dm, now, MAIN).basis != "sanctioned" for dm in range(conflict.n_dms)
    )
    why = "nobody can improve on it alone" if free else "what others would answer deters everybody"
    yield ("The ", link, f" holds: {why}.")


def _settling(findings: Findings) -> Iterator[Words]:
    power = findings.leverage
    if power is None:
        return
    link = Link("settle", "settlements")
    joint = [found for found in power.settlements if len(found.coalition) > 1 and found.best]
    best = max((GRADES.index(found.best) for found in joint if found.best), default=-1)
    top = [found for found in joint if found.best and GRADES.index(found.best) == best]
    if top:
        names = [findings.words.dm(dm) for dm in top[0].coalition]
        states = [int(s) for s in top[0].of(GRADES[best]).nonzero()[0]]
        where = findings.words.state(states[0])
        more = len(top) - 1
        rest = "" if not more else f", and {more} other {'group' if more == 1 else 'groups'} so too"
        how = _FIRM[GRADES[best]]
        others = "" if len(names) == findings.model.conflict.n_dms else " without anybody else"
        said = f" on {where}{others}; {how}{rest}."
        yield (f"{listing(names)} can ", link, said)
    else:
        yield ("No two or more parties can ", link, " on anything that all of them like better.")
    if top and power.able:
        yield _lasting(findings, power)


def _lasting(findings: Findings, power: Leverage) -> Words:
    needed = [findings.words.dm(party.dm) for party in power.parties if party.needed]
    spoiling = [findings.words.dm(party.dm) for party in power.parties if party.spoils]
    said = "nobody is needed for all of them"
    if needed:
        said = f"{listing(needed)} {'is' if len(needed) == 1 else 'are'} needed for each"
    undone = f"{listing(spoiling)} can undo one that others make" if spoiling else ""
    link = Link("settlements that last", "leverage")
    return ("Of the ", link, f", {said}; {undone or 'none can be undone by those left out'}.")


def _outcomes(findings: Findings) -> Iterator[Words]:
    stable = findings.equilibria()
    unmet = [
        f"“{key.replace('_', ' ')}”"
        for key, truth in findings.model.outcomes.items()
        if truth.any() and not truth[stable].any()
    ]
    if unmet:
        verb = "is" if len(unmet) == 1 else "are"
        yield (f"{listing(unmet)} {verb} met by no state that can hold.",)
