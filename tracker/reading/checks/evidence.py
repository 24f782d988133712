"""What a page prints of its own units, gathered from its visible lines before any reader takes it apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from storage.records import ProvisionKind
from tracker.reading.checks.ordinals import Ordinal, ordinal
from tracker.reading.formats.recognise import OpenedPage
from tracker.reading.formats.visible_text import Visible
from tracker.reading.structure.european_words import article_number
from tracker.reading.structure.numbers import CHINESE, chinese_to_int
from tracker.reading.structure.set_in import set_in_spans

K = ProvisionKind
_CJK = re.compile("[\u4e00-\u9fff]")
_GAP = r"[ \t\u00a0\u3000]"
# a heading of a unit by the look of its line: the number, and behind it nothing, a title, or the law's own dash
_LOOKS: dict[ProvisionKind, re.Pattern[str]] = {
    K.ARTICLE: re.compile(
        rf"^[#*{_GAP[1:-1]}]*第{_GAP}*(?P<number>[{CHINESE}0-9]{{1,9}}){_GAP}*条(?P<more>之[{CHINESE}]{{1,3}})?"
        rf"(?={_GAP}|[：:*]|$)",
        re.M,
    ),
    K.SECTION: re.compile(
        rf"^[#*{_GAP[1:-1]}]*(?:(?:SEC\.|SECTION|Section){_GAP}+(?P<number>\d{{1,3}}[A-Z]{{0,2}})(?:\.(?!\d)|{_GAP}*[—–:-](?!\d)|$)"
        rf"|(?P<bare>\d{{1,3}}[A-Z]{{0,2}})\.{_GAP}*(?=[A-Z“(][^.;\n]{{2,160}}\.{_GAP}?(?:—|––|–|--|-{_GAP}?[(A-Z])))",
        re.M,
    ),
}
_ARTICLE_WORD = re.compile(rf"^[#*{_GAP[1:-1]}]*(?P<line>\S[^\n]{{1,40}}?)[*{_GAP[1:-1]}]*$", re.M)
_ARTICLE_TITLED = re.compile(
    rf"^[#*{_GAP[1:-1]}]*(?:Article|ARTICLE){_GAP}+(?P<number>\d{{1,4}}[A-Z]{{0,2}})[.:]{_GAP}+(?=\S)", re.M
)
_LOWER = "[a-zß-öø-ÿα-ωа-я\u4e00-\u9fff]"  # prose goes on behind its number: 40 days, 三十日
# a line that begins with a number, whatever stands before it: "12 –", "Artcle 12", "第 十二 條"
BEGINS = re.compile(
    rf"^[^\w\n(（]{{0,4}}(?:[^\W\d_]{{1,14}}[^\w\n(（]{{1,3}})?(?P<number>\d{{1,4}})(?![\d%]|[.,:/]\d|[ \t]?{_LOWER})"
    rf"|^[^\w\n]{{0,4}}(?:[{CHINESE}]{{1,2}}[^\w\n]{{1,2}})?第?[^\w\n]{{0,3}}(?P<chinese>[{CHINESE}]{{1,6}}|\d{{1,4}})[^\w\n]{{0,2}}[条條]"
    rf"|^[^\w\n]{{0,4}}第[^\w\n]{{0,3}}(?P<ordinal>[{CHINESE}]{{1,6}})(?=[^\w\n])",
    re.M,
)
_NAMES_ITSELF = re.compile(
    r"\bBE it enacted\b"
    r"|\bTh(?:is|ese)\s+(?:Act|Ordinance|rules|regulations|bye-laws|order|scheme)\s+may\s+be\s+(?:called|cited)\b",
    re.I,
)
_MARK_ALONE = re.compile(rf"^{_GAP}{{0,9}}(?:(?P<opens>[‘„«])|(?P<closes>[’“»][;.,]?)){_GAP}{{0,9}}$", re.M)
_NEAR = 300
_OPENING = frozenset({"“", "‘‘", "``"})
_QUOTES = re.compile("“|‘‘|``|”|’’|''")


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """A line that looks like the heading of a unit: its kind, its number and where it stands."""

    kind: ProvisionKind
    number: Ordinal
    at: int
    alone: bool = False  # nothing but the number: a cell of a table may say so much


@dataclass(frozen=True)
class Evidence:
    """The lines of a page, and the headings of units found in them without any reader."""

    lines: str = ""
    markup: str = ""
    heads: Sequence[PrintedHead] = field(default_factory=tuple)
    quotations: Sequence[tuple[int, int]] = field(default_factory=tuple)

    @cached_property
    def begins(self) -> frozenset[int]:
        """The numbers that lines of the page begin with, however they print them."""
        return frozenset(n for match in BEGINS.finditer(self.lines) if (n := number_of(match)))

    @cached_property
    def names_itself(self) -> str:
        """The words by which an Indian instrument enacts or names itself: "These rules may be called"."""
        match = _NAMES_ITSELF.search(self.lines)
        return " ".join(match[0].split()) if match else ""

    def between(self, kind: ProvisionKind, before: Ordinal | None, after: Ordinal) -> str:
        """Return the end of what stands between the headings of two units, or nothing where they are not printed."""
        ends = [head.at for head in self.heads if head.kind is kind and head.number == after]
        starts = [head.at for head in self.heads if head.kind is kind and head.number == before] if before else [0]
        pairs = [(max((s for s in starts if s < end), default=-1), end) for end in ends]
        return "\n".join(self.lines[max(start, end - _NEAR) : end] for start, end in pairs if start >= 0)

    def run(self, kind: ProvisionKind, besides: frozenset[str] = frozenset()) -> list[Ordinal]:
        """Return the longest count of headings of *kind* the page prints from 1 on, without the lines *besides*."""
        of_kind = [head for head in self.heads if head.kind is kind and not (besides and self._line(head) in besides)]
        numbers = [head.number for head in of_kind if not head.alone] or [head.number for head in of_kind]
        starts = [place for place, number in enumerate(numbers) if number == (1, "")]
        starts = starts or [place for place, number in enumerate(numbers[:1]) if number[0] <= _LATE]
        return max((_count_from(numbers, start) for start in starts), key=len, default=[])

    def _line(self, head: PrintedHead) -> str:
        end = self.lines.find("\n", head.at)
        return self.lines[head.at : end if end >= 0 else len(self.lines)].strip()


def gather(source: OpenedPage, page: Visible | None) -> Evidence:
    """Return what *source* prints of its units; *page* is what it shows."""
    if page is None:
        return Evidence(markup=source.text)
    lines = page.lines()
    heads = sorted(_heads(lines), key=lambda head: head.at)
    inside = _quotations(lines)
    own = tuple(head for head in heads if not any(a <= head.at < b for a, b in inside))
    return Evidence(lines, source.text, own, tuple(inside))


def number_of(match: re.Match[str]) -> int | None:
    """Return the number of a match of BEGINS."""
    text = match["number"] or match["chinese"] or match["ordinal"]
    return int(text) if text.isdecimal() else chinese_to_int(text)


def _heads(lines: str) -> Iterator[PrintedHead]:
    for kind, look in _LOOKS.items():
        for match in look.finditer(lines):
            groups = match.groupdict()
            number = ordinal(f"{groups['number'] or groups.get('bare') or ''}{groups.get('more') or ''}")
            if number:
                alone = kind is K.ARTICLE and lines[match.end() : match.end() + 1] in {"\n", ""}
                yield PrintedHead(kind, number, match.start(), alone)
    for match in _ARTICLE_TITLED.finditer(lines):
        if number := ordinal(match["number"]):
            yield PrintedHead(K.ARTICLE, number, match.start())
    for match in _ARTICLE_WORD.finditer(lines):
        if any(map(str.isdigit, match["line"])) or " " in match["line"]:
            number = ordinal(article_number(match["line"]) or "")
            if number:
                yield PrintedHead(K.ARTICLE, number, match.start())


def _count_from(numbers: Sequence[Ordinal], start: int) -> list[Ordinal]:
    """Follow the count up from *start*; a heading 1 begins another count, a step back is a reference."""
    count = [numbers[start]]
    for number in numbers[start + 1 :]:
        if number == (1, ""):
            break
        if count[-1] < number and number[0] <= count[-1][0] + _WIDEST:
            count.append(number)
    return count


_WIDEST = 10
_LATE = 3  # a count that begins so may have lost its first headings
_LONGEST_QUOTATION = 20_000


def _marks_alone(lines: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between a mark that opens a quotation on a line of its own and one that closes it so."""
    start = -1
    for match in _MARK_ALONE.finditer(lines):
        if match["opens"] and start < 0:
            start = match.start()
        elif match["closes"] and start >= 0 and match.end() - start < _LONGEST_QUOTATION:
            yield start, match.end()
            start = -1


def _quotations(lines: str) -> list[tuple[int, int]]:
    """Return the stretches between quotation marks, as far as they pair: another law's headings stand there."""
    spans, depth, start = [], 0, 0
    for match in _QUOTES.finditer(lines):
        if match[0] in _OPENING:
            start = match.start() if not depth else start
            depth += 1
        elif depth:
            depth -= 1
            if not depth and match.end() - start < _LONGEST_QUOTATION:
                spans.append((start, match.end()))
    return [span for span in (*spans, *set_in_spans(lines), *_marks_alone(lines)) if "\n" in lines[span[0] : span[1]]]
