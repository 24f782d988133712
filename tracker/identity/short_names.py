"""Short names: abbreviations and popular names of laws (GDPR, AI Act, 个人信息保护法), as data. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

_PARENTHESIS = re.compile(r"\s*[（(]([^（）()]*(?:\([^()]*\)[^（）()]*)*)[)）]\s*$")
_POPULAR = re.compile(r"(?i)\b(?:act|regulation|directive|law|rules?|code)$")
_LEAST = 4  # characters of a title that names nothing else by accident


def names_of_title(title: str) -> tuple[str, ...]:
    """Return what a title can be cited by: itself, itself without what stands in brackets at its end, and that.

    >>> names_of_title("Lamp Act (Regulation (EU) 2025/9001)")
    ('Lamp Act (Regulation (EU) 2025/9001)', 'Lamp Act')
    """
    whole = " ".join(title.split())
    bare = _PARENTHESIS.sub("", whole)
    inner = _PARENTHESIS.search(whole)
    popular = inner[1] if inner and _POPULAR.search(inner[1]) else ""
    return tuple(name for name in dict.fromkeys((whole, bare, popular)) if len(name) >= _LEAST)


@cache
def short_names() -> Mapping[str, Sequence[str]]:
    """Return the short names of each instrument that has any, by its id."""
    text = files("tracker.identity").joinpath("short_names.toml").read_text(encoding="utf-8")
    names: Mapping[str, Sequence[str]] = tomllib.loads(text)["names"]
    return names
