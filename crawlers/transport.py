"""What a failed transfer is called."""

from __future__ import annotations

from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from twisted.internet.error import TimeoutError as ConnectTimeoutError

from crawlers.causes import Cause
from crawlers.errors import NotAskedError

_CAUSES: tuple[tuple[tuple[type[BaseException], ...], Cause], ...] = (
    ((DownloadTimeoutError, ConnectTimeoutError, TimeoutError), Cause.TIMED_OUT),
    ((DownloadCancelledError,), Cause.TOO_LARGE),
    ((IgnoreRequest,), Cause.NOT_TAKEN),  # redirected for ever, or larger than allowed once decompressed
)
_LONGEST = 500


def cause_of(error: BaseException | None) -> Cause:
    """Return the label of what went wrong between us and a server."""
    if isinstance(error, NotAskedError):
        return error.cause
    return next((cause for kinds, cause in _CAUSES if isinstance(error, kinds)), Cause.UNREACHABLE)


def words_of(error: BaseException | None, url: str) -> str:
    """Return one line about what went wrong, with the address."""
    return str(error) if isinstance(error, NotAskedError) else f"{url}: {type(error).__name__}: {error}"[:_LONGEST]
