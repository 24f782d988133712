"""Trusted hosts: a page of another site that points its name at this machine (DNS rebinding) is not served."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from tracker.web.middleware.error_pages import say

_UNKNOWN_HOST = (
    "This server is not known by that name. Its operators set CLAUSEWATCH_BASE_URL to the address readers use."
)


class TrustedHosts:
    """ASGI middleware that answers by the host of *base_url*, by names without a dot, and by any address as a number.

    Who rebinds a name (DNS rebinding) needs one of their own in the public DNS, which has a dot.
    """

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self.app = app
        self._name = (urlsplit(base_url).hostname or "").lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse a name that nobody gave us."""
        if scope["type"] == "http" and not self._is_known(Request(scope).headers.get("host", "")):
            await say(Request(scope), 421, _UNKNOWN_HOST, {"Cache-Control": "no-store"})(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            return ("." not in name and ":" not in name) or name == self._name or bool(ip_address(name))
        except ValueError:
            return False
