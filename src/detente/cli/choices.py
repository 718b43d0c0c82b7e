"""Arguments and options that several commands share, and the words they are shown in."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

import click

from detente.errors import DetenteError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.case import Case, Model

__all__ = [
    "Finite",
    "Whole",
    "case_argument",
    "doubt_option",
    "drawing_options",
    "grouped_pattern",
    "json_option",
    "limit_option",
    "no_such_state",
    "reading_option",
    "states_of",
    "where_option",
    "where_states",
]

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Whole(click.IntRange):
    """A range of whole numbers, called by a name that messages can use."""

    name = "whole number"


class Finite(click.FloatRange):
    """A range of numbers; “nan” compares with none of them, and click would let it in."""

    name = "number"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        """Give the number, or say what is wrong with it."""
        found: float = super().convert(value, param, ctx)
        if not isfinite(found):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return found


def case_argument(function: _Function) -> _Function:
    """Take a CASE: a folder, a file, or a name of the catalogue."""
    return click.argument("case", metavar="CASE")(function)


def drawing_options(function: _Function) -> _Function:
    """Take --enumerate, --draws and --seed: how many readings are enumerated or drawn."""
    limit = click.option(
        "--enumerate",
        "limit",
        default=1 << 16,
        show_default=True,
        type=Whole(1, 1 << 22),
        help="Enumerate up to so many readings; draw from more.",
    )
    draws = click.option(
        "--draws",
        default=1 << 12,
        show_default=True,
        type=Whole(1),
        help="How many readings to draw where there are too many.",
    )
    seed = click.option("--seed", default=0, show_default=True, type=Whole(0), help="Of the draws.")
    return limit(draws(seed(function)))


def doubt_option(function: _Function) -> _Function:
    """Take --doubt."""
    return click.option(
        "--doubt",
        type=click.Choice(["assumed", "implied", "all"]),
        help="Let preference statements hold or not that are only assumed, no more than implied, "
        "or all.",
    )(function)


def json_option(function: _Function) -> _Function:
    """Take --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")(
        function
    )


def limit_option(
    default: int, what: str = "Most states a table; 0 for all.", *, least: int = 0
) -> Callable[[_Function], _Function]:
    """Take --limit, where it bounds what is shown."""
    return click.option("--limit", default=default, show_default=True, type=Whole(least), help=what)


def reading_option(function: _Function) -> _Function:
    """Take --reading, for commands that look at one reading of a case."""
    return click.option(
        "--reading",
        metavar="READING",
        help="A named reading of the case.  [default: the case as written]",
    )(function)


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
        A condition, a pattern or the id of a state; None for all states.

    Returns
    -------
    ndarray of bool, shape (n,)

    Raises
    ------
    DetenteError
        If the condition is faulty; the message shows the place with a caret.
    """
    import numpy as np

    if where is None:
        return np.ones(model.conflict.n_states, dtype=bool)
    found, fault = states_of(model, where)
    if fault:
        raise DetenteError(f"--where: {fault}")
    return found


def no_such_state(model: Model, text: str) -> str:
    """Say that there is no state of an id, if the text is like one; else say nothing."""
    if not re.fullmatch(r"s?\d+", text.strip(), re.ASCII):
        return ""
    first, last = (model.conflict.state_id(state) for state in (0, model.conflict.n_states - 1))
    return f"there is no state {text.strip()}: they are {first} to {last}"


def states_of(model: Model, text: str) -> tuple[NDArray[np.bool_], str]:
    """Find the states that a condition, a pattern or the id of a state stands for.

    Parameters
    ----------
    model : Model
        The case's model.
    text : str
        The words, as given on the command line.

    Returns
    -------
    found : ndarray of bool, shape (n,)
    fault : str
        What is wrong with the words, with the place under a caret; empty if nothing is.
    """
    import numpy as np

    from detente.case.clauses import query
    from detente.conditions import caret

    found = np.zeros(model.conflict.n_states, dtype=bool)
    expression, faults = query(text, model.case.options, model.case.vocabulary)
    if expression is not None:
        return model.holds(expression), ""
    state = model.conflict.state_of(text.strip())
    if state is not None:
        found[state] = True
        return found, ""
    if unknown := no_such_state(model, text):
        return found, unknown
    shown = [f"{fault.message}\n{caret(text, fault.line, fault.column)}" for fault in faults]
    return found, "\n".join(shown)


def grouped_pattern(case: Case, pattern: str) -> str:
    """Set a space between the options of one DM and those of the next."""
    groups: dict[int, str] = {}
    for option, character in zip(case.options, pattern, strict=True):
        groups[option.dm] = groups.get(option.dm, "") + character
    return " ".join(groups.values())
