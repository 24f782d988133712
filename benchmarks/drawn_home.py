"""A home drawn by a seeded generator: laws in five versions each, with changes, dates and the search index."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from storage import changes, events, instruments, milestones, pages, snapshots, sources, versions
from storage.database.connection import transaction
from storage.records import (
    Authority,
    Change,
    ChangeKind,
    Comparison,
    Event,
    EventKind,
    Instrument,
    Milestone,
    MilestoneKind,
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
from storage.search import index

START = datetime(2024, 1, 1, 9, tzinfo=UTC)
VERSIONS = 5  # of each instrument
ARTICLES = 40  # of each version
PROVISIONS = 100  # of each version: the articles with their paragraphs
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
    common = [stock[min(int(chance.paretovariate(0.9)) - 1, len(stock) - 1)] for _ in range(many)]
    rare = f"{chance.choice(stock)}{chance.randrange(5000)}"
    return ("" if place == "cn" else " ").join([*common, rare]) + ("。" if place == "cn" else ".")


def provisions(chance: random.Random, place: str) -> list[Provision]:
    """Return the articles of one law, each with none to three paragraphs."""
    articles = []
    for number in range(1, ARTICLES + 1):
        below = tuple(
            Provision(f"art_{number}__para_{n}", ProvisionKind.PARAGRAPH, str(n), f"{n}.", "",
                      words(chance, place, 25), f"Article {number}({n})", (), f"art_{number}__para_{n}")
            for n in range(1, number % 4 + 1)
        )  # fmt: skip
        articles.append(
            Provision(f"art_{number}", ProvisionKind.ARTICLE, str(number), f"Article {number}", words(chance, place, 3),
                      words(chance, place, 30), f"Article {number}", below, f"art_{number}")
        )  # fmt: skip
    return articles


def edit_articles(chance: random.Random, place: str, before: list[Provision]) -> tuple[list[Provision], Comparison]:
    """Return the next version's articles, and what changed: three articles got other words at their end."""
    after, changed_articles = list(before), []
    for at in sorted(chance.sample(range(len(before)), 3)):
        old, more = before[at], words(chance, place, 6)
        after[at] = Provision(old.eid, old.kind, old.number, old.label, old.heading, old.text[:-9] + more, old.citation,
                              old.children, old.pid)  # fmt: skip
        ops = (Op(OpKind.EQUAL, old.text[:-9]), Op(OpKind.DELETE, old.text[-9:]), Op(OpKind.INSERT, more))
        changed_articles.append(
            Change(ChangeKind.MODIFIED, chance.choice(list(Weight)), old.eid, old.eid, old.eid, old.eid, old.citation,
                   old.citation, old.text, after[at].text, ops, (), "Wording changed")
        )  # fmt: skip
    pairs = tuple((article.eid, article.eid) for article in before)
    heaviest = min((article.weight for article in changed_articles), key=list(Weight).index)
    return after, Comparison(tuple(changed_articles), {"modified": 3, "weight": heaviest.value}, (), pairs)


def fill(path: Path, laws: int) -> None:
    """Make the database."""
    chance = random.Random(7)
    with closing(open_database(path)) as db:
        source_rows = [Source(f"{p}_source", p, f"Source of {p}", (f"{p}_x",), LANGUAGES[p], "page", (f"http://127.0.0.1/{p}",),
                       timedelta(days=1)) for p in PLACES]  # fmt: skip
        sources.sync(db, source_rows, START)
        db.execute("PRAGMA synchronous = OFF")  # made again when it is lost
        for number in range(laws):
            place = PLACES[number % 4]
            with transaction(db):
                _one_law(db, chance, place, f"{place}_law_{number}")
        index.index_new_provisions(db)
        db.execute("ANALYZE")


def _one_law(db: Database, chance: random.Random, place: str, law: str) -> None:
    """Store one law: its versions, what changed between them, and a date to come."""
    [page] = pages.of_source(db, f"{place}_source")
    title = f"{words(chance, 'eu', 6)} {law}"
    instruments.add_if_new(db, Instrument(law, place, title, words(chance, place, 6), f"{place}_source", page.url))
    text, before, comparison = provisions(chance, place), "", None
    for step in range(VERSIONS):
        at = START + timedelta(days=step * 180 + chance.randrange(180), minutes=chance.randrange(1440))
        shot = snapshots.add(db, page.id, page.url, at, 200, "text/html", "aa", 1, {}, "aa/x")
        if step:
            text, comparison = edit_articles(chance, place, text)
        authorities = (Authority(f"{place}_x", "Practice Office"),)
        reading = Reading("html", place, LANGUAGES[place], title, type="rule", authorities=authorities,
                          topics=tuple(chance.sample(TOPICS, 2)), provisions=tuple(text),
                          counts={"article": ARTICLES})  # fmt: skip
        version = versions.next_id(db, law, at.date())
        versions.add(db, Version(version, law, f"{place}_source", page.id, shot, LANGUAGES[place], at,
                                 ReviewState.CONFIRMED, step == 0, f"{law}{step}", reading))  # fmt: skip
        if comparison:
            set_id = changes.add_set(db, old_version_id=before, new_version_id=version, comparison=comparison, at=at)
            events.add(db, Event(0, version, EventKind.NEW_VERSION, law, at, version, set_id,
                                 Weight(comparison.summary["weight"]), place, (f"{place}_x",),
                                 reading.topics))  # fmt: skip
        before = version
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(1000))
    milestones.replace(db, law, before, [Milestone(MilestoneKind.IN_FORCE, day, "stated")])
