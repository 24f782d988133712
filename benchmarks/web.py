"""How fast the pages are under twenty readers: `python -m benchmarks.web [--scale 0.1] [--pause 0]`.

Makes a database with a seeded generator (2,000 instruments, 10,000 versions, 1,000,000 provisions at scale 1), serves
it from one process, and asks for Today, Instrument, Change and Search from another. Nothing is asked twice on purpose.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx

from storage import changes, instruments, milestones, pages, search, snapshots, sources, versions
from storage.database import open_database, transaction
from storage.records import (
    Authority,
    Change,
    ChangeKind,
    Comparison,
    Instrument,
    Milestone,
    MilestoneKind,
    Op,
    OpKind,
    Provision,
    ProvisionKind,
    Reading,
    Source,
    Standing,
    Version,
    Weight,
)

START = datetime(2024, 1, 1, 9, tzinfo=UTC)
VERSIONS = 5  # of each instrument
ARTICLES = 40  # of each version; with their paragraphs a hundred provisions
PLACES = ("cn", "eu", "us", "in")
LANGUAGES = {"cn": "zh", "eu": "en", "us": "en", "in": "en"}
TOPICS = ("ai-regulation", "biometrics", "data-protection", "children", "content-labelling", "copyright")
WORDS = tuple(
    "provider shall notify authority register system notice within days personal data public record model risk label "
    "measure deployer service content review appeal officer file request annual report security assessment".split()
)
PAIRS = tuple(
    "评估 安全 服务 提供 数据 个人 信息 登记 公布 结果 算法 标识 合成 处理 申诉 机构 报告 "
    "期限 备案 用户 内容 管理 风险".split()
)


def words(chance: random.Random, place: str, many: int) -> str:
    """Return invented words, a few of them far commoner than the others, as in law."""
    stock = PAIRS if place == "cn" else WORDS
    drawn = [stock[min(int(chance.paretovariate(0.9)) - 1, len(stock) - 1)] for _ in range(many)]
    rare = f"{chance.choice(stock)}{chance.randrange(5000)}"
    return ("" if place == "cn" else " ").join([*drawn, rare]) + ("。" if place == "cn" else ".")


def provisions(chance: random.Random, place: str) -> list[Provision]:
    """Return the articles of one law, each with none to three paragraphs."""
    made = []
    for number in range(1, ARTICLES + 1):
        below = tuple(
            Provision(f"art_{number}__para_{n}", ProvisionKind.PARAGRAPH, str(n), f"{n}.", "",
                      words(chance, place, 25), f"Article {number}({n})", (), f"art_{number}__para_{n}")
            for n in range(1, number % 4 + 1)
        )  # fmt: skip
        made.append(
            Provision(f"art_{number}", ProvisionKind.ARTICLE, str(number), f"Article {number}", words(chance, place, 3),
                      words(chance, place, 30), f"Article {number}", below, f"art_{number}")
        )  # fmt: skip
    return made


def edited(chance: random.Random, place: str, before: list[Provision]) -> tuple[list[Provision], Comparison]:
    """Return the next version's articles, and what changed: three articles got other words at their end."""
    after, found = list(before), []
    for at in sorted(chance.sample(range(len(before)), 3)):
        old, more = before[at], words(chance, place, 6)
        after[at] = Provision(old.eid, old.kind, old.number, old.label, old.heading, old.text[:-9] + more, old.citation,
                              old.children, old.pid)  # fmt: skip
        ops = (Op(OpKind.EQUAL, old.text[:-9]), Op(OpKind.DELETE, old.text[-9:]), Op(OpKind.INSERT, more))
        found.append(
            Change(ChangeKind.MODIFIED, chance.choice(list(Weight)), old.eid, old.eid, old.eid, old.eid, old.citation,
                   old.citation, old.text, after[at].text, ops, (), "Wording changed")
        )  # fmt: skip
    pairs = tuple((each.eid, each.eid) for each in before)
    heaviest = min((each.weight for each in found), key=list(Weight).index)
    return after, Comparison(tuple(found), {"modified": 3, "weight": heaviest.value}, (), pairs)


def fill(path: Path, laws: int) -> None:
    """Make the database."""
    chance = random.Random(7)
    with closing(open_database(path)) as db:
        made = [Source(f"{p}_source", p, f"Source of {p}", (f"{p}_x",), LANGUAGES[p], "page", (f"http://127.0.0.1/{p}",),
                       timedelta(days=1)) for p in PLACES]  # fmt: skip
        sources.sync(db, made, START)
        for number in range(laws):
            place = PLACES[number % 4]
            with transaction(db):
                _one_law(db, chance, place, f"{place}_law_{number}")
        search.index_new_versions(db)
        db.execute("ANALYZE")


