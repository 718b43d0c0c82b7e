"""The readings of a case beside each other, and what is worth finding out."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case import Case, NamedReading, Uncertainty
from detente.case.doubts import Change
from detente.claims import Checked, Reading, Worth, worth_finding_out
from detente.explain.questions import answer_words, question_words
from detente.explain.shares import fraction
from detente.report.blocks import (
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
from detente.report.findings import Findings
from detente.report.verdicts import claim_words, reading_anchor

__all__ = ["compared", "find_out_next"]

_MOST_ANSWERS = 6


def compared(findings: Findings) -> Section | None:
    """Write the section that sets the readings side by side; None for a case without claims."""
    checked = findings.checked
    if checked is None:
        return None
    robust = [key for key in checked.claims if checked.overall(key).word != "depends"]
    said = (
        f"{len(robust)} of the {len(checked.claims)} claims come out the same in every "
        "combination of every reading. What survives all readings is worth more than what any one "
        "of them asserts."
    )
    blocks: list[Block] = [Paragraph((said,))]
    base = checked.readings[0]
    blocks += [_reading(checked, reading, base) for reading in checked.readings]
    return Section("readings", "Readings compared", tuple(blocks))


def _reading(checked: Checked, reading: Reading, base: Reading) -> Subsection:
    named = checked.case.readings.get(reading.id)
    blocks: list[Block] = []
    if named is not None:
        support = cited(named.evidence, reason=True)
        if named.text or support:
            blocks.append(Paragraph((*((named.text, " ") if named.text else ()), *support)))
        changes = tuple(_changes(checked.case, named))
        if changes:
            blocks.append(Bullets(changes))
        else:
            blocks.append(Paragraph(("It is the case as written.",)))
    else:
        blocks.append(Paragraph(("Everything as the case is written.",)))
    blocks += _left_open(checked.case, reading, base)
    turned = [
        (
            Link(claim_words(judged.claim), f"claim-{key}"),
            f" – {base.judged[key].verdict.word} there, {judged.verdict.word} here",
        )
        for key, judged in reading.judged.items()
        if judged.verdict.word != base.judged[key].verdict.word
    ]
    if reading is not base:
        if turned:
            blocks.append(Paragraph((f"Otherwise than in “{base.name}”:",)))
            blocks.append(Bullets(tuple(turned)))
        else:
            blocks.append(Paragraph((f"No claim comes out otherwise than in “{base.name}”.",)))
    return Subsection((reading.name,), tuple(blocks), reading_anchor(reading.id))


def _left_open(case: Case, reading: Reading, base: Reading) -> Iterator[Block]:
    doubts = reading.uncertainties
    if not doubts:
        yield Paragraph(("It leaves nothing open.",))
        return
    size = "a continuum of" if any(d.continuous for d in doubts) else f"{reading.size:,}"
    many = "combination" if reading.size == 1 else "combinations"
    if reading is not base and {d.id for d in doubts} <= {d.id for d in base.uncertainties}:
        yield Paragraph(
            (
                (
                    f"It leaves open {len(doubts)} of the {len(base.uncertainties)} questions of "
                    f"“{base.name}”: {size} {many}."
                ),
            )
        )
        return
    yield Paragraph((f"It leaves open {len(doubts)} questions, {size} {many}:",))
    yield Bullets(tuple((question_words(case, doubt), *_cited(doubt)) for doubt in doubts))


def _cited(doubt: Uncertainty) -> Words:
    support = cited(doubt.evidence)
    return (" ", *support) if support else ()


def _changes(case: Case, named: NamedReading) -> Iterator[Words]:
    by_id = {doubt.id: doubt for doubt in case.uncertainties}
    for key, answer in named.settle.items():
        doubt = by_id.get(key)
        label = answer_words(case, doubt, answer) if doubt else str(answer)
        words = question_words(case, doubt) if doubt else key.replace("_", " ")
        yield ("Settled: ", words, " → ", Strong(label))
    for change in named.changes:
        yield (*_change(change), *_support(change))


def _support(change: Change) -> Words:
    support = cited(change.evidence, reason=True)
    return (" – ", *support) if support else ()


def _change(change: Change) -> Words:
    new: tuple[Inline, ...] = ()
    if change.statement is not None:
        new = (Code(change.statement.clause.text),)
    target = Code(change.target or change.dm)
    if change.verb == "drop":
        return ("Left out: ", target)
    if change.verb == "replace":
        return ("Replaced: ", target, " by ", *new)
    if change.verb == "insert":
        return (f"Added for {change.dm}: ", *new, f" {_where(change)}")
    if change.verb == "move":
        return ("Moved: ", target, f" {_where(change)}")
    if change.verb == "unavailable":
        return ("Not available: ", target)
    if change.verb == "status_quo" and change.clause is not None:
        return ("Another status quo: ", Code(change.clause.text))
    return ("Other preferences for ", target)


def _where(change: Change) -> str:
    return f"{change.where} {change.anchor}" if change.anchor else f"({change.where})"


_TELLING = (
    "Open questions that turn a claim, the most valuable first. The worth of an answer is how many "
    "claims fewer one would judge wrongly, on average over the readings, going by the shares. The "
    "last two columns are the most that an answer can do for any one claim in any one reading: by "
    "how much it moves the share of combinations in which the claim holds, and how likely it "
    "settles the claim for good."
)


def find_out_next(findings: Findings) -> Section | None:
    """Write the section on what is worth finding out; None where nothing is open."""
    checked = findings.checked
    if checked is None or not any(reading.uncertainties for reading in checked.readings):
        return None
    ordered = worth_finding_out(checked)
    if not ordered:
        said = "No open question alone turns a claim, in any of the readings."
        return Section("next", "What to find out next", (Paragraph((said,)),))
    rows = tuple(_row(checked, one) for one in ordered)
    turning = {one.doubt.id for one in ordered}
    idle = tuple(
        (question_words(checked.case, doubt),)
        for doubt in checked.case.uncertainties
        if doubt.id not in turning
    )
    blocks: list[Block] = [
        Paragraph((_TELLING,)),
        Table(("Question", "Answers", "Claims", "Worth", "Moves", "Settles"), rows),
    ]
    if idle:
        blocks.append(Paragraph(("Open as well, but no claim turns on it alone:",)))
        blocks.append(Bullets(idle))
    return Section("next", "What to find out next", tuple(blocks))


def _row(checked: Checked, one: Worth) -> tuple[Words, ...]:
    doubt = one.doubt
    question: Words = (Strong(question_words(checked.case, doubt)), *_cited(doubt))
    shown = [
        answer_words(checked.case, doubt, answer)
        for answer in range(min(len(doubt.labels), _MOST_ANSWERS))
    ]
    more = f" and {doubt.size - len(shown)} more" if doubt.size > len(shown) else ""
    answers = "a range" if doubt.interval else "; ".join(shown) + more
    claims: list[Inline] = []
    for index, key in enumerate(one.claims):
        claims += ["; "] if index else []
        claims.append(Link(claim_words(checked.case.claims[key]), f"claim-{key}"))
    return (
        question,
        (answers,),
        tuple(claims),
        (fraction(one.value),),
        (fraction(one.effect),),
        (f"{float(one.settles):.0%}".replace("%", " %"),),
    )
