"""Cookies: never read by a script, never sent along from another site, only over TLS where we are served over it."""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request, Response


def read_cookie(request: Request, name: str) -> str:
    """Return what the browser keeps for us under *name*; empty when it keeps nothing."""
    return request.cookies.get(_full(request, name), "")


def set_cookie(request: Request, response: Response, name: str, value: str, lasts: timedelta) -> None:
    """Let the browser keep *value*."""
    response.set_cookie(
        _full(request, name), value, max_age=int(lasts.total_seconds()), path="/",
        secure=is_secure(request), httponly=True, samesite="lax",
    )  # fmt: skip


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """Let the browser forget what it keeps under *name*."""
    response.delete_cookie(_full(request, name), path="/", secure=is_secure(request), httponly=True, samesite="lax")


def is_secure(request: Request) -> bool:
    """Return whether we are served over TLS."""
    base_url: str = request.app.state.service.settings.base_url
    return base_url.startswith("https://")


def _full(request: Request, name: str) -> str:
    """Return the full name: one that a browser takes only over TLS and only from this very host, where that can be."""
    return f"__Host-clausewatch-{name}" if is_secure(request) else f"clausewatch-{name}"
