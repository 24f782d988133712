"""What a change means in law: tags over the edit, weight by tag and place, one plain sentence. Pure."""

from tracker.weigh.date_changes import moved
from tracker.weigh.weigh_comparison import weigh

__all__ = ["moved", "weigh"]
