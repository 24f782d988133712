"""Choose two texts to compare: by links, one after the other, however many laws there are and without scripts."""

from __future__ import annotations

from sqlite_utils import Database

from storage import instruments, versions
from storage.records import ReviewState
from storage.search import index
from storage.versions import VersionRow
from tracker.web.page_templates import page_of

_MOST_SHOWN = 25


def choose(db: Database, old: str, new: str, title_words: str, notice: str = "") -> str:
    """Return the page that asks for what is still missing; *title_words* are words of a law's title."""
    first_choice = _find_version(db, old) or _find_version(db, new)
    matches = index.instruments_named(db, title_words, _MOST_SHOWN + 1)
    return page_of(
        "compare.html",
        old=old,
        new=new,
        q=title_words,
        notice=notice,
        chosen=instruments.find(db, first_choice.instrument_id) if first_choice else None,
        meant=first_choice,
        others=[row for row in _texts(db, first_choice.instrument_id) if row.id != first_choice.id]
        if first_choice
        else [],
        found=[(row, _texts(db, row[0])) for row in matches[:_MOST_SHOWN]],
        more=len(matches) > _MOST_SHOWN,
    )


def _find_version(db: Database, name: str) -> VersionRow | None:
    """Return the version with this id, or the newest of the instrument with this id; None when it is neither."""
    if not name:
        return None
    texts = _texts(db, name.rpartition("@")[0] or name)
    return next((row for row in texts if name in {row.id, row.instrument_id}), None)


def _texts(db: Database, instrument_id: str) -> list[VersionRow]:
    """Return the versions of an instrument that stand, newest first."""
    return versions.of_instrument(db, instrument_id, ReviewState.CONFIRMED)[::-1]
