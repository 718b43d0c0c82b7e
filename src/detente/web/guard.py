"""What stands before the workbench: who may ask, from where, how much, and for how long.

The server runs on the analyst's own machine, where any page open in the browser can send requests
to it. A page elsewhere must neither read nor change anything: the name that the browser used must
be one of ours (a foreign name that was made to point here is refused), a request that changes or
computes something must come from our own pages, and nothing but JSON is taken.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["POLICY", "Guard", "GuardedApp"]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""Content security policy: our own files only, no inline script or style, no frames."""

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = {"GET", "HEAD"}
_COOKIE = "detente"


@dataclass(frozen=True, slots=True)
class Guard:
    """What is let through.

    Parameters
    ----------
    port : int
        Port that the server listens on.
    names : tuple of str
        Host names that count as this server. Addresses in numbers count only where `token` is
        set, apart from loopback: a name can be made to point here, a number cannot.
    token : str
        Secret that every request must carry; empty on loopback.
    max_bytes : int
        Largest request body.
    max_seconds : float
        Longest time for a body to arrive.
    """

    port: int
    names: tuple[str, ...] = ("localhost",)
    token: str = ""
    max_bytes: int = 5_000_000
    max_seconds: float = 20.0

    def host_allowed(self, host: str) -> bool:
        """Tell whether a Host header names this server."""
        name, port = _split_host(host)
        if port != self.port:
            return False
        if name in self.names:
            return True
        try:
            address = ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or bool(self.token)

    def refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        """Give status and reason if a request is refused for where it comes from."""
        host = headers.get("host", "")
        if not self.host_allowed(host):
            return 421, "this server does not go by that name"
        site = headers.get("sec-fetch-site", "none")
        if method in _SAFE:
            navigation = headers.get("sec-fetch-mode", "navigate") == "navigate"
            if site not in ("same-origin", "none") and not navigation:
                return 403, "requests from other sites are refused"
            return None
        origin = headers.get("origin")
        foreign = origin != f"http://{host}" if origin is not None else site != "none"
        if foreign or site not in ("same-origin", "none"):
            return 403, "requests from other sites are refused"
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return 415, "only application/json is taken"
        return None

    def knows(self, headers: Headers) -> bool:
        """Tell whether a request carries the token, if one is needed."""
        if not self.token:
            return True
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        return self.matches(bearer) or self.matches(_cookie(headers))

    def matches(self, given: str) -> bool:
        """Compare a token in constant time."""
        return secrets.compare_digest(given.encode(), self.token.encode())


def _split_host(host: str) -> tuple[str, int]:
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not name:
        name, port = host, "80"
    return name.strip("[]").lower(), int(port) if port.isdecimal() else 80


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


class GuardedApp:
    """An application behind a `Guard`; a plain ASGI layer, so that bodies are counted as they come.

    Parameters
    ----------
    app : ASGIApp
        What answers the requests let through.
    guard : Guard
    """

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self.app = app
        self.guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused is None:
            try:
                receive = await self._read(headers, receive)
            except _BodyError as error:
                refused = _refusal(error.status, error.reason)
        answer = self.app if refused is None else refused
        await answer(scope, receive, _hardened(scope, send))

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        refusal = self.guard.refusal(scope["method"], headers)
        if refusal is not None:
            return _refusal(*refusal)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if given and scope["method"] == "GET" and self.guard.matches(given):
            # The address that was printed: keep the token in a cookie and out of the address bar.
            response = RedirectResponse(f"/{scope['path'].lstrip('/')}", status_code=303)
            response.set_cookie(_COOKIE, given, httponly=True, samesite="strict")
            return response
        if self.guard.knows(headers):
            return None
        return _refusal(401, "a token is needed: open the address that “detente serve” printed")

    async def _read(self, headers: Headers, receive: Receive) -> Receive:
        """Read the body, within the limits, before anybody works on it."""
        if headers.get("content-length", "0").isdecimal() is False:
            raise _BodyError(400, "the length is not a number")
        if int(headers.get("content-length", "0")) > self.guard.max_bytes:
            raise _BodyError(413, f"more than {self.guard.max_bytes / 1e6:g} MB is not taken")
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self.guard.max_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise _BodyError(400, "the connection was closed")
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > self.guard.max_bytes:
                        limit = f"more than {self.guard.max_bytes / 1e6:g} MB is not taken"
                        raise _BodyError(413, limit)
                    if not message.get("more_body", False):
                        break
        except TimeoutError:
            raise _BodyError(408, "the request took too long to arrive") from None
        body: list[Message] = [
            {"type": "http.request", "body": b"".join(parts), "more_body": False}
        ]

        async def replay() -> Message:
            return body.pop() if body else await receive()

        return replay


class _BodyError(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def _refusal(status: int, reason: str) -> Response:
    close = {"connection": "close"} if status in (408, 413) else None
    return JSONResponse({"message": reason}, status_code=status, headers=close)


def _hardened(scope: Scope, send: Send) -> Send:
    """Add the headers that every answer carries."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            if not scope["path"].startswith("/assets/"):
                headers["cache-control"] = "no-store"
        await send(message)

    return sending
