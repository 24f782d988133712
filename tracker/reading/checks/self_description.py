"""What a page says of its own units — ids in its markup, contents lists, stated totals — against what was read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from storage.records import Provision, ProvisionKind, ReadingCheck
from tracker.reading.checks.evidence import Evidence
from tracker.reading.checks.ordinals import Ordinal, ordinal, show
from tracker.reading.checks.units import all_units, own_units
from tracker.reading.structure.draft import Extract
from tracker.reading.structure.numbers import CHINESE

K = ProvisionKind
# each stops at the next opening of its kind, so that many left open cost no more than their length
_QUOTATION = re.compile(r"<(QUOT\.S|quotedContent|quotedStructure|mod)\b(?:(?!<\1\b).)*?</\1>", re.S)
_DEEPEST_QUOTATION = 3
# a word without which none of them is on the page, which is quicker to look for, and each pattern
_IDS: tuple[tuple[ProvisionKind, str, re.Pattern[str]], ...] = (
    (K.ARTICLE, "id=", re.compile(r"id=[\"'](?i:art)_(?P<number>\d{1,4}[A-Za-z]{0,2})[\"']")),
    (K.ARTICLE, "IDENTIFIER=", re.compile(r"<ARTICLE\b[^>]{0,200}\bIDENTIFIER=\"0*(?P<number>\d{1,4}[A-Z]{0,2})\"")),
    (
        K.ARTICLE,
        "<article",
        re.compile(r"<article\b[^>]{0,200}\beId=\"(?:[\w-]+__)?art_(?P<number>\d{1,4}[a-z]{0,2})\""),
    ),
    (
        K.SECTION,
        "<section",
        re.compile(r"<section\b[^>]{0,200}\beId=\"(?:[\w-]+__)?sec_(?P<number>\d{1,4}[a-z]{0,2})\""),
    ),
)
_TOTALS: tuple[tuple[ProvisionKind, re.Pattern[str]], ...] = (
    (K.SECTION, re.compile(r"^Sections?:\s*1\s*to\s*(?P<total>\d{1,4})\b", re.M)),
    (K.ARTICLE, re.compile(r"^Articles?:\s*1\s*to\s*(?P<total>\d{1,4})\b", re.M)),
    (K.ARTICLE, re.compile(r"(?:本法|本办法|本规定|本条例|全文|全法)共[^。，]{0,12}?(?P<total>\d{1,4})条")),
)
_CONTENTS = re.compile(
    r"^[#* \t\u00a0\u3000]{0,20}(?:ARRANGEMENT OF (?P<what>SECTIONS|RULES|REGULATIONS|ARTICLES|CLAUSES)|"
    r"TABLE OF CONTENTS|CONTENTS|目[ \u3000]*[录次])[* \t\u00a0\u3000.]{0,20}$"
    r"|\btable of contents (?:of|for) this (?:Act|division|title|joint resolution)[^\n]{0,40}\bas follows:",
    re.M | re.I,
)
_ENTRIES: tuple[tuple[ProvisionKind, re.Pattern[str]], ...] = (
    (
        K.SECTION,
        re.compile(r"^[|* \t\u00a0]{0,20}(?:SECTIONS?\s+|Sec\.\s*)?(?P<number>\d{1,3}[A-Z]{0,2})\.\s*(?=\S)", re.M),
    ),
    (K.ARTICLE, re.compile(r"^[|* \t\u00a0]{0,20}(?:Article|Art\.)\s+(?P<number>\d{1,3}[A-Z]{0,2})\b", re.M | re.I)),
    (K.CHAPTER, re.compile(rf"^[|* \t\u00a0\u3000]{{0,20}}第(?P<number>[{CHINESE}]{{1,5}})章", re.M)),
)
_MARKDOWN_HEAD = re.compile(
    r"^#{1,6}[ \t]+\**(?P<word>Section|Article|Rule|Regulation)[ \t]+(?:\d{1,4}|[IVXLC]{1,7}\b)", re.M | re.I
)
_WIDEST = 60_000
_LEAST = 3
_OF_OTHERS = frozenset({"state amendment"})  # notes that print headings which are no units of the law
_LATEST = 3  # a text that begins later is a part of an act


def ids(provisions: Sequence[Provision], evidence: Evidence) -> Iterator[ReadingCheck]:
    """Yield a check for each kind of id the markup gives its units, and for each total it states."""
    markup = _own_markup(evidence.markup)
    for kind, word, look in _IDS:
        matches = look.finditer(markup) if word in markup else ()
        if numbers := {n for m in matches if (n := ordinal(m["number"]))}:
            yield _compare("ids", kind, numbers, provisions, "the markup names")
    for kind, look in _TOTALS:
        for match in look.finditer(evidence.lines[:_WIDEST]):
            numbers = {(n, "") for n in range(1, int(match["total"]) + 1)}
            yield _compare("ids", kind, numbers, provisions, "the page states")


def contents(
    provisions: Sequence[Provision], evidence: Evidence, kinds: Sequence[ProvisionKind], extract: Extract
) -> Iterator[ReadingCheck]:
    """Yield a check of the contents list: whether each of its entries of *kinds*, and each chapter, was read."""
    match = _CONTENTS.search(evidence.lines)
    list_text = evidence.lines[match.end() : match.end() + _WIDEST] if match else _marked_list(extract)
    for kind, look in _ENTRIES if list_text else ():
        numbers = _rising_numbers(list_text, look) if kind in {*kinds, K.CHAPTER} else []
        if len(numbers) >= _LEAST:
            yield _compare("contents", kind, set(numbers), provisions, "the contents list names")


def _marked_list(extract: Extract) -> str:
    """Return the contents list that the markup itself names as one."""
    return "\n".join(note.text for note in extract.notes if note.name == "table of contents")[:_WIDEST]


def headings(
    provisions: Sequence[Provision], evidence: Evidence, kinds: Sequence[ProvisionKind], extract: Extract
) -> Iterator[ReadingCheck]:
    """Yield a check for each of *kinds* whose headings the page prints in a count from 1: whether all were read."""
    elsewhere = [line for note in extract.notes if note.name in _OF_OTHERS for line in note.text.split("\n")]
    for kind in kinds:
        run = evidence.run(kind, besides=frozenset(elsewhere))
        if len(run) >= 2:
            yield _compare("headings", kind, set(run), provisions, "the page prints headings of")


def marked_headings(provisions: Sequence[Provision], evidence: Evidence) -> Iterator[ReadingCheck]:
    """Yield a check of the headings that Markdown marks with # and a word: as many units were read."""
    counts = Counter(match["word"].lower() for match in _MARKDOWN_HEAD.finditer(evidence.lines))
    for word, count in counts.items():
        read = sum(p.kind.value == word for p in all_units(provisions)) if count >= _LEAST else count
        read = max(read, sum(p.kind.value == word for p in own_units(provisions)))
        text = f"the page marks {count} headings as a {word}, and {read} were read" if read < count else ""
        yield ReadingCheck("headings", word, count, read, not text, text, fatal=not read)


