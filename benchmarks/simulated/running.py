"""The schedule at work in a drawn world: ticks of ten minutes, looks one after the other at each host."""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from benchmarks.simulated.world import LOOKS_A_PAGE, START, DrawnWorld
from crawlers.hosts.host_lock import host_key
from storage.records import CheckHistory, Page
from tracker.schedule import Schedule
from tracker.schedule.bounds import LONGEST, SHORTEST

TICK = timedelta(minutes=10)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
RULES = (
    "two looks at a host within its pause",
    "more looks at a host in an hour than it bears",
    "a look outside a host's hours",
    "a page sooner than after 15 minutes",
    "a page later than after 30 days",
)


@dataclass
class ScheduleOutcome:
    """What came of it: pairs of hours of delay and weight, looks, and how often each rule was broken."""

    measured_days: int
    delays: list[tuple[float, float]] = field(default_factory=list)
    looks: int = 0
    breaches: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RULES, 0))

    @property
    def changes(self) -> int:
        """How many changes were there to notice."""
        return len(self.delays)

    @property
    def looks_a_day(self) -> float:
        """How many looks a day were made while measuring."""
        return self.looks / self.measured_days


def run(world: DrawnWorld, *, signals: bool) -> ScheduleOutcome:
    """Let the schedule look at *world* from the first to the last day; it plans anew each midnight."""
    return _Watch(world, signals=signals).run()


class _Watch:
    """One run: the rhythms known so far, the queue of next looks, and a keeper of the rules."""

    def __init__(self, world: DrawnWorld, *, signals: bool) -> None:
        self.world = world
        self.pages: dict[int, Page] = {page.id: page for page in world.pages}
        self.rhythms: dict[int, CheckHistory] = {}
        self.unseen_changes = [deque(changes) for changes in world.changes]
        self.outcome = ScheduleOutcome(world.days - world.learning_days)
        self.measuring_from = START + world.learning_days * _DAY
        self.recent: dict[str, deque[datetime]] = {host: deque() for host in world.hosts}
        self.looks: deque[tuple[datetime, int]] = deque()
        self.signals = sorted(self._signals(), reverse=True) if signals else []

    def run(self) -> ScheduleOutcome:
        for day in range(self.world.days):
            self._plan(START + day * _DAY)
            for tick in range(_DAY // TICK):
                self._tick(START + day * _DAY + tick * TICK)
        end = START + self.world.days * _DAY
        for page_id in self.pages:
            self._notice(page_id, end)
            if page_id in self.rhythms and end - self.rhythms[page_id].last_at > LONGEST + _HOUR:
                self._break(4)  # and it was never looked at again
        return self.outcome

    def _plan(self, now: datetime) -> None:
        looks = LOOKS_A_PAGE * len(self.pages)
        pages = list(self.pages.values())
        self.schedule = Schedule(self.world.sources, pages, self.rhythms, now, self.world.hosts, looks)
        self.queue = [(self.schedule.next_look_at(page, now), page.id) for page in pages]
        heapq.heapify(self.queue)

    def _tick(self, now: datetime) -> None:
        self._hear(now)
        ready = self.due(now)
        while self.looks and now - self.looks[0][0] >= _HOUR:
            self.looks.popleft()
        selection = self.schedule.within_hours_share(ready, [page_id for _, page_id in self.looks])
        for page_id in {page.id for page in ready} - {page.id for page in selection}:
            heapq.heappush(self.queue, (now + TICK, page_id))
        for page in selection:
            self._ask(page, self.schedule.places[page.id].host, now)

    def due(self, now: datetime) -> list[Page]:
        """Take what is due out of the queue, in the order the schedule would name it."""
        ready = set()
        while self.queue and self.queue[0][0] <= now:
            _, page_id = heapq.heappop(self.queue)
            if page_id not in ready and self.schedule.next_look_at(self.pages[page_id], now) <= now:
                ready.add(page_id)
        return self.schedule.in_order([self.pages[page_id] for page_id in ready], now)

    def _ask(self, page: Page, host: str, now: datetime) -> None:
        """Look as the crawl does: after the pause, and not once the host's hours have ended."""
        budget, recent = self.world.hosts[host], self.recent[host]
        at = max(now, recent[-1] + timedelta(seconds=budget.pause)) if recent else now
        if budget.open_at(at) == at:
            self._look(page, host, at)
        else:
            heapq.heappush(self.queue, (budget.open_at(at), page.id))

    def _look(self, page: Page, host: str, at: datetime) -> None:
        self._keep_rules(page, host, at)
        before = self.rhythms.get(page.id)
        has_changed = self._notice(page.id, at)
        first = before.first_at if before else at
        looks, changes = (before.looks, before.changes) if before else (0, 0)
        self.rhythms[page.id] = CheckHistory(page.id, at, looks + 1, changes + (has_changed and looks > 0), first, at)
        self.outcome.looks += at >= self.measuring_from
        heapq.heappush(self.queue, (self.schedule.next_look_at(page, at), page.id))

    def _notice(self, page_id: int, at: datetime) -> bool:
        queue, has_changed = self.unseen_changes[page_id], False
        while queue and queue[0] <= at:
            since, has_changed = queue.popleft(), True
            if since >= self.measuring_from:
                weight = self.world.sources[self.pages[page_id].source_id].importance
                self.outcome.delays.append(((at - since) / _HOUR, weight))
        return has_changed

    def _hear(self, now: datetime) -> None:
        """Take in what lists say."""
        while self.signals and self.signals[-1][0] <= now:
            at, page_id = self.signals.pop()
            page = self.pages[page_id] = replace(self.pages[page_id], hinted_at=at)
            self.schedule.places[page_id] = replace(self.schedule.places[page_id], page=page)
            heapq.heappush(self.queue, (self.schedule.next_look_at(page, now), page_id))

    def _signals(self) -> list[tuple[datetime, int]]:
        random = Random(self.world.seed)
        return [
            (at + _HOUR, page_id)
            for page_id in sorted(self.world.pages_on_lists)
            for at in self.world.changes[page_id]
            if random.random() < 0.8
        ]

    def _keep_rules(self, page: Page, host: str, at: datetime) -> None:
        budget, recent, before = self.world.hosts[host], self.recent[host], self.rhythms.get(page.id)
        assert host == host_key(page.url)
        while len(recent) > 1 and at - recent[0] >= _HOUR:  # the last one is kept for the pause
            recent.popleft()
        self._break(0, recent and (at - recent[-1]).total_seconds() < budget.pause)
        self._break(1, sum(at - look < _HOUR for look in recent) >= (budget.looks_an_hour or 0))
        self._break(2, budget.open_at(at) != at)
        self._break(3, before is not None and at - before.last_at < SHORTEST)
        self._break(4, before is not None and at - before.last_at > LONGEST + _HOUR)
        recent.append(at)
        self.looks.append((at, page.id))

    def _break(self, rule: int, is_broken: object = True) -> None:
        self.outcome.breaches[RULES[rule]] += bool(is_broken)
