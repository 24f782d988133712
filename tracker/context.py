"""What the journey works with: one database, one archive, the declarations, the settings and a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from crawlers.declaration.load import load, stamp
from storage import sources
from storage.archive import Archive
from storage.records import Source
from storage.schema.open import open_database
from tracker.alerts import AlertSettings
from tracker.config import Settings
from tracker.errors import UsageError

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class AppContext:
    """What the journey works with: one database, one archive, the declarations, the settings and a clock."""

    db: Database
    archive: Archive
    sources: Mapping[str, Source]
    settings: Settings
    clock: Clock = lambda: datetime.now(UTC)
    given_clock: bool = False
    folders: tuple[Path, ...] = ()

    @property
    def alert_settings(self) -> AlertSettings:
        """The part of the settings that composing and delivering need."""
        s = self.settings
        return AlertSettings(
            home=s.home,
            base_url=s.base_url,
            mail_from=s.mail_from,
            smtp_url=s.smtp_url or None,
            secret_key=s.key(),
            translate_url=s.translate_url,
            translate_key=s.translate_key,
            translate_kind=s.translate_kind,
            translate_model=s.translate_model,
            operator_email=s.operator_email or None,
            domain_pause=s.smtp_pause,
            patience=s.smtp_patience,
            policy=s.delivery_policy,
        )


def open_context(
    settings: Settings,
    sources_declared: Mapping[str, Source],
    folders: tuple[Path, ...],
    clock: Clock | None = None,
    *,
    to_watch: bool = True,
) -> AppContext:
    """Open the home of *settings*; *to_watch* also records the declared sources.

    Raises StorageError when the database is damaged, another program's or of a newer Clausewatch.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"setting home: {settings.home} cannot be made: {error.strerror}") from None
    db = open_database(settings.database)
    service = AppContext(
        db,
        Archive(settings.archive),
        sources_declared,
        settings,
        clock or (lambda: datetime.now(UTC)),
        given_clock=clock is not None,
        folders=folders,
    )
    if to_watch:
        sources.sync(db, sources_declared.values(), service.clock())
    return service


class ReloadingContext:
    """The service of a process that stays: declarations are read and recorded anew only when a file of them changed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stamp: object = None
        self._sources: dict[str, Source] = {}

    def service(self, settings: Settings | None = None, clock: Clock | None = None) -> AppContext:
        """Return the service with a connection of its own, by *settings* where they differ: none crosses threads."""
        now = stamp(self._settings.folders)
        has_changed = now != self._stamp
        if has_changed:
            self._sources = load(self._settings.folders)
        folders = self._settings.folders
        context = open_context(settings or self._settings, self._sources, folders, clock, to_watch=has_changed)
        self._stamp = now
        return context
