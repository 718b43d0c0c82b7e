"""Claim by claim: who makes it, how it is put, what becomes of it, and what it turns on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case import Case
from detente.claims import Checked, Hinge, Judged, Reading, Verdict
from detente.explain.questions import answer_words, question_words
from detente.explain.shares import fraction, together
from detente.figures import tornado_of
from detente.report.blocks import (
    Badge,
    Block,
    Bullets,
    Code,
    Inline,
    Link,
    Paragraph,
    Picture,
    Section,
    Strong,
    Subsection,
    Words,
)
from detente.report.citing import cited
from detente.report.findings import Findings
from detente.report.verdicts import badge_of, claim_words, reading_anchor

__all__ = ["claim_by_claim"]

_MOST_HINGES = 5
_MOST_TORNADOES = 6
_MOST_PAIRS = 2


def claim_by_claim(findings: Findings) -> Section | None:
    """Write the section of the claims one by one; None for a case without any."""
    checked = findings.checked
    if checked is None:
        return None
    left = _MOST_TORNADOES if findings.options.figures else 0
    parts = []
    for key in checked.claims:
        drawn = _tornado(checked, key) if left else None
        left -= drawn is not None
        parts.append(_claim(checked, key, drawn))
    return Section("claims", "Claim by claim", tuple(parts))


def _claim(checked: Checked, key: str, drawn: Picture | None) -> Subsection:
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
    if drawn is not None:
        blocks.append(drawn)
    return Subsection((claim_words(claim), " ", badge_of(overall)), tuple(blocks), f"claim-{key}")


def _tornado(checked: Checked, key: str) -> Picture | None:
    reading = checked.readings[0]
    judged = reading.judged[key]
    if not any(hinge.pivotal for hinge in judged.hinges):
        return None
    words = f"What the verdict on {claim_words(judged.claim)} turns on, in “{reading.name}”."
    return Picture(f"claim-{key}", tornado_of(reading, key), words)


def _flat(checked: Checked, key: str, overall: Verdict) -> str:
    if overall.structural:
        return f"It {overall.word} by what the parties can do alone, whatever anybody prefers."
    counted = sum(reading.judged[key].verdict.counted for reading in checked.readings)
    drawn = "of the readings considered" if overall.exact else "that were drawn"
    if counted == 1:
        return f"It {overall.word} in the case as it is written, which leaves nothing open."
    return f"It {overall.word} in all {counted:,} combinations {drawn}."


def _in_reading(case: Case, reading: Reading, judged: Judged) -> Words:
    verdict = judged.verdict
    line: list[Inline] = [Link(reading.name, reading_anchor(reading.id)), ": "]
    if verdict.word != "depends":
        line.append(Badge(verdict.word, verdict.word))
        if verdict.structural:
            line.append(" by what the parties can do alone.")
        elif not verdict.exact:
            line.append(f" in all {verdict.counted:,} combinations drawn.")
        return tuple(line)
    line.append(badge_of(verdict))
    line.append(f" of {verdict.counted:,} combinations{'' if verdict.exact else ' drawn'}")
    line.append(f"; as written it {'holds' if judged.base else 'fails'}.")
    pivotal = sorted((h for h in judged.hinges if h.pivotal), key=lambda h: (-h.effect, h.factor))
    shown = pivotal[:_MOST_HINGES]
    if shown:
        line.append(" It turns on ")
        for index, hinge in enumerate(shown):
            line.append("; " if index else "")
            line += _hinge(case, reading, hinge)
        more = len(pivotal) - len(shown)
        line.append(f"; and {more} more." if more > 0 else ".")
    for pair in judged.pairs[:_MOST_PAIRS]:
        first, second = (question_words(case, reading.uncertainties[f]) for f in pair.factors)
        line += [" ", Strong(first), " and ", Strong(second), f" {together(pair.effect)}"]
    if judged.turns and not _told(judged, shown):
        line += _turned(case, reading, judged)
    return tuple(line)


def _hinge(case: Case, reading: Reading, hinge: Hinge) -> Iterator[Inline]:
    doubt = reading.uncertainties[hinge.factor]
    yield Strong(question_words(case, doubt))
    known = [(i, share) for i, share in enumerate(hinge.shares) if share is not None]
    if not doubt.labels or len(known) > 4:
        yield f" (moves the share by {fraction(hinge.effect)})"
        return
    said = []
    for answer, share in known:
        becomes = (
            "holds" if share == 1 else "fails" if share == 0 else f"holds in {fraction(share)}"
        )
        said.append(f"{answer_words(case, doubt, answer)}: {becomes}")
    yield f" ({'; '.join(said)})"


def _told(judged: Judged, shown: Sequence[Hinge]) -> bool:
    """Whether the answers of the questions shown have said already what turns the claim."""
    settled = {
        (hinge.factor, answer)
        for hinge in shown
        for answer, share in enumerate(hinge.shares)
        if share == (0 if judged.base else 1)
    }
    return all(len(turn.answers) == 1 and turn.answers[0] in settled for turn in judged.turns)


def _turned(case: Case, reading: Reading, judged: Judged) -> Iterator[Inline]:
    ways = []
    for turn in judged.turns[:3]:
        answers = []
        for factor, answer in turn.answers:
            doubt = reading.uncertainties[factor]
            asked = question_words(case, doubt).rstrip("?")
            answers.append(f"“{asked}?” is answered with “{answer_words(case, doubt, answer)}”")
        ways.append(" and ".join(answers))
    more = len(judged.turns) - len(ways)
    rest = f" (or in one of {more} other ways)" if more else ""
    yield f" The fewest changes turn it if {'; or if '.join(ways)}{rest}."
