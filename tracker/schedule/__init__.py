"""When to look at what: pure, from the declarations, what is remembered of past looks, and what each host asks for."""

from tracker.schedule.due import Schedule, due
from tracker.schedule.host_budget import HostBudget
from tracker.schedule.rates import MEMORY
from tracker.schedule.silence import is_watched, longest_silence, silent

__all__ = ["MEMORY", "HostBudget", "Schedule", "due", "is_watched", "longest_silence", "silent"]
