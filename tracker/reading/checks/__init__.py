"""Refuse silence: hold a reading against what its page prints, counts and says of itself, without the readers."""

from tracker.reading.checks.evidence import Evidence, gather
from tracker.reading.checks.verdict import check_reading, flaws_of

__all__ = ["Evidence", "check_reading", "flaws_of", "gather"]
