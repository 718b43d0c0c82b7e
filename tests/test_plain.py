"""The plain checker on conflicts small enough to be worked by hand."""

from __future__ import annotations

import pytest

from plain import individual, limited
from plain.model import NotApplicableError, graph, option_form

# Bit 0 is the first DM's option to cooperate, bit 1 the second's: states DD, CD, DC, CC.
DD, CD, DC, CC = range(4)
PRISONERS = option_form([1, 1], range(4), [[1, 0, 3, 2], [1, 3, 0, 2]])
CHICKEN = option_form([1, 1], range(4), [[0, 1, 3, 2], [0, 3, 1, 2]])


def test_moves_of_option_form() -> None:
    assert PRISONERS.moves == (
        frozenset({(DD, CD), (CD, DD), (DC, CC), (CC, DC)}),
        frozenset({(DD, DC), (DC, DD), (CD, CC), (CC, CD)}),
    )


def test_prisoners_dilemma() -> None:
    expected = {"nash": {DD}, "gmr": {DD, CC}, "smr": {DD, CC}, "seq": {DD, CC}, "sseq": {DD, CC}}
    for concept, states in expected.items():
        assert individual.equilibria(PRISONERS, concept) == states  # type: ignore[arg-type]
    assert individual.equilibria(PRISONERS, "sim") == {DD, CC}
    assert limited.limited_move_equilibria(PRISONERS, 1) == {DD}
    assert limited.non_myopic_equilibria(PRISONERS) == {DD, CC}


def test_sim_needs_option_form() -> None:
    with pytest.raises(NotApplicableError):
        individual.equilibria(graph(1, [[]], [[0]]), "sim")
