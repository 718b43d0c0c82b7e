"""Write files whole or not at all, and never over somebody else's change."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from detente.case.locking import locked
from detente.errors import DetenteError

__all__ = ["ChangedOnDiskError", "fingerprint", "save_text", "write_whole"]


class ChangedOnDiskError(DetenteError):
    """The file is not the one that was read: somebody has changed it meanwhile."""


def fingerprint(contents: bytes) -> str:
    """Hash a file's contents: 64 hexadecimal digits."""
    return hashlib.sha256(contents).hexdigest()


def save_text(path: Path, text: str, expected: str) -> str:
    """Save a text over the version of the file that it was made from.

    Parameters
    ----------
    path : Path
        The file.
    text : str
        What it should hold.
    expected : str
        `fingerprint` of the contents that the text was made from.

    Returns
    -------
    str
        Fingerprint of the new contents.

    Raises
    ------
    ChangedOnDiskError
        If the file holds something else by now; nothing is written.
    DetenteError
        If it cannot be read or written.

    Notes
    -----
    Writers that save with this function, in whatever process, never pass the comparison together:
    they hold the lock of `detente.case.locking`. An editor does not ask for it, so the contents
    are compared once more when the new ones lie ready beside the file. What an editor writes in
    the instant between that and the replacement is lost; the file is then one of the two, whole.
    """
    contents = text.encode()

    def unchanged() -> None:
        try:
            found = fingerprint(path.read_bytes())
        except OSError as error:
            reason = (error.strerror or "failed").lower()
            raise DetenteError(f"{path} cannot be read: {reason}") from None
        if found != expected:
            raise ChangedOnDiskError(
                f"{path.name} has been changed on disk since it was read: nothing was saved"
            )

    with locked(path):
        unchanged()
        write_whole(path, contents, check=unchanged)
    return fingerprint(contents)


def write_whole(path: Path, contents: bytes, *, check: Callable[[], None] = lambda: None) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    path : Path
        The file; an existing one is replaced in one step.
    contents : bytes
        What it should hold.
    check : callable
        Called when the contents lie ready, right before the file is replaced; if it raises, the
        file stays as it was.

    Raises
    ------
    DetenteError
        If it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(contents)
            umask = os.umask(0)
            os.umask(umask)
            Path(name).chmod(0o666 & ~umask)
            check()
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        if path.is_dir():
            reason = "it is a folder"
        elif not path.parent.is_dir():
            reason = f"there is no folder {path.parent}"
        else:
            reason = (error.strerror or "failed").lower()
        raise DetenteError(f"{path} cannot be written: {reason}") from None
