"""A site that prints many pages another way at once: one event for operators, and no alert for each page.

Where the law reads the same, it is only noted. Where lines of the site got between the provisions, the versions wait
until an operator says whether they are law.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from crawlers.hosts.host_lock import host_key
from storage import furniture, problems, version_queue, versions
from storage.records import Furniture, FurnitureKind, Problem, Reading, ReviewState, Stage, Subject, Version
from storage.versions import VersionRow
from tracker.pipeline.versions.release import release_stamp

TEMPLATE = "template changed"
LEAST, SHARE = 5, 0.5
"""From how many pages of a host, and from which share of them, a change is one of the host."""
_FRESH = timedelta(hours=48)  # a template change reaches the pages of a host within so long
_LONGEST = 80
_SENTENCE = (".", ";", ":", ",", "。", "；", "：", "，", "।")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A new version, its host, and the lines it has more and fewer than the one before."""

    version: Version
    host: str
    lines: frozenset[str]


def hold_template_changes(db: Database, now: datetime) -> None:
    """Set the versions aside that differ from those before by nothing but lines which changed on many pages alike."""
    pages_of = {host: pages for host, (_, pages) in furniture.template_changes(db, now).items()}
    by_host: dict[str, list[_Pair]] = defaultdict(list)
    version_ids = [row.id for row in version_queue.uncompared_versions(db, release_stamp())]
    for pair in _pairs(db, version_ids) if len(version_ids) >= LEAST else ():
        by_host[pair.host].append(pair)
    for host, pairs in by_host.items():
        enough = max(LEAST, SHARE * pages_of.get(host, 0))
        of_site = {line for line, times in Counter(x for p in pairs for x in p.lines).items() if times >= enough}
        alike = [pair for pair in pairs if pair.lines and pair.lines <= of_site]
        for pair in alike:
            versions.set_standing(db, pair.version.id, ReviewState.QUARANTINED)
        if alike:
            text = (
                f"{len(alike)} pages of {host} changed alike: {' / '.join(sorted(of_site))[:300]}; approve if it is law"
            )
            problems.open_or_touch(db, subject_of(host), Stage.PAGE, TEMPLATE, text, now)


def watch_templates(db: Database, now: datetime) -> None:
    """Open one Problem for a host on many of whose pages the markup changed within two days; close it when it is over.

    What the law says was read from the new markup, and is told only where it changed.
    """
    busy_hosts = {host_key(versions.page_of(db, row).url) for row in _held_anywhere(db)}
    for host, (change_count, pages) in furniture.template_changes(db, now - _FRESH).items():
        if host in busy_hosts:
            continue
        if change_count >= max(LEAST, SHARE * pages):
            share = f"{change_count} of {pages} pages of {host}"
            text = f"the markup of {share} changed within two days; check what is declared"
            problems.open_or_touch(db, subject_of(host), Stage.PAGE, TEMPLATE, text, now)
        else:
            problems.resolve(db, subject_of(host), Stage.PAGE, now)


def subject_of(host: str) -> Subject:
    """Return the template of a host as the subject of a problem."""
    return Subject.of_step(host, f"http://{host}/")


def held_versions(db: Database, host: str) -> list[VersionRow]:
    """Return the versions that wait because their pages at a host changed alike, oldest first."""
    return [row for row in _held_anywhere(db) if host_key(versions.page_of(db, row).url) == host]


def _held_anywhere(db: Database) -> list[VersionRow]:
    """Return the quarantined versions that have no problem of their own."""
    own = {p.subject_id for p in problems.open_subjects(db) if p.version_id is not None and p.stage is Stage.PAGE}
    return [row for row in versions.quarantined_versions(db) if row.id not in own]


def decide_versions(db: Database, problem: Problem, standing: ReviewState, now: datetime) -> list[str]:
    """Let the versions held at a host stand, or reject them and learn their lines as the site's; return their ids."""
    rows = held_versions(db, problem.source_id)
    for pair in _pairs(db, [row.id for row in rows]):
        versions.set_standing(db, pair.version.id, standing)
        if standing is ReviewState.REJECTED:
            furniture.save(db, _of_site(pair, now))
    return [row.id for row in rows]


def _of_site(pair: _Pair, now: datetime) -> Iterator[Furniture]:
    kind, page = FurnitureKind.SITE, pair.version.page_id
    for line in sorted(pair.lines):
        yield Furniture(0, page, pair.host, "", line, "", 0, kind, ((now, line),), now, now, learned_at=now)


def _pairs(db: Database, ids: Sequence[str]) -> Iterator[_Pair]:
    for version_id in ids:
        version = versions.get(db, version_id)
        old = versions.before(db, version)
        if old is not None:
            before, after = _lines(old.reading), _lines(version.reading)
            other_lines = [*(before - after), *(after - before)]
            # a sentence, or what begins as a provision, is law however many pages say it
            lines = frozenset(other_lines) if all(map(_is_of_site, other_lines)) else frozenset()
            yield _Pair(version, host_key(versions.page_of(db, version).url), lines)


def _lines(reading: Reading) -> Counter[str]:
    texts = (part for p in reading.walk() for part in (p.label, p.heading, p.text) if part)
    return Counter(line.strip() for text in texts for line in text.split("\n"))


def _is_of_site(line: str) -> bool:
    from tracker.reading.furniture.text_lines import begins_as_law  # noqa: PLC0415 - rounds in which nothing changed stay light

    return len(line) <= _LONGEST and not line.endswith(_SENTENCE) and not begins_as_law(line)
