"""`detente import`: cases from the files of other programs."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.output import make_folder, plain, write_whole
from detente.errors import DetenteError

__all__ = ["import_"]


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Make a case in this folder instead of printing it.",
)
@click.option("--force", is_flag=True, help="Overwrite a case that is there already.")
def import_(file: Path, folder: Path | None, force: bool) -> None:
    """Turn FILE, a .gmcr file of GMCR+, into a case."""
    from detente.case import CASE_FILE
    from detente.interop import import_gmcr

    imported = import_gmcr(_read(file), str(file))
    for warning in imported.warnings:
        click.echo(plain(f"warning: {warning.file}: {warning.message}"), err=True)
    if folder is None:
        click.echo(imported.text, nl=False)
        return
    target = folder / CASE_FILE
    if target.exists() and not force:
        message = f"{target} exists: nothing was changed. Choose another folder, or use --force"
        raise DetenteError(message)
    make_folder(folder)
    write_whole(target, imported.text.encode())
    click.echo(f"wrote {target}\nNext: “detente analyze {folder}”")


def _read(file: Path) -> str:
    from detente.interop import MAX_BYTES

    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "failed").lower()
        raise DetenteError(f"{file} cannot be read: {reason}") from None
    if len(raw) > MAX_BYTES:
        message = f"{file} is larger than {MAX_BYTES / 1e6:g} MB: a conflict is a few kB"
        raise DetenteError(message)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = f"{file} is not UTF-8 text: is it a .gmcr file?"
        raise DetenteError(message) from None
