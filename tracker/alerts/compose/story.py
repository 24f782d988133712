"""A story: everything a message says about one event, ready for the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from storage.records import Comparison, Event, EventKind, Instrument, Milestone, Reading, Status, Version
from tracker.alerts.compose.act_details import ActSection, act_sections, comment_links
from tracker.alerts.compose.change_views import ChangeStyle, ChangeView, change_views, reference_only_units
from tracker.alerts.compose.recipient import Recipient
from tracker.alerts.compose.renumbering_summary import renumbering_summary
from tracker.alerts.settings import AlertSettings
from tracker.render import status_on
from tracker.render.display_names import authority_short, jurisdiction_name, topic_name, type_name
from tracker.render.scripts import language_of
from tracker.weigh.change_set.date_changes import notes_of_dates
from tracker.wording.citation_gloss import citations_in_english
from tracker.wording.headlines import headline, lead
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.phrases import counts, day
from tracker.wording.prediction_facts import prediction_facts
from tracker.wording.safe_links import official_url, safe_url
from tracker.wording.set_facts import set_facts
from tracker.wording.set_notes import note_in
from tracker.wording.set_summaries import set_summary, subject_words
from tracker.wording.text_fit import clip, one_line, readable
from tracker.wording.title_gloss import working_title

_MOST_DATES = 8
_MOST_NOTES = 4
_SUBJECT = 90  # characters, of which a phone shows half
_LEAST_TITLE = 18
_BETWEEN = " · "
_WITHOUT_CHANGES = Comparison()
_OF_PREDICTIONS = (EventKind.WILL_CHANGE, EventKind.DIFFERED)
_OF_CHANGES = (EventKind.NEW_VERSION, EventKind.REVERSED, *_OF_PREDICTIONS)


@dataclass(frozen=True, slots=True)
class Material:
    """What is stored about one event: its version and where that was read, what changed, the instrument's dates."""

    event: Event
    instrument: Instrument
    version: Version | None = None
    comparison: Comparison | None = None
    dates: tuple[Milestone, ...] = ()
    page_url: str = ""
    other: Version | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of a story fits: changes shown, characters of each redline, stories of a digest."""

    changes: int
    characters: int
    stories: int

    @property
    def brief(self) -> bool:
        """Return whether a story is told without its changes and facts."""
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
    title_translated: str
    language: str
    headline: str
    lead: str
    totals: str
    basis: str
    sections: tuple[ActSection, ...]
    facts: tuple[tuple[str, str], ...]
    changes: tuple[ChangeView, ...]
    more: int
    reference_only: str
    new_numbers: str
    notes: tuple[str, ...]
    links: tuple[Link, ...]
    redline_url: str
    words: Labels

    @property
    def subject(self) -> str:
        """Return where, what happened and to what, for a subject line: the news before the title."""
        room = _SUBJECT - len(self.jurisdiction) - 2 * len(_BETWEEN)
        news = self.headline[:1].upper() + self.headline[1:]
        title = clip(self.title, max(room - len(news), _LEAST_TITLE))
        return _BETWEEN.join(filter(None, (self.jurisdiction, clip(news, room - len(title)), title)))


def no_translation(text: str) -> str:  # noqa: ARG001 - a translator is told what to translate
    """Translate nothing: what a message is made with when no translation is configured."""
    return ""


def build_story(
    material: Material,
    settings: AlertSettings,
    reader: Recipient,
    budget: Budget,
    translate: Callable[[str], str] = no_translation,
) -> Story:
    """Return the story of one event, no longer than *budget* allows, as *reader* is told it."""
    event, version, words = material.event, material.version, reader.words
    comparison = material.comparison or _WITHOUT_CHANGES
    reading = version.reading if version else None
    way = ChangeStyle(words, _citations(reading, comparison), translate)
    changes = change_views(comparison.changes, budget.characters, way)
    title, native = titles(material, words.language)
    translated = one_line(translate(title))
    if not translated:
        title, native = _glossed(title, native, words)
    news = headline(event, counts(comparison.summary, comparison.changes, words), reader.today, words)
    who = _authority(event, reading, words)
    summary = set_summary(comparison, words) if event.kind in _OF_CHANGES else ""
    is_back = event.kind is EventKind.REVERSED  # that it was taken back is the news
    is_computed = event.kind in _OF_PREDICTIONS  # that it is no official text is said first
    return Story(
        kind=event.kind,
        instrument_id=event.instrument_id,
        jurisdiction=jurisdiction_name(event.jurisdiction, words.language) if event.jurisdiction else "",
        authority=who,
        title=title,
        title_native=native,
        title_translated=translated,
        language=_language(version),
        headline=news if is_back else _news(event, subject_words(summary), words) or news,
        lead=" ".join(
            filter(None, (_lead(event, news, reader, who) if is_back or is_computed or not summary else "", summary))
        ),
        totals=counts(comparison.summary, comparison.changes, words) if summary else "",
        basis=_detail(event, "basis"),
        sections=() if budget.brief else act_sections(event, reading, _reading_of(material.other), words, translate),
        facts=() if budget.brief else tuple(_facts(material, reader)),
        changes=tuple(changes[: budget.changes]),
        more=max(len(changes) - budget.changes, 0),
        reference_only=reference_only_units(comparison.changes, words),
        new_numbers=renumbering_summary(comparison.changes, words),
        notes=() if budget.brief else tuple(_notes(comparison, words.language))[:_MOST_NOTES],
        links=tuple(_links(material, settings, words)),
        redline_url=_redline_url(event, settings),
        words=words,
    )


def _reading_of(version: Version | None) -> Reading | None:
    return version.reading if version else None


def _news(event: Event, said: str, words: Labels) -> str:
    """Return the news of a change set: of a computed one with what it is; citations are in the reader's language."""
    said = citations_in_english(said) if words.language == ENGLISH.language else said
    return words(f"headline.{event.kind.value}_said", news=said) if said and event.kind in _OF_PREDICTIONS else said


