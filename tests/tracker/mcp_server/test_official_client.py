"""The official client asks our server: as a child on standard input, and over HTTP."""

import json
import os
import re
import subprocess
import sys
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client

from storage import api_keys, milestones, problems
from storage.database.connection import transaction
from storage.records import Milestone, MilestoneKind
from storage.schema.open import open_database
from storage.search.index import index_new_provisions
from tests.tracker.lockfile.law_home import FIRST_DAY, LawHome, a_regulation
from tracker.signing import key_fingerprint

LAMPS = [
    [1, "Definitions", ["‘lamp’ means a thing that gives light.", "A keeper is who lights it."]],
    [2, "Duties", ["The keeper shall report each fault within 30 days.", "The keeper must not sell a broken lamp."]],
]
KEY = "cw_a-key-for-tests-only"
TOOLS = {"search", "list_instruments", "instrument", "provision", "changes_since", "obligations", "dates", "evidence",
         "report_error"}  # fmt: skip


@pytest.fixture
def lamps(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    db = open_database(home / "clausewatch.db")
    laws = LawHome(db)
    laws.publish("eu_32025R9001", "Lamp Act", a_regulation(9001, LAMPS))
    later = [LAMPS[0], [2, "Duties", [LAMPS[1][2][0].replace("30", "10"), LAMPS[1][2][1]]]]
    laws.publish("eu_32025R9001", "Lamp Act", a_regulation(9001, later))
    index_new_provisions(db)
    with transaction(db):
        api_keys.add(db, "tests", key_fingerprint(KEY), FIRST_DAY)
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(home))
    yield db
    db.close()


def the_environment(**more):
    variables = {
        name: value for name, value in os.environ.items() if name.startswith(("CLAUSEWATCH", "PATH", "PYTHON"))
    }
    return {**variables, "PYTHONPATH": str(Path.cwd()), **more}


def over_stdio(**more):
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "tracker.cli", "mcp"], env=the_environment(**more)
    )
    return Client(command)


@asynccontextmanager
async def over_http(url, key=""):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with create_mcp_http_client(headers=headers) as http:
        async with Client(streamable_http_client(url, http_client=http)) as client:
            yield client


