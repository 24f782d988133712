"""Which of the user's subjects a text is about, by words kept as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_ANCHORS = "anchors"
_WITH_ANCHOR = 3  # mentions of an anchor that make a text one about it, when its title does not
_PER = 1_500  # words of a text in which a topic must be mentioned once
_PER_NEAR = 500  # and of one whose anchors are near: it is about little else
_LETTERS_A_WORD = 12  # more letters between two spaces on average are Chinese
_SIGNS_A_WORD = 1.7  # Chinese characters to a word of a Latin script


@dataclass(frozen=True, slots=True)
class _Near:
    """A looser rule for a text that is about one of these anchors."""

    anchors: frozenset[str]
    least: int
    per: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Topic:
    name: str
    least: int
    per: int
    about: str
    words: tuple[str, ...]  # lower-case
    near: _Near | None = None


@cache
def _table() -> tuple[_Topic, ...]:
    return tuple(
        _Topic(
            name, entry["least"], entry.get("per", _PER), entry.get("about", ""), _lower(entry["words"]), _near(entry)
        )
        for name, entry in _raw().items()
        if name != _ANCHORS
    )


def _near(entry: dict[str, Any]) -> _Near | None:
    near = entry.get("near")
    return _Near(frozenset(near["anchors"]), near["least"], near["per"], _lower(near["words"])) if near else None


@cache
def _anchors() -> dict[str, tuple[str, ...]]:
    return {name: _lower(words) for name, words in _raw()[_ANCHORS].items()}


@cache
def _raw() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("tracker.reading").joinpath("topics.toml").read_text(encoding="utf-8"))


def _lower(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.lower() for word in words))


def all_topics() -> tuple[str, ...]:
    """Return every subject a text may be about."""
    return tuple(topic.name for topic in _table())


def topics_of(title: str, text: str) -> tuple[str, ...]:
    """Return the topics of a text: those whose words stand in the title, or often enough for its length in the text.

    A topic whose words also mean other things holds only in a text that is about its anchor. Words are looked for one
    by one and not as a pattern: on a long act that is ten times as fast.
    """
    title, text = title.lower(), text.lower()
    size = _size(text)
    about = _about(title, text, size / _PER)
    near = _about(title, text, size / _PER_NEAR) if about else frozenset()
    return tuple(
        topic.name
        for topic in _table()
        if (not topic.about or topic.about in about)
        and (
            _holds(title, text, topic.words, topic.least, size / topic.per) or _is_near(topic, title, text, size, near)
        )
    )


def _about(title: str, text: str, rate: float) -> frozenset[str]:
    """Return the anchors that a text is about, each mentioned at that *rate*."""
    return frozenset(name for name, words in _anchors().items() if _holds(title, text, words, _WITH_ANCHOR, rate))


def _is_near(topic: _Topic, title: str, text: str, size: float, anchors: frozenset[str]) -> bool:
    rule = topic.near
    holds = rule is not None and bool(rule.anchors & anchors)
    return holds and rule is not None and _holds(title, text, rule.words, rule.least, size / rule.per)


def _size(text: str) -> float:
    """Return about how many words *text* has, by its spaces; a script without spaces is counted by its signs."""
    spaces = text.count(" ") + text.count("\n")
    return spaces if spaces * _LETTERS_A_WORD > len(text) else len(text) / _SIGNS_A_WORD


def _holds(title: str, text: str, words: tuple[str, ...], least: int, rate: float) -> bool:
    enough = max(least, round(rate))
    return bool(_count(title, words, 1)) or _count(text, words, enough) >= enough


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
    """Return whether no Latin word goes on at either end; a script without spaces has no such ends."""
    before = start > 0 and _joins(text[start - 1]) and _joins(text[start])
    after = end < len(text) and _joins(text[end - 1]) and _joins(text[end])
    return not (before or after)


def _joins(character: str) -> bool:
    return character.isalnum() and not "\u2e80" <= character <= "\uffef"
