"""What a picture speaks of: a conflict, with names for readers where a case gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from detente.case import Model
from detente.conflict import Conflict

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Pictured", "Subject", "subject"]

Pictured: TypeAlias = Model | Conflict
"""What can be drawn: a case's model, with its names, or a bare conflict, with its ids."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A conflict and its names.

    Parameters
    ----------
    conflict : Conflict
    title : str
        Title of the case; empty for a bare conflict.
    dms : tuple of str
        Name of each DM.
    texts : tuple of str
        Text of each state, where the case gives one.
    outcomes : mapping of str to ndarray of bool, shape (n,)
        Where each named outcome holds.
    """

    conflict: Conflict
    title: str
    dms: tuple[str, ...]
    texts: tuple[str, ...]
    outcomes: Mapping[str, NDArray[np.bool_]]

    def named(self, state: int) -> list[str]:
        """List the names that fit a state: its own, then the outcomes that hold there."""
        names = [self.texts[state]] if self.texts and self.texts[state] else []
        return names + [spoken(key) for key, truth in self.outcomes.items() if truth[state]]

    def grouped(self, state: int) -> str:
        """Give a state's pattern with a space between one DM's options and the next's."""
        groups: dict[int, str] = {}
        pattern = self.conflict.pattern(state)
        for option, character in zip(self.conflict.options, pattern, strict=True):
            groups[option.dm] = groups.get(option.dm, "") + character
        return " ".join(groups.values())

    def label(self, state: int) -> str:
        """Give a state's id with its pattern or names, for readers of a description."""
        named = ", ".join(self.named(state))
        return self.conflict.state_id(state) + (f" ({named})" if named else "")


def spoken(key: str) -> str:
    """Write an id as words: underscores become spaces."""
    return key.replace("_", " ")


def subject(pictured: Pictured) -> Subject:
    """Collect the names for a picture.

    Parameters
    ----------
    pictured : Model or Conflict

    Returns
    -------
    Subject

    Examples
    --------
    >>> from detente.case import load
    >>> subject(load("chicken").model()).label(3)
    's4 (compromise)'
    """
    if isinstance(pictured, Conflict):
        return Subject(pictured, "", pictured.decision_makers, (), {})
    case = pictured.case
    dms = tuple(dm.name or dm.id for dm in case.decision_makers)
    texts = tuple(case.states.values())
    return Subject(pictured.conflict, case.title, dms, texts, pictured.outcomes)
