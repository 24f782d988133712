"""Where a store is: a file, or an address of PostgreSQL (a "connection string")."""

from __future__ import annotations

from pathlib import Path

StorePlace = Path | str
"""A SQLite file by its path, or a PostgreSQL store by its address."""
POSTGRESQL = ("postgresql://", "postgres://")


def store_place(url: str) -> StorePlace:
    """Return where the store of a setting is: the path of ``sqlite:///PATH`` or of a file, or a PostgreSQL address.

    >>> store_place("postgresql://law.example/clausewatch"), store_place("sqlite:////srv/law.db").name
    ('postgresql://law.example/clausewatch', 'law.db')
    """
    return url if url.startswith(POSTGRESQL) else Path(url.removeprefix("sqlite:///"))


def absolute_place(place: StorePlace) -> str:
    """Return *place* as text that another process understands, wherever it runs on this machine."""
    return place if isinstance(place, str) else str(place.resolve())


def place_without_secrets(place: StorePlace) -> str:
    """Return *place* as it may be shown and logged: without what logs in.

    >>> place_without_secrets("postgresql://ana:secret@law.example/clausewatch")
    'postgresql://law.example/clausewatch'
    """
    if isinstance(place, Path):
        return str(place)
    scheme, _, rest = place.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"