def first_heading(provisions: Sequence[Provision], evidence: Evidence) -> Iterator[ReadingCheck]:
    """Yield a failed check where the headings of sections the page prints begin with a 2 or 3, and the units too."""
    run = evidence.run(K.SECTION)
    before = any((read := ordinal(p.number)) and read < run[0] for p in own_units(provisions)) if run else False
    if not before and len(run) >= _LEAST and (1, "") < run[0] <= (_LATEST, ""):
        text = f"the first heading of a section that the page prints is {show(run[:1])}"
        yield ReadingCheck("headings", K.SECTION.value, len(run) + run[0][0] - 1, len(run), ok=False, text=text)


def _own_markup(markup: str) -> str:
    for _ in range(_DEEPEST_QUOTATION if "</" in markup else 0):  # from the innermost outwards
        markup, count = _QUOTATION.subn("", markup)
        if not count:
            break
    return markup


def _rising_numbers(list_text: str, look: re.Pattern[str]) -> list[Ordinal]:
    """Return the numbers of a contents list: they go up, and stand near each other."""
    numbers: list[Ordinal] = []
    end = 0
    for match in look.finditer(list_text):
        number = ordinal(match["number"])
        if number is None:
            continue
        if numbers and (number <= numbers[-1] or match.start() - end > 600):
            break
        numbers.append(number)
        end = match.end()
    return numbers if numbers[:1] == [(1, "")] else []


def _compare(
    check: str, kind: ProvisionKind, numbers: set[Ordinal], provisions: Sequence[Provision], source: str
) -> ReadingCheck:
    if kind is K.CHAPTER:
        read = {ordinal(p.number) for root in provisions for p in root.walk() if p.kind is kind}
    else:
        read = {ordinal(p.number) for p in all_units(provisions)}
        if kind is K.SECTION:  # "1. Short title.—" may head a paragraph of directions as well
            read |= {ordinal(p.number) for p in own_units(provisions)}
    absent = {number for number in numbers if number not in read}
    text = f"{source} {kind.value} {show(absent)}, which was not read" if absent else ""
    return ReadingCheck(check, kind.value, len(numbers), len(numbers) - len(absent), not absent, text)
