"""Schemes: how laws are numbered, as data; a number in a text or of a law as one :class:`Identifier`. Pure."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from storage.records import Identifier, MilestoneKind, Reading, Relation

OTHER_NUMBER = "number"
"""The scheme of a number that no other scheme claims: equal as a whole, or not at all."""
_LEAST = 4  # characters of such a number
_DATES_OF_ISSUE = (MilestoneKind.ISSUED, MilestoneKind.PUBLISHED)
_UNKNOWN_YEAR = "-"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way of numbering laws, as ``schemes.toml`` gives it."""

    name: str
    jurisdictions: frozenset[str]
    whole: re.Pattern[str]
    inside: re.Pattern[str]
    value: str = ""
    folds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    yearly: bool = False
    issuer: bool = False
    act: bool = False
    number_first: re.Pattern[str] | None = None

    def value_of(self, match: re.Match[str]) -> str:
        """Return the number that was matched in the one spelling of its scheme; empty when it is none after all."""
        if self.act:
            return self._act(match)
        groups = defaultdict(str, {name: text or "" for name, text in match.groupdict().items()})
        for name, fold in self.folds.items():
            groups[name] = fold.get(groups[name], groups[name])
        return re.sub(r"\s+", " ", self.value.format_map(groups)).strip()

    def _act(self, match: re.Match[str]) -> str:
        """Return the CELEX number of an act named by its kind, year and number, in whatever order they stand."""
        first, second = match["first"], match["second"]
        before = match.string[match.start() : match.start("first")]
        number_first = bool(self.number_first and self.number_first.search(before)) or len(first) == 3
        year, number = (second, first) if number_first else (first, second)
        if len(year) == 2:
            year = f"19{year}"
        kind = _letter(match["kind"].casefold())
        return f"3{year}{kind}{number:0>4}" if re.fullmatch(r"(?:19|20)\d\d", year) and len(number) <= 4 else ""


def numbers_of(reading: Reading) -> tuple[Identifier, ...]:
    """Return the numbers a law states of itself: a number counts as a whole, what it merely holds does not."""
    numbers: dict[Identifier, None] = {}
    for text in filter(None, (_single_spaced(reading.uri), _single_spaced(reading.number))):
        numbers |= dict.fromkeys(_whole(text, reading))
    return tuple(numbers)


def numbers_in(relation: Relation, jurisdiction: str) -> tuple[Identifier, ...]:
    """Return the numbers by which *relation* names the other law: of each scheme the first that is printed."""
    text = _single_spaced(relation.target)
    place_of: dict[Identifier, int] = {}
    names: set[str] = set()
    for scheme in schemes():
        match = (
            scheme.inside.search(text) if jurisdiction in scheme.jurisdictions and scheme.name not in names else None
        )
        value = scheme.value_of(match) if match else ""
        if match and value and not (scheme.issuer and not match["issuer"]):
            names.add(scheme.name)
            place_of |= dict.fromkeys(_with_year(Identifier(scheme.name, value), scheme, relation), match.start())
    if not place_of and len(text) >= _LEAST and any(character.isdigit() for character in text):
        place_of[Identifier(OTHER_NUMBER, fold_name(text))] = 0
    return tuple(sorted(place_of, key=place_of.__getitem__))


def is_corrigendum(identifier: Identifier) -> bool:
    """Return whether a number is of a corrigendum: of its own, though it begins with that of the act it corrects."""
    return (identifier.scheme == "celex" and identifier.value.endswith(")")) or "corrigendum" in identifier.value


def fold_name(text: str) -> str:
    """Return *text* without spaces, points, width and case, for holding two names against each other."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


@cache
def table() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the word lists of ``schemes.toml``."""
    lists: Mapping[str, Mapping[str, Sequence[str]]] = _load()
    return lists


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the schemes of ``schemes.toml`` in their order."""
    return tuple(_scheme(row) for row in _load()["scheme"])


def _whole(text: str, reading: Reading) -> Iterator[Identifier]:
    for scheme in schemes():
        if reading.jurisdiction not in scheme.jurisdictions or scheme.act:
            continue
        match = scheme.whole.fullmatch(text)
        if match is None:
            continue
        if scheme.issuer:
            yield from (Identifier(scheme.name, value) for value in _by_issuer(match, reading))
        elif value := scheme.value_of(match):
            identifier = Identifier(scheme.name, value)
            yield identifier
            if scheme.yearly:
                yield Identifier(scheme.name, f"{value}/{_year_of(reading)}")
        return
    if len(text) >= _LEAST:
        yield Identifier(OTHER_NUMBER, fold_name(text))


def _by_issuer(match: re.Match[str], reading: Reading) -> Iterator[str]:
    number = match["early"] or match["number"]
    issuers = [match["issuer"]] if match["issuer"] else [authority.native for authority in reading.authorities]
    return (f"{fold_name(issuer)}{number}" for issuer in issuers if issuer)


def _with_year(identifier: Identifier, scheme: Scheme, relation: Relation) -> Iterator[Identifier]:
    if not scheme.yearly or relation.on is None:
        yield identifier
        return
    yield Identifier(scheme.name, f"{identifier.value}/{relation.on.year}")
    yield Identifier(scheme.name, f"{identifier.value}/{_UNKNOWN_YEAR}")


def _year_of(reading: Reading) -> str:
    days = [milestone.on for milestone in reading.dates if milestone.kind in _DATES_OF_ISSUE and milestone.on]
    return str(min(days).year) if days else _UNKNOWN_YEAR


def _letter(word: str) -> str:
    return next(letter for letter, words in table()["act_kinds"].items() if word in words)


def _single_spaced(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


@cache
def _load() -> Mapping[str, Any]:
    return tomllib.loads(files("tracker.identity").joinpath("schemes.toml").read_text(encoding="utf-8"))


def _scheme(row: Mapping[str, Any]) -> Scheme:
    kinds = [word for words in _load()["act_kinds"].values() for word in words]
    by_length = "|".join(re.escape(word) for word in sorted(set(kinds), key=lambda word: (-len(word), word)))
    pattern = row["pattern"].replace("{kinds}", by_length)
    flags = re.IGNORECASE if row.get("act") else 0
    first = row.get("number_first")
    return Scheme(
        name=row["name"],
        jurisdictions=frozenset(row["in"]),
        whole=re.compile(pattern, flags),
        inside=re.compile(
            rf"(?<![\w-]){pattern}{row.get('more', '')}(?!\w)" if row["name"] != "order" else pattern, flags
        ),
        value=row.get("value", ""),
        folds=row.get("fold", {}),
        yearly=row.get("yearly", False),
        issuer=row.get("issuer", False),
        act=row.get("act", False),
        number_first=re.compile(first, re.IGNORECASE) if first else None,
    )
