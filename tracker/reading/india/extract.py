"""Take an Indian page apart: Acts, Rules, Regulations, notifications, corrigenda, and unnumbered guidance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import Note, ProvisionKind
from tracker.reading.formats.recognise import OpenedPage
from tracker.reading.india.divide import GazetteDivision, GazetteZone, divide
from tracker.reading.india.headings_above import attach_headings_above
from tracker.reading.india.line import IndianLine, join_lines
from tracker.reading.india.numbering import leading_digits, unit_of
from tracker.reading.india.page import OpenedGazette, open_page
from tracker.reading.india.text import flow, fold_dashes
from tracker.reading.india.units import build, fill, heads_alone
from tracker.reading.structure.draft import Draft, Extract, ReadingContext

K = ProvisionKind
_OWN_WORD = re.compile(
    r"\b(?:these|this)\s+(rules|regulations|act|order|directions|guidelines|scheme|ordinance|constitution)\b", re.I
)
_KINDS = {
    "rules": K.RULE,
    "regulations": K.REGULATION,
    "act": K.SECTION,
    "ordinance": K.SECTION,
    "constitution": K.ARTICLE,
}
_ACT_IN_FRONT = re.compile(r"\bBE\s+it\s+enacted\b|\bAn\s+Act\b|^ACT\s+NO\b|\bACT,\s+\d{4}\s*$", re.M)
_OPENING = re.compile(
    r"^(?:G\.?\s?S\.?\s?R\.?|S\.?\s?O\.?|F\.?\s*No\.?)\s*[^—]{0,60}—|^In\s+(?:exercise|pursuance)\b|^In\s+the\s+.{3,200}published\s+in\s+the\s+Gazette\b|^In\s+the\s+notification\b"
    r"|^(?:WHEREAS|Whereas)\b|^An\s+Act\s+to\b|^BE\s+it\s+enacted\b",
    re.I,
)
_RULE_LINE = re.compile(r"[\s—–_\-─*]{3,}")
_RELEASE = re.compile(
    r"^(?:Posted\s+On|Release\s+ID|प्रविष्टि\s+तिथि|Read\s+this\s+release|Visitor\s+Counter)\b.{0,200}", re.I
)


def extract(source: OpenedPage, hints: ReadingContext) -> Extract:
    """Take the page apart; every visible word lands in exactly one field of the result."""
    gazette = open_page(source, hints)
    extract_ = Extract(language=gazette.language, notes=gazette.notes, furniture=gazette.furniture, flaws=gazette.flaws)
    extract_.footnotes = gazette.footnotes
    lines = _release_notes(gazette, extract_)
    division = divide(lines)
    units = [part for part in division.parts if part.zone is GazetteZone.UNIT]
    if units and hints.kind == "law" and (division.kind or leading_digits(units[0].number) == 1):
        _law(division, extract_)
    else:
        _guidance(lines, extract_)
    return extract_


def kind_of(text: str, front: str = "") -> ProvisionKind:
    """Return what an instrument calls its numbered units, by its own words, or by what its *front* says it is."""
    own = _OWN_WORD.search(text)
    if own and own[1].lower() in _KINDS:
        return _KINDS[own[1].lower()]
    if own is None and _ACT_IN_FRONT.search(front):
        return K.SECTION
    mentions = {
        K.RULE: len(re.findall(r"\bsub-?\s?rule", text, re.I)),
        K.SECTION: len(re.findall(r"\bsub-?\s?section", text, re.I)),
        K.REGULATION: len(re.findall(r"\bsub-?\s?regulation", text, re.I)),
    }
    best = max(mentions, key=lambda kind: mentions[kind])
    return best if mentions[best] and own is None else K.PARAGRAPH


def _release_notes(gazette: OpenedGazette, extract_: Extract) -> list[IndianLine]:
    rest = []
    for line in gazette.lines:
        if _RELEASE.fullmatch(line.text):
            extract_.notes.append(Note("release", line.text))
        elif _RULE_LINE.fullmatch(line.text):
            extract_.furniture.append(Note("ruled line", line.text))
        else:
            rest.append(line)
    return rest


def _law(division: GazetteDivision, extract_: Extract) -> None:
    attach_headings_above(division)
    body = join_lines([line for part in division.parts for line in part.lines])
    extract_.drafts = build(division.parts, division.kind or kind_of(flow(body), join_lines(division.front)))
    extract_.front = _front(division.front)
    _ends(division, extract_)


def _front(lines: Sequence[IndianLine]) -> list[Note]:
    cut = next((n for n, line in enumerate(lines) if _OPENING.match(fold_dashes(line.text))), len(lines))
    zones = (("preface", lines[:cut]), ("preamble", lines[cut:]))
    return [Note(name, join_lines(part)) for name, part in zones if part]


def _ends(division: GazetteDivision, extract_: Extract) -> None:
    if division.signature:
        extract_.front.append(Note("conclusions", join_lines(division.signature)))
    if division.history:
        extract_.notes.append(Note("history", flow(join_lines(division.history))))
    if division.contents:
        extract_.notes.append(Note("contents", join_lines(division.contents)))


def _guidance(lines: Sequence[IndianLine], extract_: Extract) -> None:
    """Read a notification, corrigendum, direction or release: a paragraph each, numbered ones with what is below."""
    division = divide(lines)
    _ends(division, extract_)
    body = list(lines[: len(lines) - len(division.signature) - len(division.history)])
    start = _start(body)
    end = _signed_from(body, start)
    if body[:start]:
        extract_.front.insert(0, Note("preface", join_lines(body[:start])))
    if body[end:]:
        extract_.front.append(Note("conclusions", join_lines(body[end:])))
    extract_.drafts = _paragraphs(body[start:end])


def _start(lines: Sequence[IndianLine]) -> int:
    """Return where the text begins: at its opening words, else at its first sentence."""
    opening = next((n for n, line in enumerate(lines) if _OPENING.match(fold_dashes(line.text))), None)
    if opening is not None:
        return opening
    sentence = next((n for n, line in enumerate(lines) if len(line.text) > 40 and line.text[-1] in ".:;—।"), None)
    if sentence is not None:
        return sentence
    return next((n for n, line in enumerate(lines) if len(line.text) > 80), len(lines))


def _signed_from(lines: Sequence[IndianLine], start: int) -> int:
    """Return where the signatory's name begins: short lines at the end that finish no sentence."""
    end = len(lines)
    while end > start + 1 and lines[end - 1].fresh and len(lines[end - 1].text) < 60:
        if lines[end - 1].text[-1] in ".:;”।" or unit_of(lines[end - 1]):
            break
        end -= 1
    return end


