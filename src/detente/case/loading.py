"""Load a case: find the file, read it, and report all its problems together."""

from __future__ import annotations

import os

from detente.case.catalogue import find_case
from detente.case.model import Case
from detente.case.reader import CaseReader
from detente.case.tree import MAX_BYTES, read_tree
from detente.case.validation import schema_problems
from detente.errors import CaseError, Problem

__all__ = ["load", "loads"]


def load(case: str | os.PathLike[str]) -> Case:
    """Load a case from its folder or file, or from the catalogue.

    Parameters
    ----------
    case : str or path
        A folder with a ``case.yaml``, a case file, or the name of a case of the catalogue.

    Returns
    -------
    Case

    Raises
    ------
    CaseError
        If there is no such case, or its file has problems; all of them are listed.

    Examples
    --------
    >>> load("chicken").title
    'Chicken'
    """
    path = find_case(case)
    file = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise CaseError([Problem(file, 0, 0, f"the file cannot be read: {reason}")]) from None
    if len(raw) > MAX_BYTES:
        raise _too_large(file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8: save the file as UTF-8"
        raise CaseError([Problem(file, line, column, message)]) from None
    return loads(text, file)


def loads(text: str, file: str = "case.yaml") -> Case:
    """Load a case from the text of its file.

    Parameters
    ----------
    text : str
        YAML text.
    file : str
        Its name, for the problems.

    Returns
    -------
    Case

    Raises
    ------
    CaseError
        If the text has problems; all of them are listed, in the order of the file.

    Examples
    --------
    >>> text = "{detente: 1, title: A, decision_makers: {a: {options: {x: Do it}}}}"
    >>> loads(text).options[0].name
    'a.x'
    """
    if len(text) > MAX_BYTES:
        raise _too_large(file)
    tree = read_tree(text, file)
    if tree.problems:
        raise CaseError(sorted(tree.problems, key=lambda p: (p.line, p.column)))
    problems = schema_problems(tree, file)
    if problems:
        raise CaseError(problems)
    reader = CaseReader(tree, file)
    case = reader.read()
    if reader.problems:
        raise CaseError(sorted(dict.fromkeys(reader.problems), key=lambda p: (p.line, p.column)))
    return case


def _too_large(file: str) -> CaseError:
    message = f"the file is larger than {MAX_BYTES / 1e6:g} MB: a case file is a few kB"
    return CaseError([Problem(file, 0, 0, message)])
