"""A home with laws read from texts of ours, amended by the journey's own reading, comparing and storing."""

from datetime import UTC, datetime, timedelta

from storage import changes, identifiers, instruments, pages, snapshots, sources, versions
from storage.database.connection import transaction
from storage.records import Identifier, Instrument, ReviewState, Source, Version
from tracker.compare import compare
from tracker.pipeline.versions.record_version import carry_over_pids
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.weigh import weigh

FIRST_DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


class LawHome:
    """Laws in a database, a version a call."""

    def __init__(self, db):
        self.db = db
        self.days = {}

    def publish(self, instrument_id, title, text, identifier=None):
        """Read *text* as the newest version of a law and store what changed since the one before."""
        jurisdiction = instrument_id[:2]
        reading = read(text.encode(), ReadingContext(jurisdiction=jurisdiction))
        assert reading.provisions, text[:200]
        day = self.days[instrument_id] = self.days.get(instrument_id, -1) + 1
        now = FIRST_DAY + timedelta(days=day)
        with transaction(self.db):
            before = versions.find_latest(self.db, instrument_id, language=reading.language)
            page = self._page(instrument_id, title, jurisdiction, identifier)
            version = self._version(instrument_id, reading, page, now, first=before is None)
            if before is not None:
                comparison = weigh(compare(before.reading, reading), before.reading, reading)
                changes.add_set(
                    self.db, old_version_id=before.id, new_version_id=version.id, comparison=comparison, at=now
                )
                versions.set_pids(self.db, version.id, carry_over_pids(before, version, comparison.pairs))
            else:
                versions.set_pids(self.db, version.id, {piece.eid: piece.eid for piece in reading.walk()})
        return versions.get(self.db, version.id)

    def _page(self, instrument_id, title, jurisdiction, identifier):
        url = f"https://law.example/{instrument_id}"
        source = Source(f"{instrument_id}_page", jurisdiction, title, (), "en", "page", (url,), timedelta(days=1))
        sources.sync(self.db, [source], FIRST_DAY)
        instruments.add_if_new(self.db, Instrument(instrument_id, jurisdiction, title))
        if identifier:
            identifiers.add(self.db, instrument_id, [Identifier(*identifier)])
        return pages.add(self.db, source.id, url, listing=False, now=FIRST_DAY)

    def _version(self, instrument_id, reading, page, now, *, first):
        name = f"{instrument_id}@{now.date()}"
        snapshot = snapshots.add(self.db, page, "https://law.example", now, 200, "text/html", name, 1, {}, "")
        version = Version(name, instrument_id, f"{instrument_id}_page", page, snapshot, reading.language, now,
                          ReviewState.CONFIRMED, first, name, reading)  # fmt: skip
        versions.add(self.db, version)
        return version


def a_regulation(number, articles, *, quotes="''", wrap=("", "")):
    """Return the page of an invented regulation of the Union: an article for each pair of number and paragraphs."""
    rows = [
        f"<p class='oj-ti-art'>Article {article}</p><p class='oj-sti-art'>{heading}</p>"
        + "".join(f"<p class='oj-normal'>{place}.{' ' * 3}{text}</p>" for place, text in enumerate(paragraphs, 1))
        for article, heading, paragraphs in articles
    ]
    body = "".join(rows).replace("''", quotes)
    title = f"<p class='oj-doc-ti'>REGULATION (EU) 2025/{number} OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL</p>"
    dates = "<p class='oj-doc-ti'>of 12 March 2025</p><p class='oj-doc-ti'>on lamps (Lamp Act)</p>"
    text = f"{title}{dates}<p>HAVE ADOPTED THIS REGULATION:</p>{body}"
    return f"<html lang='en'><body>{wrap[0]}{text}{wrap[1]}</body></html>"
