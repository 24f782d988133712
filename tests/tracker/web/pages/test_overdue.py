"""A watcher that stopped, or never began, does not look healthy."""

from contextlib import closing
from datetime import timedelta

import httpx
import pytest

from storage.schema.open import open_database
from tests.tracker.web.conftest import NOW, an_app, serve_app
from tracker.operations.canaries.canary_results import CanaryResult, CanaryState, save_results
from tracker.web.pages.sources import often


def answers_of(home, later, *paths):
    """Return what is answered so long after the first look."""
    with an_app(home, clock=lambda: NOW + later) as app, serve_app(app) as address:
        return [httpx.get(f"{address}{path}") for path in paths]


def test_on_time_nothing_is_said_to_be_overdue(home):
    health, today, sources = answers_of(home, timedelta(days=3), "/healthz", "/", "/sources?state=well")

    assert (health.json()["watching"], health.json()["sources_overdue"]) == ("on time", 0)
    assert "Where nothing is listed, we checked and nothing changed" in today.text
    assert "cn_test" in sources.text


def test_a_stopped_watcher_is_said_everywhere(home):
    paths = ("/healthz", "/", "/sources?state=overdue", "/sources/cn_test", "/api/v1/sources")
    health, today, sources, source, api = answers_of(home, timedelta(days=90), *paths)

    assert health.status_code == 200
    assert health.json()["watching"] == "overdue since 2026-03-06T10:00:00+00:00"
    assert health.json()["sources_overdue"] == 1
    assert "The watch has stopped" in today.text
    assert "we checked and nothing changed" not in today.text
    assert "cn_test" in sources.text
    assert "Overdue since 6 March 2026, 10:00 UTC" in source.text
    assert api.json()["items"][0]["overdue_since"] == "2026-03-06T10:00:00Z"


def test_an_empty_home_says_how_to_begin(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")):
        pass
    health, today = answers_of(tmp_path, timedelta(), "/healthz", "/")

    assert health.json()["watching"] == "not begun"
    assert "Nothing has been checked yet" in today.text
    assert "clausewatch check" in today.text
    assert "nothing changed" not in today.text.lower()


@pytest.mark.parametrize(
    ("every", "words"),
    [({"days": 1}, "every day"), ({"hours": 12}, "every 12 hours"), ({"weeks": 2}, "every 2 weeks"),
     ({"days": 2}, "every 2 days"), ({"minutes": 90}, "every 90 minutes")],
)  # fmt: skip
def test_an_interval_is_said_in_words(every, words):
    assert often(timedelta(**every)) == words


@pytest.mark.parametrize(
    ("state", "in_list", "on_page"),
    [
        (CanaryState.FOUND, "test change arrived after 4.2 s", "arrived as a mail after 4.2 seconds"),
        (CanaryState.MISSING, "test change did not arrive", "did not arrive"),
        (CanaryState.UNPLANTABLE, "", "none can be planted in this kind of page"),
    ],
)
def test_what_became_of_the_canary_is_said_of_its_source(home, state, in_list, on_page):
    seconds = 4.2 if state is CanaryState.FOUND else None
    save_results(home, [CanaryResult("cn_test", NOW, state, seconds, "")])
    sources, source = answers_of(home, timedelta(days=1), "/sources", "/sources/cn_test")
    (home / "canaries.json").unlink()

    assert in_list in sources.text
    assert on_page in source.text
    assert ("test change" in sources.text) is bool(in_list)
