"""One try at reading a snapshot: what is known of the page before, and whether what came of it is fit to be law."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlite_utils import Database

from storage import furniture
from storage.archive import Archive
from storage.records import Furniture, Page, Provision, ProvisionKind, Reading, Snapshot, Source
from tracker.compare.normal import fold
from tracker.reading import SELECTOR, RefusedError
from tracker.reading.read_apart import read_apart
from tracker.reading.structure.draft import ReadingContext

_OPERATIVE = frozenset({ProvisionKind.ARTICLE, ProvisionKind.RULE, ProvisionKind.REGULATION, ProvisionKind.SECTION})


def context_for(
    source: Source, page: Page, snapshot: Snapshot, known_furniture: tuple[Furniture, ...] = ()
) -> ReadingContext:
    """Return what is known of a page before it is read; *known_furniture* is its furniture, as far as that is known."""
    template = source.template_of(snapshot.fetched_at.date())
    return ReadingContext(
        jurisdiction=source.jurisdiction,
        language=source.language,
        url=page.url,
        media_type=snapshot.media_type,
        kind=source.kind.value,
        select=template.select,
        remove=template.remove,
        title=page.title,
        published_on=page.published_on,
        comments_due_on=page.comments_due_on,
        authorities=source.authority,
        topics=source.topics,
        furniture=known_furniture,
    )


DOUBTFUL = "doubtful reading"
"""The cause of a problem about a page that was read, though what it prints of itself disagrees with the reading."""


@dataclass(frozen=True, slots=True)
class ReadingAttempt:
    """What came of reading a page: with a *cause*, it is no law or cannot be trusted to be it."""

    reading: Reading | None
    cause: str = ""
    text: str = ""

    @property
    def verdict(self) -> str:
        """How the page reads when something is wrong, in few words that stay the same while it does."""
        cause = self.cause or (DOUBTFUL if self.doubts else "")
        return f"{cause}: {fold(self.reading.title) if self.reading else ''}" if cause else ""

    @property
    def doubts(self) -> str:
        """What a page that was read prints of itself and the reading does not hold; the reading stands."""
        if self.reading is None or self.cause:
            return ""
        return "; ".join(check.text for check in self.reading.checks if not check.ok)


def attempt(db: Database, archive: Archive, source: Source, page: Page, snapshot: Snapshot) -> ReadingAttempt:
    """Read one snapshot, knowing the page's furniture, and judge whether it is fit to become a version."""
    context = context_for(source, page, snapshot, furniture.learned_furniture(db, page.id))
    try:
        reading = read_apart(archive.body(snapshot.archived_as), context)
    except RefusedError as error:
        return ReadingAttempt(None, "refused", str(error))
    return judge(reading, source, page)


def judge(reading: Reading, source: Source, page: Page) -> ReadingAttempt:
    """Return *reading* with the cause why it may not become a version, if any: the one judge of that.

    A selector that matches nothing is fatal on declared pages; what a list leads to may look otherwise.
    """
    strict = {SELECTOR} if page.url in source.urls else set()
    fatal = next((flaw for flaw in reading.flaws if flaw.fatal or flaw.cause in strict), None)
    if fatal:
        return ReadingAttempt(reading, fatal.cause, fatal.text)
    units, least = len(operative(reading)), source.expect.min_provisions
    if units < least:
        text = f"{units} provisions read, at least {least} expected: the page was misread"
        return ReadingAttempt(reading, "too few provisions", text)
    return ReadingAttempt(reading)


def operative(reading: Reading) -> list[Provision]:
    """Return the operative units: articles, rules, regulations and sections; of a text without any, its own parts.

    Recitals are none. Expectations and the collapse of a text are counted in them.
    """
    units = [p for p in reading.walk() if p.kind in _OPERATIVE]
    return units or [p for p in reading.provisions if p.kind is not ProvisionKind.RECITAL]


def fingerprint(reading: Reading) -> str:
    """Return a hash of what *reading* says in law: numbers, headings and texts in compare-normal form, and its dates.

    The date of publication is left out: sites restate it when they regenerate a page.
    """
    digest = hashlib.sha256()
    for provision in reading.walk():
        for part in (provision.kind.value, provision.number, provision.heading, provision.text):
            digest.update(fold(part).encode())
            digest.update(b"\x1f")
    for milestone in sorted((m.kind.value, str(m.on)) for m in reading.dates if m.kind.value != "published"):
        digest.update("\x1e".join(milestone).encode())
    return digest.hexdigest()
