"""What happened, as feeds and as a calendar that other programs read: over the web, or written as files."""

from tracker.feeds.entries import entries_of
from tracker.feeds.feed_formats import FORMS, atom, json_feed, publish
from tracker.feeds.files import write_all
from tracker.feeds.scopes import ALL_SCOPE, Scope, scopes

__all__ = [
    "ALL_SCOPE",
    "FORMS",
    "Scope",
    "atom",
    "entries_of",
    "json_feed",
    "publish",
    "scopes",
    "write_all",
]
