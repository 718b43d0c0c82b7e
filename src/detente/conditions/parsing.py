"""From the text of a condition to its expression."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import (
    UnexpectedCharacters,
    UnexpectedEOF,
    UnexpectedInput,
    UnexpectedToken,
    VisitError,
)

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
    Place,
    Text,
    parts,
)
from detente.errors import ConditionError

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "caret", "parse"]

MAX_LENGTH = 10_000
"""Longest condition read, in characters."""

MAX_DEPTH = 100
"""Deepest nesting of a condition."""

# From the loosest binding to the tightest; `implies` groups to the right, the others to the left.
_GRAMMAR = r"""
?start: expression

?expression: iff
    | "if" expression "then" expression -> implies
?iff: implication | iff "iff" implication -> iff
?implication: disjunction
    | disjunction "implies" implication -> implies
    | disjunction "implies" "if" expression "then" expression -> implies_conditional
?disjunction: exclusive | exclusive ("or" exclusive)+ -> disjunction
?exclusive: conjunction | exclusive "xor" conjunction -> xor
?conjunction: negation | negation ("and" negation)+ -> conjunction
?negation: atom | "not" negation -> negation
?atom: "(" expression ")"
    | "true" -> true
    | "false" -> false
    | name
    | name OPERATOR (NAME | STRING) -> comparison
    | NAME "(" [argument ("," argument)*] ")" -> call
?argument: expression
    | NAME "=" value -> keyword
    | number
    | text
?value: expression | number | text
name: NAME
number: NUMBER
text: STRING

OPERATOR: "==" | "!=" | "<=" | ">=" | "<" | ">"
NAME: /(?!(and|or|not|xor|iff|implies|if|then|true|false)(?!\w))[^\W\d]\w*(\.[^\W\d]\w*)*/
NUMBER: /\d+(\.\d+)?/
STRING: /"[^"\n]*"|'[^'\n]*'/
%ignore /[ \t\r\n]+/
"""

_CAPITALS = r"(?:AND|OR|NOT|XOR|IFF|IMPLIES|And|Or|Not|Xor|Iff|Implies)"
_CAPITAL_HERE = re.compile(rf"{_CAPITALS}\b")
_CAPITAL_BEFORE = re.compile(rf"\b{_CAPITALS}(?= *$)")

_WORDS = {
    "LPAR": "“(”",
    "RPAR": "“)”",
    "COMMA": "“,”",
    "EQUAL": "“=”",
    "OPERATOR": "a comparison such as “==”",
    "NAME": "a name",
    "NUMBER": "a number",
    "STRING": "a text in quotes",
    "$END": "the end",
}


class _Keyword(tuple[str, Expression]):
    """A named argument on its way to its call."""

    __slots__ = ()


class _Builder(Transformer[Token, Expression]):
    """Build the expression as the parser reduces, so no tree is ever walked recursively."""

    @v_args(inline=True)
    def name(self, token: Token) -> Name:
        return Name(str(token), _place(token))

    @v_args(inline=True)
    def number(self, token: Token) -> Number:
        return Number(float(token) if "." in token else int(token), _place(token))

    @v_args(inline=True)
    def text(self, token: Token) -> Text:
        return Text(str(token)[1:-1], _place(token))

    def true(self, _: list[Any]) -> Always:
        return Always(True)

    def false(self, _: list[Any]) -> Always:
        return Always(False)

    @v_args(inline=True)
    def comparison(self, option: Name, operator: Token, level: Token) -> Comparison:
        value: Name | Text = (
            Text(str(level)[1:-1], _place(level))
            if level.type == "STRING"
            else Name(str(level), _place(level))
        )
        return Comparison(option, cast("Any", str(operator)), value, option.place)

    @v_args(inline=True)
    def negation(self, operand: Expression) -> Negation:
        return Negation(operand, operand.place)

    def conjunction(self, parts: list[Expression]) -> Junction:
        return Junction("and", tuple(parts), parts[0].place)

    def disjunction(self, parts: list[Expression]) -> Junction:
        return Junction("or", tuple(parts), parts[0].place)

    @v_args(inline=True)
    def xor(self, left: Expression, right: Expression) -> Binary:
        return Binary("xor", left, right, left.place)

    @v_args(inline=True)
    def implies(self, left: Expression, right: Expression) -> Binary:
        return Binary("implies", left, right, left.place)

    @v_args(inline=True)
    def implies_conditional(
        self, left: Expression, condition: Expression, consequence: Expression
    ) -> Binary:
        within = Binary("implies", condition, consequence, condition.place)
        return Binary("implies", left, within, left.place)

    @v_args(inline=True)
    def iff(self, left: Expression, right: Expression) -> Binary:
        return Binary("iff", left, right, left.place)

    @v_args(inline=True)
    def keyword(self, name: Token, value: Expression) -> _Keyword:
        return _Keyword((str(name), value))

    def call(self, children: list[Any]) -> Call:
        name, *rest = children
        given = [item for item in rest if item is not None]
        arguments = tuple(item for item in given if not isinstance(item, _Keyword))
        keywords = tuple((item[0], item[1]) for item in given if isinstance(item, _Keyword))
        return Call(str(name), arguments, keywords, _place(name))


def _place(token: Token) -> Place:
    return Place(token.line or 1, token.column or 1)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", transformer=_Builder(), propagate_positions=False)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read a condition.

    Parameters
    ----------
    text : str
        For example ``us.withhold and not ukraine.accept``. From the loosest binding to the
        tightest: ``if … then …``, ``iff``, ``implies``, ``or``, ``xor``, ``and``, ``not``.

    Returns
    -------
    Expression
        The tree of the condition. Names are not looked up yet.

    Raises
    ------
    ConditionError
        If the text is not a condition; with line and column.

    Examples
    --------
    >>> parse("true")
    Always(value=True, place=Place(line=1, column=1))
    >>> parse("a and")
    Traceback (most recent call last):
    ...
    detente.errors.ConditionError: the condition ends too early: expected a name, “(” or “not”
    """
    if len(text) > MAX_LENGTH:
        message = f"the condition is {len(text)} characters long; at most {MAX_LENGTH} are read"
        raise ConditionError(message)
    try:
        expression = cast("Expression", _parser().parse(text))
    except UnexpectedInput as error:
        raise _explain(text, error) from None
    except VisitError as error:  # pragma: no cover - the builder raises nothing of its own
        raise ConditionError(str(error)) from None
    _check_depth(expression)
    return expression


