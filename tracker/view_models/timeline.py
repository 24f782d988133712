"""A law through time: its own dates, what other acts did to it, and its draft or what became of that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from storage import events, instruments, versions
from storage.records import Event, EventKind, Milestone, Reading, Relation
from tracker.identity.instruments import fold_number, target_of
from tracker.view_models.provision_links import text_path
from tracker.wording.safe_links import official_url

_DONE = {
    EventKind.AMENDING_ACT: "amended",
    EventKind.CORRECTED: "corrected",
    EventKind.REPEALED: "repealed",
    EventKind.DATE_MOVED: "date moved",
}
_OWN_WORDS = "the page's own "  # a basis that begins so is ours, and no quotation
_DRAFT = "-draft"


@dataclass(frozen=True, slots=True)
class Other:
    """Another act: its title, and where it is read, with us or at its publisher; no address when neither is known."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline: a day, what happened on it, in which words it rests, and which act did it."""

    on: date | None
    what: str
    basis: str = ""
    quoted: bool = True
    eid: str | None = None
    formula: str = ""
    by: Other | None = None
    superseded: Other | None = None


def timeline_of(db: Database, instrument_id: str, days: Iterable[Milestone]) -> list[Moment]:
    """Return the moments of an instrument, oldest first, those without a day at the end."""
    found = [_of_date(db, each) for each in days]
    found += [made for each in events.of_instrument(db, instrument_id) if (made := _of_act(db, each))]
    return sorted(found, key=lambda each: (each.on is None, each.on or date.max))


def stages_of(db: Database, instrument_id: str) -> list[tuple[str, Other]]:
    """Return what is known of the same rule at another stage: its draft, or what became of one."""
    if instrument_id.endswith(_DRAFT):
        asked = (("Adopted as", instrument_id.removesuffix(_DRAFT)),)
    else:
        asked = (("Draft", instrument_id + _DRAFT),)
    return [(words, other) for words, name in asked if (other := _known(db, name))]


def relations_of(db: Database, instrument_id: str, reading: Reading) -> list[tuple[Relation, str]]:
    """Return what a text says about other acts, each with where that act is when we hold it."""
    if not reading.relations:
        return []
    others = [each for each in instruments.all_instruments(db) if each.id != instrument_id]
    numbers = {fold_number(number): name for name, number in versions.numbers(db).items() if name != instrument_id}
    once = {(each.kind, each.target): each for each in reversed(reading.relations)}
    found = [(each, target_of(each, others, numbers)) for each in reversed(once.values())]
    return [(each, text_path(target) if target else "") for each, target in found]


def _of_date(db: Database, day: Milestone) -> Moment:
    what = day.kind.value.replace("_", " ")
    gone = _known(db, day.superseded_by) or Other(day.superseded_by, "") if day.superseded_by else None
    quoted = not day.basis.startswith(_OWN_WORDS)
    return Moment(day.on, what, day.basis, quoted, day.eid, day.formula or "", superseded=gone)


def _of_act(db: Database, event: Event) -> Moment | None:
    title = str(event.details.get("other_title") or "")
    if event.kind not in _DONE or not title:
        return None
    known = instruments.id_by_title(db, title)
    address = text_path(known) if known else official_url(event.details.get("other_url"))
    basis = str(event.details.get("basis") or "")
    return Moment(event.at.date(), _DONE[event.kind], basis, by=Other(title, address))


def _known(db: Database, instrument_id: str) -> Other | None:
    found = instruments.find(db, instrument_id)
    return Other(found.title, text_path(instrument_id)) if found else None