def _paragraphs(lines: Sequence[IndianLine]) -> list[Draft]:
    groups: list[tuple[str, str, list[IndianLine]]] = []
    last, in_number = 0, False
    for line in lines:
        match = unit_of(line)
        if match and match[2] and max(last, 1) <= leading_digits(match[0]) <= max(last, 1) + 2:
            last, in_number = leading_digits(match[0]), True
            groups.append((match[0], match[1], [IndianLine(match[2], line.fresh)]))
        elif not groups or _OPENING.match(fold_dashes(line.text)) or _heads(line):
            in_number = False
            groups.append(("", "", [line]))
        elif in_number or not line.fresh or line.text.startswith(("(", "“")) or _heads(groups[-1][2][-1]):
            groups[-1][2].append(line)
        else:
            groups.append(("", "", [line]))
    return [_paragraph(*group) for group in groups]


def _heads(line: IndianLine) -> bool:
    return line.text.isupper() and len(line.text) < 80 and not line.text.startswith("(")


def _paragraph(number: str, label: str, lines: Sequence[IndianLine]) -> Draft:
    heading = lines[0].text if len(lines) > 1 and (_heads(lines[0]) or (number and heads_alone(lines))) else ""
    text = join_lines(lines[1:] if heading else lines)
    return fill(Draft(K.PARAGRAPH, number, label, heading), text, K.SUBPARAGRAPH)
