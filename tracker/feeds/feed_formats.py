"""Feeds in the forms readers take: Atom (RFC 4287) and JSON Feed 1.1, and the calendar beside them."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from lxml import etree
from sqlite_utils import Database

from tracker.feeds.calendar import Calendar
from tracker.feeds.entries import Entries, Entry
from tracker.feeds.scopes import Scope

FORMS = {
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
_ATOM = "http://www.w3.org/2005/Atom"
_NAMES: dict[str, str] = {None: _ATOM}  # type: ignore[dict-item] # lxml names the default namespace so
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def publish(db: Database, scope: Scope, form: str, *, base_url: str) -> bytes:
    """Return the feed or calendar of *scope* in one of FORMS."""
    return Publisher(db, base_url).make(scope, form)


class Publisher:
    """Makes many feeds of one reading of the database."""

    def __init__(self, db: Database, base_url: str) -> None:
        self._base = base_url.rstrip("/")
        self.entries = Entries(db, base_url)
        self.calendar = Calendar(db, self.entries.instruments, base_url)

    def make(self, scope: Scope, form: str) -> bytes:
        """Return the feed or calendar of *scope* in one of FORMS."""
        title, own = scope.title(self.entries.instruments), f"{self._base}/feeds/{scope.path(form)}"
        if form == "ics":
            return self.calendar.of(scope, title)
        make = atom if form == "atom" else json_feed
        return make(title, self.entries.of(scope), own_url=own, home_url=f"{self._base}/")


def atom(title: str, entries: Sequence[Entry], *, own_url: str, home_url: str) -> bytes:
    """Return an Atom feed."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap=_NAMES)
    _texts(feed, {"id": own_url, "title": title, "updated": _instant(entries[0].at if entries else _NEVER)})
    _link(feed, "self", own_url)
    _link(feed, "alternate", home_url)
    for entry in entries:
        element = etree.SubElement(feed, f"{{{_ATOM}}}entry")
        at = _instant(entry.at)
        _texts(element, {"id": entry.id, "title": entry.title, "published": at, "updated": at})
        _link(element, "alternate", entry.url)
        if entry.official_url:
            _link(element, "via", entry.official_url)
        author = etree.SubElement(element, f"{{{_ATOM}}}author")
        _texts(author, {"name": entry.authority})
        for tag in entry.tags:
            etree.SubElement(element, f"{{{_ATOM}}}category", term=tag)
        etree.SubElement(element, f"{{{_ATOM}}}content", type="html").text = content(entry)
    document: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return document


def json_feed(title: str, entries: Sequence[Entry], *, own_url: str, home_url: str) -> bytes:
    """Return a JSON Feed."""
    items = [
        {
            "id": entry.id,
            "url": entry.url,
            **({"external_url": entry.official_url} if entry.official_url else {}),
            "title": entry.title,
            "content_html": content(entry),
            "date_published": _instant(entry.at),
            "authors": [{"name": entry.authority}],
            "tags": list(entry.tags),
        }
        for entry in entries
    ]
    shape = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home_url,
        "feed_url": own_url,
        "items": items,
    }
    return (json.dumps(shape, ensure_ascii=False, indent=1) + "\n").encode()


def content(entry: Entry) -> str:
    """Return what an entry says, as HTML of three plain elements."""
    items = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in entry.sentences)
    return f"<p>{html.escape(entry.title)}</p>" + (f"<ul>{items}</ul>" if items else "")


def _texts(parent: etree._Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: etree._Element, rel: str, url: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}link", rel=rel, href=url)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
