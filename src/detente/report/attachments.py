"""What a report can show beside the case itself: its file's hash, texts of sources, a sweep."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from detente.case import CASE_FILE, Case, catalogue
from detente.case.evidence import Texts, attached_texts
from detente.claims import Swept, swept_in
from detente.errors import DetenteError

__all__ = ["Attachments", "gather"]


@dataclass(frozen=True, slots=True)
class Attachments:
    """What is given along with a case.

    Parameters
    ----------
    name : str
        Of the case on the command line; by default that of its file or folder.
    sha256 : str
        Of the case's file; empty if it has none.
    texts : Texts, optional
        Of the sources, from which the passages cited are quoted.
    swept : Swept, optional
        A sweep of the case's claims.
    folder : str
        Name of the sweep's folder.
    """

    name: str = ""
    sha256: str = ""
    texts: Texts | None = None
    swept: Swept | None = None
    folder: str = ""


def gather(case: Case, *, sweep: Path | None = None) -> Attachments:
    """Read from disk what belongs to a case that was loaded from a file.

    Parameters
    ----------
    case : Case
    sweep : Path, optional
        Folder of a sweep of this case.

    Returns
    -------
    Attachments

    Raises
    ------
    DetenteError
        If the file or a text cannot be read, or the folder holds no sweep of this case.

    Examples
    --------
    >>> from detente.case import load
    >>> gather(load("kell-river")).texts.documents["column"].passage("headline").text[:23]
    'Leave the delta out of '
    """
    try:
        raw = Path(case.file).read_bytes()
    except OSError as error:
        reason = (error.strerror or "failed").lower()
        raise DetenteError(f"{case.file} cannot be read: {reason}") from None
    swept = None if sweep is None else swept_in(sweep, case, raw.decode("utf-8-sig", "replace"))
    folder = "" if sweep is None else sweep.name or str(sweep)
    digest = hashlib.sha256(raw).hexdigest()
    path = Path(case.file)
    known = path.name == CASE_FILE and path.parent.name in catalogue()
    name = path.parent.name if known else ""
    return Attachments(name, digest, attached_texts(case), swept, folder)
