"""Loading a case for a command: in one of its readings, and for one that knows rankings only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from detente.case import Case

__all__ = ["load_ranked", "load_reading"]


def load_reading(case: str, reading: str | None = None) -> Case:
    """Load a case as a named reading has it; the title then says which.

    Raises
    ------
    DetenteError
        If there is no such case or reading.
    """
    from detente.case import load

    loaded = load(case)
    if reading is None or reading == loaded.base:
        return loaded
    found = loaded.under(reading)
    name = loaded.readings[reading].name or reading
    return replace(found, title=f"{found.title} ({name})")


def load_ranked(case: str, reading: str | None = None) -> Case:
    """Load a case; say on the error stream if preferences pair by pair are not used."""
    from detente.case import as_ranked
    from detente.cli.output import plain

    loaded = load_reading(case, reading)
    notice = as_ranked(loaded)
    if notice is not None:
        click.echo(plain(f"note: {notice.message}"), err=True)
    return loaded
