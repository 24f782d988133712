"""What happens to one snapshot and to one version: pure stages joined to the database, one transaction each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from storage import changes, instruments, milestones, pages, problems, snapshots, version_queue, versions
from storage.archive import Archive
from storage.records import (
    Instrument,
    Page,
    Provision,
    Reading,
    Relation,
    RelationKind,
    ReviewState,
    Snapshot,
    Source,
    Stage,
    Subject,
    Version,
)
from tracker.compare import compare
from tracker.compare.normal import fold
from tracker.identity.instruments import instrument_id, names_of, title_of
from tracker.pipeline import event_derivation
from tracker.pipeline.versions import flapping, instrument_relations
from tracker.pipeline.versions.reading_attempt import DOUBTFUL, attempt, fingerprint, operative
from tracker.pipeline.versions.reread import Reread, reread
from tracker.weigh import weigh

_LONGEST = 2_000  # characters of what disagrees
OLD_TEXT = "earlier text unreadable"
COLLAPSE = 0.25  # a quarter of the operative units gone without a repeal notice is no change to tell (DESIGN section 6)


def read_snapshot(
    db: Database, archive: Archive, sources: Mapping[str, Source], page: Page, snapshot: Snapshot, now: datetime
) -> None:
    """Read one snapshot and store what came of it: a version, nothing new, or a Problem. Marks the snapshot read."""
    source = sources[page.source_id]
    result = attempt(db, archive, source, page, snapshot)
    if page.dismissed and page.dismissed != result.verdict:
        pages.dismiss(db, page.id, "")  # it reads otherwise than what an operator knew
    if result.reading is None or result.cause:
        if page.dismissed != result.verdict:
            subject = Subject.of_page(page)
            problems.open_or_touch(db, subject, Stage.READ, result.cause, result.text, now, one_at_a_time=True)
        snapshots.mark_read(db, snapshot.id, text_sha256="")
        return
    sha = fingerprint(result.reading)
    _store(db, archive, sources, page, snapshot, result.reading, sha, now)
    snapshots.mark_read(db, snapshot.id, text_sha256=sha)
    subject = Subject.of_page(page)
    if result.doubts and page.dismissed != result.verdict:
        problems.open_or_touch(db, subject, Stage.READ, DOUBTFUL, result.doubts[:_LONGEST], now, one_at_a_time=True)
    else:
        problems.resolve(db, subject, Stage.READ, now)


def _store(
    db: Database,
    archive: Archive,
    sources: Mapping[str, Source],
    page: Page,
    snapshot: Snapshot,
    reading: Reading,
    sha: str,
    now: datetime,
) -> None:
    source = sources[page.source_id]
    instrument = _instrument_of(db, source, page, reading)
    instruments.add_if_new(
        db,
        Instrument(
            instrument,
            source.jurisdiction,
            title_of(reading, source, page) or instrument,
            reading.title_native or reading.title,
            source.id,
            page.url,
            now,
        ),
    )
    prior = versions.find_latest(db, instrument, language=reading.language, standing=ReviewState.CONFIRMED)
    if prior is not None:
        prior = reread(db, archive, sources, prior, source.id).version
    if not _is_news(db, archive, sources, page, prior, sha, now):
        return
    doubt = _doubt(prior, reading)
    version = Version(
        id=versions.next_id(db, instrument, snapshot.fetched_at.date()),
        instrument_id=instrument,
        source_id=source.id,
        page_id=page.id,
        snapshot_id=snapshot.id,
        language=reading.language,
        seen_at=snapshot.fetched_at,
        standing=_review_state(prior, doubt),
        first=prior is None,
        text_sha256=sha,
        reading=reading if prior else replace(reading, provisions=_with_first_pids(reading.provisions)),
    )
    versions.add(db, version)
    if doubt is None:
        instruments.also_called(db, instrument, names_of(reading, source))
    if doubt is not None:
        problems.open_or_touch(db, Subject.of_version(version, page.url), Stage.PAGE, *doubt, now)
    if prior is None:
        milestones.replace(db, instrument, version.id, reading.dates)
        instrument_relations.remember_identity(db, version, source, _news_of_first_version(db, version, page))


def _news_of_first_version(db: Database, version: Version, page: Page) -> tuple[Relation, ...]:
    """Return what is to be told of what a new instrument says about others: back-fill is no news.

    A page that held the act before and now holds its corrigendum is news, however it came to be watched.
    """
    relations_now = instrument_relations.relations_said(version)
    if page.discovered:
        return relations_now
    held_before = any(row.instrument_id != version.instrument_id for row in versions.of_page(db, page.id))
    return tuple(relation for relation in relations_now if held_before and relation.kind is RelationKind.CORRECTS)


def _instrument_of(db: Database, source: Source, page: Page, reading: Reading) -> str:
    """Return the instrument a page holds: the one it held before, when most of the text is still that one's.

    A site that prints its titles another way must not begin a second life of the law.
    """
    own_id = instrument_id(reading, source, page)
    earlier = versions.find_latest_of_page(db, page.id)
    if earlier is None or earlier.instrument_id == own_id or earlier.reading.draft != reading.draft:
        return own_id
    marks = ((earlier.reading.number, reading.number), (earlier.reading.uri, reading.uri))
    if any(old != new for old, new in marks if old and new):
        return own_id
    texts = {fold(p.text) for p in earlier.reading.walk() if p.text}
    same_texts = texts & {fold(p.text) for p in reading.walk() if p.text}
    return earlier.instrument_id if texts and len(same_texts) >= len(texts) / 2 else own_id


def _is_news(
    db: Database,
    archive: Archive,
    sources: Mapping[str, Source],
    page: Page,
    prior: Version | None,
    sha: str,
    now: datetime,
) -> bool:
    """Say whether a text is new, and settle what waits on the page: confirmed by the same text, else overtaken.

    A text equal to the one before refutes whatever waits: the page flapped, or a broken answer was one.
    """
    back = prior is not None and prior.text_sha256 == sha
    news = not back
    for row in [*versions.unconfirmed_versions(db), *versions.quarantined_versions(db)]:
        if row.page_id != page.id:
            continue
        pending = reread(db, archive, sources, versions.get(db, row.id)).version
        if pending.text_sha256 == sha and not back:
            news = False
            if pending.standing is ReviewState.UNCONFIRMED:
                versions.set_standing(db, pending.id, ReviewState.CONFIRMED)
        else:
            versions.set_standing(db, pending.id, ReviewState.REJECTED)
            if pending.standing is ReviewState.UNCONFIRMED and not back:
                flapping.note_overtaken(db, page, now)
            elif pending.standing is ReviewState.UNCONFIRMED and pending.text_sha256 != sha:
                flapping.note_flapping(db, page, now)
            problems.resolve(db, Subject.of_version(pending), Stage.PAGE, now)
    return news


def _review_state(prior: Version | None, doubt: tuple[str, str] | None) -> ReviewState:
    if prior is None:
        return ReviewState.CONFIRMED
    return ReviewState.UNCONFIRMED if doubt is None else ReviewState.QUARANTINED


def _doubt(prior: Version | None, reading: Reading) -> tuple[str, str] | None:
    """Return cause and words when *reading* is a change that only an operator may let pass, else None."""
    if prior is None:
        return None
    before, after = len(operative(prior.reading)), len(operative(reading))
    if before >= 4 and after <= before * (1 - COLLAPSE):
        return "collapse", f"{before} operative provisions before, {after} now: approve or reject"
    if before >= 4 and fold(prior.reading.title) != fold(reading.title) and not _texts(prior.reading) & _texts(reading):
        return (
            "another text",
            f"no sentence of it was there before, and it is called {reading.title!r}: approve or reject",
        )
    return None


def _texts(reading: Reading) -> set[str]:
    return {fold(p.text) for p in reading.walk() if p.text}


def compare_version(
    db: Database, archive: Archive, sources: Mapping[str, Source], version: Version, now: datetime
) -> None:
    """Compare a confirmed version with the one before it, store the change set and the events; marks it compared."""
    old = versions.before(db, version)
    if old is None:
        version_queue.mark_compared(db, version.id)
        return
    reread_old, reread_new = (reread(db, archive, sources, v, version.source_id) for v in (old, version))
    if reread_old.cause and not _was_decided(db, version):
        _hold(db, reread_old, version, now)
        return
    old, version = reread_old.version, reread_new.version
    comparison = weigh(compare(old.reading, version.reading), old.reading, version.reading)
    set_id = changes.add_set(db, old_version_id=old.id, new_version_id=version.id, comparison=comparison, at=now)
    versions.set_pids(db, version.id, carry_over_pids(old, version, comparison.pairs))
    milestones.replace(db, version.instrument_id, version.id, version.reading.dates)
    event_derivation.of_new_version(db, old, version, comparison, set_id, now)
    _relate(db, sources, old, version, now)
    version_queue.mark_compared(db, version.id)


def _was_decided(db: Database, version: Version) -> bool:
    """Return whether an operator let a version stand that had been set aside."""
    subject = Subject.of_version(version)
    return any(p.is_about(subject) and p.stage is Stage.PAGE and p.closed_at for p in problems.every_row(db))


def _hold(db: Database, old: Reread, version: Version, now: datetime) -> None:
    """Set a version aside whose difference from the one before may be one of the declaration, and tell nobody."""
    versions.set_standing(db, version.id, ReviewState.QUARANTINED)
    text = (
        f"the text before it, {old.version.id}, does not read under today's declaration ({old.cause}): say in an"
        " [[earlier]] table what its template was, and approve; or reject"
    )
    subject = Subject.of_version(version, versions.page_of(db, version).url)
    problems.open_or_touch(db, subject, Stage.PAGE, OLD_TEXT, text, now)


def _relate(db: Database, sources: Mapping[str, Source], old: Version, version: Version, now: datetime) -> None:
    """Note what a new version says about other instruments, and tell what the one before did not say."""
    if version.source_id not in sources:
        return
    said_before = {(r.kind, r.target, r.on) for r in instrument_relations.relations_said(old)}
    relations_now = instrument_relations.relations_said(version)
    news = [r for r in relations_now if (r.kind, r.target, r.on) not in said_before]
    instrument_relations.remember_identity(db, version, sources[version.source_id], news)
    instrument_relations.join_relations(db)
    event_derivation.events_of_relations(db, now)


def _with_first_pids(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
    return tuple(replace(p, pid=p.eid, children=_with_first_pids(p.children)) for p in provisions)


def carry_over_pids(old: Version, new: Version, pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Give each provision of *new* the persistent id of its counterpart; one without gets its own eid and version."""
    pids = {p.eid: p.pid or p.eid for p in old.reading.walk()}
    pid_of: dict[str, str] = {}
    used_pids: set[str] = set()
    for old_eid, new_eid in pairs:
        pid = pids.get(old_eid)
        if pid and pid not in used_pids and new_eid not in pid_of:
            pid_of[new_eid] = pid
            used_pids.add(pid)
    suffix = new.id.split("@", 1)[1]
    return {p.eid: pid_of.get(p.eid) or f"{p.eid}@{suffix}" for p in new.reading.walk()}
