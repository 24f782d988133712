"""READ. Bytes become blocks, blocks become provisions and facts; pure: no clock, network, database or log."""

from tracker.reading.errors import ReadingError, RefusedError
from tracker.reading.read import SELECTOR, read
from tracker.reading.reading_key import reading_key

__all__ = ["SELECTOR", "ReadingError", "RefusedError", "read", "reading_key"]