def _one_law(db, chance, place, law):
    [page] = pages.of_source(db, f"{place}_source")
    title = f"{words(chance, 'eu', 6)} {law}"
    instruments.add_if_new(db, Instrument(law, place, title, words(chance, place, 6), f"{place}_source", page.url))
    text, before, found = provisions(chance, place), "", None
    for step in range(VERSIONS):
        at = START + timedelta(days=step * 180 + chance.randrange(180), minutes=chance.randrange(1440))
        shot = snapshots.add(db, page.id, page.url, at, 200, "text/html", "aa", 1, {}, "aa/x")
        if step:
            text, found = edited(chance, place, text)
        authorities = (Authority(f"{place}_x", "Practice Office"),)
        reading = Reading("html", place, LANGUAGES[place], title, type="rule", authorities=authorities,
                          topics=tuple(chance.sample(TOPICS, 2)), provisions=tuple(text),
                          counts={"article": ARTICLES})  # fmt: skip
        version = versions.next_id(db, law, at.date())
        versions.add(db, Version(version, law, f"{place}_source", page.id, shot, LANGUAGES[place], at,
                                 Standing.CONFIRMED, step == 0, f"{law}{step}", reading))  # fmt: skip
        if found:
            changes.add_set(db, old_version_id=before, new_version_id=version, comparison=found, at=at)
        before = version
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(1000))
    milestones.replace(db, law, before, [Milestone(MilestoneKind.IN_FORCE, day, "stated")])


def serve(path: Path, listening: socket.socket) -> None:
    """Serve the database from this process until it is ended."""
    import uvicorn  # noqa: PLC0415 - the other process starts faster without it

    from tracker.config import Settings  # noqa: PLC0415
    from tracker.service import open_service  # noqa: PLC0415
    from tracker.web.app import make_app  # noqa: PLC0415

    settings = Settings(home=path.parent, database_url=f"sqlite:///{path}")
    app = make_app(open_service(settings, {}, (), to_watch=False), questions_per_minute=10**9)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


def addresses(laws: int, seed: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield what one reader asks for: the kind of page, its address and what is asked."""
    chance = random.Random(seed)
    while True:
        law = chance.randrange(laws)
        yield "Today", "/", {"jurisdiction": chance.choice(("", *PLACES)), "weight": chance.choice(list(Weight)).value}
        yield "Instrument", f"/instruments/{PLACES[law % 4]}_law_{law}", {}
        yield (
            "Change",
            f"/changes/{chance.randrange(laws * (VERSIONS - 1)) + 1}",
            {"view": chance.choice(("inline", "side"))},
        )
        asked = chance.choice((PAIRS, WORDS))
        rare = f"{chance.choice(asked)}{chance.randrange(5000)}"
        question = chance.choice((chance.choice(asked), f"{chance.choice(asked)} {chance.choice(asked)}", rare))
        yield "Search", "/search", {"q": question, "past": chance.choice(("false", "true"))}


async def _read(
    client: httpx.AsyncClient, laws: int, seed: int, end: float, pause: float, took: dict[str, list[float]]
):
    for kind, path, params in addresses(laws, seed):
        if time.perf_counter() > end:
            return
        begin = time.perf_counter()
        answer = await client.get(path, params=params)
        took.setdefault(kind, []).append(time.perf_counter() - begin)
        assert answer.status_code == 200, (path, params, answer.status_code)
        if pause:
            await asyncio.sleep(pause * (0.5 + random.random()))


async def measure(base: str, laws: int, readers: int, seconds: float, pause: float) -> dict[str, list[float]]:
    """Return how long each kind of page took, asked for by so many readers at once."""
    took: dict[str, list[float]] = {}
    limits = httpx.Limits(max_connections=readers)
    async with httpx.AsyncClient(base_url=base, limits=limits, timeout=60) as client:
        await client.get("/healthz")
        end = time.perf_counter() + seconds
        await asyncio.gather(*(_read(client, laws, 1000 + n, end, pause, took) for n in range(readers)))
    return took


def main() -> None:
    """Print the table."""
    given = argparse.ArgumentParser()
    given.add_argument("--scale", type=float, default=0.1)
    given.add_argument("--readers", type=int, default=20)
    given.add_argument("--seconds", type=float, default=15)
    given.add_argument("--pause", type=float, default=0, help="seconds a reader reads before asking again")
    given.add_argument("--database", type=Path, help="kept, and used again when it is there")
    asked = given.parse_args()
    laws = int(2000 * asked.scale)
    with tempfile.TemporaryDirectory() as folder:
        path = asked.database or Path(folder) / "clausewatch.db"
        if not path.exists():
            begin = time.perf_counter()
            fill(path, laws)
            print(f"made in {time.perf_counter() - begin:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        with closing(socket.socket()) as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen(100)
            server = multiprocessing.get_context("spawn").Process(target=serve, args=(path, listening))
            server.start()
            base = f"http://127.0.0.1:{listening.getsockname()[1]}"
            took = asyncio.run(measure(base, laws, asked.readers, asked.seconds, asked.pause))
            memory = Path(f"/proc/{server.pid}/status")
            peak = (
                next((line for line in memory.read_text().splitlines() if "VmHWM" in line), "")
                if memory.exists()
                else ""
            )
            server.terminate()
            server.join()
    print(f"{laws} instruments, {laws * VERSIONS} versions, {asked.readers} readers, pause {asked.pause} s; {peak}")
    print("| page | asked | median ms | p95 ms | worst ms |\n|---|---|---|---|---|")
    for kind, times in took.items():
        cuts = statistics.quantiles([1000 * each for each in times], n=20)
        print(f"| {kind} | {len(times)} | {cuts[9]:.0f} | {cuts[18]:.0f} | {1000 * max(times):.0f} |")


if __name__ == "__main__":
    main()
