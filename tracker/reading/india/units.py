"""Build drafts from the divided lines: rules with what is below them, chapters, schedules with their parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from storage.records import ProvisionKind
from tracker.reading.formats.markdown import CELLS
from tracker.reading.india.divide import GazetteZone, Part
from tracker.reading.india.line import IndianLine, join_lines
from tracker.reading.india.nesting import ladder, nest
from tracker.reading.india.numbering import leading_digits, unit_of
from tracker.reading.india.text import flow, fold_dashes
from tracker.reading.structure.broken_references import ends_in_reference
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.numbers import roman_to_int

K = ProvisionKind
_HEADING = re.compile(r"(?P<heading>[^—;:]{1,300}?)\s*\.\s*(?:—+|-{1,2}(?=\s*[(A-Z])|(?=\(1\)\s))\s*")
_PART = re.compile(r"PART\s*[-–—]?\s*([IVX]{1,5}|[A-Z]|\d{1,2})\.?")
_NOTE = re.compile(r"(?P<label>Notes?)\s*[.:—–-]+\s*(?P<rest>.*)", re.S)
_TABLE = re.compile(r"(?:S(?:l|r)?\.?|Serial)\s*(?:no\.?|number)?", re.I)
_COLUMN = re.compile(r"\(\d{1,2}\)")
_OPENS_TEXT = re.compile(r"\.\s*[—–]|.{150}")  # "Preamble.—Whereas …" is no heading
_FIRST_MARK = re.compile(r"\((?:1|a|i)\)")
_DECIMAL_LINE = re.compile(r"(?:^|\n)\s*(\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s+(?=\S)")
_SENTENCE_ENDS = (".", ":", ";", "—", ",")


def build(parts: Sequence[Part], kind: ProvisionKind) -> list[Draft]:
    """Return the drafts of *parts*; numbered units are of *kind* and stand under the chapter before them.

    Numbered paragraphs, of a direction or a circular, are units only when nothing holds them: they follow it.
    """
    roots: list[Draft] = []
    holder = roots
    for part in parts:
        if part.zone is GazetteZone.UNIT:
            holder.append(unit(part, kind))
        elif part.zone is GazetteZone.CHAPTER:
            chapter = _chapter(part)
            roots.append(chapter)
            holder = chapter.children if kind is not K.PARAGRAPH else roots
        else:
            roots.append(_schedule(part))
    return roots


def unit(part: Part, kind: ProvisionKind) -> Draft:
    """Return one rule, section or paragraph: number, heading, lead and what is below."""
    heading, rest = split_heading(join_lines(part.lines))
    if not heading and (heads_alone(part.lines) or _is_named_heading(part)):
        heading, rest = part.lines[0].text.rstrip(". "), join_lines(part.lines[1:])
    return fill(Draft(kind, part.number, part.label, heading), rest, _below(kind))


def _is_named_heading(part: Part) -> bool:
    """Return whether the first line is the bold heading of "Article 5.", whatever its words."""
    return bool(part.lines) and part.lines[0].bold and part.label[:1].isalpha() and len(part.lines[0].text) <= 400


def heads_alone(lines: Sequence[IndianLine]) -> bool:
    """Say whether the first of *lines* is a heading: bold, or a short phrase right above "(1)", "(a)" or "(i)"."""
    if len(lines) < 2:
        return False
    first, text = lines[0], lines[0].text
    if first.bold and len(text) <= 200:
        return not _looks_like_prose(text)
    phrase = len(text) <= 100 and text[:1].isupper() and text[-1] not in ".:;,—-–" and not ends_in_reference(text)
    return phrase and not _looks_like_prose(text) and _FIRST_MARK.match(lines[1].text) is not None


def fill(draft: Draft, text: str, first: ProvisionKind) -> Draft:
    """Put *text* into *draft*: its lead, what is below it, its decimal paragraphs (2.1, 2.2) and its table rows."""
    lead, *decimals = _DECIMAL_LINE.split(text) if draft.number.isdigit() else [text]
    lead, rows = _without_rows(lead)
    draft.text, draft.children = nest(lead, ladder(first))
    for number, body in zip(decimals[::2], decimals[1::2], strict=False):
        if number.rstrip(".").split(".")[0] != draft.number:
            return _without_division(draft, text, first)
        below = Draft(K.SUBPARAGRAPH, number.rstrip("."), number)
        below.text, below.children = nest(body, ladder(K.SUBPARAGRAPH))
        draft.children.append(below)
    draft.children += [Draft(K.PARAGRAPH, text=row) for row in rows]
    return draft


def _without_division(draft: Draft, text: str, first: ProvisionKind) -> Draft:
    draft.text, draft.children = nest(text, ladder(first))
    return draft


def _without_rows(text: str) -> tuple[str, list[str]]:
    """Take the rows of a table out of *text*: lines of cells, each a provision of its own."""
    if CELLS not in text:
        return text, []
    lines = text.split("\n")
    return "\n".join(line for line in lines if CELLS not in line), [line for line in lines if CELLS in line]


def split_heading(text: str) -> tuple[str, str]:
    """Return the heading that stands before ``.—``, and the rest; no heading when there is none."""
    match = _HEADING.match(fold_dashes(text[:400]))
    if match is None or not match["heading"][:1].isupper() or _looks_like_prose(match["heading"]):
        return "", text
    return flow(text[: match.end("heading")]), text[match.end() :]


def _looks_like_prose(heading: str) -> bool:
    return re.search(r"\bshall\b|\bhereby\b|\bis to\b|\. [A-Z]", heading) is not None


def _below(kind: ProvisionKind) -> ProvisionKind:
    return K.SUBPARAGRAPH if kind is K.PARAGRAPH else K.SUBSECTION


def _chapter(part: Part) -> Draft:
    kind = K.CHAPTER if part.label.upper().startswith("CHAPTER") else K.PART
    cut = next((n for n, line in enumerate(part.lines) if n and _OPENS_TEXT.search(line.text)), len(part.lines))
    return Draft(kind, part.number, part.label, flow(join_lines(part.lines[:cut])), flow(join_lines(part.lines[cut:])))


def _schedule(part: Part) -> Draft:
    kind = K.SCHEDULE if part.zone is GazetteZone.SCHEDULE else K.APPENDIX if part.label.startswith("APP") else K.ANNEX
    roman = roman_to_int(part.number) if kind is K.SCHEDULE and part.number.isupper() else None
    schedule = Draft(kind, str(roman) if roman else part.number, part.label)
    sections = _sections(part.lines)
    _fill(schedule, sections[0][1])
    for label, lines in sections[1:]:
        match = _PART.fullmatch(label)
        inner = Draft(K.PART, match[1] if match else "", label)
        note = next((n for n, line in enumerate(lines) if _of_schedule(line)), len(lines))
        _fill(inner, lines[:note])
        schedule.children.append(inner)
        schedule.children.extend(_notes(lines[note:]))
    return schedule


def _sections(lines: Sequence[IndianLine]) -> list[tuple[str, list[IndianLine]]]:
    sections: list[tuple[str, list[IndianLine]]] = [("", [])]
    for line in lines:
        if _PART.fullmatch(line.text):
            sections.append((line.text, []))
        else:
            sections[-1][1].append(line)
    return sections


def _of_schedule(line: IndianLine) -> bool:
    return _NOTE.match(line.text) is not None and "Schedule" in line.text


def _notes(lines: Sequence[IndianLine]) -> list[Draft]:
    if not lines:
        return []
    match = _NOTE.match(lines[0].text)
    label = match["label"] if match else ""
    first = IndianLine(match["rest"] if match else lines[0].text)
    lead, children = nest(join_lines([first, *lines[1:]]), ladder(K.SUBPARAGRAPH))
    return [Draft(K.EXPLANATION, "", label, "", lead, children)]


def _fill(holder: Draft, lines: Sequence[IndianLine]) -> None:
    """Put the numbered paragraphs of *lines* below *holder*; what stands before them is its heading or its text."""
    table = any(_COLUMN.fullmatch(a.text) and _COLUMN.fullmatch(b.text) for a, b in pairwise(lines)) or any(
        _TABLE.fullmatch(line.text) for line in lines
    )
    rows = [line.text for line in lines if CELLS in line.text]
    lines = [line for line in lines if CELLS not in line.text]
    lead: list[IndianLine] = []
    items: list[tuple[str, str, list[IndianLine]]] = []
    last = 0
    notes: list[IndianLine] = []
    for place, line in enumerate(lines):
        if _NOTE.match(line.text) and (items or lead):
            notes = list(lines[place:])
            break
        unit_line = unit_of(line)
        if unit_line and leading_digits(unit_line[0]) in {last, last + 1} and unit_line[0] not in {i[0] for i in items}:
            last = leading_digits(unit_line[0])
            items.append((unit_line[0], unit_line[1], [IndianLine(unit_line[2], line.fresh)] if unit_line[2] else []))
        else:
            (items[-1][2] if items else lead).append(line)
    _lead(holder, lead, may_nest=not items)
    for number, label, body in items:
        holder.children.append(_item(number, label, body, table=table))
    holder.children.extend(Draft(K.PARAGRAPH, text=row) for row in rows)
    holder.children.extend(_notes(notes))


def _item(number: str, label: str, body: Sequence[IndianLine], *, table: bool) -> Draft:
    if table:
        return Draft(K.PARAGRAPH, number, label, "", flow(join_lines(body)))
    heading, rest = split_heading(join_lines(body))
    text, children = nest(rest, ladder(K.SUBPARAGRAPH))
    return Draft(K.PARAGRAPH, number, label, heading, text, children)


def _lead(holder: Draft, lead: Sequence[IndianLine], *, may_nest: bool) -> None:
    reference = [line for line in lead if line.text.startswith(("[See", "(See", "[see", "(see"))]
    titles = [line for line in lead if line not in reference]
    cut = next((n for n, line in enumerate(titles) if _TABLE.fullmatch(line.text)), len(titles))
    before = flow(join_lines(titles[:cut]))
    if before and not may_nest and not before.endswith(_SENTENCE_ENDS):
        holder.heading = before
        holder.text = flow(join_lines([*reference, *titles[cut:]]))
        return
    if may_nest and lead:
        holder.text, holder.children = nest(join_lines(lead), ladder(K.SUBPARAGRAPH))
        return
    holder.text = flow(join_lines(lead))
