"""The walkers of real interfaces, on the practice regulators' days."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from crawlers.child.fetch import FetchJob
from crawlers.failure_causes import Cause
from crawlers.practice import Practice, days, declarations
from storage.records import Outcome

CELLAR, ECFR, REGISTER = "eu_cellar_practice_act", "us_ecfr_practice_part", "us_federal_register_practice"


@pytest.fixture
def practice(watch):
    with Practice() as new_practice:
        for name, text in declarations(new_practice.origins).items():
            path = watch.declarations / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        yield new_practice


def look(watch, practice, day: int, *source_ids: str) -> None:
    practice.day = day
    now = datetime.combine(days()[day - 1].on, time(9), UTC)
    leaves = [FetchJob(s, tuple(url for url in watch.pages(s))) for s in source_ids if watch.pages(s)]
    watch.crawl(*(leaves or [FetchJob(s) for s in source_ids]), now=now)


def test_an_interface_is_walked_to_the_text_and_a_bad_day_is_no_change(watch, practice):
    for day in (1, 4, 5, 6):
        look(watch, practice, day, CELLAR, ECFR, REGISTER)

    (act,) = watch.pages(CELLAR).values()
    assert act.url.endswith("/resource/celex/32025R9001")
    assert [(c.outcome, c.cause) for c in watch.looks(CELLAR)] == [
        (Outcome.NEW, ""),
        (Outcome.FAILED, Cause.CHALLENGE),
        (Outcome.NEW, ""),
        (Outcome.NOT_MODIFIED, ""),
    ]
    assert [s.url.rsplit("/", 1)[1] for s in watch.snapshots(CELLAR)] == ["32025R9001", "02025R9001-20260301"]

    assert len(watch.pages(ECFR)) == 1
    assert [s.url.split("/full/")[1] for s in watch.snapshots(ECFR)] == [
        "2026-02-27/title-16.xml?part=9101",
        "2026-03-05/title-16.xml?part=9101",
    ]

    texts = {url.rsplit("/", 1)[1]: page for url, page in watch.pages(REGISTER).items() if not page.listing}
    assert {name: page.discovered for name, page in texts.items()} == {
        "2026-90011.xml": False,
        "2026-90042.xml": True,
    }
    assert str(texts["2026-90042.xml"].published_on) == "2026-03-06"
    outcomes = {(c.outcome, c.cause) for c in watch.looks(REGISTER)}
    assert (Outcome.FAILED, Cause.BLOCKED) in outcomes
    assert watch.problems(REGISTER) == watch.problems(CELLAR) == []

    assert not any(practice.trap_hits.values())
    assert max(practice.busiest.values()) == 1


def test_no_other_text_is_taken_where_the_newest_cannot_be_had(watch, regulator):
    """An older edition in the place of the newest would be told as a change."""
    base = regulator.says("/resource/celex/32025R0001")
    endpoint = regulator.says("/sparql", "<p>busy</p>", status=500)
    act = '[params]\ncelex = "32025R0001"\nlang = "eng"\n'
    watch.declare("eu_unlisted", base, spider="cellar", more=f'{act}sparql = "{endpoint}"\n')
    refused_url = regulator.says("/resource/celex/32025R0002", "Invalid content negotiation.", status=400)
    act = '[params]\ncelex = "32025R0002"\nlang = "xxx"\nconsolidated = false\n'
    watch.declare("eu_refused", refused_url, spider="cellar", more=act)
    titles = '{"titles": [{"number": 16, "latest_issue_date": "2026-03-01"}], "meta": {"import_in_progress": true}}'
    titles_url = regulator.says("/api/versioner/v1/titles.json", titles, kind="application/json")
    watch.declare("us_importing", titles_url, spider="ecfr", more='[params]\ntitle = 16\npart = "9101"\n')

    watch.crawl()

    assert (watch.look("eu_unlisted").cause, watch.look("eu_unlisted").status) == (Cause.HTTP_STATUS, 500)
    assert (watch.look("eu_refused").cause, watch.look("eu_refused").status) == (Cause.HTTP_STATUS, 400)
    assert watch.look("us_importing").cause == Cause.IMPORT_IN_PROGRESS
    assert len(regulator.paths()) == 3