def caret(text: str, line: int, column: int) -> str:
    """Show a line of a text with a caret under one column.

    Parameters
    ----------
    text : str
        The whole text.
    line, column : int
        Counted from 1.

    Returns
    -------
    str
        Two lines: the line, and the caret below it.

    Examples
    --------
    >>> print(caret("us.witthold", 1, 4))
    us.witthold
       ^
    """
    lines = text.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    return f"{shown}\n{' ' * (column - 1)}^"


def _check_depth(expression: Expression) -> None:
    pending = [(expression, 1)]
    while pending:
        node, depth = pending.pop()
        if depth > MAX_DEPTH:
            message = f"the condition is nested too deeply: at most {MAX_DEPTH} levels are read"
            raise ConditionError(message)
        pending.extend((part, depth + 1) for part in parts(node))


def _explain(text: str, error: UnexpectedInput) -> ConditionError:
    line, column = max(error.line, 1), max(error.column, 1)
    if isinstance(error, UnexpectedCharacters):
        character = text[error.pos_in_stream or 0]
        if character in "\"'":
            return ConditionError("the text in quotes is not closed", line, column)
        message = f"unexpected character {character!r}"
        hint = {"&": "and", "|": "or", "!": "not", "~": "not", "^": "xor"}.get(character)
        return ConditionError(f"{message}: write “{hint}”" if hint else message, line, column)
    if not text.strip():
        return ConditionError("the condition is empty: expected a name or an expression")
    if isinstance(error, UnexpectedToken):
        expected = _expected(error.accepts or error.expected)
        if error.token.type == "$END":
            last = text.rstrip().splitlines()
            message = f"the condition ends too early: expected {expected}"
            return ConditionError(message, len(last), len(last[-1]) + 1)
        if error.token.type == "EQUAL":
            return ConditionError("“=” is not a comparison here: write “==”", line, column)
        at = error.token.start_pos or 0
        capital = _CAPITAL_HERE.match(text, at) or _CAPITAL_BEFORE.search(text[:at])
        if capital:
            message = f"“{capital[0]}” should be in small letters: “{capital[0].lower()}”"
            return ConditionError(message, line, column - at + capital.start())
        message = f"unexpected “{error.token}”: expected {expected}"
        return ConditionError(message, line, column)
    assert isinstance(error, UnexpectedEOF)  # noqa: S101 - the last of lark's three kinds
    return ConditionError("the condition ends too early", line, column)


def _expected(terminals: set[str]) -> str:
    quiet = {"TRUE", "FALSE", "IF"} if "NAME" in terminals else set()
    words = sorted(_WORDS.get(name, f"“{name.lower()}”") for name in terminals - quiet)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
