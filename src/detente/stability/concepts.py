"""The solution concepts by name: what each asks of a state, who proposed it, where it applies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from detente.conditions import did_you_mean
from detente.errors import ConflictError

__all__ = ["CONCEPTS", "DEFAULT_CONCEPTS", "Concept", "Conventions", "Opponents", "concept"]

Opponents = Literal["legal", "once", "single"]
"""How several opponents may answer, see `Conventions`."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One solution concept.

    Parameters
    ----------
    key : str
        Its name in commands and files, such as ``"seq"``.
    title : str
        Its name in the literature.
    sources : tuple of str
        Keys of the bibliography.
    sanction : {"none", "any", "credible", "simultaneous"}
        What deters a DM from an improvement: nothing; opponents' moves; only moves that improve
        on the state they leave; opponents acting at once.
    symmetric : bool
        Whether the DM may respond to a sanction once more.
    """

    key: str
    title: str
    sources: tuple[str, ...]
    sanction: Literal["none", "any", "credible", "simultaneous"]
    symmetric: bool = False

    @property
    def needs_options(self) -> bool:
        """Whether the concept is defined on option form only."""
        return self.sanction == "simultaneous"


CONCEPTS = {
    concept.key: concept
    for concept in (
        Concept("nash", "Nash stability", ("Nash1950",), "none"),
        Concept("gmr", "General metarationality", ("Howard1971",), "any"),
        Concept("smr", "Symmetric metarationality", ("Howard1971",), "any", symmetric=True),
        Concept("seq", "Sequential stability", ("FraserHipel1979",), "credible"),
        Concept(
            "sseq",
            "Symmetric sequential stability",
            ("RegoVieira2015", "RegoVieira2017"),
            "credible",
            symmetric=True,
        ),
        Concept("sim", "Simultaneous sanctioning", ("FraserHipel1984",), "simultaneous"),
        Concept(
            "fraser_hipel", "Fraser–Hipel conflict analysis", ("FraserHipel1984",), "simultaneous"
        ),
    )
}
"""Every concept by its key, in the order in which tables show them."""

DEFAULT_CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
"""The concepts analysed unless others are asked for."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """Choices that the literature makes differently; every result carries them.

    Parameters
    ----------
    opponents : {"legal", "once", "single"}
        How several opponents may answer an improvement: by any legal sequence, in which no DM
        moves twice in a row (Fang, Hipel and Kilgour 1993); each at most once, in any order; or
        by a single move of one of them. The last two reproduce older published results.
    status_quo_sanctions : bool
        Whether opponents who bring the DM back to the very state it left sanction its move. They
        do by the definitions; in the matrix form (Xu, Hipel and Kilgour 2009) they do not. It
        matters only where opponents can undo a DM's move: on explicit graphs and coalesced states.
    """

    opponents: Opponents = "legal"
    status_quo_sanctions: bool = True

    def __post_init__(self) -> None:
        if self.opponents not in ("legal", "once", "single"):
            hint = did_you_mean(str(self.opponents), ("legal", "once", "single"))
            raise ConflictError(f"there is no answer of opponents {self.opponents!r}{hint}")


def concept(key: str) -> Concept:
    """Look a concept up by its key.

    Parameters
    ----------
    key : str
        For example ``"seq"``.

    Returns
    -------
    Concept

    Raises
    ------
    ConflictError
        If there is none of that name.

    Examples
    --------
    >>> concept("seq").title
    'Sequential stability'
    """
    try:
        return CONCEPTS[key]
    except KeyError:
        hint = did_you_mean(str(key), CONCEPTS)
        raise ConflictError(f"there is no concept {key!r}{hint}") from None


def distinct(keys: Iterable[str]) -> tuple[Concept, ...]:
    """Look several concepts up, each once, in the order given; a single key is one of them."""
    several = (keys,) if isinstance(keys, str) else keys
    return tuple(concept(key) for key in dict.fromkeys(several))
