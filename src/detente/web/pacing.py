"""How much work to do in a step: enough to be worth its fixed cost, little enough to be stopped."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Pace"]

_QUICK, _SLOW = 0.15, 0.5
_PAYS = 1.5


@dataclass
class Pace:
    """The width of the next step, learnt from what the steps before took.

    A step costs something however narrow it is. So a step that was quick is followed by one twice
    as wide, and so is any other as long as a piece of work still becomes clearly cheaper by it. A
    slow step of which that is not true is followed by one half as wide.

    Parameters
    ----------
    width : int
        Pieces of work in the first step.
    most : int
        Most in any step.

    Examples
    --------
    >>> pace = Pace(4, most=64)
    >>> for took in (0.04, 0.04, 0.6):
    ...     pace.took(pace.width, took)
    >>> pace.width
    8
    """

    width: int
    most: int
    _known: dict[int, float] = field(default_factory=dict)

    def took(self, done: int, seconds: float) -> None:
        """Learn how long a step took.

        Parameters
        ----------
        done : int
            Pieces of work done in it; nothing is learnt from a step that was not full.
        seconds : float
            Processor time, since what else the machine does says nothing about this work.
        """
        if done != self.width:
            return
        self._known[done] = seconds
        slow, narrower = seconds > _SLOW, done // 2
        unsure = not slow and narrower not in self._known
        if seconds < _QUICK or unsure or self._pays(narrower):
            if not self._too_wide(2 * done):
                self.width = min(2 * done, self.most)
        elif slow:
            self.width = 2 * done if self._pays(done) else max(1, narrower)

    def _pays(self, width: int) -> bool:
        """Whether twice the width is known to cost clearly less than twice as much."""
        once, twice = self._known.get(width), self._known.get(2 * width)
        return once is not None and twice is not None and twice < _PAYS * once

    def _too_wide(self, width: int) -> bool:
        """Whether a width is known to be slow without being worth it."""
        return self._known.get(width, 0.0) > _SLOW and not self._pays(width // 2)
