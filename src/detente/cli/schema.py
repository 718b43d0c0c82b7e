"""`detente schema`: the JSON Schema of case files, for editors."""

from __future__ import annotations

import click

from detente.cli.output import emit

__all__ = ["schema"]


@click.command()
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of the terminal.")
def schema(output: str | None) -> None:
    """Print the JSON Schema of case files, so that an editor can complete and check them.

    A case file that starts with “# yaml-language-server: $schema=case.schema.json” is checked
    while you type, once the schema lies beside it.
    """
    from detente.case.validation import schema_text

    emit(schema_text(), output)
