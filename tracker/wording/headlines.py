"""What happened: in the few words a subject line has room for, and as the first sentence of a message."""

from __future__ import annotations

from datetime import date

from storage.records import Event, EventKind
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.phrases import day, day_of

K = EventKind


def headline(event: Event, counts: str, today: date, words: Labels = ENGLISH) -> str:
    """Return what happened; *counts* are the words for a change set."""
    due = event.on or day_of(event.details.get("comments_due"))
    variant = {K.DRAFT_OPENED: "_until" * bool(due), K.REPEALED: "_as_of" * bool(event.on)}.get(event.kind, "")
    variant = "_told" if event.details.get("retracted") else variant
    return words(
        f"headline.{event.kind.value}{variant}",
        counts=counts,
        on=day(due, words),
        milestone=milestone(event, words),
        when=_when(event.on, today, words),
        new=day(day_of(event.details.get("new")), words),
    )


def lead(event: Event, headline_words: str, today: date, *, other: str, authority: str, words: Labels = ENGLISH) -> str:
    """Return the sentence a message begins with, from its headline; *other* is the title of the other act."""
    old, due = day_of(event.details.get("old")), event.on or day_of(event.details.get("comments_due"))
    due = day_of(event.details.get("computed_on")) or due
    variant_end = "_named" * bool(other)
    variant = {
        K.NEW_INSTRUMENT: "" if authority else "_by_nobody",
        K.DRAFT_OPENED: "_until" * bool(due),
        K.DATE_NEAR: "" if event.on else "_open",
        K.DATE_MOVED: "_from" * bool(old),
        K.AMENDING_ACT: variant_end,
        K.CORRECTED: "_told" if event.details.get("retracted") else variant_end,
        K.REPEALED: "_as_of" * bool(event.on) + variant_end,
    }.get(event.kind, "")
    return words(
        f"lead.{event.kind.value}{variant}",
        headline=headline_words,
        authority=authority,
        other=other,
        on=day(due, words),
        milestone=milestone(event, words),
        when=_when(event.on, today, words),
        old=day(old, words),
        new=day(day_of(event.details.get("new")), words),
    )


def milestone(event: Event, words: Labels = ENGLISH) -> str:
    """Return which date an event is about."""
    label = f"milestone.{event.details.get('kind', '')}"
    return words(label if label in words.labels else "milestone.other")


def _when(on: date | None, today: date, words: Labels) -> str:
    if on is None:
        return words("when.open")
    days = (on - today).days
    label = {0: "today", 1: "tomorrow"}.get(days, "days" if days > 1 else "past")
    return words(f"when.{label}", n=days, on=day(on, words))
