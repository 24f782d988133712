"""The turns of hosts over a fleet: one at a time, the pause held, a dead holder's lock free, a zombie refused."""

from __future__ import annotations

import asyncio
import time
from contextlib import closing

import pytest

from crawlers.errors import NotAskedError
from crawlers.hosts.host_lock import Hosts
from crawlers.hosts.turn_rows import TurnRows
from storage import host_turns
from storage.database.connection import execute, query
from storage.database.fence import Fence, fence_of, fenced_place, unfenced_place
from storage.schema.open import open_database

URL = "https://law.example/list"
HOST = "law.example"


@pytest.fixture
def machines(postgresql_url):
    """Two machines of a fleet, each with its own view of the hosts."""
    with closing(open_database(postgresql_url)) as db:
        _a_queue(db)
        with closing(TurnRows(postgresql_url)) as first, closing(TurnRows(postgresql_url)) as second:
            yield Hosts(fleet=first), Hosts(fleet=second)


def _a_queue(db):
    """Make what the fence asks of a queue."""
    execute(db, "CREATE TABLE procrastinate_jobs (id bigint, attempts int, status text)")
    execute(db, "INSERT INTO procrastinate_jobs VALUES (7, 0, 'doing')")


def seconds(of):
    start = time.monotonic()
    asyncio.run(asyncio.wait_for(of, 10))
    return time.monotonic() - start


def test_a_host_is_asked_by_one_machine_at_a_time(machines, tmp_path):
    first, second = machines

    async def overlap():
        turn = await first.take_turn(URL, tmp_path, 0)
        second_turn = asyncio.ensure_future(second.take_turn(URL, tmp_path, 0))
        finished_turns, _ = await asyncio.wait({second_turn}, timeout=0.4)
        first.give_back(turn)
        second.give_back(await second_turn)
        return bool(finished_turns)

    assert asyncio.run(overlap()) is False
    assert list(tmp_path.iterdir()) == []  # no file of one machine


def test_another_host_waits_for_nobody(machines, tmp_path):
    first, second = machines

    async def both():
        await first.take_turn(URL, tmp_path, 0)
        await second.take_turn("https://other.example/", tmp_path, 0)

    assert seconds(both()) < 2


def test_the_pause_is_held_over_the_fleet(machines, tmp_path):
    first, second = machines

    async def one_after_the_other():
        first.give_back(await first.take_turn(URL, tmp_path, 0.5))
        second.give_back(await second.take_turn(URL, tmp_path, 0.5))

    assert 0.45 <= seconds(one_after_the_other()) < 5


def test_the_lock_of_a_dead_machine_is_free_once_its_request_must_have_ended(machines, tmp_path):
    first, second = machines

    async def dies():
        await first.take_turn(URL, tmp_path, 0, longest=1)
        first.fleet._db.close()  # as a process that is killed
        second.give_back(await second.take_turn(URL, tmp_path, 0, longest=1))

    assert 0.8 <= seconds(dies()) < 5


def test_a_lost_session_does_not_let_two_ask_at_once(machines, tmp_path, postgresql_url):
    first, second = machines

    async def cut_off():
        turn = await first.take_turn(URL, tmp_path, 0, longest=1)
        with closing(open_database(postgresql_url)) as db:
            query(db, "SELECT pg_terminate_backend(pid) AS done FROM pg_locks WHERE locktype = 'advisory'")
        second_turn = asyncio.ensure_future(second.take_turn(URL, tmp_path, 0, longest=1))
        finished_turns, _ = await asyncio.wait({second_turn}, timeout=0.5)
        assert not finished_turns  # the request of the first may still be under way
        first.give_back(turn)
        second.give_back(await second_turn)

    assert seconds(cut_off()) < 8


def test_who_is_cut_off_while_it_waits_connects_again(machines, tmp_path, postgresql_url):
    first, second = machines

    async def cut_off():
        second.give_back(await second.take_turn(URL, tmp_path, 0))
        with closing(open_database(postgresql_url)) as db:
            sql = "SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            query(db, f"{sql} AND query LIKE '%pg_advisory_unlock%'")
        first.give_back(await first.take_turn(URL, tmp_path, 0))
        second.give_back(await second.take_turn(URL, tmp_path, 0))

    assert seconds(cut_off()) < 8


def test_a_zombie_asks_no_host_any_more(machines, tmp_path, postgresql_url):
    turns = TurnRows(fenced_place(postgresql_url, Fence(7, 0)))
    zombie = Hosts(fleet=turns)

    async def twice():
        zombie.give_back(await zombie.take_turn(URL, tmp_path, 0))
        with closing(open_database(postgresql_url)) as db:
            execute(db, "UPDATE procrastinate_jobs SET attempts = 1")
        with pytest.raises(NotAskedError, match="given to another worker"):
            await zombie.take_turn(URL, tmp_path, 0)
        machines[0].give_back(await machines[0].take_turn(URL, tmp_path, 0))

    with closing(turns):
        assert seconds(twice()) < 5


def test_a_huge_pause_is_left_to_a_later_round_and_holds_no_lock(machines, tmp_path, postgresql_url):
    first, _ = machines

    async def twice():
        first.respect(URL, 10_000)
        first.give_back(await first.take_turn(URL, tmp_path, 0))
        with pytest.raises(NotAskedError, match="a later round"):
            await first.take_turn(URL, tmp_path, 0)

    asyncio.run(asyncio.wait_for(twice(), 5))
    with closing(open_database(postgresql_url)) as db:
        assert host_turns.try_lock(db, HOST)


@pytest.mark.parametrize("address", ["postgresql://law.example/db", "postgresql://law.example/db?options=-cx%3Dy"])
def test_a_fence_is_put_around_an_address_and_taken_away(address):
    inside = fenced_place(address, Fence(12, 3))

    assert fence_of(inside) == Fence(12, 3)
    assert unfenced_place(inside) == address
    assert fence_of(address) is None
