"""Run the workbench until it is interrupted."""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote

import uvicorn

from detente.errors import DetenteError
from detente.web.app import create_app
from detente.web.guard import Guard
from detente.web.handing import Makers
from detente.web.shelf import Shelf
from detente.web.workshop import LIMITS, Limits

__all__ = ["Address", "Server"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen.

    Parameters
    ----------
    host : str
        Address of an interface; any but loopback needs a token.
    port : int
        Port; 0 for any that is free.
    token : str
        Secret for other machines; where one is needed and none is given, it is drawn.
    """

    host: str = "127.0.0.1"
    port: int = 8642
    token: str = ""

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


class Server:
    """A server that listens and is ready to run.

    Parameters
    ----------
    shelf : Shelf
        The cases offered.
    address : Address
        Where to listen.
    makers : mapping of str to callable, optional
        What makes the documents that can be handed over, besides figures.
    limits : Limits
        How much long work is taken on.

    Raises
    ------
    DetenteError
        If the address cannot be used.
    """

    def __init__(
        self,
        shelf: Shelf,
        address: Address,
        makers: Makers | None = None,
        limits: Limits = LIMITS,
    ) -> None:
        self._shelf = shelf
        self.token = address.token
        if not address.local and not self.token:
            self.token = secrets.token_urlsafe(24)
        if self.token and len(self.token) < 16:
            raise DetenteError("the token is too short to be safe: 16 characters or more")
        self.socket = _bound(address)
        self.host, self.port = self.socket.getsockname()[:2]
        names = ("localhost",) if address.local else ("localhost", socket.gethostname().lower())
        guard = Guard(self.port, names, self.token)
        config = uvicorn.Config(
            create_app(shelf, guard, makers, limits),
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            limit_concurrency=200,
            timeout_keep_alive=5,
            h11_max_incomplete_event_size=32_768,
            timeout_graceful_shutdown=2,
        )
        self.server = uvicorn.Server(config)

    @property
    def url(self) -> str:
        """The address of the list of cases, with the token where one is needed."""
        return self._address("")

    @property
    def start(self) -> str:
        """The address to open first: the case, if only one is served, or the list of cases."""
        if self._shelf.only is None:
            return self.url
        (case,) = self._shelf.files()
        return self._address(f"model/{quote(case, safe='')}")

    def _address(self, path: str) -> str:
        shown = f"[{self.host}]" if ":" in self.host else self.host
        query = f"?token={self.token}" if self.token else ""
        return f"http://{shown}:{self.port}/{path}{query}"

    def run(self) -> None:
        """Serve until interrupted."""
        self.server.run(sockets=[self.socket])


def _bound(address: Address) -> socket.socket:
    try:
        family = socket.getaddrinfo(address.host, address.port)[0][0]
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address.host, address.port))
        made.listen(128)
    except OSError as error:
        reason = (error.strerror or "failed").lower()
        place = f"{address.host}:{address.port}"
        raise DetenteError(f"{place} cannot be used: {reason}. Try --port 0") from None
    return made
