"""Keep one hash of a text, of one length: snapshots had a quarter of what versions have, so that none was found."""

from __future__ import annotations

from sqlite_utils import Database


def m015_one_hash(db: Database) -> None:
    """Give the snapshots the whole hash of the version that says the same, of their own page if there is one."""
    db.execute(_WHOLE_HASHES)


_WHOLE_HASHES = """
UPDATE snapshots SET text_sha256 = coalesce(
  (SELECT text_sha256 FROM versions
    WHERE versions.page_id = snapshots.page_id AND substr(versions.text_sha256, 1, 16) = snapshots.text_sha256),
  (SELECT text_sha256 FROM versions WHERE substr(versions.text_sha256, 1, 16) = snapshots.text_sha256),
  text_sha256)
WHERE length(text_sha256) = 16
"""
