"""The legal dates of an act: adopted, published, in force, applicable; each with the words it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from storage.records import Milestone, MilestoneKind, Provision, ProvisionKind
from tracker.reading.europe.lines import QUOTATION_BREAK
from tracker.reading.europe.speech import Speech
from tracker.reading.structure.draft import Extract
from tracker.reading.structure.european_words import is_corrigendum

M = MilestoneKind
_UNITS = frozenset({ProvisionKind.RECITAL, ProvisionKind.ANNEX})
_END_OF_VALIDITY = re.compile(
    r"(?:No longer in force|Nicht mehr in Kraft|N[’']est plus en vigueur|Niet meer van kracht|Ya no está en vigor|"
    r"Non più in vigore|Uchylone|Já não está em vigor)[^/]{0,90}?\b(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])/(\d{4})\b"
)
_NEAR = 60  # characters between "shall apply from" and its date
_INTRODUCTION = 160  # characters before the colon of "… shall apply from:"
_LIST = 1500  # characters of a list in one line
_OPENS_LIST = re.compile(r":\s*\(?[\w]{1,4}\)\s")
_NEXT_IN_LIST = re.compile(r"[;,]\s*(?:[^\W\d_]{1,3}\s+)?\(?(?:[a-zα-ωа-я]{1,2}|[ivx]{1,4}|\d{1,2})\)\s")
_BEGINS = 20  # characters before the date with which a point begins ("from 2 December 2027 as regards …")


def milestones(
    extract: Extract, title: str, provisions: tuple[Provision, ...], speech: Speech | None
) -> tuple[Milestone, ...]:
    """Return the dates of an act; what its text leaves open has ``on`` None.

    A proposal is not published in the Journal: the date on its cover is the day it was issued.
    """
    milestones: list[Milestone] = []
    draft = speech is not None and speech.is_proposal(title)
    if speech is not None and not is_corrigendum(title):  # its title dates the act it corrects
        milestones.extend(_adopted(extract, title, speech))
    if extract.published_on is not None:
        milestones.append(Milestone(M.ISSUED if draft else M.PUBLISHED, extract.published_on, _header_line(extract)))
    published_on = None if draft else extract.published_on
    if speech is not None:
        for provision in _own_text(provisions):
            milestones.extend(_in_force(provision, published_on, speech, milestones))
            milestones.extend(_applies(provision, speech))
    milestones.extend(_end_of_validity(extract))
    return tuple(milestones)


def _end_of_validity(extract: Extract) -> Iterator[Milestone]:
    """Yield the day from which, by the publisher's own page around the act, it is no longer in force."""
    for note in extract.furniture:
        match = _END_OF_VALIDITY.search(note.text) if note.name == "site" else None
        if match:
            yield Milestone(M.REPEALED, date(int(match[3]), int(match[2]), int(match[1])), match[0])


def _adopted(extract: Extract, title: str, speech: Speech) -> Iterator[Milestone]:
    front = {note.name: note.text.split("\n") for note in extract.front}
    for text in (*front.get("conclusions", ()), *front.get("preface", ()), title):
        day = speech.date_in(text)
        if day:
            yield Milestone(M.ADOPTED, day[0], text if len(text) < 120 else day[1][0])
            return


def _header_line(extract: Extract) -> str:
    day = extract.published_on
    assert day is not None
    spellings = (f"{day.day}.{day.month}.{day.year}", f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}", day.isoformat())
    lines = [line for note in extract.furniture for line in note.text.split("\n")]
    milestones = [line[:200] for line in lines if any(spelling in line for spelling in spellings)]
    return milestones[-1] if milestones else day.isoformat()


def _own_text(provisions: tuple[Provision, ...]) -> Iterator[Provision]:
    for provision in provisions:
        if provision.kind not in _UNITS:
            yield provision
            yield from _own_text(provision.children)


