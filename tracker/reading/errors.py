"""What reading refuses outright."""

from tracker.errors import ClausewatchError


class ReadingError(ClausewatchError):
    """Base of all errors of reading."""


class ReadingDefectError(ReadingError):
    """Reading failed as it never should, in the child process; the message is its traceback."""


class RefusedError(ReadingError):
    """The bytes are nothing we read: empty, over the limit, or of no known format.

    Raised by :func:`tracker.reading.read`; the command line ends with status 2, a round records a Problem.
    """
