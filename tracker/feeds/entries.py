"""The entries of feeds: one for each event, the same wherever it is read."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from sqlite_utils import Database

from storage import changes, events, instruments, snapshots
from storage.records import Change, Event
from tracker.feeds.scopes import EVERYTHING, Scope
from tracker.render.display_names import authority_short, jurisdiction_name, topic_name
from tracker.wording.change_summaries import gists
from tracker.wording.headlines import headline
from tracker.wording.phrases import counts
from tracker.wording.safe_links import official_url
from tracker.wording.text_fit import clip, one_line

MOST = 100  # entries of one feed
_KEPT = 2_000
_SENTENCES = 20
_OURS = uuid.UUID("6d2b7a53-6d5c-4b0e-9c39-0f7d6b1f3a52")


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as feeds tell it."""

    id: str
    title: str
    url: str
    official_url: str
    at: datetime
    sentences: tuple[str, ...]
    tags: tuple[str, ...]
    authority: str


class Entries:
    """Makes the entries of one reading of the database, each once."""

    def __init__(self, db: Database, base_url: str) -> None:
        self._db, self._base = db, base_url.rstrip("/")
        self.instruments = {each.id: each for each in instruments.all_instruments(db)}
        self._made: OrderedDict[int, Entry] = OrderedDict()

    def of(self, scope: Scope, most: int = MOST) -> list[Entry]:
        """Return the latest entries of *scope*, newest first."""
        return [self._once(each) for each in events.of_scope(self._db, scope.kind, scope.id, most)]

    def _once(self, event: Event) -> Entry:
        found = self._made.pop(event.id, None) or self._entry(event)
        self._made[event.id] = found
        if len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return found

    def _entry(self, event: Event) -> Entry:
        instrument = self.instruments[event.instrument_id]
        comparison = None if event.change_set_id is None else changes.get_set(self._db, event.change_set_id)
        told = comparison.changes if comparison else ()
        said = counts(comparison.summary, told) if comparison else ""
        authority = next((authority_short(each) for each in event.authorities), "")
        name = one_line(instrument.title or instrument.title_native or instrument.id, 200)
        who = " · ".join(part for part in (jurisdiction_name(event.jurisdiction), authority, clip(name, 90)) if part)
        return Entry(
            id=f"urn:uuid:{uuid.uuid5(_OURS, event.key)}",
            title=one_line(f"{who}: {headline(event, said, event.at.date())}"),
            url=self._address(event),
            official_url=official_url(
                event.details.get("url"),
                snapshots.url_of_version(self._db, event.version_id, instrument.id),
                instrument.url,
            ),
            at=event.at,
            sentences=_sentences(told),
            tags=tuple(topic_name(each) for each in event.topics),
            authority=authority or "Clausewatch",
        )

    def _address(self, event: Event) -> str:
        if event.change_set_id is not None:
            return f"{self._base}/changes/{event.change_set_id}"
        return f"{self._base}/instruments/{quote(event.instrument_id)}"


def entries_of(db: Database, scope: Scope = EVERYTHING, *, base_url: str) -> list[Entry]:
    """Return the latest entries of *scope*, newest first."""
    return Entries(db, base_url).of(scope)


def _sentences(told: Iterable[Change]) -> tuple[str, ...]:
    """Return what changed in plain sentences, heaviest first."""
    said = (f"{each.citation}: {each.sentence}" for each in gists(told))
    return tuple(dict.fromkeys(one_line(each) for each in said))[:_SENTENCES]
