"""Which actor is mentioned where."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.sources.actors import Actor, Mention

__all__ = ["Index"]


class Index:
    """Which actor is mentioned where."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        pairs = sorted(((m, a) for a in actors for m in a.mentions), key=lambda pair: pair[0].start)
        self._starts = [mention.start for mention, _ in pairs]
        self._pairs = pairs

    def at(self, offset: int) -> tuple[Mention, Actor] | None:
        """Return the mention that covers an offset, and its actor."""
        number = bisect_right(self._starts, offset) - 1
        if number >= 0 and offset < self._pairs[number][0].end:
            return self._pairs[number]
        return None

    def between(self, start: int, end: int) -> list[tuple[Mention, Actor]]:
        """Return the mentions that start in a span."""
        first = bisect_right(self._starts, start - 1)
        last = bisect_right(self._starts, end - 1)
        return self._pairs[first:last]
