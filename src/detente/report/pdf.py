"""A report on paper: its page printed by WeasyPrint, or by a Chromium that is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from detente.errors import DetenteError

__all__ = ["BROWSERS", "pdf"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Names under which a browser that can print is looked for."""

_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    # Nothing leaves the machine: every request goes to a proxy that is not there.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_SECONDS = 120
_DATES = re.compile(rb"/(?:CreationDate|ModDate) \(D:[^)]*\)")


def pdf(page: str) -> bytes:
    """Print a report.

    Parameters
    ----------
    page : str
        The page, see `html`.

    Returns
    -------
    bytes
        A PDF file.

    Raises
    ------
    DetenteError
        If neither the extra ``pdf`` nor a Chromium or Chrome browser is there, or printing failed.

    Notes
    -----
    The same page gives the same bytes with the same printer: the date of printing is left out.
    Nothing outside is asked for, whatever the page refers to.
    """
    made = _by_weasyprint(page)
    if made is not None:
        return made
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        message = (
            "PDF needs the extra “pdf” (pip install 'detente[pdf]') or a Chromium browser: "
            "install one of them, or write HTML and print it"
        )
        raise DetenteError(message)
    return _by_browser(page, browser)


def _by_weasyprint(page: str) -> bytes | None:
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):  # OSError: the system lacks the Pango library
        return None
    nothing = URLFetcher(allowed_protocols=())
    made: bytes = HTML(string=page, url_fetcher=nothing).write_pdf()
    return made


def _by_browser(page: str, browser: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        source.write_text(page, encoding="utf-8")
        command = [browser, *_FLAGS, f"--user-data-dir={folder}/profile"]
        if _is_root():
            command.append("--no-sandbox")  # Chromium refuses to run as root without it
        command += [f"--print-to-pdf={target}", source.as_uri()]
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(  # noqa: S603 - our own page, fixed flags
                command, capture_output=True, timeout=_SECONDS, check=False
            )
        made = target.read_bytes() if target.is_file() else b""
        if not (made.startswith(b"%PDF-") and b"%%EOF" in made[-64:]):
            message = f"{browser} did not print the report: write HTML and print it from there"
            raise DetenteError(message)
        # Blanks keep the offsets of what follows.
        return _DATES.sub(lambda found: b" " * len(found[0]), made)


def _is_root() -> bool:
    import os

    return hasattr(os, "geteuid") and os.geteuid() == 0
