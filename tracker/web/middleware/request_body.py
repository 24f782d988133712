"""Request body limits: what is sent is taken whole first, and never large nor slow."""

from __future__ import annotations

import asyncio

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.web.middleware.error_pages import say

LARGEST = 256 * 1024  # bytes; a declaration is the longest thing anybody pastes
_WITHIN = 10.0  # seconds
_BODYLESS = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestBodyLimit:
    """ASGI middleware that lets the application answer only when the whole body is here."""

    def __init__(self, app: ASGIApp, within: float = _WITHIN) -> None:
        self.app = app
        self._within = within

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 to what is too large and 408 to what is too slow; who went away gets no answer."""
        if scope["type"] != "http" or scope["method"] in _BODYLESS:
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._within):
                body = await _body(receive)
        except TimeoutError:
            await say(Request(scope), 408, "That took too long to arrive.", _CLOSE_HEADERS)(scope, receive, send)
            return
        if body is None:
            return
        if len(body) > LARGEST:
            await say(Request(scope), 413, "That is more than we take.", _CLOSE_HEADERS)(scope, receive, send)
            return
        await self.app(scope, _again(body, receive), send)


_CLOSE_HEADERS = {"Connection": "close", "Cache-Control": "no-store"}


async def _body(receive: Receive) -> bytes | None:
    """Return the body, or a little more than the largest of a longer one; None when its sender went away."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > LARGEST or not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    unread_parts = [body]

    async def replay() -> Message:
        return (
            {"type": "http.request", "body": unread_parts.pop(), "more_body": False}
            if unread_parts
            else await receive()
        )

    return replay
