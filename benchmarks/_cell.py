"""Measure one conflict in a process of its own, and print the figures as JSON."""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

import _matrices
import numpy as np
from _models import Spec, draw

from detente.conflict import OptionForm
from detente.stability import CONCEPTS, DEFAULT_CONCEPTS, Conventions, analyze_many
from detente.stability.kernels import memory_needed, quicker, stable_in_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.conflict import Conflict
    from detente.stability.kernels import Kernel

_CONCEPTS = [CONCEPTS[key] for key in DEFAULT_CONCEPTS]


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Time several things in turns, so that what disturbs one disturbs all."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    return times


def peak() -> int:
    """Give the highest memory of this process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def one_model(spec: Spec, kernel: Kernel | None, rounds: int) -> dict[str, Any]:
    """Time an analysis against the sorting of the same ranks, and one pass over them."""
    start = time.perf_counter()
    conflict = draw(spec)
    drawn = time.perf_counter() - start
    assert isinstance(conflict.form, OptionForm)
    before = peak()

    def ours() -> object:
        return stable_in_options(conflict, _CONCEPTS, Conventions(), kernel)

    first = seconds(ours)
    memory = peak()
    total = np.zeros_like(conflict.ranks[0])
    times = in_turns(
        {
            "ours": ours,
            "argsorts": lambda: [rank.argsort(kind="stable") for rank in conflict.ranks],
            "pass": lambda: [np.add(total, rank, out=total) for rank in conflict.ranks],
        },
        rounds,
    )
    ratios = [a / b for a, b in zip(times["ours"], times["argsorts"], strict=True)]
    return {
        "states": conflict.n_states,
        "seconds": statistics.median(times["ours"]),
        "first": first,
        "drawing": drawn,
        "argsorts": statistics.median(times["argsorts"]),
        "pass": statistics.median(times["pass"]),
        "ratio": statistics.median(ratios),
        "ratio_low": min(ratios),
        "ratio_high": max(ratios),
        "peak": memory,
        "peak_before": before,
        "estimate": memory_needed(conflict.form, _CONCEPTS, kernel or quicker(conflict.form)),
    }


def against(spec: Spec, other: str, rounds: int) -> dict[str, Any]:
    """Time another method on the same conflict, and compare its answer."""
    conflict = draw(spec)
    concepts = _CONCEPTS[:1] if other == "quantecon" else _CONCEPTS
    before = peak()
    theirs: Callable[[], Any] = {
        "floats": lambda: _matrices.with_floats(conflict),
        "bits": lambda: _matrices.with_bits(conflict),
        "quantecon": lambda: pure_nash(conflict),
    }[other]
    tables = stable_in_options(conflict, concepts, Conventions())
    found = theirs() if rounds > 1 else None
    slow = in_turns({"theirs": theirs}, max(1, rounds - 1))["theirs"]
    quick = in_turns({"ours": lambda: stable_in_options(conflict, concepts, Conventions())}, 9)
    if other == "quantecon":
        equal = found is None or set(found) == set(np.flatnonzero(tables["nash"].all(axis=0)))
    else:
        equal = found is None or all(np.array_equal(found[key], tables[key]) for key in tables)
    ratios = [a / b for a in slow for b in quick["ours"]]
    return {
        "states": conflict.n_states,
        "theirs": statistics.median(slow),
        "seconds": statistics.median(quick["ours"]),
        "ratio": statistics.median(ratios),
        "ratio_low": min(ratios),
        "ratio_high": max(ratios),
        "peak": peak() - before,
        "equal": bool(equal),
    }


def pure_nash(conflict: Conflict) -> list[int]:
    """Find the pure equilibria of the same game by quantecon."""
    from quantecon.game_theory import NormalFormGame, Player, pure_nash_brute

    own = [sum(o.dm == dm for o in conflict.options) for dm in range(conflict.n_dms)]
    shape = [1 << count for count in own]
    players = []
    for dm in range(conflict.n_dms):
        # The last axis of the box of states belongs to the first DM.
        payoffs = conflict.ranks[dm].reshape(shape[::-1]).transpose()
        order = [*range(dm, conflict.n_dms), *range(dm)]
        players.append(Player(np.ascontiguousarray(payoffs.transpose(order))))
    found = pure_nash_brute(NormalFormGame(players))
    starts = np.cumprod([1, *shape[:-1]])
    return [int(np.dot(profile, starts)) for profile in found]


def many(spec: Spec, n_rankings: int, concepts: list[str], rounds: int) -> dict[str, Any]:
    """Time many rankings at once against the matrix method called in a loop."""
    conflict = draw(spec)
    rng = np.random.default_rng(0)
    shape = (n_rankings, *conflict.ranks.shape)
    ranks = rng.permuted(np.broadcast_to(conflict.ranks, shape), axis=2)
    alone = [type(conflict)(conflict.form, ranks[index]) for index in range(8)]
    times = in_turns(
        {
            "ours": lambda: analyze_many(conflict.form, ranks, concepts, keep="counts"),
            "floats": lambda: [_matrices.with_floats(one) for one in alone],
        },
        rounds,
    )
    rates = [n_rankings / t for t in times["ours"]]
    ratios = [rate * t / 8 for rate, t in zip(rates, times["floats"], strict=True)]
    return {
        "states": conflict.n_states,
        "rate": statistics.median(rates),
        "rate_low": min(rates),
        "rate_high": max(rates),
        "ratio": statistics.median(ratios),
        "ratio_low": min(ratios),
        "ratio_high": max(ratios),
    }


def main() -> None:
    """Do what the first argument says."""
    task = json.loads(sys.argv[1])
    kind, spec = task.pop("measure"), Spec(**task.pop("spec"))
    measures: dict[str, Callable[..., dict[str, Any]]] = {
        "model": one_model,
        "against": against,
        "many": many,
    }
    print(json.dumps(measures[kind](spec, **task) | {"processors": len(os.sched_getaffinity(0))}))


if __name__ == "__main__":
    main()
