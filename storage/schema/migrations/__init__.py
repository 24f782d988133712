"""The migrations: one frozen file a step, which homes have run and record by its name; only ever appended to.

A step that was released is never edited and imports nothing of ours: what it needs stands in its own file, so that no
later change of the code alters how an old home is upgraded. A new step is the next free number: the file `mNNN_name.py`
with the function `mNNN_name(db)`. It runs inside one transaction with foreign keys off; times are text in UTC to the
microsecond, dates ISO text.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from sqlite_utils import Migrations

STEPS = tuple(sorted(module.name for module in iter_modules(__path__) if module.name.startswith("m")))
"""The names of all steps in their order; homes record them."""

migrations = Migrations("clausewatch")
for _name in STEPS:
    migrations()(getattr(import_module(f"{__name__}.{_name}"), _name))
