"""Publish gate (circuit breaker): a round whose counts break is told to nobody until an operator has looked at it.

A tenth of the sources failing at once, versions without provisions, or more new versions than in a usual year are
rarely law, and often a network, a site or a reader that broke. What is held is shown nowhere and mailed to nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from crawlers.hosts.host_lock import host_key
from storage import events, problems
from storage.database.connection import transaction
from storage.records import EventKind, ReviewState, Stage, Subject, SubjectKind
from tracker.context import AppContext
from tracker.logs import logged_step

ROUND_HELD = "round held"
"""The cause of the problem that an operator approves or rejects."""
_GATE = Subject.of_step("publish gate")
_TENTH = 10
_FEWEST_SOURCES, _FEWEST_HOSTS = 3, 3  # one site that is down is no reason to hold back what others say
_AT_ONCE = timedelta(hours=1)
_YEAR = timedelta(days=365)
_USUAL_A_SOURCE = 2  # versions a year, where we have not watched for a year
_FEWEST_VERSIONS = 30
_FEWEST_OF_A_SOURCE = 20


@logged_step
def gate_round(service: AppContext) -> None:
    """Hold back what is about to be told when the counts of the round break; one problem says why."""
    db = service.db
    if not events.unmatched_events(db):
        return
    reasons = [*_sources_that_fail(service), *_empty_versions(service), *_too_many_versions(service)]
    if not reasons:
        return
    with transaction(db):
        count = events.hold_unmatched(db)
        words = f"{count} events are told to nobody yet: {'; '.join(reasons)}"
        problems.open_or_touch(db, _GATE, Stage.MATCH, ROUND_HELD, words, service.clock())


def decide_round(service: AppContext, standing: ReviewState) -> None:
    """Let what was held be told, or discard it; belongs inside the transaction that closes the problem."""
    if standing is ReviewState.CONFIRMED:
        from tracker.alerts import match_events  # noqa: PLC0415 - lightness: not while a crawl runs beside us

        events.release_held(service.db)
        match_events(service.db, service.clock())  # at once, lest it be held again
    else:
        events.discard_held(service.db)


def _sources_that_fail(service: AppContext) -> Iterator[str]:
    """Say which share of the sources began to fail within the hour and fails still: a change is confirmed in less."""
    began = service.clock() - _AT_ONCE
    failures = [
        problem
        for problem in problems.open_subjects(service.db)
        if problem.stage in {Stage.FETCH, Stage.PAGE}
        and problem.opened_at >= began
        and problem.subject_kind in {SubjectKind.PAGE, SubjectKind.SOURCE}
        and problem.version_id is None
    ]
    source_ids = {problem.source_id for problem in failures} & service.sources.keys()
    hosts = {host_key(problem.url) for problem in failures if problem.url}
    watched_count = sum(not source.dormant for source in service.sources.values())
    if len(source_ids) >= max(_FEWEST_SOURCES, watched_count / _TENTH) and len(hosts) >= _FEWEST_HOSTS:
        yield f"{len(source_ids)} of {watched_count} sources failed at once, at {len(hosts)} hosts"


def _empty_versions(service: AppContext) -> Iterator[str]:
    empty = events.of_empty_versions(service.db)
    if empty:
        yield f"{len(empty)} versions have no provision ({empty[0]})"


def _too_many_versions(service: AppContext) -> Iterator[str]:
    """Say when one round would tell more new versions than a usual year, of all sources or of one."""
    told_counts = events.count_of_sources(service.db, EventKind.NEW_VERSION.value, service.clock() - _YEAR)
    new = Counter(e.source_id for e in events.unmatched_events(service.db) if e.kind is EventKind.NEW_VERSION)
    usual = max(sum(told_counts.values()), _USUAL_A_SOURCE * len(service.sources), _FEWEST_VERSIONS)
    if new.total() > usual:
        yield f"{new.total()} new versions at once, more than in a usual year ({usual})"
    for source_id, count in new.items():
        usual = max(told_counts.get(source_id, 0), _FEWEST_OF_A_SOURCE)
        if count > usual:
            yield f"{count} new versions of {source_id} at once, more than in a usual year ({usual})"
