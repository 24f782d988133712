"""Addresses for people: where they read what a program fetches by another address."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def for_people(url: str) -> str:
    """Return where people read what is fetched from *url*: the same address unless a rule knows a better one.

    >>> for_people("https://www.ecfr.gov/api/versioner/v1/full/2026-03-05/title-16.xml?part=312")
    'https://www.ecfr.gov/on/2026-03-05/title-16/part-312'
    """
    for pattern, read in _rules():
        if match := pattern.fullmatch(url):
            return read.format(**match.groupdict())
    return url


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = tomllib.loads(files("crawlers.pages").joinpath("people.toml").read_text(encoding="utf-8"))
    return tuple((re.compile(rule["fetched"]), rule["read"]) for rule in table["rule"])
