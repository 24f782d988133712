"""Give bare paragraphs their roles by their words: LexUriServ pages (E) and the oldest consolidated texts (F).

Where the markup says nothing, "Article 5" on a line of its own is a title, "1. Text" begins a paragraph, and the depth
of "(a)", "(i)" and dashes follows from their sequence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.europe.act_contents import set_contents_apart
from tracker.reading.europe.headers import celex_of
from tracker.reading.europe.lines import EuropeanLine, Role, clean, is_label, split_marker, split_number
from tracker.reading.europe.quotations import QuotationEnds, opens_quotation
from tracker.reading.structure import european_words

_NOTE = re.compile(r"\(\s?\d{1,3}\s?\)\s?\S")
_RECITAL = re.compile(r"\((\d{1,3})\)\s*")
_INSTITUTION = re.compile(r"^([^\W\d_](?:[^\W\d_]|[ \-'’]){8,160}?)(?:\s?,|\s?[—–]|\s-)")
_LOWER_PREFIX = re.compile(r"\b(?:h|n-|d[’']|l[’']|bh?|g(?=C))(?=[A-ZÀ-Þ])")  # "PARLAIMINT NA hEORPA"
_JOURNAL = re.compile(
    r"\b[LC] ?\d{1,4} ?,?\D{1,8}\d{2}/\d{2}/\d{4} \S{1,8} ?\d{3,5} ?- ?\d{3,5}"
)  # on a page of LexUriServ
_NUMBER = re.compile(r"\(\s?(\d{1,3})\s?\)")
_MARK = re.compile(r"(?<!\d[^\W\d_])(?<!\d[^\W\d_]{2})(?<=[^\W\d_]|[)\]\"”’»])\(\s?(\d{1,3})\s?\)(?=[\s.,;:)]|$)")
_LOOSE_MARK = re.compile(
    r"(?<!\d[^\W\d_])(?<!\d[^\W\d_]{2})(?<=[^\W\d_]|[)\]\"”’»])\s?\(\s?(\d{1,3})\s?\)(?=[\s.,;:)]|$)"
)
_BEFORE = frozenset({Role.PREAMBLE, Role.RECITAL, Role.TITLE})
_APART = frozenset({Role.FOOTNOTE, Role.HEADER, Role.SITE, Role.MARK, Role.FOOTNOTE_MARK})
_PARAGRAPH = re.compile(r"\d{1,3}[a-z]{0,2}\.")
# letters that are Roman numbers, too: the letter before, the letter after, the number after
_NEXT = {"i": ("h", "j", "ii"), "v": ("u", "w", "vi"), "x": ("w", "y", "xi")}
_LABEL = re.compile(r"\(?([^\W\d_]{1,2})[.)]")
_NEAR = 40  # lines in which the next label is looked for
_SENTENCE_END = (".", ";", ":", ",")


def with_roles(lines: Sequence[EuropeanLine]) -> list[EuropeanLine]:
    """Return *lines* with roles found by their words."""
    return _without_marks(_Teller(lines).tell())


def _without_marks(lines: list[EuropeanLine]) -> list[EuropeanLine]:
    """Take the numbers of footnotes out of the text they are printed in: they count up, one for each note below."""
    notes = {int(match[1]) for line in lines if line.role is Role.FOOTNOTE and (match := _NUMBER.match(line.text))}
    next_number, spans = 1, []
    has_marks = any(line.role is Role.FOOTNOTE_MARK for line in lines)  # by the markup's links
    for line in lines if notes and not has_marks else ():
        if line.role in _APART:
            continue
        pattern = _LOOSE_MARK if line.role in _BEFORE else _MARK
        place = 0
        while next_number in notes and (match := pattern.search(line.text, place)) is not None:
            place = match.end()
            if int(match[1]) == next_number:
                spans.append(match[0].strip())
                line.text, place = line.text[: match.start()] + line.text[match.end() :], match.start()
                next_number += 1
    return [*lines, EuropeanLine(Role.FOOTNOTE_MARK, " ".join(spans))] if spans else lines


class _Teller:
    def __init__(self, lines: Sequence[EuropeanLine]) -> None:
        self.lines = lines = set_contents_apart(list(lines))
        self.first_title = next((i for i, line in enumerate(lines) if _is_title(line)), len(lines))
        self.preamble = next(
            (i for i, line in enumerate(lines[: self.first_title]) if _opens_preamble(clean(line.text))),
            next((i for i, line in enumerate(lines[: self.first_title]) if _is_recital(line)), self.first_title),
        )
        self.journal = max((i for i in range(self.preamble) if _JOURNAL.search(lines[i].text)), default=-1)
        self.notes = _trailing_notes(lines)
        self.after_closing = False
        self.ends = QuotationEnds(lines)
        self.articles = 0  # number of the last of its own
        self.recital_alone = False  # the number of a recital stood alone; the next line is its text
        self.label_depth: int | None = None  # of a label that stands alone before its text
        self.stack: list[str] = []
        self.letter = ""  # the last label that is a letter
        self.index = 0
        self.has_sole_annex = False  # which has no number: what stands in it with one is quoted
        self.last = Role.TITLE

    def tell(self) -> list[EuropeanLine]:
        lines: list[EuropeanLine] = []
        for index, line in enumerate(self.lines):
            self.index = index
            if line.role is Role.TEXT and index > self.first_title:
                self.mark_quotation(index)
            if line.is_quoted:
                line.depth = lines[-1].depth if lines else 0
            elif line.role is Role.TEXT:
                self.role(index, line)
            elif line.role is Role.ROW and index < self.preamble:
                line.role = Role.HEADER
            self.last = line.role
            lines.append(line)
        return lines

    def mark_quotation(self, index: int) -> None:
        """Mark what the line before introduces with a colon, and a mark closes: its own numbers are payload."""
        if self.lines[index].is_quoted or not opens_quotation(self.lines[index], self.lines[index - 1]):
            return
        end = self.ends.after(index)
        if end is None:
            return
        for place, line in enumerate(self.lines[index : end + 1]):
            if place and self.continues_the_count(line):
                return  # the closing mark is missing, or stands in a footnote
            line.is_quoted = line.role is Role.TEXT

    def continues_the_count(self, line: EuropeanLine) -> bool:
        """Return whether a line is the title of the act's own next article."""
        return european_words.article_number(clean(line.text)) == str(self.articles + 1)

    def role(self, index: int, line: EuropeanLine) -> None:
        text = clean(line.text)
        if index < self.preamble:
            is_header = index <= self.journal or celex_of(text) or european_words.is_disclaimer(text)
            line.role = Role.HEADER if is_header else Role.TITLE
        elif index < self.first_title:
            self.before(line, text)
        elif (number := european_words.article_number(text)) is not None and not line.depth:
            line.role, self.stack, self.after_closing = Role.ARTICLE, [], False
            self.articles = int(number) if number.isdecimal() else self.articles
        elif _take_division(line, text):
            self.stack = []
        elif role := self.role_behind_articles(index, text):
            line.role = role
        elif self.last is Role.DIVISION:
            line.role = Role.DIVISION_HEADING
        elif self.last is Role.ARTICLE and _is_heading(text) and not self.ends_article(index):
            line.role = Role.ARTICLE_HEADING
        elif self.last is Role.ANNEX and _is_heading(text):
            line.role = Role.ANNEX_HEADING
        elif not line.depth:
            self.words(line)

    def role_behind_articles(self, index: int, text: str) -> Role | None:
        """Return the role of what follows the articles of an act: annexes, footnotes, the closing formula."""
        annex = european_words.annex_number(text)
        if annex is not None and not (annex and self.has_sole_annex):
            self.stack, self.after_closing, self.has_sole_annex = [], False, not annex
            return Role.ANNEX
        if index >= self.notes:
            return Role.FOOTNOTE
        if european_words.is_closing(text):
            self.after_closing = True
            return Role.CLOSING
        if self.after_closing:
            return Role.FOOTNOTE if _NOTE.match(text) else Role.CLOSING
        return None

    def before(self, line: EuropeanLine, text: str) -> None:
        recital = _RECITAL.match(text)
        if recital:
            line.role, line.label, line.text = Role.RECITAL, f"({recital[1]})", text[recital.end() :]
            self.recital_alone = not line.text
        elif self.recital_alone:
            line.depth, self.recital_alone = 1, False
        elif not line.depth:
            line.role = Role.PREAMBLE

    def ends_article(self, index: int) -> bool:
        """Return whether a line is all that an article says: then it is its text, no heading."""
        next_line = self.lines[index + 1] if index + 1 < len(self.lines) else None
        return next_line is None or _is_title(next_line) or european_words.is_closing(clean(next_line.text))

    def words(self, line: EuropeanLine) -> None:
        depth, self.label_depth = self.label_depth, None
        if is_label(clean(line.text)):
            self.label_alone(line)
            return
        if depth is not None:
            line.depth = depth
            return
        number = split_number(line.text, loosely=True)
        if number:
            line.role, (line.label, line.text), self.stack = Role.PARAGRAPH, number, []
            return
        point = split_marker(line.text)
        if point is None:
            self.stack = []
            return
        line.label, line.text = point
        line.role, line.depth = Role.POINT, self.depth(line.label)

    def label_alone(self, line: EuropeanLine) -> None:
        """Take a label that a grid or table sets in a cell of its own; the next line is its text."""
        label = clean(line.text)
        line.label, line.text = label, ""
        if _PARAGRAPH.fullmatch(label):
            line.role, self.stack, self.label_depth = Role.PARAGRAPH, [], 0
            return
        line.role, line.depth = Role.POINT, self.depth(label)
        self.label_depth = line.depth

    def depth(self, label: str) -> int:
        style = _style(label, self.stack)
        letter = label.strip("().").lower()
        if letter in _NEXT and (style == "letter" or self.letter == _NEXT[letter][0]):
            style = self.style_by_next(letter, style)
        self.letter = letter if style == "letter" else self.letter
        if style in self.stack:
            del self.stack[self.stack.index(style) + 1 :]
        else:
            self.stack.append(style)
        return len(self.stack)

    def style_by_next(self, letter: str, style: str) -> str:
        """Return of which count a label is that is a letter and a Roman number: the next label of either tells."""
        _, next_letter, next_roman = _NEXT[letter]
        labels = (_LABEL.match(clean(line.text)) for line in self.lines[self.index + 1 : self.index + _NEAR])
        next_label = next((label[1] for label in labels if label and label[1] in {next_letter, next_roman}), "")
        if next_label == next_roman:
            return "roman"
        return "letter" if self.letter == _NEXT[letter][0] else style


