"""Citations in a text: which places of a law it names ("art. 50(2)", "§ 1003.2(c)", 第五条第二款), and where. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from tracker.amending.instructions.china.china_targets import TARGET_LIST, targets_of
from tracker.amending.operations import Level, Target
from tracker.reading.structure.numbers import LATIN_SUFFIXES, fold_number

_MOST_OF_RANGE = 60  # provisions that one range may name


@dataclass(frozen=True, slots=True)
class CitedStep:
    """One step of a citation: a number printed, or the place of an unnumbered paragraph counted from 1."""

    number: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Citation:
    """A place of a law that a text names: which kind of unit, the steps from the unit down, the words and where."""

    unit: str
    steps: tuple[CitedStep, ...]
    words: str
    start: int
    end: int

    @property
    def is_loose(self) -> bool:
        """Return whether its word may also mean a part of the citing text itself."""
        return self.unit in words_table()["loose"]["units"]


def citations_in(text: str) -> list[Citation]:
    """Return the places of laws that *text* names, in order; a list or a range gives one for each place."""
    citations = [*_latin_citations(text), *_chinese_citations(text)]
    return sorted(citations, key=lambda citation: (citation.start, citation.end))


@cache
def words_table() -> dict[str, Any]:
    """Return the words of ``citation_words.toml``."""
    return tomllib.loads(files(__package__).joinpath("citation_words.toml").read_text(encoding="utf-8"))


def _any(words: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


_NUMBER = (
    rf"(?:\d+(?:[.\-:]\d+)*(?:[a-zA-Z]{{1,2}}(?![\w]))?(?:\s(?:{'|'.join(LATIN_SUFFIXES)})\b)?"
    r"|[IVXLC]+(?![\w])|[A-Z](?![\w]))"
)
_INNER = r"(?:\s?\([0-9A-Za-z]{1,5}\))"
_STEP = re.compile(r"\(([0-9A-Za-z]{1,5})\)")


@cache
def _pattern() -> re.Pattern[str]:
    table = words_table()
    units = _any([word for words in table["units"].values() for word in words])
    inner, ordinal, count_word = (_any(table["inner"][name]) for name in ("words", "ordinals", "counted"))
    after = (
        rf"(?:,?\s*(?:{inner}\s*\(?(?:[0-9]{{1,3}}[a-z]?|[a-zA-Z]{{1,4}})\)(?:{_INNER})*"
        rf"|{inner}\s*[0-9]{{1,3}}[a-z]?(?![\w.]){_INNER}*|{inner}\s*[a-z](?![\w]){_INNER}*|{ordinal}\s+{count_word}))"
    )
    before = (
        rf"(?:(?:{inner}\s*\(?(?:[0-9]{{1,3}}[a-z]?|[a-zA-Z]{{1,4}})\)?{_INNER}*|{ordinal}\s+{count_word})"
        r"(?:\s+of\s+the\s+|\s+of\s+|\s+in\s+|,\s*))"
    )
    lists, ranges = (_any(table["joins"][name]) for name in ("list", "range"))
    one = rf"{_NUMBER}{_INNER}*"
    more = rf"(?:{one}|{_INNER}+)(?![0-9])(?!\s*(?:months?|days?|years?|hours?|weeks?|%|per\s?cent))"
    join = rf"(?:\s*,\s*{lists}\s+|\s+{lists}\s+|\s*{ranges}\s*|\s*,\s*)"
    chain = rf"(?:{join}{more})*"
    return re.compile(
        rf"(?P<before>{before}*)(?<![\w§])(?P<unit>{units})\s?(?P<first>{one})(?P<after>{after}*)(?P<more>{chain})",
        re.I,
    )


@cache
def _continuation() -> re.Pattern[str]:
    lists, ranges = (_any(words_table()["joins"][name]) for name in ("list", "range"))
    return re.compile(
        rf"(?P<range>\s*{ranges}\s*)?(?:\s*,\s*{lists}\s+|\s+{lists}\s+|\s*,\s*)?(?P<one>{_NUMBER}{_INNER}*|{_INNER}+)",
        re.I,
    )


def _latin_citations(text: str) -> Iterator[Citation]:
    names = {word.casefold(): unit for unit, words in words_table()["units"].items() for word in words}
    for hit in _pattern().finditer(text):
        unit = names[hit["unit"].casefold()]
        first = hit["first"]
        if not _is_number(first, hit["unit"]):
            continue
        whole = Citation(unit, (), hit[0].strip(), hit.start() + len(hit[0]) - len(hit[0].lstrip()), hit.end())
        inside = (*_inner_steps(hit["after"]), *_outside_in(hit["before"]))
        numbers = list(_range_of(first, unit))
        yield from (replace(whole, steps=(*steps, *inside)) for steps in numbers)
        yield from _rest_of_list(hit["more"], unit, numbers[-1], whole)


def _is_number(first: str, word: str) -> bool:
    """Return whether what follows a word is a number: "art of", "s. A" and "Rule Making" are no citations."""
    head = re.split(r"[\s(]", first)[0]
    return head[0].isdigit() or (
        head.isupper() and len(word) > 4 and word.casefold() not in {"rules", "rule", "section"}
    )


def _rest_of_list(more: str, unit: str, last: tuple[CitedStep, ...], whole: Citation) -> Iterator[Citation]:
    for hit in _continuation().finditer(more):
        one = hit["one"].strip()
        if one.startswith("("):  # "art. 50(2) and (4)": the same unit, another paragraph
            steps = (*(last[:-1] if len(last) > 1 else last), *_inner_steps(one))
            choices = [steps]
        else:
            choices = list(_range_of(one, unit))
        if hit["range"] and len(choices) == 1:
            choices = list(_between(last, choices[0])) or choices
        yield from (replace(whole, steps=steps) for steps in choices)
        last = choices[-1]


def _between(first: tuple[CitedStep, ...], last: tuple[CitedStep, ...]) -> Iterator[tuple[CitedStep, ...]]:
    """Yield what stands behind *first* up to *last*; nothing when the two are no range of numbers."""
    low, high = first[-1].number, last[-1].number
    if len(first) != len(last):
        return
    if low.isdigit() and high.isdigit() and 0 < int(high) - int(low) <= _MOST_OF_RANGE:
        yield from ((*first[:-1], CitedStep(str(number))) for number in range(int(low) + 1, int(high) + 1))
    elif len(low) == len(high) == 1 and low < high:
        yield from ((*first[:-1], CitedStep(chr(code))) for code in range(ord(low) + 1, ord(high) + 1))


def _range_of(text: str, unit: str) -> Iterator[tuple[CitedStep, ...]]:
    """Yield the steps of a number with what stands in brackets; "13-15" is a range but in the number of a section."""
    number = re.split(r"\s?\(", text, maxsplit=1)[0].strip()
    inner = _inner_steps(text[len(number) :])
    first, _, last = number.partition("-")
    is_range = unit not in {"section", "rule"} and first.isdigit() and last.isdigit() and int(first) < int(last)
    if is_range and int(last) - int(first) <= _MOST_OF_RANGE:
        yield from ((CitedStep(str(step)), *inner) for step in range(int(first), int(last) + 1))
    else:
        yield (CitedStep(_key(number)), *inner)


def _inner_steps(text: str) -> tuple[CitedStep, ...]:
    """Return the steps of "(2)(a)", "paragraph 2, point (a)" or "second subparagraph", as they are printed."""
    steps: list[CitedStep] = []
    inner = words_table()["inner"]
    words, ordinal, count_word = (_any(inner[name]) for name in ("words", "ordinals", "counted"))
    token = rf"\(([0-9A-Za-z]{{1,5}})\)|({ordinal})\s+{count_word}|{words}\s*([0-9A-Za-z]{{1,4}})(?!\w)"
    for hit in re.finditer(token, text, re.I):
        if hit[2]:
            steps.append(CitedStep(place=inner["ordinals"].index(hit[2].casefold()) + 1))
        else:
            steps.append(CitedStep(_key(hit[1] or hit[3])))
    return tuple(steps)


def _outside_in(before: str) -> tuple[CitedStep, ...]:
    """Return the steps of "point (a) of paragraph 1 of", which are printed from the inside out."""
    groups = re.split(r"\s+of\s+(?:the\s+)?|\s+in\s+|,\s*", before)
    return tuple(step for group in reversed(groups) for step in _inner_steps(group))


def _chinese_citations(text: str) -> Iterator[Citation]:
    for hit in re.finditer(TARGET_LIST, text):
        for target in targets_of(hit[0]):
            yield from _of_target(target, hit)


def _of_target(target: Target, hit: re.Match[str]) -> Iterator[Citation]:
    if not target or (target[0].level is Level.CONTAINER and len(target) == 1):
        return
    steps: list[list[CitedStep]] = [[]]
    for step in target:
        if step.level is Level.CONTAINER:
            continue
        choices = [CitedStep(place=place) for place in step.places] or [
            CitedStep(number) for pair in step.numbers for number in _numbers(*pair)
        ]
        steps = [[*before, choice] for before in steps for choice in choices]
    for one in steps:
        yield Citation("article", tuple(one), hit[0], hit.start(), hit.end())


def _numbers(first: str, last: str) -> list[str]:
    if first != last and first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _MOST_OF_RANGE:
        return [str(number) for number in range(int(first), int(last) + 1)]
    return [first] if first == last else [first, last]


def _key(number: str) -> str:
    return fold_number(number).lower()
