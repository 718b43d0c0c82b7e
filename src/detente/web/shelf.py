"""The cases that a server offers: files under one folder, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.case import CASE_FILE, find_case, fingerprint
from detente.case.tree import MAX_BYTES
from detente.errors import DetenteError

__all__ = ["NoSuchCaseError", "Shelf"]

_DEPTH = 4
_MOST = 1000


class NoSuchCaseError(DetenteError):
    """There is no such case on the shelf."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Case files under a folder, addressed by the folder that each lies in.

    Parameters
    ----------
    root : Path
        The served folder, resolved. Links that lead out of it are not followed.
    only : Path or None
        The one file that is served, if a case was named and not a folder of cases.

    Examples
    --------
    >>> from detente.case import catalogue
    >>> shelf = Shelf.open(str(catalogue()["chicken"]))
    >>> list(shelf.files())
    ['chicken']
    """

    root: Path
    only: Path | None = None

    @classmethod
    def open(cls, given: str) -> Shelf:
        """Open what was named: a case's folder or file, a name of the catalogue, or a folder.

        Parameters
        ----------
        given : str

        Returns
        -------
        Shelf

        Raises
        ------
        DetenteError
            If there is no case in it.
        """
        path = Path(given)
        if path.is_dir() and not (path / CASE_FILE).is_file():
            shelf = cls(path.resolve())
            if not shelf.files():
                raise DetenteError(
                    f"{given} holds no {CASE_FILE}: name a case or a folder of cases"
                )
            return shelf
        file = find_case(given).resolve()
        return cls(file.parent, file)

    def files(self) -> dict[str, Path]:
        """Find the case files: paths by id, in the order of the ids."""
        if self.only is not None:
            return {self.only.parent.name or "case": self.only}
        found = {}
        for file in _search(self.root, _DEPTH):
            resolved = file.resolve()
            if resolved.is_relative_to(self.root):
                found[file.parent.relative_to(self.root).as_posix()] = resolved
            if len(found) == _MOST:
                break
        return dict(sorted(found.items()))

    def file(self, case: str) -> Path:
        """Find a case's file by id.

        Parameters
        ----------
        case : str
            As `files` gives it; it is looked up, never joined to a path.

        Returns
        -------
        Path

        Raises
        ------
        NoSuchCaseError
            If there is none.
        """
        file = self.files().get(case)
        if file is None:
            raise NoSuchCaseError("there is no such case here: open the list of cases")
        return file

    def shown(self, file: Path) -> str:
        """Name a file as it is shown, without the path of the served folder."""
        home = self.root.parent if self.only is not None else self.root
        return file.relative_to(home).as_posix()

    def writable(self, file: Path) -> bool:
        """Tell whether a case may be saved; those installed with the package may not."""
        package = Path(__file__).resolve().parents[1]
        return os.access(file, os.W_OK) and not file.is_relative_to(package)

    def confine(self, path: Path) -> None:
        """Refuse a path that a link leads out of the served folder.

        Raises
        ------
        DetenteError
        """
        if path.is_symlink() and not path.resolve().is_relative_to(self.root):
            raise DetenteError(f"{path.name} is a link that leads out of the served folder")

    def read(self, file: Path) -> tuple[str, str]:
        """Read a file.

        Parameters
        ----------
        file : Path

        Returns
        -------
        str
            Its text.
        str
            Its fingerprint.

        Raises
        ------
        DetenteError
            If it cannot be read as text.
        """
        try:
            with file.open("rb") as stream:
                contents = stream.read(MAX_BYTES + 1)
            if len(contents) > MAX_BYTES:
                raise DetenteError(f"the file is larger than {MAX_BYTES / 1e6:g} MB")
            return contents.decode("utf-8"), fingerprint(contents)
        except OSError as error:
            reason = (error.strerror or "failed").lower()
            raise DetenteError(f"the file cannot be read: {reason}") from None
        except UnicodeDecodeError:
            raise DetenteError("the file is not UTF-8: save it as UTF-8") from None


def _search(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name == CASE_FILE and entry.is_file():
            yield Path(entry.path)
        elif depth and not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            yield from _search(Path(entry.path), depth - 1)
