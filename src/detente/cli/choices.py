"""Arguments and options that several commands share, and the words they are shown in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from detente.errors import DetenteError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.case import Case, Model

__all__ = [
    "case_argument",
    "drawing_options",
    "grouped_pattern",
    "json_option",
    "where_option",
    "where_states",
]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def case_argument(function: _Function) -> _Function:
    """Take a CASE: a folder, a file, or a name of the catalogue."""
    return click.argument("case", metavar="CASE")(function)


def drawing_options(function: _Function) -> _Function:
    """Take --limit, --draws and --seed: how many readings are enumerated or drawn."""
    limit = click.option(
        "--limit",
        default=1 << 16,
        show_default=True,
        type=click.IntRange(1, 1 << 22),
        help="Enumerate up to so many readings; draw from more.",
    )
    draws = click.option(
        "--draws",
        default=1 << 12,
        show_default=True,
        type=click.IntRange(1),
        help="How many readings to draw where there are too many.",
    )
    seed = click.option(
        "--seed", default=0, show_default=True, type=click.IntRange(0), help="Of the draws."
    )
    return limit(draws(seed(function)))


def json_option(function: _Function) -> _Function:
    """Take --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")(
        function
    )


def where_option(function: _Function) -> _Function:
    """Take --where."""
    return click.option(
        "--where",
        metavar="CONDITION",
        help="Show only states that fulfil a condition, such as “us.withhold and not settlement”.",
    )(function)


def where_states(model: Model, where: str | None) -> NDArray[np.bool_]:
    """Find the states that fulfil a condition given on the command line.

    Parameters
    ----------
    model : Model
        The case's model.
    where : str or None
        The condition or pattern; None for all states.

    Returns
    -------
    ndarray of bool, shape (n,)

    Raises
    ------
    DetenteError
        If the condition is faulty; the message shows the place with a caret.
    """
    import numpy as np

    from detente.case.clauses import query
    from detente.conditions import caret

    if where is None:
        return np.ones(model.conflict.n_states, dtype=bool)
    expression, faults = query(where, model.case.options, model.case.vocabulary)
    if expression is None:
        shown = [f"{fault.message}\n{caret(where, fault.line, fault.column)}" for fault in faults]
        raise DetenteError("--where: " + "\n".join(shown))
    return model.holds(expression)


def grouped_pattern(case: Case, pattern: str) -> str:
    """Set a space between the options of one DM and those of the next."""
    groups: dict[int, str] = {}
    for option, character in zip(case.options, pattern, strict=True):
        groups[option.dm] = groups.get(option.dm, "") + character
    return " ".join(groups.values())
