"""The drawn world: pages with weights and change rates, on hosts with limits, and the instants they change at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from storage.records import Page, Politeness, Source
from tracker.schedule import HostBudget
from tracker.schedule.hours import business_days, instant_of

START = datetime(2026, 1, 5, tzinfo=UTC)
HOSTS, LOOKS_A_PAGE = 300, 1.0
_CHANGES_A_PAGE = 521 / 10_000  # a day, as in the study this repeats
_ZONES = ("Asia/Shanghai", "Europe/Brussels", "America/New_York", "Asia/Kolkata")
_WEIGHTS, _OF_WEIGHT = (10, 3, 1), (10, 60, 30)
_LISTS, _LISTS_CHANGE, _LAWS_CHANGE, _SPREAD = 0.08, 0.5, 0.013, 0.75
_EVERY = timedelta(days=30)


@dataclass(frozen=True)
class DrawnWorld:
    """What is drawn: by page number its source, change rate a day and changes in order; and what hosts bear."""

    days: int
    learning_days: int
    sources: dict[str, Source]
    pages: list[Page]
    rates: list[float]
    changes: list[list[datetime]]
    hosts: dict[str, HostBudget]
    pages_on_lists: frozenset[int]
    seed: int


def draw_world(seed: int, pages: int, days: int) -> DrawnWorld:
    """Draw *pages* pages over *days* days, the first third of them for learning."""
    random = Random(seed)
    names = [f"h{n}.example" for n in range(HOSTS)]
    where = random.choices(names, [1 / (n + 1) for n in range(HOSTS)], k=pages)
    lists = [random.random() < _LISTS for _ in range(pages)]
    rates = [_rate(random, is_list) for is_list in lists]
    scale = _CHANGES_A_PAGE * pages / sum(rates)
    rates = [min(max(rate * scale, 1 / 2000), 8.0) for rate in rates]
    sources = {f"s{n}": _source(random, n, where[n], lists[n]) for n in range(pages)}
    world_pages = [
        Page(n, f"s{n}", sources[f"s{n}"].urls[0], listing=lists[n], first_seen_at=START) for n in range(pages)
    ]
    return DrawnWorld(
        days,
        days // 3,
        sources,
        world_pages,
        rates,
        [_changes(random, rates[n], sources[f"s{n}"].timezone, days) for n in range(pages)],
        {name: _allowance(random) for name in names},
        frozenset(n for n in range(pages) if random.random() < 0.6),
        seed,
    )


def _rate(random: Random, is_list: bool) -> float:
    return (_LISTS_CHANGE if is_list else _LAWS_CHANGE) * math.exp(random.gauss(0, _SPREAD))


def _source(random: Random, number: int, host: str, is_list: bool) -> Source:
    return Source(
        f"s{number}", "eu", f"Page {number}", ("eu_commission",), "en", "listing" if is_list else "page",
        (f"https://{host}/{number}",), _EVERY, importance=random.choices(_WEIGHTS, _OF_WEIGHT)[0],
        timezone=random.choice(_ZONES), politeness=Politeness(),
    )  # fmt: skip


def _changes(random: Random, rate: float, zone: str, days: int) -> list[datetime]:
    at, instants = business_days(START, zone), []
    end = business_days(START + timedelta(days=days), zone)
    while (at := at + random.expovariate(rate)) < end:
        instants.append(instant_of(at, zone))
    return instants


def _allowance(random: Random) -> HostBudget:
    """Most hosts ask for nothing; a few for a longer pause, a few for certain hours."""
    lot = random.random()
    if lot < 0.07:
        return HostBudget(120.0)
    return HostBudget(10.0, hours=(time(20), time(8)) if lot < 0.1 else None)
