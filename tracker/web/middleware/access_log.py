"""Access log: one line a request, with what it asked for and what it got; never a token, nor who asked."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.logs import log_event


class AccessLog:
    """ASGI middleware that writes a line when an answer has gone out, or failed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, and note method, path, status, size and time."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, status, size = time.monotonic(), 0, 0

        async def note(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, note)
        finally:
            milliseconds = round((time.monotonic() - start) * 1000)
            facts = {"status": status or 500, "bytes": size, "milliseconds": milliseconds}
            log_event("request", f"{scope['method']} {scope['path']}", **facts)
