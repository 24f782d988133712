"""A home that release 0.1.0 made is opened by today's release: it loses nothing, and nobody is told anything."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from email import message_from_bytes, policy
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from typer.testing import CliRunner

from crawlers.declaration.load import load
from storage import messages, pages, snapshots, subscriptions, versions
from storage.database.connection import find_damage, query
from storage.schema.open import open_database
from tests.tracker.web.conftest import serve_app
from tests.upgrades.conftest import HOMES
from tracker.cli.main import app
from tracker.config import Settings
from tracker.context import open_context
from tracker.pipeline.run import one_round
from tracker.web.app import make_app

ANSWERS = json.loads((HOMES / "0.1.0.json").read_text(encoding="utf-8"))
LAST_DAY, A_DAY_LATER = 8, datetime(2026, 3, 10, 9, tzinfo=UTC)
OLD_DECLARATIONS = {  # a declaration of each regulator, to know the addresses of that day by
    "cac": "cn/cn_cac_practice_rules_list.toml",
    "cellar": "eu/eu_cellar_practice_act.toml",
    "fedreg": "us/us_federal_register_practice.toml",
    "meity": "in/in_meity_practice_rules.toml",
}


def comparable(answer):
    """Leave out what depends on today, and what is in no order."""
    answer = {name: value for name, value in answer.items() if name != "status"}
    if "hits" in answer:
        answer["hits"] = sorted(answer["hits"], key=lambda hit: (hit["version"], hit["eid"], hit["text"]))
    return answer


def as_before(answer, old):
    """Return *answer* without the fields that were not there before: additions are no loss."""
    if isinstance(answer, dict) and isinstance(old, dict):
        return {name: as_before(value, old[name]) for name, value in answer.items() if name in old}
    if isinstance(answer, list) and isinstance(old, list) and len(answer) == len(old):
        return [as_before(*pair) for pair in zip(answer, old, strict=True)]
    return answer


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: " ".join(case["command"]))
def test_it_answers_as_it_did(old_home, monkeypatch, case):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(old_home))
    result = CliRunner().invoke(app, [*case["command"], "--format", "json"])

    assert result.exit_code == 0, result.stderr
    old = comparable(case["answer"])
    assert as_before(comparable(json.loads(result.stdout)), old) == old


def test_it_is_whole_after_the_upgrade(old_home):
    with closing(open_database(old_home / "clausewatch.db")) as db:
        assert find_damage(db) == []


def test_its_law_is_readable_by_plain_sql(old_home):
    open_database(old_home / "clausewatch.db").close()
    with closing(sqlite3.connect(old_home / "clausewatch.db")) as db:
        law = dict(db.execute("SELECT citation, text FROM provisions").fetchall())
        languages = db.execute("SELECT count(DISTINCT language) FROM versions JOIN provisions ON version_row = row")

        assert law["第二十四条"] == "法律、行政法规对深度合成服务另有规定的，依照其规定。"
        assert languages.fetchone() == (2,)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_bug_b6_its_snapshots_know_the_text_of_its_versions(old_home):
    with closing(open_database(old_home / "clausewatch.db")) as db:
        lengths = query(db, "SELECT DISTINCT length(text_sha256) AS length FROM snapshots ORDER BY 1")
        for page in (page for page in pages.all_pages(db) if versions.find_latest_of_page(db, page.id)):
            assert snapshots.latest_good(db, page.source_id, page.url) is not None, page.url

        assert [row["length"] for row in lengths] == [0, 64]


def test_a_round_on_it_makes_no_event_alert_or_mail_to_readers(old_home, practice):
    practice.day = LAST_DAY
    move_addresses(old_home, practice.origins)
    folders = (old_home / "declarations",)
    context = open_context(Settings(home=old_home), load(folders), folders, lambda: A_DAY_LATER)
    with closing(context.db) as db:
        counts = "SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM alerts) AS alerts"
        before, mails = query(db, counts), messages.count_handled(db)
        report = one_round(context)

        assert report.checked > 10
        assert (report.changes, report.alerts, report.emails) == (0, 0, 0)
        assert (query(db, counts), messages.count_handled(db)) == (before, mails)
        assert find_damage(db) == []


def move_addresses(home, origins):
    """Let the regulators of today's test stand at the addresses the home watches."""
    new_origins = {}
    for role, name in OLD_DECLARATIONS.items():
        text = (home / "declarations" / name).read_text(encoding="utf-8")
        new_origins[re.search(r"http://127\.0\.0\.1:\d+", text)[0]] = origins[role]
    for path in (home / "declarations").rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub("|".join(new_origins), lambda old: new_origins[old[0]], text), encoding="utf-8")
    with closing(sqlite3.connect(home / "clausewatch.db")) as db, db:
        for old, new in new_origins.items():
            for table in ("pages", "snapshots", "instruments"):
                db.execute(f"UPDATE {table} SET url = replace(url, ?, ?)", [old, new])


def test_the_unsubscribe_links_in_its_mails_still_work(old_home):
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in (old_home / "emails").iterdir()]
    links = {urlsplit(str(mail["List-Unsubscribe"]).strip("<>")) for mail in mails}
    context = open_context(Settings(home=old_home), {}, (), to_watch=False)
    with closing(context.db) as db, serve_app(make_app(context)) as address, httpx.Client(base_url=address) as client:
        assert len(mails) == 8
        assert [wish.active for wish in subscriptions.all_subscriptions(db)] == [True]
        for link in links:
            [token] = parse_qs(link.query)["token"]
            answer = client.post(link.path, params={"token": token}, data={"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
        assert [wish.active for wish in subscriptions.all_subscriptions(db)] == [False]
