"""Pieces of a text that can be quoted: whole words, whole clauses, never half a word."""

from __future__ import annotations

import re

from tracker.weigh.quantities.number_words import NUMBER
from tracker.weigh.quantities.value_roles import CLAUSE_END
from tracker.weigh.words import Finder

_WIDE = re.compile(r"[\u3400-\u9fff]")
_WIDE_STOP = re.compile(r"[，。；：、！？（）“”《》\s]")
_LONGEST = 90
_STOP = re.compile(r"(?<=[a-zà-ÿ\d)])\.$")  # a stop at the end is none of the words
_WIDE_AROUND = 6  # characters on either side of an edit inside Chinese words
_WIDE_NEAR = 3
_WIDE_WORD = 6  # characters of the longest word that is looked for
_BEFORE = re.compile(r"(?:[\w'’.-]+\W{1,3}){0,3}\Z")
_AFTER = re.compile(r"\A(?:\W{0,3}[\w'’-]+){0,3}")
_VALUE = re.compile(rf"\d|{NUMBER}", re.IGNORECASE)
_TELLS_CHANGE = re.compile(r"\b(?:added|introduced|removed|deleted|dropped|no longer)\b", re.IGNORECASE)


def quote(text: str, longest: int = _LONGEST) -> str:
    """Return *text* on one line, clipped at a word."""
    bare = _STOP.sub("", " ".join(text.split()).strip(" ,;:，；：、。"))
    if len(bare) <= longest:
        return bare
    cut = bare[: longest - 1]
    return (cut[: cut.rindex(" ")] if " " in cut[longest // 2 :] else cut) + "…"


def clause_at(text: str, at: int) -> str:
    """Return the clause of *text* that holds the place *at*."""
    ends = [0, *(hit.end() for hit in CLAUSE_END.finditer(text)), len(text)]
    start = max((end for end in ends if end <= at), default=0)
    end = min((end for end in ends if end > at), default=len(text))
    return text[start:end].strip().rstrip(".;；。:： ")


def clauses_between(text: str, start: int, end: int) -> str:
    """Return the clauses of *text* that hold the words from *start* to *end*, whole."""
    ends = [0, *(hit.end() for hit in CLAUSE_END.finditer(text)), len(text)]
    first = max((place for place in ends if place <= start), default=0)
    last = min((place for place in ends if place >= end and place > first), default=len(text))
    return text[first:last]


def hits_near(finder: Finder, text: str, start: int, end: int) -> list[tuple[str, str]]:
    """Return (meaning, words) of what *finder* finds at a place of *text* and in the few words on either side."""
    if _WIDE.search(text[max(0, start - 4) : end + 4]):
        first, last = max(0, start - _WIDE_NEAR), end + _WIDE_NEAR
        lead = max(0, first - _WIDE_WORD)
        near = text[lead : last + _WIDE_WORD]  # no word is cut in half
        hits = [(meaning, a + lead, b + lead) for meaning, a, b in finder.places(near)]
        return [(meaning, text[a:b]) for meaning, a, b in hits if a < last and b > first]
    left = _BEFORE.search(text[max(0, start - 60) : start])
    right = _AFTER.search(text[end : end + 60])
    return finder.find((left[0] if left else "") + text[start:end] + (right[0] if right else ""))


def whole_words(text: str, start: int, end: int) -> str:
    """Return the words between two places, none of them cut in half; in Chinese a little of what stands around."""
    if _WIDE.search(text[max(0, start - 2) : end + 2]):
        return _wide_words(text, start, end)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].strip(" ,;")


def _wide_words(text: str, start: int, end: int) -> str:
    lead = text[max(0, start - 2 * _WIDE_AROUND) : start]
    hits = [hit.end() for hit in _WIDE_STOP.finditer(lead)]
    lead = lead[hits[-1] :] if hits else lead[-_WIDE_AROUND:]
    tail = text[end : end + 2 * _WIDE_AROUND]
    stop = _WIDE_STOP.search(tail)
    return lead + text[start:end].strip() + (tail[: stop.start()] if stop else tail[:_WIDE_AROUND])


def tells_change(text: str) -> bool:
    """Return whether quoted words say of a value that it was added or removed: they are better not quoted."""
    return _TELLS_CHANGE.search(text) is not None and _VALUE.search(text) is not None
