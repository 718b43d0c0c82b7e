"""Certificates in plain sentences, for readers who have never heard of stability."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.conflict import Conflict, OptionForm, Path
from detente.explain.certificates import Certificate, Sanction

__all__ = ["Naming", "changes", "listing", "naming", "tell", "tell_path"]


_TOLD = 5
"""Most answers that are told one by one."""


def _no_citation(dm: int, better: int, worse: int) -> str:  # noqa: ARG001 - one of its kind
    return ""


@dataclass(frozen=True, slots=True)
class Naming:
    """How to speak of a conflict.

    Parameters
    ----------
    dm : callable of int
        Name of a DM.
    state : callable of int
        A state in words, such as ``"s4 (both cooperate)"``.
    move : callable of (int, int, int)
        What a DM does when it moves between two states, as a clause without its subject such as
        ``"accepts the order"``.
    citation : callable of (int, int, int)
        What shows that a DM likes the first state better than the second, as text to append, or
        an empty string.
    """

    dm: Callable[[int], str]
    state: Callable[[int], str]
    move: Callable[[int, int, int], str]
    citation: Callable[[int, int, int], str] = _no_citation


def naming(conflict: Conflict) -> Naming:
    """Speak of a conflict by its ids and patterns.

    Parameters
    ----------
    conflict : Conflict
        Whose DMs, states and options are named.

    Returns
    -------
    Naming

    Examples
    --------
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> words = naming(prisoners)
    >>> words.dm(0), words.state(2), words.move(0, 3, 2)
    ('dm1', 's3 (NY)', 'drops dm1.o1')
    """

    def state(index: int) -> str:
        pattern = conflict.pattern(index)
        return f"{conflict.state_id(index)} ({pattern})" if pattern else conflict.state_id(index)

    def move(dm: int, source: int, target: int) -> str:
        if not isinstance(conflict.form, OptionForm):
            return f"moves to {state(target)}"
        before, after = conflict.levels[source].tolist(), conflict.levels[target].tolist()
        return changes(conflict, dm, (before, after), names)

    names = [option.name for option in conflict.options]
    return Naming(lambda dm: conflict.decision_makers[dm], state, move)


def changes(
    conflict: Conflict, dm: int, levels: tuple[Sequence[int], Sequence[int]], texts: Sequence[str]
) -> str:
    """Say which of its options a DM takes, drops or sets.

    Parameters
    ----------
    conflict : Conflict
        Whose options they are.
    dm : int
        Index of the DM.
    levels : tuple of two sequences of int
        Level of every option before and after; -1 where it is not known.
    texts : sequence of str
        What to call each option.

    Returns
    -------
    str
        A clause without its subject; empty if nothing is known to change.
    """
    taken, dropped, other = [], [], []
    for option, before, after, text in zip(conflict.options, *levels, texts, strict=True):
        if option.dm != dm or before == after or after < 0:
            continue
        if not option.yes_no:
            other.append(f"sets {text} to {option.levels[after]}")
        elif after:
            taken.append(text)
        else:
            dropped.append(text)
    parts = [f"takes {listing(taken)}"] if taken else []
    parts += [f"drops {listing(dropped)}"] if dropped else []
    return listing([*parts, *other])


def listing(words: Sequence[str], joint: str = "and") -> str:
    """Join words into a list as one writes it.

    Examples
    --------
    >>> listing(["a", "b", "c"])
    'a, b and c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def tell(certificate: Certificate, words: Naming) -> tuple[str, ...]:
    """Say why a state is stable for a DM, or why not.

    Parameters
    ----------
    certificate : Certificate
        What to say.
    words : Naming
        How to speak of the conflict.

    Returns
    -------
    tuple of str
        Sentences, the verdict first.

    Examples
    --------
    >>> from detente.explain import certify
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> for sentence in tell(certify(prisoners, 0, 3, "seq"), naming(prisoners)):
    ...     print(sentence)
    dm1 stays at s4 (YY).
    It could do better: if it drops dm1.o1, that brings s3 (NY).
    But then dm2 drops dm2.o2, and the outcome is s1 (NN).
    For dm1 that is no better than s4 (YY), so the step does not pay.
    """
    dm, state = words.dm(certificate.dm), words.state(certificate.state)
    if certificate.basis == "no move":
        return (
            f"{dm} stays at {state}.",
            "It has no move of its own there, so this holds whatever anybody wants.",
        )
    if certificate.basis == "no improvement":
        options = len(certificate.moves)
        count = "the one move" if options == 1 else f"none of the {options} moves"
        ending = "is no better for it" if options == 1 else "leads to anything better for it"
        return (f"{dm} stays at {state}.", f"Of what it can do alone, {count} {ending}.")
    if certificate.stable:
        said = [f"{dm} stays at {state}."]
        for sanction in certificate.sanctions:
            said.extend(_tell_sanction(certificate, sanction, words))
        return tuple(said)
    return (f"{dm} would not stay at {state}.", *_tell_leaving(certificate, words))


