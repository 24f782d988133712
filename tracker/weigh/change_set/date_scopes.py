"""What a legal date is about: the whole act, or the chapters, systems and persons its sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from storage.records import Milestone, MilestoneKind, Provision, Reading
from tracker.weigh.citations import LISTED
from tracker.weigh.likeness import share
from tracker.weigh.quantities.value import Sort, Value
from tracker.weigh.quantities.values import values
from tracker.weigh.quotable import quote
from tracker.weigh.words import Vocabulary, vocabulary

_SUBJECT = re.compile(
    r"^(?P<scope>.{2,260}?),?\s(?:(?:shall|will|does|do)\s(?:not\s)?)?(?:also\s)?(?:apply|applies|enters? into force|"
    r"takes? effect|comes? into (?:force|operation))\b"
    r"|^(?P<nl>.{2,260}?),?\s(?:is |zijn |worden |wordt )?van toepassing\b"
    r"|^(?P<fr>.{2,260}?)\s(?:s['’]appliquent?|(?:est|sont)\sapplicables?|entrent?\sen\svigueur)\b"
    r"|^(?P<de>.{2,260}?)\s(?:gilt|gelten)\b"
    r"|^(?P<zh>[^。；]{2,60}?)，?自.{4,24}起(?:施行|实施|生效|适用)",
    re.DOTALL,
)
_REGARDS = re.compile(
    r"\b(?:as regards|with regard to|in respect of|with respect to|for the purposes of|in relation to|wat betreft|"
    r"en ce qui concerne|in Bezug auf|hinsichtlich)\s(?P<scope>.{3,240}?)[.;]?\s*(?:;\s?and)?$",
    re.DOTALL,
)
_WHOLE = re.compile(
    r"^(?:it|they|this (?:regulation|directive|decision|act|law|part|section|title|order|rule)|"
    r"these (?:rules|regulations)|"
    r"the (?:act|regulation|directive|rules|regulations)|zij|deze (?:verordening|richtlijn)|elle|il|"
    r"(?:le|la) présente? \w+|sie|diese (?:verordnung|richtlinie)|本[\u3400-\u9fff]{1,6}|however,?\s?it)$",
    re.IGNORECASE,
)
_APPLIES = re.compile(
    r"\b(?:shall|will)?\s?appl(?:y|ies)\b|van toepassing|s['’]appliqu|\bgilt\b|\bgelten\b|施行|适用|enters? into force",
    re.I,
)
_AND_FROM = re.compile(
    r"[,;]?\s(?:and|et|en|und)?,?\s?"
    r"(?:from|on|as of|with effect from|à partir du|à compter du|met ingang van|vanaf|ab dem)?\s?$"
)
_AND_END = re.compile(r"[;,]?\s?(?:and|et|en|und|or|ou)?$")
_APART = re.compile(
    r"(?:with the exception of|except(?: for)?|à l['’]exception (?:de |des |du |d['’])|met uitzondering van|"
    r"mit Ausnahme)"
    r"\s?(?P<scope>.{3,200}?),?\s(?:which|qui|die|shall|(?:est|sont)\b|s['’]appliqu|applicable)",
    re.DOTALL | re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:however|by way of (?:derogation|exception)[^,]*|echter|toutefois|jedoch),?\s", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ScopedDate:
    """A legal date with what it is about; an empty scope is the whole act."""

    kind: MilestoneKind
    scope: str
    on: date | None
    eid: str | None
    basis: str


def scoped_milestones(milestones: Iterable[Milestone]) -> list[ScopedDate]:
    """Return the milestones that stand, each once, with their scopes."""
    items: dict[tuple[MilestoneKind, str, date | None], ScopedDate] = {}
    for milestone in milestones:
        if milestone.superseded_by is None:
            starts = milestone.kind in (MilestoneKind.APPLIES, MilestoneKind.IN_FORCE)
            about = _scope_of_day(milestone) if starts else ""
            row = ScopedDate(milestone.kind, about, milestone.on, milestone.eid, milestone.basis)
            items.setdefault((row.kind, row.scope, row.on), row)
    return list(items.values())


def _scope_of_day(milestone: Milestone) -> str:
    """Return what the day of a milestone is about where its sentence gives several: the exception has its own day."""
    if milestone.on is None:
        return scope_of(milestone.basis)
    days = [v for v in values(milestone.basis, vocabulary("en")) if v.sort is Sort.DATE] or _days(milestone.basis)
    own = next((v for v in days if v.normal == milestone.on.isoformat()), None)
    return _scope_among(milestone.basis, days, own) if own is not None else scope_of(milestone.basis)


def _scope_among(basis: str, days: list[Value], own: Value) -> str:
    """Return what one of several days of a sentence is about: from D1 as regards S1, and from D2 as regards S2."""
    if len(days) > 1:
        behind = basis[own.end : min((v.start for v in days if v.start > own.start), default=None)]
        regards = _REGARDS.search(_AND_FROM.sub("", " ".join(behind.split())))
        if regards:
            return quote(_AND_END.sub("", regards["scope"]), 120)
    if own is days[0]:
        return scope_of(basis)
    apart = _APART.search(basis[days[0].end : own.start])
    return quote(apart["scope"], 120) if apart else scope_of(basis)


def _days(basis: str) -> list[Value]:
    for language in ("fr", "de", "nl", "zh"):
        days = [v for v in values(basis, vocabulary(language)) if v.sort is Sort.DATE]
        if days:
            return days
    return []


def scoped_dates(reading: Reading) -> list[ScopedDate]:
    """Return the legal dates of *reading* with their scopes, those a list of the commencement clause gives included."""
    items = scoped_milestones(reading.dates)
    words = vocabulary(reading.language)
    units = {row.eid.split("__")[0] for row in items if row.eid and row.kind is MilestoneKind.APPLIES}
    statement = {(row.on, row.eid) for row in items}
    for provision in reading.walk():
        if provision.eid in units:
            for row in _dates_below(provision, "", words):
                if (row.on, row.eid) not in statement and all(row.on != other.on for other in items):
                    items.append(row)
    return items


def _dates_below(provision: Provision, above: str, words: Vocabulary) -> Iterator[ScopedDate]:
    """Yield dates below a commencement clause; a point takes its subject from the words above it."""
    own = f"{above} {provision.text}".strip() if not _APPLIES.search(provision.text) else provision.text
    days = [value for value in values(provision.text, words) if value.sort is Sort.DATE]
    for value in days if _APPLIES.search(own) else ():
        if value.normal[:1].isdigit():
            about = _scope_among(provision.text, days, value) or scope_of(own)
            yield ScopedDate(
                MilestoneKind.APPLIES, about, date.fromisoformat(value.normal), provision.eid, provision.text
            )
    for child in provision.children:
        yield from _dates_below(child, provision.text or above, words)


def scope_of(basis: str) -> str:
    """Return what a sentence of commencement is about, or nothing when it is the whole act."""
    text = " ".join(basis.split())
    regards = _REGARDS.search(text)
    if regards:
        return quote(_AND_END.sub("", regards["scope"]), 120)
    bare = _LEAD_IN.sub("", text)
    subject = _SUBJECT.match(bare)
    if subject is None:
        return ""
    scope = next(part for part in subject.groups() if part is not None).strip(" ,，")
    return "" if _WHOLE.match(scope) else quote(scope, 120)


def closeness(a: ScopedDate, b: ScopedDate) -> float:
    """Return how surely two scopes are one: 1 for the same words, less for shared references and words."""
    if a.scope.lower() == b.scope.lower():
        return 1.0
    if not a.scope or not b.scope:
        return 0.0
    references = _references(a.scope), _references(b.scope)
    common = bool(references[0] & references[1])
    alike = share(a.scope, b.scope)
    return max(0.9 * alike, 0.6 if common and len(references[0]) == 1 else 0.0)


def _references(scope: str) -> set[str]:
    return {"".join(hit[0].lower().split()) for hit in LISTED.finditer(scope)}
