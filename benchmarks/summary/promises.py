"""What is promised in figures, and where each figure stands: data, read from ``promises.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROMISES = Path(__file__).with_name("promises.toml")


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """Where a figure stands in a page of results: in the cells of a table, or behind a pattern.

    ``row`` holds what must stand in cells of its row, ``column`` the heading above it. ``find`` is a regular expression
    with one group, or with the groups ``good`` and ``all`` where so many of so many are meant.
    """

    row: tuple[str, ...] = ()
    column: str = ""
    find: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """Whom a figure is held against: its name, where its figure stands, and on which side of it ours must be."""

    name: str
    place: FigurePlace
    must: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """One figure that was promised, in plain words, with its limit, its peer and the code it is about.

    ``results`` names the page in which the figure stands, ``measure`` a function of ours that finds it at once; a
    promise that has neither is one that nothing measures yet.
    """

    area: str
    what: str
    where: str
    command: str
    results: str = ""
    measure: str = ""
    place: FigurePlace = FigurePlace()
    unit: str = ""
    most: float | None = None
    least: float | None = None
    share: float | None = None
    count: int = 0
    peer: Peer | None = None
    code: tuple[str, ...] = ()


def load_promises(path: Path = PROMISES) -> list[Promise]:
    """Return the promises of a file, each with what its page has in common with its neighbours."""
    pages: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["page"]
    return [_promise({**page, **row}) for page in pages for row in page["promise"]]


def _promise(row: dict[str, Any]) -> Promise:
    peer = row.get("peer")
    return Promise(
        row["area"], row["what"], row["where"], row["command"], row.get("results", ""), row.get("measure", ""),
        _place(row), row.get("unit", ""), row.get("most"), row.get("least"), row.get("share"), row.get("count", 0),
        Peer(peer["name"], _place(peer), peer.get("must", "")) if peer else None, tuple(row.get("code", ())),
    )  # fmt: skip


def _place(row: dict[str, Any]) -> FigurePlace:
    return FigurePlace(tuple(row.get("row", ())), row.get("column", ""), row.get("find", ""))
