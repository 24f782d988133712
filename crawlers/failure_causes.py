"""Why a look at a page failed: a closed list, each with the stage that its Problem belongs to."""

from __future__ import annotations

from enum import StrEnum

from storage.records import Stage


class Cause(StrEnum):
    """The label of a failed look; it stands in the check and in the Problem."""

    NO_CONTACT = "no contact"
    NO_BROWSER = "no browser"
    ROBOTS = "robots.txt"
    PRIVATE_ADDRESS = "private address"
    FORBIDDEN_PORT = "port not allowed"
    BACK_OFF = "asked to wait"
    CLOCK = "clock"
    UNREACHABLE = "unreachable"
    NO_SUCH_HOST = "no such host"
    TLS = "certificate or encryption"
    BROKEN_OFF = "connection broken off"
    TIMED_OUT = "timed out"
    TOO_LARGE = "too large"
    TOO_COSTLY = "too costly"
    REDIRECTS = "redirect loop"
    HTTP_STATUS = "http status"
    NOT_FETCHED = "not fetched"
    IMPORT_IN_PROGRESS = "import in progress"
    CHALLENGE = "challenge"
    EMPTY = "empty body"
    TRUNCATED = "truncated body"
    ELSEWHERE = "led to another site"
    WRONG_TYPE = "wrong media type"
    BLOCKED = "block notice"
    LOGIN = "login wall"
    MAINTENANCE = "maintenance notice"
    SOFT_404 = "not found notice"
    EMPTY_SHELL = "empty shell"
    OTHER_LANGUAGE = "another language"
    SHAPE_CHANGED = "shape changed"
    TOO_MANY_ITEMS = "too many items"
    TOO_FEW_ITEMS = "too few items"
    UNREADABLE = "unreadable answer"
    NOT_RENDERED = "not rendered"

    @property
    def stage(self) -> Stage:
        """Say whether nothing usable arrived (fetch) or something arrived that is not the page."""
        return Stage.FETCH if self in _FETCH else Stage.PAGE


_FETCH = frozenset(
    {
        Cause.NO_CONTACT,
        Cause.NO_BROWSER,
        Cause.ROBOTS,
        Cause.PRIVATE_ADDRESS,
        Cause.FORBIDDEN_PORT,
        Cause.BACK_OFF,
        Cause.CLOCK,
        Cause.UNREACHABLE,
        Cause.NO_SUCH_HOST,
        Cause.TLS,
        Cause.BROKEN_OFF,
        Cause.TIMED_OUT,
        Cause.TOO_LARGE,
        Cause.REDIRECTS,
        Cause.HTTP_STATUS,
        Cause.NOT_FETCHED,
        Cause.IMPORT_IN_PROGRESS,
    }
)


def stage_of(cause: str) -> Stage:
    """Return the stage of a stored label; one that no version of ours knows any more counts as fetching."""
    return Cause(cause).stage if cause in set(Cause) else Stage.FETCH
