"""Make the tree of an act from its lines: recitals, divisions, articles, annexes, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

from storage.records import Note, ProvisionKind
from tracker.reading.europe.act_contents import set_contents_apart
from tracker.reading.europe.body import fill
from tracker.reading.europe.lines import STRUCTURE, EuropeanLine, Role, bare, clean, split_number
from tracker.reading.europe.quotations import flatten
from tracker.reading.structure import european_words
from tracker.reading.structure.draft import Draft, Extract

K = ProvisionKind
_RANKS = {K.PART: 1, K.TITLE: 2, K.CHAPTER: 3, K.SECTION: 4, K.SUBSECTION: 5}
_HEADING_RANK = 8
_APART = {
    Role.FOOTNOTE: "footnote",
    Role.MEMORANDUM: "explanatory memorandum",
    Role.HEADER: "page header",
    Role.MARK: "amendment mark",
    Role.DELETION: "deleted text",
    Role.FOOTNOTE_MARK: "footnote mark",
    Role.SITE: "site",
    Role.CONTENTS: "contents",
}
_NOTES = {Role.FOOTNOTE, Role.MEMORANDUM, Role.CONTENTS}
_OF_HISTORY = frozenset({Role.TITLE, Role.ROW, Role.TEXT, Role.POINT, Role.PREAMBLE})
_TITLE_REMARK = re.compile(r"^\(?(?:Text with EEA relevance|Voor de EER relevante|Text von Bedeutung für den EWR)")
_RECITAL = re.compile(r"\(?\d{1,3}[a-z]?\)?\.?")
_GROUP_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*\.?|[A-Z]\.|[IVX]{1,5}\.)(?:[\s\u00a0]+)(?=\S)")
_DASH = re.compile(r"\s*[—–:-]\s*")


class ActZone(IntEnum):
    """Where in an act a line stands."""

    TITLE = 0
    PREAMBLE = 1
    ARTICLES = 2
    CLOSING = 3
    ANNEX = 4


def assemble(lines: Iterable[EuropeanLine]) -> Extract:
    """Return the act that *lines* make."""
    builder = _EuropeBuilder()
    for line in flatten(_with_one_title(_without_prelude(set_contents_apart(list(lines))))):
        builder.take(line)
    return builder.finish()


def _without_prelude(lines: list[EuropeanLine]) -> list[EuropeanLine]:
    """Leave to the site the loose words it prints before an act whose title its markup names."""
    start = next((place for place, line in enumerate(lines) if line.role is Role.TITLE), 0)
    is_annexed = any(line.role is Role.ARTICLE for line in lines[:start])  # the title is that of an annex
    for line in lines[:start]:
        if line.role in {Role.TEXT, Role.ROW} and not is_annexed:
            line.role = Role.SITE
    return lines


def _with_one_title(lines: list[EuropeanLine]) -> list[EuropeanLine]:
    """Keep the title that begins the act: a consolidated text prints it before, in the table of its history."""
    titles: set[str] = set()
    for index, line in enumerate(lines):
        if line.role in STRUCTURE:
            break
        if line.role is not Role.TITLE:
            continue
        text = clean(line.text).casefold()
        if text in titles and len(text) > 20:
            for earlier in lines[:index]:
                if earlier.role in _OF_HISTORY:
                    earlier.role = Role.HEADER
            break
        titles.add(text)
    return lines


class _EuropeBuilder:
    def __init__(self) -> None:
        self.extract = Extract()
        self.zone = ActZone.TITLE
        self.front: dict[str, list[str]] = {"preface": [], "preamble": [], "conclusions": []}
        self.apart: dict[str, list[str]] = {}
        self.stack: list[tuple[int, Draft]] = []
        self.open: Draft | None = None
        self.lines: list[EuropeanLine] = []
        self.last = Role.TITLE

    def take(self, line: EuropeanLine) -> None:
        if line.role in _APART:
            self.set_apart(line)
            return
        handler = _HANDLERS.get(line.role, _EuropeBuilder.words)
        handler(self, line)
        self.last = line.role

    def set_apart(self, line: EuropeanLine) -> None:
        if line.role is Role.FOOTNOTE:
            self.extract.notes.append(Note("footnote", clean(line.full)))
        else:
            self.apart.setdefault(line.role, []).append(clean(line.full))

    # titles -----------------------------------------------------------------------------------------------------

    def title(self, line: EuropeanLine) -> None:
        if self.zone is ActZone.TITLE:
            self.front["preface"].append(clean(line.text))
        elif self.last in {Role.ANNEX, Role.ANNEX_HEADING} and european_words.annex_number(clean(line.text)) is None:
            self.annex_heading(line)
            line.role = Role.ANNEX_HEADING
        else:
            self.annex(line)
            line.role = Role.ANNEX

    def division(self, line: EuropeanLine) -> None:
        text = clean(line.text)
        division = european_words.division_of(text)
        if division is None:
            head, *rest = _DASH.split(text, maxsplit=1)
            division = european_words.division_of(head)
            if division is None or not rest:
                self.container(Draft(K.SECTION, heading=text), _HEADING_RANK)
                return
            self.container(Draft(division[0], division[1], head, rest[0]), _RANKS[division[0]])
            return
        self.container(Draft(division[0], division[1], text), _RANKS[division[0]])

    def container(self, draft: Draft, rank: int) -> None:
        self.close()
        self.zone = max(self.zone, ActZone.ARTICLES)
        while self.stack and self.stack[-1][0] >= rank:
            self.stack.pop()
        self.siblings().append(draft)
        self.stack.append((rank, draft))
        self.open = draft

    def division_heading(self, line: EuropeanLine) -> None:
        if self.last in {Role.DIVISION, Role.DIVISION_HEADING} and self.open is not None:
            self.open.heading = clean(f"{self.open.heading} {line.text}")
        else:
            self.division(line)

    def article(self, line: EuropeanLine) -> None:
        text = clean(line.text)
        self.close()
        self.zone = max(self.zone, ActZone.ARTICLES)
        number = european_words.article_number(text)
        heading = ""
        if number is None:
            label, _, heading = text.partition(" — ")
            number = european_words.article_number(label)
            text, heading = (label, heading) if number else (text, "")
        while self.stack and self.stack[-1][0] >= _HEADING_RANK:
            self.stack.pop()
        article = Draft(K.ARTICLE, number or "", text, heading)
        self.siblings().append(article)
        self.open = article

    def article_heading(self, line: EuropeanLine) -> None:
        if self.open is not None and self.open.kind is K.ARTICLE and not self.lines:
            self.open.heading = clean(f"{self.open.heading} {line.text}")
        else:
            self.words(EuropeanLine(Role.TEXT, line.text, "", line.depth))

    def annex(self, line: EuropeanLine) -> None:
        text = clean(line.text)
        if self.last is Role.ANNEX and european_words.annex_number(_DASH.split(text, maxsplit=1)[0]) is None:
            self.annex_heading(line)
            return
        self.close()
        self.zone = ActZone.ANNEX
        number, heading = european_words.annex_number(text.lstrip("“‘„«»\"' ")), ""
        if number is None:
            label, *after_dash = _DASH.split(text, maxsplit=1)
            number = european_words.annex_number(label) if after_dash else None
            text, heading = (label, after_dash[0]) if number is not None else (text, "")
        if number is None:
            number, label, after = european_words.annex_at(text)
            text, heading = (label, after) if number is not None else (text, "")
        appendix = european_words.appendix_number(text) if number is None else None
        if appendix is not None and self.stack and self.stack[0][1].kind is K.ANNEX:
            self.container(Draft(K.APPENDIX, appendix, text), 1)
            return
        annex = Draft(K.ANNEX, number or "", text, heading) if number is not None else Draft(K.ANNEX, heading=text)
        self.stack = [(0, annex)]
        self.extract.drafts.append(annex)
        self.open = annex

    def annex_heading(self, line: EuropeanLine) -> None:
        if self.open is not None and self.open.kind in {K.ANNEX, K.APPENDIX} and not self.lines:
            self.open.heading = clean(f"{self.open.heading} {line.text}")
        else:
            self.group(line)

    def group(self, line: EuropeanLine) -> None:
        """Open what a heading inside an annex begins: a section by its word, a numbered paragraph, or neither."""
        if self.zone is not ActZone.ANNEX:
            self.words(EuropeanLine(Role.TEXT, line.text, "", line.depth))
            return
        text = clean(line.text)
        if self.last is Role.GROUP and self.open is not None and not self.open.heading and not self.lines:
            self.open.heading = text
            return
        if european_words.division_of(_DASH.split(text, maxsplit=1)[0]):
            self.division(EuropeanLine(Role.DIVISION, text))
            return
        number = _GROUP_NUMBER.match(line.text)
        if number:
            label = number[1]
            draft = Draft(K.PARAGRAPH, bare(label), label, clean(line.text[number.end() :]))
            self.container(draft, 6 + label.strip(".").count("."))
            return
        self.container(Draft(K.SECTION, heading=text), _HEADING_RANK)

    # words ------------------------------------------------------------------------------------------------------

    def words(self, line: EuropeanLine) -> None:
        if self.zone <= ActZone.PREAMBLE:
            self.before(line)
        elif self.zone is ActZone.CLOSING:
            self.front["conclusions"].append(clean(line.full))
        elif self.zone is ActZone.ARTICLES and line.depth == 0 and european_words.is_closing(clean(line.text)):
            self.closing(line)
        elif self.open is None:
            self.front["conclusions"].append(clean(line.full))
        else:
            self.lines.append(line)

    def before(self, line: EuropeanLine) -> None:
        self.zone = ActZone.PREAMBLE
        if line.role is Role.RECITAL or (
            line.role is Role.POINT and line.depth == 1 and _RECITAL.fullmatch(line.label) and "(" in line.label
        ):
            self.close()
            number = split_number(line.text, loosely=True) if not line.label else None
            line.label, line.text = number or (line.label, line.text)
            self.open = Draft(K.RECITAL, bare(line.label), line.label)
            self.extract.drafts.append(self.open)
            if line.text:
                self.lines.append(EuropeanLine(Role.TEXT, line.text, "", 0))
        elif self.open is not None and line.depth > 0:
            self.lines.append(EuropeanLine(line.role, line.text, line.label, line.depth - 1))
        else:
            self.close()
            self.front["preamble"].append(clean(line.full))

    def preamble(self, line: EuropeanLine) -> None:
        self.close()
        self.zone = ActZone.PREAMBLE
        self.front["preamble"].append(clean(line.full))

    def closing(self, line: EuropeanLine) -> None:
        self.close()
        self.zone = ActZone.CLOSING
        self.front["conclusions"].append(clean(line.full))

    # ends -------------------------------------------------------------------------------------------------------

    def siblings(self) -> list[Draft]:
        return self.stack[-1][1].children if self.stack else self.extract.drafts

    def close(self) -> None:
        if self.open is not None:
            fill(self.open, self.lines)
        self.open, self.lines = None, []

    def finish(self) -> Extract:
        self.close()
        extract = self.extract
        if not extract.drafts and european_words.is_corrigendum(" ".join(self.front["preface"])):
            extract.drafts = [Draft(K.PARAGRAPH, text=text) for text in self.front.pop("preamble")]
            extract.is_act = True  # one corrected word may be all
        for name, texts in self.front.items():
            if texts:
                extract.front.append(Note(name, "\n".join(texts)))
        for role, texts in self.apart.items():
            note = Note(_APART[Role(role)], "\n".join(text for text in texts if text))
            (extract.notes if role in _NOTES else extract.furniture).append(note)
        extract.title = " ".join(text for text in self.front["preface"] if not _TITLE_REMARK.match(text))
        return extract


_HANDLERS = {
    Role.TITLE: _EuropeBuilder.title,
    Role.PREAMBLE: _EuropeBuilder.preamble,
    Role.DIVISION: _EuropeBuilder.division,
    Role.DIVISION_HEADING: _EuropeBuilder.division_heading,
    Role.ARTICLE: _EuropeBuilder.article,
    Role.ARTICLE_HEADING: _EuropeBuilder.article_heading,
    Role.ANNEX: _EuropeBuilder.annex,
    Role.ANNEX_HEADING: _EuropeBuilder.annex_heading,
    Role.GROUP: _EuropeBuilder.group,
    Role.CLOSING: _EuropeBuilder.closing,
}
