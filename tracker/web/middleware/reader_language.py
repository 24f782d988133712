"""The reader's language: chosen in the address, kept in a cookie, or asked for by the browser (Accept-Language)."""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.web.page_templates import HERE, LANGUAGE
from tracker.wording.interface_words import interface_languages, preferred_language

LANGUAGE_COOKIE = "language"
_SAME_FOR_ALL = re.compile(r"/(?:static|api|feeds)/|/healthz|/evidence/[^/]+/")


class ReaderLanguage:
    """ASGI middleware that says in which language a page is made, and that it depends on who asks."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, in the language of the reader."""
        if scope["type"] != "http" or _SAME_FOR_ALL.match(scope["path"]):
            await self.app(scope, receive, send)
            return
        LANGUAGE.set(language_of_request(scope))
        query = scope.get("query_string", b"").decode("latin-1")
        HERE.set(scope["path"] + (f"?{query}" if query else ""))

        async def vary(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Accept-Language")
                headers.add_vary_header("Cookie")
            await send(message)

        await self.app(scope, receive, vary)


def language_of_request(scope: Scope) -> str:
    """Return the language that was chosen in the address, before, or by the browser."""
    headers = Headers(scope=scope)
    choice = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[-1]
    for language in (choice, _cookie(headers.get("cookie", ""))):
        if language in interface_languages():
            return language
    return preferred_language(headers.get("accept-language", ""))


def _cookie(header: str) -> str:
    try:
        cookies = SimpleCookie(header)
    except CookieError:
        return ""
    values = [cookie.value for name, cookie in cookies.items() if name.endswith(f"clausewatch-{LANGUAGE_COOKIE}")]
    return values[0] if values else ""
