"""What a failed transfer is called."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from gzip import BadGzipFile

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from service_identity import VerificationError
from twisted.internet.error import TimeoutError as ConnectTimeoutError

from crawlers.errors import NotAskedError, UnusablePageError
from crawlers.failure_causes import Cause

# the first that fits; an error is known by itself or by what it says it comes from
_CAUSES: tuple[tuple[tuple[type[BaseException], ...], Cause], ...] = (
    ((DownloadTimeoutError, ConnectTimeoutError, TimeoutError), Cause.TIMED_OUT),
    ((DownloadCancelledError, IgnoreRequest), Cause.TOO_LARGE),  # as it arrives, or once decompressed
    ((CannotResolveHostError,), Cause.NO_SUCH_HOST),
    ((SSL.ZeroReturnError, SSL.SysCallError), Cause.BROKEN_OFF),  # no fault of the encryption
    ((SSL.Error, VerificationError), Cause.TLS),
    ((EOFError, BadGzipFile, zlib.error), Cause.TRUNCATED),  # nothing of what was compressed can be had
    ((DownloadFailedError,), Cause.BROKEN_OFF),
)
_OWN_ERRORS = (NotAskedError, UnusablePageError)
_LONGEST = 500
_DEEPEST = 5


def cause_of(error: BaseException | None) -> Cause:
    """Return the label of what went wrong between us and a server."""
    if isinstance(error, _OWN_ERRORS):
        return error.cause
    chain = list(_chain(error, _DEEPEST))
    return next(
        (cause for kinds, cause in _CAUSES if any(isinstance(link, kinds) for link in chain)), Cause.UNREACHABLE
    )


def words_of(error: BaseException | None, url: str) -> str:
    """Return one line about what went wrong, with the address."""
    return str(error) if isinstance(error, _OWN_ERRORS) else f"{url}: {type(error).__name__}: {error}"[:_LONGEST]


def _chain(error: BaseException | None, deep: int) -> Iterator[BaseException]:
    """Yield an error, what it was raised from, and the reasons that Twisted gives for it."""
    if error is None or not deep:
        return
    yield error
    for reason in (error.__cause__, *(body.value for body in getattr(error, "reasons", None) or ())):
        yield from _chain(reason, deep - 1)
