"""Judge a case's claims step by step, so that progress is seen and the work can be given up.

First comes what holds with everything as written, in each named reading: that is quick. Then all
combinations of what a reading leaves open are judged, a few at a time. Whoever stops listening
stops the work.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case import Case, Claim, VerdictWord, loads
from detente.claims import Evaluator, Hinge, Options, check, clopper_pearson, hinges, share, turns
from detente.readings import Space
from detente.web.findings import JudgedClaim, JudgeEvent, OpenQuestion, ReadingView, TornadoBar

__all__ = ["judge"]

_BATCH = 16
# Held for a step, never between steps: a sweep that nobody listens to any more holds nothing.
_AT_WORK = threading.Semaphore(2)


def judge(text: str, file: str, *, sweep: bool) -> Iterator[JudgeEvent]:
    """Judge the claims of a text.

    Parameters
    ----------
    text : str
    file : str
        The file's name, for problems.
    sweep : bool
        Whether to go through all combinations, too.

    Yields
    ------
    JudgeEvent
        One for each reading as written; then, in a sweep, progress, and each reading's verdicts.

    Raises
    ------
    DetenteError
        If the text is not sound.
    """
    case = loads(text, file)
    if not case.claims:
        return
    claims = list(case.claims.values())
    names = list(dict.fromkeys((case.base, *case.readings)))
    works = []
    for name in names:
        under = case.under(name)
        space = under.space()
        evaluator = Evaluator(space, [claim.expression for claim in claims], case.vocabulary)
        works.append(_Work(under, name, evaluator))
        yield JudgeEvent(reading=_reading(case, works[-1], claims))
    if not sweep:
        return
    yield from _sweep(works, claims)


@dataclass(frozen=True, slots=True)
class _Work:
    case: Case
    name: str
    evaluator: Evaluator

    @property
    def space(self) -> Space:
        return self.evaluator.readings.space

    @property
    def enumerable(self) -> bool:
        return self.space.enumerable and self.space.size <= Options().limit

    @property
    def size(self) -> int:
        return self.space.size if self.enumerable else Options().n_drawn


def _reading(case: Case, work: _Work, claims: list[Claim]) -> ReadingView:
    """Judge a reading with everything as written."""
    base = work.evaluator.truths(np.array([work.space.base], dtype=np.int64))[0]
    named = case.readings.get(work.name)
    return ReadingView(
        id=work.name,
        name=named.name if named else "The case as written",
        size=str(work.space.size),
        open=[
            OpenQuestion(id=doubt.id, question=doubt.question) for doubt in work.case.uncertainties
        ],
        as_written={
            claim.id: bool(truth) for claim, truth in zip(claims, base.tolist(), strict=True)
        },
    )


def _sweep(works: list[_Work], claims: list[Claim]) -> Iterator[JudgeEvent]:
    total = sum(work.size for work in works)
    done = 0
    for work in works:
        if not work.enumerable:
            yield JudgeEvent(done=done, total=total)
            with _AT_WORK:
                drawn = _drawn(work, claims)
            yield JudgeEvent(judged=drawn)
            done += work.size
            continue
        truths = []
        for first in range(0, work.size, _BATCH):
            last = min(first + _BATCH, work.size)
            choices = work.space.choices(np.arange(first, last))
            with _AT_WORK:
                truths.append(work.evaluator.truths(choices))
            done += last - first
            yield JudgeEvent(done=done, total=total)
        yield JudgeEvent(judged=_enumerated(work, claims, np.concatenate(truths)))


def _enumerated(work: _Work, claims: list[Claim], truths: NDArray[np.bool_]) -> list[JudgedClaim]:
    judged = []
    for position, claim in enumerate(claims):
        truth = np.ascontiguousarray(truths[:, position])
        part = share(work.space, truth)
        word: VerdictWord = "holds" if part == 1 else "fails" if part == 0 else "depends"
        turning = turns(work.space, truth)
        judged.append(
            JudgedClaim(
                claim=claim.id,
                reading=work.name,
                verdict=word,
                share=float(part),
                exact=str(part),
                interval=None,
                bars=_bars(work, hinges(work.space, truth)[0]),
                turns=[_turn(work, turn.answers) for turn in turning[:5]],
            )
        )
    return judged


def _drawn(work: _Work, claims: list[Claim]) -> list[JudgedClaim]:
    """Judge a reading that leaves too much open to go through it all: by drawing."""
    found = check(work.case, Options(), readings=[work.case.base], claims=[c.id for c in claims])
    judged = []
    for one in found.readings[0].judged.values():
        verdict = one.verdict
        interval = verdict.interval or clopper_pearson(verdict.true, verdict.counted, 0.95)
        judged.append(
            JudgedClaim(
                claim=one.claim.id,
                reading=work.name,
                verdict=verdict.word,
                share=float(verdict.share),
                exact="",
                interval=interval,
                bars=_bars(work, one.hinges),
                turns=[_turn(work, turn.answers) for turn in one.turns[:5]],
            )
        )
    return judged


def _turn(work: _Work, answers: tuple[tuple[int, int], ...]) -> dict[str, str]:
    doubts = work.case.uncertainties
    return {doubts[factor].id: doubts[factor].label(answer) for factor, answer in answers}


def _bars(work: _Work, found: tuple[Hinge, ...]) -> list[TornadoBar]:
    """Give how far each uncertainty moves the share, the widest first."""
    bars = []
    for hinge in found:
        if hinge.effect == 0:
            continue
        doubt = work.case.uncertainties[hinge.factor]
        known = [(one, i) for i, one in enumerate(hinge.shares) if one is not None]
        (low, at_low), (high, at_high) = min(known), max(known)
        few = len(hinge.shares) == doubt.size and bool(doubt.labels)
        bars.append(
            TornadoBar(
                id=doubt.id,
                question=doubt.question,
                low=float(low),
                high=float(high),
                at_low=doubt.label(at_low) if few else "",
                at_high=doubt.label(at_high) if few else "",
                cite=[str(citation) for citation in doubt.evidence.cite],
            )
        )
    return sorted(bars, key=lambda bar: bar.low - bar.high)