def _tell_sanction(certificate: Certificate, sanction: Sanction, words: Naming) -> list[str]:
    dm, state = certificate.dm, certificate.state
    step = words.move(dm, state, sanction.improvement)
    cited = words.citation(dm, sanction.improvement, state)
    end = sanction.path.end
    better = words.state(sanction.improvement)
    answer = tell_path(sanction.path, words)
    said = [
        f"It could do better: if it {step}, that brings {better}{cited}.",
        f"But then {answer}, and the outcome is {words.state(end)}.",
    ]
    back = "back where it was" if end == state else f"no better than {words.state(state)}"
    said.append(
        f"For {words.dm(dm)} that is {back}{words.citation(dm, state, end)}, "
        "so the step does not pay."
    )
    if certificate.concept in ("smr", "sseq"):
        said.append("Nor is there anything that it could then do to come out ahead.")
    return said


def _tell_leaving(certificate: Certificate, words: Naming) -> list[str]:
    dm, state, target = certificate.dm, certificate.state, certificate.improvement
    assert target is not None  # noqa: S101 - an unstable verdict names its improvement
    step = words.move(dm, state, target)
    cited = words.citation(dm, target, state)
    said = [f"It {step}: that brings {words.state(target)}, which it likes better{cited}."]
    if certificate.concept == "nash":
        said.append("Nash stability asks no more than that: what others might answer is left out.")
        return said
    willing = certificate.concept in ("seq", "sseq")
    how = "to their own advantage" if willing else "at all"
    if not certificate.answers:
        said.append(f"Nobody else can answer {how}.")
        return said
    outcomes = len(certificate.answers)
    number = "the one state" if outcomes == 1 else f"all {outcomes} states"
    name = words.dm(dm)
    if not certificate.futile:
        verb = "is" if outcomes == 1 else "are"
        said.append(
            f"Whatever the others then do {how}, {number} they can bring about {verb} still "
            f"better for {name} than {words.state(state)}."
        )
        return said
    said.append(f"Of {number} that the others can then bring about, some would hurt {name}.")
    for futile in certificate.futile[:_TOLD]:
        escape = words.move(dm, futile.state, futile.escape)
        reached = words.state(futile.escape)
        back = f"{escape}, and that brings {reached}, still better than {words.state(state)}"
        said += [f"From {words.state(futile.state)}, though, it {back}."]
    if len(certificate.futile) > _TOLD:
        said.append(f"So it is with the {len(certificate.futile) - _TOLD} others.")
    return said


def tell_path(path: Path, words: Naming) -> str:
    """Say who does what along a path.

    Parameters
    ----------
    path : Path
        At least one move.
    words : Naming
        How to speak of the conflict.

    Returns
    -------
    str
        Clauses without a full stop.
    """
    at = path.start
    clauses = []
    for step in path.steps:
        clauses.append(f"{words.dm(step.mover)} {words.move(step.mover, at, step.state)}")
        at = step.state
    return ", then ".join(clauses)
