"""What breaks a settlement, in plain sentences."""

from __future__ import annotations

from detente.coalitions import Breach, Spoiling
from detente.conflict import Path
from detente.explain.words import Naming, listing, tell_path

__all__ = ["tell_breach", "tell_spoiling"]


def tell_breach(breach: Breach, state: int, words: Naming) -> str:
    """Say what keeps a state from being a settlement, or one of a higher grade.

    Parameters
    ----------
    breach : Breach
        What to say.
    state : int
        The state.
    words : Naming
        How to speak of the conflict.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from detente.coalitions import breaches, settlements
    >>> from detente.conflict import Conflict
    >>> from detente.explain import naming
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> (both,) = settlements(prisoners, [0, 1], start=0, concept="nash")
    >>> tell_breach(breaches(both, 3)[0], 3, naming(prisoners))
    'dm1 would leave: dm1 drops dm1.o1, which brings s3 (NY), and nothing deters it.'
    """
    who = listing([words.dm(dm) for dm in breach.who])
    many = len(breach.who) > 1
    if breach.kind == "unreachable":
        return f"No moves of {who} alone lead to {words.state(state)}."
    if breach.kind == "refused":
        verb = "do" if many else "does"
        return f"{who} {verb} not prefer {words.state(state)} to the status quo."
    assert breach.path is not None  # noqa: S101 - what remains is broken by moves
    if breach.kind == "left":
        together = " together" if many else ""
        return (
            f"{who} would leave{together}: {tell_path(breach.path, words)}, which brings "
            f"{words.state(breach.path.end)}, and nothing deters {'them' if many else 'it'}."
        )
    return _tell_spoiled(breach.path, breach.hurt, words)


def tell_spoiling(spoiling: Spoiling, words: Naming) -> str:
    """Say how a DM spoils a settlement of others.

    Parameters
    ----------
    spoiling : Spoiling
        What to say.
    words : Naming
        How to speak of the conflict.

    Returns
    -------
    str
        One sentence.
    """
    by = listing([words.dm(dm) for dm in spoiling.treaty.coalition])
    how = _tell_spoiled(spoiling.path, spoiling.hurt, words)
    return f"When {by} settle on {words.state(spoiling.treaty.state)}: {how}"


def _tell_spoiled(path: Path, hurt: tuple[int, ...], words: Naming) -> str:
    losers = listing([words.dm(dm) for dm in hurt])
    return (
        f"{tell_path(path, words)}, to the advantage of whoever moves, which brings "
        f"{words.state(path.end)} and leaves {losers} worse off than at the status quo."
    )
