"""Saved real pages in their two versions, through the whole journey to the email (only where they are present)."""

import json
import os
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawlers.declaration.load import load
from storage import changes, versions
from tracker.config import Settings
from tracker.context import open_context
from tracker.pipeline.run import one_round

CORPUS = os.environ.get("CLAUSEWATCH_CORPUS", "")
pytestmark = pytest.mark.skipif(not CORPUS, reason="CLAUSEWATCH_CORPUS is not set: no saved real pages here")
CASES = ["cn_csl_2016_2025", "eu_ai_act_nl", "us_hjres37", "in_dpdp_corrected"]
TYPES = {".html": "text/html", ".xml": "application/xml", ".md": "text/markdown", ".txt": "text/plain"}


def case(name):
    lines = (Path(CORPUS) / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    return next(row for row in map(json.loads, lines) if row["id"] == name)


@pytest.fixture
def regulator():
    """A loopback server that serves one file, which a test may exchange."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/robots.txt":
                self.send_error(404)
                return
            path = Path(CORPUS) / self.server.file
            body = path.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", TYPES[path.suffix.lower()])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.file = ""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def watch_real_page(tmp_path, regulator, jurisdiction):
    source = f"{jurisdiction}_real_page"
    folder = tmp_path / "declarations"
    (folder / jurisdiction).mkdir(parents=True)
    (folder / jurisdiction / f"{source}.toml").write_text(
        f"""
        title = "A saved real page"
        authority = "{jurisdiction}_saved"
        language = "en"
        spider = "page"
        urls = ["http://127.0.0.1:{regulator.server_port}/law"]
        every = "1 day"
        instrument = "{jurisdiction}_real_page"
        [politeness]
        pause = "0 seconds"
        """,
        encoding="utf-8",
    )
    moment = {"now": datetime(2026, 3, 2, 9, tzinfo=UTC)}

    def clock():
        moment["now"] += timedelta(microseconds=1)
        return moment["now"]

    service = open_context(Settings(home=tmp_path / "home"), load((folder,)), (folder,), clock)
    return service, moment


@pytest.mark.parametrize("name", CASES)
def test_two_real_versions_are_told_as_the_hand_checked_answer_says(name, tmp_path, regulator, subscribe):
    answer = case(name)
    service, moment = watch_real_page(tmp_path, regulator, answer["jurisdiction"])
    subscribe(service)
    regulator.file = answer["old"]
    assert one_round(service).problems == ()

    regulator.file = answer["new"]
    moment["now"] += timedelta(days=1)
    report = one_round(service)
    assert (report.new_versions, report.alerts, report.emails) == (1, 1, 1)

    [row] = changes.all_sets(service.db)
    told_changes = [
        c for c in changes.get_set(service.db, row.id).changes if c.old_unit != c.old_eid or c.kind != "renumbered"
    ]
    tolerable = set(answer.get("tolerate", []))
    new_units = {pair[1] for pair in answer["modified"] + answer["crossref"]} | set(answer["added"])
    new_units |= set(answer.get("attachments", {}).get("modified", []))
    assert {c.new_unit for c in told_changes if c.new_unit} - tolerable == new_units - tolerable
    old_units = {pair[0] for pair in answer["modified"] + answer["crossref"]} | set(answer["removed"])
    old_units |= set(answer.get("attachments", {}).get("modified", []))
    assert {c.old_unit for c in told_changes if c.old_unit} - tolerable == old_units - tolerable

    [file] = (tmp_path / "home" / "emails").glob("*.eml")
    email = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert "A saved real page" in email["Subject"]
    assert len(file.read_bytes()) <= 100_000


def test_a_real_cac_page_is_read_with_all_its_articles(tmp_path, regulator):
    answer = case("parse_cac_genai")
    service, _ = watch_real_page(tmp_path, regulator, "cn")
    regulator.file = answer["file"]

    report = one_round(service)

    assert (report.checked, report.new_versions, report.problems) == (1, 1, ())
    counts = versions.find_latest(service.db, "cn_real_page").reading.counts
    assert {kind: counts[kind] for kind in answer["counts"]} == answer["counts"]
