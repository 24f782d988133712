"""When to retry after a failed look: soon, then later each time, up to what the declaration names."""

from __future__ import annotations

from datetime import timedelta

from crawlers.failure_causes import Cause, stage_of
from storage.records import CheckHistory, Stage

_FIRST = {
    Stage.FETCH: timedelta(minutes=15),  # most servers are back soon
    Stage.PAGE: timedelta(hours=2),  # a challenge or a notice that somebody put there
}
_PERMANENT_CAUSES = {Cause.ROBOTS, Cause.PRIVATE_ADDRESS, Cause.TOO_LARGE}
_TRANSIENT_STATUSES = {408, 425, 429}
"""What a server says of the moment and not of the page (RFC 9110 and its kin); so does all from 500 on."""
_MOST_DOUBLED = 16


def wait_after(rhythm: CheckHistory, longest_wait: timedelta) -> timedelta:
    """Return how long to wait after the last of so many failed looks; *longest_wait* is the longest."""
    is_permanent = rhythm.cause in _PERMANENT_CAUSES or (
        rhythm.status is not None and 400 <= rhythm.status < 500 and rhythm.status not in _TRANSIENT_STATUSES
    )
    first = longest_wait if is_permanent else _FIRST[stage_of(rhythm.cause)]
    factor: int = 2 ** min(rhythm.failures - 1, _MOST_DOUBLED)
    return min(longest_wait, first * factor)
