"""Verdicts on the claims of a case: over all its readings, and what they hinge on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from detente.case import Case, Claim, Doubt, Uncertainty, VerdictWord, doubted
from detente.claims.evaluation import Evaluator
from detente.claims.hinges import Hinge, Pair, Turn, hinges, share, turns
from detente.claims.intervals import clopper_pearson
from detente.claims.probing import probed_turns, probes_of
from detente.claims.tallies import Tally
from detente.conditions import did_you_mean
from detente.errors import DetenteError
from detente.readings import UNIT

__all__ = ["ALL", "Checked", "Judged", "Options", "Reading", "Verdict", "check"]

ALL = "all"
"""Name of the verdict over all readings."""

_BATCH = 1 << 12

Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Options:
    """How to check a case.

    Parameters
    ----------
    limit : int
        Up to so many readings all of them are enumerated; beyond, readings are drawn.
    draws : int
        How many are drawn then, rounded up to whole units.
    seed : int
        From which they are drawn.
    level : float
        Confidence level of the intervals.
    doubt : {"assumed", "implied", "all"} or None
        Preference statements that are not taken for granted, see `detente.case.doubted`.
    """

    limit: int = 1 << 16
    draws: int = 1 << 12
    seed: int = 0
    level: float = 0.95
    doubt: Doubt | None = None

    @property
    def n_drawn(self) -> int:
        """Number of readings drawn where readings are drawn."""
        return -(-self.draws // UNIT) * UNIT


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a claim in some readings.

    Parameters
    ----------
    word : {"holds", "fails", "depends"}
        In every reading, in none, or in some. Where readings were drawn: in every one drawn, in
        none drawn, or in some.
    exact : bool
        Whether all readings were considered, rather than a sample of them.
    true, counted : int
        In how many of the readings considered the claim holds, and how many these were.
    share : Fraction
        Share of the readings in which it holds, by their probabilities; an estimate if not exact.
    interval : tuple of float or None
        Confidence interval of the share; None if exact.
    structural : bool
        Whether states and moves alone decide the claim, whatever anybody prefers.
    """

    word: VerdictWord
    exact: bool
    true: int
    counted: int
    share: Fraction
    interval: tuple[float, float] | None = None
    structural: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim in one named reading.

    Parameters
    ----------
    claim : Claim
    verdict : Verdict
        Over all that the reading leaves open.
    base : bool
        Whether the claim holds with everything as written.
    hinges : tuple of Hinge
        How the verdict hinges on each uncertainty, in their order.
    pairs : tuple of Pair
        Pairs of uncertainties that move the share further than each alone.
    turns : tuple of Turn
        The fewest changes of answers that turn the claim from the base.
    """

    claim: Claim
    verdict: Verdict
    base: bool
    hinges: tuple[Hinge, ...]
    pairs: tuple[Pair, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A named reading and what becomes of the claims in it.

    Parameters
    ----------
    id, name : str
    uncertainties : tuple of Uncertainty
        What it leaves open.
    size : int
        Number of complete readings that it comes to, exactly.
    judged : mapping of str to Judged
        For each claim.
    """

    id: str
    name: str
    uncertainties: tuple[Uncertainty, ...]
    size: int
    judged: Mapping[str, Judged]


