"""Conflicts of the literature that are small enough to be worked by hand."""

from __future__ import annotations

from plain.model import graph, option_form

# Bit 0 is the first DM's option to cooperate, bit 1 the second's: states DD, CD, DC, CC.
DD, CD, DC, CC = range(4)
PRISONERS = option_form([1, 1], range(4), [[1, 0, 3, 2], [1, 3, 0, 2]])
CHICKEN = option_form([1, 1], range(4), [[0, 1, 3, 2], [0, 3, 1, 2]])


def rank_of(states: list[int], n: int) -> list[int]:
    """Ranks from the list of all states, most preferred first."""
    return [n - states.index(s) for s in range(n)]


# Fraser and Hipel (1984): air strike, blockade; withdraw, escalate. The feasible codes are 0-11.
CUBA = option_form(
    [2, 2],
    range(12),
    [
        rank_of([4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8], 12),
        rank_of([0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8], 12),
    ],
)

# Kilgour, Hipel, Peng and Fang (2001): MoE, UR, LG; state s1 is 0, the coalesced s9 is 8.
MOE, UR, LG = range(3)
ELMIRA = graph(
    9,
    [
        [(0, 1), (2, 3), (4, 5), (6, 7)],
        [(0, 2), (1, 3), (4, 6), (5, 7), *((s, 8) for s in range(8))],
        [(s, (s + 4) % 8) for s in range(8)],
    ],
    [
        rank_of([6, 2, 3, 7, 4, 0, 1, 5, 8], 9),
        rank_of([0, 3, 7, 4, 8, 2, 6, 1, 5], 9),
        rank_of([6, 2, 4, 0, 7, 5, 3, 1, 8], 9),
    ],
)
