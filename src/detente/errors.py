"""The errors that détente raises, in one tree.

Every error carries a message that says what is wrong and what would be right; those that come
from a file also carry the place. The command line prints them without a traceback and exits with
the status in `DetenteError.exit_code`.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CaseError", "ConditionError", "ConflictError", "DetenteError", "Problem", "SizeError"]


class DetenteError(Exception):
    """Anything that détente refuses; the root of the tree."""

    exit_code = 2


class ConflictError(DetenteError):
    """The arrays or names given do not describe a conflict."""


class SizeError(DetenteError):
    """The work asked for does not fit in the memory or the limits of this machine."""


class ConditionError(DetenteError):
    """A condition cannot be read, or names something that does not exist.

    Parameters
    ----------
    message : str
        What is wrong and what would be right.
    line, column : int
        Place in the condition's text, both counted from 1.
    """

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: where, what, and what would be right.

    Line and column count from 1; line 0 means the file as a whole.
    """

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        if self.line == 0:
            return f"{self.file}: {self.message}"
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class CaseError(DetenteError):
    """A case file has problems; all of them are listed, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))
