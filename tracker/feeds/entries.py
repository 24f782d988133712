"""The entries of feeds: one for each event, the same wherever it is read."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from sqlite_utils import Database

from storage import changes, events, instruments, pending_versions, snapshots
from storage.records import Change, Comparison, Event
from tracker.feeds.scopes import ALL_SCOPE, Scope
from tracker.render.display_names import authority_short, jurisdiction_name, topic_name
from tracker.wording.change_summaries import gists
from tracker.wording.headlines import headline
from tracker.wording.labels import ENGLISH
from tracker.wording.phrases import counts
from tracker.wording.safe_links import official_url
from tracker.wording.text_fit import clip, one_line
from tracker.wording.title_gloss import working_title

MOST = 100  # entries of one feed
_MAX_CACHED = 2_000
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
        self.instruments = {instrument.id: instrument for instrument in instruments.all_instruments(db)}
        self._cache: OrderedDict[int, Entry] = OrderedDict()

    def of(self, scope: Scope, most: int = MOST) -> list[Entry]:
        """Return the latest entries of *scope*, newest first."""
        return [self._once(event) for event in events.of_scope(self._db, scope.kind, scope.id, most)]

    def _once(self, event: Event) -> Entry:
        entry = self._cache.pop(event.id, None) or self._entry(event)
        self._cache[event.id] = entry
        if len(self._cache) > _MAX_CACHED:
            self._cache.popitem(last=False)
        return entry

    def _entry(self, event: Event) -> Entry:
        instrument = self.instruments[event.instrument_id]
        comparison = self._comparison(event)
        changed_provisions = comparison.changes if comparison else ()
        totals = counts(comparison.summary, changed_provisions) if comparison else ""
        authority = next((authority_short(tag) for tag in event.authorities), "")
        name = one_line(instrument.title or instrument.title_native or instrument.id, 200)
        if gloss := working_title(name):
            name = f"{gloss} [{ENGLISH('mail.working_title')}] {name}"
        who = " · ".join(part for part in (jurisdiction_name(event.jurisdiction), authority, clip(name, 140)) if part)
        return Entry(
            id=f"urn:uuid:{uuid.uuid5(_OURS, event.key)}",
            title=one_line(f"{who}: {headline(event, totals, event.at.date())}"),
            url=self._address(event),
            official_url=official_url(
                event.details.get("url"),
                snapshots.url_of_version(self._db, event.version_id, instrument.id),
                instrument.url,
            ),
            at=event.at,
            sentences=_sentences(changed_provisions),
            tags=tuple(topic_name(tag) for tag in event.topics),
            authority=authority or "Clausewatch",
        )

    def _comparison(self, event: Event) -> Comparison | None:
        if event.change_set_id is not None:
            return changes.get_set(self._db, event.change_set_id)
        return pending_versions.comparison_of_event(self._db, event)

    def _address(self, event: Event) -> str:
        if event.details.get("pending_id"):
            return f"{self._base}/pending/{event.details['pending_id']}"
        if event.change_set_id is not None:
            return f"{self._base}/changes/{event.change_set_id}"
        return f"{self._base}/instruments/{quote(event.instrument_id)}"


def entries_of(db: Database, scope: Scope = ALL_SCOPE, *, base_url: str) -> list[Entry]:
    """Return the latest entries of *scope*, newest first."""
    return Entries(db, base_url).of(scope)


def _sentences(changed_provisions: Iterable[Change]) -> tuple[str, ...]:
    """Return what changed in plain sentences, heaviest first."""
    lines = (f"{gist.citation}: {gist.sentence}" for gist in gists(changed_provisions))
    return tuple(dict.fromkeys(one_line(gist) for gist in lines))[:_SENTENCES]
