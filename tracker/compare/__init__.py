"""Two versions become aligned provisions and redlines: what changed, no more and no less. Pure."""

from tracker.compare.compare_readings import compare
from tracker.compare.errors import CompareError
from tracker.compare.front_matter import front_changes

__all__ = ["CompareError", "compare", "front_changes"]
