"""Run canaries: the newest law of each source, with words planted in it, goes from fetching to a private mailbox.

All of it happens in a home of its own below ours: fetched by a real crawl from loopback, read and compared by the
source's declaration, composed and delivered by the real steps. Readers, feeds, history and log never hear of it.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crawlers.declaration.load import load
from storage import alerts, changes, events, messages, problems, snapshots, subscriptions, versions
from storage.database.connection import transaction
from storage.errors import StorageError
from storage.records import Filters, ReviewState, Source
from storage.versions import VersionRow
from tracker.alerts.settings import NOBODY
from tracker.config import DEMO_MARK
from tracker.context import AppContext, open_context
from tracker.errors import UsageError
from tracker.operations.canaries.canary_regulator import CanaryRegulator, ServedPage
from tracker.operations.canaries.canary_results import CanaryResult, CanaryState, save_results
from tracker.operations.canaries.plant_words import PlantedPage, plant_words
from tracker.pipeline.run import one_round

_FOLDER = "canaries"
_BATCH = 25  # sources a round; each has a port of its own


@dataclass(frozen=True, slots=True)
class _Canary:
    source: Source
    version: VersionRow
    media_type: str
    kept_body: bytes
    page: PlantedPage


def run_canaries(
    service: AppContext, source_ids: Sequence[str] = (), tell: Callable[[str], None] = lambda _: None
) -> list[CanaryResult]:
    """Plant a change at each source, or at those named, and return what became of it; the results are kept.

    Raises UsageError when a source is not declared.
    """
    unknown_ids = set(source_ids) - service.sources.keys()
    if unknown_ids:
        raise UsageError(f"{min(unknown_ids)}: no such source; see `clausewatch sources list`")
    results: list[CanaryResult] = []
    canaries: list[_Canary] = []
    for source_id, version in sorted(_newest_versions(service).items()):
        if source_ids and source_id not in source_ids:
            continue
        canary = _canary_of(service, source_id, version)
        if isinstance(canary, _Canary):
            canaries.append(canary)
        else:
            results.append(CanaryResult(source_id, service.clock(), CanaryState.UNPLANTABLE, None, canary))
    for start in range(0, len(canaries), _BATCH):
        results += _fly(service, canaries[start : start + _BATCH])
        tell(f"{min(start + _BATCH, len(canaries))} of {len(canaries)} canaries")
    save_results(service.settings.home, results)
    return results


def _newest_versions(service: AppContext) -> dict[str, VersionRow]:
    rows = (row for row in versions.all_versions(service.db) if row.source_id in service.sources)
    return {row.source_id: row for row in rows if row.standing is ReviewState.CONFIRMED}


def _canary_of(service: AppContext, source_id: str, version: VersionRow) -> _Canary | str:
    """Return the newest law of a source with words planted in it, or why none can be."""
    snapshot = snapshots.get(service.db, version.snapshot_id)
    try:
        body = service.archive.body(snapshot.archived_as)
        reading = versions.get(service.db, version.id).reading
    except StorageError as error:
        return str(error)
    leaves = (provision for provision in reading.walk() if provision.text and not provision.children)
    page = plant_words(body, snapshot.media_type, leaves, f"canary{secrets.token_hex(4)}")
    if page is None:
        return f"{snapshot.media_type}: no words can be planted in it"
    return _Canary(service.sources[source_id], version, snapshot.media_type, body, page)


def _fly(service: AppContext, canaries: Sequence[_Canary]) -> Iterator[CanaryResult]:
    """Let canaries fly in a home made for it, and yield which arrived."""
    home = service.settings.home / _FOLDER
    shutil.rmtree(home, ignore_errors=True)
    pages = {canary.source.id: ServedPage(canary.media_type, canary.kept_body, canary.page.body) for canary in canaries}
    try:
        with CanaryRegulator(pages) as regulator, closing(_private_context(service, home, canaries, regulator)) as own:
            one_round(own.context, all_pages=True)
            planted_at = service.clock()
            regulator.is_planted = True
            one_round(own.context, all_pages=True)
            results = [_result(own.context, canary, planted_at) for canary in canaries]
    finally:
        shutil.rmtree(home, ignore_errors=True)
    yield from results


@dataclass(frozen=True, slots=True)
class _PrivateHome:
    """The context of the canaries' own home; closed with its database."""

    context: AppContext

    def close(self) -> None:
        self.context.db.close()


