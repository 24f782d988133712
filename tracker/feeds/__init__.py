"""What happened, as feeds and as a calendar that other programs read: over the web, or written as files."""

from tracker.feeds.entries import entries_of
from tracker.feeds.feed_formats import FORMS, atom, json_feed, published
from tracker.feeds.files import write_all
from tracker.feeds.scopes import EVERYTHING, Scope, scopes

__all__ = [
    "EVERYTHING",
    "FORMS",
    "Scope",
    "atom",
    "entries_of",
    "json_feed",
    "published",
    "scopes",
    "write_all",
]
