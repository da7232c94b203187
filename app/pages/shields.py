"""Shields: pure ASGI middleware in front of every page: origin check and security headers.

A form is protected by where it comes from: browsers send Origin (or at least Sec-Fetch-Site) with every POST, and cannot
be made to lie about it. Referrer-Policy is same-origin: no-referrer would make them send `Origin: null`.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' {live}; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class OriginShield:
    """Refuses (403) a changing request that did not come from one of `origins`."""

    def __init__(self, app: ASGIApp, origins: frozenset[str]) -> None:
        self._app, self._origins = app, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and not self._ours(Headers(scope=scope)):
            answer = PlainTextResponse("This form was not sent from this site. Please reload the page.", 403)
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _ours(self, headers: Headers) -> bool:
        sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
        if sites not in ([], ["same-origin"]) or len(origins) > 1:
            return False
        # Browsers that send no Origin with a form of their own site say so in Sec-Fetch-Site; nobody else may be silent.
        return origins[0] in self._origins if origins else sites == ["same-origin"]


class BodyShield:
    """Refuses (413) a request of more than `usual` bytes. `larger`: address -> bytes, for the forms that hold more."""

    def __init__(self, app: ASGIApp, usual: int, larger: Mapping[str, int]) -> None:
        self._usual = RequestBodyLimitMiddleware(app, max_body_size=usual)
        self._larger = {path: RequestBodyLimitMiddleware(app, max_body_size=size) for path, size in larger.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._larger.get(scope.get("path", ""), self._usual)(scope, receive, send)


class HeaderShield:
    """Adds the security headers; signed-in pages are not stored by anybody."""

    def __init__(self, app: ASGIApp, url: str) -> None:
        self._app = app
        # Older Safari does not take the socket of the same host for 'self'.
        self._headers = {"content-security-policy": CSP.format(live=url.replace("http", "ws", 1)), **HEADERS}
        if url.startswith("https://"):
            self._headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)
