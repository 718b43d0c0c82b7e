"""Every path through the engine gives what the plain checker gives."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from detente import Conflict, analyze
from detente.stability import DEFAULT_CONCEPTS, Conventions, Opponents, implicit, kernels, ladders
from detente.stability.concepts import distinct
from detente.stability.listed import stable_by_moves
from option_models import engine, random_levels
from plain import individual
from plain.random_conflicts import option_conflicts, random_conflict, seeded

if TYPE_CHECKING:
    from plain.model import PlainConflict

KERNELS: tuple[kernels.Kernel, ...] = get_args(kernels.Kernel)
OPPONENTS: tuple[Opponents, ...] = get_args(Opponents)
KEYS: tuple[individual.Concept, ...] = ("nash", "gmr", "smr", "seq", "sseq")
CONCEPTS = distinct(DEFAULT_CONCEPTS)


@pytest.fixture(params=[*KERNELS, "abreast", "labelling"])
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> kernels.Kernel:
    """Name each kernel; array operations also with even the shortest ladders taken abreast."""
    if request.param in ("compiled", "labelling"):
        pytest.importorskip("numba")
    if request.param == "labelling":
        monkeypatch.setattr(implicit, "_ROUNDS", 0)
        return "compiled"
    if request.param == "abreast":
        monkeypatch.setattr(ladders, "_WIDE", 2)
        monkeypatch.setattr(ladders, "_BLOCK", 3)
        return "numpy"
    name: kernels.Kernel = request.param
    return name


def assert_equal(plain: PlainConflict, conflict: Conflict, kernel: kernels.Kernel) -> None:
    for opponents in OPPONENTS:
        tables = kernels.stable_in_options(conflict, CONCEPTS, Conventions(opponents), kernel)
        for concept in KEYS:
            for dm in range(conflict.n_dms):
                want = individual.stable(plain, concept, dm, opponents=opponents)
                assert set(np.flatnonzero(tables[concept][dm]).tolist()) == want, (concept, dm)


@pytest.mark.parametrize("block", range(3))
def test_random_options(kernel: kernels.Kernel, block: int) -> None:
    for seed in range(40 * block, 40 * block + 40):
        plain = random_conflict(seeded(seed))
        assert_equal(plain, engine(plain), kernel)


@pytest.mark.parametrize("dense", [True, False])
def test_random_levels(kernel: kernels.Kernel, dense: bool) -> None:
    for seed in range(40):
        assert_equal(*random_levels(seeded(seed), dense=dense), kernel)


@given(option_conflicts())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_options(plain: PlainConflict) -> None:
    assert_equal(plain, engine(plain), "numpy")


def middling(form: str, one_way: bool) -> Conflict:
    rng = np.random.default_rng(7)
    options = [4, 3, 5]
    feasible = None
    if form == "sparse":
        feasible = np.flatnonzero(rng.random(1 << 12) < 0.4)
    n_states = 1 << 12 if feasible is None else len(feasible)
    ranks = np.stack([rng.integers(0, 500, n_states) for _ in options])
    directions = {0: "on", 5: "off", 8: "on", 9: "off"} if one_way else {}
    return Conflict.from_arrays(
        options=options,
        ranks=ranks,
        feasible=feasible,
        one_way=directions,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("one_way", [False, True])
@pytest.mark.parametrize("form", ["dense", "sparse"])
@pytest.mark.parametrize("kernel", KERNELS)
def test_listed_moves_agree_on_middling_models(
    kernel: kernels.Kernel, form: str, one_way: bool
) -> None:
    if kernel == "compiled":
        pytest.importorskip("numba")
    conflict = middling(form, one_way)
    arcs = [conflict.moves(dm) for dm in range(conflict.n_dms)]
    tables = kernels.stable_in_options(conflict, CONCEPTS, Conventions(), kernel)
    for concept in CONCEPTS:
        for dm in range(conflict.n_dms):
            listed = stable_by_moves(arcs, conflict.ranks, dm, concept, Conventions())
            assert np.array_equal(tables[concept.key][dm], listed), (concept.key, dm)


@pytest.mark.parametrize("kernel", KERNELS)
def test_very_uneven_fibres(kernel: kernels.Kernel) -> None:
    """One DM owns nearly everything: fibres of 2 states and of hundreds, on the same kernels."""
    if kernel == "compiled":
        pytest.importorskip("numba")
    rng = np.random.default_rng(3)
    feasible = np.unique(np.concatenate((np.arange(600) << 1, rng.integers(0, 1 << 14, 600))))
    ranks = rng.integers(0, 50, (2, len(feasible)))
    conflict = Conflict.from_arrays(options=[1, 13], ranks=ranks, feasible=feasible)
    arcs = [conflict.moves(dm) for dm in range(2)]
    tables = kernels.stable_in_options(conflict, CONCEPTS, Conventions(), kernel)
    for concept in CONCEPTS:
        for dm in range(2):
            listed = stable_by_moves(arcs, conflict.ranks, dm, concept, Conventions())
            assert np.array_equal(tables[concept.key][dm], listed)


def test_threads_and_the_automatic_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    conflict = middling("dense", one_way=False)
    before = analyze(conflict)
    used = []
    improvements = kernels._improvements

    def noted(*given: Any) -> Any:
        used.append(given[-1])
        return improvements(*given)

    monkeypatch.setattr(kernels, "_improvements", noted)
    monkeypatch.setattr(kernels, "_THREADS_PAY", 1)
    monkeypatch.setattr(kernels, "n_threads", lambda: 2)
    monkeypatch.setattr(kernels, "_PAYS", 1)
    after = analyze(conflict)
    assert set(used) == {"compiled"}
    monkeypatch.setattr(kernels, "find_spec", lambda _: None)
    again = analyze(conflict)
    assert set(used) == {"compiled", "numpy"}
    for concept in DEFAULT_CONCEPTS:
        assert before.stable(concept).tobytes() == after.stable(concept).tobytes()
        assert before.stable(concept).tobytes() == again.stable(concept).tobytes()


def test_a_small_model_never_starts_the_compiler() -> None:
    program = (
        "import sys, detente; "
        "detente.analyze(detente.Conflict.from_arrays(options=[2, 2, 2, 2], "
        "ranks=[range(256)] * 4)); "
        "sys.exit('numba' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
