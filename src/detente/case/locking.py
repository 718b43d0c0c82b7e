"""Keep a file to one writer at a time, across processes, without leaving anything behind.

On POSIX systems the lock is an advisory one on the folder itself: no file is made for it, and the
system drops it when its holder ends, however it ends. Where folders cannot be opened (Windows), a
lock file stands beside the file while it is held.
"""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import DetenteError

try:
    import fcntl
except ImportError:  # not a POSIX system
    fcntl = None  # type: ignore[assignment]

__all__ = ["locked"]

_PAUSE = 0.005
_LONGEST_PAUSE = 0.1
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF}
_BUSY = (BlockingIOError,) if fcntl is not None else (FileExistsError, PermissionError)
_IN_PROCESS = threading.Lock()


@contextmanager
def locked(path: Path, *, seconds: float = 10.0) -> Iterator[None]:
    """Hold the lock of a file.

    Parameters
    ----------
    path : Path
        The file; it need not exist, its folder must.
    seconds : float
        How long to wait for another holder.

    Yields
    ------
    None
        While the lock is held. No other thread or process that asks for it is in its block.

    Raises
    ------
    DetenteError
        If another holder does not let go in time, or the folder cannot be opened.

    Notes
    -----
    The lock is advisory: it keeps apart those who ask for it. All files of one folder share it.
    On a file system without locks it keeps apart the threads of this process only.
    """
    until = time.monotonic() + seconds
    try:
        if not _IN_PROCESS.acquire(timeout=seconds):
            raise TimeoutError
        try:
            held = _hold(path, until)
        except BaseException:
            _IN_PROCESS.release()
            raise
    except TimeoutError:
        message = f"{path.name} is being saved by another program: try again in a moment"
        raise DetenteError(message) from None
    except OSError as error:
        reason = (error.strerror or "failed").lower()
        raise DetenteError(f"{path} cannot be locked: {reason}") from None
    try:
        yield
    finally:
        if held is not None:
            _let_go(path, held)
        _IN_PROCESS.release()


def _hold(path: Path, until: float) -> int | None:
    """Wait for the lock; None where the file system knows no locks."""
    pause = _PAUSE
    while True:
        try:
            return _try(path)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return None
            if not isinstance(error, _BUSY):
                raise
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


if fcntl is not None:

    def _try(path: Path) -> int:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BaseException:
            os.close(folder)
            raise
        return folder

    def _let_go(path: Path, held: int) -> None:  # noqa: ARG001 - closing drops the lock
        os.close(held)

else:  # pragma: no cover - Windows: a file that is open cannot be removed, so none goes stale

    def _lock_file(path: Path) -> Path:
        return path.with_name(f".{path.name}.lock")

    def _try(path: Path) -> int:
        _lock_file(path).unlink(missing_ok=True)
        return os.open(_lock_file(path), os.O_CREAT | os.O_EXCL | os.O_RDWR)

    def _let_go(path: Path, held: int) -> None:
        os.close(held)
        try:
            _lock_file(path).unlink(missing_ok=True)
        except OSError:  # another has taken it in this instant
            return
