"""Go through the readings of a case in small steps, with something to show after each.

Readings are taken in a random order, or drawn, so that what has been done at any moment is a fair
sample of all: whoever stops early has estimates with intervals, and whoever stays has exact shares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from time import thread_time

import numpy as np
from numpy.typing import NDArray

from detente.case import Case, Claim, VerdictWord
from detente.claims import (
    Evaluator,
    Hinge,
    Options,
    Pair,
    Tally,
    Turn,
    clopper_pearson,
    hinges,
    probed_turns,
    probes_of,
    share,
    turns,
)
from detente.explain.questions import question_words
from detente.explain.shares import together
from detente.readings import UNIT, Space
from detente.web.findings import JudgedClaim, TogetherMoved, TornadoBar
from detente.web.pacing import Pace

__all__ = ["Sweep"]

_LEVEL = 0.95


@dataclass
class Sweep:
    """One named reading being swept.

    Parameters
    ----------
    case : Case
        As the reading has it.
    reading : str
        Its id.
    claims : sequence of Claim
    evaluator : Evaluator
    options : Options
        Up to how many combinations all are taken; how many are drawn beyond, from which seed.
    clock : callable
        Tells the processor time in seconds that steps are measured by.
    """

    case: Case
    reading: str
    claims: Sequence[Claim]
    evaluator: Evaluator
    options: Options
    clock: Callable[[], float] = thread_time
    done: int = 0
    _truths: list[NDArray[np.bool_]] = field(default_factory=list)
    _possible: list[NDArray[np.bool_]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._tally = Tally(self.space, len(self.claims))
        self._order = np.empty(0, dtype=np.int64)
        self._probes = np.empty((0, len(self.space.factors)), dtype=np.int64)
        if self.enumerable:
            self._order = np.random.default_rng(0).permutation(self.space.size)
        else:
            self._probes = probes_of(self.space)

    @property
    def space(self) -> Space:
        """The combinations that the reading leaves open."""
        return self.evaluator.readings.space

    @property
    def enumerable(self) -> bool:
        """Whether all combinations are taken."""
        return self.space.enumerable and self.space.size <= self.options.limit

    @property
    def readings(self) -> int:
        """How many combinations are taken or drawn."""
        return self.space.size if self.enumerable else self.options.n_drawn

    @property
    def size(self) -> int:
        """How many there are to judge; those tried for the fewest changes that turn it, too."""
        return self.readings + len(self._probes)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == self.size

    def steps(self, pace: Pace) -> Iterator[None]:
        """Judge, a step at a time, as wide as the pace has it, which learns from each."""
        while not self.finished:
            before, begun = self.done, self.clock()
            self._step(pace.width)
            pace.took(self.done - before, self.clock() - begun)
            yield

    def _step(self, width: int) -> None:
        first = self.done
        if self.enumerable:
            numbers = self._order[first : first + width]
            choices = self.space.choices(numbers)
        elif first < self.readings:
            unit, start = divmod(first, UNIT)
            choices = self.space.draw(self.options.seed, unit)[start : start + width]
        else:
            start = first - self.readings
            choices = self._probes[start : start + width]
        truths = self.evaluator.truths(choices)
        if first < self.readings:
            self._tally.add(choices, truths)
        self._truths.append(truths)
        self._possible.append(self.space.possible(choices))
        self.done += len(choices)

    def judged(self) -> list[JudgedClaim]:
        """Say what is known of each claim by now; nothing before the first step."""
        if not self.done:
            return []
        truths = np.concatenate(self._truths)
        judge: Callable[[int, NDArray[np.bool_]], JudgedClaim] = self._estimated
        if self.enumerable and self.finished:
            whole = np.empty_like(truths)
            whole[self._order] = truths
            truths, judge = whole, self._exact
        return [judge(i, np.ascontiguousarray(truths[:, i])) for i in range(len(self.claims))]

    def _exact(self, position: int, truth: NDArray[np.bool_]) -> JudgedClaim:
        part = share(self.space, truth)
        word: VerdictWord = "holds" if part == 1 else "fails" if part == 0 else "depends"
        single, pairs = hinges(self.space, truth)
        return self._judged(
            position,
            verdict=word,
            share=float(part),
            exact=str(part),
            bars=self._bars(single),
            pairs=self._together(pairs),
            turns=self._turns(turns(self.space, truth)),
        )

    def _estimated(self, position: int, truth: NDArray[np.bool_]) -> JudgedClaim:
        """Estimate from a sample; what holds in some and not in others depends, for certain."""
        counted = min(self.done, self.readings)
        true = int(truth[:counted].sum())
        seen = set(truth[np.concatenate(self._possible)].tolist()) or set(truth.tolist())
        written = np.array([self.space.base], dtype=np.int64)
        base = self.evaluator.truths(written)[0, position]
        if self.finished and self.space.possible(written).all():
            seen.add(bool(base))
        word: VerdictWord = "depends" if len(seen) > 1 else "holds" if True in seen else "fails"
        fair = not self.enumerable or not self.space.weighted
        part = true / counted if fair else self._weighted(truth)
        known = self.finished and self.evaluator.structure[position] is not None
        turning: tuple[Turn, ...] = ()
        if not self.enumerable and self.finished:
            turning = probed_turns(self.space, self._probes, truth[counted:] != base)
        return self._judged(
            position,
            verdict=word,
            share=part,
            exact=str(Fraction(true, counted)) if known else "",
            interval=None if known or not fair else clopper_pearson(true, counted, _LEVEL),
            bars=self._bars(self._tally.hinges(position)) if fair else [],
            pairs=[],
            turns=self._turns(turning),
        )

    def _weighted(self, truth: NDArray[np.bool_]) -> float:
        """Weigh the combinations done by their probabilities."""
        choices = self.space.choices(self._order[: len(truth)])
        weights = np.ones(len(truth))
        for column, factor in enumerate(self.space.factors):
            weights *= np.array(factor.weights, dtype=float)[choices[:, column]]
        total = float(weights.sum())
        return float(weights[truth].sum()) / total if total else float(truth.mean())

    def _judged(self, position: int, **found: object) -> JudgedClaim:
        complete = self.finished
        return JudgedClaim.model_validate(
            {
                "claim": self.claims[position].id,
                "reading": self.reading,
                "interval": None,
                "done": min(self.done, self.readings),
                "of": str(self.space.size if self.enumerable else self.readings),
                "complete": complete,
                **found,
            }
        )

    def _turns(self, found: tuple[Turn, ...]) -> list[dict[str, str]]:
        doubts = self.case.uncertainties
        return [
            {doubts[factor].id: doubts[factor].label(answer) for factor, answer in turn.answers}
            for turn in found[:5]
        ]

    def _together(self, pairs: tuple[Pair, ...]) -> list[TogetherMoved]:
        doubts = self.case.uncertainties
        return [
            TogetherMoved(
                questions=(
                    question_words(self.case, doubts[pair.factors[0]]),
                    question_words(self.case, doubts[pair.factors[1]]),
                ),
                moved=together(pair.effect),
            )
            for pair in pairs
        ]

    def _bars(self, found: tuple[Hinge, ...]) -> list[TornadoBar]:
        """Give how far each uncertainty moves the share, the widest first."""
        bars = []
        for hinge in found:
            if hinge.effect == 0:
                continue
            doubt = self.case.uncertainties[hinge.factor]
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
                    clear=hinge.clear,
                    cite=[str(citation) for citation in doubt.evidence.cite],
                )
            )
        return sorted(bars, key=lambda bar: bar.low - bar.high)
