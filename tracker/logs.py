"""Logs: one line a step, a source, a mail, a request, as text for people or JSON for machines; never a secret.

Nothing is written until *configure* was called: a command that a person waits for says what it does by itself.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TextIO, TypeVar

_ROOT = "clausewatch"
_MASK = "[hidden]"
_NOTEWORTHY = 10  # milliseconds; a shorter step had nothing to do, which is told at level debug only
_LEAST_SECRET = 4  # characters; hiding shorter ones would hide half of every line
# a password in an address, and what a link carries that lets its reader in
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@\"]+(?=@)|(?<=token=)[^&\s\"']+|(?<=Bearer )\S+")
_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


class _LineFormatter(logging.Formatter):
    """Writes a record as one line without secrets."""

    def __init__(self, kind: str, secrets: Iterable[str]) -> None:
        super().__init__()
        self._kind = kind
        self._secrets = sorted((text for text in secrets if len(text) >= _LEAST_SECRET), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = dict(getattr(record, "fields", {}))
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        text = record.getMessage()
        if self._kind == "json":
            head = {"at": at, "level": record.levelname.lower(), "logger": record.name, "event": text}
            return self._without_secrets(json.dumps(head | fields, ensure_ascii=False, default=str))
        pairs = "".join(f" {name}={_plain(value)}" for name, value in fields.items())
        return self._without_secrets(
            f"{at} {record.levelname.lower():<7} {record.name}: {' '.join(text.split())}{pairs}"
        )

    def _without_secrets(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, _MASK)
        return _CREDENTIALS.sub(_MASK, line)


def configure(level: str, kind: str, secrets: Iterable[str] = (), to: TextIO | None = None) -> None:
    """Write the log of this process from now on: *kind* is text or json; *secrets* are hidden wherever they stand."""
    handler = logging.StreamHandler(to or sys.stderr)
    handler.setFormatter(_LineFormatter(kind, secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(_ROOT).setLevel(level.upper())


LISTENERS: list[Callable[[str, str, dict[str, object]], None]] = []
"""Who else is told what happens: metrics, where somebody asks for them."""


def log_event(room: str, event: str, *, level: int = logging.INFO, **fields: object) -> None:
    """Write one line about something that happened in *room*, with its facts."""
    for listener in LISTENERS:
        listener(room, event, fields)
    logging.getLogger(f"{_ROOT}.{room}").log(level, event, extra={"fields": fields})


def logged_step(step: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """Let a step of a round write a line when it has ended: its name, and how long it took."""

    @wraps(step)
    def with_time(*args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
        start = time.monotonic()
        result = step(*args, **kwargs)
        milliseconds = round((time.monotonic() - start) * 1000)
        level = logging.INFO if milliseconds >= _NOTEWORTHY else logging.DEBUG
        log_event("step", getattr(step, "__name__", "step"), level=level, milliseconds=milliseconds)
        return result

    return with_time


def _plain(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if not text or re.search(r"[\s\"=]", text) else text
