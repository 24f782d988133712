"""Which of the user's subjects a text is about, by words kept as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class _Topic:
    name: str
    least: int
    words: tuple[str, ...]  # lower-case


@cache
def _table() -> tuple[_Topic, ...]:
    raw = tomllib.loads(files("tracker.reading").joinpath("topics.toml").read_text(encoding="utf-8"))
    return tuple(
        _Topic(name, entry["least"], tuple(dict.fromkeys(word.lower() for word in entry["words"])))
        for name, entry in raw.items()
    )


def all_topics() -> tuple[str, ...]:
    """Return every subject a text may be about."""
    return tuple(topic.name for topic in _table())


def topics_of(title: str, text: str) -> tuple[str, ...]:
    """Return the topics of a text: those whose words stand in the title, or often enough in the text.

    Words are looked for one by one and not as a pattern: on a long act that is ten times as fast.
    """
    title, text = title.lower(), text.lower()
    return tuple(t.name for t in _table() if _count(title, t.words, 1) or _count(text, t.words, t.least) >= t.least)


def _count(text: str, words: tuple[str, ...], enough: int) -> int:
    """Count the places where *words* stand in *text*, at most *enough*; Latin ones only as whole words."""
    count = 0
    for word in words:
        at = text.find(word)
        while at >= 0:
            count += _stands_alone(text, at, at + len(word))
            if count >= enough:
                return count
            at = text.find(word, at + len(word))
    return count


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether no Latin word goes on at either end; a script without spaces has no such ends."""
    before = start > 0 and _joins(text[start - 1]) and _joins(text[start])
    after = end < len(text) and _joins(text[end - 1]) and _joins(text[end])
    return not (before or after)


def _joins(character: str) -> bool:
    return character.isalnum() and not "\u2e80" <= character <= "\uffef"
