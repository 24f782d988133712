"""The scenarios by kind: each has a name, what happens, and what may be lost for good by it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from benchmarks.bad_luck import calendar_luck, disk, machine, mail, pairs, store
from benchmarks.bad_luck.ground import Ground
from benchmarks.bad_luck.post_office import GOOD, MOODS

Act = Callable[[Ground], list[str]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of bad luck.

    *may_repeat* where a mail server kept a message and died before it said so, and where a database is restored, which
    does not know what was sent since: the same message then comes again, under the same Message-ID.
    """

    kind: str
    name: str
    act: Act
    may_repeat: bool = False
    losses: tuple[str, ...] = ()


def _disk() -> Iterator[Scenario]:
    for room in (0, 4_096, 20_000, 60_000, 150_000, 300_000, 500_000, 800_000):
        yield Scenario("full disk", f"disk full after {room} bytes", partial(disk.full_disk, room))
    for room in (0, 100_000):
        yield Scenario("full disk", f"quota {room} bytes above", partial(disk.largest_file, room))
    yield Scenario("torn files", "half a record appended", disk.torn_append)
    for cut in (1, 7, 200):
        yield Scenario("torn files", f"looks cut by {cut}", partial(disk.torn_looks, cut), losses=("looks file",))
    for keep in (0, 33):
        yield Scenario("torn files", f"tiles cut to {keep}", partial(disk.torn_tile, keep))
    yield Scenario("torn files", "tiles of noise", disk.garbled_tile)
    for name in ("archive/aa/.x.warc.gz.1.part", "log/tile/0/000.new", "emails/.half.eml.part"):
        yield Scenario("torn files", f"left over {name}", partial(disk.half_written, name))
    for name in ("log", "locks", "logs", "emails"):
        yield Scenario("deleted", f"{name} deleted", partial(disk.delete_made, name))
    yield Scenario("deleted", "archived pages deleted", disk.deleted_page)
    yield Scenario("read-only", "home read-only", partial(disk.read_only, False))
    yield Scenario("read-only", "home read-only after a crash", partial(disk.read_only, True))


def _machine() -> Iterator[Scenario]:
    for megabytes in (60, 120, 200, 300, 450, 700):
        yield Scenario("low memory", f"{megabytes} MB of addresses", partial(machine.little_memory, megabytes))
    for count in (8, 16, 24, 32, 64):
        yield Scenario("few files", f"{count} files open", partial(machine.few_files, count))
    for seconds in (1, 2):
        yield Scenario("ordered to end", f"{seconds} s of processor", partial(machine.few_processor_seconds, seconds))
    for after in (0.5, 1.2, 2.0, 3.0):
        yield Scenario(
            "ordered to end", f"SIGTERM after {after} s", partial(machine.ordered_to_end, signal.SIGTERM, after)
        )
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGKILL):
        yield Scenario("ordered to end", f"{number.name} after 1.5 s", partial(machine.ordered_to_end, number, 1.5))
    yield Scenario("ordered to end", "run told to stop", machine.told_to_stop)


def _store() -> Iterator[Scenario]:
    yield Scenario("locked database", "locked for long", store.locked_for_long)
    yield Scenario("locked database", "locked for a while", store.locked_for_a_while)
    for place, size in ((0.0, 100), (0.0, 8192), (0.3, 4096), (0.6, 20_000), (0.95, 4096)):
        yield Scenario(
            "damaged database", f"noise at {place} of {size}", partial(store.damage, place, size), may_repeat=True
        )
    for share in (0.0, 0.1, 0.5, 0.9):
        yield Scenario("damaged database", f"cut to {share}", partial(store.cut_short, share), may_repeat=True)
    yield Scenario("damaged database", "a letter instead", store.no_database_at_all)
    yield Scenario("damaged database", "another program's", store.another_program)
    yield Scenario("damaged database", "journal deleted", store.lost_journal)
    yield Scenario("settings", "home moved", store.moved_home)
    yield Scenario("settings", "home is a file", store.home_is_a_file)
    for name, text in (
        ("no TOML", b"contact = = 3"),
        ("no text", b"\xff\xfe\x00contact"),
        ("unknown", b'contcat = "x"'),
        ("wrong type", b"crawl_processes = 'many'"),
        ("NUL", b'contact = "a\x00b"'),
    ):
        yield Scenario("settings", f"settings: {name}", partial(store.garbled_settings, text))
    for name, value in (
        ("CLAUSEWATCH_SMTP_URL", "ftp://mail"),
        ("CLAUSEWATCH_SMTP_URL", "smtp://"),
        ("CLAUSEWATCH_SMTP_URL", "smtp://127.0.0.1:99999"),
        ("CLAUSEWATCH_BASE_URL", "not an address"),
        ("CLAUSEWATCH_DATABASE_URL", "mysql://x"),
        ("CLAUSEWATCH_SMTP_PATIENCE", "soon"),
    ):
        yield Scenario("settings", f"{name}={value}", partial(store.wrong_setting, name, value))
    yield Scenario("settings", "garbled declaration", store.garbled_declaration)
    for name in ("secret.key", "log.key"):
        yield Scenario("settings", f"{name} empty", partial(store.empty_key, name))


def _mail() -> Iterator[Scenario]:
    for name in MOODS:
        if name != GOOD:
            yield Scenario("mail", f"the mail server {name}", partial(mail.mood, name), may_repeat="keeps" in name)
    yield Scenario("mail", "no mail server", mail.no_server)
    yield Scenario("mail", "no such mail server", mail.no_name)
    yield Scenario("mail", "no folder for mail", mail.no_folder)


def _pairs() -> Iterator[Scenario]:
    check = ("check", "--all")
    yield Scenario("two of everything", "two rounds", lambda ground: pairs.together(check, check, ground=ground))
    yield Scenario(
        "two of everything", "three rounds", lambda ground: pairs.together(check, check, check, ground=ground)
    )
    yield Scenario(
        "two of everything", "a round and replay", lambda ground: pairs.together(check, ("replay",), ground=ground)
    )
    yield Scenario("two of everything", "two jobs", pairs.two_jobs)
    yield Scenario("two of everything", "two copies", pairs.two_copies)
    yield Scenario("two of everything", "two webs", pairs.two_webs)


def _calendar() -> Iterator[Scenario]:
    for years in (-30, -3, -1, 1, 4, 40):
        act = partial(calendar_luck.wrong_clock, timedelta(days=366 * years))
        yield Scenario("wrong clock", f"clock {years:+} years", act)
    act = partial(calendar_luck.scheduled_after_wrong_clock, timedelta(days=2000))
    yield Scenario("wrong clock", "clock right again", act)
    for zone, day in (
        ("Europe/Berlin", date(2026, 3, 29)),
        ("Europe/Berlin", date(2026, 10, 25)),
        ("America/New_York", date(2026, 3, 8)),
        ("Australia/Lord_Howe", date(2026, 4, 5)),
        ("Africa/Casablanca", date(2026, 2, 15)),
    ):
        act = partial(calendar_luck.day_of_change, zone, day, 2)
        yield Scenario("clocks change", f"{zone} on {day}", act)


SCENARIOS = (*_disk(), *_machine(), *_store(), *_mail(), *_pairs(), *_calendar())
