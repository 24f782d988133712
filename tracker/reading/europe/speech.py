"""The words of one language of the Union for dates, kinds of acts and relations, from ``facts.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

_TITLE_BEGINS = 60
_NUMERIC = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"
_DAY = (
    r"(?P<day>\d{1,2})(?:\.|er|º|o|°|ης|η)?\s(?:de\s|ta[’'`]\s)?(?P<month>{months}){inflection}\s"
    r"(?:de\s)?(?P<year>\d{4})"
)


@dataclass(frozen=True, slots=True)
class Speech:
    """How one language says what an act says about itself. Patterns are case-blind."""

    language: str
    months: dict[str, int]
    day: re.Pattern[str]
    proposal: re.Pattern[str]
    enters: re.Pattern[str]
    same_day: re.Pattern[str]
    next_day: re.Pattern[str]
    adopted_day: re.Pattern[str]
    ordinal_day: re.Pattern[str]
    ordinals: dict[str, int]
    applies: re.Pattern[str]
    applies_verbs: re.Pattern[str]
    definitions: re.Pattern[str]
    means: re.Pattern[str] | None
    purposes: re.Pattern[str] | None
    hereinafter: re.Pattern[str]
    title_relations: dict[str, re.Pattern[str]]
    relations: dict[str, re.Pattern[str]]
    types: dict[str, str]
    type: re.Pattern[str]
    act_first: bool = False
    date_first: bool = False
    kind_last: bool = False
    bare_terms: bool = False

    def is_proposal(self, title: str) -> bool:
        """Return whether a title is that of a proposal ("Amended proposal for a …" too)."""
        return self.proposal.search(title[:_TITLE_BEGINS]) is not None

    def date_in(self, text: str, start: int = 0) -> tuple[date, re.Match[str]] | None:
        """Return the first date of *text* from *start* on, with where it stands."""
        for match in self.day.finditer(text, start):
            day = self._date_of(match)
            if day is not None:
                return day, match
        return None

    def _date_of(self, match: re.Match[str]) -> date | None:
        if match["numeric"]:
            day, month, year = (int(part) for part in match["numeric"].replace(" ", "").split("."))
        else:
            day, month, year = int(match["day"]), self.months[match["month"].lower()], int(match["year"])
        try:
            return date(year, month, day)
        except ValueError:
            return None


@cache
def speeches() -> dict[str, Speech]:
    """Return the languages of the Union, by ISO 639-1 code."""
    return {language: _speech(language) for language in _tables()}


def speech_of(language: str, title: str) -> Speech | None:
    """Return the words of *language*; where it is not stated, of the language whose kind of act begins the title.

    Some languages share that word: of those, the one in which the title's date is written.
    """
    if language in _tables():
        return _speech(language)
    if language:
        return None
    starts = [(match.start(), code) for code, speech in speeches().items() if (match := speech.type.search(title))]
    first = [code for start, code in starts if start == min(starts)[0]]
    by_date = [code for code in first if _speech(code).date_in(title)]
    return _speech((by_date or first)[0]) if first else None


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files(__package__).joinpath("facts.toml").read_text(encoding="utf-8"))


@cache
def _speech(language: str) -> Speech:
    table = _tables()[language]
    kinds = {word: kind for kind, words in _table(table, "types").items() for word in words}
    ordinals = {str(word): int(days) for word, days in _table(table, "ordinals").items()}
    ordinal_day = rf"({'|'.join(map(re.escape, ordinals))}|\d{{1,3}}(?:th|st|nd|rd|e|\.|ème)?)\s+{table['counted_day']}"
    months = _months(table)
    return Speech(
        language=language,
        months=months,
        day=_day(table, months),
        proposal=_any(_words(table, "proposal")),
        enters=_any(_words(table, "enters")),
        same_day=_any(_words(table, "same_day")),
        next_day=_any(_words(table, "next_day")),
        adopted_day=_any(_words(table, "adopted_day")),
        ordinal_day=re.compile(ordinal_day, re.I),
        ordinals=ordinals,
        applies=_any(_words(table, "applies")),
        applies_verbs=_any(_words(table, "applies_verbs")),
        definitions=_any(_words(table, "definitions"), whole=False),
        means=_any(_words(table, "means")) if "means" in table else None,
        purposes=_any(_words(table, "purposes")) if "purposes" in table else None,
        hereinafter=_any(_words(table, "hereinafter")),
        title_relations={
            kind: _any(_words(table, f"title_{kind}")) for kind in ("amends", "repeals", "implements", "corrects")
        },
        relations={kind: _any(_words(table, kind)) for kind in ("amends", "repeals")},
        types=kinds,
        type=_any(kinds, inside=True),
        act_first=bool(table.get("act_first")),
        date_first=bool(table.get("date_first")),
        kind_last=bool(table.get("kind_last")),
        bare_terms=bool(table.get("bare_terms")),
    )


def _words(table: dict[str, object], key: str) -> list[str]:
    value = table[key]
    assert isinstance(value, list)
    return [str(word) for word in value]


def _table(table: dict[str, object], key: str) -> dict[str, Any]:
    value = table[key]
    assert isinstance(value, dict)
    return value


def _months(table: dict[str, object]) -> dict[str, int]:
    """Return the number of each name of a month; a language may have two names for one."""
    names = _words(table, "months")
    numbers = table.get("month_numbers") or range(1, 13)
    assert isinstance(numbers, list | range)
    return dict(zip(names, numbers, strict=True))


def _day(table: dict[str, object], months: dict[str, int]) -> re.Pattern[str]:
    inflection = r"\w{0,6}" if table.get("inflected") else ""
    template = str(table.get("day_format") or _DAY.replace("{inflection}", inflection))
    day = template.replace("{months}", "|".join(months))
    return re.compile(rf"(?<![\d/.])(?:(?P<numeric>{_NUMERIC})|{day})(?!\w)", re.I)


def _any(words: Iterable[str], *, whole: bool = True, inside: bool = False) -> re.Pattern[str]:
    """Return a pattern for any of *words*; *inside* lets a word end a compound ("Durchführungsverordnung").

    "…" in a word stands for what may be put between its parts ("wird mit Wirkung vom 25. Mai 2018 aufgehoben").
    """
    alternatives = "|".join(
        re.escape(word).replace(r"\ …\ ", r"\s[^;:]{1,60}?\s").replace(r"\ ", r"\s")
        for word in sorted(words, key=len, reverse=True)
    )
    before, after = ("" if inside else r"\b") if whole else "", r"(?!\w)" if whole else ""
    return re.compile(rf"{before}({alternatives}){after}", re.I)
