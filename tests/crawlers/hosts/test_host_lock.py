"""Leases of hosts: one request at a time, the pause between two, and no wait that a round cannot bear."""

import asyncio
import time

import pytest

from crawlers.errors import NotAskedError
from crawlers.failure_causes import Cause
from crawlers.hosts import host_lock
from crawlers.hosts.host_lock import LONGEST_WAIT, Hosts
from crawlers.hosts.site import site_of

URL = "https://law.example/list"


def test_the_pause_since_the_last_request_is_kept_across_processes(tmp_path):
    async def two_turns():
        first, second = Hosts(), Hosts()  # of two processes
        first.give_back(await first.take_turn(URL, tmp_path, 0.2))
        start = time.monotonic()
        second.give_back(await second.take_turn(URL, tmp_path, 0.2))
        return time.monotonic() - start

    assert 0.1 <= asyncio.run(two_turns()) < 2


def test_a_lease_is_held_by_one_at_a_time(tmp_path):
    async def overlap():
        first, second = Hosts(), Hosts()
        turn = await first.take_turn(URL, tmp_path, 0)
        second_turn = asyncio.ensure_future(second.take_turn(URL, tmp_path, 0))
        finished_turns, _ = await asyncio.wait({second_turn}, timeout=0.15)
        first.give_back(turn)
        second.give_back(await second_turn)
        return bool(finished_turns)

    assert asyncio.run(overlap()) is False


def test_a_host_that_asks_for_a_huge_pause_is_left_to_a_later_round(tmp_path):
    async def twice():
        hosts = Hosts()
        hosts.respect(URL, LONGEST_WAIT * 10)
        hosts.give_back(await hosts.take_turn(URL, tmp_path, 0))
        await hosts.take_turn(URL, tmp_path, 0)

    with pytest.raises(NotAskedError, match="a later round goes on") as refusal:
        asyncio.run(asyncio.wait_for(twice(), 5))
    assert refusal.value.cause is Cause.BACK_OFF


def test_the_first_page_waits_for_the_pause_after_robots(tmp_path):
    async def robots_then_page():
        hosts = Hosts()
        hosts.give_back(await hosts.take_turn(URL, tmp_path, 0.2), for_robots=True)
        start = time.monotonic()
        hosts.give_back(await hosts.take_turn(URL, tmp_path, 0.2))
        return time.monotonic() - start

    assert 0.15 <= asyncio.run(robots_then_page()) < 2


def test_the_pause_between_two_pages_is_kept_after_robots_too(tmp_path):
    async def robots_and_two_pages():
        hosts = Hosts()
        hosts.give_back(await hosts.take_turn(URL, tmp_path, 0), for_robots=True)
        hosts.give_back(await hosts.take_turn(URL, tmp_path, 0))
        start = time.monotonic()
        hosts.give_back(await hosts.take_turn(URL, tmp_path, 0.2))
        return time.monotonic() - start

    assert 0.15 <= asyncio.run(robots_and_two_pages()) < 2


def test_a_host_that_asks_for_a_huge_pause_is_still_asked_once_after_robots(tmp_path, monkeypatch):
    monkeypatch.setattr(host_lock, "LONGEST_AFTER_ROBOTS", 0.1)

    async def robots_then_page():
        hosts = Hosts()
        hosts.give_back(await hosts.take_turn(URL, tmp_path, 0), for_robots=True)
        hosts.respect(URL, LONGEST_WAIT * 10)
        hosts.give_back(await hosts.take_turn(URL, tmp_path, 0))

    asyncio.run(asyncio.wait_for(robots_then_page(), 5))


@pytest.mark.parametrize("text", ["", "nonsense", "12 pages of it", "\u0000"])
def test_a_spoilt_file_of_a_host_starts_no_pause(tmp_path, text):
    async def one_turn():
        hosts = Hosts()
        (tmp_path / "law.example.lock").write_text(text)
        hosts.give_back(await hosts.take_turn(URL, tmp_path, 60))

    asyncio.run(asyncio.wait_for(one_turn(), 5))


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://eur-lex.europa.eu/x", "europa.eu"),
        ("http://www.cac.gov.cn/y", "cac.gov.cn"),
        ("https://www.indiacode.nic.in/z", "indiacode.nic.in"),
        ("https://capitol.texas.gov/", "texas.gov"),
        ("https://www.bfdi.bund.de/", "bund.de"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://192.0.2.7/", "192.0.2.7"),
    ],
)
def test_a_site_is_what_its_owner_registered(url, site):
    assert site_of(url) == site
