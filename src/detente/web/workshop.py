"""Where long work is done: so much of it at once that everybody else is still served."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from detente.errors import DetenteError

__all__ = ["LIMITS", "BusyError", "Limits", "Workshop"]

Made = TypeVar("Made")


class BusyError(DetenteError):
    """There is no place left for more long work."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much long work is taken on.

    Parameters
    ----------
    places : int
        Sweeps, reports and figures that may be under way; who asks for more is told so.
    hands : int
        How many of them advance at the same moment; the others take turns, step by step.
    seconds : float
        How long a sweep may take.
    readings : int
        How many readings of each named reading a sweep may go through, or draw.
    """

    places: int = 6
    hands: int = 2
    seconds: float = 120.0
    readings: int = 1 << 16


LIMITS = Limits()
"""Those of a server, unless it is given others."""


class Workshop:
    """Runs long work in threads of its own, a step at a time.

    Who waits for a turn holds no thread, so that short questions are answered meanwhile.

    Parameters
    ----------
    limits : Limits
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._taken = 0
        self._limiter: CapacityLimiter | None = None

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take a place for as long as the work goes on; only from the server's event loop.

        Raises
        ------
        BusyError
            If all are taken.
        """
        if self._taken >= self.limits.places:
            raise BusyError(
                f"{self._taken} sweeps and reports are under way here: wait, or cancel one"
            )
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1

    async def step(self, work: Callable[[], Made]) -> Made:
        """Do one step of work, when its turn has come."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(self.limits.hands)
        return await to_thread.run_sync(work, limiter=self._limiter)
