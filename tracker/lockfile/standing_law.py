"""What is known now of each pinned provision, from the database alone: no network, one reading of each version."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlite_utils import Database

from storage import changes, milestones, relations, versions
from storage.records import ChangeKind, MilestoneKind, Provision, Reading, RelationKind, ReviewState, Version
from tracker.lockfile.cited_places import words_table
from tracker.lockfile.drift import PendingChange, PinnedLaw
from tracker.lockfile.fingerprint import fingerprint, words_of
from tracker.lockfile.pending_law import pending_changes
from tracker.lockfile.pins import Pin

_EDGES = re.compile(r"[\s\[\]()（）【】.。,;*—–-]+")


class StandingLaw:
    """The law as it stands, for looking up many pins; what one pin has opened the next one finds open."""

    def __init__(self, db: Database, today: date) -> None:
        self._db, self._today = db, today
        self._standing: dict[tuple[str, str], Version | None] = {}
        self._readings: dict[str, Reading | None] = {}
        self._places: dict[str, dict[str, Provision]] = {}
        self._pending: dict[tuple[str, str], list[tuple[PendingChange, frozenset[str] | None]]] = {}
        self._repeals: dict[str, tuple[date | None, str]] = {}

    def of_pin(self, pin: Pin) -> PinnedLaw:
        """Return what is known now of the provision that *pin* is about."""
        standing = self.standing(pin.instrument, pin.language)
        if standing is None:
            return PinnedLaw()
        repealed_on, repealed_by = self._repeal(pin.instrument)
        now = self._find(standing, pin)
        if now is None:
            old = self._old_text(pin)
            return PinnedLaw(standing.id, old_text=old, repealed_on=repealed_on, repealed_by=repealed_by)
        sha256 = fingerprint(now)
        same = sha256 == pin.sha256 or self._is_unchanged(pin, standing, sha256)
        return PinnedLaw(
            version=standing.id,
            eid=now.eid,
            citation=now.citation or now.label,
            sha256=sha256,
            text="" if same else words_of(now),
            old_text="" if same else self._old_text(pin),
            is_unchanged=same,
            is_struck=is_struck(now),
            repealed_on=repealed_on,
            repealed_by=repealed_by,
            pending=tuple(self._pending_of(standing, now)),
        )

    def pin_again(self, pin: Pin) -> Pin:
        """Return *pin* as its provision stands now; as it was when the law has it no more."""
        standing = self.standing(pin.instrument, pin.language)
        now = self._find(standing, pin) if standing else None
        if standing is None or now is None:
            return pin
        law = self.of_pin(pin)
        if law.is_unchanged and now.eid == pin.eid:
            return pin
        citation = now.citation or now.label
        reference = pin.reference.replace(pin.citation, citation) if pin.citation else pin.reference
        sha256 = fingerprint(now)
        return replace(pin, reference=reference, version=standing.id, eid=now.eid, pid=now.pid, citation=citation,
                       sha256=sha256)  # fmt: skip

    def standing(self, instrument: str, language: str) -> Version | None:
        """Return the newest confirmed version of an instrument in one language, if there is one."""
        key = (instrument, language)
        if key not in self._standing:
            newest = versions.find_latest(self._db, instrument, language=language, standing=ReviewState.CONFIRMED)
            self._standing[key] = newest
            if newest is not None:
                self._readings[newest.id] = newest.reading
        return self._standing[key]

    def _find(self, standing: Version, pin: Pin) -> Provision | None:
        """Return the pinned provision in the version that stands: by its persistent id, else by number and words.

        Persistent ids are a home's own: a pin that another home made is followed by its words, else by its number.
        """
        places = self._provisions(standing.id)
        old = self._provisions(pin.version).get(pin.eid)
        if pin.pid and old is not None and old.pid == pin.pid:
            return places.get(f"pid:{pin.pid}") or (places.get(pin.eid) if standing.id == pin.version else None)
        by_number = places.get(pin.eid)
        if by_number is not None and fingerprint(by_number) == pin.sha256:
            return by_number
        alike = [piece for piece in standing.reading.walk() if fingerprint(piece) == pin.sha256]
        return alike[0] if len(alike) == 1 else by_number

    def _provisions(self, version_id: str) -> dict[str, Provision]:
        if version_id not in self._places:
            reading = self._reading(version_id)
            walk = list(reading.walk()) if reading else []
            by_pid = {f"pid:{piece.pid}": piece for piece in walk if piece.pid}
            self._places[version_id] = by_pid | {piece.eid: piece for piece in walk}
        return self._places[version_id]

    def _reading(self, version_id: str) -> Reading | None:
        if version_id not in self._readings:
            version = versions.find(self._db, version_id)
            self._readings[version_id] = version.reading if version else None
        return self._readings[version_id]

    def _old(self, pin: Pin) -> Provision | None:
        places = self._provisions(pin.version)
        return places.get(f"pid:{pin.pid}") or places.get(pin.eid)

    def _old_text(self, pin: Pin) -> str:
        old = self._old(pin)
        return words_of(old) if old else ""

    def _is_unchanged(self, pin: Pin, standing: Version, sha256: str) -> bool:
        """Return whether only our reading differs: the same version, the same words read again, or no change noted."""
        if standing.id == pin.version:
            return True
        old = self._old(pin)
        return old is not None and (fingerprint(old) == sha256 or self._no_change_noted(pin, standing.id))

    def _no_change_noted(self, pin: Pin, newest_id: str) -> bool:
        """Return whether the comparisons from the pinned version to the one that stands leave it as it was."""
        by_old = {row.old: row for row in changes.of_instrument(self._db, pin.instrument)}
        version_id = pin.version
        while version_id != newest_id:
            row = by_old.pop(version_id, None)
            if row is None or self._is_touched(row.id, pin, row.old, row.new):
                return False
            version_id = row.new
        return True

    def _is_touched(self, set_id: int, pin: Pin, old_id: str, new_id: str) -> bool:
        key = f"pid:{pin.pid}"
        ends = [places[key].eid if key in places else pin.eid for places in map(self._provisions, (old_id, new_id))]
        for change in changes.of_set(self._db, set_id):
            if change.kind is ChangeKind.RENUMBERED:
                continue
            for eid, own in zip((change.old_eid, change.new_eid), ends, strict=True):
                if eid and (eid == own or eid.startswith(f"{own}__") or own.startswith(f"{eid}__")):
                    return True
        return False

    def _repeal(self, instrument: str) -> tuple[date | None, str]:
        if instrument not in self._repeals:
            days = [m.on for m in milestones.of_instrument(self._db, instrument)
                    if m.kind is MilestoneKind.REPEALED and m.on and not m.superseded_by]  # fmt: skip
            rows = [row for row in relations.about_instrument(self._db, instrument) if row.kind is RelationKind.REPEALS]
            days += [row.on for row in rows if row.on and row.eid is None]
            self._repeals[instrument] = min(days, default=None), rows[0].instrument_id if rows else ""
        return self._repeals[instrument]

    def _pending_of(self, standing: Version, now: Provision) -> Iterable[PendingChange]:
        key = (standing.instrument_id, standing.language)
        if key not in self._pending:
            self._pending[key] = list(pending_changes(self._db, standing))
        for change, eids in self._pending[key]:
            if eids is not None and any(_overlap(eid, now.eid) for eid in eids):
                yield change

    def open_acts(self) -> list[PendingChange]:
        """Return the pending acts of which it is not known what they change; for people, no drift of any pin."""
        return [change for rows in self._pending.values() for change, eids in rows if eids is None]


def is_struck(provision: Provision) -> bool:
    """Return whether all that is left of a provision is that it was taken out: "[Reserved]", （删除）."""
    words = [word.casefold() for word in words_table()["struck"]["words"]]
    all_texts = [_EDGES.sub(" ", f"{piece.heading} {piece.text}").strip().casefold() for piece in provision.walk()]
    texts = [text for text in all_texts if text]
    return len(texts) == 1 and len(texts[0]) < 40 and any(text in words for text in texts[0].split())


def _overlap(eid: str, own: str) -> bool:
    return eid == own or eid.startswith(f"{own}__") or own.startswith(f"{eid}__")
