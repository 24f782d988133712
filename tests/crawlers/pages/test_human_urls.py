"""What programs fetch has an address that people can read."""

import re
import tomllib
from importlib.resources import files

import pytest

from crawlers.pages.human_urls import for_people

RULES = tomllib.loads(files("crawlers.pages").joinpath("people.toml").read_text(encoding="utf-8"))["rule"]


@pytest.mark.parametrize(
    ("fetched_url", "read"),
    [
        ("https://www.ecfr.gov/api/versioner/v1/full/2026-03-05/title-16.xml?part=312",
         "https://www.ecfr.gov/on/2026-03-05/title-16/part-312"),
        ("https://www.federalregister.gov/documents/full_text/xml/2026/02/20/2026-90011.xml",
         "https://www.federalregister.gov/d/2026-90011"),
        ("http://publications.europa.eu/resource/celex/02024R1689-20240712",
         "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:02024R1689-20240712"),
        ("https://www.cac.gov.cn/2022-12/11/c_1672221949354811.htm",
         "https://www.cac.gov.cn/2022-12/11/c_1672221949354811.htm"),
        ("https://evil.example/?u=https://www.ecfr.gov/api/versioner/v1/full/2026-03-05/title-16.xml?part=312",
         "https://evil.example/?u=https://www.ecfr.gov/api/versioner/v1/full/2026-03-05/title-16.xml?part=312"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_fetched_address_leads_to_the_page_people_read(fetched_url, read):
    assert for_people(fetched_url) == read


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["read"])
def test_a_rule_says_nothing_that_its_pattern_does_not_find(rule):
    group_names = set(re.compile(rule["fetched"]).groupindex)
    assert set(re.findall(r"{(\w+)}", rule["read"])) <= group_names
