"""Where things are when Scrapy's own commands run: the environment, then ``clausewatch.toml``, then the defaults."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from crawlers.declaration.load import BUILT_IN
from storage.database.place import StorePlace, store_place

_FILE = Path("clausewatch.toml")


def setting(name: str, default: str = "") -> str:
    """Return one setting by its name without the prefix, such as ``contact``."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8")) if _FILE.is_file() else {}
    return os.environ.get(f"CLAUSEWATCH_{name.upper()}", str(table.get(name, default)))


def home() -> Path:
    """Return the folder of database and archive."""
    return Path(setting("home", "clausewatch-home"))


def database() -> StorePlace:
    """Return the database file, or the address of a PostgreSQL store."""
    url = setting("database_url")
    return store_place(url) if url else home() / "clausewatch.db"


def folders() -> tuple[Path, ...]:
    """Return the folders of declarations: our own, that of the home when there is one, and a further one."""
    own = home() / "declarations"
    further = setting("declarations")
    return (BUILT_IN, *([own] if own.is_dir() else ()), *([Path(further)] if further else ()))


def user_agent(contact: str) -> str:
    """Return how we introduce ourselves."""
    return "Clausewatch/0.1" + (f" (+{contact})" if contact else "")
