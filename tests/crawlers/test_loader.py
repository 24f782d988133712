from __future__ import annotations

import os
import subprocess
import sys

import pytest

from crawlers.declaration.load import BUILT_IN, load
from crawlers.loader import DeclaredSpiders
from crawlers.spiders.page import PageSpider
from storage.records import Outcome


def scrapy(watch, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "CLAUSEWATCH_HOME": str(watch.home), "CLAUSEWATCH_DECLARATIONS": str(watch.declarations)}
    env["CLAUSEWATCH_DATABASE_URL"] = f"sqlite:///{watch.home / 'watch.db'}"
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, check=False, env=env, capture_output=True, text=True, timeout=60)


def test_scrapy_lists_every_declared_source_and_crawls_one(watch, regulator):
    watch.declare("eu_practice_act", regulator.says("/act"))

    listing = scrapy(watch, "list")
    crawl = scrapy(watch, "crawl", "eu_practice_act")

    assert listing.stdout.split() == sorted([*load([BUILT_IN]), "eu_practice_act"])
    assert crawl.returncode == 0, crawl.stderr
    assert watch.look("eu_practice_act").outcome is Outcome.NEW


def test_a_source_becomes_a_spider_of_its_own_name(tmp_path):
    spiders = DeclaredSpiders(load([BUILT_IN]), tmp_path / "watch.db")

    spider = spiders.load("cn_cac_genai_measures")

    assert issubclass(spider, PageSpider)
    assert spider.name == "cn_cac_genai_measures"
    assert spider.__module__.startswith("crawlers")


def test_an_unknown_source_is_a_key_error_as_scrapy_wants_it(tmp_path):
    with pytest.raises(KeyError, match="no source is declared as nothing"):
        DeclaredSpiders({}, tmp_path / "watch.db").load("nothing")
