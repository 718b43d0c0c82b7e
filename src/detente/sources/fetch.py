"""Fetch an article from an address, only when asked, and never more than the limits allow."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from detente.sources.decode import Limits
from detente.sources.document import SourceError

if TYPE_CHECKING:
    from http.client import HTTPMessage

__all__ = ["fetch"]

_SECONDS = 20


class _SameScheme(urllib.request.HTTPRedirectHandler):
    """Follow a redirection only to another http(s) address."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        try:
            _check(newurl)
        except SourceError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(address: str, limits: Limits | None = None) -> bytes:
    """Fetch the bytes at an http(s) address; nothing that the page refers to is fetched.

    Parameters
    ----------
    address : str
        The address.
    limits : Limits, optional
        How much is read.

    Returns
    -------
    bytes
        The body of the answer.

    Raises
    ------
    SourceError
        If the address is not http(s), does not answer, or sends too much.
    """
    _check(address)
    limit = (limits or Limits()).raw_bytes
    request = urllib.request.Request(address, headers={"User-Agent": "detente"})  # noqa: S310
    opener = urllib.request.build_opener(_SameScheme)
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            raw: bytes = answer.read(limit + 1)
    except (urllib.error.URLError, TimeoutError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        reason = getattr(reason, "strerror", None) or reason
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        raise SourceError(
            f"{address} cannot be fetched ({reason}): save the page, read the file"
        ) from error
    if len(raw) > limit:
        raise SourceError(f"{address} sends more than {limit:,} bytes")
    return raw


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise SourceError(f"{address!r} is not an http or https address")
