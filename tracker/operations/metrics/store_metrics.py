"""Prometheus metrics of a store, asked at each scrape: sources, problems, what waits, queue and workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from storage import checks, fleet_rounds, job_queue, messages, problems, snapshots, version_queue
from storage.database.connection import is_postgresql
from storage.errors import StorageError
from tracker.context import AppContext
from tracker.view_models.overdue import Watch, overdue_at, watch_of

_SIGN_OF_LIFE = 60.0  # seconds within which a worker counts as alive


class StoreMetrics(Collector):
    """Asks the store anew at each scrape; *open_service* opens it, and it is closed again."""

    def __init__(self, open_service: Callable[[], AppContext]) -> None:
        self._open_service = open_service

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges; of a store that is away, only that it is."""
        try:
            gauges = list(self._gauges())
        except StorageError:
            gauges = [_gauge("clausewatch_store_up", "Whether the store could be asked.", 0)]
        yield from gauges

    def _gauges(self) -> Iterator[GaugeMetricFamily]:
        service = self._open_service()
        with closing(service.db):
            watch = watch_of(service.db, service.sources, service.clock())
            yield _gauge("clausewatch_store_up", "Whether the store could be asked.", 1)
            yield from _watching(service, watch)
            yield _by("clausewatch_problems_open", "Open problems.", "stage",
                      Counter(problem.stage.value for problem in problems.open_problems(service.db)))  # fmt: skip
            yield _by("clausewatch_messages_waiting", "Messages to be sent.", "channel",
                      Counter(one.channel.value for one in messages.pending(service.db, service.clock())))  # fmt: skip
            yield _by("clausewatch_rows_waiting", "Rows that a step has not done.", "step", _rows_waiting(service))
            if is_postgresql(service.db):
                yield from _fleet(service)


def _watching(service: AppContext, watch: Watch) -> Iterator[GaugeMetricFamily]:
    yield _gauge("clausewatch_sources", "Sources declared.", watch.source_count)
    yield _gauge("clausewatch_sources_overdue", "Sources not read within their longest silence.", len(watch.overdue))
    yield _gauge("clausewatch_watch_stopped", "Whether no page at all was looked at for too long.",
                 int(watch.stopped_since is not None))  # fmt: skip
    yield _gauge("clausewatch_last_look_timestamp_seconds", "When a page was last looked at.", _seconds(watch.last_at))
    good = GaugeMetricFamily(
        "clausewatch_source_last_good_look_timestamp_seconds", "When a source was last read.", labels=["source"]
    )
    due = GaugeMetricFamily(
        "clausewatch_source_overdue_timestamp_seconds", "When a source is overdue.", labels=["source"]
    )
    for name, look in sorted(checks.of_sources(service.db).items()):
        if name in service.sources:
            good.add_metric([name], _seconds(look.last_good_at))
            due.add_metric([name], _seconds(overdue_at(service.sources[name], look)))
    yield good
    yield due


def _rows_waiting(service: AppContext) -> dict[str, int]:
    return {
        "read": len(snapshots.unread_snapshots(service.db)),
        "compare": len(version_queue.uncompared_versions(service.db)),
    }


def _fleet(service: AppContext) -> Iterator[GaugeMetricFamily]:
    jobs = GaugeMetricFamily("clausewatch_queue_jobs", "Jobs in the queue of a fleet.", labels=["stage", "status"])
    for count in job_queue.counts(service.db):
        jobs.add_metric([count.stage, count.status], count.jobs)
    yield jobs
    if jobs.samples or "procrastinate_workers" in service.db.table_names():
        alive = job_queue.live_workers(service.db, _SIGN_OF_LIFE)
        yield _gauge("clausewatch_workers_alive", "Workers that gave a sign of life.", alive)
    newest = fleet_rounds.recent(service.db, 1)
    started = newest[0].started_at if newest and newest[0].ended_at is None else None
    yield _gauge("clausewatch_round_started_timestamp_seconds", "When the open round began; 0: none is open.",
                 _seconds(started))  # fmt: skip


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)


def _by(name: str, text: str, label: str, counts: dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=[label])
    for value, number in sorted(counts.items()):
        family.add_metric([value], number)
    return family


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0
