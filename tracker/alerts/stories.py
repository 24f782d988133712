"""A story: everything a message says about one event, ready for the templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from storage.records import Comparison, Event, EventKind, Instrument, Milestone, MilestoneKind, Reading, Status, Version
from tracker.alerts.changes import Told, followed, told
from tracker.alerts.renumbering import renumbering
from tracker.alerts.settings import AlertSettings
from tracker.render import status_on
from tracker.render.names import authority_short, jurisdiction_name, topic_name
from tracker.telling.headlines import headline, milestone
from tracker.telling.lines import clip, one_line, readable
from tracker.telling.links import safe_url
from tracker.telling.wording import counts, day, day_of

_DATES = {
    MilestoneKind.ADOPTED: "Adopted",
    MilestoneKind.ISSUED: "Issued",
    MilestoneKind.PUBLISHED: "Published",
    MilestoneKind.IN_FORCE: "In force",
    MilestoneKind.APPLIES: "Applies",
    MilestoneKind.COMMENTS_DUE: "Comments due",
    MilestoneKind.REPEALED: "Repealed",
}
_DETAILS = ("basis", "other_title", "old", "new", "comments_due")
_MOST_DATES = 8
_MOST_NOTES = 4
_WITHOUT_CHANGES = Comparison()


@dataclass(frozen=True, slots=True)
class Material:
    """What is stored about one event: the version it is about, what changed in it, and the instrument's dates."""

    event: Event
    instrument: Instrument
    version: Version | None = None
    comparison: Comparison | None = None
    dates: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of a story fits: changes shown, characters of each redline, stories of a digest."""

    changes: int
    characters: int
    stories: int

    @property
    def brief(self) -> bool:
        """Say whether a story is told without its changes and facts."""
        return self.changes == 0


@dataclass(frozen=True, slots=True)
class Link:
    """A named address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Story:
    """What is told about one event; every text is one clean line unless it is quoted law."""

    kind: EventKind
    instrument_id: str
    jurisdiction: str
    authority: str
    title: str
    title_native: str
    language: str
    headline: str
    facts: tuple[tuple[str, str], ...]
    details: dict[str, str]
    changes: tuple[Told, ...]
    more: int
    followed: str
    renumbering: str
    notes: tuple[str, ...]
    links: tuple[Link, ...]
    redline_url: str

    @property
    def subject(self) -> str:
        """Return who, what and what happened, for a subject line."""
        who = " · ".join(part for part in (self.jurisdiction, self.authority, clip(self.title, 90)) if part)
        return f"{who}: {self.headline}"


def tell(material: Material, settings: AlertSettings, today: date, budget: Budget) -> Story:
    """Return the story of one event, no longer than *budget* allows."""
    event, version = material.event, material.version
    comparison = material.comparison or _WITHOUT_CHANGES
    reading = version.reading if version else None
    changes = told(comparison.changes, budget.characters, _citations(reading, comparison))
    title = one_line(material.instrument.title or material.instrument.title_native or material.instrument.id)
    native = one_line(material.instrument.title_native or (reading.title if reading else ""))
    return Story(
        kind=event.kind,
        instrument_id=event.instrument_id,
        jurisdiction=jurisdiction_name(event.jurisdiction) if event.jurisdiction else "",
        authority=_authority(event, reading),
        title=title,
        title_native=native if native != title else "",
        language=_language(version),
        headline=headline(event, counts(comparison.summary, comparison.changes), today),
        facts=() if budget.brief else tuple(_facts(material, today)),
        details=_details(event, today),
        changes=tuple(changes[: budget.changes]),
        more=max(len(changes) - budget.changes, 0),
        followed=followed(comparison.changes),
        renumbering=renumbering(comparison.changes),
        notes=() if budget.brief else tuple(one_line(note, 400) for note in comparison.notes[:_MOST_NOTES]),
        links=tuple(_links(material, settings)),
        redline_url=_redline_url(event, settings),
    )


def _authority(event: Event, reading: Reading | None) -> str:
    known = reading.authorities if reading else ()
    first = next(iter(event.authorities), "") or next((each.id for each in known), "")
    return one_line(authority_short(first, known), 60) if first else ""


def _language(version: Version | None) -> str:
    language = version.language if version else ""
    return language if language.isascii() and language.replace("-", "").isalpha() else ""


def _citations(reading: Reading | None, comparison: Comparison) -> dict[str, str]:
    """Return how the units that changed are cited in the new text."""
    units = {change.new_unit for change in comparison.changes}
    provisions = reading.walk() if reading and units else ()
    return {each.eid: each.citation or each.label for each in provisions if each.eid in units}


def _facts(material: Material, today: date) -> Iterator[tuple[str, str]]:
    reading = material.version.reading if material.version else None
    event = material.event
    known = {each.id: each for each in (reading.authorities if reading else ())}
    issuers = [_issuer(each.name, each.native) for each in known.values()]
    issuers = issuers or [authority_short(each) for each in event.authorities]
    if issuers:
        yield "Issued by", one_line("; ".join(issuers), 400)
    if reading and reading.number:
        yield "Number", one_line(reading.number, 100)
    if reading and reading.type:
        yield "Type", one_line(reading.type, 100)
    status = status_on(material.dates, today, draft=bool(reading and reading.draft))
    if status is not Status.UNKNOWN:
        yield "Status", status.value.replace("_", " ")
    yield from _date_facts(material.dates)
    if event.topics:
        yield "Topics", one_line(", ".join(topic_name(each) for each in event.topics), 300)


def _issuer(name: str, native: str) -> str:
    return f"{name} ({native})" if name and native and name != native else name or native


def _date_facts(dates: tuple[Milestone, ...]) -> Iterator[tuple[str, str]]:
    standing = [each for each in dates if not each.superseded_by]
    for each in standing[:_MOST_DATES]:
        where = f" ({one_line(each.formula, 60)})" if each.formula and not each.on else ""
        yield _DATES[each.kind], day(each.on) + where


def _details(event: Event, today: date) -> dict[str, str]:
    """Return the event's own details, cleaned; dates in words."""
    given = {key: value for key, value in event.details.items() if value is not None}
    details = dict.fromkeys(_DETAILS, "") | {key: readable(clip(str(value), 600)) for key, value in given.items()}
    for key in ("old", "new", "comments_due"):
        if details[key]:
            details[key] = day(day_of(details[key]))
    details["milestone"] = milestone(event)
    details["on"] = day(event.on) if event.on else ""
    details["days_left"] = str((event.on - today).days) if event.on else ""
    return details


def _links(material: Material, settings: AlertSettings) -> Iterator[Link]:
    event = material.event
    if url := safe_url(event.details.get("url")) or safe_url(material.instrument.url):
        yield Link("Official page", url)
    if url := safe_url(event.details.get("other_url")):
        yield Link("The other act", url)
    if url := _redline_url(event, settings):
        yield Link("Full redline", url)
    yield Link("History", settings.address_of(f"instruments/{quote(event.instrument_id)}"))
    if material.version:
        yield Link("Evidence", settings.address_of(f"evidence/{material.version.snapshot_id}"))


def _redline_url(event: Event, settings: AlertSettings) -> str:
    return settings.address_of(f"changes/{event.change_set_id}") if event.change_set_id is not None else ""
