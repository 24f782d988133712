"""A law through time: its own dates, what other acts did to it, and its draft or what became of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from storage import changes, events, instruments, relations
from storage.records import Event, EventKind, Milestone, Reading, Relation
from tracker.view_models.change_set_facts import Other, amending_act_of
from tracker.view_models.draft_lineage import DRAFT_SUFFIX
from tracker.view_models.provision_links import text_path
from tracker.wording.safe_links import official_url

_AMENDED, _EFFECT = "amended", "amendment takes effect"
_ACTS = {
    EventKind.AMENDING_ACT: _AMENDED,
    EventKind.WILL_CHANGE: _AMENDED,
    EventKind.CORRECTED: "corrected",
    EventKind.REPEALED: "repealed",
    EventKind.DATE_MOVED: "date moved",
}
_OWN_WORDS = "the page's own "  # a basis that begins so is ours, and no quotation


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline: a day, what happened on it, in which words it rests, and which act did it."""

    on: date | None
    what: str
    basis: str = ""
    is_quotation: bool = True
    eid: str | None = None
    formula: str = ""
    by: Other | None = None
    successor: Other | None = None
    set_id: int | None = None
    is_undated: bool = False  # an amendment that does not say from when it counts


def timeline_of(db: Database, instrument_id: str, days: Iterable[Milestone]) -> list[Moment]:
    """Return the moments of an instrument, oldest first, those without a day at the end."""
    moments = [_of_date(db, milestone) for milestone in days]
    start_days = {moment.on for moment in moments}
    amendments = list(_of_change_sets(db, instrument_id, start_days))
    titles = {moment.by.title for moment in amendments if moment.by}
    acts = (_of_act(db, event) for event in events.of_instrument(db, instrument_id))
    moments += [act for act in acts if act and not (act.what == _AMENDED and act.by and act.by.title in titles)]
    moments += amendments
    return sorted(moments, key=lambda milestone: (milestone.on is None, milestone.on or date.max))


def _of_change_sets(db: Database, instrument_id: str, start_days: set[date | None]) -> Iterator[Moment]:
    """Yield the amending act of each change set, and the day from which it counts, each once in whatever language."""
    once: set[tuple[str, object]] = set()
    for row in changes.of_instrument(db, instrument_id):
        facts = changes.facts_of_set(db, row.id)
        act, effect = facts.amended_by, facts.effect
        if act and (_AMENDED, act.number or act.title) not in once:
            once.add((_AMENDED, act.number or act.title))
            by = amending_act_of(db, act, instrument_id)
            has_no_day = effect.on is None
            yield Moment(act.on, _AMENDED, act.basis, by=by, set_id=row.id, is_undated=has_no_day)
        if effect.on and effect.on not in start_days and (_EFFECT, effect.on) not in once:
            once.add((_EFFECT, effect.on))
            yield Moment(effect.on, _EFFECT, effect.basis, set_id=row.id)


def stages_of(db: Database, instrument_id: str) -> list[tuple[str, Other]]:
    """Return what is known of the same rule at another stage: its draft, or what became of one."""
    if instrument_id.endswith(DRAFT_SUFFIX):
        candidates = (("Adopted as", instrument_id.removesuffix(DRAFT_SUFFIX)),)
    else:
        candidates = (("Draft", instrument_id + DRAFT_SUFFIX),)
    return [(words, other) for words, name in candidates if (other := _find_other(db, name))]


def relations_of(db: Database, instrument_id: str, reading: Reading) -> list[tuple[Relation, str]]:
    """Return what a text says about other acts, each with where that act is when we hold it."""
    if not reading.relations:
        return []
    targets = {(row.kind, row.target): row.target_id for row in relations.of_instrument(db, instrument_id)}
    once = {(relation.kind, relation.target): relation for relation in reversed(reading.relations)}
    pairs = [(relation, targets.get((relation.kind, relation.target))) for relation in reversed(once.values())]
    return [(relation, text_path(target) if target else "") for relation, target in pairs]


def _of_date(db: Database, day: Milestone) -> Moment:
    what = day.kind.value.replace("_", " ")
    successor = _find_other(db, day.superseded_by) or Other(day.superseded_by, "") if day.superseded_by else None
    is_quotation = not day.basis.startswith(_OWN_WORDS)
    return Moment(day.on, what, day.basis, is_quotation, day.eid, day.formula or "", successor=successor)


def _of_act(db: Database, event: Event) -> Moment | None:
    title = str(event.details.get("other_title") or "")
    if event.kind not in _ACTS or not title:
        return None
    instrument_id = instruments.id_by_title(db, title)
    address = text_path(instrument_id) if instrument_id else official_url(event.details.get("other_url"))
    basis = str(event.details.get("basis") or "")
    return Moment(event.at.date(), _ACTS[event.kind], basis, by=Other(title, address))


def _find_other(db: Database, instrument_id: str) -> Other | None:
    instrument = instruments.find(db, instrument_id)
    return Other(instrument.title, text_path(instrument_id)) if instrument else None
