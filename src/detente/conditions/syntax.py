"""What a condition is made of: an immutable tree, each node with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = [
    "Always",
    "Binary",
    "Call",
    "Comparison",
    "Expression",
    "Junction",
    "Name",
    "Negation",
    "Number",
    "Place",
    "Text",
    "mentioned",
    "parts",
    "walk",
]


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column in the condition's text, both counted from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Always:
    """The constant ``true`` or ``false``."""

    value: bool
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Name:
    """An option, a state of an explicit graph, or a name defined in the case."""

    text: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Number:
    """A whole or decimal number; only arguments of a call are numbers."""

    value: int | float
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text; only levels and arguments of a call are texts."""

    value: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Comparison:
    """An option with levels compared with one of its levels: ``us.crimea >= "de facto"``."""

    option: Name
    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    level: Name | Text
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Negation:
    """``not operand``."""

    operand: Expression
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Junction:
    """``and`` or ``or`` over two or more parts."""

    operator: Literal["and", "or"]
    parts: tuple[Expression, ...]
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Binary:
    """``xor``, ``implies`` (also written ``if … then …``) or ``iff``."""

    operator: Literal["xor", "implies", "iff"]
    left: Expression
    right: Expression
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Call:
    """A function of expressions: ``atleast(2, a, b, c)``, or a predicate of the claims."""

    function: str
    arguments: tuple[Expression, ...]
    keywords: tuple[tuple[str, Expression], ...] = ()
    place: Place = Place()


Expression: TypeAlias = (
    Always | Name | Number | Text | Comparison | Negation | Junction | Binary | Call
)


def walk(expression: Expression) -> list[Expression]:
    """List an expression and all its parts, each before its own parts.

    Parameters
    ----------
    expression : Expression
        Any expression.

    Returns
    -------
    list of Expression
        The nodes, in the order of the text.

    Examples
    --------
    >>> from detente.conditions import parse
    >>> [node.text for node in walk(parse("a and not b")) if isinstance(node, Name)]
    ['a', 'b']
    """
    nodes: list[Expression] = []
    pending = [expression]
    while pending:
        node = pending.pop()
        nodes.append(node)
        pending.extend(reversed(parts(node)))
    return nodes


def mentioned(expression: Expression) -> list[Name]:
    """List the names that an expression looks up, in order: all but the names of levels."""
    names: list[Name] = []
    pending = [expression]
    while pending:
        node = pending.pop()
        if isinstance(node, Name):
            names.append(node)
        elif isinstance(node, Comparison):
            names.append(node.option)
        else:
            pending.extend(reversed(parts(node)))
    return names


def parts(node: Expression) -> tuple[Expression, ...]:
    """List the direct parts of a node, in the order of the text."""
    match node:
        case Comparison(option=option, level=level):
            return (option, level)
        case Negation(operand=operand):
            return (operand,)
        case Junction(parts=parts):
            return parts
        case Binary(left=left, right=right):
            return (left, right)
        case Call(arguments=arguments, keywords=keywords):
            return (*arguments, *(value for _, value in keywords))
        case _:
            return ()
