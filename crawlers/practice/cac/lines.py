"""The lines of a Chinese law file: chapters and articles numbered by their place, references by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawlers.practice.cac.numerals import chinese_numeral

_REFERENCE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """One printed paragraph; ``label`` is the number in front of it, ``chapter`` marks a chapter heading."""

    label: str
    text: str
    chapter: bool = False


def lines(source: str) -> list[PracticeLine]:
    """Return the paragraphs of *source*: ``# heading``, ``@name first paragraph``, further paragraphs bare."""
    rows = source.splitlines()
    names = [row[1:].split(" ", 1)[0] for row in rows if row.startswith("@")]
    labels = {name: f"第{chinese_numeral(place)}条" for place, name in enumerate(names, 1)}
    return list(_number_rows(rows, labels))


def _number_rows(rows: list[str], labels: dict[str, str]) -> list[PracticeLine]:
    paragraphs: list[PracticeLine] = []
    chapter = 0
    for row in rows:
        if row.startswith("# "):
            chapter += 1
            paragraphs.append(PracticeLine(f"第{chinese_numeral(chapter)}章", row[2:], chapter=True))
        elif row.startswith("@"):
            name, text = row[1:].split(" ", 1)
            paragraphs.append(PracticeLine(labels[name], _resolve_references(text, labels)))
        else:
            paragraphs.append(PracticeLine("", _resolve_references(row, labels)))
    return paragraphs


def _resolve_references(text: str, labels: dict[str, str]) -> str:
    return _REFERENCE.sub(lambda match: labels[match[1]], text)
