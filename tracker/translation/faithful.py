"""Is a translation faithful: every number, date, reference and negation of the source must stand in it. Pure.

Nothing is said about style: only facts are held against each other, and what cannot be decided counts as lost.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from tracker.reading.structure.numbers import fold_number
from tracker.weigh.quantities.number_words import number
from tracker.weigh.quantities.value import Sort, Value
from tracker.weigh.quantities.values import values
from tracker.weigh.words import vocabulary

_TYPED_SORTS = frozenset({Sort.DURATION, Sort.DATE, Sort.SHARE, Sort.TIMES})
_LEAST_PART = 0.15  # of the length of the source, letter for letter; Chinese is three times as dense
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_ZH_REFERENCE = re.compile(
    r"第([〇零一二三四五六七八九十百千\d]+)(?:条(?:之([一二三四五六七八九十]+))?|款|项|目|章|节|编|部分)"
)
_LATIN_REFERENCE = re.compile(
    r"(?i)\b(?:articles?|sections?|rules?|paragraphs?|points?|clauses?|annex(?:es)?|schedules?|chapters?|artikel|absatz|"
    r"§+)\s?(\d+[a-z]?(?:\.\d+)?)((?:\s?\(\w{1,4}\))*)"
)
_IDENTIFIER = re.compile(r"\b(?:No\.?|Nr\.?)\s?\d+\b|\d{1,4}/\d{1,4}(?:/\w+)?")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


def lost_facts(source: str, translation: str, source_language: str, target: str) -> list[str]:
    """Return what of *source* is lost, or new, in *translation*; empty when the facts of both agree."""
    if not translation.strip():
        return ["the translation is empty"]
    if _density(translation) < _LEAST_PART * _density(source):
        return ["most of the text is missing"]
    return [
        *_lost_values(source, translation, source_language, target),
        *_lost_numbers(source, translation, source_language, target),
        *_lost_negation(source, translation, source_language, target),
    ]


def _density(text: str) -> float:
    return sum(3 if "\u3400" <= character <= "\u9fff" else 1 for character in text if not character.isspace())


def _lost_values(source: str, translation: str, source_language: str, target: str) -> Iterator[str]:
    """Yield the durations, dates and shares of one side that the other has not, or has fewer times."""
    if not vocabulary(target).is_own and target != "en":
        return  # its words for days and months are not known; its digits are compared all the same
    before, after = (
        Counter(_normal(value) for value in values(text, vocabulary(language)) if value.sort in _TYPED_SORTS)
        for text, language in ((source, source_language), (translation, target))
    )
    yield from (f"{normal} is lost" for normal in before - after)
    yield from (f"{normal} is not in the source" for normal in after - before if normal not in before)


def _normal(value: Value) -> str:
    return value.normal


def _lost_numbers(source: str, translation: str, source_language: str, target: str) -> Iterator[str]:
    before, before_sure = _numbers(source, source_language)
    after, after_sure = _numbers(translation, target)
    yield from (f"the number {_say(size)} is lost" for size in sorted(before_sure - after))
    yield from (f"the number {_say(size)} is not in the source" for size in sorted(after_sure - before))


def _numbers(text: str, language: str) -> tuple[set[float], set[float]]:
    """Return the numbers a text may mean, words like "one" among them, and those alone that it surely states.

    What stands inside a date, a duration or a share is compared as such.
    """
    typed_values = [value for value in values(text, vocabulary(language)) if value.sort in _TYPED_SORTS]
    rest = _without(text, [(value.start, value.end) for value in typed_values])
    digits = {size for hit in _DIGITS.finditer(rest) for size in _sizes(hit[0])}
    others = {value.size for value in values(text, vocabulary(language)) if value.size is not None
              and value.sort not in _TYPED_SORTS}  # fmt: skip
    words = (
        {size for hit in _WORDS.finditer(rest) if (size := number(hit[0])) is not None} if language != "zh" else set()
    )
    must = digits | others | _references(text)
    return must | words, must


def _references(text: str) -> set[float]:
    return {float(digits) for hit in _ZH_REFERENCE.finditer(text) for part in hit.groups() if part
            and (digits := fold_number(part)).isdigit()}  # fmt: skip


def _sizes(digits: str) -> Iterator[float]:
    """Yield what a number in digits may be: 1,000 and 1.000 are a thousand, 1.5 is one and a half."""
    bare = digits.replace(",", "")
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        yield float(re.sub(r"[.,]", "", digits))
    elif bare.count(".") <= 1:
        yield float(bare)
    else:
        yield from (float(part) for part in digits.split("."))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return text


def _lost_negation(source: str, translation: str, source_language: str, target: str) -> Iterator[str]:
    """Yield that a text which says no is translated by one that does so less often, or the other way round."""
    denials = _denials(source, source_language)
    negations = _count_negations(translation, target)
    if denials > negations:
        yield "a negation is lost" if negations else "the negation is lost"
    prohibitions = sum(m == "prohibition" for m, _ in vocabulary(target).modality.find(translation))
    if prohibitions and not denials and not _count_negations(source, source_language):
        yield "a prohibition is not in the source"


def _denials(text: str, language: str) -> int:
    words = vocabulary(language)
    denials = sum(meaning in {"prohibition", "negation"} for meaning, _ in words.modality.find(text))
    if language in _table()["doubled"]:
        denials = (denials + 1) // 2
    return denials + (1 if not denials and words.exception.find(text) else 0)


def _count_negations(text: str, language: str) -> int:
    table = _negations()
    if pattern := table.get(language):
        return len(pattern.findall(text))
    return 1 if language not in table and vocabulary(language).modality.find(text) else 0


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("negation_words.toml").read_text(encoding="utf-8"))


@cache
def _negations() -> dict[str, re.Pattern[str]]:
    table = _table()
    latin = {name: re.compile(rf"(?i)(?<![\w])(?:{'|'.join(words)})(?![\w])") for name, words in table["latin"].items()}
    return latin | {name: re.compile("|".join(words)) for name, words in table["other"].items()}


def _say(size: float) -> str:
    return str(int(size)) if size == int(size) else str(size)
