"""What storage raises when the world is not as it must be; each message is one line for people."""

from __future__ import annotations


class StorageError(Exception):
    """Base of everything storage raises on purpose; ``cli`` shows its one line and ends with status 2."""


class NewerSchemaError(StorageError):
    """The database was written by a newer Clausewatch. Raised by ``open_database``, which leaves the file as it is."""


class DamagedDatabaseError(StorageError):
    """The file is no database or is broken inside. Raised by whatever reads or writes it; an operator restores."""


class OtherDatabaseError(StorageError):
    """The file is the database of some other program. Raised by ``open_database``, which leaves the file as it is."""


class UnfinishedCopyError(StorageError):
    """Another store is copied into this one and not yet whole. Raised by ``open_database``; an operator goes on."""


class UnstorableTextError(StorageError):
    """A text holds the character NUL, which PostgreSQL cannot keep. Raised by what writes it; nothing is written."""


class FencedError(StorageError):
    """The work was given to another worker meanwhile. Raised by what would still write; nothing is written."""


class UnopenableDatabaseError(StorageError):
    """The file cannot be opened: no such folder, no permission, a full disk. Raised by ``open_database``."""


class BusyDatabaseError(StorageError):
    """Another process held the database for longer than we wait. Raised by ``transaction``; try again later."""


class UnknownReferenceError(StorageError):
    """A row names another row that is not stored. Raised by the function that adds it; the caller is at fault."""


class MissingRowError(StorageError):
    """There is no such row. Raised by every ``get``; the caller named an id we never gave."""


class StoredFormError(StorageError):
    """Stored JSON does not have the form of its noun. Raised by the codec; a migration was forgotten."""


class DamagedArchiveError(StorageError):
    """A snapshot's bytes are gone or are not what was kept. Raised by ``Archive``; an operator restores."""


class UnwritableArchiveError(StorageError):
    """A page cannot be kept: a full disk, no permission. Raised by ``Archive.keep``; nothing half-written is left."""
