"""The nearest valid names for a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["did_you_mean"]

_MANY = 300  # beyond, the search for near names would take longer than all else


def did_you_mean(name: str, valid: Iterable[str], *, most: int = 3) -> str:
    """Word the nearest valid names as a hint, or the valid names when they are few.

    Parameters
    ----------
    name : str
        The name that does not exist.
    valid : iterable of str
        The names that do.
    most : int
        How many to offer.

    Returns
    -------
    str
        A hint that starts with ``": "``, or an empty text where nothing is near.

    Examples
    --------
    >>> did_you_mean("us.witthold", ["us.withhold", "us.escalate"])
    ': did you mean us.withhold?'
    >>> did_you_mean("x", ["left", "right"])
    ': choose from left, right'
    """
    names = sorted(set(valid))
    if len(names) > _MANY:
        return ""
    near = get_close_matches(name, names, n=most, cutoff=0.6)
    if not near:
        folded = {n.rpartition(".")[2].casefold(): n for n in names}
        tails = get_close_matches(name.rpartition(".")[2].casefold(), folded, n=most, cutoff=0.6)
        near = [folded[tail] for tail in tails]
    if near:
        return f": did you mean {' or '.join(near)}?"
    if 0 < len(names) <= 8:
        return f": choose from {', '.join(names)}"
    return ""
