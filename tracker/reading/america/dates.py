"""The legal dates of an American text, by the convention of each kind of text; dates in citations are not its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from storage.records import Milestone, MilestoneKind, Note, Provision
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.sentences import sentences
from tracker.reading.structure.draft import Extract, ReadingContext

M = MilestoneKind
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = "|".join(f"{m}|{m[:3]}\\." for m in _MONTHS) + r"|Sept\."
DATE = rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})"
_A_DATE = re.compile(DATE, re.I)
_NUMBER_WORDS = {
    "tenth": 10,
    "thirtieth": 30,
    "sixtieth": 60,
    "ninetieth": 90,
    "one hundred twentieth": 120,
    "one hundred eightieth": 180,
    "three hundred sixty-fifth": 365,
    "one hundred twenty": 120,
    "twenty": 20,
    "ten": 10,
    "thirty": 30,
    "sixty": 60,
    "ninety": 90,
    "one hundred eighty": 180,
    "one hundred and eighty": 180,
}
_AMOUNT = rf"(?P<amount>\d{{1,4}}|{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})"
_BECOMES_LAW = r"(?:becoming a? ?law|(?:it|this act) (?:shall have |has )?becomes? a? ?law)"
_AFTER = (
    rf"(?:the date that is |the )?\[?(?:insert date )?{_AMOUNT}(?:th|st|nd|rd)?\s+(?P<unit>days?|months?|years?)\s+"
    r"(?:after|following|from)\s+(?:the )?(?:date of (?:its |the )?)?(?P<event>publication|enactment|passage|"
    rf"{_BECOMES_LAW})"
)
_ON_EVENT = (
    rf"(?:immediately )?(?:upon |on )?(?:the )?(?:date of (?:its |the )?)?(?P<event2>publication|enactment|passage|"
    rf"{_BECOMES_LAW}|immediately)"
)
_SIGNATURE = re.compile(
    r"^(?:Dated(?: at [^:]{0,60})?:?|The White House,|Issued[^:]{0,80}:?|Signed[^:]{0,60}:?)?\s*" + DATE, re.I
)
_EVENTS = {
    "publication": ("published", M.PUBLISHED),
    "enactment": ("adopted", M.ADOPTED),
    "passage": ("adopted", M.ADOPTED),
}
_DELAY = re.compile(r"\b(?:delay(?:ed|s|ing)?|postpone[ds]?|deferr(?:ed|s)|stay(?:ed|s))\b", re.I)
_EXCEPTION = re.compile(r",?\s*\b(?:except|with the exception of)\b", re.I)
_ORDER_DAY = re.compile(rf"(?:(?:Executive Order|Proclamation|Memorandum)\b[^.;]{{0,40}}?\bof\s+)?{DATE}", re.I)
_SINGLES_OUT = re.compile(
    r"\b(?:except|comply with|compliance date for|"
    r"(?:amendments?|revisions?|changes|additions?|removal) (?:to|of|in))\b",
    re.I,
)
_COMPLIANCE = re.compile(r"^\W*(?:compliance|applicability) dates?\b", re.I)
_SECTION = re.compile(r"(?:§+|\bSecs?\.|\bsections?)\s*([\d.]+\d[a-z]?)")
_DATE = re.compile(r"\b\d{4}\b|\b(?:publication|enactment|passage|immediately|becom(?:es?|ing) a? ?law)\b", re.I)
_LONGEST = 3000  # no sentence of law that states a date is longer; it keeps hostile text cheap
_STATUTES = frozenset({"statute", "bill", "public law", "joint resolution", "executive order", "resolution"})
_EFFECT_CLAUSE = re.compile(r"effective date|take effect|takes effect|operative|commencement", re.I)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that stand before a date and say which one it is."""

    kind: MilestoneKind
    pattern: re.Pattern[str]


