"""The words by which each language obliges, forbids, allows and frees, read from ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

_TABLE = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
_WIDE = "zh"


class Modality(StrEnum):
    """Whether a norm binds, forbids, allows or frees its bearer."""

    MUST = "must"
    MUST_NOT = "must_not"
    MAY = "may"
    NEED_NOT = "need_not"


class Words:
    """The modal and other words of one language, as patterns."""

    def __init__(self, language: str) -> None:
        """Read them from the table; English where there is none."""
        self.language = language if language in _TABLE else "en"
        self.row: dict[str, Any] = _TABLE[self.language]
        self.wide = self.language == _WIDE
        self.modals = {kind: self.any(self.row[kind.value]) for kind in MODALITIES}
        self.idle = self.any(self.row["idle"])
        self.leads = self.any(self.row["leads"])
        self.asides = self.any(self.row["asides"])
        self.tails = self.any(self.row["tails"])
        self.limits = self.any(self.row["limits"])
        self.articles = self.any(self.row["articles"])
        self.nobody = self.any(self.row["nobody"])
        self.states = self.any(self.row.get("states", ()))
        self.days = self.any(self.row.get("days", ()))
        self.moments = self.any(self.row.get("moments", ()))
        self.impersonal = self.any(self.row.get("impersonal", ()))
        self.impersonal_duties = self.any(self.row.get("impersonal_duties", ()))
        self.banned = self.any(self.row.get("banned", ()))
        self.no_limits = self.any(self.row.get("no_limits", ()))
        self.idle_not = self.any(self.row.get("idle_not", ()))
        self.void = self.any(self.row.get("void", ()))
        self.openers = self.any(self.row.get("openers", ()))
        self.asides_first = self.any(self.row.get("asides_first", ()))
        self.asides_not = self.any(self.row.get("asides_not", ()))
        self.never_before: dict[str, str] = self.row.get("never_before", {})
        self.things = frozenset(self.row.get("things", ()))
        self.relative = re.compile(rf"{self.any(self.row['relatives']).pattern}\s*$", re.I)

    def any(self, words: Sequence[str]) -> re.Pattern[str]:
        """Return a pattern for any of *words*, as whole words."""
        alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
        if self.wide:
            return re.compile(f"(?:{alternatives})")
        return re.compile(rf"(?<!\w)(?:{alternatives})(?:(?!\w)|(?<='))", re.I)


MODALITIES = (Modality.NEED_NOT, Modality.MUST_NOT, Modality.MAY, Modality.MUST)


@cache
def words_of(language: str) -> Words:
    """Return the words of *language*."""
    return Words(language.lower()[:2])
