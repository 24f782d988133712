"""The words of one language of the Union for dates, kinds of acts and relations, from ``facts.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

_TITLE_BEGINS = 60
_NUMERIC = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"


@dataclass(frozen=True, slots=True)
class Speech:
    """How one language says what an act says about itself. Patterns are case-blind."""

    language: str
    months: tuple[str, ...]
    day: re.Pattern[str]
    proposal: re.Pattern[str]
    enters: re.Pattern[str]
    same_day: re.Pattern[str]
    next_day: re.Pattern[str]
    adopted_day: re.Pattern[str]
    ordinal_day: re.Pattern[str]
    ordinals: dict[str, int]
    applies: re.Pattern[str]
    definitions: re.Pattern[str]
    title_relations: dict[str, re.Pattern[str]]
    relations: dict[str, re.Pattern[str]]
    types: dict[str, str]
    type: re.Pattern[str]

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
            day, month, year = int(match["day"]), self.months.index(match["month"].lower()) + 1, int(match["year"])
        try:
            return date(year, month, day)
        except ValueError:
            return None


@cache
def speeches() -> dict[str, Speech]:
    """Return the languages we know the words of, by ISO 639-1 code."""
    raw = tomllib.loads(resources.files(__package__).joinpath("facts.toml").read_text(encoding="utf-8"))
    return {language: _speech(language, table) for language, table in raw.items()}


def speech_of(language: str, title: str) -> Speech | None:
    """Return the words of *language*; where it is not stated, of the language whose kind of act begins the title."""
    all_speeches = speeches()
    if language in all_speeches:
        return all_speeches[language]
    if language:
        return None
    starts = [(match.start(), code) for code, speech in all_speeches.items() if (match := speech.type.search(title))]
    return all_speeches[min(starts)[1]] if starts else None


def _speech(language: str, table: dict[str, object]) -> Speech:
    def words_of(key: str) -> list[str]:
        value = table[key]
        assert isinstance(value, list)
        return [str(word) for word in value]

    months = words_of("months")
    types, ordinals = table["types"], table["ordinals"]
    assert isinstance(types, dict)
    assert isinstance(ordinals, dict)
    kinds = {word: kind for kind, words in types.items() for word in words}
    ordinal_day = rf"({'|'.join(map(re.escape, ordinals))}|\d{{1,3}}(?:th|st|nd|rd|e|\.|ème)?)\s+{table['counted_day']}"
    return Speech(
        language=language,
        months=tuple(months),
        day=re.compile(
            rf"(?<![\d/.])(?:(?P<numeric>{_NUMERIC})|(?P<day>\d{{1,2}})(?:\.|er|º|o|°)?\s(?:de\s)?(?P<month>{'|'.join(months)})\s(?:de\s)?(?P<year>\d{{4}}))\b",
            re.I,
        ),
        proposal=_any(words_of("proposal")),
        enters=_any(words_of("enters")),
        same_day=_any(words_of("same_day")),
        next_day=_any(words_of("next_day")),
        adopted_day=_any(words_of("adopted_day")),
        ordinal_day=re.compile(ordinal_day, re.I),
        ordinals={str(word): int(days) for word, days in ordinals.items()},
        applies=_any(words_of("applies")),
        definitions=_any(words_of("definitions"), whole=False),
        title_relations={
            kind: _any(words_of(f"title_{kind}")) for kind in ("amends", "repeals", "implements", "corrects")
        },
        relations={kind: _any(words_of(kind)) for kind in ("amends", "repeals")},
        types=kinds,
        type=_any(kinds, inside=True),
    )


def _any(words: Iterable[str], *, whole: bool = True, inside: bool = False) -> re.Pattern[str]:
    """Return a pattern for any of *words*; *inside* lets a word end a compound ("Durchführungsverordnung")."""
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))
    before, after = ("" if inside else r"\b") if whole else "", r"(?!\w)" if whole else ""
    return re.compile(rf"{before}({alternatives}){after}", re.I)
