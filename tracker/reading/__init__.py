"""READ. Bytes become blocks, blocks become provisions and facts; pure: no clock, network, database or log."""

from tracker.reading.errors import ReadingError, RefusedError
from tracker.reading.read import READER, read

__all__ = ["READER", "ReadingError", "RefusedError", "read"]
