"""Say what is known of whether a base text is the one an act amends: its edition, the acts that amended it.

Two files cannot show what a third act changed in between; what they print of it themselves is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from storage.records import Reading
from tracker.amending.effect_days import EffectDays
from tracker.amending.instructions.europe import figures
from tracker.reading.europe.references import NUMBER

_EDITION = re.compile(r"\b0\d{4}[A-Z]\d{4}\s—\s[A-Z]{2}\s—\s(\d{2})\.(\d{2})\.(\d{4})\s—")
_CELEX = re.compile(r"\(3(\d{4})[A-Z](\d{4})")
_LAST_AMENDED = re.compile(r"\blast(?:ly)? amended (?:by|vide)\b(?P<what>[^;]{5,300})", re.I)
_GAZETTE_NUMBER = re.compile(r"\b(?:G\.?\s?S\.?\s?R\.?|S\.?\s?O\.?)\s*(\d{1,5})\s*\(E\)", re.I)
_FURNITURE = frozenset({"page header", "amendment mark"})


def standing_notes(base: Reading, amending: Reading) -> tuple[str, ...]:
    """Return what base and act say of each other's standing that a reader of the computed text must know."""
    return (*_of_edition(base, amending), *_already_in(base, amending), *_last_amended(base, amending))


def _of_edition(base: Reading, amending: Reading) -> Iterator[str]:
    """Yield that the base is older than the day the act takes effect: others may have amended it in between."""
    hit = _EDITION.search(_furniture_text(base))
    if hit is None:
        return
    edition = date(int(hit[3]), int(hit[2]), int(hit[1]))
    days = [day for _, _, day in EffectDays(amending).special] + [
        milestone.on for milestone in amending.dates if milestone.on is not None
    ]
    latest = max(days, default=None)
    if latest is not None and latest > edition:
        yield (
            f"The base stands as of {edition}; what other acts or corrections change until {latest},"
            " the last day this act names, is not in the text."
        )


def _already_in(base: Reading, amending: Reading) -> Iterator[str]:
    """Yield that the base already names the act among those that amended it."""
    if _figures_of(amending) & _amenders(base):
        yield f"The base names {amending.number} among the acts that amended it: it may hold these changes already."


def _last_amended(base: Reading, amending: Reading) -> Iterator[str]:
    """Yield that the act says the base was last amended by an act of which the base shows no trace."""
    for words in _texts(amending):
        hit = _LAST_AMENDED.search(words)
        if hit is None:
            continue
        gazette = _GAZETTE_NUMBER.search(hit["what"])
        act = NUMBER.search(hit["what"])
        figures_there = _amenders(base) | _figures_of(base)
        if gazette is not None and gazette[1] not in _gazette_numbers(base):
            yield _says_missing(f"G.S.R. {gazette[1]}(E)" if gazette[0][:1] in "Gg" else f"S.O. {gazette[1]}(E)")
        elif (
            gazette is None and act is not None and _is_about(base, words, hit) and figures(act[0]) not in figures_there
        ):
            yield _says_missing(" ".join(act[0].split()))
        return


def _says_missing(name: str) -> str:
    return f"The act says that the law was last amended by {name}; the base does not show that amendment."


def _is_about(base: Reading, words: str, hit: re.Match[str]) -> bool:
    """Return whether it is the base that "last amended" is said of: its number stands before."""
    before = [figures(act[0]) for act in NUMBER.finditer(words[: hit.start()])]
    return bool(before) and before[-1] in _figures_of(base)


def _figures_of(reading: Reading) -> set[str]:
    """Return the figures of an act's number in either order: 2016/1011, 596/2014."""
    own = figures(reading.number or "")
    return {own, "/".join(reversed(own.split("/")))} - {""}


def _amenders(base: Reading) -> set[str]:
    """Return the figures of the acts a consolidated text marks its changes with: "▼M7 (32021L0514: INSERTED)"."""
    hits = [(hit[1], hit[2].lstrip("0")) for hit in _CELEX.finditer(_furniture_text(base))]
    return {number_of_act for year, number in hits for number_of_act in (f"{year}/{number}", f"{number}/{year}")}


def _gazette_numbers(base: Reading) -> set[str]:
    return {hit[1] for words in _texts(base) for hit in _GAZETTE_NUMBER.finditer(words)}


def _furniture_text(base: Reading) -> str:
    return "\n".join(note.text for note in base.furniture if note.name in _FURNITURE)


def _texts(reading: Reading) -> Iterator[str]:
    yield from (note.text for note in (*reading.front, *reading.notes, *reading.furniture))
    yield reading.number or ""
    yield from (provision.text for provision in reading.walk())
