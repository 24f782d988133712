"""Ten thousand subscribers, fifty change sets: how long matching, composing and sending take, and how much memory.

Run ``python -m benchmarks.alerts [SUBSCRIBERS] [CHANGE_SETS]``; the table goes to ``results/alerts.md`` too. Each round
runs in a process of its own, so that its peak of memory is its own; the mail server on loopback is another process.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiosmtpd.controller import Controller
from sqlite_utils import Database

from benchmarks.results_page import keep_page
from storage import changes, events, instruments, pages, snapshots, sources, subscriptions, versions
from storage.database.connection import transaction
from storage.records import (
    Cadence,
    Change,
    ChangeKind,
    Comparison,
    Event,
    EventKind,
    Filters,
    Instrument,
    Op,
    OpKind,
    Provision,
    ProvisionKind,
    Reading,
    ReviewState,
    Source,
    Version,
    Weight,
)
from storage.schema.open import open_database
from tracker.alerts import AlertSettings, compose_due, deliver_pending, match_events

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
_PLACES = ("cn", "eu", "us", "in")
_WORDS = {
    "cn": ("灯语服务提供者应当在", "三十日", "十日", "内向主管部门报告。"),
    "in": ("प्रदाता दीप संकेत का अभिलेख ", "तीन मास", "छह मास", " तक सुरक्षित रखेगा।"),
}
_LATIN = ("The provider of a lamp signal shall report it within ", "30 days", "10 days", " to the authority.")
_FORK = multiprocessing.get_context("fork")


def main() -> None:
    """Measure each step and write the table."""
    people, sets = (int(number) for number in (*sys.argv[1:], "10000", "50")[:2])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _apart(lambda: _fill(home, people, sets))
        rows = [
            ("match", *_apart(lambda: match_events(_db(home), NOW - timedelta(hours=2)))),
            ("compose", *_apart(lambda: compose_due(_db(home), NOW, _settings(home)))),
        ]
        with _mail_server() as port:
            rows.append(("file and send", *_apart(lambda: _send(home, port))))
        size = (home / "clausewatch.db").stat().st_size / 1e6
    table = _table(people, sets, rows, size)
    print(table)
    keep_page("alerts", table)


def _send(home: Path, port: int) -> int:
    sent_count = 0
    for _ in range(20):  # a pass ends after five minutes; here one should do
        delivery = deliver_pending(_db(home), NOW, replace(_settings(home), smtp_url=f"smtp://127.0.0.1:{port}"))
        assert (delivery.error, delivery.failed_count, delivery.retried_count) == ("", 0, 0), delivery
        sent_count += delivery.sent_count
        if not delivery.sent_count:
            break
    return sent_count


def _table(people: int, sets: int, rows: list[tuple[str, int, float, float, float]], size: float) -> str:
    lines = [
        "# Alerts: matched, composed, sent",
        "",
        f"{people} subscribers, {sets} change sets of as many instruments (30 changes each), {os.cpu_count()} cores,",
        f"Python {sys.version.split()[0]}, `python -m benchmarks.alerts`. Of 100 subscribers 60 want a daily digest of",
        "one jurisdiction or everything, 40 are told at once of one instrument, some with words. The server on",
        "loopback is a process of its own; 500 domains, 0.05 s between two messages to one of them.",
        "",
        "| step | made | seconds | of the CPU | peak MB |",
        "|---|---:|---:|---:|---:|",
        *(f"| {name} | {count} | {wall:.1f} | {cpu:.1f} | {peak:.0f} |" for name, count, wall, cpu, peak in rows),
        "",
        f"Database afterwards: {size:.0f} MB. Load of the machine while measuring: {os.getloadavg()[1]:.1f}.",
        "",
    ]
    return "\n".join(lines)


def _apart(work: Callable[[], int | None]) -> tuple[int, float, float, float]:
    """Run *work* in a process of its own; return what it made, its seconds, those of the CPU, and its peak in MB."""
    ours, theirs = _FORK.Pipe()

    def measure() -> None:
        wall_start, cpu_start = time.perf_counter(), time.process_time()
        count = work()
        seconds, cpu_seconds = time.perf_counter() - wall_start, time.process_time() - cpu_start
        theirs.send((count or 0, seconds, cpu_seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))

    child = _FORK.Process(target=measure)
    child.start()
    child.join()
    assert child.exitcode == 0
    result: tuple[int, float, float, float] = ours.recv()
    return result


class _Taker:
    async def handle_DATA(self, *_: object) -> str:  # noqa: N802 - the server's name
        return "250 OK"


class _mail_server:  # noqa: N801 - reads as a verb
    def __enter__(self) -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        self.child = _FORK.Process(target=self._serve, args=(port,))
        self.child.start()
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return port
            time.sleep(0.05)
        raise AssertionError("no mail server")

    def __exit__(self, *_: object) -> None:
        self.child.terminate()
        self.child.join()

    @staticmethod
    def _serve(port: int) -> None:
        Controller(_Taker(), hostname="127.0.0.1", port=port).start()
        time.sleep(3600)


def _db(home: Path) -> Database:
    return open_database(home / "clausewatch.db")


def _settings(home: Path) -> AlertSettings:
    return AlertSettings(
        home=home,
        base_url="https://watch.example",
        mail_from="Clausewatch <alerts@watch.example>",
        secret_key=b"for measuring",
    )


def _fill(home: Path, people: int, sets: int) -> None:
    db = _db(home)
    with transaction(db):
        for number in range(sets):
            _law(db, number)
        for number in range(people):
            person = subscriptions.add_subscriber(
                db, f"p{number}@domain{number % 500}.example", name=f"Person {number}"
            )
            _wish(db, person, number, sets)


def _wish(db: Database, person: int, number: int, sets: int) -> None:
    if number % 10 < 6:
        place = (_PLACES[number % 4],) if number % 3 else ()
        filters, cadence = Filters(jurisdictions=place), Cadence.DAILY
    else:
        word = ("lamp",) if number % 50 == 9 else ()
        filters, cadence = Filters(instruments=(_id(number % sets),), words=word), Cadence.AT_ONCE
    subscriptions.add(db, person, filters, cadence=cadence, hour=8, now=NOW - timedelta(days=30))


def _id(number: int) -> str:
    return f"{_PLACES[number % 4]}_lamp_{number}"


def _law(db: Database, number: int) -> None:
    name, place, then = _id(number), _PLACES[number % 4], NOW - timedelta(days=1)
    url = f"https://law.example/{name}"
    sources.sync(db, [Source(name, place, name, (f"{place}_cac",), "en", "page", (url,), timedelta(days=1))], then)
    page = pages.add(db, name, url, listing=False, now=then)
    instruments.add_if_new(db, Instrument(name, place, f"Provisions on Lamp Signals {number}", url=url))
    law = tuple(Provision(f"art_{n}", ProvisionKind.ARTICLE, str(n), citation=f"Article {n}") for n in range(1, 80))
    for version_id in ("a", "b"):
        snapshot = snapshots.add(db, page, url, then, 200, "text/html", version_id, 1, {}, "")
        reading = Reading("html", place, "en", f"Provisions on Lamp Signals {number}", provisions=law)
        version = Version(
            f"{name}@{version_id}", name, name, page, snapshot, "en", then, ReviewState.CONFIRMED, False, "00", reading
        )
        versions.add(db, version)
    comparison = Comparison(tuple(_change(place, n) for n in range(1, 31)), {"modified": 30, "weight": "high"})
    set_id = changes.add_set(db, old_version_id=f"{name}@a", new_version_id=f"{name}@b", comparison=comparison, at=then)
    event = Event(
        0, f"new_version:{name}@b", EventKind.NEW_VERSION, name, then, f"{name}@b", set_id, Weight.HIGH, place,
        (f"{place}_cac",), ("ai-regulation",), name,
    )  # fmt: skip
    events.add(db, event)


def _change(place: str, number: int) -> Change:
    head, old, new, tail = _WORDS.get(place, _LATIN)
    head = head * 8
    return Change(
        kind=ChangeKind.MODIFIED,
        weight=tuple(Weight)[number % 4],
        old_unit=f"art_{number}",
        new_unit=f"art_{number}",
        old_eid=f"art_{number}",
        new_eid=f"art_{number}",
        old_citation=f"Article {number}",
        new_citation=f"Article {number}",
        old_text=head + old + tail,
        new_text=head + new + tail,
        ops=(Op(OpKind.EQUAL, head), Op(OpKind.DELETE, old), Op(OpKind.INSERT, new), Op(OpKind.EQUAL, tail)),
        explanation="Time limit shortened from 30 days to 10 days",
    )


if __name__ == "__main__":
    main()
