"""Find a heading that hides in the last unit: behind it no number is missing, so its own words must tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from storage.records import Provision
from tracker.reading.checks.evidence import BEGINS, number_of
from tracker.reading.checks.ordinals import Ordinal
from tracker.reading.structure.draft import Extract

_LIST_MARK = re.compile(r"^[(（]")
_BEHIND = frozenset({"conclusions", "after the law"})
_MOST_SHOWN = 60
_LETTER_GAP = re.compile(r"(?<=\b[^\W\d])[ ](?=[^\W\d]\b)|(?<=\b\d)[ ](?=\d\b)")
_SPACED_OUT = re.compile(r"^\W{0,3}\w(?: \w){1,}\b", re.M)
_DASH_HEADING = re.compile(
    r"[.;]\s+(?P<heading>(?!Explanation|Illustration|Exception|Proviso|Note|Provided|\()[^.;:]{3,100}\.\s?(?:—|––))",
    re.I,
)
_QUOTED_NUMBER = re.compile(r"[\"“‘`]\d{1,3}[A-Z]{0,2}$")
_ODD_ARTICLE = re.compile(r"^\W{0,3}第[^条\n，。；]{1,5}条(?=[\s\u3000])", re.M)
_SENTENCE = (".", "。", "”", "»", '"')
_HEADING = 60  # characters; a line as short as a heading, without a full stop
_MOST = 0.8
_LEAST_SENTENCE = 25


def hidden_heading(units: Sequence[Provision], number: Ordinal, extract: Extract) -> str:
    """Return a line of the last of *units* that looks like the heading of the one after *number*, or nothing."""
    last = units[-1]
    first = next((child for child in last.children if child.number), None)
    if first is not None and first.number == str(number[0] + 1) and not _LIST_MARK.match(first.label):
        return f"{first.label} {first.text or first.heading}"[:_MOST_SHOWN]
    texts = [p.text for p in last.walk() if p.text]
    behind = [note.text for note in (*extract.front, *extract.notes) if note.name in _BEHIND]
    for line in (
        *_next_number([*texts, *behind], number[0] + 1),
        *_like_its_label([*texts, *behind], last, number[0] + 1),
        *(match[0] for text in texts for match in _ODD_ARTICLE.finditer(text)),
        *_like_headings(texts, units),
    ):
        return line[:_MOST_SHOWN]
    return ""


def closed_up(text: str) -> str:
    """Return *text* with what is letter-spaced at the start of a line closed up: "A r t i c l e 4" is "Article 4"."""
    return _SPACED_OUT.sub(lambda match: _LETTER_GAP.sub("", match[0]), text)


def _next_number(texts: Sequence[str], number: int) -> Iterator[str]:
    """Yield lines that begin with the next number, letter-spaced ones too."""
    for text in texts:
        shown = closed_up(text)
        for match in BEGINS.finditer(shown):
            if number_of(match) == number:
                yield shown[match.start() :].split("\n")[0]


def _like_its_label(texts: Sequence[str], last: Provision, number: int) -> Iterator[str]:
    """Yield where the label stands with the next number behind a sentence, or alone on a line without any."""
    stem = re.sub(r"[\W\d_]+", " ", last.label.replace(last.number, "")).strip()
    if not stem or len(stem) < 2 or not last.number.isdigit():
        return
    next_label = re.escape(last.label.strip()).replace(re.escape(last.number), str(number), 1)
    inside = re.compile(rf"(?:[.;:!?»”’)]\s{{0,3}})(?P<label>{next_label})(?=\s*$|\s*[—–]|\s+[A-Z\d])", re.M)
    alone = re.compile(rf"^\W{{0,3}}{re.escape(stem)}\W{{0,3}}$", re.M | re.I)
    for text in texts:
        yield from (text[match.start("label") :] for match in inside.finditer(text))
        yield from (match[0] for match in alone.finditer(text))


def _like_headings(texts: Sequence[str], units: Sequence[Provision]) -> Iterator[str]:
    """Yield a short line between two sentences, in a law whose units have such lines for headings."""
    headings = [unit.heading for unit in units if unit.heading]
    if len(headings) < _MOST * len(units) or len(units) < 3:
        return
    lines = [line for text in texts for line in text.split("\n")]
    capitals = all(heading.isupper() for heading in headings)
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        between = before.rstrip().endswith(_SENTENCE) and after.rstrip().endswith(_SENTENCE)
        if between and len(after) >= _LEAST_SENTENCE and _is_short(line, capitals=capitals):
            yield line
    if units[-1].label[:1].isdigit():  # "5. Heading.—Text": without its number the dash still tells
        matches = ((text, match) for text in texts for match in _DASH_HEADING.finditer(text))
        yield from (match["heading"] for text, match in matches if not _is_quoted(text[: match.start()]))


def _is_quoted(before: str) -> bool:
    """Return whether what follows *before* is set into another law, as in “4A. Logs.—All logs”."""
    is_open = before.count("“") > before.count("”") or before.count("‘‘") > before.count("’’") or before.count('"') % 2
    return bool(is_open) or _QUOTED_NUMBER.search(before[-10:]) is not None


def _is_short(line: str, *, capitals: bool) -> bool:
    bare = line.strip().rstrip(".") if capitals else line.strip()
    if not 3 <= len(bare) <= _HEADING or not bare[:1].isupper() or (capitals and not bare.isupper()):
        return False
    return bare[-1].isalpha() and not any(map(str.isdigit, bare))
