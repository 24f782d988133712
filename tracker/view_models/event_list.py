"""What somebody may be told, as pages list it: each event in a sentence, a changed text in one for each change."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from sqlite_utils import Database

from storage import changes, corrections
from storage.lists import ListedEvent
from storage.records import Event, EventKind, Weight
from tracker.render.display_names import authority_short
from tracker.view_models.provision_links import segment
from tracker.wording.change_summaries import Gist, gists
from tracker.wording.headlines import headline, lead
from tracker.wording.labels import ENGLISH
from tracker.wording.phrases import counts
from tracker.wording.text_fit import one_line

K = EventKind
KINDS = {kind.value: ENGLISH(f"kind.{kind.value}") for kind in EventKind}
_LED = {K.NEW_INSTRUMENT, K.DATE_MOVED, K.AMENDING_ACT, K.REPEALED, K.CORRECTED}
"""Events that the first sentence of a message tells better than its subject."""
_SENTENCES = 3  # of one event
_KEPT = 4_000


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
    """The events of one jurisdiction, heaviest first, and how many there are of each weight."""

    jurisdiction: str
    items: tuple[Item, ...]

    @property
    def weights(self) -> dict[str, int]:
        """How many there are of each weight, heaviest first."""
        found = Counter(each.weight for each in self.items)
        return {weight.value: found[weight.value] for weight in Weight if found[weight.value]}


def items_of(db: Database, found: Sequence[ListedEvent], today: date) -> list[Item]:
    """Return *found* as lists show them, in the same order."""
    back = corrections.of_events(db, [each.event for each in found])
    return [_item(db, each, today, tuple(back.get(each.event.id, ()))) for each in found]


def grouped(items: Sequence[Item]) -> list[EventGroup]:
    """Return *items* by jurisdiction, the one with the heaviest news first, and in each the heaviest first."""
    order = [weight.value for weight in Weight]
    by_place: dict[str, list[Item]] = {}
    for each in sorted(items, key=lambda item: order.index(item.weight)):
        by_place.setdefault(each.jurisdiction, []).append(each)
    return [EventGroup(place, tuple(held)) for place, held in by_place.items()]


def _item(db: Database, listed: ListedEvent, today: date, back: tuple[Event, ...]) -> Item:
    event = listed.event
    said, sentences, more = _told(db, listed)
    title = listed.title or listed.title_native or event.instrument_id
    retracts = bool(event.details.get("retracted"))
    return Item(
        address=_address(event),
        title=title,
        title_native=listed.title_native,
        language=listed.language,
        jurisdiction=event.jurisdiction,
        kind=KINDS[event.kind.value],
        weight=event.weight.value,
        at=event.at,
        says=_says(event, said, today),
        detail=one_line(str(event.details.get("basis") or ""), 240) if retracts else "",
        gists=sentences,
        more=more,
        topics=event.topics,
        back=back,
    )


def _says(event: Event, said: str, today: date) -> str:
    told = headline(event, said, today)
    if event.kind not in _LED or event.details.get("retracted"):
        return told
    who = next((authority_short(each) for each in event.authorities), "")
    other = one_line(str(event.details.get("other_title") or ""), 200)
    return lead(event, told, today, other=other, authority=who).removesuffix(".")


def _address(event: Event) -> str:
    if event.change_set_id is not None:
        return f"/changes/{event.change_set_id}"
    return f"/instruments/{segment(event.instrument_id)}"


EventItem = tuple[str, tuple[Gist, ...], int]


class _Kept:
    """What was told of change sets, which is dear to make: the latest asked for, by all that could change it."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[Any, ...], EventItem] = OrderedDict()
        self._lock = Lock()

    def find(self, key: tuple[Any, ...]) -> EventItem | None:
        """Return what is kept under *key*."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def keep(self, key: tuple[Any, ...], told: EventItem) -> None:
        """Keep *told*, and let go of what was not asked for the longest."""
        with self._lock:
            self._held[key] = told
            if len(self._held) > _KEPT:
                self._held.popitem(last=False)


_KNOWN = _Kept()


def _told(db: Database, listed: ListedEvent) -> EventItem:
    """Return how many units of a change set differ, in words, its heaviest changes, and how many there are besides."""
    set_id = listed.event.change_set_id
    if set_id is None:
        return "", (), 0
    file = db.execute("PRAGMA database_list").fetchone()[2]
    key = (file, set_id, listed.words_id, listed.event.at)  # words read anew get another pack
    if known := _KNOWN.find(key):
        return known
    found = changes.of_set(db, set_id)
    sentences = gists(found)
    made = counts(listed.summary, found), tuple(sentences[:_SENTENCES]), max(len(sentences) - _SENTENCES, 0)
    _KNOWN.keep(key, made)
    return made
