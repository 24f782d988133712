"""One crawl of many sources in one process: those of one host one after the other, hosts side by side."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.reactor import install_reactor

from crawlers.child import job
from crawlers.child.walk_limits import longest_walk
from crawlers.declaration.load import load
from crawlers.environment import user_agent
from crawlers.hosts.host_lock import HOSTS, HOSTS_AT_ONCE, host_key
from crawlers.loader import DeclaredSpiders
from storage.database.place import store_place
from storage.records import Source

_STOP_PATIENCE = 30.0  # seconds for requests in flight

CrawlReport = Mapping[str, Mapping[str, Any]]


def crawl(line: bytes) -> NoReturn:
    """Walk every source of the orders in *line*."""
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor, task  # noqa: PLC0415 - importing it installs one

    overrides, orders = job.load(line)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings = _settings(overrides)
    sources = load([Path(folder) for folder in overrides["CLAUSEWATCH_DECLARATIONS"]])
    jobs = {source_id: job for source_id, job in orders.items() if source_id in sources}

    def start(_: Any) -> Any:
        return deferred_from_coro(_all_hosts(jobs, sources, settings))

    task.react(start, _reactor=reactor)  # ends the process with the status of what happened


def _settings(overrides: Mapping[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule("crawlers.settings")
    settings.update(dict(overrides), priority="cmdline")
    settings.set("USER_AGENT", user_agent(overrides["CLAUSEWATCH_CONTACT"]), priority="cmdline")
    return settings


async def _all_hosts(jobs: CrawlReport, sources: Mapping[str, Source], settings: Settings) -> None:
    place = store_place(settings["CLAUSEWATCH_DATABASE"])
    if isinstance(place, str):  # machines that share a store agree through it
        from crawlers.hosts.turn_rows import TurnRows  # noqa: PLC0415 - most crawls are of one machine

        HOSTS.fleet = TurnRows(place)
    spiders = DeclaredSpiders(sources, place)
    runner = AsyncCrawlerRunner(settings)
    gate = asyncio.Semaphore(HOSTS_AT_ONCE)
    by_host: dict[str, list[str]] = defaultdict(list)
    for source_id in sorted(jobs, key=lambda name: -sources[name].importance):
        by_host[host_key(sources[source_id].urls[0])].append(source_id)

    async def one_host(source_ids: Sequence[str]) -> None:
        async with gate:
            for source_id in source_ids:
                longest = longest_walk(sources[source_id], jobs[source_id]["urls"])
                await _within(longest, runner, runner.create_crawler(spiders.load(source_id)), jobs[source_id])

    await asyncio.gather(*(one_host(source_ids) for source_ids in by_host.values()))


async def _within(longest: timedelta, runner: AsyncCrawlerRunner, crawler: Crawler, orders: Mapping[str, Any]) -> None:
    """Walk one source, and stop it when it takes longer.

    What it has not looked at is named by who ordered the crawl.
    """
    walk = asyncio.ensure_future(runner.crawl(crawler, **orders))
    ended_walks, _ = await asyncio.wait({walk}, timeout=longest.total_seconds())
    if not ended_walks:
        asyncio.ensure_future(crawler.stop_async())  # noqa: RUF006 - the walk itself is awaited
        ended_walks, _ = await asyncio.wait({walk}, timeout=_STOP_PATIENCE)
    for ended_walk in ended_walks:
        ended_walk.result()