def _notes(comparison: Comparison, language: str) -> Iterator[str]:
    """Yield what is noted of a change set; what the facts say of its dates is not said again."""
    in_facts = set(notes_of_dates(comparison.dates))
    yield from (one_line(note_in(note, language), 400) for note in comparison.notes if note not in in_facts)


def _lead(event: Event, news: str, reader: Recipient, who: str) -> str:
    return lead(event, news, reader.today, other=_detail(event, "other_title"), authority=who, words=reader.words)


def titles(material: Material, language: str) -> tuple[str, str]:
    """Return the title a reader of *language* knows an instrument by, and its other title, if there is one."""
    reading = material.version.reading if material.version else None
    title = one_line(material.instrument.title or material.instrument.title_native or material.instrument.id)
    native = one_line(material.instrument.title_native or (reading.title if reading else ""))
    if native and language != "en" and _language(material.version).partition("-")[0] == language:
        title, native = native, title
    spoken = _language(material.version)
    is_same = language_of(native, spoken) == language_of(title, spoken)  # the long form of what was said
    return title, "" if native == title or is_same else native


def _glossed(title: str, native: str, words: Labels) -> tuple[str, str]:
    """Return a working title, marked so, before a title that is only Chinese, for readers of English."""
    gloss = working_title(title) if words.language == ENGLISH.language and not native else ""
    return (f"{gloss} [{words('mail.working_title')}]", title) if gloss else (title, native)


def _authority(event: Event, reading: Reading | None, words: Labels) -> str:
    authorities = reading.authorities if reading else ()
    first = next(iter(event.authorities), "") or next((authority.id for authority in authorities), "")
    return one_line(authority_short(first, authorities, words.language), 60) if first else ""


def _language(version: Version | None) -> str:
    language = version.language if version else ""
    return language if language.isascii() and language.replace("-", "").isalpha() else ""


def _citations(reading: Reading | None, comparison: Comparison) -> dict[str, str]:
    """Return how the units that changed are cited in the new text."""
    units = {change.new_unit for change in comparison.changes}
    provisions = reading.walk() if reading and units else ()
    return {provision.eid: provision.citation or provision.label for provision in provisions if provision.eid in units}


def _facts(material: Material, reader: Recipient) -> Iterator[tuple[str, str]]:
    reading = material.version.reading if material.version else None
    event, words = material.event, reader.words
    if event.kind is EventKind.WILL_CHANGE:
        yield from prediction_facts(event, words)
    elif event.kind in _OF_CHANGES and event.kind is not EventKind.DIFFERED and material.comparison is not None:
        yield from set_facts(material.comparison, words)
    issuers = [
        _issuer(authority.name, authority.native, words) for authority in (reading.authorities if reading else ())
    ]
    issuers = list(dict.fromkeys(issuers)) or [
        authority_short(authority, language=words.language) for authority in event.authorities
    ]
    if issuers:
        yield words("fact.issued_by"), one_line(words("fact.between").join(issuers), 400)
    if reading and reading.number:
        yield words("fact.number"), one_line(reading.number, 100)
    if reading and reading.type:
        yield words("fact.type"), one_line(type_name(reading.type, words.language), 100)
    status = status_on(material.dates, reader.today, draft=bool(reading and reading.draft))
    if status is not Status.UNKNOWN:
        yield words("fact.status"), words(f"status.{status.value}")
    yield from _date_facts(material.dates, words)
    if event.topics:
        topics = (topic_name(authority, words.language) for authority in event.topics)
        yield words("fact.topics"), one_line(words("fact.listed").join(topics), 300)


def _issuer(name: str, native: str, words: Labels) -> str:
    if name and native and name != native:
        return words("fact.issuer", name=name, native=native)
    return name or native


def _date_facts(dates: tuple[Milestone, ...], words: Labels) -> Iterator[tuple[str, str]]:
    milestones = [milestone for milestone in dates if not milestone.superseded_by]
    for milestone in milestones[:_MOST_DATES]:
        where = f" ({one_line(milestone.formula, 60)})" if milestone.formula and not milestone.on else ""
        yield words(f"date.{milestone.kind.value}"), day(milestone.on, words) + where


def _detail(event: Event, name: str) -> str:
    """Return one of the event's own details, cleaned."""
    return readable(clip(str(event.details.get(name) or ""), 600))


def _links(material: Material, settings: AlertSettings, words: Labels) -> Iterator[Link]:
    event = material.event
    url = official_url(event.details.get("url"), material.page_url, material.instrument.url)
    reading = material.version.reading if material.version else None
    yield from (Link(*link) for link in comment_links(event.kind, reading, url, words))
    if url:
        yield Link(words("link.official"), url)
    if url := safe_url(event.details.get("other_url")):
        yield Link(words("link.other"), url)
    if url := _redline_url(event, settings):
        yield Link(words("link.redline"), url)
    yield Link(words("link.history"), settings.address_of(f"instruments/{quote(event.instrument_id)}"))
    if material.version:
        yield Link(words("link.evidence"), settings.address_of(f"evidence/{material.version.snapshot_id}"))


def _redline_url(event: Event, settings: AlertSettings) -> str:
    if event.kind in _OF_PREDICTIONS:
        return settings.address_of(f"pending/{event.details['pending_id']}")
    return settings.address_of(f"changes/{event.change_set_id}") if event.change_set_id is not None else ""
