"""The paragraphs of one section as provisions: numbered levels, unnumbered paragraphs, flush text after a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from storage.records import ProvisionKind
from tracker.reading.america.markup import CLOSE, OPEN, plain
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.markers import Ladder, nest

K = ProvisionKind
_MARKER = re.compile(r"^\((?:\d{1,3}[A-Za-z]{0,2}(?:[-.]\d{1,2})?|[A-Za-z]{1,6}(?:-\d{1,2})?)\)")
# a term in italics that opens its own list in the same line: "Application—(1) In general. Application means …"
_LIST = re.compile(rf"^{OPEN}[^{CLOSE}]{{2,120}}{CLOSE}[^()]{{0,160}}?(?=\((?:1|a|i|A)\) )")
_DEFINES = re.compile(
    rf"^(?:The term )?(?:{OPEN}[^{CLOSE}]{{2,120}}{CLOSE}|[“\"][^”\"]{{2,120}}[”\"])"
    r"[^.;]{0,120}\b(?:means?|includes?|has the|have the|refers?)\b",
    re.I,
)
_TERM = re.compile(rf"^{OPEN}[^{CLOSE}]{{2,120}}{CLOSE}")
_HEADING = re.compile(rf"^{OPEN}([^{OPEN}{CLOSE}]{{2,300}}){CLOSE}([.:][—–]?|[—–])\s*")


@dataclass(slots=True)
class _Segment:
    head: str
    list_lines: list[str] = field(default_factory=list)


def section(number: str, label: str, heading: str, lines: Sequence[str], ladder: Ladder) -> Draft:
    """Return a section with everything below it read from *lines*, one paragraph each."""
    text, children = below([line for line in lines if line], ladder)
    return Draft(K.SECTION, number, label, plain(heading), text, children)


def below(lines: Sequence[str], ladder: Ladder) -> tuple[str, list[Draft]]:
    """Return the text that stands before the children, and the children."""
    segments = _segments(lines)
    if not segments:
        return "", []
    lead, *rest = segments
    prose = bool(rest) and bool(lead.head) and not lead.list_lines and not _introduces(lead.head)
    if prose:
        return "", [draft for segment in segments for draft in _paragraph(segment, ladder)]
    text, children = _nest(lead, ladder)
    return text, [*children, *(draft for segment in rest for draft in _paragraph(segment, ladder))]


def _segments(lines: Sequence[str]) -> list[_Segment]:
    segments: list[_Segment] = []
    for line in lines:
        if not segments:
            segments.append(_Segment("", [line]) if _MARKER.match(line) else _Segment(line))
        elif _MARKER.match(line):
            segments[-1].list_lines.append(line)
        elif match := _LIST.match(line):
            segments.append(_Segment(match[0].rstrip(), [line[match.end() :]]))
        elif _DEFINES.match(line) or not segments[-1].list_lines:
            segments.append(_Segment(line))
        else:
            segments[-1].list_lines.append(line)
    return segments


def _paragraph(segment: _Segment, ladder: Ladder) -> list[Draft]:
    text, children = _nest(segment, ladder)
    paragraph = Draft(K.PARAGRAPH, text=text)
    if _introduces(text) or _DEFINES.match(segment.head) or _TERM.match(segment.head):
        paragraph.children = children
        return [paragraph]
    return [paragraph, *children]


def _nest(segment: _Segment, ladder: Ladder) -> tuple[str, list[Draft]]:
    lead, roots = nest("\n".join(segment.list_lines), ladder) if segment.list_lines else ("", [])
    head, inline = nest(segment.head, ladder) if not roots and _introduces_inline(segment.head) else (segment.head, [])
    roots = roots or inline
    text = "\n".join(part for part in (head, lead) if part)
    left = _settle(roots, text)
    _finish(roots)
    return plain(text), [*roots, *(Draft(K.WRAPUP, text=plain(line)) for line in left)]


def _introduces_inline(text: str) -> bool:
    """Return whether a paragraph opens a list of its own: "…, shall: (i) …; and (ii) …"."""
    return re.search(r"[:—] ?\((?:1|a|i|A|I)\) ", text) is not None


def _introduces(text: str) -> bool:
    return plain(text).rstrip().endswith((":", "—", "–"))


def _settle(drafts: list[Draft], above: str) -> list[str]:
    """Give lines without a number to their owner; return those that are flush text of what stands *above*."""
    left: list[str] = []
    for place, draft in enumerate(drafts):
        if draft.children:
            flush = _settle(draft.children, draft.text)
            draft.children.extend(Draft(K.WRAPUP, text=line) for line in flush)
            continue
        first, *extra = draft.text.split("\n")
        last = place == len(drafts) - 1
        if extra and last and (_introduces(above) or extra[0][:1].islower()):
            draft.text, left = first, extra
    return left


def _finish(drafts: list[Draft]) -> None:
    """Take a leading italic title out as the heading, and the marks of italics away."""
    for draft in drafts:
        match = _HEADING.match(draft.text)
        if match:
            draft.heading, draft.text = match[1] + match[2], draft.text[match.end() :]
        draft.heading, draft.text = plain(draft.heading), plain(draft.text)
        draft.number = draft.number.lower()  # "(C)" is a letter here, never the Roman hundred
        _finish(draft.children)
