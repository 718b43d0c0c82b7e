"""The truth of a condition at one state, read off its tree; and cases checked by it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from detente.case import Case, Prioritise, Rank, Weigh
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from detente.case import Rule
    from detente.case.model import Preferences
    from detente.conditions import Vocabulary


def holds(
    node: Expression, levels: Sequence[int], words: Vocabulary, state: int | None = None
) -> bool:
    """Whether a condition holds where option k is at `levels[k]`, or at a `state` of a graph."""

    def true(part: Expression) -> bool:
        return holds(part, levels, words, state)

    match node:
        case Always(value):
            return value
        case Name(text) if text in words.definitions:
            return true(words.definitions[text])
        case Name(text) if text in words.states:
            return words.states[text] == state
        case Name(text):
            return levels[words.options[text].index] == 1
        case Comparison():
            return _compares(node, levels, words)
        case Negation(operand):
            return not true(operand)
        case Junction("and", parts):
            return all(true(part) for part in parts)
        case Junction("or", parts):
            return any(true(part) for part in parts)
        case Binary(operator, left, right):
            first, second = true(left), true(right)
            return {
                "xor": first != second,
                "iff": first == second,
                "implies": second or not first,
            }[operator]
        case Call("only", arguments):
            named = {words.options[_option(part)].index for part in arguments}
            others = [level for k, level in enumerate(levels) if k not in named]
            return all(true(part) for part in arguments) and not any(others)
        case Call(function, (Number(number), *counted)):
            count = sum(true(part) for part in counted)
            return {
                "atleast": count >= number,
                "atmost": count <= number,
                "exactly": count == number,
            }[function]
    raise AssertionError(node)


def _compares(node: Comparison, levels: Sequence[int], words: Vocabulary) -> bool:
    known = words.options[node.option.text]
    here = levels[known.index]
    there = known.levels.index(
        node.level.value if isinstance(node.level, Text) else node.level.text
    )
    return {
        "==": here == there,
        "!=": here != there,
        "<": here < there,
        "<=": here <= there,
        ">": here > there,
        ">=": here >= there,
    }[node.operator]


def _option(part: Expression) -> str:
    assert isinstance(part, Comparison | Name)
    return part.option.text if isinstance(part, Comparison) else part.text


def allowed(rule: Rule, true: Callable[[Expression], bool]) -> bool:
    """Whether a state at which conditions are true or not obeys a rule of its kind."""
    held = [true(clause.expression) for clause in rule.clauses]
    return {
        "never": not held[0],
        "always": held[0],
        "exclusive": sum(held) <= 1,
        "at_least_one": any(held),
        "requires": not held[0] or held[-1],
    }[rule.kind]


def states_of(case: Case) -> list[tuple[int, ...]]:
    """List the feasible states of a case with options, in the order of their codes."""
    combinations = (
        tuple(reversed(levels))
        for levels in product(*(range(len(option.levels)) for option in reversed(case.options)))
    )
    return [
        levels
        for levels in combinations
        if all(
            allowed(rule, lambda part, at=levels: holds(part, at, case.vocabulary))  # type: ignore[misc]
            for rule in case.rules
        )
    ]


def score(
    preferences: Preferences | None,
    true: Callable[[Expression], bool],
    levels: Sequence[int],
) -> object:
    """Give what the preferences compare states by: greater is better."""
    if isinstance(preferences, Prioritise):
        return tuple(true(statement.clause.expression) for statement in preferences.statements)
    if isinstance(preferences, Weigh):
        return sum(row[levels[option]] for option, row in preferences.weights.items())
    if isinstance(preferences, Rank):
        (position,) = (
            position
            for position, group in enumerate(preferences.groups)
            for clause in group
            if true(clause.expression)
        )
        return -position
    return 0


def dense(scores: Iterable[object]) -> list[int]:
    """Number scores from 0 up, equal ones alike."""
    listed = list(scores)
    order = sorted(set(listed))  # type: ignore[type-var]
    return [order.index(one) for one in listed]
