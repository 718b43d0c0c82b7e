"""Conflicts to measure on: of any size, drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from detente.conditions import parse, vocabulary
from detente.conflict import Conflict, Option, feasible_form, from_statements, lay_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.conflict import OneWay, OptionForm


@dataclass(frozen=True, slots=True)
class Spec:
    """What to draw: 2**`size` combinations of options, or the states that rules leave of 2**60."""

    size: int
    n_dms: int = 4
    form: Literal["dense", "sparse", "irreversible", "rules"] = "dense"
    preferences: Literal["strict", "ties", "statements"] = "strict"


def draw(spec: Spec) -> Conflict:
    """Draw a conflict."""
    rng = np.random.default_rng(spec.size)
    if spec.form == "rules":
        form = ruled_form(spec.n_dms)
        return Conflict(form, np.stack([_ranks(rng, form.codes, spec) for _ in range(spec.n_dms)]))
    codes = np.arange(1 << spec.size)
    if spec.form == "sparse":
        codes = codes[rng.random(len(codes)) < 0.4]
    owned = [len(part) for part in np.array_split(np.arange(spec.size), spec.n_dms)]
    directions: dict[int, OneWay] = {}
    if spec.form == "irreversible":
        directions = {sum(owned[:dm]): "on" for dm in range(spec.n_dms)}
    ranks = np.stack([_ranks(rng, codes, spec) for _ in owned])
    return Conflict.from_arrays(options=owned, ranks=ranks, feasible=codes, one_way=directions)


def ruled_form(n_dms: int) -> OptionForm:
    """Build a form of 60 options whose rules leave about a million states."""
    options = lay_out([Option(i * n_dms // 60, f"dm.o{i}") for i in range(60)], n_dms)
    words = vocabulary({option.name: option.as_name(i) for i, option in enumerate(options)})
    rules = [f"exactly(1, {', '.join(f'o{i}' for i in range(b, b + 4))})" for b in range(0, 24, 4)]
    # Of the others each needs the one before it, in two chains.
    rules += [f"o{i} implies o{i - 1}" for i in range(25, 60) if i != 42]
    rules += ["o24 implies (o0 or o1 or o2)"]
    return feasible_form(
        tuple(f"dm{dm}" for dm in range(n_dms)), options, [parse(rule) for rule in rules], words
    )


def _ranks(rng: np.random.Generator, codes: NDArray[np.int64], spec: Spec) -> NDArray[np.int32]:
    if spec.preferences == "strict":
        return rng.permutation(len(codes)).astype(np.int32)
    if spec.preferences == "ties":
        return rng.integers(0, 10, len(codes)).astype(np.int32)
    truths = []
    for _ in range(12):
        about = rng.choice(spec.size, rng.integers(1, 4), replace=False)
        literals = [(codes >> option & 1) == rng.integers(2) for option in about]
        truths.append(np.logical_and.reduce(literals))
    return from_statements(truths, len(codes))
