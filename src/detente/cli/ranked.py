"""Loading a case for a command that knows rankings only: where a case says more, it is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from detente.case import Case

__all__ = ["load_ranked"]


def load_ranked(case: str) -> Case:
    """Load a case; say on the error stream if preferences pair by pair are not used."""
    from detente.case import as_ranked, load
    from detente.cli.output import plain

    loaded = load(case)
    notice = as_ranked(loaded)
    if notice is not None:
        click.echo(plain(f"note: {notice.message}"), err=True)
    return loaded
