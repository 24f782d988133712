"""Find instruments by their numbers and ids, too."""

from __future__ import annotations

import unicodedata

from sqlite_utils import Database


def m013_other_names(db: Database) -> None:
    """Find instruments by their numbers and ids, too."""
    db.execute("ALTER TABLE instruments ADD COLUMN also TEXT NOT NULL DEFAULT ''")
    for row in list(db.query(_NUMBERS)):  # of several versions the last one counts
        also = " ".join(dict.fromkeys(filter(None, (row["number"], row["title"]))))
        db.execute("UPDATE instruments SET also = ? WHERE id = ?", [also, row["instrument_id"]])
    for row in list(db.query("SELECT id, title, title_native, also FROM instruments")):
        names = _fold(f"{row['title']} {row['title_native']} {row['id']} {row['also']}").replace("_", " ")
        db.execute("UPDATE instruments SET folded = ? WHERE id = ?", [names, row["id"]])


_NUMBERS = """
SELECT instrument_id, json_extract(listed, '$.number') AS number, sources.title FROM versions
JOIN facts ON facts.id = facts_id JOIN sources ON sources.id = versions.source_id
WHERE standing = 'confirmed' ORDER BY versions.row
"""


def _fold(text: str) -> str:
    """Return *text* in the spelling that was searched when this step was released."""
    return "".join(_fold_character(character) for character in text)


def _fold_character(character: str) -> str:
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", character).casefold())
    return unicodedata.normalize("NFC", "".join(part for part in parts if not "\u0300" <= part <= "\u036f"))
