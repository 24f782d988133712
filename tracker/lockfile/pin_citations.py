"""Pin what a reference or a policy cites: every citation ends as a pin, or is named with the reason why it is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from sqlite_utils import Database

from storage import identifiers, instruments, versions
from storage.records import Instrument, ReviewState, Version
from tracker.identity.short_names import names_of_title, short_names
from tracker.identity.titles import bare_title
from tracker.lockfile.act_names import ActMention, ActNames, act_of
from tracker.lockfile.cited_places import Citation, citations_in
from tracker.lockfile.errors import LockFileError
from tracker.lockfile.find_provision import find_provision
from tracker.lockfile.fingerprint import fingerprint
from tracker.lockfile.pins import Pin
from tracker.lockfile.standing_law import StandingLaw


@dataclass(frozen=True, slots=True)
class OpenCitation:
    """A citation that was not pinned, its line, and why; ``is_own`` when it may be of a part of the policy itself."""

    words: str
    line: int
    why: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class PinnedText:
    """What a text cites: the pins, and the citations that are none."""

    pins: tuple[Pin, ...]
    open: tuple[OpenCitation, ...]


class CitationPinner:
    """Pins citations against the law as it stands in a home."""

    def __init__(self, db: Database, law: StandingLaw) -> None:
        self._db, self._law = db, law
        self._instruments = {row.id: row for row in instruments.all_instruments(db)}
        self._languages = _languages(db)
        self._names = _names(db, [row for row in self._instruments.values() if row.id in self._languages])

    def pin_text(self, text: str, name: str) -> PinnedText:
        """Return the pins of all that *text* cites, each said to be cited by *name* if that is given."""
        flat, places = one_line_a_paragraph(text)
        mentions = self._names.mentions(flat)
        pins: list[Pin] = []
        open_citations: list[OpenCitation] = []
        for citation in citations_in(flat):
            act = act_of(citation, mentions, flat)
            try:
                pins.append(self._pin(citation, act, name))
            except LockFileError as error:
                line = text.count("\n", 0, places[citation.start]) + 1
                open_citations.append(
                    OpenCitation(citation.words, line, str(error), is_own=act is None and citation.is_loose)
                )
        return PinnedText(tuple(dict.fromkeys(pins)), tuple(dict.fromkeys(open_citations)))

    def pin_reference(self, reference: str, cited_by: Sequence[str] = ()) -> list[Pin]:
        """Return the pins of one reference; raises LockFileError when it names no provision that is watched."""
        by_id = self._by_id(reference)
        if by_id is not None:
            return [by_id]
        outcome = self.pin_text(reference, "")
        if outcome.open:
            raise LockFileError(f"{reference}: {outcome.open[0].why}")
        if not outcome.pins:
            raise LockFileError(f'{reference}: no place in a law is named; write for example "AI Act art. 50(2)"')
        return [replace(pin, cited_by=tuple(cited_by)) for pin in outcome.pins]

    def _by_id(self, reference: str) -> Pin | None:
        """Return the pin of ``instrument#eid``, which programs write."""
        instrument, mark, eid = reference.partition("#")
        standing = self._standing(instrument, "") if mark and instrument in self._languages else None
        if standing is None:
            return None
        hit = next((piece for piece in standing.reading.walk() if piece.eid == eid), None)
        if hit is None:
            raise LockFileError(f"{reference}: {standing.id} has no provision {eid!r}")
        return Pin(reference, standing.instrument_id, standing.language, standing.id, hit.eid, hit.pid,
                   hit.citation or hit.label, fingerprint(hit))  # fmt: skip

    def _pin(self, citation: Citation, act: ActMention | None, name: str) -> Pin:
        if act is None:
            raise LockFileError(f"{citation.words}: of which act is not said")
        if act.instrument is None:
            raise LockFileError(f"{citation.words} of {act.words}: no such act is watched{self._nearest(act.words)}")
        standing = self._standing(act.instrument, citation.words)
        if standing is None:
            raise LockFileError(f"{act.words}: nothing of it was read yet; see `clausewatch history {act.instrument}`")
        hit = find_provision(standing.reading.provisions, citation)
        place = hit.citation or hit.label or citation.words
        inside = act.start < citation.end and citation.start < act.end  # "16 CFR 9101.2(a)": the act is in the words
        return Pin(
            reference=f"{self._instruments[act.instrument].title} {place}" if inside else f"{act.words} {place}",
            instrument=standing.instrument_id,
            language=standing.language,
            version=standing.id,
            eid=hit.eid,
            pid=hit.pid,
            citation=hit.citation or hit.label,
            sha256=fingerprint(hit),
            cited_by=(name,) if name else (),
        )

    def _standing(self, instrument: str, words: str) -> Version | None:
        """Return the version to cite from: in the language of the words, in English, or in the one there is."""
        languages = self._languages.get(instrument, [])
        wish = ("zh", "en") if "第" in words else ("en", "zh")
        order = [language for language in wish if language in languages] + languages
        return self._law.standing(instrument, order[0]) if order else None

    def _nearest(self, words: str) -> str:
        near = get_close_matches(words.casefold(), self._names.nearest_names(words), 1, 0.75)
        return f"; the nearest is {near[0]!r}" if near else "; see `clausewatch instruments`"


def one_line_a_paragraph(text: str) -> tuple[str, list[int]]:
    """Return *text* with each paragraph, heading and list item on one line, and where each character stands in it."""
    flat: list[str] = []
    places: list[int] = []
    lines = text.splitlines(keepends=True)
    at = 0
    for number, line in enumerate(lines):
        words = line.strip()
        next_words = lines[number + 1].strip() if number + 1 < len(lines) else ""
        space = False
        for offset, character in enumerate(line.rstrip()):
            if character.isspace():
                space = bool(flat) and flat[-1] not in " \n"
                continue
            if space:
                flat.append(" ")
                places.append(at + offset)
                space = False
            flat.append(character)
            places.append(at + offset)
        ends = not next_words or not words or words.startswith("#") or _begins_anew(next_words)
        flat.append("\n" if ends else " ")
        places.append(at + len(line.rstrip()))
        at += len(line)
    return "".join(flat), [*places, len(text)]


def _begins_anew(line: str) -> bool:
    return line.startswith(("#", "- ", "* ", "+ ", "|", ">")) or line.split(".", maxsplit=1)[0].isdigit()


def _languages(db: Database) -> dict[str, list[str]]:
    languages: dict[str, list[str]] = {}
    for row in versions.all_versions(db):
        own = languages.setdefault(row.instrument_id, [])
        if row.standing is ReviewState.CONFIRMED and row.language not in own:
            own.append(row.language)
    return {instrument: own for instrument, own in languages.items() if own}


def _names(db: Database, rows: Sequence[Instrument]) -> ActNames:
    names = {row.id: tuple(dict.fromkeys(_of_instrument(row))) for row in rows}
    numbers = {number: row.id for row in rows for number in identifiers.of_instrument(db, row.id)}
    watched_ids = {row.id for row in rows}
    strange_names = [name for instrument, own in short_names().items() if instrument not in watched_ids for name in own]
    return ActNames(names, numbers, strange_names)


def _of_instrument(row: Instrument) -> Iterator[str]:
    yield row.id
    yield from short_names().get(row.id, ())
    for title in filter(None, (row.title, row.title_native)):
        yield from names_of_title(title)
        yield from names_of_title(bare_title(title))
