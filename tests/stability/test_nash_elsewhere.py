"""Nash equilibria are those that a program for games in normal form finds."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente import Conflict, analyze
from plain.random_conflicts import random_rank, seeded

if TYPE_CHECKING:
    from quantecon.game_theory import NormalFormGame


def normal_form(options: list[int], ranks: list[list[int]]) -> NormalFormGame:
    """Make a game of a conflict without rules: a strategy is a combination of own options.

    The first DM owns the lowest bits of a state's code, so the strategies are the digits of the
    code in Fortran order. A player's table has its own strategies as its first axis, then those
    of the players that follow it, cyclically.
    """
    from quantecon.game_theory import NormalFormGame, Player

    shape = [2**count for count in options]
    players = []
    for dm, row in enumerate(ranks):
        table = np.array(row, dtype=float).reshape(shape, order="F")
        axes = [(dm + step) % len(options) for step in range(len(options))]
        players.append(Player(np.ascontiguousarray(table.transpose(axes))))
    return NormalFormGame(players)


def profile_code(profile: tuple[int, ...], options: list[int]) -> int:
    first = np.cumsum([0, *options])
    return sum(int(strategy) << int(first[dm]) for dm, strategy in enumerate(profile))


@pytest.mark.concept("nash", evidence="property")
@pytest.mark.parametrize("group", range(10))
def test_nash_equilibria_are_the_pure_ones_of_the_game(group: int) -> None:
    # Here, since its import takes as long as the tests: not every test process need wait for it.
    from quantecon.game_theory import pure_nash_brute

    rng = seeded(group)
    for _ in range(100):
        options = rng.choice([[1], [1, 1], [2, 1], [1, 2], [2, 2], [1, 1, 1], [2, 1, 1], [1, 0, 2]])
        n_states = prod(2**count for count in options)
        ranks = [random_rank(rng, n_states) for _ in options]
        found = analyze(Conflict.from_arrays(options=options, ranks=ranks), ["nash"])
        game = normal_form(options, ranks)
        elsewhere = sorted(profile_code(profile, options) for profile in pure_nash_brute(game))
        assert found.equilibria("nash").tolist() == elsewhere
