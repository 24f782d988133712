"""A served Clausewatch over invented law: two versions, one change, a kept page, and hostile words everywhere."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
import uvicorn

from storage import (
    changes,
    checks,
    events,
    furniture,
    instruments,
    milestones,
    pages,
    problems,
    snapshots,
    sources,
    versions,
)
from storage.archive import Archive
from storage.database.connection import transaction
from storage.records import (
    Event,
    EventKind,
    Instrument,
    Milestone,
    MilestoneKind,
    Outcome,
    ReviewState,
    Source,
    Stage,
    Subject,
    Version,
    Weight,
)
from storage.schema.open import open_database
from storage.search import index
from tests.builders.visitor import PASSWORD
from tests.storage.builders import text_hash
from tracker.compare import compare
from tracker.config import Settings
from tracker.context import open_context
from tracker.pipeline.versions.reading_attempt import context_for
from tracker.reading import read, reading_key
from tracker.reading.structure.draft import ReadingContext
from tracker.web.app import make_app
from tracker.web.operators.passwords import hash_of
from tracker.web.server import server_config
from tracker.weigh import weigh

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202egnp.exe"
PAGE = """<html><head><meta http-equiv=refresh content="0;url=http://evil.example/">
<script>top.location='http://evil.example/'</script></head><body onload=alert(1)><p>原文</p></body></html>"""
SOURCE = Source(
    "cn_test", "cn", "Practice provisions", ("cn_cac",), "zh", "page", ("http://127.0.0.1/x",), timedelta(days=1)
)


def law(days):
    lines = ["# 练习服务管理规定", f"第一条 提供者应当在{days}日内完成安全评估，{HOSTILE}并公布结果。"]
    lines += [f"第{n}条 提供者应当完成第{n}项练习服务的登记，并向社会公布登记结果。" for n in "二三四"]
    return read("\n".join([*lines, "第五条 本规定自2026年5月1日起施行。"]).encode(), ReadingContext(jurisdiction="cn"))


def contrast(old, new):
    return weigh(compare(old, new), old, new)


@contextmanager
def serve_app(app, **options):
    """Serve *app* over real HTTP on loopback, as `clausewatch serve` does but for what is *options*."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        config = server_config(app)
        for name, value in options.items():
            setattr(config, name, value)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def fill(db, archive):
    """Store what the tests look at."""
    with transaction(db):
        sources.sync(db, [SOURCE], NOW)
        [page] = pages.of_source(db, "cn_test")
        body = PAGE.encode()
        sha, name = archive.keep(page.url, [], 200, "OK", [("Content-Type", "text/html")], body, NOW)
        headers = {"etag": HOSTILE, "content-type": "text/html; charset=utf-8"}
        shot = snapshots.add(db, page.id, page.url, NOW, 200, "text/html", sha, len(body), headers, name)
        checks.add(db, page.id, NOW, Outcome.NEW, 200, shot)
        checks.add(db, page.id, NOW + timedelta(days=2), Outcome.SAME, 200)
        instruments.add_if_new(
            db,
            Instrument(
                "cn_practice", "cn", f"Practice {HOSTILE}", "练习服务管理规定", "cn_test", "javascript:alert(1)"
            ),
        )
        ids = []
        for place, days in enumerate((30, 10)):
            ids.append(versions.next_id(db, "cn_practice", NOW.date()))
            seen_at, first = NOW + timedelta(days=place), place == 0
            versions.add(
                db,
                Version(ids[-1], "cn_practice", "cn_test", page.id, shot, "zh", seen_at, ReviewState.CONFIRMED, first,
                        text_hash(str(days)), law(days)),
            )  # fmt: skip
            versions.set_pids(db, ids[-1], {provision.eid: provision.eid for provision in law(days).walk()})
        set_id = changes.add_set(
            db, old_version_id=ids[0], new_version_id=ids[1], comparison=contrast(law(30), law(10)), at=NOW
        )
        fields = {"instrument_id": "cn_practice", "version_id": ids[1], "jurisdiction": "cn", "weight": Weight.HIGH}
        events.add(db, Event(0, "text", EventKind.NEW_VERSION, at=NOW, change_set_id=set_id, **fields))
        move = {"kind": "applies", "old": "2026-05-01", "new": "2999-01-01", "basis": HOSTILE}
        events.add(db, Event(0, "date", EventKind.DATE_MOVED, at=NOW + timedelta(hours=1), details=move, **fields))
        day = Milestone(MilestoneKind.APPLIES, date(2999, 1, 1), HOSTILE)
        milestones.replace(db, "cn_practice", ids[1], [*law(10).dates, day])
    index.index_new_provisions(db)
    return ids


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    root = tmp_path_factory.mktemp("web")
    with closing(open_database(root / "clausewatch.db")) as db:
        fill(db, Archive(root / "archive"))
    return root


