"""Perspectives: hypergames straight from the definition, and moves that are not perceived."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from detente.conflict import Conflict
from detente.errors import ConflictError
from detente.stability import View, analyze, hypergame, without_states
from engine import as_conflict
from plain.individual import equilibria, stable
from plain.model import option_form


@pytest.mark.concept("hypergame", evidence="checker")
@pytest.mark.parametrize("seed", range(60))
def test_hypergames_by_definition(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - repeatable
    owned = random.choice(([1, 1], [2, 1], [1, 1, 1]))
    n = 2 ** sum(owned)
    games = [
        option_form(owned, range(n), [[random.randrange(5) for _ in range(n)] for _ in owned])
        for _ in owned
    ]
    concept: Any = random.choice(("nash", "gmr", "smr", "seq", "sseq"))
    views = {dm: View(as_conflict(game), np.arange(n)) for dm, game in enumerate(games)}
    found = hypergame(as_conflict(games[0]), views, concept)
    expected = set(range(n))
    for dm, game in enumerate(games):
        expected &= stable(game, concept, dm)
        believed = set(np.flatnonzero(found.believed[dm]).tolist())
        assert believed == equilibria(game, concept)
    assert set(found.equilibria.tolist()) == expected
    assert {(s.state, s.believer, s.leaver) for s in found.surprises} == {
        (state, believer, leaver)
        for believer, game in enumerate(games)
        for state in equilibria(game, concept)
        for leaver, own in enumerate(games)
        if state not in stable(own, concept, leaver)
    }


@pytest.mark.concept("hypergame", evidence="property")
def test_the_same_view_for_all_is_no_hypergame() -> None:
    chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    for concept in ("nash", "gmr", "smr", "seq", "sseq"):
        found = hypergame(chicken, {}, concept)
        assert found.equilibria.tolist() == analyze(chicken, [concept]).equilibria(concept).tolist()
        assert found.surprises == ()
        assert len(found.hidden) == 0


def test_an_option_that_one_does_not_know_of() -> None:
    # The second DM has an option that the first does not know of; it makes both worse off.
    actual = Conflict.from_arrays(options=[1, 1], ranks=[[2, 3, 0, 1], [2, 1, 3, 0]])
    known = Conflict.from_arrays(options=[1, 1], ranks=[[2, 3], [2, 1]], feasible=[0, 1])
    found = hypergame(actual, {0: View(known, np.array([0, 1, -1, -1]))}, "nash")
    assert np.flatnonzero(found.believed[0]).tolist() == [1]
    assert found.equilibria.tolist() == [1]
    assert found.known[0].tolist() == [True, True, False, False]


def test_moves_that_are_not_perceived() -> None:
    # Syria and Iraq: Syria does not perceive YN-, Iraq does not perceive NN-.
    states = ["NNN", "YNN", "NYN", "NNY", "YNY", "NYY"]
    codes = [sum((c == "Y") << i for i, c in enumerate(state)) for state in states]
    syria = [0, 2, 5, 1, 3, 4]
    iraq = [1, 3, 5, 0, 4, 2]
    ranks = [[5 - order.index(s) for s in range(6)] for order in (syria, iraq)]
    actual = Conflict.from_arrays(options=[2, 1], ranks=ranks, feasible=codes)
    blind = without_states(actual, [np.isin(range(6), [1, 4]), np.isin(range(6), [0, 3])])
    found = analyze(blind, ["nash", "gmr", "smr", "seq", "sseq"])
    for concept in found.concepts:
        assert found.equilibria(concept).tolist() == [0, 1, 5]
        assert np.flatnonzero(found.stable(concept)[0]).tolist() == [0, 1, 4, 5]
        assert np.flatnonzero(found.stable(concept)[1]).tolist() == [0, 1, 3, 5]


def test_mistakes() -> None:
    chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    with pytest.raises(ConflictError, match="one entry for each of 4 states"):
        hypergame(chicken, {0: View(chicken, np.arange(3))})
    with pytest.raises(ConflictError, match="names a state that it does not have"):
        hypergame(chicken, {0: View(chicken, np.arange(4) + 1)})
    with pytest.raises(ConflictError, match="a view belongs to DM 5"):
        hypergame(chicken, {5: View(chicken, np.arange(4))})
    with pytest.raises(ConflictError, match="one truth value"):
        without_states(chicken, [[True]])
