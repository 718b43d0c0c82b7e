"""Options: what a decision maker can do, and how a state's code stores it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.conditions import OptionName
from detente.errors import ConflictError

__all__ = ["MAX_BITS", "YES_NO", "OneWay", "Option", "lay_out"]

MAX_BITS = 62
"""Most bits of a state's code: a yes/no option takes one, an option of k levels ⌈log₂ k⌉."""

YES_NO = ("N", "Y")
"""Levels of a yes/no option."""

OneWay = Literal["on", "off"]
"""Direction of an irreversible option: ``"on"`` may only rise (N→Y), ``"off"`` only fall (Y→N)."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of one DM.

    Parameters
    ----------
    dm : int
        Index of the DM that owns it.
    name : str
        Full name, ``dm.option``.
    levels : tuple of str
        Names of its levels, lowest first; ``("N", "Y")`` for a yes/no option.
    ordered : bool
        Whether the levels are ordered.
    one_way : {"on", "off"} or None
        ``"on"`` if it may only rise, ``"off"`` if it may only fall, None if it may do both.
    shift, width : int
        Where its level stands in a state's code: ``code >> shift & (2**width - 1)``.
    """

    dm: int
    name: str
    levels: tuple[str, ...] = YES_NO
    ordered: bool = False
    one_way: OneWay | None = None
    shift: int = 0
    width: int = 1

    @property
    def mask(self) -> int:
        """The option's bits in a state's code."""
        return ((1 << self.width) - 1) << self.shift

    @property
    def yes_no(self) -> bool:
        """Whether the option is taken or not, without further levels."""
        return self.levels == YES_NO

    def as_name(self, index: int) -> OptionName:
        """Give the option as conditions see it, at its position among all options."""
        return OptionName(index, self.levels, self.ordered)

    def symbol(self, level: int) -> str:
        """Give the one character that stands for a level in a pattern."""
        if self.yes_no:
            return YES_NO[level]
        return "0123456789abcdefghijklmnopqrstuvwxyz"[level]


def lay_out(options: Sequence[Option], n_dms: int) -> tuple[Option, ...]:
    """Give each option its bits in a state's code, the first option lowest.

    Parameters
    ----------
    options : sequence of Option
        Grouped by DM, in the order of the DMs; their `shift` and `width` are ignored.
    n_dms : int
        Number of DMs.

    Returns
    -------
    tuple of Option
        The same options with `shift` and `width` set.

    Raises
    ------
    ConflictError
        If the options are not grouped by DM, have the wrong number of levels, or need more than
        `MAX_BITS` bits.

    Examples
    --------
    >>> low, high = lay_out([Option(0, "a.x", ("none", "some", "all")), Option(1, "b.y")], 2)
    >>> low.width, high.shift
    (2, 2)
    """
    laid_out, shift, last = [], 0, 0
    for option in options:
        if not last <= option.dm < n_dms:
            message = (
                f"option {option.name} belongs to DM {option.dm}: group options by DM, in order"
            )
            raise ConflictError(message)
        if not 2 <= len(option.levels) <= 36:
            message = f"option {option.name} has {len(option.levels)} levels: it needs 2 to 36"
            raise ConflictError(message)
        last = option.dm
        width = (len(option.levels) - 1).bit_length()
        laid_out.append(
            Option(
                option.dm, option.name, option.levels, option.ordered, option.one_way, shift, width
            )
        )
        shift += width
    if shift > MAX_BITS:
        message = f"the options need {shift} bits a state: at most {MAX_BITS} are handled"
        raise ConflictError(message)
    return tuple(laid_out)
