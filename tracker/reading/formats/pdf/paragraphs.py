"""Join rows into paragraphs and the two halves of a word hyphenated at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.reading.formats.pdf.model import Paragraph
from tracker.reading.formats.pdf.rows import GlyphRow, is_wide

_MARKER = re.compile(
    r"(?:\(\w{1,5}\)|\d{1,3}[A-Z]{0,2}\.|[A-Za-z]\.|§|Sec(?:tion)?\.?\s+\d|SEC(?:TION)?\.?\s+\d|Article\s+\d)"
)
# a line that is nothing but the title of a unit stands alone, however evenly the lines are set
_UNIT = re.compile(
    r"(?:[^\W\d_]{2,12}\.?\s(?:\d{1,3}(?:[- ]?[A-Za-z]{1,2})?|[IVXLC]{1,7}|[A-Z])"
    r"|\d{1,3}[A-Za-z]{0,2}\.?\s[^\W\d_]{2,12}|[IVXLC]{1,7}\.\s[^\W\d_]{2,12}|\d{1,3}\s?§)[.º°]{0,2}"
)
_CHINESE_DIVISION = re.compile("第[一二三四五六七八九十百零〇]{1,7}(?:分编|编|章|节)(?:[ \u3000].{1,30})?")
_CHINESE_N = "[一二三四五六七八九十百零〇]{1,7}"
# what begins a paragraph of a Chinese text; a reference within a sentence has no space behind it
_CHINESE = re.compile(
    f"第{_CHINESE_N}(?:编|章|节|条(?:之{_CHINESE_N})?)[ \u3000]|[（(]{_CHINESE_N}[）)]|{_CHINESE_N}、|附件|附录|"
    "[0-9]{1,2}[.．、][^0-9]|[（(][0-9]{1,2}[）)]"
)
_OWN = re.compile(r"Provided\b|Explanation\b|Illustrations?\b|Note\b|\[See\b|(?:PART|CHAPTER)\s+[IVXA-Z\d]+$")
_SENTENCE_END = re.compile(r"(?:[.;:—⎯–?!”\"’)\]。；：？！）]|;\s*(?:and|or))\s*$")
_HYPHEN = re.compile(r"(\w+)-$")
_PREFIXES = frozenset(
    "sub non co self cross multi inter intra anti pre post semi quasi vice ex audio techno high low well long short "
    "data risk decision third second first one two three e so".split()
)
_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Set:
    """A row on its page, with the face it is set in."""

    row: GlyphRow
    page: int
    bold: bool


def paragraphs_of(rows: Sequence[Set]) -> list[Paragraph]:
    """Return *rows*, in reading order, as paragraphs."""
    words = _vocabulary(rows)
    groups: list[list[Set]] = []
    for item in rows:
        alone = bool(groups) and len(groups[-1]) == 1 and _is_title(groups[-1][0].row.text.strip())
        if groups and not alone and not _begins(groups[-1][-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return [_paragraph(group, words) for group in groups]


def _begins(last: Set, item: Set) -> bool:
    a, b = last.row, item.row
    ends = _SENTENCE_END.search(a.text) is not None
    turns_page = last.page != item.page or b.top > a.top + 1
    marker = _MARKER.match(b.text) or _CHINESE.match(b.text)
    unit = _is_title(b.text.strip())
    if (
        _OWN.match(b.text)
        or ((marker or unit) and (ends or turns_page or _short(a)))
        or (unit and item.bold)
        or _differ(last, item)
    ):
        return True
    if turns_page:
        capital = b.text[:1].isupper() or is_wide(b.text[:1])
        return ends and capital and (b.left > b.column[0] + 4 or _short(a))
    if (
        a.bottom - b.top > 0.75 * max(a.size, b.size)
        or _is_centred(a) != _is_centred(b)
        or (_is_centred(a) and _is_centred(b))
    ):
        return True
    is_indented = abs(b.left - a.left) > 5 and not _MARKER.match(a.text)
    is_indented = is_indented or (is_wide(b.text[:1]) and b.left > b.column[0] + b.size)  # every Chinese paragraph is
    return ends and (is_indented or (_short(a) and not a.text.endswith(",")))


def _is_title(text: str) -> bool:
    """Return whether a row is nothing but a word and a number: Article 5, Artigo 5.º, 5. cikk, Άρθρο 5, 第三章 附则."""
    match = _UNIT.fullmatch(text)
    is_unit = match is not None and (text[:1].isupper() or text[:1].isdigit())
    return is_unit or _CHINESE_DIVISION.fullmatch(text) is not None


def _differ(last: Set, item: Set) -> bool:
    """Return whether the face changes between two rows; a sentence that goes on in small capitals is no change."""
    a, b = last.row.size, item.row.size
    other = abs(a - b) > 0.18 * max(a, b) or last.bold != item.bold
    return other and not item.row.text[:1].islower() and not last.row.text.endswith((",", "-"))


def _is_centred(row: GlyphRow) -> bool:
    left, right = row.left - row.column[0], row.column[1] - row.right
    width = row.column[1] - row.column[0]
    return abs(left - right) < 0.06 * width and left > 0.08 * width


def _short(row: GlyphRow) -> bool:
    return row.column[1] - row.right > 0.12 * (row.column[1] - row.column[0])


def _paragraph(group: Sequence[Set], words: frozenset[str]) -> Paragraph:
    text = group[0].row.text
    for item in group[1:]:
        text = _join(text, item.row.text, words)
    first = group[0]
    return Paragraph(
        text,
        first.page,
        round(first.row.size, 1),
        all(item.bold for item in group),
        all(_is_centred(item.row) for item in group),
        round(first.row.left - first.row.column[0], 1),
    )


def _join(before: str, after: str, words: frozenset[str]) -> str:
    hyphen = _HYPHEN.search(before)
    if hyphen is None or not after[:1].islower():
        if is_wide(before[-1:]) and is_wide(after[:1]):
            return before + after
        return f"{before}{'' if hyphen and after[:1].isalnum() else ' '}{after}"
    start = _WORD.match(after)
    whole = hyphen[1] + (start[0] if start else "")
    word = f"{hyphen[1]}-{start[0] if start else ''}"
    keeps = word.lower() in words or (whole.lower() not in words and hyphen[1].lower() in _PREFIXES)
    return before + after if keeps else before[:-1] + after


def _vocabulary(rows: Sequence[Set]) -> frozenset[str]:
    return frozenset(word.lower() for item in rows for word in _WORD.findall(item.row.text.rstrip("-")))
