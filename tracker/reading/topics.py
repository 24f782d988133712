"""Which of the user's subjects a text is about, by words kept as data."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    raw = tomllib.loads(files("tracker.reading").joinpath("topics.toml").read_text(encoding="utf-8"))
    return tuple((topic, entry["least"], _pattern(entry["words"])) for topic, entry in raw.items())


def _pattern(words: list[str]) -> re.Pattern[str]:
    latin = [re.escape(w) for w in words if w.isascii() or re.search(r"[A-Za-zÀ-ÿ]", w)]
    other = [re.escape(w) for w in words if not (w.isascii() or re.search(r"[A-Za-zÀ-ÿ]", w))]
    return re.compile("|".join([*(rf"\b{w}\b" for w in latin), *other]), re.IGNORECASE)


def topics_of(title: str, text: str) -> tuple[str, ...]:
    """Return the topics of a text: those whose words stand in the title, or often enough in the text."""
    found = []
    for topic, least, pattern in _table():
        if pattern.search(title) or _at_least(pattern, text, least):
            found.append(topic)
    return tuple(found)


def _at_least(pattern: re.Pattern[str], text: str, least: int) -> bool:
    return any(count >= least for count, _ in enumerate(pattern.finditer(text), 1))
