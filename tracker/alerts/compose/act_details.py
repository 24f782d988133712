"""What a draft would do, for whom and how to comment, and what a corrigendum corrects, in the law's own words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from storage.records import Event, EventKind, Reading
from tracker.amending.obligations.extraction import obligations_of
from tracker.wording.labels import Labels
from tracker.wording.phrases import short_citation
from tracker.wording.safe_links import safe_url
from tracker.wording.text_fit import one_line

_MOST_DUTIES, _MOST_BEARERS, _MOST_WAYS, _MOST_CORRECTIONS = 8, 6, 6, 12
_LONGEST = 320  # characters of one line
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_WEB = re.compile(r"https?://[^\s，。；、）)<>\"]{4,300}")
_POST = re.compile(r"寄至|邮编|P\.?O\.? ?Box|\b(?:Street|Avenue|Road)\b|docket|regulations\.gov", re.IGNORECASE)
_QUOTED_WORDS = re.compile(r"[“‘«「『\"]|\bread\b|更正为|改为|应为|lire|lees|muss es heißen", re.IGNORECASE)
_NO_PROVISION = "preface"


@dataclass(frozen=True, slots=True)
class ActSection:
    """A part of a mail under a heading of its own: lines in the law's words, perhaps with a machine's translation."""

    heading: str
    lines: tuple[tuple[str, str], ...]


def act_sections(
    event: Event, reading: Reading | None, other: Reading | None, words: Labels, translate: Callable[[str], str]
) -> tuple[ActSection, ...]:
    """Return what a draft would do and how to comment on it, or what a corrigendum corrects; nothing for other news."""
    sections: tuple[tuple[str, list[str]], ...]
    if event.kind is EventKind.DRAFT_OPENED and reading is not None:
        sections = (_duties(reading, words), _bearers(reading, words), _ways(reading, words))
    elif event.kind is EventKind.CORRECTED and other is not None:
        sections = (_corrections(other, words),)
    else:
        return ()
    return tuple(
        ActSection(heading, tuple((line, one_line(translate(line), 2 * _LONGEST)) for line in lines))
        for heading, lines in sections
        if lines
    )


def comment_links(kind: EventKind, reading: Reading | None, official: str, words: Labels) -> Iterator[tuple[str, str]]:
    """Yield where to comment on a draft: what its notice names, else its official page."""
    if kind is not EventKind.DRAFT_OPENED or reading is None:
        return
    text = "\n".join(_notice_lines(reading))
    addresses = dict.fromkeys(_ADDRESS.findall(text))
    pages = [url for hit in _WEB.findall(text) if (url := safe_url(hit.rstrip(".,;")))]
    for address in list(addresses)[:2]:
        yield words("link.comment_by_mail"), f"mailto:{address}"
    for url in list(dict.fromkeys(pages))[:2] or ([official] if official and not addresses else []):
        yield words("link.comment"), url


def _duties(reading: Reading, words: Labels) -> tuple[str, list[str]]:
    obligations = obligations_of(reading)
    lines = [
        one_line(f"{one.citation or short_citation(one.eid, words)}: {one.words}", _LONGEST)
        for one in obligations[:_MOST_DUTIES]
    ]
    left = len(obligations) - len(lines)
    return words("section.requires"), [*lines, *([words("section.more", n=left)] if left > 0 else [])]


def _bearers(reading: Reading, words: Labels) -> tuple[str, list[str]]:
    bearers = dict.fromkeys(one.bearer for one in obligations_of(reading) if one.bearer)
    names = words("fact.listed").join(one_line(bearer, 80) for bearer in list(bearers)[:_MOST_BEARERS])
    scope = [one_line(text, _LONGEST) for text in reading.scope[:2]]
    return words("section.for_whom"), [*([names] if names else []), *scope]


def _ways(reading: Reading, words: Labels) -> tuple[str, list[str]]:
    lines = [one_line(line, _LONGEST) for line in _notice_lines(reading)]
    return words("section.comment"), lines[:_MOST_WAYS]


def _notice_lines(reading: Reading) -> Iterator[str]:
    """Yield the lines of a draft's notices that say how somebody is reached with a comment."""
    notes = [*reading.notes, *(note for note in reading.front if note.name == _NO_PROVISION)]
    for line in (line.strip() for note in notes for line in note.text.splitlines()):
        reaches = _ADDRESS.search(line) or _WEB.search(line) or _POST.search(line)
        low = line.casefold()
        if reaches and any(word in low for word in _table()["words"]) and not any(w in line for w in _table()["none"]):
            yield line


def _corrections(other: Reading, words: Labels) -> tuple[str, list[str]]:
    leaves = [
        (piece.label, piece.text)
        for top in other.provisions
        for piece in top.walk()
        if piece.text and not piece.children
    ]
    telling = [(label, text) for label, text in leaves if _QUOTED_WORDS.search(text)] or leaves
    lines = [one_line(f"{label} {text}".strip(), _LONGEST) for label, text in telling]
    left = len(lines) - _MOST_CORRECTIONS
    return words("section.corrects"), [
        *lines[:_MOST_CORRECTIONS],
        *([words("section.more", n=left)] if left > 0 else []),
    ]


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("comment_words.toml").read_text(encoding="utf-8"))
