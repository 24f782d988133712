"""What is watched at all, and which sources have been silent for too long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from storage.records import Check, Page, Source, SourceKind


def is_watched(sources: Mapping[str, Source], page: Page, *, dormant_too: bool = False) -> bool:
    """Say whether *page* is looked at: declared or found, not gone. What a list of news leads to is listed only.

    A dormant source is looked at when it is named, by *dormant_too*.
    """
    source = sources.get(page.source_id)
    if source is None or page.gone_at is not None or (source.dormant and not dormant_too):
        return False
    return source.kind is not SourceKind.NEWS or page.listing or page.url in source.urls


def longest_silence(source: Source) -> timedelta:
    """Return how long a source may go unread: as declared, or else two of its looks and an hour for a round to be."""
    return source.expect.longest_silence or 2 * source.every + timedelta(hours=1)


def silent(
    sources: Mapping[str, Source], pages: Iterable[Page], good: Mapping[int, Check], now: datetime
) -> list[tuple[Source, datetime | None]]:
    """Return the sources that have not been read within their longest silence, with when they last were.

    *good* maps page ids to their latest check that ended well. A source none of whose pages was ever looked at counts
    from the moment its first page was declared.
    """
    latest: dict[str, datetime | None] = {}
    declared_at: dict[str, datetime] = {}
    for page in pages:
        if page.first_seen_at:
            declared_at[page.source_id] = min(page.first_seen_at, declared_at.get(page.source_id, page.first_seen_at))
        check = good.get(page.id)
        before = latest.get(page.source_id)
        if check and (before is None or check.checked_at > before):
            latest[page.source_id] = check.checked_at
    silent_sources = []
    for source in sources.values():
        since = latest.get(source.id) or declared_at.get(source.id)
        if since and not source.dormant and now - since > longest_silence(source):
            silent_sources.append((source, latest.get(source.id)))
    return silent_sources