@dataclass(frozen=True)
class Checked:
    """The verdicts on all claims of a case.

    Parameters
    ----------
    case : Case
    options : Options
        Limits, seed and level used.
    readings : tuple of Reading
        The case as written first, then the named readings.
    """

    case: Case = field(repr=False)
    options: Options
    readings: tuple[Reading, ...] = field(repr=False)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims judged, in the order of the case."""
        judged = self.readings[0].judged
        return tuple(key for key in self.case.claims if key in judged)

    def overall(self, claim: str) -> Verdict:
        """Give the verdict over all readings; each named reading counts alike.

        Examples
        --------
        >>> from detente.case import load
        >>> check(load("us-russia-2025")).overall("headline").word
        'depends'
        """
        verdicts = [reading.judged[claim].verdict for reading in self.readings]
        words = {verdict.word for verdict in verdicts}
        intervals = [v.interval or (float(v.share), float(v.share)) for v in verdicts]
        exact = all(verdict.exact for verdict in verdicts)
        n_readings = len(verdicts)
        return Verdict(
            words.pop() if len(words) == 1 else "depends",
            exact,
            sum(verdict.true for verdict in verdicts),
            sum(verdict.counted for verdict in verdicts),
            sum((verdict.share for verdict in verdicts), Fraction(0)) / n_readings,
            None if exact else (_mean(low for low, _ in intervals), _mean(h for _, h in intervals)),
            all(verdict.structural for verdict in verdicts),
        )

    def expected(self) -> list[tuple[Claim, str, VerdictWord, VerdictWord]]:
        """List the expectations of the case that the readings considered put to the test.

        That a claim depends over all readings is not tested by some of them.

        Returns
        -------
        list of (Claim, str, str, str)
            The claim, the reading or ``all``, the verdict expected and the one found.
        """
        by_id = {reading.id: reading for reading in self.readings}
        partial = not by_id.keys() >= {self.case.base, *self.case.readings}
        found = []
        for key in self.claims:
            claim = self.case.claims[key]
            for name, expected in claim.expect.items():
                if name == ALL and not (partial and expected == "depends"):
                    found.append((claim, name, expected, self.overall(key).word))
                elif name in by_id:
                    found.append((claim, name, expected, by_id[name].judged[key].verdict.word))
        return found

    def unexpected(self) -> list[tuple[Claim, str, VerdictWord, VerdictWord]]:
        """List those of `expected` that are not met."""
        return [one for one in self.expected() if one[2] != one[3]]


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def check(
    case: Case,
    options: Options = Options(),
    *,
    readings: Sequence[str] | None = None,
    claims: Sequence[str] | None = None,
) -> Checked:
    """Put the claims of a case to the test in all its readings.

    Parameters
    ----------
    case : Case
    options : Options
        Limits, seed and level.
    readings : sequence of str, optional
        Named readings to consider; by default all, the case as written first.
    claims : sequence of str, optional
        Claims to judge; by default all.

    Returns
    -------
    Checked

    Raises
    ------
    DetenteError
        If the case makes no claims, or there is no such claim or reading.
    CaseError
        If a reading describes no conflict.

    Examples
    --------
    >>> from detente.case import load
    >>> checked = check(load("us-russia-2025"), claims=["headline"])
    >>> [reading.id for reading in checked.readings][0]
    'author'
    """
    if not case.claims:
        raise DetenteError(f"{case.file} makes no claims: add “claims” to the case")
    asked = case.claims if claims is None else claims
    chosen = [asked] if isinstance(asked, str) else list(dict.fromkeys(asked))
    for key in chosen:
        if key not in case.claims:
            raise DetenteError(f"there is no claim {key}{did_you_mean(key, case.claims)}")
    if options.doubt is not None:
        case = doubted(case, options.doubt)
    named = (case.base, *case.readings) if readings is None else readings
    wanted = [named] if isinstance(named, str) else dict.fromkeys(named)
    made = tuple(_reading(case, name, chosen, options) for name in wanted)
    return Checked(case, options, made)


def _reading(case: Case, name: str, keys: Sequence[str], options: Options) -> Reading:
    under = case.under(name)
    claims = [case.claims[key] for key in keys]
    evaluator = Evaluator(under.space(), [c.expression for c in claims], case.vocabulary)
    space = evaluator.readings.space
    judge = _enumerated if space.enumerable and space.size <= options.limit else _drawn
    judged = judge(evaluator, claims, options)
    title = case.readings[name].name if name in case.readings else "The case as written"
    return Reading(
        name,
        title,
        under.uncertainties,
        space.size,
        {one.claim.id: one for one in judged},
    )


def _enumerated(evaluator: Evaluator, claims: Sequence[Claim], _: Options) -> list[Judged]:
    space = evaluator.readings.space
    truths = np.concatenate(
        [
            evaluator.truths(space.choices(np.arange(first, min(first + _BATCH, space.size))))
            for first in range(0, space.size, _BATCH)
        ]
    )
    possible = space.possible(space.choices(np.arange(space.size)))
    judged = []
    for position, claim in enumerate(claims):
        truth = np.ascontiguousarray(truths[:, position])
        met = truth[possible]
        word: VerdictWord = "holds" if met.all() else "depends" if met.any() else "fails"
        verdict = Verdict(
            word,
            True,
            int(met.sum()),
            len(met),
            share(space, truth),
            structural=evaluator.structure[position] is not None,
        )
        base = bool(truth[space.index(space.base)])
        judged.append(Judged(claim, verdict, base, *hinges(space, truth), turns(space, truth)))
    return judged


def _drawn(evaluator: Evaluator, claims: Sequence[Claim], options: Options) -> list[Judged]:
    space = evaluator.readings.space
    tally = Tally(space, len(claims))
    drawn = []
    for unit in range(options.n_drawn // UNIT):
        choices = space.draw(options.seed, unit)
        drawn.append(evaluator.truths(choices))
        tally.add(choices, drawn[-1])
    truths = np.concatenate(drawn)
    probes = probes_of(space)
    tried = np.concatenate([probes, np.array([space.base], dtype=np.int64)])
    probed = evaluator.truths(tried)
    met = probed[space.possible(tried)]
    probed, base = probed[:-1], probed[-1]
    judged = []
    for position, claim in enumerate(claims):
        truth = truths[:, position]
        true, counted = int(truth.sum()), len(truth)
        known = evaluator.structure[position]
        seen = {*truth.tolist(), *met[:, position].tolist()}
        word: VerdictWord = "depends" if len(seen) > 1 else "holds" if True in seen else "fails"
        verdict = Verdict(
            word,
            known is not None,
            true,
            counted,
            Fraction(true, counted),
            None if known is not None else clopper_pearson(true, counted, options.level),
            known is not None,
        )
        turning = probed_turns(space, probes, probed[:, position] != base[position])
        found = tally.hinges(position)
        judged.append(Judged(claim, verdict, bool(base[position]), found, (), turning))
    return judged
