"""What a change means in law: claims held against both texts, tags, weight, plain sentences. Pure."""

from tracker.weigh.change_set.date_changes import moved_dates
from tracker.weigh.weigh_comparison import weigh

__all__ = ["moved_dates", "weigh"]
