"""Choose two texts to compare: by links, one after the other, however many laws there are and without scripts."""

from __future__ import annotations

from sqlite_utils import Database

from storage import instruments, versions
from storage.records import ReviewState
from storage.search import index
from storage.versions import VersionRow
from tracker.web.page_templates import page_of

_SHOWN = 25


def choose(db: Database, old: str, new: str, asked: str, notice: str = "") -> str:
    """Return the page that asks for what is still missing; *asked* are words of a law's title."""
    meant = _meant(db, old) or _meant(db, new)
    named = index.instruments_named(db, asked, _SHOWN + 1)
    return page_of(
        "compare.html",
        old=old,
        new=new,
        q=asked,
        notice=notice,
        chosen=instruments.find(db, meant.instrument_id) if meant else None,
        meant=meant,
        others=[each for each in _texts(db, meant.instrument_id) if each.id != meant.id] if meant else [],
        found=[(each, _texts(db, each[0])) for each in named[:_SHOWN]],
        more=len(named) > _SHOWN,
    )


def _meant(db: Database, asked: str) -> VersionRow | None:
    """Return the version with this id, or the newest of the instrument with this id; None when it is neither."""
    if not asked:
        return None
    texts = _texts(db, asked.rpartition("@")[0] or asked)
    return next((row for row in texts if asked in {row.id, row.instrument_id}), None)


def _texts(db: Database, instrument_id: str) -> list[VersionRow]:
    """Return the versions of an instrument that stand, newest first."""
    return versions.of_instrument(db, instrument_id, ReviewState.CONFIRMED)[::-1]
