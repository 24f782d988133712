"""What a change means in law: tags over the edit, weight by tag and place, one plain sentence. Pure."""

from tracker.weigh.dates import moved
from tracker.weigh.weighing import weigh

__all__ = ["moved", "weigh"]
