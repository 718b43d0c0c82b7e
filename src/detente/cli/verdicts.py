"""The verdicts on a case's claims in their JSON form."""

from __future__ import annotations

from typing import Any

from detente._version import __version__
from detente.claims import ALL, Checked, Hinge, Judged, Reading, Verdict, worth_finding_out

__all__ = ["record"]


def record(checked: Checked) -> dict[str, Any]:
    """Give what was found of a case's claims in its JSON form.

    Shares are exact fractions, written as texts, each with its nearest number beside it.
    """
    options = checked.options
    return {
        "format": "detente-check/1",
        "detente": __version__,
        "case": checked.case.file,
        "title": checked.case.title,
        "limit": options.limit,
        "draws": options.n_drawn,
        "seed": options.seed,
        "level": options.level,
        "doubt": options.doubt,
        "readings": [
            {
                "id": reading.id,
                "name": reading.name,
                "combinations": str(reading.size),
                "enumerable": not any(doubt.continuous for doubt in reading.uncertainties),
                "uncertain": [
                    {
                        "id": doubt.id,
                        "kind": doubt.kind,
                        "question": doubt.question,
                        "answers": doubt.size,
                        "cite": [str(citation) for citation in doubt.evidence.cite],
                    }
                    for doubt in reading.uncertainties
                ],
            }
            for reading in checked.readings
        ],
        "claims": [_claim(checked, key) for key in checked.claims],
        "find_out": [
            {
                "id": one.doubt.id,
                "value": str(one.value),
                "about": float(one.value),
                "effect": str(one.effect),
                "settles": str(one.settles),
                "claims": list(one.claims),
            }
            for one in worth_finding_out(checked)
        ],
        "unexpected": [
            {"claim": claim.id, "in": where, "expected": expected, "found": found}
            for claim, where, expected, found in checked.unexpected()
        ],
    }


def _claim(checked: Checked, key: str) -> dict[str, Any]:
    claim = checked.case.claims[key]
    return {
        "id": key,
        "text": claim.text,
        "assert": claim.clause.text,
        "line": claim.place.line,
        "cite": [str(citation) for citation in claim.evidence.cite],
        "standing": claim.evidence.standing,
        "expect": dict(claim.expect),
        ALL: _verdict(checked.overall(key)),
        "readings": {r.id: _judged(r, r.judged[key]) for r in checked.readings},
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.word,
        "exact": verdict.exact,
        "true": verdict.true,
        "counted": verdict.counted,
        "share": str(verdict.share),
        "about": float(verdict.share),
        "interval": list(verdict.interval) if verdict.interval else None,
        "structural": verdict.structural,
    }


def _judged(reading: Reading, judged: Judged) -> dict[str, Any]:
    return {
        **_verdict(judged.verdict),
        "as_written": judged.base,
        "hinges": [_hinge(reading, hinge) for hinge in judged.hinges],
        "pairs": [
            {
                "ids": [reading.uncertainties[f].id for f in pair.factors],
                "effect": str(pair.effect),
            }
            for pair in judged.pairs
        ],
        "turns": [
            {reading.uncertainties[f].id: reading.uncertainties[f].label(a) for f, a in t.answers}
            for t in judged.turns
        ],
    }


def _hinge(reading: Reading, hinge: Hinge) -> dict[str, Any]:
    doubt = reading.uncertainties[hinge.factor]
    few = doubt.labels and len(hinge.shares) <= 40
    return {
        "id": doubt.id,
        "pivotal": hinge.pivotal,
        "effect": str(hinge.effect),
        "swing": None if hinge.swing is None else str(hinge.swing),
        "settles": str(hinge.settles),
        "value": str(hinge.value),
        "shares": {
            doubt.label(i): None if share is None else str(share)
            for i, share in enumerate(hinge.shares)
        }
        if few
        else {},
    }
