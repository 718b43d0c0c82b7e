"""How long preferences pair by pair take on 4,096 states: all concepts, extensions and degrees."""

from __future__ import annotations

import json
import resource
import sys
import time

import numpy as np

from detente.case import loads
from detente.stability import EXTENSIONS, Degree, PairAnalysis, analyze_pairwise

SECONDS, MEGABYTES = 60.0, 1500
"""What one model may take."""


def case_text(owned: list[int], kind: str) -> str:
    """Write a case: each DM has ten statements, the first three great, and pairs left unknown."""
    rng = np.random.default_rng(1)
    names = [f"d{dm}.o{index}" for dm, count in enumerate(owned) for index in range(count)]

    def condition() -> str:
        one, other = rng.choice(len(names), 2, replace=False)
        words = [f"{'not ' * int(rng.integers(2))}{names[i]}" for i in (one, other)]
        return f"{words[0]} {rng.choice(['and', 'or'])} {words[1]}"

    parties = {}
    for dm, count in enumerate(owned):
        options = {f"o{index}": {"text": "Do it"} for index in range(count)}
        if kind == "irreversible":
            options["o0"]["change"] = "only on"
        ranking = [{"prefer": condition(), "greatly": "NY"[i < 3]} for i in range(10)]
        pairs = [{"unknown": condition(), "alike": alike} for alike in "NY"]
        preferences: dict[str, object] = {"prioritise": ranking, "pairs": pairs}
        if kind == "unranked" and dm == 0:
            preferences = {"pairs": [{"prefer": condition(), "alike": "Y"}], "otherwise": "unknown"}
        parties[f"d{dm}"] = {"options": options, "preferences": preferences}
    return json.dumps({"detente": 1, "title": "Measured", "decision_makers": parties})


def everything(found: PairAnalysis) -> int:
    """Find all equilibria; give their number in all."""
    number = 0
    for concept in found.concepts:
        degrees: tuple[Degree, ...] = ("general", "strong", "weak")
        for degree in degrees[:1] if concept == "nash" else degrees:
            for extension in EXTENSIONS:
                number += len(found.equilibria(concept, extension, degree))
    return number


def main() -> int:
    """Time the way from the text to the verdicts, return 1 if one takes more than it may."""
    over = False
    for owned in ([3, 3, 3, 3], [6, 6], [1] * 12, [12]):
        for kind in ("statements", "irreversible", "unranked"):
            text = case_text(owned, kind)
            begin = time.perf_counter()
            model = loads(text).model()
            built = time.perf_counter() - begin
            begin = time.perf_counter()
            everything(analyze_pairwise(model.conflict.form, model.relations()))
            judged = time.perf_counter() - begin
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
            over |= built + judged > SECONDS or peak > MEGABYTES
            print(
                f"{model.conflict.n_states} states, {len(owned):2} DMs, {kind:12} "
                f"case {built:5.1f} s   all verdicts {judged:5.1f} s   so far {peak:5.0f} MB"
            )
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
