"""What is worth finding out, over all claims and readings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from detente.case import Uncertainty
from detente.claims.hinges import Hinge
from detente.claims.verdicts import Checked

__all__ = ["Worth", "worth_finding_out"]


@dataclass(frozen=True, slots=True)
class Worth:
    """What is to be gained by finding one thing out.

    Parameters
    ----------
    doubt : Uncertainty
        What is open.
    value : Fraction
        Of how many claims fewer the verdict is expected to be wrong, once it is known.
    effect, settles : Fraction
        The most that it does for any claim in any reading: see `detente.claims.Hinge`.
    claims : tuple of str
        Ids of the claims that it turns.
    """

    doubt: Uncertainty
    value: Fraction
    effect: Fraction
    settles: Fraction
    claims: tuple[str, ...]


def worth_finding_out(checked: Checked) -> list[Worth]:
    """Rank what is open by the value of finding it out; only what turns a claim by itself.

    Parameters
    ----------
    checked : Checked
        The verdicts in some readings. Each reading counts alike; what it does not leave open is
        worth nothing in it.

    Returns
    -------
    list of Worth
        The most valuable first.

    Notes
    -----
    The definition is ours. For one claim in one reading, the value is that of a
    `detente.claims.Hinge`: by how much the answer lowers the risk that who judges by the share
    alone is wrong. Risks add up over claims to the number that is expected to be judged wrongly.

    Examples
    --------
    >>> from detente.case import load
    >>> from detente.claims import check
    >>> first = worth_finding_out(check(load("us-russia-2025")))[0]
    >>> first.doubt.id, str(first.value), first.claims
    ('tracks', '1/2', ('headline', 'tracks_may_diverge'))
    """
    doubts: dict[str, Uncertainty] = {}
    hinges: dict[str, list[tuple[str, Hinge]]] = {}
    for doubt, claim, hinge in _turning(checked):
        doubts.setdefault(doubt.id, doubt)
        hinges.setdefault(doubt.id, []).append((claim, hinge))
    found = [
        Worth(
            doubts[key],
            sum((hinge.value for _, hinge in turned), Fraction(0)) / len(checked.readings),
            max(hinge.effect for _, hinge in turned),
            max(hinge.settles for _, hinge in turned),
            tuple(claim for claim in checked.claims if any(claim == one for one, _ in turned)),
        )
        for key, turned in hinges.items()
    ]
    return sorted(found, key=lambda one: (-one.value, -len(one.claims), -one.effect, one.doubt.id))


def _turning(checked: Checked) -> Iterator[tuple[Uncertainty, str, Hinge]]:
    for reading in checked.readings:
        for claim, judged in reading.judged.items():
            for hinge in judged.hinges:
                if hinge.pivotal:
                    yield reading.uncertainties[hinge.factor], claim, hinge
