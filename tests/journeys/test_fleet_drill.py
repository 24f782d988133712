"""A fleet that is killed, stopped and cut off ends where one undisturbed machine does."""

from __future__ import annotations

import pytest

from benchmarks.fleet.drill import drill
from crawlers.practice import days

pytestmark = pytest.mark.sqlite  # the one machine's; the fleet has a PostgreSQL of its own


def test_a_disturbed_fleet_ends_as_one_machine_does_and_asks_no_host_twice_at_once(tmp_path):
    report = drill(tmp_path, 20, 10, story=days()[:3])

    assert report.faults == []
    assert report.disturbances.total() == 10
    assert report.mail_files > 0
    assert set(report.busiest.values()) == {1}
