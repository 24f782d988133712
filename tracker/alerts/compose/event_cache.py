"""Event cache: what is stored about the events of one pass, each read once however many are told of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlite_utils import Database

from storage import changes, events, instruments, milestones, pending_versions, relations, snapshots, versions
from storage.records import Comparison, Event, EventKind, RelationKind, ReviewState, Version

if TYPE_CHECKING:
    from tracker.alerts.compose.story import Material

_EVENTS = 4_096
_MAX_MATERIALS = 64  # readings are large; a pass is about few events at a time


class EventCache:
    """Gives out the material of events, and remembers what it gave out last."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.material = lru_cache(maxsize=_MAX_MATERIALS)(self._material)
        self.event = lru_cache(maxsize=_EVENTS)(self._event)

    def _event(self, event_id: int) -> Event:
        return events.get(self._db, event_id)

    def _material(self, event_id: int) -> Material:
        from tracker.alerts.compose.story import Material  # noqa: PLC0415 - lightness: most rounds owe nothing

        event = events.get(self._db, event_id)
        version = self._version(event)
        dates = tuple(milestones.of_instrument(self._db, event.instrument_id))  # postponements included
        return Material(
            event=event,
            instrument=instruments.get(self._db, event.instrument_id),
            version=version,
            comparison=self._comparison(event),
            dates=dates or (version.reading.dates if version else ()),
            other=self._other(event),
            page_url=snapshots.url_of_version(self._db, version.id, event.instrument_id) if version else "",
        )

    def _comparison(self, event: Event) -> Comparison | None:
        if event.change_set_id is not None:
            return changes.get_set(self._db, event.change_set_id)
        return pending_versions.comparison_of_event(self._db, event)

    def _other(self, event: Event) -> Version | None:
        """Return the act that corrects the instrument, whose words say what it corrects."""
        if event.kind is not EventKind.CORRECTED:
            return None
        names = [str(event.details.get("other_id") or "")]
        rows = relations.about_instrument(self._db, event.instrument_id)
        names += [row.instrument_id for row in reversed(rows) if row.kind is RelationKind.CORRECTS]
        acts = (versions.find_latest(self._db, name, standing=ReviewState.CONFIRMED) for name in filter(None, names))
        return next((act for act in acts if act is not None), None)

    def _version(self, event: Event) -> Version | None:
        """Return the version the event is about, or the latest of its instrument."""
        if event.version_id is not None:
            return versions.get(self._db, event.version_id)
        return versions.find_latest(self._db, event.instrument_id, standing=ReviewState.CONFIRMED)
