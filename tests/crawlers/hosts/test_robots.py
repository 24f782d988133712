from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import pytest

from crawlers.errors import NotAskedError
from crawlers.failure_causes import Cause
from crawlers.hosts.robots import Robots
from storage.records import Outcome


def time_of_day(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=UTC)


PRIVATE_RULES = "User-agent: *\nDisallow: /private/\n"


def test_no_request_slips_through_while_robots_txt_is_still_on_its_way(watch, regulator):
    regulator.says("/robots.txt", PRIVATE_RULES, kind="text/plain", before=lambda: time.sleep(1))
    urls = [regulator.says(f"/private/{n}") for n in range(5)]
    watch.declare("eu_private", '", "'.join(urls))

    watch.crawl()

    assert regulator.paths() == []
    assert [c.cause for c in watch.looks("eu_private")] == [Cause.ROBOTS] * 5


def test_a_site_whose_robots_txt_fails_is_left_alone(watch, regulator):
    regulator.says("/robots.txt", "User-agent: *\nAllow: /\n", status=500)
    watch.declare("eu_act", regulator.says("/act"))

    watch.crawl()

    assert regulator.paths() == []
    assert watch.look("eu_act").cause == Cause.ROBOTS


@pytest.mark.parametrize(
    ("status", "is_allowed"), [(500, False), (503, False), (429, False), (304, False), (404, True), (403, True)]
)
def test_what_a_robots_txt_without_rules_means_is_told_by_its_status(status, is_allowed):
    async def answer(url: str) -> tuple[int, bytes]:
        return status, PRIVATE_RULES.encode()

    rules = asyncio.run(Robots().rules("https://law.example/act", answer))

    assert rules.allows("https://law.example/private/act") is is_allowed


def test_a_site_without_robots_txt_allows_everything(watch, regulator):
    watch.declare("eu_act", regulator.says("/act"))  # robots.txt is 404

    watch.crawl()

    assert watch.look("eu_act").outcome is Outcome.NEW


def test_the_pause_that_robots_txt_asks_for_is_kept(watch, regulator):
    regulator.says("/robots.txt", "User-agent: Clausewatch\nCrawl-delay: 1\n", kind="text/plain")
    watch.declare("eu_acts", '", "'.join(regulator.says(f"/{n}") for n in range(3)))

    start = time.monotonic()
    watch.crawl()

    assert time.monotonic() - start >= 2  # between three pages; robots.txt itself starts no pause


def test_many_who_wait_get_the_same_rules_from_one_question():
    questions = []

    async def slowly(url: str) -> tuple[int, bytes]:
        questions.append(url)
        await asyncio.sleep(0.01)
        return 200, PRIVATE_RULES.encode()

    async def five() -> list[bool]:
        robots = Robots()
        url = "https://law.example/private/act"
        rules = await asyncio.gather(*(robots.rules(url, slowly) for _ in range(5)))
        return [rule.allows(url) for rule in rules]

    assert asyncio.run(five()) == [False] * 5
    assert questions == ["https://law.example/robots.txt"]


def test_silence_forbids():
    async def silence(url: str) -> tuple[int, bytes]:
        raise NotAskedError(Cause.UNREACHABLE, url)

    rules = asyncio.run(Robots().rules("https://law.example/act", silence))

    assert not rules.allows("https://law.example/act")


@pytest.mark.parametrize(
    ("hours", "clock", "text"),
    [
        ("0600-0845", time_of_day(7), ""),
        ("0600-0845", time_of_day(12), "06:00 to 08:45 UTC"),
        ("2200-0400", time_of_day(23), ""),  # over midnight
        ("2200-0400", time_of_day(3), ""),
        ("2200-0400", time_of_day(12), "22:00 to 04:00 UTC"),
        ("", time_of_day(12), ""),
    ],
)
def test_a_site_is_visited_in_the_hours_it_asks_for(hours, clock, text):
    async def answer(url: str) -> tuple[int, bytes]:
        return 200, f"User-agent: *\n{f'Visit-time: {hours}' if hours else ''}\n".encode()

    rules = asyncio.run(Robots().rules("https://law.example/act", answer))

    assert rules.outside_hours(clock) == text


def test_a_site_is_left_alone_outside_its_hours(watch, regulator):
    regulator.says("/robots.txt", "User-agent: *\nVisit-time: 0200-0400\n", kind="text/plain")
    watch.declare("eu_act", regulator.says("/act"))

    watch.crawl()

    assert watch.look("eu_act").cause == Cause.BACK_OFF
    assert regulator.paths() == []
