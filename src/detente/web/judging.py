"""Judge a case's claims step by step, so that progress is seen and the work can be given up.

First comes what holds with everything as written, in each named reading: that is quick, and what
if asks for no more than that, of one reading with the answers supposed in it. Then the
combinations of what a reading leaves open are judged, a few at a time, until all are done, whoever
asked stops listening, or the time is up; what is known by then has been told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from time import monotonic

import numpy as np

from detente.case import Case, loads
from detente.claims import Evaluator, Options
from detente.readings import UNIT
from detente.web.contract import TextRequest
from detente.web.findings import JudgeEvent, JudgeRequest, ReadingView, Written
from detente.web.looking import look_at
from detente.web.pacing import Pace
from detente.web.supposing import Answers, given_answers
from detente.web.sweeping import Sweep
from detente.web.workshop import LIMITS, Limits

__all__ = ["as_written", "judge"]

_FIRST = 4
_TOLD = 1.0
"""Seconds between two accounts of what is known of the claims so far."""


def as_written(request: TextRequest, file: str) -> Written:
    """Judge the claims of a text in one reading, with all that is still open as written.

    Parameters
    ----------
    request : TextRequest
    file : str
        The file's name, for problems.

    Returns
    -------
    Written
        Of a text that is not sound, nothing.

    Raises
    ------
    DetenteError
        If the claims cannot be judged.
    """
    return _as_written(request.text, file, request.reading, given_answers(request))


@lru_cache(maxsize=16)
def _as_written(text: str, file: str, reading: str, answers: Answers) -> Written:
    model = look_at(text, file, reading, answers).model
    if model is None or not model.case.claims:
        return Written(holds={})
    case = model.case
    asserted = [claim.expression for claim in case.claims.values()]
    return Written(holds=_truths(Evaluator(case.space(), asserted, case.vocabulary), case.claims))


def _truths(evaluator: Evaluator, claims: Iterable[str]) -> dict[str, bool]:
    """Evaluate claims with everything as written, by id."""
    base = np.array([evaluator.readings.space.base], dtype=np.int64)
    return dict(zip(claims, evaluator.truths(base)[0].tolist(), strict=True))


def judge(request: JudgeRequest, file: str, limits: Limits = LIMITS) -> Iterator[JudgeEvent]:
    """Judge the claims of a text.

    Parameters
    ----------
    request : JudgeRequest
    file : str
        The file's name, for problems.
    limits : Limits
        How much is taken on.

    Yields
    ------
    JudgeEvent
        One for each reading as written; then, in a sweep, progress after each step and, about
        every second and at the end, what is known of each claim.

    Raises
    ------
    DetenteError
        If the text is not sound.
    """
    case = loads(request.text, file)
    if not case.claims:
        return
    claims = list(case.claims.values())
    options = Options(
        limit=min(request.draws or limits.readings, limits.readings),
        draws=min(request.draws or Options().draws, limits.readings),
        seed=request.seed,
    )
    sweeps = []
    for name in dict.fromkeys((case.base, *case.readings)):
        under = case.under(name)
        asserted = [claim.expression for claim in claims]
        evaluator = Evaluator(under.space(), asserted, case.vocabulary)
        sweeps.append(Sweep(under, name, claims, evaluator, options))
        yield JudgeEvent(reading=_reading(case, sweeps[-1]))
    if request.sweep:
        yield from _swept(sweeps, limits.seconds)


def _reading(case: Case, sweep: Sweep) -> ReadingView:
    """Judge a reading with everything as written."""
    named = case.readings.get(sweep.reading)
    return ReadingView(
        id=sweep.reading,
        name=named.name if named else "The case as written",
        size=str(sweep.space.size),
        open=[doubt.question or doubt.id for doubt in sweep.case.uncertainties],
        as_written=_truths(sweep.evaluator, case.claims),
    )


def _swept(sweeps: list[Sweep], seconds: float) -> Iterator[JudgeEvent]:
    total = sum(sweep.size for sweep in sweeps)
    pace = Pace(_FIRST, UNIT)
    begun = told = monotonic()
    yield JudgeEvent(total=total, seconds=seconds)
    for sweep in sweeps:
        for _ in sweep.steps(pace):
            now = monotonic()
            done = sum(one.done for one in sweeps)
            judged = []
            if sweep.finished or now - told > _TOLD:
                judged, told = sweep.judged(), now
            left = (now - begun) * (total - done) / done
            yield JudgeEvent(done=done, total=total, left=left, judged=judged)
            if now - begun > seconds and done < total:
                yield JudgeEvent(judged=sweep.judged(), message=_out_of_time(seconds, done, total))
                return


def _out_of_time(seconds: float, done: int, total: int) -> str:
    return (
        f"The time of {seconds:g} seconds is up: {done} of {total} combinations are judged, the "
        "shares are estimates from these. “detente sweep” goes on for as long as it takes."
    )
