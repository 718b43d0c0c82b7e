"""Surprises in words: who believes that nobody leaves a state, who does, and why it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detente.case import Perspectives
from detente.explain.cases import naming_of
from detente.explain.certificates import Certificate, certify
from detente.explain.words import Naming, listing, tell
from detente.stability import Hypergame

__all__ = ["Leaving", "leavings", "naming_in", "reason_for", "tell_leaving", "tell_sight"]

_NAMED = 8
"""Most states that are named one by one."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A state that a DM leaves, and those who believe that nobody does.

    Parameters
    ----------
    state : int
        The actual state.
    leaver : int
    believers : tuple of int
    """

    state: int
    leaver: int
    believers: tuple[int, ...]


def leavings(found: Hypergame) -> tuple[Leaving, ...]:
    """Gather the surprises of a hypergame by state and leaver.

    Examples
    --------
    >>> import numpy as np
    >>> from detente.conflict import Conflict
    >>> from detente.stability import View, hypergame
    >>> actual = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 2, 3], [0, 2, 1, 3]])
    >>> wary = Conflict.from_arrays(options=[1, 1], ranks=[[3, 1, 2, 0], [3, 1, 2, 0]])
    >>> leavings(hypergame(actual, {1: View(wary, np.arange(4))}, "nash"))
    (Leaving(state=0, leaver=0, believers=(1,)), Leaving(state=3, leaver=1, believers=(0,)))
    """
    believers: dict[tuple[int, int], list[int]] = {}
    for one in found.surprises:
        believers.setdefault((one.state, one.leaver), []).append(one.believer)
    return tuple(Leaving(*key, tuple(who)) for key, who in sorted(believers.items()))


def reason_for(seen: Perspectives, leaving: Leaving, concept: str) -> tuple[Certificate, int]:
    """Find out why a DM leaves a state, as it sees the conflict.

    Parameters
    ----------
    seen : Perspectives
    leaving : Leaving
    concept : {"nash", "gmr", "smr", "seq", "sseq"}

    Returns
    -------
    certificate : Certificate
        In the states of the DM's own view.
    target : int
        The actual state that the move leads to, the best for the DM of those that nothing deters
        in its view; -1 if there is no such state, but only in its view.
    """
    sight = seen.sights.get(leaving.leaver)
    if sight is None:
        found = certify(seen.model.conflict, leaving.leaver, leaving.state, concept)
        return found, -1 if found.improvement is None else found.improvement
    view = sight.view
    at = int(view.seen_as[leaving.state])
    found = certify(view.conflict, leaving.leaver, at, concept)
    return found, -1 if found.improvement is None else int(sight.actual[found.improvement])


def naming_in(seen: Perspectives, dm: int) -> Naming:
    """Speak of what a DM sees by the names of the actual states.

    Parameters
    ----------
    seen : Perspectives
    dm : int

    Returns
    -------
    Naming
        Of the states of the DM's view.
    """
    words = naming_of(seen.model)
    sight = seen.sights.get(dm)
    if sight is None:
        return words
    own, actual, kept = naming_of(sight.model), sight.actual, sight.kept

    def state(index: int) -> str:
        if actual[index] >= 0:
            return words.state(int(actual[index]))
        pattern = sight.model.conflict.pattern(int(kept[index]))
        return f"what cannot be in fact ({pattern})"

    def move(mover: int, source: int, target: int) -> str:
        if actual[source] >= 0 and actual[target] >= 0:
            return words.move(mover, int(actual[source]), int(actual[target]))
        return own.move(mover, int(kept[source]), int(kept[target]))

    def citation(holder: int, better: int, worse: int) -> str:
        return own.citation(holder, int(kept[better]), int(kept[worse]))

    return Naming(words.dm, state, move, citation)


def tell_leaving(
    seen: Perspectives,
    leaving: Leaving,
    concept: str,
    naming: Callable[[Perspectives, int], Naming] = naming_in,
) -> tuple[str, ...]:
    """Say who is surprised by whom, and why that DM leaves.

    Parameters
    ----------
    seen : Perspectives
    leaving : Leaving
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
    naming : callable, optional
        How to speak of the states of a DM's view.

    Returns
    -------
    tuple of str
        Sentences, what is believed first.
    """
    words = naming(seen, leaving.leaver)
    certificate, _ = reason_for(seen, leaving, concept)
    who = listing([words.dm(dm) for dm in leaving.believers])
    verb = "believes" if len(leaving.believers) == 1 else "believe"
    state = words.state(certificate.state)
    _, *reasons = tell(certificate, words)
    own = ", as it sees the conflict" if leaving.leaver in seen.sights else ""
    head = f"{who} {verb} that nobody leaves {state}; {words.dm(leaving.leaver)} does{own}."
    return (head, *reasons)


def tell_sight(
    seen: Perspectives, dm: int, state: Callable[[int], str] | None = None
) -> tuple[str, ...]:
    """Say in what a DM sees the conflict otherwise than it is.

    Parameters
    ----------
    seen : Perspectives
    dm : int
        Of a DM with a view of its own.
    state : callable of int, optional
        How to name an actual state; by default by its id.

    Returns
    -------
    tuple of str
        Sentences of which the DM is the subject; that it sees the conflict as it is, if so.

    Examples
    --------
    >>> from detente.case import load, perspectives
    >>> tell_sight(perspectives(load("syria-iraq-1975")), 0)
    ('It does not know of 2 of 6 states (s2, s5).',)
    """
    sight, conflict = seen.sights[dm], seen.model.conflict
    name = state or conflict.state_id
    words = naming_of(seen.model)
    said = []
    unknown = [name(at) for at in sight.unknown.tolist()[: _NAMED + 1]]
    if unknown:
        some = ", ".join(unknown[:_NAMED]) + (" …" if len(unknown) > _NAMED else "")
        said.append(
            f"It does not know of {len(sight.unknown)} of {conflict.n_states} states ({some})."
        )
    if conflict.status_quo in sight.unknown:
        said.append("It does not know of the status quo.")
    imagined = int((sight.actual < 0).sum())
    if imagined:
        noun = "state" if imagined == 1 else "states"
        said.append(f"It takes {imagined} {noun} for possible that cannot be.")
    if sight.differs:
        others = [words.dm(other) if other != dm else "itself" for other in sight.differs]
        said.append(f"It ranks the states otherwise for {listing(others)}.")
    return tuple(said) or ("It sees the conflict as it is.",)