def _in_force(
    provision: Provision, published_on: date | None, speech: Speech, earlier: Sequence[Milestone]
) -> Iterator[Milestone]:
    own = own_words(provision)
    sentence = _sentence(own, speech.enters.search(own))
    if not sentence:
        return
    if speech.adopted_day.search(sentence):
        adopted = next((milestone.on for milestone in earlier if milestone.kind is M.ADOPTED), None)
        yield Milestone(M.IN_FORCE, adopted, sentence, provision.eid, "adopted + P0D")
        return
    days = _days_after_publication(sentence, speech)
    if days is not None:
        on = published_on + timedelta(days=days) if published_on else None
        yield Milestone(M.IN_FORCE, on, sentence, provision.eid, f"published + P{days}D")
        return
    day = speech.date_in(sentence)
    if day and _is_short(sentence):
        yield Milestone(M.IN_FORCE, day[0], sentence, provision.eid)


def _days_after_publication(sentence: str, speech: Speech) -> int | None:
    count = speech.ordinal_day.search(sentence)
    if count:
        word = count[1].lower()
        digits = "".join(char for char in word if char.isdecimal())
        return speech.ordinals.get(word) or (int(digits) if digits else None)
    if speech.same_day.search(sentence):
        return 0
    return 1 if speech.next_day.search(sentence) else None


def _applies(provision: Provision, speech: Speech) -> Iterator[Milestone]:
    own = own_words(provision)
    for cue in speech.applies.finditer(own):
        day = _day_near(own, cue, speech)
        if day:
            yield Milestone(M.APPLIES, day[0], _sentence(own, cue), provision.eid)
            yield from _applies_in_line(own, cue, day[1], provision.eid, speech)
    tail = own[-_INTRODUCTION:]
    if own.rstrip().endswith(":") and (verb := speech.applies_verbs.search(tail)):
        introduction = _sentence(own, speech.applies_verbs.search(own, len(own) - len(tail) + verb.start()))
        yield from _applies_below(provision, introduction, speech)


def _applies_in_line(
    own: str, cue: re.Match[str], first: re.Match[str], eid: str, speech: Speech
) -> Iterator[Milestone]:
    """Yield the days behind the *first* of a list in one line: "shall apply from: (i) …; (ii) 2 August 2102 to"."""
    if speech.date_first or not _OPENS_LIST.search(own[cue.end() : first.start()]):
        return
    for mark in _NEXT_IN_LIST.finditer(own, first.end(), first.end() + _LIST):
        day = speech.date_in(own, mark.end())
        if day and day[1].start() - mark.end() <= _BEGINS:
            clause = own[mark.start() : own.find(";", mark.end()) if ";" in own[mark.end() :] else len(own)]
            yield Milestone(M.APPLIES, day[0], f"{own[cue.start() : cue.end()]} {clause.strip(' ;,.')}", eid)


def _day_near(own: str, cue: re.Match[str], speech: Speech) -> tuple[date, re.Match[str]] | None:
    """Return the date that belongs to "shall apply from": the one after it, in Hungarian the one before."""
    if speech.date_first:
        return speech.date_in(own[: cue.start()], max(0, cue.start() - _NEAR))
    day = speech.date_in(own, cue.end())
    return day if day and day[1].start() - cue.end() <= _NEAR else None


def _applies_below(provision: Provision, introduction: str, speech: Speech) -> Iterator[Milestone]:
    """Yield the day that each point below begins with, with the words that say for what it holds."""
    for point in provision.children:
        day = speech.date_in(point.text[: _NEAR + _BEGINS])
        if day and day[1].start() <= _BEGINS:
            yield Milestone(M.APPLIES, day[0], f"{introduction} {point.text}", point.eid)


def own_words(provision: Provision) -> str:
    """Return the text of a provision without what it quotes from another act."""
    return provision.text.split(QUOTATION_BREAK, 1)[0]


def _sentence(text: str, match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    place = match.start()
    begin = max(text.rfind(". ", 0, place) + 2, 0) if ". " in text[:place] else 0
    end = text.find(". ", place)
    return text[begin : end + 1 if end >= 0 else len(text)].strip()


def _is_short(sentence: str) -> bool:
    """Return whether a sentence is short, as a commencement is; a date in a long one usually belongs to another act."""
    return len(sentence) < 160
