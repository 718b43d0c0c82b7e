"""Many rankings at once give what they give one by one."""

from __future__ import annotations

from itertools import product
from typing import get_args

import numpy as np
import pytest

from detente import Conflict, ConflictError, analyze, analyze_many
from detente.stability import DEFAULT_CONCEPTS, Opponents, many
from option_models import engine, random_levels
from plain import individual
from plain.model import PlainConflict
from plain.random_conflicts import random_conflict, random_rank, seeded

OPPONENTS: tuple[Opponents, ...] = get_args(Opponents)
KEYS: tuple[individual.Concept, ...] = ("nash", "gmr", "smr", "seq", "sseq")


@pytest.mark.parametrize("form", ["option", "graph"])
def test_equal_to_the_plain_checker(form: str) -> None:
    for seed in range(40):
        rng = seeded(seed)
        plain = random_conflict(rng, form=form, max_states=16)  # type: ignore[arg-type]
        rankings = [
            tuple(tuple(random_rank(rng, plain.n_states)) for _ in plain.dms) for _ in range(3)
        ]
        for opponents, counts in product(OPPONENTS, (True, False)):
            tables = analyze_many(
                engine(plain).form,
                np.array(rankings),
                keep="stable",
                opponents=opponents,
                status_quo_sanctions=counts,
            )
            for index, rank in enumerate(rankings):
                one = PlainConflict(
                    plain.n_states, plain.moves, rank, plain.codes, plain.owned, plain.one_way
                )
                for concept, dm in product(KEYS, plain.dms):
                    want = individual.stable(
                        one, concept, dm, opponents=opponents, status_quo_sanctions=counts
                    )
                    got = np.flatnonzero(tables[concept][index, dm])
                    assert set(got.tolist()) == want, (seed, opponents, counts, concept, dm)


@pytest.mark.parametrize("highest", [3, 300, 70_000])
@pytest.mark.parametrize("dense", [True, False])
def test_equal_to_one_by_one(dense: bool, highest: int) -> None:
    """Across the widths of ranks, several blocks, levels and irreversible options."""
    for seed in range(5):
        _, conflict = random_levels(seeded(seed), dense=dense)
        rng = np.random.default_rng(seed)
        ranks = rng.integers(0, highest, (150, conflict.n_dms, conflict.n_states))
        stable = analyze_many(conflict.form, ranks, keep="stable")
        for index in range(0, 150, 15):
            alone = analyze(Conflict(conflict.form, ranks[index].astype(np.int32)))
            for concept in DEFAULT_CONCEPTS:
                assert np.array_equal(stable[concept][index], alone.stable(concept))


def test_what_is_kept_agrees_over_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_BLOCK_BYTES", 1)
    form = Conflict.from_arrays(options=[2, 2, 1], ranks=np.zeros((3, 32), int)).form
    ranks = np.random.default_rng(0).integers(0, 20, (500, 3, 32))
    stable = analyze_many(form, ranks, keep="stable")
    equilibria = analyze_many(form, ranks)
    counts = analyze_many(form, ranks, keep="counts")
    for concept in DEFAULT_CONCEPTS:
        assert np.array_equal(stable[concept].all(axis=1), equilibria[concept])
        assert np.array_equal(equilibria[concept].sum(axis=0), counts[concept])


def test_large_fibres_are_followed_one_ranking_after_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = Conflict.from_arrays(options=[3, 2], ranks=np.zeros((2, 32), int)).form
    ranks = np.random.default_rng(0).integers(0, 20, (70, 2, 32))
    together = analyze_many(form, ranks, keep="stable")
    monkeypatch.setattr(many, "_MAX_MOVES", 10)
    apart = analyze_many(form, ranks, keep="stable")
    for concept in DEFAULT_CONCEPTS:
        assert np.array_equal(together[concept], apart[concept])


def test_no_ranking_at_all() -> None:
    form = Conflict.from_arrays(options=[1, 1], ranks=np.zeros((2, 4), int)).form
    empty = analyze_many(form, np.empty((0, 2, 4), int), ["seq"], keep="counts")
    assert empty["seq"].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("ranks", "given", "message"),
    [
        (np.zeros((3, 2, 5), int), {}, r"\(3, 2, 5\): it should be \(B, 2, 4\)"),
        (np.zeros((3, 2, 4)), {}, "whole numbers"),
        (np.full((3, 2, 4), -1), {}, "number them from 0 up"),
        (np.zeros((3, 2, 4), int), {"concepts": ["sim"]}, "sim is not handled for many rankings"),
        (np.zeros((3, 2, 4), int), {"keep": "all"}, "keep is 'all'"),
    ],
)
def test_refusals(ranks: np.ndarray, given: dict[str, object], message: str) -> None:
    form = Conflict.from_arrays(options=[1, 1], ranks=np.zeros((2, 4), int)).form
    with pytest.raises(ConflictError, match=message):
        analyze_many(form, ranks, **given)  # type: ignore[arg-type]
