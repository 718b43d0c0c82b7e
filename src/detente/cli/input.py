"""Files that a command is told to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.errors import DetenteError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_bytes"]


def read_bytes(file: Path) -> bytes:
    """Read a file whole.

    Raises
    ------
    DetenteError
        If it cannot be read; the message says why.
    """
    try:
        return file.read_bytes()
    except IsADirectoryError:
        raise DetenteError(f"{file} is a folder: name a file in it") from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or str(error)).lower()
        raise DetenteError(f"{file} cannot be read: {reason}") from None
