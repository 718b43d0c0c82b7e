"""How far long work has come: a bar on the error stream, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

__all__ = ["progress_bar", "quiet_option"]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def quiet_option(function: _Function) -> _Function:
    """Take --quiet."""
    return click.option("--quiet", is_flag=True, help="Show no progress.")(function)


@contextmanager
def progress_bar(unit: str, *, hidden: bool) -> Iterator[Callable[[int, int], None]]:
    """Show a bar while work goes on; it leaves nothing behind.

    Parameters
    ----------
    unit : str
        What is counted, in the plural.
    hidden : bool
        Whether to show none, terminal or not.

    Yields
    ------
    callable
        Tells how many are done, and of how many; may be called from any thread.
    """
    if hidden or not sys.stderr.isatty():
        yield lambda _done, _size: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), unit, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, size: bar.update(task, total=size, completed=done)
