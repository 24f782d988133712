"""The steps of PostgreSQL stores: one frozen file for each step of the migrations after the first release with them.

The file of ``m024_fleet`` is ``p024_fleet.py``, with a function of that name, which runs inside one transaction, in the
store's schema, with keys between tables on; it imports nothing of ours and is never edited once released. Others read
meanwhile, so a step only adds, and waits for a table no longer than ten seconds: it is then tried at the next opening.
``python -m storage.schema.generate`` writes what a new step of SQLite makes of an empty store as a first draft.
"""

from __future__ import annotations

FIRST_STORE = "m023_team"
"""The last step that the oldest PostgreSQL store has; it was made with all up to it at once."""


def postgresql_step(step: str) -> str:
    """Return the name of what does in PostgreSQL what *step* does in SQLite."""
    return f"p{step.removeprefix('m')}"
