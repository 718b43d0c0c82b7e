"""Suggestions that a person has turned down, kept beside the case for everybody who works on it.

They lie in a file of their own, not in the case: a rejection is about what a rule found in a text
and says nothing of the conflict, so it must not change the case's text or fingerprint, nor stand
in the way of somebody's draft of it. The file can be kept under version control with the case.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from detente.case.locking import locked
from detente.case.saving import write_whole
from detente.errors import DetenteError

__all__ = ["Rejection", "reject", "rejections", "rejections_file"]

_FORMAT = "detente-rejected/1"
_MOST = 10_000
_MAX_BYTES = 4_000_000


@dataclass(frozen=True, slots=True, order=True)
class Rejection:
    """What tells one suggestion from others: its source, kind, name and actor."""

    source: str
    kind: str
    name: str
    actor: str = ""


def rejections_file(case: Path) -> Path:
    """Name the file in which the rejections for a case file are kept.

    Examples
    --------
    >>> rejections_file(Path("talks/case.yaml")).name
    'case.rejected.json'
    """
    return case.with_name(f"{case.stem}.rejected.json")


def rejections(case: Path) -> tuple[Rejection, ...]:
    """Read what has been turned down for a case.

    Parameters
    ----------
    case : Path
        The case file.

    Returns
    -------
    tuple of Rejection
        In order; empty where nothing has been.

    Raises
    ------
    DetenteError
        If the file is there, and is not what it should be.
    """
    path = rejections_file(case)
    try:
        with path.open("rb") as stream:
            contents = stream.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return ()
    except OSError as error:
        reason = (error.strerror or "failed").lower()
        raise DetenteError(f"{path.name} cannot be read: {reason}") from None
    try:
        if len(contents) > _MAX_BYTES:
            raise ValueError
        return tuple(sorted(map(_rejection, _listed(json.loads(contents)))))
    except (ValueError, RecursionError):
        message = f"{path.name} is no list of rejected suggestions: mend it, or move it away"
        raise DetenteError(message) from None


def reject(case: Path, suggestion: Rejection, *, rejected: bool = True) -> tuple[Rejection, ...]:
    """Turn a suggestion down, or take that back; what others have turned down meanwhile stays.

    Parameters
    ----------
    case : Path
        The case file.
    suggestion : Rejection
    rejected : bool
        False to take it back.

    Returns
    -------
    tuple of Rejection
        All that are turned down now.

    Raises
    ------
    DetenteError
        If the file cannot be read or written, or holds too many.
    """
    with locked(case):
        before = set(rejections(case))
        after = before | {suggestion} if rejected else before - {suggestion}
        if len(after) > _MOST:
            raise DetenteError(f"more than {_MOST} rejected suggestions are not kept")
        made = tuple(sorted(after))
        if after != before:
            write_whole(rejections_file(case), _written(made))
    return made


def _written(made: Iterable[Rejection]) -> bytes:
    lines = ",\n".join(f"  {json.dumps(asdict(one), ensure_ascii=False)}" for one in made)
    return f'{{\n "format": "{_FORMAT}",\n "rejected": [\n{lines}\n ]\n}}\n'.encode()


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(value, dict) or value.get("format") != _FORMAT:
        raise ValueError
    found = value.get("rejected")
    if not isinstance(found, list):
        raise ValueError
    return found


def _rejection(value: Any) -> Rejection:  # noqa: ANN401
    if not isinstance(value, dict):
        raise ValueError
    fields = {name: value.get(name, "") for name in ("source", "kind", "name", "actor")}
    if not all(isinstance(field, str) for field in fields.values()):
        raise ValueError
    return Rejection(**fields)