@pytest.fixture
def url(lamps):
    child = subprocess.Popen(
        [sys.executable, "-m", "tracker.cli", "mcp", "--http", "--port", "0"],
        env=the_environment(), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    line = child.stderr.readline()
    yield re.search(r"http://\S+/mcp", line)[0]
    child.terminate()
    child.wait(10)
    child.stderr.close()


def answer(result):
    assert not result.is_error, result
    return result.structured_content or json.loads(result.content[0].text)


def call_tools(client_of, *calls):
    async def ask():
        async with client_of() as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(ask)


def test_the_tools_say_what_they_do_and_whether_they_write(lamps):
    async def ask():
        async with over_stdio() as client:
            return (await client.list_tools()).tools

    tools = anyio.run(ask)

    assert {tool.name for tool in tools} == TOOLS
    assert {tool.name for tool in tools if not tool.annotations.read_only_hint} == {"report_error"}
    assert all(tool.description and "\n" not in tool.description.split(". ")[0] for tool in tools)


def test_a_local_assistant_reads_the_law_and_what_changed(lamps):
    old_day = FIRST_DAY.date().isoformat()
    hits, old, new, changes, duties, evidence = call_tools(
        over_stdio,
        ("search", {"question": "keeper fault"}),
        ("provision", {"instrument": "eu_32025R9001", "eid": "art_2__para_1", "on": old_day}),
        ("provision", {"instrument": "eu_32025R9001", "eid": "art_2__para_1"}),
        ("changes_since", {"since": old_day}),
        ("obligations", {"instrument": "eu_32025R9001", "bearer": "keeper"}),
        ("evidence", {"version": f"eu_32025R9001@{old_day}"}),
    )

    assert [hit["eid"] for hit in answer(hits)["hits"]] == ["art_2__para_1"]
    assert ("30 days" in answer(old)["text"], "10 days" in answer(new)["text"]) == (True, True)
    assert (answer(old)["version"], answer(new)["evidence"]) == (f"eu_32025R9001@{old_day}", 2)
    (change,) = answer(changes)["sets"][0]["changes"]
    assert (change["old_eid"], "30 days" in change["old_text"], "10 days" in change["new_text"]) == (
        "art_2__para_1",
        True,
        True,
    )
    assert {row["modality"] for row in answer(duties)["obligations"]} == {"must", "must_not"}
    assert answer(evidence)["fetched_at"] == FIRST_DAY.isoformat()


def test_http_answers_alike_and_writes_only_with_a_key(lamps, url):
    report = ("report_error", {"version": "eu_32025R9001@2026-03-02", "what": "Article 2 is cut off in the middle."})
    read, refusal = call_tools(lambda: over_http(url), ("instrument", {"instrument": "eu_32025R9001"}), report)
    wrong = call_tools(lambda: over_http(url, "cw_guess"), report)[0]
    assert answer(read)["title"] == "Lamp Act"
    assert (refusal.is_error, wrong.is_error, "needs a key" in refusal.content[0].text) == (True, True, True)
    assert problems.open_problems(lamps) == []

    reports = call_tools(lambda: over_http(url, KEY), report, report)

    assert [answer(result)["new"] for result in reports] == [True, False]
    (problem,) = problems.open_problems(lamps)
    assert (problem.cause, problem.version_id) == ("reported as wrong", "eu_32025R9001@2026-03-02")


def test_a_local_assistant_reports_with_the_key_of_its_environment(lamps):
    report = ("report_error", {"version": "eu_32025R9001@2026-03-02", "what": "Article 2 is cut off.", "eid": "art_2"})
    refusal = call_tools(over_stdio, report)[0]
    reports = call_tools(lambda: over_stdio(CLAUSEWATCH_MCP_KEY=KEY), report)[0]

    assert (refusal.is_error, reports.is_error) == (True, False)


@pytest.mark.parametrize(
    ("tool", "arguments", "why"),
    [
        ("provision", {"instrument": "eu_none", "eid": "art_1"}, "eu_none"),
        ("provision", {"instrument": "eu_32025R9001", "eid": "art_99"}, "art_1, art_2"),
        ("provision", {"instrument": "eu_32025R9001", "eid": "art_1", "on": "1999-01-01"}, "no version"),
        ("evidence", {"version": "nothing"}, "nothing"),
        ("search", {"question": "x", "limit": 9999}, "limit"),
        ("list_instruments", {"topic": "gardening"}, "synthetic-and-generative-ai"),
        ("dates", {"since": "soon"}, "since"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(lamps, tool, arguments, why):
    (result,) = call_tools(over_stdio, (tool, arguments))

    assert (result.is_error, why in result.content[0].text, "Traceback" in result.content[0].text) == (
        True,
        True,
        False,
    )


def test_a_page_of_another_site_cannot_ask_in_a_reader_s_name(lamps, url):
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Accept": "application/json, text/event-stream", "Host": "evil.example"}
    assert httpx.post(url, json=body, headers=headers).status_code == 421
    origin = {"Accept": "application/json, text/event-stream", "Origin": "https://evil.example"}
    assert httpx.post(url, json=body, headers=origin).status_code == 403


def test_dates_ahead_are_listed_soonest_first(lamps):
    days = [FIRST_DAY.date() + timedelta(days=4000 + n) for n in (9, 2)]
    kinds = (MilestoneKind.REPEALED, MilestoneKind.APPLIES)
    rows = [Milestone(kind, on, "words") for kind, on in zip(kinds, days, strict=True)]
    milestones.replace(lamps, "eu_32025R9001", "eu_32025R9001@2026-03-03", rows)

    (result,) = call_tools(over_stdio, ("dates", {"jurisdiction": "eu"}))

    assert [row["kind"] for row in answer(result)["dates"]] == ["applies", "repealed"]
