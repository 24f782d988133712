"""Prometheus metrics: what is logged is counted, what the store holds is told, and a store away is said to be."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from urllib.request import urlopen

import pytest
from prometheus_client import CollectorRegistry

from storage import problems
from storage.errors import UnopenableDatabaseError
from storage.records import Stage, Subject
from tests.tracker.pipeline.builders import FedHome, a_rule, a_source
from tracker.errors import UsageError
from tracker.logs import LISTENERS, log_event, logged_step
from tracker.operations.metrics.listen import listen
from tracker.operations.metrics.process_metrics import ProcessMetrics
from tracker.operations.metrics.store_metrics import StoreMetrics

URL = "http://127.0.0.1:9/a"


@pytest.fixture(autouse=True)
def no_listener_stays():
    yield
    LISTENERS.clear()


@pytest.fixture
def registry():
    new_registry = CollectorRegistry()
    ProcessMetrics(new_registry)
    return new_registry


@pytest.fixture
def fed_home(tmp_path):
    home = FedHome(tmp_path, a_source("cn_one", URL))
    with closing(home.db):
        yield home


def store_metrics(fed_home):
    """Ask as a scrape does, through a connection of its own."""
    settings, sources = fed_home.service.settings, tuple(fed_home.sources.values())
    new_registry = CollectorRegistry()
    new_registry.register(StoreMetrics(lambda: _later(FedHome(settings.home, *sources), fed_home.now)))
    return new_registry


def _later(home, now):
    home.now = now
    return home.service


def test_a_step_is_counted_by_how_long_it_took(registry):
    @logged_step
    def read_pages():
        return 7

    assert read_pages() == 7
    assert registry.get_sample_value("clausewatch_step_seconds_count", {"step": "read_pages"}) == 1


def test_looks_mails_jobs_and_lost_connections_are_counted(registry):
    log_event("source", "cn_one", looks=3, same=2, failed=1)
    log_event("mail", "sent", message=1, channel="email", subscriber=1)
    log_event("mail", "sent", message=2, channel="email", subscriber=1)
    log_event("job", "fetch", round=1, share="law.example", is_timely=True)
    log_event("store", "away", error="gone")
    log_event("request", "GET", path="/")  # is no matter of these

    assert registry.get_sample_value("clausewatch_looks_total", {"source": "cn_one", "outcome": "failed"}) == 1
    assert registry.get_sample_value("clausewatch_messages_total", {"channel": "email", "outcome": "sent"}) == 2
    assert registry.get_sample_value("clausewatch_jobs_total", {"stage": "fetch"}) == 1
    assert registry.get_sample_value("clausewatch_store_away_total") == 1


def test_a_scrape_tells_of_sources_problems_and_what_waits(fed_home):
    fed_home.keep(URL, a_rule())
    problems.open_or_touch(fed_home.db, Subject.of_step("drill"), Stage.COMPARE, "drill", "drill", fed_home.clock())

    scrape = store_metrics(fed_home)

    assert scrape.get_sample_value("clausewatch_store_up") == 1
    assert scrape.get_sample_value("clausewatch_sources") == 1
    assert scrape.get_sample_value("clausewatch_problems_open", {"stage": "compare"}) == 1
    assert scrape.get_sample_value("clausewatch_rows_waiting", {"step": "read"}) == 1
    look = scrape.get_sample_value("clausewatch_source_last_good_look_timestamp_seconds", {"source": "cn_one"})
    assert look == pytest.approx(fed_home.now.timestamp(), abs=1)


def test_a_watch_that_stopped_and_a_source_that_is_overdue_show(fed_home):
    fed_home.keep(URL, a_rule())
    fed_home.now += timedelta(days=30)

    scrape = store_metrics(fed_home)

    assert scrape.get_sample_value("clausewatch_watch_stopped") == 1
    assert scrape.get_sample_value("clausewatch_sources_overdue") == 1


def test_a_store_that_is_away_is_said_to_be_and_the_scrape_is_answered():
    def away():
        raise UnopenableDatabaseError("gone")

    registry = CollectorRegistry()
    registry.register(StoreMetrics(away))

    assert registry.get_sample_value("clausewatch_store_up") == 0
    assert registry.get_sample_value("clausewatch_sources") is None


def test_a_process_answers_a_scrape_where_it_is_told_to(fed_home):
    server = listen("127.0.0.1:0", lambda: FedHome(fed_home.service.settings.home).service)
    with closing(server.socket):
        text = urlopen(f"http://127.0.0.1:{server.server_port}/metrics").read().decode()
        server.shutdown()

    assert "clausewatch_store_up 1.0" in text
    assert "# TYPE clausewatch_step_seconds histogram" in text


@pytest.mark.parametrize("address", ["9464", "127.0.0.1:", "127.0.0.1:http", "", "256.0.0.1:9464"])
def test_an_address_that_is_none_is_named(address):
    with pytest.raises(UsageError, match="metrics_listen"):
        listen(address, lambda: None)
