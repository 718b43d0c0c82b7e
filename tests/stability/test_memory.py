"""Work that does not fit in memory is refused before it starts."""

from __future__ import annotations

import re

import numpy as np
import pytest

from detente import Conflict, SizeError, analyze, analyze_many
from detente.conflict import free_memory, memory, require_memory


def test_the_message_says_what_is_needed_and_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free_memory", lambda: 2_500_000_000)
    require_memory(2_500_000_000, "this")
    with pytest.raises(SizeError, match=r"^this needs 3\.1 GB of memory, and 2\.5 GB are free$"):
        require_memory(3_100_000_000, "this")


def test_analyses_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ranks = np.arange(1 << 12)
    conflict = Conflict.from_arrays(options=[6, 6], ranks=[ranks, ranks])
    monkeypatch.setattr(memory, "free_memory", lambda: 1_000_000)
    message = "the analysis of 4,096 states by 2 DMs needs"
    with pytest.raises(SizeError, match=message):
        analyze(conflict)
    with pytest.raises(SizeError, match=re.escape("the analysis of 500 rankings of 4,096 states")):
        analyze_many(conflict.form, np.broadcast_to(conflict.ranks, (500, 2, 1 << 12)))


def test_unknown_memory_refuses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free_memory", lambda: None)
    require_memory(10**18, "this")


def test_this_machine_tells() -> None:
    free = free_memory()
    assert free is None or free > 1_000_000
