"""How long settlement queries take on 2^16 states and 5 DMs: one, and those of all coalitions."""

from __future__ import annotations

import sys
import time

import numpy as np
from numpy.typing import NDArray

from detente.coalitions import COALITION_CONCEPTS, leverage, settlements
from detente.conflict import Conflict, from_statements

N_STATES = 1 << 16
OPTIONS = [3, 3, 3, 3, 4]
SECONDS_ONE, SECONDS_ALL = 2.0, 60.0


def by_chance(rng: np.random.Generator) -> NDArray[np.integer]:
    """Rank the states at random, without ties."""
    return np.stack([rng.permutation(N_STATES) for _ in OPTIONS])


def by_statements(rng: np.random.Generator) -> NDArray[np.integer]:
    """Rank the states by eight statements each, every one over two options."""
    states = np.arange(N_STATES)

    def statement() -> NDArray[np.bool_]:
        first, second = rng.choice(sum(OPTIONS), 2, replace=False)
        a = (states >> first & 1) == rng.integers(2)
        b = (states >> second & 1) == rng.integers(2)
        truth: NDArray[np.bool_] = a | b if rng.integers(2) else a & b
        return truth

    return np.stack([from_statements([statement() for _ in range(8)], N_STATES) for _ in OPTIONS])


def main() -> int:
    """Time the queries, return 1 if one takes longer than it may."""
    rng = np.random.default_rng(1)
    over = False
    for kind, ranks in [("chance", by_chance(rng)), ("statements", by_statements(rng))]:
        for concept in COALITION_CONCEPTS:
            conflict = Conflict.from_arrays(options=OPTIONS, ranks=ranks)
            start = int(np.argsort(ranks.sum(axis=0))[N_STATES // 4])
            begin = time.perf_counter()
            settlements(conflict, [0, 1], start=start, concept=concept)
            one = time.perf_counter() - begin
            begin = time.perf_counter()
            leverage(conflict, start=start, concept=concept)
            every = time.perf_counter() - begin
            over |= one > SECONDS_ONE or every > SECONDS_ALL
            print(f"{kind:10} {concept:5} one {one:6.2f} s   all coalitions {every:6.2f} s")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
