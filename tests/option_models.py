"""Random option forms for the tests: as the engine takes them, and as the plain checker does."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations, product
from typing import TYPE_CHECKING

import numpy as np

from detente.conflict import Conflict, OneWay, Option, OptionForm, lay_out
from plain.model import graph
from plain.random_conflicts import random_rank

if TYPE_CHECKING:
    import random

    from plain.model import PlainConflict


def engine(plain: PlainConflict) -> Conflict:
    """Give a plain conflict to the engine."""
    if plain.codes is None or plain.owned is None:
        moves = [np.array(sorted(own), dtype=int).reshape(-1, 2) for own in plain.moves]
        return Conflict.from_graph(moves=moves, ranks=plain.rank)
    return Conflict.from_arrays(
        options=plain.owned, ranks=plain.rank, feasible=plain.codes, one_way=plain.one_way
    )


def random_levels(rng: random.Random, *, dense: bool) -> tuple[PlainConflict, Conflict]:
    """Draw a conflict over options with two to four levels, some of them irreversible."""
    n_dms = rng.randint(1, 3)
    specs = []
    for dm in range(n_dms):
        for index in range(rng.randint(0, 2)):
            levels = ("abcd")[: rng.randint(2, 4)]
            directions: tuple[OneWay | None, ...] = (None, None, "on", "off")
            one_way = rng.choice(directions)
            specs.append(Option(dm, f"dm{dm}.o{index}", tuple(levels), True, one_way))
    options = lay_out(specs, n_dms)
    # The last option varies slowest, so that the states come in the order of their codes.
    every = [state[::-1] for state in product(*(range(len(o.levels)) for o in options[::-1]))]
    if not dense:
        every = [state for state in every if rng.random() < 0.6] or every[:1]
    codes = [sum(v << o.shift for v, o in zip(s, options, strict=True)) for s in every]
    form = OptionForm(tuple(f"dm{dm}" for dm in range(n_dms)), options, np.array(codes, np.int64))
    rank = [random_rank(rng, len(every)) for _ in range(n_dms)]
    moves = []
    for dm in range(n_dms):
        alike = defaultdict(list)  # states that differ in the DM's own options only
        for s, state in enumerate(every):
            others = tuple(x for o, x in zip(options, state, strict=True) if o.dm != dm)
            alike[others].append(s)
        moves.append(
            [
                (s, t)
                for together in alike.values()
                for s, t in permutations(together, 2)
                if all(
                    x == y or o.one_way != ("off" if y > x else "on")
                    for o, x, y in zip(options, every[s], every[t], strict=True)
                )
            ]
        )
    return graph(len(every), moves, rank), Conflict(form, np.array(rank, dtype=np.int32))
