"""Every certificate proves its verdict, and the verdict is the plain checker's."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings

from detente.conflict import Conflict, Path, Step
from detente.errors import ConflictError
from detente.explain import Certificate, Futile, certify, faults, naming, tell
from engine import as_conflict
from plain.individual import Concept, stable
from plain.model import PlainConflict
from plain.random_conflicts import conflicts, random_conflict, seeded
from plain.textbook import CHICKEN, ELMIRA, LG, MOE, PRISONERS, UR

CONCEPTS: tuple[Concept, ...] = get_args(Concept)[:5]


def proven(plain: PlainConflict) -> int:
    conflict = as_conflict(plain)
    words = naming(conflict)
    verdicts = 0
    for concept in CONCEPTS:
        for dm in plain.dms:
            expected = stable(plain, concept, dm)
            for state in plain.states:
                certificate = certify(conflict, dm, state, concept)
                assert certificate.stable == (state in expected)
                assert faults(conflict, certificate) == ()
                assert all(sentence.endswith(".") for sentence in tell(certificate, words))
                verdicts += 1
    return verdicts


@settings(max_examples=40, deadline=None)
@given(conflicts(max_dms=3))
def test_certificates_prove_their_verdicts(plain: PlainConflict) -> None:
    proven(plain)


@pytest.mark.concept("certificate", evidence="checker")
@pytest.mark.parametrize("form", ["option", "graph"])
def test_twenty_thousand_certificates(form: str) -> None:
    rng = seeded(5)
    verdicts = 0
    while verdicts < 10_000:
        verdicts += proven(random_conflict(rng, form=form, max_states=12))  # type: ignore[arg-type]


def test_structural_is_told_from_preferential() -> None:
    conflict = as_conflict(ELMIRA)
    assert certify(conflict, MOE, 8, "nash").structural
    assert certify(conflict, MOE, 0, "nash").basis == "no improvement"
    assert certify(conflict, UR, 3, "nash").basis == "no improvement"


def test_broken_certificates_are_found_out() -> None:
    conflict = as_conflict(PRISONERS)
    good = certify(conflict, 0, 3, "seq")
    (sanction,) = good.sanctions
    broken = [
        replace(good, concept="nash"),
        replace(good, sanctions=()),
        replace(good, basis="no move"),
        replace(good, moves=()),
        replace(good, sanctions=(replace(sanction, path=Path(2)),)),
        replace(good, sanctions=(replace(sanction, path=Path(2, (Step(0, 3),))),)),
        replace(good, stable=False, basis="unsanctioned", improvement=2, answers=(0,)),
        Certificate(
            0, 3, "smr", stable=True, basis="sanctioned", moves=(2,), sanctions=(sanction,)
        ),
        replace(certify(conflict, 0, 3, "nash"), concept="gmr"),
        replace(certify(conflict, 0, 3, "nash"), improvement=1),
    ]
    for certificate in broken:
        assert faults(conflict, certificate), certificate
    chicken = as_conflict(CHICKEN)
    escape = Certificate(
        0,
        3,
        "smr",
        stable=False,
        basis="unsanctioned",
        moves=(2,),
        improvement=2,
        answers=(0,),
        futile=(Futile(0, 1),),
    )
    assert faults(chicken, escape) == ("1 is no escape",)


def test_words() -> None:
    conflict = as_conflict(ELMIRA)
    words = naming(conflict)
    assert tell(certify(conflict, LG, 0, "seq"), words) == (
        "dm3 would not stay at s1.",
        "It moves to s5: that brings s5, which it likes better.",
        "Nobody else can answer to their own advantage.",
    )
    assert tell(certify(conflict, MOE, 8, "seq"), words)[1] == (
        "It has no move of its own there, so this holds whatever anybody wants."
    )
    assert tell(certify(conflict, LG, 3, "smr"), words)[1:] == (
        "It could do better: if it moves to s8, that brings s8.",
        "But then dm2 moves to s9, and the outcome is s9.",
        "For dm3 that is no better than s4, so the step does not pay.",
        "Nor is there anything that it could then do to come out ahead.",
    )


def test_refusals() -> None:
    conflict: Conflict = as_conflict(PRISONERS)
    with pytest.raises(ConflictError, match="there is no decision maker 2"):
        certify(conflict, 2, 0, "seq")
    with pytest.raises(ConflictError, match="there is no state 4"):
        certify(conflict, 0, 4, "seq")
    with pytest.raises(ConflictError, match="act at once"):
        certify(conflict, 0, 0, "sim")
