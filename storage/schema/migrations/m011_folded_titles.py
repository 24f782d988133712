"""Keep the titles as they are searched, so that no question folds them all."""

from __future__ import annotations

import unicodedata

from sqlite_utils import Database


def m011_folded_titles(db: Database) -> None:
    """Keep the titles as they are searched, so that no question folds them all."""
    db.execute("ALTER TABLE instruments ADD COLUMN folded TEXT NOT NULL DEFAULT ''")
    for row in list(db.query("SELECT id, title, title_native FROM instruments")):
        names = _fold(f"{row['title']} {row['title_native']}")
        db.execute("UPDATE instruments SET folded = ? WHERE id = ?", [names, row["id"]])


def _fold(text: str) -> str:
    """Return *text* in the spelling that was searched when this step was released."""
    return "".join(_fold_character(character) for character in text)


def _fold_character(character: str) -> str:
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", character).casefold())
    return unicodedata.normalize("NFC", "".join(part for part in parts if not "\u0300" <= part <= "\u036f"))
