"""Fetching as the rest of the house sees it: one child process that looks at everything asked for, then ends."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from crawlers.browser.limits import render_limit
from crawlers.child import job
from crawlers.child.job import FetchJob, FetchPlace
from crawlers.child.walk_limits import PER_REQUEST, requests_of
from crawlers.declaration.load import load
from crawlers.errors import CrawlError
from crawlers.failure_causes import Cause
from crawlers.hosts.host_lock import HOSTS_AT_ONCE, host_key
from storage import checks, pages, problems
from storage.database.connection import newest_row, transaction
from storage.records import Source, Stage, Subject
from storage.schema.open import open_database

__all__ = ["FetchJob", "FetchPlace", "fetch"]

_LONGEST_LOG = 5_000_000
_START_UP = timedelta(minutes=2)
_LONGEST = timedelta(hours=3)
_SIDE_BY_SIDE, _MUCH = 2, 200  # processes, and looks from which a second is worth its start


def fetch(jobs: Sequence[FetchJob], place: FetchPlace, *, timeout: timedelta | None = None) -> None:
    """Look once at every page of *jobs*; the child writes what came of it.

    Returns when the child has ended, by itself or killed after *timeout*. What it left out opens a Problem.
    Raises DeclarationError, and CrawlError when a job names a source that is not declared.
    """
    if not jobs:
        return
    sources = load(place.declarations)
    if unknown_ids := {job.source_id for job in jobs} - sources.keys():
        raise CrawlError(f"no source is declared as {', '.join(sorted(unknown_ids))}")
    longest = timeout or _long_enough(jobs, sources)
    with contextlib.closing(open_database(place.database)) as db:
        before = newest_row(db, "checks")
        endings = _run_children(shares(jobs, sources, place.processes), place, longest)
        now = place.now or datetime.now(UTC)
        seen_ids = {check.page_id for check in checks.after(db, before)}
        with transaction(db):
            for source_id, url in _requested_pages(jobs, sources):
                page = pages.find(db, source_id, url)
                if page is None or page.id not in seen_ids:
                    cause, text = (
                        Cause.NOT_FETCHED.value,
                        f"{url}: the crawl {endings[source_id]} without looking at it",
                    )
                    subject = Subject.of_page(page) if page else Subject.of_source(source_id, url)
                    problems.open_or_touch(db, subject, Stage.FETCH, cause, text, now, one_at_a_time=True)


def shares(jobs: Sequence[FetchJob], sources: Mapping[str, Source], processes: int = 0) -> list[list[FetchJob]]:
    """Return *jobs* in shares of about the same size, one for each process; a host is in one share only.

    With no number of *processes*, a second one is worth its start when there is much to do at several hosts.
    """
    by_host: dict[str, list[FetchJob]] = defaultdict(list)
    for fetch_job in jobs:
        by_host[host_key(sources[fetch_job.source_id].urls[0])].append(fetch_job)
    looks = {
        host: sum(len(one.urls) or len(sources[one.source_id].urls) for one in own) for host, own in by_host.items()
    }
    is_much = sum(looks.values()) >= _MUCH and (os.cpu_count() or 1) > 1
    count = min(processes or (_SIDE_BY_SIDE if is_much else 1), len(by_host))
    job_shares: list[list[FetchJob]] = [[] for _ in range(count)]
    sizes = [0] * count
    for host in sorted(by_host, key=lambda name: -looks[name]):
        smallest = sizes.index(min(sizes))
        job_shares[smallest] += by_host[host]
        sizes[smallest] += looks[host]
    return job_shares


def _run_children(job_shares: list[list[FetchJob]], place: FetchPlace, longest: timedelta) -> dict[str, str]:
    """Run a child for each share side by side, and return by source how its child ended."""

    def run(number: int, jobs: list[FetchJob]) -> str:
        log = place.home / "logs" / ("crawl.log" if number == 0 else f"crawl-{number + 1}.log")
        return _run_child(job.dump(jobs, place), log, longest)

    if len(job_shares) == 1:
        return dict.fromkeys((one.source_id for one in job_shares[0]), run(0, job_shares[0]))
    with ThreadPoolExecutor(len(job_shares)) as children:
        endings = children.map(run, range(len(job_shares)), job_shares)
        return {one.source_id: ending for jobs, ending in zip(job_shares, endings, strict=True) for one in jobs}


def _run_child(orders: bytes, log: Path, longest: timedelta) -> str:
    """Run the child and say how it ended."""
    with _log_file(log) as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "crawlers"],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": _python_path()},
        )
        assert child.stdin is not None
        try:
            child.stdin.write(orders)
            child.stdin.flush()  # stays open: the child ends when it closes
            status = child.wait(longest.total_seconds())
        except BrokenPipeError:
            status = child.wait()
        except subprocess.TimeoutExpired:
            return f"was stopped after {longest.total_seconds():.0f} s"
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
            with contextlib.suppress(BrokenPipeError):  # orders that were not read any more
                child.stdin.close()
    return "ended" if status == 0 else f"ended with status {status} ({log.name} says why)"


def _log_file(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > _LONGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def _python_path() -> str:
    root = str(Path(__file__).parents[2])
    return os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))


def _requested_pages(jobs: Sequence[FetchJob], sources: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    for fetch_job in jobs:
        for url in fetch_job.urls or sources[fetch_job.source_id].urls:
            yield fetch_job.source_id, url


def _long_enough(jobs: Sequence[FetchJob], sources: Mapping[str, Source]) -> timedelta:
    """Return a time in which the slowest host can answer everything, so that only what hangs is stopped."""
    hosts: dict[str, timedelta] = {}
    for source_id, url in _requested_pages(jobs, sources):
        source = sources[source_id]
        requests = requests_of(source, url)
        host = host_key(url)
        hosts[host] = hosts.get(host, 2 * source.politeness.timeout) + requests * (
            source.politeness.pause + PER_REQUEST
        )
    render_time = sum(
        (render_limit(sources[s]) for s, _ in _requested_pages(jobs, sources) if sources[s].params.get("browser")),
        start=timedelta(),
    )
    # hosts wait for their turn behind others (Graham 1966: no order of work takes longer than this)
    in_turn = sum(hosts.values(), timedelta()) / HOSTS_AT_ONCE
    return min(_START_UP + render_time + in_turn + max(hosts.values(), default=timedelta()), _LONGEST)
