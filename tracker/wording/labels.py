"""The labels around the law in a reader's language; a language we have no labels in is answered in English."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

Label = str | dict[str, str]
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels of one language, by ``table.name``."""

    language: str
    labels: dict[str, Label] = field(repr=False, hash=False, compare=False)

    def __call__(self, label: str, n: int | str | None = None, **values: object) -> str:
        """Return a label with its places filled; *n* chooses the form of one that counts."""
        form = self.labels[label]
        if isinstance(form, dict):
            form = form["one" if n == 1 else "other"]
        return form.format(n=n, **values)


@cache
def words(language: str = FALLBACK) -> Labels:
    """Return the labels of *language* (``zh``, ``zh-Hans``), or the English ones."""
    wanted_language = language.partition("-")[0].lower()
    name = wanted_language if wanted_language in languages() else FALLBACK
    return Labels(name, _table(f"labels/{name}.toml"))


@cache
def languages() -> frozenset[str]:
    """Return the languages that have labels."""
    table_files = files("tracker.wording").joinpath("labels").iterdir()
    return frozenset(file.name.removesuffix(".toml") for file in table_files if file.name.endswith(".toml"))


def table_of(path: str) -> dict[str, Label] | None:
    """Return a table of this folder by ``table.name``, or None when there is no such file."""
    return _table(path) if files("tracker.wording").joinpath(path).is_file() else None


def _table(path: str) -> dict[str, Label]:
    tables = tomllib.loads(files("tracker.wording").joinpath(path).read_text(encoding="utf-8"))
    return {f"{name}.{key}": label for name, table in tables.items() for key, label in table.items()}


ENGLISH = words()
