"""A slice of the hostile hosts and links: whatever they lead to, the service inside is never asked."""

import pytest

from benchmarks.hostile.__main__ import hostile_sites, table
from benchmarks.hostile.world import HostileWorld, run_drill

SLICE = (
    "/127.0.0.2:", "/127.2:", "/0x7f.2:", "/2130706434:", "ffff:127.0.0.2]", "/localhost.:", "64:ff9b::", "2002:7f00",
    "inside.example", "rebind.example", "169.254.169.254:", "other.law.example:6379", "gopher",
)  # fmt: skip

COSTLY = (
    "punycode", "idna", "undefined", "gzip a thousandfold", "gzip twice", "markup of 25 MB", "60,000 new",
    "a sitemap of itself", "entities that multiply", "an entity that is a file", "JSON 200,000 deep",
    "302 ever further",    "a header of 1 MB", "no status line", "a billion seconds",
)  # fmt: skip


@pytest.fixture
def world():
    hostile_world = HostileWorld()
    yield hostile_world
    hostile_world.close()


def test_there_are_at_least_a_hundred_and_fifty_hostile_sites():
    assert len({site.name for site in hostile_sites(8080)}) >= 150


def test_no_site_leads_inside_and_honest_ones_are_read_beside_it(world, tmp_path):
    sites = [site for site in hostile_sites(world.port) if any(part in site.name for part in SLICE)][:60]

    result = run_drill(world, sites, tmp_path)

    assert not world.asked_inside
    assert [finding.site.name for finding in result.findings if not finding.is_held] == []
    assert result.control_was_read
    assert f"{len(sites)} of {len(sites)} hostile sites held" in table(result)


def test_no_answer_costs_more_than_a_page_may_and_each_refusal_has_its_cause(world, tmp_path):
    sites = [site for site in hostile_sites(world.port) if any(part in site.name for part in COSTLY)]

    result = run_drill(world, sites, tmp_path)

    assert len(sites) >= 20
    assert [finding.site.name for finding in result.findings if not finding.is_held] == []
    assert result.control_was_read


def test_the_drill_sees_a_site_that_leads_inside(world, tmp_path):
    sites = [
        site
        for site in hostile_sites(world.port)
        if site.name.endswith(f"to http://inside.example:{world.port}/secret.html")
    ]

    result = run_drill(world, sites, tmp_path, also_allowed="127.0.0.0/8")

    assert world.asked_inside
    assert not result.findings[0].is_held
