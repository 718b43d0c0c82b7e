"""What conditions mean as they are written, and what is said of texts that are none."""

from __future__ import annotations

import pytest

from detente import ConditionError
from detente.conditions import caret, parse
from detente.conditions.parsing import MAX_DEPTH, MAX_LENGTH
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
    walk,
)


def spelled(node: Expression) -> str:
    """Write an expression with all its parentheses."""
    match node:
        case Always(value):
            return str(value).lower()
        case Name(text):
            return text
        case Number(value):
            return str(value)
        case Text(value):
            return f'"{value}"'
        case Comparison(option, operator, level):
            return f"({option.text} {operator} {spelled(level)})"
        case Negation(operand):
            return f"(not {spelled(operand)})"
        case Junction(operator, parts):
            return f"({f' {operator} '.join(map(spelled, parts))})"
        case Binary(operator, left, right):
            return f"({spelled(left)} {operator} {spelled(right)})"
        case Call(function, arguments, keywords):
            given = [spelled(argument) for argument in arguments]
            given += [f"{key}={spelled(value)}" for key, value in keywords]
            return f"{function}({', '.join(given)})"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a and b or c", "((a and b) or c)"),
        ("a or b and c", "(a or (b and c))"),
        ("not a and b", "((not a) and b)"),
        ("not not a", "(not (not a))"),
        ("a or b xor c and d", "(a or (b xor (c and d)))"),
        ("a xor b xor c", "((a xor b) xor c)"),
        ("a and b and c", "(a and b and c)"),
        ("a or b or c", "(a or b or c)"),
        ("a implies b implies c", "(a implies (b implies c))"),
        ("a or b implies c and d", "((a or b) implies (c and d))"),
        ("a iff b implies c", "(a iff (b implies c))"),
        ("a iff b iff c", "((a iff b) iff c)"),
        ("if a then b", "(a implies b)"),
        ("if a or b then c iff d", "((a or b) implies (c iff d))"),
        ("if a then if b then c", "(a implies (b implies c))"),
        ("a implies if b then c", "(a implies (b implies c))"),
        ("(a or b) and c", "((a or b) and c)"),
        ("not (a or b)", "(not (a or b))"),
        ("not a == low", "(not (a == low))"),
        ('a.x >= "de facto" and b', '((a.x >= "de facto") and b)'),
        ("a < 'low'", '(a < "low")'),
        ("atleast(2, a, not b, c or d)", "atleast(2, a, (not b), (c or d))"),
        ("only()", "only()"),
        ('only(a, b == "x")', 'only(a, (b == "x"))'),
        ("holds(a, concept=seq, share=0.5)", "holds(a, concept=seq, share=0.5)"),
        ("true and not false", "(true and (not false))"),
        ("a\n  and\tb", "(a and b)"),
        ("notable", "notable"),
        ("android or iffy", "(android or iffy)"),
        ("élan.été", "élan.été"),
    ],
)
def test_precedence(text: str, meaning: str) -> None:
    assert spelled(parse(text)) == meaning
    assert spelled(parse(meaning)) == meaning


def test_places_count_from_the_start_of_the_text() -> None:
    names = [node for node in walk(parse("a and\n  (b or\n not c)")) if isinstance(node, Name)]
    assert [(name.text, name.place) for name in names] == [
        ("a", Place(1, 1)),
        ("b", Place(2, 4)),
        ("c", Place(3, 6)),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "the condition is empty: expected a name or an expression"),
        ("  \n ", 1, 1, "the condition is empty: expected a name or an expression"),
        ("a and", 1, 6, "the condition ends too early: expected a name, “(” or “not”"),
        ("a and\n", 1, 6, "the condition ends too early: expected a name, “(” or “not”"),
        ("(a or b", 1, 8, "the condition ends too early: expected "),
        ("if a", 1, 5, "the condition ends too early: expected "),
        ("a b", 1, 3, "unexpected “b”: expected "),
        ("a and or b", 1, 7, "unexpected “or”: expected a name, “(” or “not”"),
        ("a or\n  and b", 2, 3, "unexpected “and”: expected a name, “(” or “not”"),
        ("a)", 1, 2, "unexpected “)”: expected "),
        ("a = b", 1, 3, "“=” is not a comparison here: write “==”"),
        ("a & b", 1, 3, "unexpected character '&': write “and”"),
        ("a AND b", 1, 3, "“AND” should be in small letters: “and”"),
        ("a and NOT b", 1, 7, "“NOT” should be in small letters: “not”"),
        ("a | b", 1, 3, "unexpected character '|': write “or”"),
        ("!a", 1, 1, "unexpected character '!': write “not”"),
        ("~a", 1, 1, "unexpected character '~': write “not”"),
        ("a ^ b", 1, 3, "unexpected character '^': write “xor”"),
        ("a ? b", 1, 3, "unexpected character '?'"),
        ('a == "low', 1, 6, "the text in quotes is not closed"),
        ("a == 3", 1, 6, "unexpected “3”: expected a name or a text in quotes"),
        ("a ==", 1, 5, "the condition ends too early: expected a name or a text in quotes"),
        ("atleast(2, a", 1, 13, "the condition ends too early: expected "),
        ("not", 1, 4, "the condition ends too early: expected a name, “(” or “not”"),
        ("a.", 1, 2, "unexpected character '.'"),
        ("a or true.b", 1, 10, "unexpected character '.'"),
        ("a == not", 1, 6, "unexpected “not”: expected a name or a text in quotes"),
        ("not and", 1, 5, "unexpected “and”: expected a name, “(” or “not”"),
        ("only(a, then)", 1, 9, "unexpected “then”: expected "),
    ],
)
def test_faults_are_placed(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(text)
    error = caught.value
    assert (error.line, error.column) == (line, column)
    assert error.message.startswith(message)
    assert str(error) == error.message


def test_caret_stands_under_the_fault() -> None:
    text = "a and\n  b c"
    with pytest.raises(ConditionError) as caught:
        parse(text)
    assert caret(text, caught.value.line, caught.value.column) == "  b c\n    ^"


@pytest.mark.parametrize(
    ("text", "line", "column", "shown"),
    [("", 1, 1, "\n^"), ("abc", 1, 4, "abc\n   ^"), ("abc", 9, 1, "abc\n^")],
)
def test_caret_copes_with_the_ends(text: str, line: int, column: int, shown: str) -> None:
    assert caret(text, line, column) == shown


# -- bounds --------------------------------------------------------------------------------------


def test_length_is_bounded() -> None:
    parse("a".ljust(MAX_LENGTH))
    with pytest.raises(ConditionError, match=r"10001 characters long; at most 10000 are read"):
        parse("a".ljust(MAX_LENGTH + 1))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("not ", ""),
        ("if a then ", ""),
        ("a implies ", ""),
        ("exactly(1, ", ")"),
        ("a and (b or (", "))"),
    ],
)
def test_depth_is_bounded(opening: str, closing: str) -> None:
    fits = MAX_DEPTH // 2 - 1
    parse(opening * fits + "a" + closing * fits)
    with pytest.raises(ConditionError, match=r"nested too deeply: at most 100 levels are read"):
        parse(opening * (MAX_DEPTH + 1) + "a" + closing * (MAX_DEPTH + 1))


def test_brackets_alone_add_no_depth() -> None:
    assert parse("(" * 4000 + "a" + ")" * 4000) == Name("a", Place(1, 4001))


def test_a_long_row_is_not_deep() -> None:
    assert len(walk(parse(" and ".join(["a"] * 1000)))) == 1001
