"""What happened, in the few words a subject line has room for."""

from __future__ import annotations

from datetime import date

from storage.records import Event, EventKind
from tracker.telling.wording import day, day_of

_PHRASES = {
    EventKind.NEW_INSTRUMENT: "newly published",
    EventKind.NEW_VERSION: "{counts}",
    EventKind.DRAFT_OPENED: "draft open for comment{until}",
    EventKind.DATE_NEAR: "{milestone} {when}",
    EventKind.DATE_MOVED: "{milestone} moved to {new}",
    EventKind.AMENDING_ACT: "amending act published",
    EventKind.REPEALED: "repealed{as_of}",
    EventKind.CORRECTED: "correction published",
    EventKind.REVERSED: "earlier change taken back",
}
_MILESTONES = {
    "in_force": "date of entry into force",
    "applies": "date of application",
    "comments_due": "comment deadline",
    "repealed": "date of repeal",
}


def headline(event: Event, counts: str, today: date) -> str:
    """Return what happened; *counts* are the words for a change set."""
    due = event.on or day_of(event.details.get("comments_due"))
    return _PHRASES[event.kind].format(
        counts=counts,
        until=f" until {day(due)}" if due else "",
        as_of=f" as of {day(event.on)}" if event.on else "",
        milestone=milestone(event),
        when=_when(event.on, today),
        new=day(day_of(event.details.get("new"))),
    )


def milestone(event: Event) -> str:
    """Return which date an event is about."""
    return _MILESTONES.get(str(event.details.get("kind", "")), "date")


def _when(on: date | None, today: date) -> str:
    if on is None:
        return "is near"
    days = (on - today).days
    near = {0: ", today", 1: ", tomorrow"}.get(days, f", in {days} days" if days > 1 else "")
    return f"{day(on)}{near}"
