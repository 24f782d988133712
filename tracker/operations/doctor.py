"""Doctor: is everything there that watching needs? One line each, with what to do when it is not."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from crawlers.declaration.load import is_loopback
from crawlers.declaration.load import load as load_sources
from crawlers.errors import DeclarationError
from storage import checks, problems, provisions
from storage.database.place import StorePlace, place_without_secrets
from storage.errors import StorageError
from storage.schema.open import open_database
from tracker.alerts.deliver.smtp import server_of
from tracker.alerts.errors import MailServerError
from tracker.config import Settings

_LEAST_SPACE = 1_000_000_000  # bytes; a round over a hundred sources keeps some ten million
_FEW_SPACE = 5_000_000_000
_OVERDUE = timedelta(days=2)
_CONNECT_TIMEOUT = 5.0  # seconds for the mail server to take the call
_EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)


class DoctorState(StrEnum):
    """How one thing stands."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``todo`` is empty when all is well."""

    name: str
    state: DoctorState
    text: str
    todo: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the finding as plain values."""
        return {"name": self.name, "state": self.state.value, "text": self.text, "todo": self.todo}


def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Return how everything stands that watching needs; changes nothing, but opens the home's database."""
    return [finding for look in _LOOKS for finding in look(settings, now)]


def _home(settings: Settings, now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    home = settings.home
    if not home.is_dir():
        yield Finding(
            "home", DoctorState.FAIL, f"{home} is not there", "run `clausewatch check`, or set CLAUSEWATCH_HOME"
        )
        return
    free = shutil.disk_usage(home).free
    state = DoctorState.FAIL if free < _LEAST_SPACE else DoctorState.WARN if free < _FEW_SPACE else DoctorState.OK
    todo = "" if state is DoctorState.OK else "make room, or move the home to a larger disk"
    yield Finding("disk space", state, f"{free / 1e9:.1f} GB free at {home}", todo)


def _declarations(settings: Settings, now: datetime) -> Iterator[Finding]:  # noqa: ARG001
    try:
        sources = load_sources(settings.folders)
    except DeclarationError as error:
        for fault in error.faults:
            yield Finding("declarations", DoctorState.FAIL, fault, "correct the file; docs/adding-a-source.md says how")
        return
    yield Finding("declarations", DoctorState.OK, f"{len(sources)} sources are declared")
    abroad = any(not is_loopback(url) for source in sources.values() for url in source.urls)
    if abroad and not settings.contact:
        yield Finding("contact", DoctorState.FAIL, "no contact is set: nothing beyond this machine is fetched",
                      "set CLAUSEWATCH_CONTACT to an address where a webmaster reaches you")  # fmt: skip
    else:
        yield Finding("contact", DoctorState.OK, settings.contact or "not needed: all sources are on this machine")
    browser_sources = sorted(source.id for source in sources.values() if source.params.get("browser"))
    is_installed = importlib.util.find_spec("playwright") is not None
    if browser_sources and not is_installed:
        text = f"{len(browser_sources)} sources need a browser, which is not installed"
        yield Finding("browser", DoctorState.WARN, text,
                      f"install Playwright and Chromium, or expect problems of {browser_sources[0]}")  # fmt: skip
    else:
        yield Finding("browser", DoctorState.OK, "Playwright is installed" if is_installed else "no source needs one")


def _size_of(place: StorePlace) -> str:
    return f"{place.stat().st_size / 1e6:.1f} MB" if isinstance(place, Path) else place_without_secrets(place)


def _database(settings: Settings, now: datetime) -> Iterator[Finding]:
    place = settings.database
    if isinstance(place, Path) and not place.is_file():
        yield Finding("last round", DoctorState.WARN, "there was none yet", "run `clausewatch check`")
        return
    try:
        db = open_database(place)
    except StorageError as error:
        yield Finding("database", DoctorState.FAIL, str(error), "restore a backup: docs/operating.md says how")
        return
    try:
        yield _texts(provisions.find_lost(db), _size_of(place))
        last = max((check.checked_at for check in checks.latest(db).values()), default=None)
        open_problems = problems.open_problems(db)
    finally:
        db.close()
    yield _last_round(last, now)
    text = f"{len(open_problems)} are open" if open_problems else "none is open"
    yield Finding(
        "problems",
        DoctorState.WARN if open_problems else DoctorState.OK,
        text,
        "see `clausewatch problems`" if open_problems else "",
    )


def _texts(losses: list[str], size: str) -> Finding:
    if losses:
        more = f" (and {len(losses) - 1} more)" if len(losses) > 1 else ""
        return Finding("database", DoctorState.FAIL, losses[0] + more, "restore a backup: docs/operating.md says how")
    return Finding("database", DoctorState.OK, size)


def _last_round(last: datetime | None, now: datetime) -> Finding:
    if last is None:
        return Finding("last round", DoctorState.WARN, "no page was looked at yet", "run `clausewatch check`")
    if last > now + timedelta(minutes=5):
        text = f"the last look was at {last:%Y-%m-%d %H:%M} UTC, which is yet to come"
        return Finding("clock", DoctorState.FAIL, text, "set this machine's clock")
    if now - last > _OVERDUE:
        text = f"{(now - last).days} days ago"
        return Finding("last round", DoctorState.FAIL, text, "start `clausewatch run`, and see why it stopped")
    return Finding("last round", DoctorState.OK, f"{last:%Y-%m-%d %H:%M} UTC")


def _mail(settings: Settings, now: datetime) -> Iterator[Finding]:  # noqa: ARG001
    if not settings.operator_email:
        yield Finding("operator", DoctorState.WARN, "nobody is told of problems", "set CLAUSEWATCH_OPERATOR_EMAIL")
    else:
        yield Finding("operator", DoctorState.OK, settings.operator_email)
    if not settings.smtp_url:
        yield Finding("mail", DoctorState.WARN, "no mail server is set: messages stay in the home as .eml files",
                      "set CLAUSEWATCH_SMTP_URL")  # fmt: skip
        return
    if is_loopback(settings.base_url):
        yield Finding("links", DoctorState.WARN, f"links in mails lead to {settings.base_url}, on this machine only",
                      "set CLAUSEWATCH_BASE_URL to the address readers use")  # fmt: skip
    try:
        server = server_of(settings.smtp_url)
        with socket.create_connection((server.host, server.port), _CONNECT_TIMEOUT):
            yield Finding("mail", DoctorState.OK, f"{server.host}:{server.port} takes calls")
    except MailServerError as error:
        yield Finding("mail", DoctorState.FAIL, str(error), "correct CLAUSEWATCH_SMTP_URL")
    except OSError as error:
        yield Finding("mail", DoctorState.FAIL, f"{server.host}:{server.port}: {error}",
                      "start the mail server, or correct CLAUSEWATCH_SMTP_URL")  # fmt: skip


def _mail_folders(settings: Settings, now: datetime) -> Iterator[Finding]:  # noqa: ARG001
    """Say whether mail can be filed: a folder that takes no file keeps all of it back."""
    for folder in (settings.home / "emails", settings.home / "operator"):
        if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
            yield Finding("mail folder", DoctorState.FAIL, f"{folder}: no mail can be written there",
                          "make it a folder that this user may write; the next round writes what waits")  # fmt: skip


def _clock(settings: Settings, now: datetime) -> Iterator[Finding]:  # noqa: ARG001
    if now < _EARLIEST:
        yield Finding("clock", DoctorState.FAIL, f"it is {now:%Y-%m-%d} here", "set this machine's clock")
    else:
        yield Finding("clock", DoctorState.OK, f"{now:%Y-%m-%d %H:%M} UTC")


_LOOKS: tuple[Callable[[Settings, datetime], Iterator[Finding]], ...] = (
    _home,
    _declarations,
    _database,
    _mail,
    _mail_folders,
    _clock,
)
