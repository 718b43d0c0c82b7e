"""Random conflicts: from a seeded generator, and as Hypothesis strategies."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Literal

from hypothesis import strategies as st

from plain.model import graph, option_form
from plain.relations import pairwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plain.model import Direction, Move, PlainConflict
    from plain.relations import PairwiseConflict

DIRECTIONS: tuple[Direction, ...] = ("on", "off")


# -- seeded --------------------------------------------------------------------------------------


def seeded(seed: int) -> random.Random:
    """Return a generator of random numbers that repeats itself."""
    return random.Random(seed)  # noqa: S311


def random_conflict(
    rng: random.Random,
    *,
    form: Literal["option", "graph"] = "option",
    max_dms: int = 4,
    max_states: int = 64,
) -> PlainConflict:
    """Draw a conflict of 1 to `max_dms` DMs and 1 to `max_states` states (64 at most as options).

    In option form: 1 to 6 options in all, some DMs without any, infeasible states, options that
    change one way only. As a graph: moves which need not be transitive, common moves, reversals.
    Ranks are strict, tied or constant in both.
    """
    n_dms = rng.randint(1, max_dms)
    if form == "graph":
        n = rng.choice([rng.randint(1, max_states), rng.randint(1, min(8, max_states))])
        moves = _random_moves(rng, n_dms, n)
        return graph(n, moves, [random_rank(rng, n) for _ in range(n_dms)])

    n_options = rng.randint(1, 6)
    owners = [rng.randrange(n_dms) for _ in range(n_options)]
    codes = _random_codes(rng, n_options, max_states)
    share = rng.choice([0.0, 0.0, 0.3, 1.0])
    one_way = {o: rng.choice(DIRECTIONS) for o in range(n_options) if rng.random() < share}
    return option_form(
        [owners.count(dm) for dm in range(n_dms)],
        codes,
        [random_rank(rng, len(codes)) for _ in range(n_dms)],
        one_way,
    )


def random_rank(rng: random.Random, n: int) -> list[int]:
    """Draw ranks of n states: strict, with some ties, with many ties, or all equal."""
    kind = rng.choice(["strict", "strict", "some ties", "many ties", "constant"])
    if kind == "strict":
        return rng.sample(range(n), n)
    levels = {"some ties": n, "many ties": 3, "constant": 1}[kind]
    return [rng.randrange(levels) for _ in range(n)]


def random_pairwise(rng: random.Random, conflict: PlainConflict) -> PairwiseConflict:
    """Make some pairs of states unknown and some preferences great, for every DM."""
    pairs = [(a, b) for a in conflict.states for b in range(a)]

    def some_pairs() -> list[Move]:
        share = rng.choice([0.0, 0.1, 0.5, 1.0])
        return [pair for pair in pairs if rng.random() < share]

    greatly = [
        [
            (a, b) if conflict.prefers(dm, a, b) else (b, a)
            for a, b in some_pairs()
            if conflict.rank[dm][a] != conflict.rank[dm][b]
        ]
        for dm in conflict.dms
    ]
    return pairwise(conflict, unknown=[some_pairs() for _ in conflict.dms], greatly=greatly)


def _random_codes(rng: random.Random, n_options: int, max_states: int) -> list[int]:
    codes = list(range(2**n_options))
    kind = rng.choice(["all", "patterns", "some", "one"])
    if kind == "patterns":
        for _ in range(rng.randint(1, 3)):
            fixed = {o: rng.randrange(2) for o in range(n_options) if rng.random() < 0.5}
            left = [c for c in codes if any((c >> o) % 2 != bit for o, bit in fixed.items())]
            codes = left or codes
    elif kind == "some":
        codes = rng.sample(codes, rng.randint(1, len(codes)))
    elif kind == "one":
        codes = rng.sample(codes, 1)
    return sorted(rng.sample(codes, min(len(codes), max_states)))


def _random_moves(rng: random.Random, n_dms: int, n: int) -> list[set[Move]]:
    moves: list[set[Move]] = []
    for _ in range(n_dms):
        own: set[Move] = set()
        if rng.random() < 0.2:
            own = {(s, s + 1) for s in range(n - 1)}
        elif n > 1 and rng.random() < 0.9:
            for _ in range(round(n * rng.choice([0.5, 1, 2, 4]))):
                s, t = rng.sample(range(n), 2)
                own.add((s, t))
        others = sorted({move for earlier in moves for move in earlier})
        if others and rng.random() < 0.5:
            own |= set(rng.sample(others, rng.randint(1, len(others))))
        if rng.random() < 0.4:
            own |= {(t, s) for s, t in sorted(own) if rng.random() < 0.5}
        if others and rng.random() < 0.3:
            own |= {(t, s) for s, t in others if rng.random() < 0.5}
        moves.append(own)
    return moves


# -- Hypothesis ----------------------------------------------------------------------------------

# Drawn piece by piece, each piece alone removable, and none sized by another: a failing example
# then shrinks to few DMs, options and states. Ranks of states which there are not are ignored.


@st.composite
def ranks(draw: st.DrawFn, states: Sequence[int]) -> list[int]:
    """Draw ranks of states numbered below 64: equal, tied or strict, some moved by hand."""
    # factor 0: all equal; even: ties; odd: strict.
    factor, shift = draw(st.integers(0, 63)), draw(st.integers(0, 63))
    moved = draw(st.dictionaries(st.integers(0, 63), st.integers(0, 63), max_size=16))
    return [moved.get(s, (s + shift) * factor % 64) for s in states]


@st.composite
def option_conflicts(
    draw: st.DrawFn, *, min_dms: int = 1, max_dms: int = 4, max_options: int = 6
) -> PlainConflict:
    """Draw conflicts in option form, of at least one option."""
    n_dms = draw(st.integers(min_dms, max_dms))
    option = st.tuples(st.integers(0, 3), st.sampled_from((None, None, None, *DIRECTIONS)))
    options = [
        (owner % n_dms, way)
        for owner, way in draw(st.lists(option, min_size=1, max_size=max_options))
    ]
    options.sort(key=lambda pair: pair[0])
    every = range(2 ** len(options))
    listed = {code % len(every) for code in draw(st.sets(st.integers(0, 63)))}
    only_these = draw(st.booleans())
    codes = [code for code in every if (code in listed) == only_these] or list(every)
    return option_form(
        [sum(owner == dm for owner, _ in options) for dm in range(n_dms)],
        codes,
        [draw(ranks(codes)) for _ in range(n_dms)],
        {o: way for o, (_, way) in enumerate(options) if way is not None},
    )


@st.composite
def graph_conflicts(
    draw: st.DrawFn, *, min_dms: int = 1, max_dms: int = 4, max_states: int = 8
) -> PlainConflict:
    """Draw conflicts of explicit moves, often intransitive and shared between DMs."""
    n_dms = draw(st.integers(min_dms, max_dms))
    state = st.integers(0, max_states - 1)
    some = st.sets(
        st.tuples(state, state).filter(lambda move: move[0] != move[1]),
        max_size=4 * max_states if max_states > 1 else 0,
    )
    shared = draw(some)
    moves: list[set[Move]] = []
    for _ in range(n_dms):
        own = draw(some)
        if draw(st.booleans()):
            own |= shared
        if draw(st.booleans()):
            own |= {(t, s) for s, t in shared}
        moves.append(own)
    n = 1 + max([draw(state), *(s for own in moves for move in own for s in move)])
    return graph(n, moves, [draw(ranks(range(n))) for _ in range(n_dms)])


def conflicts(
    *, min_dms: int = 1, max_dms: int = 4, max_options: int = 6, max_states: int = 8
) -> st.SearchStrategy[PlainConflict]:
    """Draw conflicts of either form: of so many options, or as graphs of so many states."""
    return st.one_of(
        graph_conflicts(min_dms=min_dms, max_dms=max_dms, max_states=max_states),
        option_conflicts(min_dms=min_dms, max_dms=max_dms, max_options=max_options),
    )


@st.composite
def pairwise_conflicts(draw: st.DrawFn, *, max_dms: int = 3) -> PairwiseConflict:
    """Draw conflicts with unknown pairs and great preferences, not necessarily transitive."""
    conflict = draw(
        st.one_of(
            graph_conflicts(max_dms=max_dms, max_states=6),
            option_conflicts(max_dms=max_dms, max_options=3),
        )
    )
    state = st.integers(0, 7)
    # Of a pair drawn both ways round, the second counts.
    some = st.lists(st.tuples(state, state), max_size=16).map(
        lambda pairs: [(a, b) for a, b in pairs if a != b and max(a, b) < conflict.n_states]
    )
    return pairwise(
        conflict,
        unknown=[draw(some) for _ in conflict.dms],
        greatly=[draw(some) for _ in conflict.dms],
    )
