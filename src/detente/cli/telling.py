"""How commands name states, parties and moves of a case, and find the state that is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click
import numpy as np

from detente.case import Model
from detente.cli.choices import no_such_state, states_of
from detente.errors import DetenteError
from detente.explain import naming_of

if TYPE_CHECKING:
    from detente.conflict import Path

__all__ = [
    "concept_option",
    "counted",
    "find_state",
    "from_option",
    "ids",
    "members",
    "naming_of",
    "path_record",
    "start_of",
]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def from_option(function: _Function) -> _Function:
    """Take --from."""
    return click.option(
        "--from",
        "start",
        metavar="STATE",
        help="Where to start: an id such as s3, a pattern or a condition.  [default: status quo]",
    )(function)


def concept_option(*concepts: str) -> Callable[[_Function], _Function]:
    """Take --concept, one of those given; seq unless said otherwise."""
    return click.option(
        "--concept",
        type=click.Choice(concepts),
        default="seq",
        show_default=True,
        help="The solution concept by which parties are judged.",
    )


def find_state(model: Model, text: str) -> int:
    """Find the one state that an id, a name, a pattern or a condition stands for.

    Raises
    ------
    DetenteError
        If it stands for none or for several.
    """
    conflict = model.conflict
    wanted = text.strip()
    state = conflict.state_of(wanted)
    if state is not None:
        return state
    if unknown := no_such_state(model, wanted):
        raise DetenteError(unknown)
    truth, fault = states_of(model, wanted)
    if fault:
        raise DetenteError(
            f"“{wanted}” names no state: give an id, a pattern or a condition\n{fault}"
        )
    found = np.flatnonzero(truth)
    if len(found) == 1:
        return int(found[0])
    if len(found) == 0:
        raise DetenteError(f"no feasible state fulfils “{wanted}”")
    some = ", ".join(conflict.state_id(int(state)) for state in found[:5])
    more = " …" if len(found) > 5 else ""
    raise DetenteError(f"“{wanted}” holds at {len(found)} states ({some}{more}): name one of them")


def start_of(model: Model, start: str | None) -> int:
    """Find the state to start from: the one that is named, or else the status quo.

    Raises
    ------
    DetenteError
        If there is neither.
    """
    if start is not None:
        return find_state(model, start)
    if model.conflict.status_quo is None:
        message = "has no status quo: name a state with --from, or add “status_quo” to the case"
        raise DetenteError(f"{model.case.file} {message}")
    return model.conflict.status_quo


def members(names: str | None) -> list[str] | None:
    """Split a list of parties such as “us,russia”."""
    if names is None:
        return None
    return [name.strip() for name in names.split(",") if name.strip()]


def path_record(model: Model, path: Path) -> dict[str, Any]:
    """Give a path in its JSON form."""
    conflict = model.conflict
    return {
        "from": conflict.state_id(path.start),
        "moves": [
            {"by": conflict.decision_makers[step.mover], "to": conflict.state_id(step.state)}
            for step in path.steps
        ],
    }


def counted(number: int | str, noun: str) -> str:
    """Write a number with its noun.

    Examples
    --------
    >>> counted(1, "state"), counted(2, "state")
    ('1 state', '2 states')
    """
    return f"{number} {noun}" if number in (1, "1") else f"{number} {noun}s"


def ids(model: Model, dms: Iterable[int]) -> list[str]:
    """Name DMs by their ids."""
    return [model.conflict.decision_makers[dm] for dm in dms]
