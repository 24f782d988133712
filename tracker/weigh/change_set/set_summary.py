"""A change set in one to three sentences made of its claims, the most important first: a mail's first line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from storage.records import AmendingAct, Change, ChangeKind, Claim, ClaimKind, Comparison, DateChange, Weight
from tracker.weigh.explain import own_words
from tracker.weigh.sentences import rank, sentence
from tracker.weigh.weights import ORDER

_MOST = 3  # claims told
_LONGEST = 170  # characters of one claim; a longer one is told by its place alone
_DULL = {ClaimKind.REWORDED, ClaimKind.RECAST, ClaimKind.WORDS_MOVED}
_NAMES = {
    "applies": "Application",
    "in_force": "Entry into force",
    "comments_due": "End of comments",
    "repealed": "Repeal",
}
_MONTHS = "January February March April May June July August September October November December".split()
_MOVES = {"postponed": "postponed", "brought_forward": "brought forward"}


def set_summary(comparison: Comparison) -> str:
    """Return what a change set says, in one to three sentences; nothing when nothing changed."""
    if comparison.replaced:
        return "The new text replaces the old one."
    parts = [*_dates(comparison.dates), *_claims(comparison.changes)][:_MOST]
    if not parts:
        return _counts(comparison)
    rest = len({(c.old_unit, c.new_unit) for c in comparison.changes}) - len(parts)
    text = "; ".join([parts[0], *(part[0].lower() + part[1:] for part in parts[1:])])
    more = f"; and {rest} more" if rest > 0 and len(parts) == _MOST else ""
    return f"{text}{more}. {_effect(comparison)}"


def _effect(comparison: Comparison) -> str:
    on = comparison.effect.on
    by = comparison.amended_by
    act = f"{_act_sentence(by)}. " if by and by.title and len(by.title) <= _LONGEST else ""
    return f"{act}Takes effect: {_day(on) if on else 'not stated'}."


def _act_sentence(act: AmendingAct) -> str:
    others = f" and {act.others} earlier act{'s' if act.others > 1 else ''}" if act.others else ""
    return f"{'Corrected' if act.is_corrigendum else 'Amended'} by {act.title.rstrip('.')}{others}"


def _dates(rows: Iterable[DateChange]) -> Iterator[str]:
    for row in rows:
        if row.move in _MOVES:
            about = f" for {row.scope}" if row.scope else ""
            yield f"{_NAMES.get(row.kind, row.kind)} {_MOVES[row.move]} from {_day(row.old)} to {_day(row.new)}{about}"


def _day(on: date | None) -> str:
    """Return a day in words, the same on every machine."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}" if on else "an open date"


def _claims(changes: Iterable[Change]) -> Iterator[str]:
    items = [(change, claim) for change in changes for claim in change.claims if claim.claim not in _DULL]
    visits: set[str] = set()
    for change, claim in sorted(items, key=_order):
        text = _place(change, sentence(claim))
        if text and text not in visits:
            visits.add(text)
            yield text
    units = [c for c in changes if c.kind in (ChangeKind.ADDED, ChangeKind.REMOVED) and not c.claims]
    for change in units:
        yield f"{change.new_citation or change.old_citation} {change.kind.value}{own_words(change)}"


def _order(item: tuple[Change, Claim]) -> tuple[int, int]:
    change, claim = item
    return ORDER.index(change.weight), rank(claim)


def _place(change: Change, text: str) -> str:
    place = change.new_citation or change.old_citation
    if not text or not place:
        return text
    return f"{text} ({place})" if len(text) <= _LONGEST else f"{place} changed"


def _counts(comparison: Comparison) -> str:
    told_changes = [
        c for c in comparison.changes if c.weight is not Weight.REFERENCE and c.kind is not ChangeKind.RENUMBERED
    ]
    if not comparison.changes:
        return ""
    if not told_changes:
        return "Only numbers and references follow."
    places = list(dict.fromkeys(c.new_citation or c.old_citation for c in told_changes))
    place_names = ", ".join(places[:_MOST]) + (f" and {len(places) - _MOST} more" if len(places) > _MOST else "")
    recast = all(claim.claim is ClaimKind.RECAST for change in told_changes for claim in change.claims)
    return f"{'The same words, otherwise set' if recast else 'Reworded'}: {place_names}. {_effect(comparison)}"
