"""Conditions written in a case file: read them, and report their faults at their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.case.model import Clause
from detente.case.tree import Path, Place, Tree
from detente.conditions import Vocabulary, check, parse
from detente.conditions.syntax import Always, Comparison, Expression, Junction, Name, Negation, Text
from detente.conflict import Option
from detente.errors import ConditionError, Problem

__all__ = ["ClauseReader", "pattern", "query"]

_PATTERN = re.compile(r"[YN0-9a-z-]+")
_SPACED = re.compile(r"[YN0-9-]+( [YN0-9-]+)+")
_MEANT = re.compile(r"(?=.*[YN])[YN0-9-]{2,}|[YN0-9-]+( [YN0-9-]+)+")


def pattern(text: str, options: Sequence[Option]) -> Expression | None:
    """Read a pattern: one character an option, ``Y``, ``N``, a level's digit, or ``-`` for either.

    Parameters
    ----------
    text : str
        For example ``"YN--"``, or ``"YN --"`` as tables show it.
    options : sequence of Option
        All options, in order.

    Returns
    -------
    Expression or None
        The condition that it stands for; None if the text is no pattern over these options.

    Examples
    --------
    >>> pattern("-N", [Option(0, "a.x"), Option(1, "b.y")]) == Negation(Name("b.y"))
    True
    """
    if _SPACED.fullmatch(text):
        text = text.replace(" ", "")
    if len(text) != len(options) or not _PATTERN.fullmatch(text) or not options:
        return None
    parts: list[Expression] = []
    for character, option in zip(text, options, strict=True):
        if character == "-":
            continue
        symbols = [option.symbol(level) for level in range(len(option.levels))]
        if character not in symbols:
            return None
        name = Name(option.name)
        level = symbols.index(character)
        if not option.yes_no:
            parts.append(Comparison(name, "==", Text(option.levels[level])))
        else:
            parts.append(name if level else Negation(name))
    if not parts:
        return Always(True)
    return parts[0] if len(parts) == 1 else Junction("and", tuple(parts))


def query(
    text: str, options: Sequence[Option], words: Vocabulary
) -> tuple[Expression | None, list[ConditionError]]:
    """Read a condition or pattern that somebody asks about, outside of any file.

    Parameters
    ----------
    text : str
        For example ``"us.withhold and not settlement"`` or ``"YN--"``.
    options : sequence of Option
        All options, for patterns.
    words : Vocabulary
        The names it may use.

    Returns
    -------
    Expression or None
        None where there are faults.
    list of ConditionError
        Everything wrong with it.
    """
    try:
        expression = pattern(text.strip(), options) or parse(text)
    except ConditionError as error:
        return None, [_misfit(text, options) or error]
    faults = check(expression, words)
    misfit = _misfit(text, options) if faults else None
    return (None if faults else expression), [misfit] if misfit else faults


def _misfit(text: str, options: Sequence[Option]) -> ConditionError | None:
    """Tell what a text lacks that was meant as a pattern; None if it looks like no pattern."""
    if not options or not _MEANT.fullmatch(text.strip()):
        return None
    letters = "".join(text.split())
    if len(letters) != len(options):
        message = (
            f"a pattern has a letter for each of the {len(options)} options, not {len(letters)}"
        )
        return ConditionError(message)
    for character, option in zip(letters, options, strict=True):
        symbols = [option.symbol(level) for level in range(len(option.levels))]
        if character != "-" and character not in symbols:
            message = f"{option.name} has no level “{character}”: choose from {', '.join(symbols)}"
            return ConditionError(message)
    return None


class ClauseReader:
    """Reads the conditions of one file.

    Parameters
    ----------
    tree : Tree
        The file's values and places.
    file : str
        Its name, for the problems.
    options : sequence of Option
        All options, for patterns.

    Attributes
    ----------
    problems : list of Problem
        What was wrong with the conditions read so far.
    """

    def __init__(self, tree: Tree, file: str, options: Sequence[Option]) -> None:
        self._tree = tree
        self._file = file
        self._options = options
        self.problems: list[Problem] = []

    def read(self, path: Path, text: str, words: Vocabulary | None) -> Clause | None:
        """Read one condition or pattern; None, and a problem noted, if it is neither.

        Parameters
        ----------
        path : tuple of str or int
            Where it stands in the file.
        text : str
            The condition.
        words : Vocabulary or None
            The names it may use; None to leave them unchecked.

        Returns
        -------
        Clause or None
        """
        place = self._tree.place(path)
        stripped = text.strip()
        expression = pattern(stripped, self._options)
        if expression is not None and not (words and stripped in words.names()):
            return Clause(stripped, expression, place)
        try:
            expression = parse(text)
        except ConditionError as error:
            self.note(place, _misfit(text, self._options) or error)
            return None
        faults = check(expression, words) if words else []
        misfit = _misfit(text, self._options) if faults else None
        if misfit:
            faults = [misfit]
        for fault in faults:
            self.note(place, fault)
        return None if faults else Clause(" ".join(text.split()), expression, place)

    def note(self, place: Place, error: ConditionError) -> None:
        """Note a fault of a condition that starts at a place in the file."""
        if place.block:
            line, column = place.line + error.line, error.column
        elif error.line == 1:
            line, column = place.line, place.column + place.quoted + error.column - 1
        else:
            line, column = place.line + error.line - 1, error.column
        self.problems.append(Problem(self._file, line, column, error.message))