@cache
def words() -> dict[str, object]:
    """Return the table of words, from ``words.toml``."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def triggers() -> tuple[Trigger, ...]:
    """Return the triggers, each compiled with the dates that may follow it."""
    rows, time = words()["trigger"], words()["time"]
    assert isinstance(rows, list)
    assert isinstance(time, dict)
    when = rf"(?:{DATE}|{_AFTER}|{_ON_EVENT})"
    return tuple(
        Trigger(MilestoneKind(row["kind"]), re.compile(before.replace("TIME", time["pattern"]) + when, re.I))
        for row in rows
        for before in row["before"]
    )


def to_date(match: re.Match[str] | None) -> date | None:
    """Return the date that *match* of DATE names; None when it names none."""
    if match is None or not match["month"]:
        return None
    month = next(i for i, name in enumerate(_MONTHS, 1) if name[:3].lower() == match["month"][:3].lower())
    try:
        return date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None


def milestones(extract: Extract, provisions: tuple[Provision, ...], hints: ReadingContext) -> list[Milestone]:
    """Return the dates of the text: stated as metadata, signed, published, and by its words."""
    milestones: list[Milestone] = list(extract.milestones) if isinstance(extract, AmericanExtract) else []
    kind = extract.type if isinstance(extract, AmericanExtract) else ""
    _add_publication(extract, hints, milestones)
    milestones.extend(_signatures(extract.front, kind))
    milestones.extend(_day_of_order(extract.front, kind, milestones))
    for note in extract.notes:
        if note.name == "dates":
            milestones.extend(_in_words(note.text, provisions, milestones))
    if not any(note.name == "dates" for note in extract.notes):
        milestones.extend(_in_text(provisions, kind, milestones))
    if kind == "executive order" and not any(m.kind is M.IN_FORCE for m in milestones):
        milestones.extend(
            Milestone(M.IN_FORCE, m.on, m.basis, formula="issued") for m in milestones if m.kind is M.ISSUED
        )
    return _distinct(milestones)


def _add_publication(extract: Extract, hints: ReadingContext, milestones: list[Milestone]) -> None:
    on = extract.published_on or hints.published_on
    if on and not any(m.kind is M.PUBLISHED for m in milestones):
        milestones.append(Milestone(M.PUBLISHED, on, f"published {on.isoformat()}"))


def _signatures(front: Iterable[Note], kind: str) -> Iterator[Milestone]:
    """Yield the date below the signature or behind "Dated:"; "Approved …" of a law is its adoption."""
    for note in front:
        if note.name != "conclusions":
            continue
        for line in note.text.splitlines():
            match = _SIGNATURE.search(line.strip())
            if match and kind not in {"bill", "joint resolution", "resolution"}:
                yield Milestone(M.ISSUED, to_date(match), line.strip())
            approval = re.search(rf"\bApproved\b[^.]{{0,20}}?{DATE}", line, re.I)
            if approval:
                yield Milestone(M.ADOPTED, to_date(approval), approval[0])


def _day_of_order(front: Iterable[Note], kind: str, earlier: list[Milestone]) -> list[Milestone]:
    """Return the day an order was made, from its heading ("Executive Order 14110 of …") or a line that is a date."""
    if kind != "executive order" or any(m.kind is M.ISSUED for m in earlier):
        return []
    lines = (line.strip() for note in front if note.name == "preface" for line in note.text.splitlines())
    days = (Milestone(M.ISSUED, to_date(match), line) for line in lines if (match := _ORDER_DAY.fullmatch(line)))
    return list(days)[:1]


def _in_words(text: str, provisions: tuple[Provision, ...], earlier: list[Milestone]) -> Iterator[Milestone]:
    """Yield the dates of a DATES paragraph, less those that it says of another rule."""
    for sentence in filter(_DATE.search, sentences(text)):
        rule, *exceptions = _EXCEPTION.split(sentence, maxsplit=1)
        own = rule if exceptions and _DELAY.search(exceptions[0]) else sentence
        if ";" in own and _DELAY.search(own):  # "instruction 2 is effective May 1, 2031; instruction 3 is delayed"
            own = ";".join(clause for clause in own.split(";") if not _DELAY.search(clause))
        if not _DELAY.search(own):
            yield from (replace(m, basis=sentence.strip()) for m in _of_sentence(own, earlier, None, provisions))
            yield from _compliance(own)


def _compliance(sentence: str) -> Iterator[Milestone]:
    """Yield each date of a sentence that lists from when whom a rule binds: "Compliance dates: For banks, May 1, …"."""
    if _COMPLIANCE.search(sentence):
        for clause in sentence.split(";"):
            yield from (Milestone(M.APPLIES, to_date(match), clause.strip()) for match in _A_DATE.finditer(clause))


def _of_sentence(
    sentence: str, earlier: list[Milestone], eid: str | None, provisions: tuple[Provision, ...] = ()
) -> list[Milestone]:
    spans: list[tuple[int, int]] = []
    milestones: list[Milestone] = []
    for trigger in triggers():
        for match in trigger.pattern.finditer(sentence[:_LONGEST]):
            span = (match.end() - 1, match.end())
            if any(a < span[1] and span[0] < b for a, b in spans):
                continue
            spans.append(match.span())
            place = eid or _named_section(sentence[: match.end()], provisions)
            milestones.append(_milestone(trigger.kind, match, sentence.strip(), earlier, place))
    return milestones


def _milestone(
    kind: MilestoneKind, match: re.Match[str], basis: str, earlier: list[Milestone], eid: str | None
) -> Milestone:
    event = match["event"] or match["event2"]  # "60 days after publication", "upon publication"
    if not event:
        return Milestone(kind, to_date(match), basis, eid)
    name, start = _EVENTS.get(event.lower(), _EVENTS["enactment"])  # "after it shall have become a law"
    if not match["amount"]:
        return Milestone(kind, next((m.on for m in earlier if m.kind is start), None), basis, eid, name)
    raw = match["amount"].lower()
    amount = int(raw) if raw.isdigit() else _NUMBER_WORDS[raw]
    unit = match["unit"][0].upper()
    began = next((m.on for m in earlier if m.kind is start), None)
    on = began + timedelta(days=amount) if began and unit == "D" else None
    return Milestone(kind, on, basis, eid, f"{name} + P{amount}{unit}")


def _named_section(sentence: str, provisions: tuple[Provision, ...]) -> str | None:
    """Return the section that a sentence of DATES singles out: "except § 12.4, which is effective …"."""
    sections = list(_SECTION.finditer(sentence))
    single = _SINGLES_OUT.search(sentence)
    if not sections or single is None or sections[-1].start() < single.start():
        return None
    number = sections[-1][1].lower()
    return next((p.eid for root in provisions for p in root.walk() if p.number == number), None)


def _in_text(provisions: tuple[Provision, ...], kind: str, earlier: list[Milestone]) -> Iterator[Milestone]:
    """Dates of commencement and application that the provisions themselves state, once per section."""
    for unit in provisions:
        for provision in unit.walk():
            text = f"{provision.heading} {provision.text}"
            clause = _EFFECT_CLAUSE.search(text) is not None
            if not (clause or kind in _STATUTES):
                continue
            for sentence in filter(_DATE.search, sentences(provision.text)):
                for milestone in _of_sentence(sentence, earlier, provision.eid):
                    if milestone.kind in {M.COMMENTS_DUE, M.REPEALED} or (milestone.kind is M.IN_FORCE and not clause):
                        continue
                    yield milestone


def _distinct(milestones: Iterable[Milestone]) -> list[Milestone]:
    distinct: dict[tuple[MilestoneKind, date | None, str | None, str | None], Milestone] = {}
    for milestone in milestones:
        unit = (milestone.eid or "").split("__")[0] or None
        distinct.setdefault((milestone.kind, milestone.on, unit, milestone.formula), milestone)
    return list(distinct.values())
