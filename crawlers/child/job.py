"""What one crawl is told to do, as it passes from the parent to the child."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from storage.database.place import StorePlace, absolute_place


@dataclass(frozen=True, slots=True)
class FetchJob:
    """Pages of one source to look at; no *urls* means all that it declares.

    *full* asks for whole pages, whatever was kept before. A *patient* job leaves a host alone that asked an earlier
    crawl to wait; one that a person asked for does not.
    """

    source_id: str
    urls: tuple[str, ...] = ()
    full: bool = False
    patient: bool = False


@dataclass(frozen=True, slots=True)
class FetchPlace:
    """Where a crawl reads and writes, who it says it is, and the time it is told (None: the real one).

    *most_new* is the most new pages that are followed from a list, where its declaration allows more; *private_targets*
    is what may be asked beside the public web; *trust_clock* takes our clock for right whatever servers say.
    """

    home: Path
    database: StorePlace
    archive: Path
    declarations: tuple[Path, ...]
    contact: str = ""
    now: datetime | None = None
    most_new: int | None = None
    private_targets: str = ""
    trust_clock: bool = False
    processes: int = 0  # that crawl side by side, each with hosts of its own; 0: as many as the work is worth


def dump(jobs: Sequence[FetchJob], place: FetchPlace) -> bytes:
    """Return the orders as one line."""
    orders = {
        "settings": {
            "CLAUSEWATCH_HOME": str(place.home.resolve()),
            "CLAUSEWATCH_DATABASE": absolute_place(place.database),
            "CLAUSEWATCH_ARCHIVE": str(place.archive.resolve()),
            "CLAUSEWATCH_DECLARATIONS": [str(folder.resolve()) for folder in place.declarations],
            "CLAUSEWATCH_CONTACT": place.contact,
            "CLAUSEWATCH_NOW": place.now.isoformat() if place.now else "",
            "CLAUSEWATCH_MOST_NEW": place.most_new,
            "CLAUSEWATCH_PRIVATE_TARGETS": place.private_targets,
            "CLAUSEWATCH_TRUST_CLOCK": place.trust_clock,
        },
        "sources": _by_source(jobs),
    }
    return json.dumps(orders).encode() + b"\n"


def load(line: bytes) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return the settings, and by source its ``urls``, those fetched ``whole``, and whether it is ``patient``."""
    orders = json.loads(line)
    return orders["settings"], orders["sources"]


def _by_source(jobs: Sequence[FetchJob]) -> dict[str, dict[str, Any]]:
    """Join the jobs of each source, so that one spider walks it once."""
    by_source: dict[str, dict[str, Any]] = {}
    for job in jobs:
        orders = by_source.setdefault(job.source_id, {"urls": [], "whole": [], "patient": True})
        orders["patient"] &= job.patient
        orders["urls"] += [url for url in job.urls if url not in orders["urls"]]
        orders["whole"] += job.urls if job.full else ()
    return by_source
