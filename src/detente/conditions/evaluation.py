"""The truth of a condition at all states at once."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.conditions.syntax import (
    Always,
    Binary,
    Call,
    Comparison,
    Expression,
    Junction,
    Name,
    Negation,
    Number,
    Text,
)
from detente.conditions.vocabulary import (
    Vocabulary,
    definitions_used,
    level_text,
    names_used,
)

__all__ = ["Columns", "evaluate"]

Columns: TypeAlias = Callable[[int], NDArray[np.integer]]
"""Gives, for an option's index, its level at every state: an array of shape (n,)."""

COMPARE: dict[str, Callable[[Any, int], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""What each comparison asks of a level, or of many levels at once."""


def evaluate(
    expression: Expression, words: Vocabulary, columns: Columns, n_states: int
) -> NDArray[np.bool_]:
    """Evaluate a condition at every state.

    Parameters
    ----------
    expression : Expression
        A condition in which `~detente.conditions.check` finds no fault.
    words : Vocabulary
        What its names stand for.
    columns : callable
        Gives the levels of an option at all states, by the option's index.
    n_states : int
        Number of states.

    Returns
    -------
    ndarray of bool, shape (n_states,)
        Where the condition is true.

    Notes
    -----
    ``if A then B`` and ``A implies B`` are material implication: true where A is false, as in
    option prioritization ([PengHipelKilgourFang1997][]). ``iff`` is equivalence.

    Examples
    --------
    >>> from detente.conditions import OptionName, parse, vocabulary
    >>> words = vocabulary({"a.x": OptionName(0), "b.y": OptionName(1)})
    >>> states = np.array([[0, 1, 0, 1], [0, 0, 1, 1]])
    >>> evaluate(parse("if x then y"), words, states.__getitem__, 4)
    array([ True, False,  True,  True])
    """
    defined: dict[str, NDArray[np.bool_]] = {}

    def truth(node: Expression) -> NDArray[np.bool_]:
        match node:
            case Always(value=value):
                return np.full(n_states, value)
            case Name(text=text) if text in defined:
                return defined[text]
            case Name():
                return _name(node, words, columns, n_states)
            case Comparison():
                option = words.options[node.option.text]
                level = option.levels.index(level_text(node))
                return np.asarray(COMPARE[node.operator](columns(option.index), level))
            case Negation(operand=operand):
                return ~truth(operand)
            case Junction(operator=word, parts=parts):
                join = np.logical_and if word == "and" else np.logical_or
                return reduce(join, map(truth, parts))
            case Binary(operator=word, left=left, right=right):
                first, second = truth(left), truth(right)
                return _BINARY[word](first, second)
            case Call(function="only", arguments=arguments):
                return _only(arguments, words, columns, n_states, truth)
            case Call(function=function, arguments=(Number(value=number), *conditions)):
                count = reduce(np.add, (truth(c).astype(np.int16) for c in conditions))
                return _COUNT[function](count, int(number))
            case Call() | Number() | Text():
                raise AssertionError(node)  # check() has refused it

    for name in definitions_used(expression, words):
        defined[name] = truth(words.definitions[name])
    return truth(expression)


_BINARY: dict[str, Callable[[NDArray[np.bool_], NDArray[np.bool_]], NDArray[np.bool_]]] = {
    "xor": np.logical_xor,
    "implies": lambda first, second: ~first | second,
    "iff": operator.eq,
}

_COUNT: dict[str, Callable[[NDArray[np.integer], int], NDArray[np.bool_]]] = {
    "atleast": operator.ge,
    "atmost": operator.le,
    "exactly": operator.eq,
}


def _only(
    arguments: tuple[Expression, ...],
    words: Vocabulary,
    columns: Columns,
    n_states: int,
    truth: Callable[[Expression], NDArray[np.bool_]],
) -> NDArray[np.bool_]:
    named = {option for part in arguments for option in names_used(part, words)}
    others = {option.index for option in words.options.values()} - named
    untaken = (columns(option) == 0 for option in sorted(others))
    return reduce(np.logical_and, (*map(truth, arguments), *untaken), np.full(n_states, True))


def _name(node: Name, words: Vocabulary, columns: Columns, n_states: int) -> NDArray[np.bool_]:
    if node.text in words.states:
        where = np.zeros(n_states, dtype=bool)
        where[words.states[node.text]] = True
        return where
    return np.asarray(columns(words.options[node.text].index) != 0)
