"""Check certificates from the definitions alone: plain loops, nothing of the engine."""

from __future__ import annotations

from collections.abc import Iterator

from detente.conflict import Conflict
from detente.explain.certificates import Certificate, Sanction

__all__ = ["faults"]

_CREDIBLE = ("seq", "sseq")
_SYMMETRIC = ("smr", "sseq")


def faults(conflict: Conflict, certificate: Certificate) -> tuple[str, ...]:
    """List what is wrong with a certificate.

    Parameters
    ----------
    conflict : Conflict
        What the certificate is about; only its moves and ranks are used.
    certificate : Certificate
        The verdict and what it rests on.

    Returns
    -------
    tuple of str
        Empty iff the certificate proves its verdict.

    Notes
    -----
    A stable verdict is proven by its sanction paths alone. An unstable one says that nothing the
    others can do is a sanction, so everything they can do is enumerated again.

    Examples
    --------
    >>> from detente.explain import certify
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> faults(chicken, certify(chicken, 0, 3, "gmr"))
    ()
    """
    return tuple(_Checker(conflict, certificate).faults())


class _Checker:
    def __init__(self, conflict: Conflict, certificate: Certificate) -> None:
        self.conflict = conflict
        self.claim = certificate

    def targets(self, dm: int, state: int) -> set[int]:
        return {int(target) for target in self.conflict.moves(dm).of(state)}

    def prefers(self, dm: int, a: int, b: int) -> bool:
        return int(self.conflict.ranks[dm, a]) > int(self.conflict.ranks[dm, b])

    def faults(self) -> Iterator[str]:
        claim = self.claim
        moves = self.targets(claim.dm, claim.state)
        if set(claim.moves) != moves:
            yield "the moves listed are not the DM's moves"
        improvements = {t for t in moves if self.prefers(claim.dm, t, claim.state)}
        if claim.stable:
            yield from self.stable_faults(moves, improvements)
        else:
            yield from self.unstable_faults(improvements)

    def stable_faults(self, moves: set[int], improvements: set[int]) -> Iterator[str]:
        claim = self.claim
        expected = "sanctioned" if improvements else "no improvement" if moves else "no move"
        if claim.basis != expected:
            yield f"the verdict rests on {claim.basis!r}, not {expected!r}"
        if improvements and claim.concept == "nash":
            yield "an improvement exists, and nothing deters under nash"
        if {sanction.improvement for sanction in claim.sanctions} != improvements:
            yield "the sanctions are not those of the DM's improvements"
        for sanction in claim.sanctions:
            yield from self.sanction_faults(sanction)

    def sanction_faults(self, sanction: Sanction) -> Iterator[str]:
        claim = self.claim
        at, last = sanction.improvement, claim.dm
        if sanction.path.start != at or not sanction.path.steps:
            yield f"the answer to {at} does not start there"
        for mover, state in sanction.path.steps:
            if mover == claim.dm or state not in self.targets(mover, at):
                yield f"{mover} cannot answer by moving from {at} to {state}"
            if mover == last:
                yield f"{mover} moves twice in a row"
            if claim.concept in _CREDIBLE and not self.prefers(mover, state, at):
                yield f"{mover} does not improve by moving from {at} to {state}"
            at, last = state, mover
        if self.prefers(claim.dm, at, claim.state):
            yield f"{at} does not harm the DM"
        if claim.concept in _SYMMETRIC:
            if set(sanction.onward) != self.targets(claim.dm, at):
                yield f"the DM's moves from {at} are not all listed"
            if any(self.prefers(claim.dm, t, claim.state) for t in self.targets(claim.dm, at)):
                yield f"the DM can escape from {at}"

    def unstable_faults(self, improvements: set[int]) -> Iterator[str]:
        claim = self.claim
        if claim.basis != "unsanctioned" or claim.improvement not in improvements:
            yield "no improvement of the DM is named"
            return
        answers = set() if claim.concept == "nash" else self.enumerate_answers(claim.improvement)
        if set(claim.answers) != answers:
            yield "the answers listed are not all that the others can do"
        escapes = {futile.state: futile.escape for futile in claim.futile}
        for answer in answers:
            if self.prefers(claim.dm, answer, claim.state):
                continue
            if claim.concept not in _SYMMETRIC or answer not in escapes:
                yield f"the answer {answer} deters the DM"
                continue
            escape = escapes[answer]
            if escape not in self.targets(claim.dm, answer):
                yield f"the DM cannot move from {answer} to {escape}"
            if not self.prefers(claim.dm, escape, claim.state):
                yield f"{escape} is no escape"

    def enumerate_answers(self, start: int) -> set[int]:
        """Follow every legal sequence of the others: pairs of a state and its last mover."""
        others = [dm for dm in range(self.conflict.n_dms) if dm != self.claim.dm]
        pairs: set[tuple[int, int]] = set()
        new = {(start, self.claim.dm)}
        while new:
            reached = {
                (target, mover)
                for state, last in new
                for mover in others
                if mover != last
                for target in self.targets(mover, state)
                if self.claim.concept not in _CREDIBLE or self.prefers(mover, target, state)
            }
            new = reached - pairs
            pairs |= new
        return {state for state, _ in pairs} - {start}