def _take_division(line: EuropeanLine, text: str) -> bool:
    """Make *line* the title of a chapter or section, if it is one, with or without its heading."""
    both = european_words.division_at(text) if not line.depth else None
    if both is None and european_words.division_of(text) is None:
        return False
    line.role, line.text = Role.DIVISION, " — ".join(both) if both else line.text
    return True


def _style(label: str, stack: Sequence[str]) -> str:
    core = label.strip("().").lower()
    if not core.isalnum():
        return "dash"
    if core[0].isdecimal():
        return "number"
    roman = core in {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}
    if roman and (len(core) > 1 or ("letter" in stack and core == "i") or "roman" in stack):
        return "roman"
    return "letter"


def _is_title(line: EuropeanLine) -> bool:
    text = clean(line.text)
    return line.role in {Role.ARTICLE, Role.DIVISION} or (
        line.role is Role.TEXT
        and (
            european_words.article_number(text) is not None
            or european_words.division_of(text) is not None
            or european_words.division_at(text) is not None
        )
    )


def _trailing_notes(lines: Sequence[EuropeanLine]) -> int:
    """Return where the footnotes begin with which a page ends: each has its mark behind a word above."""
    start = len(lines)
    while start and lines[start - 1].role is Role.TEXT and _NOTE.match(clean(lines[start - 1].text)):
        start -= 1
    numbers = {match[1] for line in lines[start:] if (match := _NUMBER.match(clean(line.text)))}
    marks = {match[1] for line in lines[:start] for match in _LOOSE_MARK.finditer(line.text)} if numbers else set()
    return start if numbers and numbers <= marks else len(lines)


def _opens_preamble(text: str) -> bool:
    """Return whether a line names who adopts the act, in capitals, as the preamble begins."""
    match = _INSTITUTION.match(text)
    if match is not None and _LOWER_PREFIX.sub("", match[1]).isupper():
        return True
    return european_words.adopts(text)


def _is_recital(line: EuropeanLine) -> bool:
    """Return whether a line begins the first recital."""
    number = line.label if line.role is Role.POINT else clean(line.text)[:4]
    return number.startswith("(1)")


def _is_heading(text: str) -> bool:
    return (
        len(text) < 200
        and not text.endswith(_SENTENCE_END)
        and not split_number(text, loosely=True)
        and not split_marker(text)
    )
