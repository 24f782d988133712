"""What somebody may be told, as pages list it: each event in a sentence, a changed text in one for each change."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from threading import Lock
from typing import Any

from sqlite_utils import Database

from storage import changes, corrections
from storage.database.connection import database_name
from storage.events import EventSummary
from storage.records import Event, EventKind, Weight
from tracker.render.display_names import authority_short
from tracker.view_models.provision_links import segment
from tracker.wording.change_summaries import Gist, gists
from tracker.wording.headlines import headline, lead
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.phrases import counts
from tracker.wording.text_fit import one_line

K = EventKind
KINDS = {kind.value: ENGLISH(f"kind.{kind.value}") for kind in EventKind}
_TOLD_BY_LEAD = {K.NEW_INSTRUMENT, K.DATE_MOVED, K.AMENDING_ACT, K.REPEALED, K.CORRECTED, K.WILL_CHANGE, K.DIFFERED}
"""Events that the first sentence of a message tells better than its subject."""
_SENTENCES = 3  # of one event
_MAX_CACHED = 4_000


@dataclass(frozen=True, slots=True)
class Item:
    """One event as a list shows it; ``back`` are the events that took it back."""

    address: str
    title: str
    title_native: str
    language: str
    jurisdiction: str
    kind: str
    weight: str
    at: datetime
    says: str
    detail: str
    gists: tuple[Gist, ...]
    more: int
    topics: tuple[str, ...]
    back: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class EventGroup:
    """The events of one day, heaviest first, and how many there are of each weight."""

    on: date
    items: tuple[Item, ...]

    @property
    def weights(self) -> dict[str, int]:
        """How many there are of each weight, heaviest first."""
        counter = Counter(item.weight for item in self.items)
        return {weight.value: counter[weight.value] for weight in Weight if counter[weight.value]}


def items_of(db: Database, rows: Sequence[EventSummary], today: date, words: Labels = ENGLISH) -> list[Item]:
    """Return *rows* as lists show them, in the same order, in the language of *words*."""
    back = corrections.of_events(db, [row.event for row in rows])
    return [_item(db, row, today, tuple(back.get(row.event.id, ())), words) for row in rows]


def group_by_day(items: Sequence[Item]) -> list[EventGroup]:
    """Return *items*, which are newest first, by day, and in each day the heaviest first."""
    order = [weight.value for weight in Weight]
    days = groupby(items, key=lambda item: item.at.date())
    return [EventGroup(on, tuple(sorted(group, key=lambda item: order.index(item.weight)))) for on, group in days]


def _item(db: Database, row: EventSummary, today: date, back: tuple[Event, ...], words: Labels) -> Item:
    event = row.event
    totals, sentences, more = _event_item(db, row, words)
    title = row.title or row.title_native or event.instrument_id
    retracts = bool(event.details.get("retracted"))
    return Item(
        address=_address(event),
        title=title,
        title_native=row.title_native,
        language=row.language,
        jurisdiction=event.jurisdiction,
        kind=words(f"kind.{event.kind.value}"),
        weight=event.weight.value,
        at=event.at,
        says=_says(event, totals, today, words),
        detail=one_line(str(event.details.get("basis") or ""), 240) if retracts else "",
        gists=sentences,
        more=more,
        topics=event.topics,
        back=back,
    )


def _says(event: Event, totals: str, today: date, words: Labels) -> str:
    news = headline(event, totals, today, words)
    if event.kind not in _TOLD_BY_LEAD or event.details.get("retracted"):
        return news
    who = next((authority_short(authority, (), words.language) for authority in event.authorities), "")
    other = one_line(str(event.details.get("other_title") or ""), 200)
    return lead(event, news, today, other=other, authority=who, words=words).removesuffix(words("fact.stop"))


def _address(event: Event) -> str:
    if event.change_set_id is not None:
        return f"/changes/{event.change_set_id}"
    if event.details.get("pending_id"):
        return f"/pending/{event.details['pending_id']}"
    return f"/instruments/{segment(event.instrument_id)}"


EventItem = tuple[str, tuple[Gist, ...], int]


class _EventCache:
    """What was told of change sets, which is dear to make: the latest asked for, by all that could change it."""

    def __init__(self) -> None:
        self._items: OrderedDict[tuple[Any, ...], EventItem] = OrderedDict()
        self._lock = Lock()

    def find(self, key: tuple[Any, ...]) -> EventItem | None:
        """Return what is kept under *key*."""
        with self._lock:
            item = self._items.get(key)
            if item is not None:
                self._items.move_to_end(key)
            return item

    def keep(self, key: tuple[Any, ...], item: EventItem) -> None:
        """Keep *item*, and let go of what was not asked for the longest."""
        with self._lock:
            self._items[key] = item
            if len(self._items) > _MAX_CACHED:
                self._items.popitem(last=False)


_CACHE = _EventCache()


def _event_item(db: Database, row: EventSummary, words: Labels) -> EventItem:
    """Return how many units of a change set differ, in words, its heaviest changes, and how many there are besides."""
    set_id = row.event.change_set_id
    if set_id is None:
        return "", (), 0
    key = (database_name(db), set_id, row.words_id, row.event.at, words.language)  # words read anew get another pack
    if earlier_item := _CACHE.find(key):
        return earlier_item
    changed_provisions = changes.of_set(db, set_id)
    sentences = gists(changed_provisions, words)
    item = (
        counts(row.summary, changed_provisions, words),
        tuple(sentences[:_SENTENCES]),
        max(len(sentences) - _SENTENCES, 0),
    )
    _CACHE.keep(key, item)
    return item
