"""The width of a sweep's steps follows what readings cost; what is found does not depend on it."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest

from detente.case import loads
from detente.claims import Evaluator, Options
from detente.web.pacing import Pace
from detente.web.sweeping import Sweep

if TYPE_CHECKING:
    from collections.abc import Iterable

STATEMENTS = "\n".join(f"        - {{prefer: a.o{i}, id: w{i}, maybe: open}}" for i in range(9))
MANY = f"""\
detente: 1
title: Many
decision_makers:
  a:
    options: {{{", ".join(f"o{i}: Do {i}" for i in range(9))}}}
    preferences:
      prioritise:
{STATEMENTS}
claims:
  first: {{text: The first., assert: "equilibrium(a.o0, nash)"}}
  none: {{text: None., assert: "equilibrium(not (a.o1 or a.o2), nash)"}}
status_quo: NNNNNNNNN
"""
"""One party and 512 readings."""


@pytest.mark.parametrize(
    ("fixed", "each", "settles"),
    [
        (0.04, 0.0006, 256),  # as the flagship case
        (0.001, 0.00001, 1024),  # quick: as wide as can be
        (0.0, 0.02, 8),  # no fixed cost: some tenths of a second
        (0.0, 3.0, 1),  # a single reading is slow
        (1.0, 0.001, 1024),  # hardly anything but fixed cost: wide, although slow
        (0.3, 0.02, 16),  # until the readings cost as much as the rest
        (5.0, 1.0, 8),
    ],
)
def test_the_width_settles_where_the_fixed_cost_does_not_dominate(
    fixed: float, each: float, settles: int
) -> None:
    pace = Pace(4, most=1024)
    for _ in range(20):
        width = pace.width
        pace.took(width, fixed + each * width)
    assert (width, pace.width) == (settles, settles)


def test_a_step_that_was_not_full_teaches_nothing() -> None:
    pace = Pace(4, most=64)
    pace.took(3, 0.001)
    pace.took(3, 9.0)
    assert pace.width == 4


def told(seconds: Iterable[float]) -> tuple[list[int], list[object]]:
    """Sweep with steps that take so long; give what was done after each, and the verdicts."""
    case = loads(MANY)
    claims = list(case.claims.values())
    evaluator = Evaluator(case.space(), [one.expression for one in claims], case.vocabulary)
    times = chain.from_iterable((0.0, one) for one in seconds)
    sweep = Sweep(case, "base", claims, evaluator, Options(), clock=lambda: next(times))
    done = [sweep.done for _ in sweep.steps(Pace(4, 1024))]
    return done, [one.model_dump() for one in sweep.judged()]


def test_the_same_is_found_in_steps_of_any_width() -> None:
    quick, wide = told(repeat(0.01))
    slow, narrow = told(chain([9.0, 5.0], repeat(2.5)))
    assert quick == [4, 12, 28, 60, 124, 252, 508, 512]
    assert slow[:4] == [4, 6, 7, 8]
    assert slow[-1] == 512
    assert wide == narrow
