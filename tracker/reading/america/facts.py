"""What an American text says about itself, each fact with the words it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from storage.records import Authority, Provision
from tracker.reading.america.dates import milestones, words
from tracker.reading.america.definitions import definitions
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.relations import relations
from tracker.reading.america.uslm import is_draft
from tracker.reading.authorities import KnownAuthority, by_ids, table
from tracker.reading.structure.draft import Extract, ReadingContext
from tracker.reading.tradition import Facts

_CODES = frozenset({"", "statute", "regulation", "guidance"})
_SCOPE = re.compile(
    r"\b(?:this (?:part|section|subpart|rule|act|chapter|title|order)) (?:applies|does not apply|shall apply) to\b",
    re.I,
)


def facts(extract: Extract, provisions: tuple[Provision, ...], hints: ReadingContext) -> Facts:
    """Return the facts of an American page."""
    authorities = extract if isinstance(extract, AmericanExtract) else AmericanExtract()
    title = extract.title or hints.title
    type_ = "guidance" if _explains(title) and authorities.type in _CODES else _type(authorities)
    return Facts(
        title=title,
        title_native=title,
        number="" if type_ == "guidance" else extract.number,
        type=type_,
        draft=_is_draft(authorities, type_),
        language=extract.language or "en",
        uri=extract.uri,
        authorities=tuple(_authorities(authorities, hints)),
        dates=tuple(milestones(extract, provisions, hints)),
        definitions=tuple(definitions(provisions)),
        scope=tuple(_scope(provisions)),
        relations=tuple(relations(extract, provisions)),
    )


def _type(extract: AmericanExtract) -> str:
    """Return the type as the ACTION line narrows it: an interim final rule is printed as a rule."""
    action = next((note.text for note in extract.notes if note.name == "action"), "").lower()
    rows = words()["type"]
    assert isinstance(rows, dict)
    narrow = [name for name, names in rows.items() if any(word in action for word in names)]
    return max(narrow, key=len) if narrow else extract.type


def _explains(title: str) -> bool:
    """Return whether a title begins as that of guidance: the sections it prints are those of the law it explains."""
    about = words()["about"]
    assert isinstance(about, dict)
    return title.casefold().startswith(tuple(about["begins"]))


def _is_draft(extract: AmericanExtract, type_: str) -> bool:
    if type_ == "bill" and extract.agencies == ["California Legislature"]:
        return not extract.stage.lower().startswith("chaptered")
    return type_ == "proposed rule" or is_draft(extract)


def _authorities(extract: AmericanExtract, hints: ReadingContext) -> list[Authority]:
    """Return the issuers the markup names, else those named in the AGENCY note or the enacting words, else declared."""
    names = [name for name in extract.agencies if name]
    if names:
        return _unique(authority for name in names for authority in (_authorities_in(name) or [_without_lists(name)]))
    notes = [note.text for note in extract.notes if note.name == "agency"]
    formulas = [note.text for note in extract.front if note.name == "preamble"]
    for text in (*notes, *formulas):
        authorities = _authorities_in(text)
        if authorities:
            return authorities
    authorities = by_ids(hints.authorities, "america")
    if authorities or extract.type != "statute":
        return authorities or ([_without_lists(notes[0].removeprefix("AGENCY:"))] if notes else [])
    return []


def _authorities_in(text: str) -> list[Authority]:
    """Return the authorities named in *text*, in order, in any case; not a name within a longer one."""
    lower = text.lower()
    spans: list[tuple[int, int, Authority]] = []
    for name, entry in _names():
        start = lower.find(name)
        while start >= 0:
            end = start + len(name)
            whole = not lower[max(0, start - 1) : start].isalnum() and not lower[end : end + 1].isalnum()
            if whole and not any(a <= start < b for a, b, _ in spans):
                spans.append((start, end, entry.authority))
            start = lower.find(name, start + 1)
    return _unique(authority for _, _, authority in sorted(spans, key=lambda span: span[0]))


def _names() -> list[tuple[str, KnownAuthority]]:
    names = [(name.lower(), authority) for authority in table("america") for name in authority.names]
    return sorted(names, key=lambda pair: -len(pair[0]))


def _without_lists(name: str) -> Authority:
    title = name.strip(" .:")
    title = title.title() if title.isupper() else title
    return Authority(f"us_{re.sub(r'[^a-z0-9]+', '_', title.lower()).strip('_')}", title)


def _unique(authorities: Iterable[Authority]) -> list[Authority]:
    return list({authority.id: authority for authority in authorities}.values())


def _scope(provisions: tuple[Provision, ...]) -> list[str]:
    sentences = (s for root in provisions for p in root.walk() for s in re.split(r"(?<=\.)\s+(?=[A-Z])", p.text))
    return [sentence for sentence in sentences if _SCOPE.search(sentence)][:5]
