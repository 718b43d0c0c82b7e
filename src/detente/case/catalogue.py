"""Find cases: by path, or by name in the catalogue that comes with the package."""

from __future__ import annotations

import os
from pathlib import Path

from detente.conditions import did_you_mean
from detente.errors import CaseError, Problem

__all__ = ["CASE_FILE", "catalogue", "find_case"]

CASE_FILE = "case.yaml"
"""Name of the case file in a case's folder."""

_HOMES = (
    Path(__file__).parents[1] / "catalogue",  # in an installed package
    Path(__file__).parents[3] / "cases",  # in a checkout
)


def catalogue() -> dict[str, Path]:
    """List the cases that come with the package.

    Returns
    -------
    dict of str to Path
        Folders by name, in alphabetical order.

    Examples
    --------
    >>> "chicken" in catalogue()
    True
    """
    found: dict[str, Path] = {}
    for home in _HOMES:
        if home.is_dir():
            for folder in sorted(home.iterdir()):
                if (folder / CASE_FILE).is_file():
                    found.setdefault(folder.name, folder)
    return found


def find_case(case: str | os.PathLike[str]) -> Path:
    """Find a case's file.

    Parameters
    ----------
    case : str or path
        A folder with a case file, a case file, or the name of a case of the catalogue. A path
        that exists wins over a name.

    Returns
    -------
    Path

    Raises
    ------
    CaseError
        If there is none, with the nearest names.
    """
    path = Path(case)
    if path.is_dir():
        file = path / CASE_FILE
        if file.is_file():
            return file
        message = f"the folder holds no {CASE_FILE}: name a case's folder or its file"
        raise CaseError([Problem(str(case), 0, 0, message)])
    if path.exists():
        return path
    known = catalogue()
    if str(case) in known:
        return known[str(case)] / CASE_FILE
    hint = did_you_mean(str(case), known) or ": see “detente cases” for the catalogue"
    raise CaseError([Problem(str(case), 0, 0, f"no such file, folder or case{hint}")])