HASH = hash_of(PASSWORD)
BASE = "https://watch.example"


@contextmanager
def an_app(home, *, sources_declared=None, clock=None, **settings):
    """Make the application over a home, as `clausewatch serve` does."""
    most = {"pages_per_minute": 100_000, "questions_per_minute": 100_000, "sign_ups_per_hour": 100_000}
    new_settings = Settings(home=home, **most | settings)
    source_map = {SOURCE.id: SOURCE} if sources_declared is None else sources_declared
    service = open_context(new_settings, source_map, (), clock, to_watch=False)
    yield make_app(service)
    service.db.close()


@pytest.fixture(scope="session")
def client(home):
    with an_app(home) as app, serve_app(app) as address, httpx.Client(base_url=address) as new_settings:
        yield new_settings


@pytest.fixture
def db(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")) as new_settings:
        fill(new_settings, Archive(tmp_path / "archive"))
        yield new_settings


@pytest.fixture
def visit(db, tmp_path):
    """Return a function that serves the home with these settings and opens it."""
    open_clients = []

    def open_home(**settings):
        app = an_app(tmp_path, secret_key="for tests only", **settings)
        server = serve_app(app.__enter__())
        client = httpx.Client(base_url=server.__enter__(), follow_redirects=True, timeout=30)
        open_clients.append((client, server, app))
        return client

    yield open_home
    for client, server, app in open_clients:
        client.close()
        server.__exit__(None, None, None)
        app.__exit__(None, None, None)


def _read_under_todays_key(db, version):
    """Store that *version* was read by today's reader, so that nothing reads its page again: it holds no law."""
    snapshot, page = snapshots.get(db, version.snapshot_id), versions.page_of(db, version)
    key = reading_key(context_for(SOURCE, page, snapshot, furniture.learned_furniture(db, page.id)))
    return versions.replace_reading(db, version, replace(version.reading, reader=key), version.text_sha256)


@pytest.fixture
def own(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")) as db:
        ids = fill(db, Archive(tmp_path / "archive"))
        *_, good = [_read_under_todays_key(db, versions.get(db, version_id)) for version_id in ids]
        cut = replace(good.reading, provisions=good.reading.provisions[:2])
        seen_at = NOW + timedelta(days=7)
        late = replace(good, id="cn_practice@2026-03-09", seen_at=seen_at, reading=cut, text_sha256="cut",
                       standing=ReviewState.QUARANTINED)  # fmt: skip
        with transaction(db):
            versions.add(db, late)
            text = "5 operative provisions before, 2 now"
            problems.open_or_touch(db, Subject.of_version(late), Stage.PAGE, "collapse", text, NOW)
        yield db


@pytest.fixture
def operator_client(own, tmp_path):
    with an_app(tmp_path, operator_password_hash=HASH) as app, serve_app(app) as address:
        with httpx.Client(base_url=address, follow_redirects=True, timeout=60) as client:
            yield client
