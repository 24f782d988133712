"""Take an Indian page apart: Acts, Rules, Regulations, notifications, corrigenda, and unnumbered guidance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import Note, ProvisionKind
from tracker.reading.formats.recognise import OpenedPage
from tracker.reading.india.divide import Divided, GazetteZone, divide, leading, unit_of
from tracker.reading.india.line import IndianLine, joined
from tracker.reading.india.page import OpenedGazette, open_page
from tracker.reading.india.text import flow, fold_dashes
from tracker.reading.india.units import build, fill, heads_alone
from tracker.reading.structure.draft import Draft, Extract, ReadingContext

K = ProvisionKind
_CALLED = re.compile(r"\b(?:these|this)\s+(rules|regulations|act|order|directions|guidelines|scheme|ordinance)\b", re.I)
_KINDS = {"rules": K.RULE, "regulations": K.REGULATION, "act": K.SECTION, "ordinance": K.SECTION}
_OPENING = re.compile(
    r"^(?:G\.?\s?S\.?\s?R\.?|S\.?\s?O\.?|F\.?\s*No\.?)\s*[^—]{0,60}—|^In\s+(?:exercise|pursuance)\b|^In\s+the\s+.{3,200}published\s+in\s+the\s+Gazette\b|^In\s+the\s+notification\b"
    r"|^(?:WHEREAS|Whereas)\b|^An\s+Act\s+to\b|^BE\s+it\s+enacted\b",
    re.I,
)
_RULED = re.compile(r"[\s—–_\-─*]{3,}")
_RELEASE = re.compile(
    r"^(?:Posted\s+On|Release\s+ID|प्रविष्टि\s+तिथि|Read\s+this\s+release|Visitor\s+Counter)\b.{0,200}", re.I
)


def extract(source: OpenedPage, hints: ReadingContext) -> Extract:
    """Take the page apart; every visible word lands in exactly one field of the result."""
    opened = open_page(source, hints)
    made = Extract(language=opened.language, notes=opened.notes, furniture=opened.furniture, flaws=opened.flaws)
    lines = _release_notes(opened, made)
    divided = divide(lines)
    numbered = [part for part in divided.parts if part.zone is GazetteZone.UNIT]
    if numbered and hints.kind == "law" and leading(numbered[0].number) == 1:
        _law(divided, made)
    else:
        _unnumbered(lines, made)
    return made


def kind_of(text: str) -> ProvisionKind:
    """Return what an instrument calls its numbered units, by its own words."""
    called = _CALLED.search(text)
    if called and called[1].lower() in _KINDS:
        return _KINDS[called[1].lower()]
    counted = {
        K.RULE: len(re.findall(r"\bsub-?\s?rule", text, re.I)),
        K.SECTION: len(re.findall(r"\bsub-?\s?section", text, re.I)),
        K.REGULATION: len(re.findall(r"\bsub-?\s?regulation", text, re.I)),
    }
    best = max(counted, key=lambda kind: counted[kind])
    return best if counted[best] and called is None else K.PARAGRAPH


def _release_notes(opened: OpenedGazette, made: Extract) -> list[IndianLine]:
    kept = []
    for line in opened.lines:
        if _RELEASE.fullmatch(line.text):
            made.notes.append(Note("release", line.text))
        elif _RULED.fullmatch(line.text):
            made.furniture.append(Note("ruled line", line.text))
        else:
            kept.append(line)
    return kept


def _law(divided: Divided, made: Extract) -> None:
    body = joined([line for part in divided.parts for line in part.lines])
    made.drafts = build(divided.parts, kind_of(flow(body)))
    made.front = _front(divided.front)
    _ends(divided, made)


def _front(lines: Sequence[IndianLine]) -> list[Note]:
    cut = next((n for n, line in enumerate(lines) if _OPENING.match(fold_dashes(line.text))), len(lines))
    named = (("preface", lines[:cut]), ("preamble", lines[cut:]))
    return [Note(name, joined(part)) for name, part in named if part]


def _ends(divided: Divided, made: Extract) -> None:
    if divided.signature:
        made.front.append(Note("conclusions", joined(divided.signature)))
    if divided.history:
        made.notes.append(Note("history", flow(joined(divided.history))))
    if divided.contents:
        made.notes.append(Note("contents", joined(divided.contents)))


def _unnumbered(lines: Sequence[IndianLine], made: Extract) -> None:
    """Read a notification, corrigendum, direction or release: a paragraph each, numbered ones with what is below."""
    divided = divide(lines)
    _ends(divided, made)
    body = list(lines[: len(lines) - len(divided.signature) - len(divided.history)])
    start = _start(body)
    end = _signed_from(body, start)
    if body[:start]:
        made.front.insert(0, Note("preface", joined(body[:start])))
    if body[end:]:
        made.front.append(Note("conclusions", joined(body[end:])))
    made.drafts = _paragraphs(body[start:end])


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
    last, numbered = 0, False
    for line in lines:
        found = unit_of(line)
        if found and found[2] and max(last, 1) <= leading(found[0]) <= max(last, 1) + 2:
            last, numbered = leading(found[0]), True
            groups.append((found[0], found[1], [IndianLine(found[2], line.fresh)]))
        elif not groups or _OPENING.match(fold_dashes(line.text)) or _heads(line):
            numbered = False
            groups.append(("", "", [line]))
        elif numbered or not line.fresh or line.text.startswith(("(", "“")) or _heads(groups[-1][2][-1]):
            groups[-1][2].append(line)
        else:
            groups.append(("", "", [line]))
    return [_paragraph(*group) for group in groups]


def _heads(line: IndianLine) -> bool:
    return line.text.isupper() and len(line.text) < 80 and not line.text.startswith("(")


def _paragraph(number: str, label: str, lines: Sequence[IndianLine]) -> Draft:
    heading = lines[0].text if len(lines) > 1 and (_heads(lines[0]) or (number and heads_alone(lines))) else ""
    text = joined(lines[1:] if heading else lines)
    return fill(Draft(K.PARAGRAPH, number, label, heading), text, K.SUBPARAGRAPH)
