"""A dry run says what a first check would: through the one judge, on the command line, over real HTTP."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
NUMERALS = "一二三四"
PAGE = (
    '<html lang="zh"><head><meta charset="utf-8"><title>练习登记规定</title></head><body><h1>练习登记规定</h1>'
    "<p>2026年2月1日 国家互联网信息办公室公布</p>"
    + "".join(f"<p>第{n}条 提供者应当完成第{n}项练习服务的登记，并按照规定保存登记记录。</p>" for n in NUMERALS)
    + "</body></html>"
)
DECLARATION = """
title = "Practice rule"
authority = "cn_cac"
language = "zh"
spider = "page"
urls = ["{url}"]
every = "1 day"
{more}
[expect]
min_provisions = {least}
[politeness]
pause = "0 seconds"
"""


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        body = PAGE.encode() if self.path != "/robots.txt" else b""
        self.send_response(200 if self.path != "/robots.txt" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def run(tmp_path):
    """Return a function that declares the page, runs a command in a new home, and returns status and JSON."""
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def command(*words, more="", least=1):
        folder = tmp_path / "declarations" / "cn"
        folder.mkdir(parents=True, exist_ok=True)
        url = f"http://127.0.0.1:{server.server_port}/law"
        (folder / "cn_lamp.toml").write_text(DECLARATION.format(url=url, more=more, least=least), encoding="utf-8")
        env = os.environ | {
            "CLAUSEWATCH_HOME": str(tmp_path / "home"),
            "CLAUSEWATCH_DECLARATIONS": str(tmp_path / "declarations"),
            "PYTHONPATH": str(ROOT),
        }
        program = [sys.executable, "-c", "from tracker.cli import main; main()"]
        completion = subprocess.run(
            [*program, *words, "cn_lamp", "--format", "json"], env=env, cwd=tmp_path, capture_output=True, check=False
        )
        return completion.returncode, json.loads(completion.stdout)

    yield command
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("more", "least", "cause"),
    [
        pytest.param('select = "#BodyLabel"', 4, "selector matches nothing", id="selector"),
        pytest.param("", 5, "too few provisions", id="too-few"),
        pytest.param("", 4, "", id="well"),
    ],
)
def test_bug_b8_a_dry_run_and_a_check_give_the_same_cause_and_status(run, more, least, cause):
    status, trial = run("sources", "test", more=more, least=least)
    check_status, check = run("check", more=more, least=least)

    assert trial["sources"][0]["problem"] == cause
    assert [problem["cause"] for problem in check["problems"]] == ([cause] if cause else [])
    assert status == check_status == (1 if cause else 0)


def test_a_dry_run_counts_operative_units(run):
    _, trial = run("sources", "test")
    assert trial["sources"][0]["provisions"] == 4


@pytest.mark.sqlite
def test_a_dry_run_writes_nothing_into_the_store_that_is_configured(run, tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_DATABASE_URL", f"sqlite:///{tmp_path / 'mine.db'}")

    status, trial = run("sources", "test", least=4)

    assert (status, trial["sources"][0]["provisions"]) == (0, 4)
    assert not (tmp_path / "mine.db").exists()
