"""Translation of the interface: the words of our pages in a reader's language, found by the English ones.

A page says everything in English; ``interface/<language>.toml`` says it in another language under the English words.
What is not there is shown in English; a test tells which words of the pages are not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Interface:
    """The words of our pages in one language."""

    language: str
    table: Mapping[str, str] = field(repr=False, compare=False)

    def say(self, english: str) -> str:
        """Return what the page says as *english*, in this language."""
        return self.table.get(english, english)


@cache
def interface(language: str = FALLBACK_LANGUAGE) -> Interface:
    """Return the words of pages in *language* (``zh``, ``zh-Hans-CN``), or the English ones."""
    base = language.partition("-")[0].lower()
    if base not in interface_languages() - {FALLBACK_LANGUAGE}:
        return Interface(FALLBACK_LANGUAGE, {})
    tables = tomllib.loads(_FOLDER.joinpath(f"{base}.toml").read_text(encoding="utf-8"))
    return Interface(base, {english: own for table in tables.values() for english, own in table.items()})


@cache
def interface_languages() -> frozenset[str]:
    """Return the languages in which our pages can be read."""
    names = (file.name for file in _FOLDER.iterdir())
    return frozenset({FALLBACK_LANGUAGE} | {name.removesuffix(".toml") for name in names if name.endswith(".toml")})


def preferred_language(header: str) -> str:
    """Return the first language of an ``Accept-Language`` header that our pages can be read in.

    >>> preferred_language("fr;q=0.9, zh-CN, en;q=0.5"), preferred_language("hi"), preferred_language("zh;q=0, en")
    ('zh', 'en', 'en')
    """
    preferences = sorted((_preference(part, place) for place, part in enumerate(header.split(",")[:20])), reverse=True)
    return next(
        (name for weight, _, name in preferences if weight > 0 and name in interface_languages()), FALLBACK_LANGUAGE
    )


def _preference(part: str, place: int) -> tuple[float, int, str]:
    tag, _, weight = part.strip().partition(";q=")
    try:
        quality = float(weight or 1)
    except ValueError:
        quality = 0.0
    return quality, -place, tag.partition("-")[0].strip().lower()


_FOLDER = files("tracker.wording").joinpath("interface")
