"""Two versions become aligned provisions and redlines: what changed, no more and no less. Pure."""

from tracker.compare.comparing import compare
from tracker.compare.errors import CompareError
from tracker.compare.front import front_changes

__all__ = ["CompareError", "compare", "front_changes"]