def _private_context(
    service: AppContext, home: Path, canaries: Sequence[_Canary], regulator: CanaryRegulator
) -> _PrivateHome:
    """Make a home with the canaries' sources, and one private subscription to all of it."""
    folder = home / "declarations"
    for canary in canaries:
        path = folder / canary.source.jurisdiction / f"{canary.source.id}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_declaration(canary, regulator.urls[canary.source.id]), encoding="utf-8")
    (home / DEMO_MARK).touch()
    settings = service.settings.model_copy(
        update={"home": home, "database_url": "", "operator_email": "", "trust_clock": True, "stamp_urls": "",
                "calendar_urls": "", "translate_url": ""}
    )  # fmt: skip
    if not settings.canary_email:
        settings = settings.model_copy(update={"smtp_url": ""})
    clock = service.clock if service.given_clock else None
    context = open_context(settings, load([folder]), (folder,), clock)
    with transaction(context.db):
        person = subscriptions.add_subscriber(context.db, settings.canary_email or NOBODY)
        subscriptions.add(context.db, person, Filters(), now=context.clock() - timedelta(days=1))
    return _PrivateHome(context)


def _declaration(canary: _Canary, url: str) -> str:
    """Return the declaration of a source as one page on loopback; what selects and cleans the text stays."""
    source = canary.source
    facts = {
        "title": source.title, "title_native": source.title_native, "authority": list(source.authority),
        "language": canary.version.language or source.language, "spider": "page", "urls": [url], "every": "1 day",
        "instrument": canary.version.instrument_id if _DECLARABLE.fullmatch(canary.version.instrument_id) else "",
        "select": source.select, "remove": list(source.remove), "timezone": source.timezone,
    }  # fmt: skip
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items()]
    return "\n".join([*lines, "[politeness]", 'pause = "0 seconds"', ""])


def _result(private: AppContext, canary: _Canary, planted_at: datetime) -> CanaryResult:
    """Return whether the planted words came out at the end of the way, and how long it took."""
    source_id = canary.source.id
    for row in changes.all_sets(private.db):
        if versions.get_summary(private.db, row.new).source_id != source_id:
            continue
        hits = [c for c in changes.get_set(private.db, row.id).changes if canary.page.words in (c.new_text or "")]
        delivered_at = _delivered_at(private, row.id)
        if hits and hits[0].new_eid == canary.page.eid and delivered_at:
            return CanaryResult(source_id, planted_at, CanaryState.FOUND, (delivered_at - planted_at).total_seconds())
        text = "the change was found and not delivered" if hits else "a change was found that is not the planted one"
        return CanaryResult(source_id, planted_at, CanaryState.MISSING, None, text)
    causes = sorted({p.cause for p in problems.open_problems(private.db) if p.source_id == source_id})
    text = f"no change was found ({', '.join(causes) or 'and nothing went wrong'})"
    return CanaryResult(source_id, planted_at, CanaryState.MISSING, None, text)


def _delivered_at(private: AppContext, set_id: int) -> datetime | None:
    """Return when the mail about a change set was sent, or filed where none is sent."""
    for event in events.recent(private.db, 1000):
        for alert in alerts.of_event(private.db, event.id) if event.change_set_id == set_id else ():
            message = messages.get(private.db, alert.message_id) if alert.message_id else None
            if message is not None:
                return message.sent_at if private.settings.smtp_url else message.filed_at
    return None


_DECLARABLE = re.compile(r"[a-z]{2,3}_[\w.-]+")
