"""The profile of an instrument, as an encyclopaedia has it: made from stored rows, and current by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup
from sqlite_utils import Database

from storage import events, instruments
from storage.instruments import RelatedInstrument
from storage.records import Instrument, Milestone, MilestoneKind, Reading, Status, Version
from storage.versions import VersionRow
from tracker.render.control_characters import harmless
from tracker.render.display_names import authority_short, jurisdiction_name
from tracker.view_models.event_list import Item, items_of
from tracker.view_models.profile.duties import Duties, duties_at_once
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.lead_paragraph import WatchSpan, lead_paragraph

_LATELY = 5
_LEGAL_FORCE = {
    Status.IN_FORCE: "InForce",
    Status.REPEALED: "NotInForce",
    Status.NOT_YET_IN_FORCE: "NotInForce",
    Status.DRAFT: "NotInForce",
    Status.ADOPTED: "NotInForce",
}


@dataclass(frozen=True, slots=True)
class InstrumentProfile:
    """What an encyclopaedia says of an instrument beside its facts: in a paragraph, whom it binds, what is news of it.

    ``duties`` is None where finding them would keep a reader waiting; they have a page of their own.
    """

    lead: tuple[str, ...]
    duties: Duties | None
    lately: tuple[Item, ...]
    elsewhere: tuple[tuple[str, tuple[RelatedInstrument, ...]], ...]

    @property
    def description(self) -> str:
        """The first two sentences, for a list of search results."""
        return " ".join(self.lead[:2])


def profile_of(
    db: Database,
    instrument: Instrument,
    version: Version,
    days: Sequence[Milestone],
    status: Status,
    versions: Sequence[VersionRow],
    today: date,
    words: Labels = ENGLISH,
) -> InstrumentProfile:
    """Return the profile of *instrument* as *version* has it; *versions* are all confirmed ones, oldest first."""
    reading = version.reading
    span = WatchSpan(versions[0].seen_at.date(), len(versions), versions[-1].seen_at.date())
    own_title = words.language != ENGLISH.language and reading.language.startswith(words.language)
    title = (instrument.title_native if own_title else "") or instrument.title or instrument.title_native
    rows = events.list_events(db, instrument=instrument.id, limit=_LATELY)
    rows_elsewhere = (
        instruments.related_elsewhere(db, reading.topics, instrument.jurisdiction) if reading.topics else []
    )
    return InstrumentProfile(
        lead=tuple(lead_paragraph(title, reading, days, status, today, span, words)),
        duties=duties_at_once(version),
        lately=tuple(items_of(db, rows, today, words)),
        elsewhere=tuple(
            (place, tuple(group)) for place, group in groupby(rows_elsewhere, key=lambda row: row.jurisdiction)
        ),
    )


def legislation_json(
    instrument: Instrument, reading: Reading, days: Sequence[Milestone], status: Status, address: str
) -> Markup:
    """Return the structured data of an instrument (schema.org ``Legislation``), safe inside a page."""
    first = {kind: _first_day(days, kind) for kind in MilestoneKind}
    adopted = first[MilestoneKind.ADOPTED] or first[MilestoneKind.ISSUED]
    facts = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": address,
        "url": address,
        "name": instrument.title or instrument.title_native,
        "alternateName": instrument.title_native if instrument.title_native != instrument.title else "",
        "legislationIdentifier": reading.number,
        "legislationType": reading.type,
        "legislationJurisdiction": jurisdiction_name(instrument.jurisdiction),
        "legislationPassedBy": [
            {"@type": "GovernmentOrganization", "name": a.name or authority_short(a.id)} for a in reading.authorities
        ],
        "legislationDate": _iso(adopted),
        "datePublished": _iso(first[MilestoneKind.PUBLISHED]),
        "legislationDateOfApplicability": _iso(first[MilestoneKind.APPLIES] or first[MilestoneKind.IN_FORCE]),
        "legislationLegalForce": _LEGAL_FORCE.get(status, ""),
        "inLanguage": reading.language,
    }
    text = json.dumps({name: fact for name, fact in facts.items() if fact}, ensure_ascii=False)
    safe = harmless(text).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(safe)  # noqa: S704 - no character of it can end the element


def _first_day(days: Sequence[Milestone], kind: MilestoneKind) -> date | None:
    return min((m.on for m in days if m.kind is kind and m.on and not m.superseded_by), default=None)


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""
