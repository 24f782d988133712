"""Drift: what became of a pinned provision: reworded, renumbered, repealed, gone, or about to change. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.lockfile.pins import Pin


class DriftKind(StrEnum):
    """How a provision is no longer, or will no longer be, what was cited."""

    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    REPEALED = "repealed"
    GONE = "gone"
    PENDING_CHANGE = "pending_change"
    NOT_WATCHED = "not_watched"


@dataclass(frozen=True, slots=True)
class PendingChange:
    """An act that will change a provision, or that took effect and is not yet in the text that is watched."""

    by: str
    title: str
    on: date | None
    what: str


@dataclass(frozen=True, slots=True)
class PinnedLaw:
    """What is known now of a pinned provision; ``eid`` is None when the version that stands has it no more.

    ``is_unchanged`` says that the words are the same as when they were pinned, whatever the hash says.
    """

    version: str | None = None
    eid: str | None = None
    citation: str = ""
    sha256: str = ""
    text: str = ""
    old_text: str = ""
    is_unchanged: bool = False
    is_struck: bool = False
    repealed_on: date | None = None
    repealed_by: str = ""
    pending: tuple[PendingChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """One way in which a pin no longer holds, in one sentence, with both texts when the words differ."""

    kind: DriftKind
    pin: Pin
    text: str
    old_text: str = ""
    new_text: str = ""
    new_eid: str | None = None
    new_citation: str = ""
    on: date | None = None


def drifts_of(pin: Pin, law: PinnedLaw, today: date) -> list[Drift]:
    """Return every way in which *pin* no longer holds; none when the provision says what it said under its number."""
    return list(_drifts(pin, law, today))


def _drifts(pin: Pin, law: PinnedLaw, today: date) -> Iterator[Drift]:
    if law.version is None:
        yield Drift(DriftKind.NOT_WATCHED, pin, f"nothing is known of {pin.instrument} in {pin.language}")
        return
    if law.repealed_on is not None and law.repealed_on <= today:
        by = f" by {law.repealed_by}" if law.repealed_by else ""
        yield Drift(DriftKind.REPEALED, pin, f"the act is repealed since {law.repealed_on}{by}", on=law.repealed_on)
    elif law.repealed_on is not None:
        text = f"the act will be repealed on {law.repealed_on}"
        yield Drift(DriftKind.PENDING_CHANGE, pin, text, on=law.repealed_on)
    if law.eid is None:
        yield Drift(DriftKind.GONE, pin, f"{pin.citation or pin.eid} is not in {law.version} any more", law.old_text)
        return
    yield from _in_the_text(pin, law)
    for change in law.pending:
        yield Drift(DriftKind.PENDING_CHANGE, pin, _sentence(change, today), new_eid=law.eid, on=change.on)


def _in_the_text(pin: Pin, law: PinnedLaw) -> Iterator[Drift]:
    if law.eid != pin.eid:
        text = f"it is {law.citation or law.eid} now"
        yield Drift(DriftKind.RENUMBERED, pin, text, new_eid=law.eid, new_citation=law.citation)
    if law.sha256 == pin.sha256 or law.is_unchanged:
        return
    kind = DriftKind.REPEALED if law.is_struck else DriftKind.REWORDED
    text = "only the note of its repeal is left" if law.is_struck else f"it is worded otherwise in {law.version}"
    yield Drift(kind, pin, text, law.old_text, law.text, law.eid, law.citation)


def _sentence(change: PendingChange, today: date) -> str:
    if change.on is None:
        when = "on a day that is not known"
    elif change.on <= today:
        when = f"since {change.on}, which the text watched does not show yet"
    else:
        when = f"on {change.on}"
    return f"{change.title or change.by} changes it {when}: {change.what}"
