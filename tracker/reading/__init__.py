"""READ. Bytes become blocks, blocks become provisions and facts; pure: no clock, network, database or log."""

from tracker.reading.errors import ReadingError, RefusedError
from tracker.reading.read import READER, SELECTOR, read, reader_of

__all__ = ["READER", "SELECTOR", "ReadingError", "RefusedError", "read", "reader_of"]
