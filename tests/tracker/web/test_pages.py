import socket
import threading
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import httpx
import pytest
import uvicorn

from storage import changes, instruments, pages, snapshots, sources, versions
from storage.database import open_database, transaction
from storage.records import Instrument, Source, Standing, Version
from tracker.compare import compare
from tracker.reading import read
from tracker.reading.draft import Hints
from tracker.web import make_app
from tracker.weigh import weigh

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"
SOURCE = Source("cn_test", "cn", "Practice provisions", ("cn_cac",), "zh", "page", ("http://127.0.0.1/x",), NOW - NOW)


def law(days):
    lines = ["# 练习服务管理规定", f"第一条 提供者应当在{days}日内完成登记，{HOSTILE}并公布结果。"]
    lines += [f"第{n}条 提供者应当完成第{n}项练习服务的登记，并向社会公布登记结果。" for n in "二三四"]
    return read("\n".join([*lines, "第五条 本规定自2026年5月1日起施行。"]).encode(), Hints(jurisdiction="cn"))


@contextmanager
def serving(app):
    """Serve *app* over real HTTP on loopback."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "clausewatch.db"
    with closing(open_database(path)) as db, transaction(db):
        sources.sync(db, [SOURCE], NOW)
        [page] = pages.of_source(db, "cn_test")
        shot = snapshots.add(db, page.id, page.url, NOW, 200, "text/html", "ab" * 32, 10, {"etag": HOSTILE}, "ab/x")
        instruments.add_if_new(
            db, Instrument("cn_practice", "cn", f"Practice {HOSTILE}", "练习服务管理规定", "cn_test")
        )
        ids = []
        for place, days in enumerate((30, 10)):
            ids.append(versions.next_id(db, "cn_practice", NOW.date()))
            reading = law(days)
            versions.add(
                db,
                Version(ids[-1], "cn_practice", "cn_test", page.id, shot, "zh", NOW, Standing.CONFIRMED, place == 0,
                        str(days), reading),
            )  # fmt: skip
        found = weigh(compare(law(30), law(10)), law(30), law(10))
        changes.add_set(db, old_version_id=ids[0], new_version_id=ids[1], comparison=found, at=NOW)
    app = make_app(path, {SOURCE.id: SOURCE}, lambda token: token == "good")
    with serving(app) as address, httpx.Client(base_url=address) as made:
        yield made


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/", "1 modified"),
        ("/instruments", "练习服务管理规定"),
        ("/instruments/cn_practice", "第一条"),
        ("/changes", "Practice"),
        ("/changes/1", "30 days to 10 days"),
        ("/sources", "cn_test"),
        ("/evidence/1", "ab" * 32),
    ],
)
def test_every_page_shows_what_it_is_for_and_answers_head(client, path, says):
    shown = client.get(path)
    assert shown.status_code == 200
    assert says in shown.text
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/instruments", "/instruments/cn_practice", "/changes/1", "/evidence/1"])
def test_what_a_regulator_wrote_is_shown_as_text(client, path):
    assert "<script" not in client.get(path).text


def test_a_redline_marks_what_went_and_what_came(client):
    shown = client.get("/changes/1").text
    assert "<del>" in shown
    assert "<ins>" in shown
    assert 'id="art_1"' in shown


@pytest.mark.parametrize("path", ["/instruments/none", "/changes/99", "/evidence/99", "/nowhere"])
def test_what_is_not_there_is_said_plainly(client, path):
    shown = client.get(path)
    assert shown.status_code == 404
    assert "<h1>404</h1>" in shown.text


def test_nothing_is_loaded_from_elsewhere(client):
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy


def test_unsubscribing_takes_a_post_and_a_good_token(client):
    assert client.get("/unsubscribe?token=good").status_code == 200
    assert client.post("/unsubscribe?token=bad").status_code == 400
    assert "Done." in client.post("/unsubscribe?token=good").text


def test_health_says_that_the_service_answers(client):
    assert client.get("/healthz").json() == {"status": "ok", "problems": 0}
