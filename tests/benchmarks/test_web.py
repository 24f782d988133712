"""A slice of the benchmark of the pages: a drawn home answers every kind of page it is asked for."""

import asyncio
from itertools import islice

import httpx

from benchmarks.drawn_home import fill
from benchmarks.web import addresses
from tracker.config import Settings
from tracker.context import open_context
from tracker.web.app import make_app

LAWS = 8


async def _answers(app, questions):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        return [await client.get(path, params=params) for _, path, params in questions]


def test_every_page_the_benchmark_asks_for_is_there(tmp_path):
    fill(tmp_path / "clausewatch.db", LAWS)
    app = make_app(open_context(Settings(home=tmp_path), {}, (), to_watch=False))
    questions = list(islice(addresses(LAWS, 3), 40))

    answers = asyncio.run(_answers(app, questions))

    assert {kind for kind, _, _ in questions} == {"Today", "Instrument", "Change", "Search"}
    assert [answer.status_code for answer in answers] == [200] * 40
    assert any("<mark>" in answer.text for answer in answers)
