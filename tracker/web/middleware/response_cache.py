"""Response cache: answers are kept under a cache key until the database changes, each with an ETag.

Everything a page shows comes from its address, its reader's language, the database and the hour (a day begins, a look
is overdue), so these four are the key. A page that is kept costs its reader nothing; one that has to be made is taken
from their allowance.
HEAD is answered here for every address: as GET, without the body.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import HTTPException, Request
from sqlite_utils import Database
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storage.database.place import StorePlace
from storage.schema.open import open_database
from tracker.web.middleware.error_pages import say
from tracker.web.page_templates import ADDRESS, LANGUAGE
from tracker.web.rate_limit import limit_pages

_ROOM = 32 * 1024 * 1024
_LARGEST = 2 * 1024 * 1024
_LONGEST_KEY = 2_000  # bytes of an address; nobody links to a longer one
_AROUND = 1_000  # bytes that keeping an answer takes beside it
_FRESH = ("/healthz", "/evidence/", "/unsubscribe", "/subscribe", "/confirm", "/manage", "/operators", "/team")
_PRIVATE = (b"no-store", b"private")
CachedHeaders = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """A whole response."""

    status: int
    headers: CachedHeaders
    body: bytes

    @property
    def for_everybody(self) -> bool:
        """Return whether another reader may get the same answer."""
        cache_control = next((value for name, value in self.headers if name == b"cache-control"), b"")
        return not any(word in cache_control for word in _PRIVATE) and all(
            name != b"set-cookie" for name, _ in self.headers
        )


class ResponseCache:
    """ASGI middleware that keeps good answers, gives each an ETag, and answers HEAD."""

    def __init__(self, app: ASGIApp, database: StorePlace) -> None:
        self.app = app
        self._database = database
        self._watch_db: Database | None = None
        self._state: tuple[int, str] = (0, "")
        self._responses: OrderedDict[bytes, CachedResponse] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or let the application answer and keep it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            self.close()
        elif scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
        elif scope["path"].startswith(_FRESH):
            await self.app({**scope, "method": "GET"}, receive, _bodyless(send) if scope["method"] == "HEAD" else send)
        else:
            try:
                response = await self._answer_of(scope, receive)
            except HTTPException as refusal:
                answer = say(Request(scope), refusal.status_code, refusal.detail, refusal.headers)
                await answer(scope, receive, send)
            else:
                await _answer(scope, send, response)

    def close(self) -> None:
        """Close the connection that watches the database."""
        if self._watch_db is not None:
            self._watch_db.close()
            self._watch_db = None

    async def _answer_of(self, scope: Scope, receive: Receive) -> CachedResponse:
        self._forget_when_changed()
        key = _key(scope)
        if hit := self._responses.get(key):
            self._responses.move_to_end(key)
            return hit
        limit_pages(Request(scope))
        ADDRESS.set(scope["app"].state.service.settings.base_url + _address(scope).decode("latin-1").removesuffix("?"))
        before = self._state
        response = await _collect(self.app, {**scope, "method": "GET"}, receive)
        worth = (
            response.status == 200
            and response.for_everybody
            and len(response.body) <= _LARGEST
            and len(key) <= _LONGEST_KEY
        )
        if worth and self._state == before:
            self._keep(key, response)
        return response

    def _keep(self, key: bytes, response: CachedResponse) -> None:
        if key in self._responses:
            self._size -= _weight(key, self._responses.pop(key))
        self._responses[key] = response
        self._size += _weight(key, response)
        while self._size > _ROOM:
            self._size -= _weight(*self._responses.popitem(last=False))

    def _forget_when_changed(self) -> None:
        if self._watch_db is None:
            self._watch_db = open_database(self._database)
        version = self._watch_db.execute("PRAGMA data_version").fetchone()[0]
        now = (version, f"{datetime.now(UTC):%Y-%m-%dT%H}")
        if now != self._state:
            self._state = now
            self._responses.clear()
            self._size = 0


def _key(scope: Scope) -> bytes:
    return LANGUAGE.get().encode() + b" " + _address(scope)


def _address(scope: Scope) -> bytes:
    path: bytes = scope.get("raw_path", scope["path"].encode())
    query = b"" if scope["path"].startswith("/static/") else scope.get("query_string", b"")
    return path + b"?" + query


def _weight(key: bytes, response: CachedResponse) -> int:
    return _AROUND + len(key) + len(response.body) + sum(len(name) + len(value) for name, value in response.headers)


async def _collect(app: ASGIApp, scope: Scope, receive: Receive) -> CachedResponse:
    status, headers, parts = 500, CachedHeaders(), list[bytes]()

    async def collect(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message.get("headers", []))
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app(scope, receive, collect)
    body = b"".join(parts)
    if status == 200 and CachedResponse(status, headers, b"").for_everybody:
        headers.append((b"etag", b'"' + hashlib.sha256(body).hexdigest()[:32].encode() + b'"'))
        if not any(name == b"cache-control" for name, _ in headers):
            headers.append((b"cache-control", b"no-cache"))
    return CachedResponse(status, headers, body)


async def _answer(scope: Scope, send: Send, response: CachedResponse) -> None:
    etag = next((value for name, value in response.headers if name == b"etag"), None)
    if etag and any(name == b"if-none-match" and _matches(value, etag) for name, value in scope["headers"]):
        headers = [(name, value) for name, value in response.headers if name in {b"etag", b"cache-control"}]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else response.body})


def _matches(header: bytes, etag: bytes) -> bool:
    return etag in {tag.strip().removeprefix(b"W/") for tag in header.split(b",")} or header.strip() == b"*"


def _bodyless(send: Send) -> Send:
    async def without_body(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        with suppress(RuntimeError):
            await send(message)

    return without_body
