"""What parties believe to hold and what does, concept by concept, and in its JSON form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente._version import __version__
from detente.case import Perspectives
from detente.cli.telling import ids
from detente.explain import leavings, reason_for, tell_leaving
from detente.stability import Hypergame, analyze

__all__ = ["Finding", "Mask", "record"]

Mask = NDArray[np.bool_]


class Finding:
    """What was found under one concept."""

    def __init__(self, seen: Perspectives, concept: str, treatment: str) -> None:
        self.concept = concept
        self.game: Hypergame | None = None
        alike = analyze(seen.model.conflict, [concept]).stable(concept)
        self.alike: Mask = np.logical_and.reduce(alike, axis=0)
        self.unknown: Mask = np.zeros(alike.shape, dtype=bool)
        for dm, sight in seen.sights.items():
            self.unknown[dm, sight.unknown] = True
        if treatment == "hypergame":
            self.game = seen.hypergame(concept)
            self.stable: Mask = self.game.stable
        else:
            self.stable = analyze(seen.perceived, [concept]).stable(concept)
        self.holds: Mask = np.logical_and.reduce(self.stable, axis=0)

    @property
    def matters(self) -> Mask:
        """Tell which states hold, would hold if all saw the same, or are believed to hold."""
        found: Mask = self.holds | self.alike
        return found if self.game is None else found | self.game.believed.any(axis=0)

    def sign(self, dm: int, state: int) -> str:
        """Show what a DM does at a state, and believes of it."""
        if self.unknown[dm, state]:
            return "?"
        if self.game is not None and self.game.believed[dm, state]:
            return "●"
        return "○" if self.stable[dm, state] else "→"


def record(
    seen: Perspectives,
    treatment: str,
    findings: Sequence[Finding],
    chosen: Mask,
    limit: int,
) -> dict[str, Any]:
    """Give what was found in its JSON form, of the chosen states."""
    conflict = seen.model.conflict

    def named(truth: Mask) -> list[str]:
        return [conflict.state_id(state) for state in np.flatnonzero(truth & chosen).tolist()]

    def by_dm(truths: Mask) -> dict[str, list[str]]:
        return {dm: named(truths[i]) for i, dm in enumerate(conflict.decision_makers)}

    concepts = {}
    for finding in findings:
        found: dict[str, Any] = {
            "equilibria": named(finding.holds),
            "if_all_saw_alike": named(finding.alike),
            "stable": by_dm(finding.stable),
        }
        if finding.game is not None:
            hidden = np.zeros(conflict.n_states, dtype=bool)
            hidden[finding.game.hidden] = True
            found["hidden"] = named(hidden)
            found["believed"] = by_dm(finding.game.believed)
            found["surprises"] = _surprises(seen, finding, chosen, limit)
        concepts[finding.concept] = found
    return {
        "format": "detente-perspectives/1",
        "detente": __version__,
        "case": seen.model.case.file,
        "title": seen.model.case.title,
        "conflict": conflict.hash,
        "reading": seen.reading,
        "treatment": treatment,
        "views": {
            conflict.decision_makers[dm]: {
                "as": sight.perspective.reading or None,
                "conflict": sight.view.conflict.hash,
                "unknown": [conflict.state_id(state) for state in sight.unknown.tolist()],
                "imagined": int((sight.actual < 0).sum()),
                "ranks_otherwise": ids(seen.model, sight.differs),
            }
            for dm, sight in seen.sights.items()
        },
        "concepts": concepts,
    }


def _surprises(
    seen: Perspectives, finding: Finding, chosen: Mask, limit: int
) -> list[dict[str, Any]]:
    assert finding.game is not None  # noqa: S101 - the other treatment has no beliefs
    conflict = seen.model.conflict
    records: list[dict[str, Any]] = []
    for one in leavings(finding.game):
        if not chosen[one.state]:
            continue
        record: dict[str, Any] = {
            "state": conflict.state_id(one.state),
            "believers": ids(seen.model, one.believers),
            "leaver": conflict.decision_makers[one.leaver],
        }
        if not limit or len(records) < limit:
            _, target = reason_for(seen, one, finding.concept)
            record["to"] = conflict.state_id(target) if target >= 0 else None
            record["words"] = list(tell_leaving(seen, one, finding.concept))
        records.append(record)
    return records
