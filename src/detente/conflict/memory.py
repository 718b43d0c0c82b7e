"""Memory: what is there, and a clear refusal of what does not fit."""

from __future__ import annotations

import os
from pathlib import Path

from detente.errors import SizeError

__all__ = ["free_memory", "in_words", "require_memory"]

_CGROUP = Path("/sys/fs/cgroup")


def free_memory() -> int | None:
    """Give the bytes that can be had without swapping; None where the system does not tell."""
    found = [_available(), _within_the_control_group()]
    known = [n_bytes for n_bytes in found if n_bytes is not None]
    return min(known) if known else None


def require_memory(n_bytes: int, purpose: str) -> None:
    """Refuse work that does not fit, before anything is allocated.

    Parameters
    ----------
    n_bytes : int
        Peak of what the work allocates.
    purpose : str
        What it is for, as the start of the message.

    Raises
    ------
    SizeError
        If less memory is free; the message says how much is needed and how much there is.

    Examples
    --------
    >>> require_memory(1000, "a small table")
    >>> require_memory(10**18, "a large table")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    detente.errors.SizeError: a large table needs 1,000,000,000.0 GB of memory, and ... are free
    """
    free = free_memory()
    if free is not None and n_bytes > free:
        message = f"{purpose} needs {in_words(n_bytes)} of memory, and {in_words(free)} are free"
        raise SizeError(message)


def in_words(n_bytes: int) -> str:
    """Write a number of bytes in GB, or in MB below 100 MB.

    Examples
    --------
    >>> in_words(3_100_000_000), in_words(64_000)
    ('3.1 GB', '0.1 MB')
    """
    if n_bytes < 100_000_000:
        return f"{n_bytes / 1e6:,.1f} MB"
    return f"{n_bytes / 1e9:,.1f} GB"


def _available() -> int | None:
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None


def _within_the_control_group() -> int | None:
    try:
        limit = (_CGROUP / "memory.max").read_text(encoding="ascii").strip()
        used = (_CGROUP / "memory.current").read_text(encoding="ascii").strip()
        return None if limit == "max" else max(0, int(limit) - int(used))
    except (OSError, ValueError):
        return None
