"""The first thing a reader wants: what becomes of the claims, and what can hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from detente.case import Case, Claim
from detente.claims import Checked, Hinge, Judged, Reading, Verdict
from detente.explain import listing
from detente.report.blocks import (
    Badge,
    Block,
    Bullets,
    Code,
    Inline,
    Link,
    Paragraph,
    Section,
    Strong,
    Subsection,
    Table,
    Words,
)
from detente.report.citing import cited
from detente.report.findings import MAIN, Findings
from detente.report.questions import answer_words, question_words
from detente.report.states import state_words
from detente.stability import CONCEPTS

__all__ = [
    "badge_of",
    "claim_words",
    "concept_words",
    "fraction",
    "reading_anchor",
    "verdicts",
]

_MOST_HINGES = 5
_MOST_EQUILIBRIA = 12


_CAUTION = (
    "A verdict says what follows from a reading. Whether a reading is true it does not say. "
    "“Depends” comes with the share of a reading's combinations in which the claim holds."
)


def verdicts(findings: Findings) -> Section:
    """Write the section of verdicts: the claims where there are any, then what can hold."""
    blocks: list[Block] = []
    if findings.checked:
        blocks += _summary(findings.checked)
        blocks += [_claim(findings.checked, key) for key in findings.checked.claims]
    blocks.append(_what_can_hold(findings))
    return Section("verdicts", "Verdicts", tuple(blocks))


def fraction(share: Fraction) -> str:
    """Write a share: exactly where that is short, else in per cent.

    Examples
    --------
    >>> fraction(Fraction(1, 3)), fraction(Fraction(1234, 9999))
    ('1/3', '12.3 %')
    """
    return str(share) if share.denominator <= 64 else f"{float(share) * 100:.1f} %"


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
    low, high = verdict.interval
    return f"{low * 100:.1f}–{high * 100:.1f} %"


def _summary(checked: Checked) -> Iterator[Block]:
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
    yield Paragraph((said,), "lead")
    yield Paragraph((_CAUTION,), "aside")
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


def _claim(checked: Checked, key: str) -> Subsection:
    claim = checked.case.claims[key]
    overall = checked.overall(key)
    blocks: list[Block] = []
    support = cited(claim.evidence)
    made: Words = ("Attributed to ", *support, ". ") if claim.evidence.cite else (*support, " ")
    because = f"{claim.evidence.because} " if claim.evidence.because else ""
    blocks.append(Paragraph((*made, because, "In the model: ", Code(claim.clause.text))))
    if overall.word != "depends":
        blocks.append(Paragraph((_flat(checked, key, overall),)))
    else:
        blocks.append(
            Bullets(tuple(_in_reading(checked.case, r, r.judged[key]) for r in checked.readings))
        )
    return Subsection((claim_words(claim), " ", badge_of(overall)), tuple(blocks), f"claim-{key}")


def _flat(checked: Checked, key: str, overall: Verdict) -> str:
    if overall.structural:
        return f"It {overall.word} by what the parties can do alone, whatever anybody prefers."
    counted = sum(reading.judged[key].verdict.counted for reading in checked.readings)
    if overall.exact:
        return f"It {overall.word} in all {counted:,} combinations of the readings considered."
    return f"It {overall.word} in all {counted:,} combinations that were drawn."


def _in_reading(case: Case, reading: Reading, judged: Judged) -> Words:
    verdict = judged.verdict
    line: list[Inline] = [Link(reading.name, reading_anchor(reading.id)), ": "]
    if verdict.word != "depends":
        drawn = "" if verdict.exact else f" in all {verdict.counted:,} combinations drawn"
        why = " by what the parties can do alone" if verdict.structural else ""
        return (*line, Badge(verdict.word, verdict.word), f"{why}{drawn}.")
    line += [badge_of(verdict)]
    line.append(f" of {verdict.counted:,} combinations{'' if verdict.exact else ' drawn'}")
    line.append(f"; as written it {'holds' if judged.base else 'fails'}.")
    pivotal = sorted((h for h in judged.hinges if h.pivotal), key=lambda h: (-h.effect, h.factor))
    if pivotal:
        line.append(" It turns on ")
        for index, hinge in enumerate(pivotal[:_MOST_HINGES]):
            line.append("; " if index else "")
            line += _hinge(case, reading, hinge)
        more = len(pivotal) - _MOST_HINGES
        line.append(f"; and {more} more." if more > 0 else ".")
    if judged.turns:
        line += _turned(reading, judged)
    return tuple(line)


def _hinge(case: Case, reading: Reading, hinge: Hinge) -> Iterator[Inline]:
    doubt = reading.uncertainties[hinge.factor]
    yield Strong(question_words(case, doubt))
    known = [(i, share) for i, share in enumerate(hinge.shares) if share is not None]
    if doubt.labels and len(known) <= 4:
        shares = ", ".join(f"{answer_words(doubt.label(i))}: {fraction(s)}" for i, s in known)
        yield f" ({shares})"
    else:
        yield f" (moves the share by {fraction(hinge.effect)})"


def _turned(reading: Reading, judged: Judged) -> Iterator[Inline]:
    ways = [
        " and ".join(
            f"{reading.uncertainties[factor].id.replace('_', ' ')} = "
            f"{answer_words(reading.uncertainties[factor].label(answer))}"
            for factor, answer in turn.answers
        )
        for turn in judged.turns[:3]
    ]
    more = len(judged.turns) - len(ways)
    rest = f" (or {more} other ways)" if more else ""
    yield f" Fewest changes that turn it: {'; or '.join(ways)}{rest}."


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
        blocks.append(Bullets(tuple(state_words(findings, s) for s in found[:_MOST_EQUILIBRIA])))
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
    rows = []
    for key, truth in findings.model.outcomes.items():
        outcome = findings.case.outcomes[key]
        cells: list[Words] = [(Strong(key.replace("_", " ")), f": {outcome.text}")]
        if not outcome.text:
            cells = [(Strong(key.replace("_", " ")),)]
        cells.append((f"{int(truth.sum())} of {len(truth)}",))
        for concept in findings.analysis.concepts:
            count = sum(bool(truth[state]) for state in findings.equilibria(concept))
            cells.append((str(count) if count else "–",))
        rows.append(tuple(cells))
    titles = (CONCEPTS[key].title for key in findings.analysis.concepts)
    return Table(
        ("Outcome", "States", *titles), tuple(rows), "Equilibria at which each outcome holds"
    )
