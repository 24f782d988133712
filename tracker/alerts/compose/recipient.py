"""A reader, as far as a message differs: which day it is where they are, and their language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from storage.records import Subscriber
from tracker.alerts.periods import local_day
from tracker.wording.labels import Labels, words


@dataclass(frozen=True, slots=True)
class Recipient:
    """What many readers share: a message is printed once for all who are alike in this."""

    today: date
    language: str = "en"

    @property
    def words(self) -> Labels:
        """Return the labels in the reader's language."""
        return words(self.language)


def reader_of(subscriber: Subscriber, now: datetime) -> Recipient:
    """Return what a message to *subscriber* depends on."""
    return Recipient(local_day(subscriber.timezone, now), subscriber.language)
