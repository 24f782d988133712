"""Invented laws as readings: a few articles of a drafting tradition, one of them the article that is edited."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from storage.records import Provision, ProvisionKind, Reading

K = ProvisionKind
_CHINESE = "零一二三四五六七八九十"


@dataclass(frozen=True)
class DraftingStyle:
    """One tradition and language: how units and what stands in them are called, and whose money is meant."""

    name: str
    jurisdiction: str
    language: str
    unit: ProvisionKind
    part: ProvisionKind
    label: str
    money: str

    def cite(self, number: int) -> str:
        return f"第{_CHINESE[number]}条" if self.language == "zh" else self.label.format(n=number)


DRAFTINGS = (
    DraftingStyle("cn_zh", "cn", "zh", K.ARTICLE, K.PARAGRAPH, "", "money_cn"),
    DraftingStyle("eu_en", "eu", "en", K.ARTICLE, K.PARAGRAPH, "Article {n}", "money_eu"),
    DraftingStyle("eu_fr", "eu", "fr", K.ARTICLE, K.PARAGRAPH, "Article {n}", "money_eu"),
    DraftingStyle("us_en", "us", "en", K.SECTION, K.SUBSECTION, "section {n}", "money_us"),
    DraftingStyle("in_en", "in", "en", K.RULE, K.CLAUSE, "rule {n}", "money_in"),
)


@cache
def words_of(language: str) -> dict[str, Any]:
    """Return the drafting words of one language."""
    return tomllib.loads((Path(__file__).parent / "words" / f"{language}.toml").read_text(encoding="utf-8"))


class Draft:
    """Fills templates with invented words; the same seed gives the same law."""

    def __init__(self, style: DraftingStyle, chance: Random) -> None:
        self.style, self.chance = style, chance
        self.words = words_of(style.language)

    def fill(self, template: str, **values: str) -> str:
        """Return *template* with invented words; a name in *values* stands as given."""
        names = {
            name: self.chance.choice(self.words[f"{name if name != 'body' else 'bodie'}s"])
            for name in ("actor", "topic", "event", "deed", "body")
        }
        text = template.format(**(names | values))
        text = self._inner(text, names, values)
        if self.style.language == "zh":
            return text
        return text[0].upper() + text[1:] if text else text

    def _inner(self, text: str, names: dict[str, str], values: dict[str, str]) -> str:
        return text.format(**(names | values)) if "{" in text else text

    def pair(self, template: str, old: str, new: str, **values: str) -> tuple[str, str]:
        """Return *template* twice, with *old* and with *new* in the place that changes, all else the same."""
        state = self.chance.getstate()
        before = self.fill(template, v=old, **values)
        self.chance.setstate(state)
        return before, self.fill(template, v=new, **values)

    def fillers(self, count: int) -> list[str]:
        return [self.fill(self.chance.choice(self.words["fillers"])) for _ in range(count)]

    def traps(self, count: int) -> list[str]:
        """Return sentences whose numbers are none of the values that change: ages, citations, calendar days."""
        return [self.fill(template) for template in self.chance.sample(self.words["traps"], count)]

    def law(self, articles: Sequence[Sequence[str | tuple[str, Sequence[str]]]]) -> Reading:
        """Return a law of articles, each of paragraphs; a paragraph may be a first line with its points."""
        provisions = tuple(self._article(n, paragraphs) for n, paragraphs in enumerate(articles, 1))
        d = self.style
        return Reading("test", d.jurisdiction, d.language, "Practice Act", provisions=provisions)

    def _article(self, number: int, paragraphs: Sequence[str | tuple[str, Sequence[str]]]) -> Provision:
        d = self.style
        eid, citation = f"{d.unit.abbreviation}_{number}", d.cite(number)
        children = tuple(
            self._paragraph(f"{eid}__{d.part.abbreviation}_{n}", n, citation, words)
            for n, words in enumerate(paragraphs, 1)
        )
        return Provision(eid, d.unit, str(number), citation, "", "", citation, children)

    def _paragraph(self, eid: str, n: int, unit_citation: str, words: str | tuple[str, Sequence[str]]) -> Provision:
        label = "" if self.style.language == "zh" else f"({n})"
        citation = f"{unit_citation}第{_CHINESE[n]}款" if self.style.language == "zh" else f"{unit_citation}({n})"
        text, points = (words, ()) if isinstance(words, str) else words
        below = tuple(
            Provision(f"{eid}__point_{letter}", K.POINT, letter, f"({letter})", "", point, f"{citation}({letter})")
            for letter, point in zip("abcdef", points, strict=False)
        )
        return Provision(eid, self.style.part, str(n), label, "", text, citation, below)
